/** The `id` of a request. */
export type RequestId = string;

/** Why there is no answer. */
export type Silence =
	| 'nobody there'
	| 'no such host'
	| 'too slow'
	| 'broken off'
	| 'too large'
	| 'not encrypted rightly';

/** What came back for one request. It is of the account, and never leaves the process as it is. */
export interface Seen {
	id: RequestId;
	/** HTTP status; 0 where there is no answer. */
	status: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	kind: 'json' | 'web page' | 'text' | 'empty' | 'none';
	/** What the JSON says; undefined for every other kind. */
	body?: unknown;
	silence?: Silence;
	/** Milliseconds until all of it was there, or the bound that it was there within. */
	ms: number;
	/** What was asked for in the query, as far as an assumption needs it. */
	asked?: Record<string, string>;
}

/** The answers so far, by request. */
export type Answers = Record<RequestId, Seen | undefined>;

/** Whether an answer is a 2xx with JSON. */
export function isRead(seen: Seen | undefined): seen is Seen & { kind: 'json' } {
	return seen !== undefined && seen.status >= 200 && seen.status < 300 && seen.kind === 'json';
}

/** Host and port of an http(s) address. By a pattern: n8n's Code node has no URL. */
export function hostOf(address: string): string {
	return /^https?:\/\/(?:[^/?#@]*@)?([^/?#]*)/i.exec(address)?.[1]?.toLowerCase() ?? '';
}

export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list as it was answered. */
export interface List {
	rows: unknown[];
	/** The key that it stands under; undefined where it is bare. */
	key: string | undefined;
	/** What stands beside it. */
	beside: Record<string, unknown>;
}

/** Reads a list as the node does: an array, or an object with exactly one array in it. */
export function listOf(seen: Seen | undefined): List | undefined {
	if (!isRead(seen)) return undefined;
	if (Array.isArray(seen.body)) return { rows: seen.body as unknown[], key: undefined, beside: {} };
	if (!isObject(seen.body)) return undefined;
	const [found, ...others] = Object.entries(seen.body).filter((entry): entry is [string, unknown[]] =>
		Array.isArray(entry[1]),
	);
	if (found === undefined || others.length > 0) return undefined;
	const [key, rows] = found;
	const beside = Object.fromEntries(Object.entries(seen.body).filter(([name]) => name !== key));
	return { rows, key, beside };
}

/** No more entries are looked at: a thousand are asked for at most. */
const MOST_ENTRIES = 10_000;

/** The entries of a list that are objects. */
export function records(list: List | undefined): Array<Record<string, unknown>> {
	return (list?.rows ?? []).slice(0, MOST_ENTRIES).filter(isObject);
}
