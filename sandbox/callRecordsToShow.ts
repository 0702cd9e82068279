import type { StoredCallRecord } from './storedCallRecord';
import { trunksToShow } from './trunksToShow';

/** Days of a month with calls, and how long each was in seconds. */
const CALLS: Array<[day: number, seconds: number[]]> = [
	[3, [62, 340]],
	[11, [15, 905, 128]],
	[24, [48]],
];

/**
 * The month before by the clock of Sydney, which the example workflows go by.
 *
 * @param now milliseconds since 1970
 * @returns a moment of that month: the given day at that hour, by UTC
 */
export function lastMonth(now: number): (day: number, hour: number) => number {
	const [year = 0, month = 0] = new Intl.DateTimeFormat('en-CA', { timeZone: 'Australia/Sydney' })
		.format(now)
		.split('-')
		.map(Number);
	return (day, hour) => Date.UTC(year, month - 2, day, hour);
}

/**
 * Calls of the trunks to show in the month before, and one of a trunk that is there no more. How the API calls the length of
 * a call is not documented: `duration` is made up.
 *
 * @param now milliseconds since 1970
 */
export function callRecordsToShow(now = Date.now()): StoredCallRecord[] {
	const moment = lastMonth(now);
	return [...trunksToShow.slice(0, 2).map(({ username = '' }) => username), 'CT000000'].flatMap((extension, at) =>
		CALLS.slice(at).flatMap(([day, lengths]) =>
			lengths.map(
				(duration, hour): StoredCallRecord => ({
					at: moment(day, hour),
					type: 'voice',
					extension,
					columns: { duration, total_cost: Math.ceil(duration / 60) * 0.09, destination_name: 'Australia - Mobile' },
				}),
			),
		),
	);
}
