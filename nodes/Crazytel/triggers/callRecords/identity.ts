import { createHash } from 'node:crypto';

import type { Moment } from '../../input/moment';
import { identityOf } from '../../resources/callRecord/identity';
import { keyOf, type Row, setUpOf } from '../../resources/callRecord/rows';
import type { Look } from '../event';

const OF_IDENTITY = 8;
const OF_CONTENT = 4;

/** A record that was seen: its time where it has one, and hashes of what cannot change and of all that it holds. */
export type Mark = [at: Moment | null, hashes: string];

/** A record of an answer. */
export interface Seen {
	row: Row;
	at: Moment | null;
	mark: Mark;
	/** Which it is of those that are alike in all that cannot change, from 1. */
	nth: number;
}

/**
 * A short text by which a record is known again wherever it comes: 16 hex digits of a sha-256.
 *
 * @param type what it was asked for by, where it was
 * @param nth as two records may be alike
 */
export function recordKeyOf(row: Row, type: string | undefined, nth: number): string {
	return createHash('sha256')
		.update(`${identityOf(row)} ${type ?? ''} ${nth === 1 ? '' : nth}`)
		.digest('hex')
		.slice(0, 16);
}

function markOf(look: Look, row: Row): Mark {
	return [setUpOf(row)?.at ?? null, `${look.hash(identityOf(row), OF_IDENTITY)}${look.hash(keyOf(row), OF_CONTENT)}`];
}

/**
 * Tells which records are new. Those that are alike in all that cannot change are told apart by how many there are: one
 * more than before is a new one, and it is one whose content was not seen.
 *
 * @param rows oldest first
 * @returns the new ones in that order, and the marks of all others that are known, brought up to date
 */
export function sortOut(look: Look, rows: Row[], known: Mark[]): { news: Seen[]; known: Mark[] } {
	const before = groupsOf(known, (mark) => mark);
	const here = groupsOf(
		rows.map((row) => ({ row, mark: markOf(look, row) })),
		({ mark }) => mark,
	);
	const news: Seen[] = [];
	for (const [group, those] of here) {
		const left = [...(before.get(group) ?? [])];
		const count = left.length;
		const others = those.filter(({ mark }) => {
			const index = left.findIndex((one) => one[1] === mark[1]);
			if (index >= 0) left.splice(index, 1);
			return index < 0;
		});
		// Changed since, e.g. rated: as many as are missing.
		const changed = others.splice(0, left.length);
		const same = (before.get(group) ?? []).filter((mark) => !left.includes(mark));
		before.set(group, [...same, ...changed.map(({ mark }) => mark), ...left.slice(changed.length)]);
		news.push(...others.map(({ row, mark }, index) => ({ row, at: mark[0], mark, nth: count + index + 1 })));
	}
	const place = new Map(rows.map((row, index) => [row, index]));
	return {
		news: news.sort((a, b) => (place.get(a.row) ?? 0) - (place.get(b.row) ?? 0)),
		known: [...before.values()].flat(),
	};
}

function groupsOf<One>(list: One[], markOfOne: (one: One) => Mark): Map<string, One[]> {
	const groups = new Map<string, One[]>();
	for (const one of list) {
		const [at, hashes] = markOfOne(one);
		const name = `${at} ${hashes.slice(0, OF_IDENTITY)}`;
		groups.set(name, [...(groups.get(name) ?? []), one]);
	}
	return groups;
}
