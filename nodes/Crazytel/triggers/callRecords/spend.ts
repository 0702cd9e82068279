import type { IDataObject } from 'n8n-workflow';

import { ApiError } from '../../api/apiError';
import { isEmpty } from '../../input/empty';
import type { Moment } from '../../input/moment';
import { pagesBack, type Sizes } from '../../resources/callRecord/pagesBack';
import { keyOf, newestSetUpOf, type Row, setUpOf, type SetUp } from '../../resources/callRecord/rows';
import type { Look } from '../event';
import type { Alarm, Watched } from './alarms';
import { costOf, inDollars, partsOf } from './cost';
import { pagesUntilSure } from './pagesUntilSure';

const MOST_DESTINATIONS = 5;

/** Where a record may say of whom it is: its columns are not documented (docs/crazytel-api.md#call-records). */
const EXTENSION_COLUMNS = [
	'extension',
	'extension_number',
	'sip_username',
	'username',
	'user',
	'account',
	'trunk',
	'subject',
];

const FEWER = 'Choose Hour in Window, so that there are fewer call records to add.';

/** What bounds a poll. */
export interface SpendBounds {
	sizes: Sizes;
	pages: number;
}

/** The newest records. */
export interface NewestRecords {
	newest: SetUp;
	rows: Row[];
	/** How many have no time, so that nobody knows whether they belong here. */
	untimed: number;
	/** From this time on there is every record. */
	completeFrom: Moment;
	/** A hash of the newest page: while it stays, nothing was filed, and nothing was rated. */
	seen: string;
}

/**
 * Reads the newest records, as far back as is wanted, from the newest one and not from now, as nobody knows what time it
 * is at the server.
 *
 * @param fromOf how far back, by the newest time
 * @param seen what the last poll has seen: where that is all there is, nothing more is read
 * @returns undefined where there is nothing new, or no record at all
 * @throws ApiError, Stopped
 */
export async function readNewest(
	look: Look,
	fromOf: (newest: Moment) => Moment,
	{ sizes, pages }: SpendBounds,
	seen?: string,
): Promise<NewestRecords | undefined> {
	const rows: Row[] = [];
	const untilMs = look.msLeft() / 2;
	let found: Pick<NewestRecords, 'newest' | 'seen'> | undefined;
	let completeFrom = -Infinity;
	let count = 0;
	const way = { query: {}, spans: [{}], size: sizes.least, cures: { shorter: FEWER, fewer: FEWER, dates: FEWER } };
	for await (const page of pagesUntilSure(pagesBack(async (request) => await look.read(request), way, sizes))) {
		count++;
		rows.push(...page.fresh);
		found ??= foundIn(look, page.fresh);
		if (found === undefined && page.fresh.length === 0) return undefined;
		if (found === undefined) throw withoutTimes();
		if (found.seen === seen) return undefined;
		const oldest = page.oldest ?? Infinity;
		const isOver = page.next !== undefined && (count >= pages || look.msLeft() < untilMs);
		// A page that is short may be half of one: it has all there is where no older one follows.
		if (!isOver && oldest >= fromOf(found.newest.at)) continue;
		completeFrom = oldest + 1;
		break;
	}
	return found && { ...found, rows, completeFrom, untimed: rows.filter((row) => setUpOf(row) === undefined).length };
}

function foundIn(look: Look, rows: Row[]): Pick<NewestRecords, 'newest' | 'seen'> | undefined {
	const newest = newestSetUpOf(rows, look.now);
	return newest && { newest, seen: look.hash(rows.map(keyOf).sort().join('\n'), 16) };
}

/**
 * Divides records by who has made them: everybody together under undefined, or each extension, null where a record does
 * not say it.
 *
 * @throws ApiError where it is wanted by extension, and no record says of which it is
 */
export function bySpender(rows: Row[], isByExtension: boolean): Map<string | null | undefined, Row[]> {
	if (!isByExtension) return new Map([[undefined, rows]]);
	const groups = new Map<string | null, Row[]>();
	for (const row of rows) {
		const extension = extensionOf(row);
		const group = groups.get(extension);
		if (group === undefined) groups.set(extension, [row]);
		else group.push(row);
	}
	if (groups.size === 1 && groups.has(null)) throw withoutExtensions();
	return groups;
}

function extensionOf(row: Row): string | null {
	const value = EXTENSION_COLUMNS.map((name) => row[name]).find((one) => !isEmpty(one) && typeof one !== 'object');
	return value === undefined ? null : String(value).trim();
}

/** What was spent in the window that ends with the newest record. */
export function spentLast(rows: Row[], { newest }: NewestRecords, { lengthMs }: Watched): Omit<Alarm, 'times' | 'at'> {
	const inWindow = rows.filter((row) => {
		const at = setUpOf(row)?.at ?? -Infinity;
		return at > newest.at - lengthMs && at <= newest.at;
	});
	return { end: newest.at, rows: inWindow, parts: sumOf(inWindow) };
}

function sumOf(rows: Row[]): number {
	return rows.reduce((sum, row) => sum + partsOf(row), 0);
}

/** The output for what was spent. */
export function outputOf(
	extension: string | null | undefined,
	{ times, end, rows, parts }: Omit<Alarm, 'at'>,
	{ newest, untimed, completeFrom }: NewestRecords,
	{ limit, lengthMs }: Watched,
): IDataObject {
	return {
		...(extension !== undefined && { extension }),
		spent: inDollars(parts),
		limit: inDollars(limit),
		times,
		from: textOf(end - lengthMs, newest),
		to: textOf(end, newest),
		calls: rows.length,
		withoutCost: rows.filter((row) => costOf(row) === undefined).length,
		...(untimed > 0 && { withoutTime: untimed }),
		...(completeFrom > end - lengthMs + 1 && { isAtLeast: true }),
		topDestinations: topDestinations(rows),
	};
}

/** In the form that needs no zone where the server gives none. */
export function textOf(at: Moment, { hasZone }: SetUp): string {
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
		.map(({ parts, ...rest }) => ({ ...rest, cost: inDollars(parts) }));
}

const failed = (happened: string, cure: string): ApiError =>
	new ApiError(happened, cure, 'unreadable', { httpCode: '200' });

function withoutTimes(): ApiError {
	return failed(
		'None of the newest call records has a time that this node can read, so it cannot be told what was spent when.',
		'Look at setup_time in the output of Get Many.',
	);
}

function withoutExtensions(): ApiError {
	return failed('The call records of this account do not say of which extension they are.', 'Choose Account in Per.');
}

/** Where a part of the window is below the limit, nobody knows what the whole is. */
export function notWhole(): ApiError {
	return failed(
		'There are more call records in the window than a poll can read, and those that it has read are below Limit.',
		`${FEWER} Or poll less often, where other runs use up the requests a minute.`,
	);
}
