import type { IDataObject } from 'n8n-workflow';

import { isRecord, readList } from '../../../api/body';
import type { Endpoint, ReadRequest } from '../../../api/request';
import { type PhoneNumber, readListedNumber } from '../../../input/phoneNumber';

/** A verified number, and the name that the account gave it, if the answer holds one. */
export interface VerifiedNumber {
	number: PhoneNumber;
	name?: string;
	/** The entry as the account gives it, where it is not the number alone. */
	entry?: IDataObject;
}

const listVerifiedNumbers: Endpoint<VerifiedNumber[], 'read'> = {
	name: 'listVerifiedNumbers',
	effect: 'read',
	words: { doing: 'reading the verified numbers' },
	isList: true,
	read: readVerifiedNumbers,
};

/** The account's verified numbers (docs/crazytel-api.md#endpoints). */
export const verifiedNumbers: ReadRequest<VerifiedNumber[]> = {
	endpoint: listVerifiedNumbers,
	method: 'GET',
	path: '/api/v1/account/verified-cli/',
};

/** The keys under which a verified number may stand (docs/crazytel-api.md#endpoints). */
const NUMBER_KEYS = ['number', 'caller_id_number', 'caller_id', 'cli', 'did_number', 'phone_number'];

const NAME_KEYS = ['description', 'label', 'name'];

/**
 * Reads the list of verified numbers: strings or objects, in an array or in an object that wraps one.
 *
 * @returns the numbers in the API's form, each once; undefined when the answer is not such a list
 */
export function readVerifiedNumbers(body: unknown): VerifiedNumber[] | undefined {
	const entries = readList(body)?.map(readVerifiedNumber);
	if (entries === undefined || entries.includes(undefined)) return undefined;
	const byNumber = new Map((entries as VerifiedNumber[]).map((entry) => [entry.number, entry]));
	return [...byNumber.values()];
}

function readVerifiedNumber(entry: unknown): VerifiedNumber | undefined {
	if (!isRecord(entry)) return isNumberLike(entry) ? { number: readListedNumber(entry) } : undefined;
	const value = NUMBER_KEYS.map((key) => entry[key]).find(isNumberLike);
	if (value === undefined) return undefined;
	const name = NAME_KEYS.map((key) => entry[key]).find(
		(candidate): candidate is string => typeof candidate === 'string' && candidate.trim() !== '',
	);
	return { number: readListedNumber(value), ...(name !== undefined && { name: name.trim() }), entry };
}

function isNumberLike(value: unknown): value is string | number {
	return (typeof value === 'string' && /\d/.test(value)) || typeof value === 'number';
}
