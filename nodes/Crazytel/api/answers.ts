import type { IDataObject } from 'n8n-workflow';

import { type PhoneNumber, readPhoneNumber } from '../validation/phoneNumber';

/** A trunk as the API gives it; only the id is certain (docs/crazytel-api.md#sip-trunk). */
export type Trunk = IDataObject & { id: string };

/** A verified number, and the name that the account gave it, if the answer holds one. */
export interface VerifiedNumber {
	number: PhoneNumber;
	name?: string;
}

/**
 * Reads one trunk, bare or wrapped in an object, and drops its password.
 *
 * @returns undefined when the answer holds no trunk
 */
export function readTrunk(body: unknown): Trunk | undefined {
	if (!isRecord(body)) return undefined;
	const candidates = hasId(body) ? [body] : Object.values(body).filter(isRecord).filter(hasId);
	const [found] = candidates;
	if (found === undefined || candidates.length > 1) return undefined;
	const shown = Object.entries(found).filter(([key]) => key !== 'password');
	return { ...Object.fromEntries(shown), id: String(found.id) };
}

/**
 * Reads a list of trunks: an array, or an object that wraps one.
 *
 * @returns undefined when the answer is not such a list, or an entry has no id
 */
export function readTrunkList(body: unknown): Trunk[] | undefined {
	const list = readList(body);
	const trunks = list?.map(readTrunk);
	return trunks?.every((trunk) => trunk !== undefined) === true ? (trunks as Trunk[]) : undefined;
}

/** That a trunk was deleted, in the form that n8n's nodes have for it. */
export type Deleted = { deleted: true };

/**
 * Reads the answer to a delete: nothing, or whatever JSON.
 *
 * @returns undefined when it is text, which a proxy may have written
 */
export function readDeleted(body: unknown): Deleted | undefined {
	return typeof body === 'string' && body.trim() !== '' ? undefined : { deleted: true };
}

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
	if (!isRecord(entry)) return isNumberLike(entry) ? { number: inApiForm(entry) } : undefined;
	const value = NUMBER_KEYS.map((key) => entry[key]).find(isNumberLike);
	if (value === undefined) return undefined;
	const name = NAME_KEYS.map((key) => entry[key]).find(
		(candidate): candidate is string => typeof candidate === 'string' && candidate.trim() !== '',
	);
	return { number: inApiForm(value), ...(name !== undefined && { name: name.trim() }) };
}

function isNumberLike(value: unknown): value is string | number {
	return (typeof value === 'string' && /\d/.test(value)) || typeof value === 'number';
}

/** The account may hold a number that is written another way than the API documents it. */
function inApiForm(value: string | number): PhoneNumber {
	return readPhoneNumber(value) ?? String(value).trim();
}

/** An array, or the one array in an object. */
function readList(body: unknown): unknown[] | undefined {
	if (Array.isArray(body)) return body;
	if (!isRecord(body)) return undefined;
	const lists = Object.values(body).filter((value) => Array.isArray(value));
	return lists.length === 1 ? lists[0] : undefined;
}

function hasId(value: Record<string, unknown>): boolean {
	return (typeof value.id === 'string' && value.id !== '') || typeof value.id === 'number';
}

export function isRecord(value: unknown): value is Record<string, unknown> & IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text of a trunk as people compare it; empty where there is none. */
export function text(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
