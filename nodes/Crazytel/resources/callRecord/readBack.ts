import type { IDataObject } from 'n8n-workflow';

import { ApiError } from '../../api/apiError';
import { caught } from '../../api/caught';
import { MOST_ENTRIES } from '../../api/gauge';
import type { Moment } from '../../input/moment';
import type { Send } from '../../run/plan';
import { callRecords } from './endpoints';
import { type Counted, keyOf, newestFirst, type Row, type SetUp, setUpOf } from './rows';
import { type Span, spansOf } from './spans';

/** What is wanted. */
export interface Asked extends Span {
	most: number;
	/** What else is sent, by the API's names. */
	query: IDataObject;
}

/** So many are asked for at once; the server may give fewer, or refuse the number. */
const PAGE = 1000;

/** So many come where nothing is asked for, says the documentation: a shorter page has all there is. */
const LEAST_PAGE = 100;

/** A text without a zone may be of any. */
const ANY_ZONE_MS = 14 * 3_600_000;
const ROUNDED_MS = 1000;

/** Rows that newer pages had, and that may come again. */
const KEPT_MS = 2000;

/** One page on the way back. */
interface Page {
	rows: Row[];
	setUps: Array<SetUp | undefined>;
	/** Whether it may have been cut: it was as long as one is at most. */
	isFull: boolean;
}

/**
 * Reads call records, newest first, each once. The API has no pages, so the way back is by `end_date`: the time of a
 * row is sent back as the text that it came as, because its zone is not known, and the next page must show rows that
 * are there already. Where it does not, or cannot, the reading ends with an error: half a list looks like a whole one.
 *
 * @param pageSizes for the tests
 * @throws ApiError, Stopped
 */
export async function readBack(send: Send, asked: Asked, { page: most, least } = { page: PAGE, least: LEAST_PAGE }): Promise<Row[]> {
	const found: Row[] = [];
	let known = new Map<string, Counted>();
	let size = Math.min(asked.most, most);
	let wasCut = false;

	const ask = async (query: IDataObject): Promise<Row[]> => {
		const result = await caught(send(callRecords({ ...query, limit: size })));
		if ('value' in result) return result.value;
		// It may take no number as large as that.
		const mayBeNumber = result.error instanceof ApiError && result.error.httpCode === '422' && size > least;
		if (!mayBeNumber) throw result.error;
		size = least;
		return await send(callRecords({ ...query, limit: size }));
	};

	for (const span of spansOf(asked)) {
		let end: SetUp | undefined;
		/** Whether a row of the very time that is asked for is in the answer; undefined while that is not known. */
		let isIncluded: boolean | undefined;
		let oldest: Moment | undefined;
		let longest = 0;
		for (;;) {
			const rows = await ask({ ...asked.query, start_date: new Date(span.from).toISOString(), end_date: end?.text ?? new Date(span.to).toISOString() });
			const setUps = rows.map(setUpOf);
			longest = Math.max(longest, rows.length);
			const page: Page = { rows, setUps, isFull: rows.length >= longest && (rows.length >= Math.min(size, least) || wasCut) };
			checkDates(page, span, end);
			if (oldest !== undefined && !setUps.some((setUp) => setUp?.at === oldest)) throw lostSight();
			if (end !== undefined) isIncluded ??= setUps.some((setUp) => setUp?.at === end?.at);

			const fresh = takeFresh(page, known);
			const isOrdered = inOrder(setUps);
			if (!isOrdered && (page.isFull || end !== undefined)) throw notInOrder();
			if (fresh.length > 0 && end !== undefined) wasCut = true;
			for (const row of isOrdered ? fresh : newestFirst(fresh)) {
				found.push(row);
				if (found.length >= asked.most) return found;
			}
			if (found.length > MOST_ENTRIES) throw tooMany();
			if (!isOrdered || rows.length === 0) break;

			const isSure = fresh.length === 0 && rows.length < longest;
			const next = isSure ? undefined : nextEnd(page, end, isIncluded === true);
			if (next === undefined) {
				if (page.isFull && !isSure) throw stuck();
				break;
			}
			oldest = oldestOf(setUps);
			end = next;
			size = most;
			known = kept(known, end.at);
		}
	}
	return found;
}

