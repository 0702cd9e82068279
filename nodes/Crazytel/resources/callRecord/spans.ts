import { type Moment, monthsBefore } from '../../input/moment';

/** From and to, both included. */
export interface Span {
	from: Moment;
	to: Moment;
}

/** The API takes three months at once; whose clock and zone count is not known, so a day stays free. */
const MOST_MONTHS = 3;
const SPARE_MS = 86_400_000;

/** Spans share a second, as it is not known whether their ends are included. */
const SHARED_MS = 1000;

/** Where a span begins of which only the end is given. */
export function earliestFrom(to: Moment): Moment {
	return monthsBefore(to, MOST_MONTHS) + SPARE_MS;
}

/** Cuts a span into those that the API takes at once, newest first. */
export function* spansOf({ from, to }: Span): Generator<Span> {
	let end = to;
	for (;;) {
		const earliest = earliestFrom(end);
		if (earliest <= from) {
			yield { from, to: end };
			return;
		}
		yield { from: earliest, to: end };
		end = earliest + SHARED_MS;
	}
}
