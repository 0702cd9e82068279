import type { IDataObject } from 'n8n-workflow';

import { ApiError } from '../../api/apiError';
import { isEmpty } from '../../input/empty';
import type { Moment } from '../../input/moment';
import { pagesBack, type Sizes } from '../../resources/callRecord/pagesBack';
import { keyOf, type Row, type SetUp, setUpOf } from '../../resources/callRecord/rows';
import type { Look } from '../event';
import { costOf } from './cost';

/** Dollars are added in millionths, in which sums have no remainder of binary fractions, and told in ten-thousandths. */
const PARTS = 1_000_000;
const TOLD = 10_000;

const MOST_DESTINATIONS = 5;

/** Where a record may say of whom it is: its columns are not documented (docs/crazytel-api.md#call-records). */
const EXTENSION_COLUMNS = ['extension', 'extension_number', 'sip_username', 'username', 'user', 'account', 'trunk', 'subject'];

const FEWER = 'Choose Hour in Window, so that there are fewer call records to add.';

/** What bounds a poll. */
export interface SpendBounds {
	sizes: Sizes;
	pages: number;
}

/** The records of a window that ends with the newest one. */
export interface WindowRead {
	newest: SetUp;
	rows: Row[];
	/** How many have no time, so that nobody knows whether they are in it. */
	untimed: number;
	/** Whether there may be more. */
	isCut: boolean;
	/** A hash of the newest page: while it stays, nothing was filed, and nothing was rated. */
	seen: string;
}

/**
 * Reads the records of the time before the newest one. The window ends with it, and not now, as nobody knows what time
 * it is at the server.
 *
 * @param seen what the last poll has seen: where that is all there is, nothing more is read
 * @returns undefined where there is nothing new, or no record at all
 * @throws ApiError, Stopped
 */
export async function readWindow(look: Look, lengthMs: number, { sizes, pages }: SpendBounds, seen?: string): Promise<WindowRead | undefined> {
	const rows: Row[] = [];
	const untilMs = look.msLeft() / 2;
	let found: Pick<WindowRead, 'newest' | 'seen'> | undefined;
	let isCut = false;
	let count = 0;
	const way = { query: {}, spans: [{}], size: sizes.least, cures: { shorter: FEWER, fewer: FEWER, dates: FEWER } };
	for await (const page of pagesBack(async (request) => await look.read(request), way, sizes)) {
		count++;
		rows.push(...page.fresh);
		found ??= foundIn(look, page.fresh);
		if (found === undefined && page.fresh.length === 0) return undefined;
		if (found === undefined) throw withoutTimes();
		if (found.seen === seen) return undefined;
		if (!page.isFull || (page.oldest ?? Infinity) <= found.newest.at - lengthMs) break;
		isCut = page.next !== undefined && (count >= pages || look.msLeft() < untilMs);
		if (isCut) break;
	}
	if (found === undefined) return undefined;
	const { newest } = found;
	const inWindow = rows.filter((row) => (setUpOf(row)?.at ?? -Infinity) > newest.at - lengthMs);
	return { ...found, rows: inWindow, untimed: rows.filter((row) => setUpOf(row) === undefined).length, isCut };
}

function foundIn(look: Look, rows: Row[]): Pick<WindowRead, 'newest' | 'seen'> | undefined {
	const newest = rows.map(setUpOf).reduce((best, one) => (one !== undefined && (best === undefined || one.at > best.at) ? one : best), undefined);
	return newest && { newest, seen: look.hash(rows.map(keyOf).sort().join('\n'), 16) };
}

/** What somebody has spent in the window. */
export interface Spent {
	/** Undefined for the whole account, null where the record does not say it. */
	extension?: string | null;
	/** In millionths of a dollar. */
	parts: number;
	rows: Row[];
}

/**
 * Adds up what was spent, the most first.
 *
 * @throws ApiError where it is wanted by extension, and no record says of which it is
 */
