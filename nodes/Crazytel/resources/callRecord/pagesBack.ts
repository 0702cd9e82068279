import type { IDataObject } from 'n8n-workflow';

import { ApiError } from '../../api/apiError';
import { caught } from '../../api/caught';
import type { Moment } from '../../input/moment';
import type { Send } from '../../run/plan';
import { callRecords } from './endpoints';
import { lostSight, notInOrder, outside, stuck } from './noWayBack';
import { type Came, changedIn, lastOf, type Shared, sharedUpTo } from './overlap';
import {
	type Counted,
	inOrder,
	isNight,
	keyOf,
	morningAfter,
	newestFirst,
	type Row,
	type SetUp,
	setUpOf,
} from './rows';
import { LONGEST_MS } from './spans';

/** How long pages are. */
export interface Sizes {
	/** So many are asked for at once; the server may give fewer, or refuse the number. */
	page: number;
	/** So many come where nothing is asked for, says the documentation: a shorter page has all there is. */
	least: number;
}

export const SIZES: Readonly<Sizes> = { page: 1000, least: 100 };

/** What is asked for. */
export interface Way {
	/** What else is sent, by the API's names. */
	query: IDataObject;
	/**
	 * One after the other, newest first. Without `to` from the newest record of all, so that it rests on nobody's clock;
	 * without `from` as far as the API goes.
	 */
	spans: Iterable<{ from?: Moment; to?: Moment }>;
	/** Where it goes on, as an earlier page has left it in `next`. */
	begin?: SetUp;
	/** How many are asked for at first. */
	size: number;
	/** What to do where its pages cannot be read back, where there are too many of one time, where it looks at no dates. */
	cures: { shorter: string; fewer: string; dates: string };
}

/** One page on the way back. */
export interface Page {
	/** Those that no page before had, newest first; those without a time where they stand. */
	fresh: Row[];
	/** The oldest time in it. */
	oldest: Moment | undefined;
	/** Whether it may have been cut: it was as long as one is at most. */
	isFull: boolean;
	/** What the next page will be asked for with; undefined where this is the last one of its span, or an error follows. */
	next: SetUp | undefined;
}

/** A text without a zone may be of any. */
const ANY_ZONE_MS = 14 * 3_600_000;
const ROUNDED_MS = 1000;

/** Rows that newer pages had, and that may come again. */
const KEPT_MS = 2000;

/**
 * Reads call records in pages, newest first, each record once. The API has no pages, so the way back is by `end_date`:
 * the time of a row is sent back as the text that it came as, because its zone is not known, and the next page must show
 * rows that are there already. Where it does not, or cannot, the reading ends with an error: half a list looks like a
 * whole one. Every page is asked for when it is pulled, so that whoever has enough pays for no more.
 *
 * @throws ApiError, Stopped
 */
export async function* pagesBack(
	send: Send,
	{ query, spans, begin, size: first, cures }: Way,
	{ page: most, least }: Sizes = SIZES,
): AsyncGenerator<Page, void> {
	let known = new Map<string, Counted>();
	let size = Math.min(first, most);
	let wasCut = false;

	const ask = async (dates: IDataObject): Promise<Row[]> => {
		const result = await caught(send(callRecords({ ...query, ...dates, limit: size })));
		if ('value' in result) return result.value;
		// It may take no number as large as that.
		const mayBeNumber = result.error instanceof ApiError && result.error.httpCode === '422' && size > least;
		if (!mayBeNumber) throw result.error;
		size = least;
		return await send(callRecords({ ...query, ...dates, limit: size }));
	};

	for (const span of spans) {
		let end = begin;
		/** Whether a row of the very time that is asked for is in the answer; undefined while that is not known. */
		let isIncluded: boolean | undefined;
		/** What the page before has already. */
		let shared: Shared | undefined;
		let longest = 0;
		for (;;) {
			const rows = await ask(datesOf(span, end));
			const setUps = rows.map(setUpOf);
			longest = Math.max(longest, rows.length);
			const page: Came = {
				rows,
				setUps,
				isFull: rows.length >= longest && (rows.length >= Math.min(size, least) || wasCut),
			};
			checkDates(page, span, end, cures.dates);
			const changed = shared === undefined ? [] : changedIn(page, shared);
			if (changed === undefined) throw lostSight(cures.shorter);
			if (end !== undefined) isIncluded ??= setUps.some((setUp) => setUp?.at === end?.at);

			const fresh = takeFresh(page, known, changed);
			const isOrdered = inOrder(setUps);
			if (!isOrdered && (page.isFull || end !== undefined)) throw notInOrder(cures.shorter);
			if (fresh.length > 0 && end !== undefined) wasCut = true;
			const isSure = fresh.length === 0 && (rows.length < longest || !page.isFull);
			const isLast = !isOrdered || rows.length === 0 || isSure;
			const next = isLast ? undefined : nextEnd(page, end, isIncluded === true);
			yield { fresh: isOrdered ? fresh : newestFirst(fresh), oldest: oldestOf(setUps), isFull: page.isFull, next };
			if (next === undefined) {
				if (page.isFull && !isLast) throw stuck(cures.fewer);
				break;
			}
			shared = sharedUpTo(next.at, page, rows.length >= longest);
			end = next;
			size = most;
			known = kept(known, end.at);
		}
	}
}

