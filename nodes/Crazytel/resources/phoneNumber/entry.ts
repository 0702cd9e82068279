import type { IDataObject } from 'n8n-workflow';

import { isRecord, readList, text, type Thing } from '../../api/body';
import { type PhoneNumber, readListedNumber } from '../../input/phoneNumber';

/** The keys under which the number may stand (docs/crazytel-api.md#phone-numbers). */
const NUMBER_KEYS = ['did_number', 'number', 'did', 'phone_number'];

/** An id that the API has given; what a number goes by here is the number. No output copies what stands under a symbol. */
const ID_OF_API = Symbol('id');

/** An owned number: its `id` is the number in the API's form. */
export type OwnedNumber = Thing & { [ID_OF_API]?: unknown };

/** @returns the number that stands in an entry of a list, in the API's form; undefined where there is none */
export function numberIn(entry: unknown): PhoneNumber | undefined {
	const values = isRecord(entry) ? NUMBER_KEYS.map((key) => entry[key]) : [entry];
	const value = values.find(isNumberLike);
	return value === undefined ? undefined : readListedNumber(value);
}

/** Reads an entry of the list of owned numbers. */
function readEntry(entry: unknown): OwnedNumber | undefined {
	const id = numberIn(entry);
	if (id === undefined) return undefined;
	const { id: given, ...fields } = isRecord(entry) ? entry : { did_number: text(entry) };
	return { ...fields, id, ...(given !== undefined && { [ID_OF_API]: given }) };
}

/** Reads the list of owned numbers, bare or wrapped. @returns undefined when it is none */
export function readNumbers(body: unknown): OwnedNumber[] | undefined {
	const numbers = readList(body)?.map(readEntry);
	return numbers?.every((number) => number !== undefined) === true ? (numbers as OwnedNumber[]) : undefined;
}

/** Reads one number, bare or wrapped in an object. @returns undefined when the answer holds none, or more than one */
export function readNumber(body: unknown): OwnedNumber | undefined {
	if (!isRecord(body)) return undefined;
	const bare = readEntry(body);
	if (bare !== undefined) return bare;
	const wrapped = Object.values(body).flatMap((value) => (isRecord(value) ? (readEntry(value) ?? []) : []));
	return wrapped.length === 1 ? wrapped[0] : undefined;
}

/** The number as the API gives it. Where nothing was given, as after an empty answer, it is named as it was sent. */
export function asGiven(number: OwnedNumber): IDataObject {
	const { id, ...fields } = Object.fromEntries(Object.entries(number)) as Thing;
	if (number[ID_OF_API] !== undefined) return { id: number[ID_OF_API] as string, ...fields };
	return numberIn(fields) === undefined ? { did_number: id, ...fields } : fields;
}

function isNumberLike(value: unknown): value is string | number {
	return (typeof value === 'string' && /\d/.test(value)) || typeof value === 'number';
}
