import type { IDataObject } from 'n8n-workflow';

import { isRecord } from './body';
import type { Answered } from './exchange';
import { withPlainNames } from './saying';

/** So many pages of one list are read at most; an account with more is told that its list is not whole. */
export const MOST_PAGES = 200;

/**
 * What an answer says of the rest of its list: none, how to ask for it, or only that there is one. A guess is
 * that a page that is full to its limit may not be the last.
 */
export type Rest = 'none' | 'unknown' | { query: IDataObject; isGuess?: true };

/** Why a list is not taken for all there is: the server says that there is more, and not how to get it, or it is doubted. */
export type WhyPartial = 'goes on' | 'doubted';

const partial = new WeakMap<object, WhyPartial>();

/** Whether a list that the client has read is all there is, as far as the server says. */
export function isWhole(list: object): boolean {
	return !partial.has(list);
}

/** Why a list is not taken for whole; undefined where it is. */
export function whyPartial(list: object): WhyPartial | undefined {
	return partial.get(list);
}

/** Notes that a list is not taken for all there is. @returns the list */
export function asPartial<List extends object>(list: List, why: WhyPartial = 'goes on'): List {
	partial.set(list, why);
	return list;
}

/**
 * @param known what the pages before had; the entries are added to it
 * @returns the entries without those that are there already: by their id, or else whole
 */
export function withoutRepeated<Entry>(entries: Entry[], known = new Set<string>()): Entry[] {
	const fresh: Entry[] = [];
	for (const entry of entries) {
		const key =
			isRecord(entry) && entry.id !== undefined ? `id ${String(entry.id).toLowerCase()}` : JSON.stringify(entry);
		if (known.has(key)) continue;
		known.add(key);
		fresh.push(entry);
	}
	return fresh.length === entries.length ? entries : fresh;
}

/** Around what is said of pages; one may stand in another. */
const WRAPPERS = ['meta', 'metadata', 'pagination', 'paging', 'pageinfo', 'resultinfo', 'links', 'page', 'data'];

const TOTAL_HEADERS = ['x-total-count', 'x-total', 'total-count'];

/* Names in lower case, without dashes and underscores. */
const NEXT = ['next', 'nextpage', 'nexturl', 'nextpageurl', 'nextlink', 'nexthref'];
const CURSORS = [
	'nextcursor',
	'cursor',
	'nexttoken',
	'nextpagetoken',
	'continuation',
	'continuationtoken',
	'after',
	'endcursor',
];
const HAS_MORE = ['hasmore', 'more', 'hasnext', 'hasnextpage', 'truncated', 'istruncated', 'remaining'];
const TOTALS = [
	'total',
	'totalcount',
	'totalitems',
	'totalresults',
	'totalrecords',
	'totalelements',
	'recordstotal',
	'totalentries',
];
const PAGES = ['pages', 'totalpages', 'lastpage', 'pagecount', 'numpages', 'numberofpages'];
const PAGE = ['page', 'currentpage', 'pagenumber'];
const LIMIT = ['limit', 'perpage', 'pagesize'];
const START = ['offset', 'skip'];

/** What of a list was read already. */
export interface ReadBefore {
	entries: number;
	pages: number;
}

/**
 * Reads what an answer says of the rest of its list. How the real API does it is not known, so every usual
 * form is looked for (docs/crazytel-api.md#lists). A list that says nothing is whole.
 *
 * @param url what was asked for; an address of the next page counts only on the same host and path
 * @param entries how many the answer has
 */