/** The rows that no page before had, as often as they are here and were not there. The others are noted. */
function takeFresh({ rows, setUps }: Page, known: Map<string, Counted>): Row[] {
	const here = new Map<string, number>();
	return rows.filter((row, index) => {
		const key = keyOf(row);
		const count = (here.get(key) ?? 0) + 1;
		here.set(key, count);
		const before = known.get(key)?.count ?? 0;
		if (count <= before) return false;
		known.set(key, { count, at: setUps[index]?.at });
		return true;
	});
}

/** Those that may come again. */
function kept(known: Map<string, Counted>, end: Moment): Map<string, Counted> {
	return new Map([...known].filter(([, { at }]) => at === undefined || at <= end + KEPT_MS));
}

function oldestOf(setUps: Page['setUps']): Moment | undefined {
	return lastOf(setUps)?.at;
}

function lastOf(setUps: Page['setUps']): SetUp | undefined {
	return setUps.filter((setUp) => setUp !== undefined).at(-1);
}

function inOrder(setUps: Page['setUps']): boolean {
	const times = setUps.flatMap((setUp) => setUp?.at ?? []);
	return times.every((at, index) => index === 0 || at <= (times[index - 1] ?? at));
}

/**
 * What the next page ends with: the oldest time, where rows of the end itself are included, else the second oldest, so
 * that the rows of the oldest time are seen again.
 *
 * @returns undefined where that would ask the same again
 */
function nextEnd({ setUps }: Page, end: SetUp | undefined, isIncluded: boolean): SetUp | undefined {
	const oldest = oldestOf(setUps);
	const next = lastOf(setUps.filter((setUp) => isIncluded || setUp?.at !== oldest));
	return next === undefined || next.at === end?.at ? undefined : next;
}

/** Rows from outside of what was asked for are those of a server that looks at no dates, or at other ones. */
function checkDates({ setUps }: Page, { from, to }: Span, end: SetUp | undefined): void {
	for (const setUp of setUps) {
		if (setUp === undefined) continue;
		const slack = setUp.hasZone ? ROUNDED_MS : ANY_ZONE_MS;
		const isNewer = end === undefined ? setUp.at > to + slack : setUp.at > end.at;
		if (isNewer || setUp.at < from - slack) throw outside(isNewer ? 'newer' : 'older');
	}
}

const SHORTER = 'Choose a shorter span of dates, so that all of it comes at once.';

const failed = (happened: string, cure: string): ApiError => new ApiError(happened, cure, 'unreadable', { httpCode: '200' });

function outside(side: 'newer' | 'older'): ApiError {
	return failed(
		`Crazytel answered with call records that are ${side} than what was asked for, so it is unknown which ones it leaves out.`,
		'Choose a Limit of at most 100 without dates, and look at the times in the output.',
	);
}

function lostSight(): ApiError {
	return failed(
		'Crazytel takes the time of a call record for another one when it is asked for older ones, perhaps of another time zone, so some would be missing.',
		SHORTER,
	);
}

function notInOrder(): ApiError {
	return failed('Crazytel gave call records that are not in the order of their time, so it cannot be asked for older ones.', SHORTER);
}

function stuck(): ApiError {
	return failed(
		'Crazytel gave as many call records of one time as it gives at once, or none with a time, so it cannot be asked for older ones.',
		`Choose a Type or an Extension, so that there are fewer, or a Limit of what came. ${SHORTER}`,
	);
}

function tooMany(): ApiError {
	return failed(`There are more than ${MOST_ENTRIES / 1000},000 call records, more than this node reads for one item.`, 'Choose a shorter span of dates, or a Limit.');
}
