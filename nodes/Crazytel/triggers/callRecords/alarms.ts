import type { Moment } from '../../input/moment';
import { type Row, setUpOf } from '../../resources/callRecord/rows';
import { partsOf } from './cost';

/**
 * An alarm that was given: at how many times the limit, by which record, and at which one what was spent had fallen to the
 * limit since; null while that is not known.
 */
export type Given = [times: number, at: Moment, endedAt: Moment | null];

/** Too much was spent in a window. */
export interface Alarm {
	/** 1, 2, 4 and so on: so many times the limit was passed. */
	times: number;
	/** The time of the record that passed it. */
	at: Moment;
	/** The end of the window in which most was spent since, with its records, and what was spent in millionths of a dollar. */
	end: Moment;
	rows: Row[];
	parts: number;
}

/** What is watched. */
export interface Watched {
	/** In millionths of a dollar. */
	limit: number;
	isByExtension: boolean;
	lengthMs: number;
}

/**
 * Goes through records in the order of their times, and gives an alarm at each at which the window before it holds more
 * than the limit. It is given once, again at each doubling, again when a window's length has passed, and anew once what
 * was spent had fallen to the limit. Going through them again, with what was given, gives no other ones: so a call that is
 * filed late, under the time at which it began, finds its place.
 *
 * @param rows in any order; those without a time do not count
 * @param from from here on it is judged; of the window's length before it the records must be there, too
 * @param isWhole whether all records of the windows are there; of a part nobody knows that it has fallen to the limit
 * @returns the new alarms, and all that were given
 */
export function alarmsIn(
	rows: Row[],
	before: Given[],
	{ limit, lengthMs }: Watched,
	from: Moment,
	isWhole = true,
): { alarms: Alarm[]; given: Given[] } {
	const timed = rows
		.map((row) => ({ row, at: setUpOf(row)?.at ?? NaN, parts: partsOf(row) }))
		.filter(({ at }) => !Number.isNaN(at));
	timed.sort((a, b) => a.at - b.at);
	const given = before.map((one): Given => [...one]).sort((a, b) => a[1] - b[1] || a[0] - b[0]);
	const alarms: Alarm[] = [];
	let [start, sum] = [0, 0];
	for (let index = 0; index < timed.length; ) {
		const at = timed[index]?.at ?? 0;
		for (; (timed[start]?.at ?? Infinity) <= at - lengthMs; start++) sum -= timed[start]?.parts ?? 0;
		if (isWhole && at >= from && sum <= limit) endBefore(given, at);
		for (; timed[index]?.at === at; index++) sum += timed[index]?.parts ?? 0;
		const times = timesOver(sum, limit);
		if (at < from || times === 0) continue;
		const window = { end: at, parts: sum, rows: timed.slice(start, index).map(({ row }) => row) };
		const last = given
			.filter(([, then, endedAt]) => then <= at && at - then < lengthMs && (endedAt === null || at < endedAt))
			.at(-1);
		const isTold = last !== undefined && times <= last[0];
		const isToldLater = given.some(([other, then]) => then > at && then - at < lengthMs && other >= times);
		const newest = alarms.at(-1);
		if (isTold && newest?.at === last[1] && sum >= newest.parts) Object.assign(newest, window);
		if (isTold || isToldLater) continue;
		alarms.push({ times, at, ...window });
		given.push([times, at, null]);
		given.sort((a, b) => a[1] - b[1] || a[0] - b[0]);
	}
	return { alarms, given };
}

function endBefore(given: Given[], at: Moment): void {
	for (const one of given) if (one[1] < at) one[2] ??= at;
}

/** How many times the limit was passed, of 1, 2, 4 and so on; 0 where it was not. */
export function timesOver(parts: number, limit: number): number {
	let times = 0;
	for (let next = 1; parts > next * limit; next *= 2) times = next;
	return times;
}
