import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { isEmpty } from '../../input/empty';
import { DAY_MS, type Moment } from '../../input/moment';
import { callRecords, TYPES } from '../../resources/callRecord/endpoints';
import type { Sizes } from '../../resources/callRecord/pagesBack';
import { newestFirst, type Row, setUpOf, simplified } from '../../resources/callRecord/rows';
import { LONGEST_MS } from '../../resources/callRecord/spans';
import type { Look, Polled } from '../event';
import { costOf } from './cost';
import { recordKeyOf, type Seen } from './identity';
import { type Lane, lane, laneFrom, laneFromNow, type Read, readLane, widened } from './lane';
import type { Course } from './walkBack';

export const state = z.object({
	/** By type, or under `all`. */
	lanes: z.record(lane),
	/** The days of the past that were asked for. */
	past: z.number(),
	/** By our clock. */
	polledAt: z.number(),
});

export type State = z.infer<typeof state>;

/** What bounds a poll. */
export interface Bounds {
	sizes: Sizes;
	/** Requests, of all types together. */
	pages: number;
	items: number;
	/** Records, of all types together. */
	remembered: number;
}

/** What the fields say. */
export interface Filter {
	/** The types that are asked for one by one, by our names; one `all` where that is one request. */
	names: string[];
	of: string | undefined;
	days: number;
	longestMs: number;
	leastCost: number;
	isSimple: boolean;
}

/**
 * Types are asked for one by one, where they are some and not all: no column is documented that would tell them apart.
 */
function queryOf({ of }: Filter, name: string): IDataObject {
	const type = TYPES[name];
	return { ...(type !== undefined && { type }), ...(of !== undefined && { extension: of }) };
}

/**
 * One poll: what is new, oldest first.
 *
 * @throws ApiError, Stopped
 */
export async function pollOnce(
	look: Look,
	before: State | undefined,
	filter: Filter,
	{ sizes, pages, items: most, remembered }: Bounds,
): Promise<Polled<State>> {
	const { names, days, longestMs } = filter;
	const wasAway = before !== undefined && Math.abs(look.now - before.polledAt) > LONGEST_MS;
	const from = look.now - days * DAY_MS;
	const untilMs = look.msLeft() / 2;
	const lanes: Record<string, Lane> = {};
	const reads: Array<{ name: string; read: Read }> = [];
	for (const name of names) {
		const hasCalls = !name.startsWith('sms');
		const course: Course = {
			query: queryOf(filter, name),
			longestMs: hasCalls ? longestMs : undefined,
			pages: Math.max(1, Math.floor(pages / names.length)),
			remembered: Math.floor(remembered / names.length),
			sizes,
			untilMs,
			wasAway,
		};
		const known = before?.lanes[name];
		if (known === undefined && days === 0) lanes[name] = await laneFromNow(look, course);
		else reads.push({ name, read: await readLane(look, begun(known, days > (before?.past ?? 0), from), course) });
	}

	const { verdicts, judgedTo } = judged(reads, filter, most);
	const items: IDataObject[] = [];
	for (const { name, read } of reads) {
		const told = verdicts.some(({ tells, of }) => tells && of === read);
		const noted = verdicts.filter(({ of }) => of === read).map(({ seen }) => seen);
		lanes[name] = read.leave(noted, judgedTo, told);
	}
	const untold = new Set(reads.filter(({ read }) => read.gapFrom !== null).map(({ read }) => read));
	for (const { seen, of, name } of verdicts.filter(({ tells }) => tells)) {
		const gap = untold.delete(of) ? { gapFrom: of.gapFrom } : {};
		if ('gapFrom' in gap)
			look.warn(
				`The call records from ${gap.gapFrom} on are too old for Crazytel to show, up to three months ago: they have started nothing.`,
			);
		items.push({ ...itemOf(seen.row, name, filter, recordKeyOf(seen.row, TYPES[name], seen.nth), look.now), ...gap });
	}
	return { items, state: { lanes, past: days, polledAt: look.now } };
}

/** @param isWider whether more of the past is wanted than before */
function begun(known: Lane | undefined, isWider: boolean, from: Moment): Lane {
	if (known === undefined) return laneFrom(from);
	return isWider ? widened(known, from) : known;
}

/** What is settled of a record. */
interface Verdict {
	seen: Seen;
	of: Read;
	name: string;
	tells: boolean;
}

/**
 * Oldest first, until there are enough. What waits for its cost is not settled.
 *
 * @returns the time of the first one that is left, where there were enough
 */
function judged(
	reads: Array<{ name: string; read: Read }>,
	{ leastCost }: Filter,
	most: number,
): { verdicts: Verdict[]; judgedTo: Moment | undefined } {
	const all = reads
		.flatMap(({ name, read }) => read.news.map((seen) => ({ seen, of: read, name })))
		.sort((a, b) => whenOf(a.seen) - whenOf(b.seen));
	const verdicts: Verdict[] = [];
	let count = 0;
	for (const one of all) {
		const cost = costOf(one.seen.row);
		const waits = leastCost > 0 && cost === undefined && one.seen.at !== null && one.seen.at >= one.of.lastChance;
		if (waits) continue;
		const tells = leastCost === 0 || cost === undefined || cost >= leastCost;
		if (tells && count === most) return { verdicts, judgedTo: whenOf(one.seen) };
		if (tells) count++;
		verdicts.push({ ...one, tells });
	}
	return { verdicts, judgedTo: undefined };
}

/** Those without a time first: nothing says how long they wait. */
function whenOf({ at }: Seen): number {
	return at ?? -Number.MAX_VALUE;
}

function itemOf(row: Row, name: string, { isSimple }: Filter, recordKey: string, now: Moment): IDataObject {
	const type = isEmpty(row.type) && name !== 'all' ? { type: name } : {};
	return { ...(isSimple ? simplified(row) : row), ...type, recordKey, seenAt: new Date(now).toISOString() };
}

/**
 * The newest record that passes the filter, as it would start the workflow.
 *
 * @throws ApiError, Stopped
 */
export async function newestOf(look: Look, filter: Filter, { sizes }: Bounds): Promise<IDataObject | undefined> {
	const found: Array<{ row: Row; name: string }> = [];
	for (const name of filter.names) {
		const rows = await look.read(callRecords({ ...queryOf(filter, name), limit: sizes.least }));
		const row = newestFirst(rows).find((one) => filter.leastCost === 0 || (costOf(one) ?? 0) >= filter.leastCost);
		if (row !== undefined) found.push({ row, name });
	}
	const [newest] = found.sort((a, b) => (setUpOf(b.row)?.at ?? 0) - (setUpOf(a.row)?.at ?? 0));
	return newest === undefined
		? undefined
		: itemOf(newest.row, newest.name, filter, recordKeyOf(newest.row, TYPES[newest.name], 1), look.now);
}
