import type { IDataObject } from 'n8n-workflow';

import { DAY_MS, HOUR_MS, type Moment, readWritten } from '../../input/moment';

/** A call record as the API gives it; every field may be null (docs/crazytel-api.md#call-records). */
export type Row = IDataObject;

/** When a row's call was set up. */
export interface SetUp {
	/** As the row has it, so that it can be sent back in that form. */
	text: string;
	/** For comparing with others of its form; a text without a zone is taken as if it stood in UTC. */
	at: Moment;
	hasZone: boolean;
}

/** @returns undefined where there is none, or its form is unknown */
export function setUpOf({ setup_time: text }: Row): SetUp | undefined {
	const written = typeof text === 'string' ? readWritten(text) : undefined;
	if (written === undefined || typeof text !== 'string') return undefined;
	return { text: text.trim(), at: written.asUtc - (written.offsetMs ?? 0), hasZone: written.offsetMs !== undefined };
}

/**
 * Whether an hour may repeat then that the text does not tell apart: everywhere summer ends in a Sunday's night, and
 * the clock goes back to an hour before four.
 */
export function isNight({ at, hasZone }: SetUp): boolean {
	const there = new Date(at);
	return !hasZone && there.getUTCDay() === 0 && there.getUTCHours() < 4;
}

/** The end of such a night, in the form of its text. */
export function morningAfter({ text, at, hasZone }: SetUp): SetUp {
	const day = text.slice(0, 'yyyy-mm-dd'.length);
	const between = text.charAt(day.length) || 'T';
	return { text: `${day}${between}04:00:00`, at: at - (at % DAY_MS) + 4 * HOUR_MS, hasZone };
}

/** Whether rows stand newest first. An hour that repeats may make a step up, once. */
export function inOrder(setUps: Array<SetUp | undefined>): boolean {
	const timed = setUps.filter((setUp) => setUp !== undefined);
	const steps = timed.flatMap((setUp, index) => {
		const before = timed[index - 1];
		return before !== undefined && setUp.at > before.at ? [{ before, setUp }] : [];
	});
	const hourOf = ({ at }: SetUp): number => Math.floor(at / HOUR_MS);
	return (
		steps.length === 0 ||
		(steps.length === 1 &&
			steps.every(({ before, setUp }) => isNight(setUp) && isNight(before) && hourOf(setUp) === hourOf(before)))
	);
}

/** Rows have no known id, so equal ones are told apart only by how many there are. */
export interface Counted {
	count: number;
	at: Moment | undefined;
}

export function keyOf(row: Row): string {
	return JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The rows newest first; those without a time behind. */
export function newestFirst(rows: Row[]): Row[] {
	return rows
		.map((row) => ({ row, at: setUpOf(row)?.at ?? -Infinity }))
		.sort((a, b) => (a.at === b.at ? 0 : b.at - a.at))
		.map(({ row }) => row);
}

/** A clock may be ahead of ours by its zone, and ours may be wrong by a day. */
const AHEAD_MS = 2 * DAY_MS;

/**
 * The newest time among some rows. One in the future is a slip of the server, behind which all that comes would be old; it
 * counts only where all are, as then it is our clock that is wrong.
 *
 * @param now by our clock
 * @returns undefined where none has a time
 */
export function newestSetUpOf(rows: Row[], now: Moment): SetUp | undefined {
	const setUps = rows.map(setUpOf).filter((setUp) => setUp !== undefined);
	const newest = (some: SetUp[]) =>
		some.reduce<SetUp | undefined>((best, one) => (best === undefined || one.at > best.at ? one : best), undefined);
	return newest(setUps.filter(({ at }) => at <= now + AHEAD_MS)) ?? newest(setUps);
}

/** What the simplified form leaves out: how the price came about, and what only engineers read. */
const DETAILS = ['connect_fee', 'rate', 'pdd', 'prefix'];

export function simplified(row: Row): Row {
	return Object.fromEntries(Object.entries(row).filter(([name]) => !DETAILS.includes(name)));
}