export function sumUp({ rows }: WindowRead, isByExtension: boolean): Spent[] {
	if (!isByExtension) return [{ parts: sumOf(rows), rows }];
	const groups = new Map<string | null, Row[]>();
	for (const row of rows) groups.set(extensionOf(row), [...(groups.get(extensionOf(row)) ?? []), row]);
	if (groups.size === 1 && groups.has(null)) throw withoutExtensions();
	return [...groups].map(([extension, those]) => ({ extension, parts: sumOf(those), rows: those })).sort((a, b) => b.parts - a.parts);
}

function sumOf(rows: Row[]): number {
	return rows.reduce((sum, row) => sum + Math.round((costOf(row) ?? 0) * PARTS), 0);
}

function extensionOf(row: Row): string | null {
	const value = EXTENSION_COLUMNS.map((name) => row[name]).find((one) => !isEmpty(one) && typeof one !== 'object');
	return value === undefined ? null : String(value).trim();
}

export function partsOf(dollars: number): number {
	return Math.round(dollars * PARTS);
}

function dollarsOf(parts: number): number {
	return Math.round(parts / (PARTS / TOLD)) / TOLD;
}

/** How many times the limit was passed, of 1, 2, 4 and so on; 0 where it was not. */
export function timesOver(parts: number, limit: number): number {
	let times = 0;
	for (let next = 1; parts > next * limit; next *= 2) times = next;
	return times;
}

/** The output for one that has spent so much. */
export function toldOf(spent: Spent, { newest, untimed, isCut }: WindowRead, { limit, lengthMs }: { limit: number; lengthMs: number }): IDataObject {
	const { extension, parts, rows } = spent;
	return {
		...(extension !== undefined && { extension }),
		spent: dollarsOf(parts),
		limit: dollarsOf(limit),
		times: timesOver(parts, limit),
		from: textOf(newest.at - lengthMs, newest),
		to: textOf(newest.at, newest),
		calls: rows.length,
		withoutCost: rows.filter((row) => costOf(row) === undefined).length,
		...(untimed > 0 && { withoutTime: untimed }),
		...(isCut && { isAtLeast: true }),
		topDestinations: topDestinations(rows),
	};
}

/** In the form that needs no zone where the server gives none. */
function textOf(at: Moment, { hasZone }: SetUp): string {
	const text = new Date(at).toISOString();
	return hasZone ? text : text.slice(0, 'yyyy-mm-ddThh:mm:ss'.length);
}

function topDestinations(rows: Row[]): IDataObject[] {
	const groups = new Map<string, Row[]>();
	for (const row of rows) {
		const name = [row.destination_name, row.prefix].find((one) => !isEmpty(one) && typeof one !== 'object');
		if (name !== undefined) groups.set(String(name), [...(groups.get(String(name)) ?? []), row]);
	}
	return [...groups]
		.map(([destination, those]) => ({ destination, calls: those.length, parts: sumOf(those) }))
		.sort((a, b) => b.parts - a.parts || b.calls - a.calls)
		.slice(0, MOST_DESTINATIONS)
		.map(({ parts, ...rest }) => ({ ...rest, cost: dollarsOf(parts) }));
}

const failed = (happened: string, cure: string): ApiError => new ApiError(happened, cure, 'unreadable', { httpCode: '200' });

function withoutTimes(): ApiError {
	return failed('None of the newest call records has a time that this node can read, so it cannot be told what was spent when.', 'Look at setup_time in the output of Get Many.');
}

function withoutExtensions(): ApiError {
	return failed('The call records of this account do not say of which extension they are.', 'Choose Account in Per.');
}

/** Where a part of the window is below the limit, nobody knows what the whole is. */
export function notWhole(): ApiError {
	return failed('There are more call records in the window than a poll can read, and those that it has read are below Limit.', `${FEWER} Or poll less often, where other runs use up the requests a minute.`);
}
