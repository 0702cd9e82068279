import type { Moment } from '../../input/moment';
import { isSameChanged } from './identity';
import { isNight, keyOf, type Row, type SetUp } from './rows';

/** A page as it came. */
export interface Came {
	rows: Row[];
	setUps: Array<SetUp | undefined>;
	isFull: boolean;
}

/** The rows of a page's oldest time. */
export interface Oldest {
	at: Moment;
	rows: Row[];
}

/**
 * Those that the next page must show, by their columns, as a time that is shown to the second may be that of others, too.
 * After a page that was not cut none has to: that one has shown that its time was understood.
 */
export function oldestRows({ rows, setUps }: Came, mayBeCut: boolean): Oldest | undefined {
	const last = lastOf(setUps);
	if (last === undefined || !(mayBeCut || isNight(last))) return undefined;
	return { at: last.at, rows: rows.filter((_row, index) => setUps[index]?.at === last.at) };
}

/** @returns those that have got other values since the page before, such as a price; undefined where one is not there */
export function changedIn({ rows, setUps }: Came, before: Oldest): Row[] | undefined {
	const here = rows.filter((_row, index) => setUps[index]?.at === before.at);
	const [found, keys] = [here, before.rows].map((some) => new Set(some.map(keyOf))) as [Set<string>, Set<string>];
	const others = here.filter((row) => !keys.has(keyOf(row)));
	const changed: Row[] = [];
	for (const row of before.rows.filter((one) => !found.has(keyOf(one)))) {
		const index = others.findIndex((other) => isSameChanged(other, row));
		if (index < 0) return undefined;
		changed.push(...others.splice(index, 1));
	}
	return changed;
}

export function lastOf(setUps: Came['setUps']): SetUp | undefined {
	return setUps.filter((setUp) => setUp !== undefined).at(-1);
}
