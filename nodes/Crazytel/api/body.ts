import type { IDataObject } from 'n8n-workflow';

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

/** An array, or the one array in an object. */
export function readList(body: unknown): unknown[] | undefined {
	if (Array.isArray(body)) return body;
	if (!isRecord(body)) return undefined;
	const lists = Object.values(body).filter((value) => Array.isArray(value));
	return lists.length === 1 ? lists[0] : undefined;
}

/** That a thing was deleted, in the form that n8n's nodes have for it. */
export type Deleted = { deleted: true };

/**
 * Reads the answer to a delete: nothing, or whatever JSON.
 *
 * @returns undefined when it is text, which a proxy may have written
 */
export function readDeleted(body: unknown): Deleted | undefined {
	return typeof body === 'string' && body.trim() !== '' ? undefined : { deleted: true };
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