function datesOf({ from, to }: { from?: Moment; to?: Moment }, end: SetUp | undefined): IDataObject {
	const text = end?.text ?? (to === undefined ? undefined : iso(to));
	if (from !== undefined) return { start_date: iso(from), ...(text !== undefined && { end_date: text }) };
	return end === undefined ? {} : { start_date: iso(end.at - LONGEST_MS), end_date: end.text };
}

const iso = (moment: Moment): string => new Date(moment).toISOString();

/**
 * The rows that no page before had, as often as they are here and were not there. The others are noted.
 *
 * @param changed those that a page before had with other values
 */
function takeFresh({ rows, setUps }: Came, known: Map<string, Counted>, changed: Row[]): Row[] {
	const here = new Map<string, number>();
	return rows.filter((row, index) => {
		const key = keyOf(row);
		const count = (here.get(key) ?? 0) + 1;
		here.set(key, count);
		const before = known.get(key)?.count ?? 0;
		if (count <= before) return false;
		known.set(key, { count, at: setUps[index]?.at });
		return !changed.includes(row);
	});
}

/** Those that may come again. */
function kept(known: Map<string, Counted>, end: Moment): Map<string, Counted> {
	return new Map([...known].filter(([, { at }]) => at === undefined || at <= end + KEPT_MS));
}

function oldestOf(setUps: Came['setUps']): Moment | undefined {
	return lastOf(setUps)?.at;
}

/**
 * What the next page ends with: the second oldest time, so that all rows of the oldest are seen again, whether the end
 * itself is included or not, and where it is that very second to its last fraction. Where that gets no further, it is
 * the oldest, if the end is included. In a night in which an hour may repeat, a time may be taken for the one an hour
 * earlier: there it is the morning after, where that gets any further.
 *
 * @returns undefined where that would ask the same again
 */
function nextEnd({ setUps }: Came, end: SetUp | undefined, isIncluded: boolean): SetUp | undefined {
	const getsFurther = ({ at }: SetUp): boolean => end === undefined || at < end.at;
	const oldest = lastOf(setUps);
	const second = lastOf(setUps.filter((setUp) => setUp?.at !== oldest?.at));
	for (const next of [second, ...(isIncluded ? [oldest] : [])]) {
		if (next === undefined) continue;
		const morning = isNight(next) ? morningAfter(next) : undefined;
		const found = [morning, next].find((one) => one !== undefined && getsFurther(one));
		if (found !== undefined) return found;
	}
	return undefined;
}

/** Rows from outside of what was asked for are those of a server that looks at no dates, or at other ones. */
function checkDates(
	{ setUps }: Came,
	{ from = -Infinity, to = Infinity }: { from?: Moment; to?: Moment },
	end: SetUp | undefined,
	cure: string,
): void {
	for (const setUp of setUps) {
		if (setUp === undefined) continue;
		const slack = setUp.hasZone ? ROUNDED_MS : ANY_ZONE_MS;
		const isNewer = end === undefined ? setUp.at > to + slack : setUp.at > end.at;
		if (isNewer || setUp.at < from - slack) throw outside(isNewer ? 'newer' : 'older', cure);
	}
}
