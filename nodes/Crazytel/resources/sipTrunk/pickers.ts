import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { text } from '../../api/body';
import { readPhoneNumber } from '../../input/phoneNumber';
import { explained, fetchList } from '../shared/fetchList';
import { listRequest, type Trunk } from './endpoints';

/**
 * Fills the trunk list: every trunk, or those whose username, description or caller ID contains
 * the filter. A caller ID is also found in the forms that people write.
 */
export async function searchTrunks(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const trunks = await fetchList(this, listRequest());
	if (trunks.length === 0) {
		throw explained(this, 'This account has no SIP trunk yet. Create one first, or check that the credential is for the right account.');
	}
	const results = trunks.filter(matching(filter)).map(entry);
	const { compare } = new Intl.Collator(undefined, { numeric: true });
	return { results: results.sort((a, b) => compare(a.name, b.name)) };
}

function matching(filter = ''): (trunk: Trunk) => boolean {
	const wanted = filter.trim().toLowerCase();
	const number = readPhoneNumber(wanted);
	return ({ username, description, caller_id_number: callerId }) =>
		[username, description, callerId].some((value) => text(value).toLowerCase().includes(wanted)) ||
		(number !== undefined && text(callerId) === number);
}

/** Reads like `CT123456 · Sales team (suspended)`. */
function entry({ id, username, description, enabled }: Trunk): INodeListSearchItems {
	const name = [text(username), text(description)].filter((part) => part !== '').join(' · ');
	return { name: `${name === '' ? id : name}${enabled === false ? ' (suspended)' : ''}`, value: id };
}
