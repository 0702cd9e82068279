import type { IDataObject } from 'n8n-workflow';

import { saysDone } from './saying';

/** A thing as the API gives it; only the id is certain. */
export type Thing = IDataObject & { id: string };

/**
 * Reads one thing, bare or wrapped in an object.
 *
 * @param hidden keys that are dropped, because they hold a secret
 * @returns undefined when the answer holds none, or more than one
 */
export function readThing(body: unknown, hidden: readonly string[] = []): Thing | undefined {
	if (!isRecord(body)) return undefined;
	const candidates = hasId(body) ? [body] : Object.values(body).filter(isRecord).filter(hasId);
	const [found] = candidates;
	if (found === undefined || candidates.length > 1) return undefined;
	// Most are as they are to be; of a hundred thousand, a copy of each is felt.
	if (typeof found.id === 'string' && !hidden.some((key) => Object.hasOwn(found, key))) return found as Thing;
	const shown = Object.entries(found).filter(([key]) => !hidden.includes(key));
	return { ...Object.fromEntries(shown), id: String(found.id) };
}

/**
 * Reads a list of things: an array, or an object that wraps one.
 *
 * @param hidden keys that are dropped, because they hold a secret
 * @returns undefined when the answer is not such a list, or an entry has no id
 */
export function readThings(body: unknown, hidden: readonly string[] = []): Thing[] | undefined {
	const things = readList(body)?.map((entry) => readThing(entry, hidden));
	return things?.every((thing) => thing !== undefined) === true ? (things as Thing[]) : undefined;
}

/** What stands beside a list and is none: of pages, and of what went wrong. */
const BESIDE_A_LIST = ['errors', 'messages', 'warnings', 'links', '_links', 'notices'];

/** An array, or the one array in an object; one level of `data` around it goes. */
export function readList(body: unknown): unknown[] | undefined {
	if (Array.isArray(body)) return body;
	if (!isRecord(body)) return undefined;
	const lists = Object.entries(body).filter(([name, value]) => Array.isArray(value) && !BESIDE_A_LIST.includes(name));
	if (lists.length > 0) return lists.length === 1 ? (lists[0]?.[1] as unknown[]) : undefined;
	return isRecord(body.data) && !isRecord(body.data.data) ? readList(body.data) : undefined;
}

/** That a thing was deleted, in the form that n8n's nodes have for it. */
export type Deleted = { deleted: true };

/**
 * Reads the answer to a delete: nothing, or JSON that says so.
 *
 * @returns undefined when it says something else, or is text, which a proxy may have written
 */
export function readDeleted(body: unknown): Deleted | undefined {
	if (body === undefined || body === null || body === true) return { deleted: true };
	if (typeof body === 'string') return body.trim() === '' ? { deleted: true } : undefined;
	if (Array.isArray(body) && body.length === 0) return { deleted: true };
	if (!isRecord(body)) return undefined;
	const values = Object.values(body);
	const isSaid = ['deleted', 'removed', 'success', 'ok'].some((name) => body[name] === true || body[name] === 1);
	// What is only taken in is not deleted yet.
	const isDone =
		isSaid ||
		values.some((value) => typeof value === 'string' && saysDone(value) && !/accepted|queued|scheduled/i.test(value));
	return values.length === 0 || isDone ? { deleted: true } : undefined;
}

function hasId(value: Record<string, unknown>): boolean {
	return (typeof value.id === 'string' && value.id !== '') || typeof value.id === 'number';
}

export function isRecord(value: unknown): value is Record<string, unknown> & IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text of a thing as people compare it; empty where there is none. */
export function text(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
