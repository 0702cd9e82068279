import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { text } from '../../api/body';
import { formsOf, shownInLists } from '../../input/numberForms';
import { choiceOf } from '../../input/phoneNumber';
import { explained, fetchList } from '../shared/fetchList';
import { folded, linesOfNumber, matching } from '../shared/searching';
import { listRequest } from './endpoints';
import type { OwnedNumber } from './entry';

/** So many numbers are shown at once; the editor asks for more when it is scrolled to the end. */
const PAGE = 200;

/**
 * Fills the list of phone numbers, e.g. `+61 2 9123 4567 · Sales · to CT123456`. The filter looks into what the list
 * shows, and for the number in every form that people write.
 *
 * @param filter what was typed
 * @param shownAlready how many were handed out before, as this function told n8n
 */
export async function searchPhoneNumbers(
	this: ILoadOptionsFunctions,
	filter = '',
	shownAlready = '0',
): Promise<INodeListSearchResult> {
	const numbers = await fetchList(this, listRequest());
	if (numbers.length === 0) {
		throw explained(
			this,
			'This account has no phone number yet. Buy one first, or check that the credential is for the right account.',
		);
	}
	const isFound = matching(filter);
	const found = numbers.map(entryOf).filter(({ lines }) => isFound(lines));
	found.sort((a, b) => (a.lines < b.lines ? -1 : Number(a.lines > b.lines)));
	const next = Number(shownAlready) + PAGE;
	const results = found.slice(next - PAGE, next).map(({ name, value }) => ({ name, value }));
	return found.length > next ? { results, paginationToken: String(next) } : { results };
}

function entryOf(number: OwnedNumber): INodeListSearchItems & { lines: string } {
	const forms = formsOf(number.id);
	const destination = text(number.primary_destination);
	const parts = [shownInLists(forms), text(number.description), ...(destination === '' ? [] : [`to ${destination}`])];
	const name = parts.filter((part) => part !== '').join(' · ');
	return { name, value: choiceOf(number.id), lines: `${folded(name)}${linesOfNumber(forms)}` };
}