export function restOf(
	{ body, headers }: Pick<Answered, 'body' | 'headers'>,
	url: string,
	entries: number,
	before: ReadBefore,
): Rest {
	const said = saidOf(body);
	const first = <T>(names: string[], read: (value: unknown) => T | undefined): T | undefined =>
		names.map((name) => read(said[name])).find((value) => value !== undefined);

	const next =
		linkOf(headers.link) ??
		first(NEXT, (value) => (isRecord(value) ? (textOf(value.href) ?? textOf(value.url)) : textOf(value)));
	if (next !== undefined && !/^\d+$/.test(next)) return queryOf(next, url);
	const page = first(PAGE, numberOf);
	const nextPage = Number(next ?? headers['x-next-page'] ?? 0);
	if (nextPage > (page ?? 0)) return { query: { page: nextPage } };
	const pages = first(PAGES, numberOf) ?? numberOf(headers['x-total-pages']);
	const areCounted = page !== undefined && pages !== undefined;
	// Where the first page has the number 0, the last one is one short of how many there are. Counted pages that go on
	// end here, so that further down this is the last one of them.
	if (areCounted && page + (page === before.pages ? 1 : 0) < pages) return { query: { page: page + 1 } };

	const total = Math.max(
		first(TOTALS, numberOf) ?? 0,
		...TOTAL_HEADERS.map((name) => numberOf(headers[name]) ?? 0),
		rangeTotal(headers['content-range']),
	);
	const more = first(HAS_MORE, isMore) ?? (typeof said.last === 'boolean' ? !said.last : undefined);
	// A count may be that of the page: it can say that something is missing, and not that nothing is.
	const isShort = before.entries + entries < Math.max(total, numberOf(said.count) ?? 0);
	if (!isShort && more !== true && (more === false || areCounted || total > 0 || saysNoNext(said))) return 'none';
	if (first(CURSORS, (value) => (value === 0 ? undefined : textOf(value))) !== undefined) return 'unknown';

	const isFull = entries > 0 && first(LIMIT, numberOf) === entries;
	const isGuess = !isShort && more !== true;
	// More pages than one, of which it is not said which this is.
	if (isGuess && !isFull) return (pages ?? 0) > 1 ? 'unknown' : 'none';
	const query = entries > 0 ? nextQuery(said, entries, page, before) : undefined;
	return query === undefined ? 'unknown' : { query, ...(isGuess && { isGuess }) };
}

/** By what the answer shows of itself; undefined where that is nothing. */
function nextQuery(
	said: Record<string, unknown>,
	entries: number,
	page: number | undefined,
	before: ReadBefore,
): IDataObject | undefined {
	const start = START.find((name) => numberOf(said[name]) !== undefined);
	const limit = numberOf(said.limit);
	if (start !== undefined) return { [start]: Number(said[start]) + entries, ...(limit !== undefined && { limit }) };
	if (page !== undefined) return { page: page + 1 };
	return limit === undefined ? undefined : { offset: before.entries + entries, limit };
}

/** Whether it says in so many words that there is no next page. */
function saysNoNext(said: Record<string, unknown>): boolean {
	return NEXT.some((name) => Object.hasOwn(said, name) && !isRecord(said[name]) && textOf(said[name]) === undefined);
}

/** What stands beside the list, in the answer and in what usually wraps it. */
function saidOf(body: unknown, depth = 0): Record<string, unknown> {
	if (!isRecord(body) || depth > 2) return {};
	const plain = withPlainNames(body);
	const wrapped = WRAPPERS.map((name) => saidOf(plain[name], depth + 1));
	return Object.assign({}, ...wrapped.reverse(), plain) as Record<string, unknown>;
}

/** @returns undefined where it does not say */
function isMore(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	if (typeof value === 'number') return value > 0;
	return typeof value === 'string' && /^(?:true|false)$/i.test(value) ? value.toLowerCase() === 'true' : undefined;
}

/** The address of the next page, for the same list only: a key goes to no other place. */
function queryOf(next: string, url: string): Rest {
	const isAddress = /^(?:https?:\/\/|\/|\?)/i.test(next) && URL.canParse(next, url);
	if (!isAddress) return 'unknown';
	const [found, asked] = [new URL(next, url), new URL(url)];
	const bare = ({ pathname }: URL) => pathname.replace(/\/$/, '');
	// A server behind a proxy may write http where the proxy has https.
	if (found.host !== asked.host || bare(found) !== bare(asked)) return 'unknown';
	return { query: Object.fromEntries(found.searchParams) };
}

/** `Link: <address>; rel="next"`. */
function linkOf(value: unknown): string | undefined {
	const next = textOf(value)
		?.split(/,(?=\s*<)/)
		.find((link) => /;\s*rel="?([^";]*)/i.exec(link)?.[1]?.toLowerCase().split(/\s/).includes('next'));
	return next === undefined ? undefined : /<([^>]*)>/.exec(next)?.[1];
}

/** `Content-Range: items 0-49/120`. */
function rangeTotal(value: unknown): number {
	return Number(/\/(\d+)$/.exec(textOf(value) ?? '')?.[1] ?? 0);
}

function textOf(value: unknown): string | undefined {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && !/^(?:|null|none|undefined|false)$/i.test(value.trim())
		? value.trim()
		: undefined;
}

function numberOf(value: unknown): number | undefined {
	const number = typeof value === 'string' && /^\d+$/.test(value.trim()) ? Number(value) : value;
	return typeof number === 'number' && Number.isInteger(number) && number >= 0 ? number : undefined;
}
