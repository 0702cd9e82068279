import { z } from 'zod';

import { HOUR_MS, type Moment } from '../../input/moment';
import { newestFirst, newestSetUpOf, type Row, type SetUp, setUpOf } from '../../resources/callRecord/rows';
import { LONGEST_MS } from '../../resources/callRecord/spans';
import type { Look } from '../event';
import { capped } from './capped';
import { type Mark, type Seen, sortOut } from './identity';
import { type Course, type Walked, walkBack } from './walkBack';

/** A record may be filed late by as much, and an hour that repeats looks as late. */
const OVERLAP_MS = HOUR_MS;

/** How often it is looked as far back as the longest call has begun. */
export const SWEEP_MS = 10 * 60_000;

/** Where the way back to what is known was long, it went on from here; more are thinned out. */
const MOST_CRUMBS = 300;

/** So many stretches are remembered; each takes an edit of the workflow. */
const MOST_STRETCHES = 20;

/** What is known of the records of one type, or of all, from poll to poll. All times are the server's. */
export const lane = z.object({
	/** The newest time up to which all was judged, as the server writes it; null where there was no record. */
	cursor: z.string().nullable(),
	/** From here on every record that was judged is remembered; null where all are. */
	floor: z.number().nullable(),
	known: z.array(z.tuple([z.number().nullable(), z.string()])),
	/** Where it has begun; null where there was no record. From here to the floor all was judged. */
	begunAt: z.number().nullable(),
	/** Other stretches in which all was judged before, as more of the past was asked for later. */
	judged: z.array(z.tuple([z.number(), z.number()])),
	/** Where pages of a way back that was too long for one poll have ended, newest first. */
	crumbs: z.array(z.string()),
	/** When it was looked back to the floor, by our clock. */
	sweptAt: z.number(),
	/** Whether it was said that late records may be missed. */
	isShort: z.boolean(),
	/** What was too old to be asked for, and was not told yet, begins here. */
	gapFrom: z.string().nullable(),
});

export type Lane = z.infer<typeof lane>;

/** What came of reading a lane. */
export interface Read {
	/** Oldest first, those without a time before them. */
	news: Seen[];
	/** What is older than that leaves the sight with this poll. */
	lastChance: Moment;
	/** Since when records are missing, to be told with the first one. */
	gapFrom: string | null;
	/**
	 * @param noted of the news, those that are settled; the others come again
	 * @param judgedTo up to which time they were judged; undefined where all were
	 */
	leave(noted: Seen[], judgedTo: Moment | undefined, hasToldGap: boolean): Lane;
}

/** A lane that takes all for new from a moment on. */
export function laneFrom(from: Moment): Lane {
	return {
		cursor: new Date(from).toISOString(),
		floor: from,
		known: [],
		begunAt: from,
		judged: [],
		crumbs: [],
		sweptAt: 0,
		isShort: false,
		gapFrom: null,
	};
}

/** The lane as it takes up more of the past, in which nothing is new that was judged before. */
export function widened(lane: Lane, from: Moment): Lane {
	const { floor, begunAt, judged } = lane;
	if (floor === null || begunAt === null || floor <= from) return lane;
	const others = judged.filter(([begin, end]) => begin < begunAt || end > floor);
	const stretches: Lane['judged'] = [...others, [begunAt, floor]];
	return { ...laneFrom(from), known: lane.known, judged: stretches.slice(-MOST_STRETCHES), gapFrom: lane.gapFrom };
}

/**
 * A lane that takes for new what comes from now on. An account without records is asked twice, as all is new to it then.
 *
 * @throws ApiError, Stopped
 */
export async function laneFromNow(look: Look, course: Course): Promise<Lane> {
	const depth = depthOf(course);
	const walk = async () => await walkBack(look, course, { targetOf: (newest) => newest - depth });
	let walked = await walk();
	if (walked.rows.length === 0) walked = await walk();
	const empty: Lane = {
		cursor: null,
		floor: null,
		known: [],
		begunAt: null,
		judged: [],
		crumbs: [],
		sweptAt: look.now,
		isShort: false,
		gapFrom: null,
	};
	const newest = newestSetUpOf(walked.rows, look.now);
	if (newest === undefined) return { ...empty, known: sortOut(look, walked.rows, []).news.map(({ mark }) => mark) };
	const floor = Math.max(walked.completeFrom, newest.at - depth);
	const marks = sortOut(look, walked.rows.filter(isFrom(floor)), []).news.map(({ mark }) => mark);
	return capped(look, { ...empty, cursor: newest.text, floor, begunAt: floor, known: marks }, course.remembered);
}

/**
 * Reads what is new in a lane. The records are read from the newest back to those that are known, and a bit further.
 * Where that is too long for one poll, it notes how far it came, and the next polls go on from there until the way is
 * whole; then they take it up again in parts, from the oldest on.
 *
 * @throws ApiError, Stopped
 */
