import { shown } from './shown';
import { isEmpty } from './empty';
import { InvalidInput } from './invalidInput';

/** A point in time, in milliseconds since 1970. */
export type Moment = number;

/** Of a date without a time, its first or its last millisecond is meant. */
export type Edge = 'start' | 'end';

const TEXT = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** No zone on Earth is further from UTC. */
const LONGEST_OFFSET_MS = 14 * HOUR_MS;

/** A date and its time as they stand in a text. */
interface Written {
	/** As if it stood in UTC. */
	asUtc: Moment;
	hasTime: boolean;
	/** How far it is ahead of UTC, in milliseconds; undefined where it does not say. */
	offsetMs: number | undefined;
}

/** Reads an ISO text; undefined where it is none, or no such day or time exists. */
export function readWritten(text: string): Written | undefined {
	const [, year, month, day, hour, minute, second = '0', fraction = '0', zone] = TEXT.exec(text.trim()) ?? [];
	if (year === undefined) return undefined;
	const parts = [year, month, day, hour ?? 0, minute ?? 0, second].map(Number) as [
		number,
		number,
		number,
		number,
		number,
		number,
	];
	const [y, mo, d, h, mi, s] = parts;
	const asUtc = Date.UTC(y, mo - 1, d, h, mi, s) + Math.floor(Number(`0.${fraction}`) * 1000);
	const read = new Date(asUtc);
	// A year below 100 would be taken for one of the last century.
	const isThere =
		read.getUTCFullYear() === y &&
		read.getUTCMonth() === mo - 1 &&
		read.getUTCDate() === d &&
		h <= 23 &&
		mi <= 59 &&
		s <= 59;
	const offsetMs = zone === undefined ? undefined : offsetOf(zone);
	if (!isThere || Math.abs(offsetMs ?? 0) > LONGEST_OFFSET_MS) return undefined;
	return { asUtc, hasTime: hour !== undefined, offsetMs };
}

function offsetOf(zone: string): number {
	if (/^z$/i.test(zone)) return 0;
	const [, sign, hours, minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
	return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/**
 * Reads a point in time as n8n's date fields and expressions give it: a Date, a Luxon DateTime, or an ISO text.
 *
 * @param name the field as the editor shows it
 * @param timeZone that of the workflow, for a text without one
 * @param edge what is meant by a date without a time
 * @returns undefined where the field is empty
 * @throws InvalidInput when it cannot be read without guessing
 */
export function readMoment(
	name: string,
	field: string,
	value: unknown,
	timeZone: string,
	edge: Edge,
): Moment | undefined {
	if (isEmpty(value)) return undefined;
	const moment = momentOf(value, timeZone, edge);
	if (moment !== undefined && Number.isFinite(moment)) return moment;
	throw new InvalidInput([
		{
			field,
			message: `${name} cannot be read as a date, and it is ${shown(value)}.\nWrite it as 2026-11-26 or 2026-11-26T14:30:00, with a zone such as +11:00 or Z behind it where that is not the workflow's.`,
		},
	]);
}

function momentOf(value: unknown, timeZone: string, edge: Edge): Moment | undefined {
	// Not by their classes: n8n's sandbox for expressions has its own.
	if (typeof value === 'object' && value !== null) {
		if ('toMillis' in value && typeof value.toMillis === 'function') return Number(value.toMillis());
		return Object.prototype.toString.call(value) === '[object Date]' ? Number(value) : undefined;
	}
	const written = typeof value === 'string' ? readWritten(value) : undefined;
	if (written === undefined) return undefined;
	const { asUtc, hasTime, offsetMs } = written;
	if (offsetMs !== undefined) return asUtc - offsetMs;
	// Not the next midnight less one: where summer begins at midnight no clock shows that.
	return inZone(hasTime || edge === 'start' ? asUtc : asUtc + DAY_MS - 1, timeZone, edge);
}

/**
 * The moment at which a clock in a time zone shows what a text without zone says. Where summer begins or ends it may
 * show that never, or twice: then so that nothing is left out.
 */
function inZone(asUtc: number, timeZone: string, edge: Edge): Moment {
	const around = [asUtc - DAY_MS, asUtc + DAY_MS].map((day) => asUtc - aheadMs(day, timeZone));
	const showing = around.filter((moment) => moment + aheadMs(moment, timeZone) === asUtc);
	return Math[edge === 'start' ? 'min' : 'max'](...(showing.length > 0 ? showing : around));
}

/** How far a time zone is ahead of UTC at a moment, in milliseconds. */
function aheadMs(moment: Moment, timeZone: string): number {
	const parts = new Intl.DateTimeFormat('en-GB', {
		timeZone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric',
	}).formatToParts(moment);
	const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
	const there = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
	return there - Math.floor(moment / 1000) * 1000;
}

/** The same day and time so many calendar months before, or that month's last day. */
export function monthsBefore(moment: Moment, months: number): Moment {
	const date = new Date(moment);
	const day = date.getUTCDate();
	date.setUTCMonth(date.getUTCMonth() - months);
	// The 31st of a month of 30 days is the 1st of the next one.
	if (date.getUTCDate() !== day) date.setUTCDate(0);
	return date.getTime();
}
