import { type Moment, monthsBefore } from '../../input/moment';

/** From and to, both included. */
export interface Span {
	from: Moment;
	to: Moment;
}

/**
 * The API takes three months at once (docs/crazytel-api.md#call-records). They may be counted as 90 days, and by a clock
 * of another zone, and no three months are shorter than 89.
 */
export const LONGEST_MS = 88 * 86_400_000;

/** Spans share a second, as it is not known whether their ends are included. */
const SHARED_MS = 1000;

/** Where a span begins of which only the end is given: as the API does without dates. */
export function usualFrom(to: Moment): Moment {
	return monthsBefore(to, 3);
}

/** Cuts a span into those that the API takes at once, newest first. */
export function* spansOf({ from, to }: Span): Generator<Span> {
	for (let end = to; ; end = end - LONGEST_MS + SHARED_MS) {
		if (end - LONGEST_MS <= from) {
			yield { from, to: end };
			return;
		}
		yield { from: end - LONGEST_MS, to: end };
	}
}
