import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { text } from '../../../api/body';
import { formsOf, shownInLists } from '../../../input/numberForms';
import { readListedNumber } from '../../../input/phoneNumber';
import { explained, fetchList } from '../fetchList';
import { folded, linesOfNumber, matching } from '../searching';
import { listRequest, type Trunk } from './endpoints';

/** So many trunks are shown at once; the editor asks for more when it is scrolled to the end. */
const PAGE = 200;

/** A trunk as the list shows it. */
interface Entry extends INodeListSearchItems {
	/** What it is found by, a line each. */
	lines: string;
}

/**
 * Fills the trunk list, in alphabetical order. The filter looks into what the list shows, whatever the case and
 * the accents, and for the caller ID in every form that people write.
 *
 * @param filter what was typed
 * @param shownAlready how many were handed out before, as this function told n8n
 */
export async function searchTrunks(
	this: ILoadOptionsFunctions,
	filter = '',
	shownAlready = '0',
): Promise<INodeListSearchResult> {
	const trunks = await fetchList(this, listRequest());
	if (trunks.length === 0) {
		throw explained(
			this,
			'This account has no SIP trunk yet. Create one first, or check that the credential is for the right account.',
		);
	}
	const isFound = matching(filter);
	const found = entries(trunks).filter(({ lines }) => isFound(lines));
	// An Intl.Collator takes seconds for 100,000 trunks.
	found.sort((a, b) => (a.lines < b.lines ? -1 : Number(a.lines > b.lines)));
	const next = Number(shownAlready) + PAGE;
	const results = found.slice(next - PAGE, next).map(({ name, value }) => ({ name, value }));
	return found.length > next ? { results, paginationToken: String(next) } : { results };
}

function entries(trunks: Trunk[]): Entry[] {
	// Many trunks share a few numbers.
	const known = new Map<string, { shown: string; lines: string }>();
	const callerIdOf = (trunk: Trunk) => {
		const listed = text(trunk.caller_id_number);
		const callerId = known.get(listed) ?? readCallerId(listed);
		known.set(listed, callerId);
		return callerId;
	};
	return trunks.map((trunk) => {
		const callerId = callerIdOf(trunk);
		// Trunks of one description are told apart by their caller ID.
		const parts = [text(trunk.username), text(trunk.description), callerId.shown].filter((part) => part !== '');
		const name = `${parts.length === 0 ? trunk.id : parts.join(' · ')}${trunk.enabled === false ? ' (suspended)' : ''}`;
		return { name, value: trunk.id, lines: `${folded(name)}${callerId.lines}` };
	});
}

function readCallerId(listed: string) {
	if (listed === '') return { shown: '', lines: '' };
	const forms = formsOf(readListedNumber(listed));
	return { shown: shownInLists(forms), lines: linesOfNumber(forms) };
}