export async function readLane(look: Look, before: Lane, course: Course): Promise<Read> {
	let now = before;
	const depth = depthOf(course);
	const isSweep = depth === OVERLAP_MS || Math.abs(look.now - before.sweptAt) >= SWEEP_MS;
	const floorOf = ({ floor }: Lane): Moment => floor ?? -Infinity;
	const targetOf = ({ cursor, floor }: Lane): Moment => {
		const at = timeOf(cursor);
		if (at === undefined) return -Infinity;
		// A sweep goes back to the last one: what has come since, together with newer ones, may have begun as long before it.
		return isSweep ? (floor ?? -Infinity) : Math.max(floor ?? -Infinity, at - OVERLAP_MS);
	};
	const walked = await walkBack(look, course, {
		begin: before.crumbs.at(-1),
		known: isSweep ? oldestKnown(before) : timeOf(before.cursor),
		cursor: timeOf(before.cursor),
		targetOf(newest) {
			if (course.wasAway && before.crumbs.length === 0) now = cut(before, newest - LONGEST_MS);
			return targetOf(now);
		},
	});
	const cursor = timeOf(now.cursor);
	if (!walked.isWhole && (cursor === undefined || walked.completeFrom > cursor)) return notThere(now, walked);

	const from = Math.max(floorOf(now), walked.completeFrom);
	const rows = newestFirst(walked.rows.filter((row) => isFrom(from)(row) && !wasJudged(now, row))).reverse();
	const { news, known } = sortOut(look, rows, now.known);
	const newest = newestSetUpOf(walked.rows, look.now);
	return {
		news,
		lastChance: Math.max(newest?.at ?? -Infinity, cursor ?? -Infinity) - depth,
		gapFrom: now.gapFrom,
		leave(noted, judgedTo, hasToldGap) {
			const isAll = judgedTo === undefined;
			const reached = later(
				now.cursor,
				isAll
					? newest
					: newestSetUpOf(
							noted.map(({ row }) => row),
							look.now,
						),
			);
			// Nothing at all is more likely a slip than the end of all records.
			const hasSwept = isSweep && walked.rows.length > 0 && from <= floorOf(now);
			const upTo = (timeOf(reached) ?? -Infinity) - depth;
			const raised = hasSwept ? upTo : isSweep && !walked.isWhole ? from : -Infinity;
			const floor = Math.max(floorOf(now), Math.min(raised, judgedTo ?? Infinity));
			// Late ones that are left for the next poll are behind what it reads without a sweep.
			const leavesLate = !isAll && judgedTo < (timeOf(reached) ?? Infinity) - OVERLAP_MS;
			const marks: Mark[] = [...known, ...noted.map(({ mark }) => mark)];
			return capped(
				look,
				{
					cursor: reached,
					floor: floor === -Infinity ? null : floor,
					known: marks.filter(([at]) => at === null || at >= floor),
					crumbs: isAll ? now.crumbs.slice(0, -1) : now.crumbs,
					begunAt: now.begunAt,
					judged: now.judged,
					sweptAt: (hasSwept || (isSweep && !walked.isWhole)) && !leavesLate ? look.now : now.sweptAt,
					isShort: !walked.isWhole || (now.isShort && !(hasSwept && floor <= upTo)),
					gapFrom: hasToldGap ? null : now.gapFrom,
				},
				course.remembered,
				{ hasSaid: now.isShort, judgedTo },
			);
		},
	};
}

/** The way back has not come to what is known: nothing counts yet but how far it came. */
function notThere(now: Lane, { ends }: Walked): Read {
	const crumbs = [...now.crumbs, ...ends];
	const thinned =
		crumbs.length > MOST_CRUMBS ? crumbs.filter((_crumb, index) => (crumbs.length - index) % 2 === 1) : crumbs;
	return { news: [], lastChance: -Infinity, gapFrom: now.gapFrom, leave: () => ({ ...now, crumbs: thinned }) };
}

/** What the API does not show any more is given up, and that is told. */
function cut(before: Lane, from: Moment): Lane {
	const at = timeOf(before.cursor);
	if (at === undefined || at >= from) return before;
	return { ...before, cursor: new Date(from).toISOString(), floor: from, gapFrom: before.gapFrom ?? before.cursor };
}

/** How far back a record may still come. */
function depthOf({ longestMs = 0 }: Course): number {
	return Math.max(OVERLAP_MS, longestMs);
}

function isFrom(floor: Moment): (row: Row) => boolean {
	return (row) => (setUpOf(row)?.at ?? Infinity) >= floor;
}

function wasJudged({ judged }: Lane, row: Row): boolean {
	const at = setUpOf(row)?.at;
	return at !== undefined && judged.some(([begin, end]) => at >= begin && at < end);
}

/** A list that does not show it is not whole, however short it is. */
function oldestKnown({ known, cursor }: Lane): Moment | undefined {
	return known.reduce<Moment | undefined>(
		(oldest, [at]) => (at !== null && (oldest === undefined || at < oldest) ? at : oldest),
		timeOf(cursor),
	);
}

function timeOf(text: string | null): Moment | undefined {
	return setUpOf({ setup_time: text })?.at;
}

function later(cursor: string | null, other: SetUp | undefined): string | null {
	return other !== undefined && other.at > (timeOf(cursor) ?? -Infinity) ? other.text : cursor;
}
