import type { Moment } from '../../input/moment';
import { isSameChanged } from './identity';
import { isNight, keyOf, type Row, type SetUp } from './rows';

/** A page as it came. */
export interface Came {
	rows: Row[];
	setUps: Array<SetUp | undefined>;
	isFull: boolean;
}

/** The rows of a page that the next one may show again. */
export interface Shared {
	rows: Row[];
	/** The oldest time of the page. */
	from: Moment;
	/** Those that it must show, which are of that time. Rows have no known id, so equal ones are as many as there were. */
	due: ReadonlySet<Row>;
}

/**
 * What the next page, up to `end`, shares with this one. It must show the rows of the oldest time, as a time that is shown to
 * the second may be that of others, too. After a page that was not cut it need not: that one has shown that its time was
 * understood.
 */
export function sharedUpTo(end: Moment, { rows, setUps }: Came, mayBeCut: boolean): Shared | undefined {
	const last = lastOf(setUps);
	if (last === undefined) return undefined;
	const where = (holds: (setUp: SetUp) => boolean): Row[] =>
		rows.filter((_row, index) => {
			const setUp = setUps[index];
			return setUp !== undefined && holds(setUp);
		});
	const isOldest = ({ at }: SetUp): boolean => at === last.at;
	return {
		// In a night in which an hour may repeat, another one of that time may be another call.
		rows: where((setUp) => isOldest(setUp) || (setUp.at <= end && !isNight(setUp))),
		from: last.at,
		due: new Set(mayBeCut || isNight(last) ? where(isOldest) : []),
	};
}

/** @returns those that have got other values since the page before, such as a price; undefined where one is missing */
export function changedIn({ rows, setUps }: Came, before: Shared): Row[] | undefined {
	const here = rows.filter((_row, index) => (setUps[index]?.at ?? -Infinity) >= before.from);
	const others = without(here, before.rows);
	const changed: Row[] = [];
	for (const row of without(before.rows, here)) {
		const index = others.findIndex((other) => isSameChanged(other, row));
		if (index >= 0) changed.push(...others.splice(index, 1));
		else if (before.due.has(row)) return undefined;
	}
	return changed;
}

/** The rows that the others have not, or not as often. */
function without(rows: Row[], others: Row[]): Row[] {
	const left = new Map<string, number>();
	for (const key of others.map(keyOf)) left.set(key, (left.get(key) ?? 0) + 1);
	return rows.filter((row) => {
		const key = keyOf(row);
		const count = left.get(key) ?? 0;
		left.set(key, count - 1);
		return count <= 0;
	});
}

export function lastOf(setUps: Came['setUps']): SetUp | undefined {
	return setUps.filter((setUp) => setUp !== undefined).at(-1);
}
