import type { IDataObject } from 'n8n-workflow';

import { ApiError } from '../../../api/apiError';
import { caught } from '../../../api/caught';
import { isWhole } from '../../../api/pages';
import { InvalidInput } from '../../../input/invalidInput';
import { shown } from '../../../input/shown';
import type { Item } from '../../../run/item';
import type { FieldSettings, Given } from '../settings';
import { type VerifiedNumber, verifiedNumbers } from './endpoint';

/** So many numbers fit into a message that a person reads. */
const NUMBERS_IN_MESSAGE = 12;

/**
 * Compares the values that must be verified numbers with the account's. Where the list cannot be read,
 * the API decides and a hint says so.
 *
 * @param given the values as they were written, asked for where one is refused
 * @throws InvalidInput that lists the verified numbers
 * @throws ApiError when the write would fail for the same reason, e.g. a wrong key
 */
export async function checkNumbers<Settings extends FieldSettings>(
	item: Item,
	settings: Settings,
	values: IDataObject,
	given: () => Given<Settings>,
): Promise<void> {
	const used = Object.entries(settings).flatMap(([name, { mayUse, ...setting }]) =>
		mayUse === undefined || values[name] === undefined ? [] : [{ ...setting, name, mayUse, value: values[name] }],
	);
	if (used.length === 0) return;

	const verified = await readVerified(item);
	if (verified === undefined) return;
	const problems = used
		.filter(({ value }) => !verified.some(({ number }) => number === value))
		.map(({ name, label, parameter, mayUse, value }) => ({
			field: parameter,
			message: `${label} ${asRead(value, given()[name])} is not verified for this account.\n${choices(verified.filter(({ number }) => mayUse(number)))}`,
		}));
	if (problems.length > 0) throw new InvalidInput(problems);
}

/** A number as it was written, and what it was read as, where that differs. */
function asRead(number: unknown, written: unknown): string {
	const isSame = String(written).trim() === String(number);
	return isSame ? `'${String(number)}'` : `${shown(written)} (read as ${String(number)})`;
}

/** @returns undefined when the list cannot be read but a write may still succeed */
async function readVerified(item: Item): Promise<VerifiedNumber[] | undefined> {
	const result = await caught(item.known.once(verifiedNumbers));
	if ('value' in result && isWhole(result.value)) return result.value;
	if ('value' in result) {
		item.hint(
			'Numbers that are not on the list of verified numbers were not checked before writing, because Crazytel says that the list goes on, and not how to get the rest of it.',
		);
		return undefined;
	}
	const { error } = result;
	if (!(error instanceof ApiError) || error.stopsEverything) throw error;
	item.hint(
		`The numbers were not checked before writing, because the list of verified numbers could not be read; Crazytel decided on its own. ${error.message}`,
	);
	return undefined;
}

function choices(verified: VerifiedNumber[]): string {
	if (verified.length === 0) return 'It has no verified number of that kind: verify one in the Crazytel portal.';
	const numbers = verified
		.slice(0, NUMBERS_IN_MESSAGE)
		.map(({ number }) => (/^\d{1,15}$/.test(number) ? number : shown(number)));
	const more = verified.length - numbers.length;
	return `Use one of the verified numbers: ${numbers.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}
