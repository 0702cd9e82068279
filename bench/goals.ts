import { LIMITS } from './limits';

/** What is known of one arm in one situation. */
export type Row = Record<string, unknown>;

/** A promise on the node's cost, and how a measurement stands to it. */
interface Goal {
	goal: string;
	measured: string;
	met: boolean;
}

const OURS = 'Crazytel';

/** @param measures the rows of each measure that was taken; a goal without its measure is left out */
export function goalsOf(measures: Record<string, Row[]>): Row[] {
	const {
		overhead = [],
		writes = [],
		suspensions = [],
		sync = [],
		sharing = [],
		faults = [],
		memory = [],
		weight = [],
	} = measures;
	const goals: Goal[] = [];
	const add = (goal: string, measured: string, met: boolean) => void goals.push({ goal, measured, met });
	const of = (rows: Row[], where: Row) =>
		rows.filter((row) => Object.entries(where).every(([column, value]) => row[column] === value));
	const number = (rows: Row[], where: Row, column: string) => Number(of(rows, where)[0]?.[column]);

	for (const { window, done, items, refused, requests, seconds, floorSeconds } of of(suspensions, { arm: OURS })) {
		const times = Number(seconds) / Number(floorSeconds);
		add(
			`suspensions, ${String(window)} window: all done, none refused`,
			`${String(done)} of ${String(items)}, ${String(refused)} refused`,
			done === items && refused === 0,
		);
		add(
			`suspensions, ${String(window)} window: one request more than items`,
			String(requests),
			requests === Number(items) + 1,
		);
		add(`suspensions, ${String(window)} window: 1.03 × floor`, times.toFixed(3), times <= 1.03);
		const others = of(suspensions, { window, done: items }).filter(({ arm }) => arm !== OURS);
		const fastest = Math.min(...others.map((other) => Number(other.seconds)));
		add(
			`suspensions, ${String(window)} window: no other arm does all as fast`,
			`${String(seconds)} s, the next ${fastest} s`,
			Number(seconds) < fastest,
		);
	}
	for (const { window, requests, done, items } of of(sync, { arm: OURS })) {
		add(
			`sync, ${String(window)} window: at most 6 requests`,
			String(requests),
			Number(requests) <= 6 && done === items,
		);
	}
	for (const [how, rows] of Object.entries(
		groupBy(
			sharing.filter((row) => row.toFloor !== undefined),
			({ how, server }) => `${String(how)}, ${String(server)}`,
		),
	)) {
		const most = how.endsWith('count') ? 1.3 : 1.06;
		const lost = rows.filter(({ done, items }) => done !== items).length;
		const worst = Math.max(...rows.map(({ toFloor }) => Number(toFloor)));
		add(
			`sharing, ${how}: nothing lost, at worst ${most} × floor`,
			`${lost === 0 ? 'nothing lost' : `lost in ${lost} of ${rows.length}`}, ${worst.toFixed(2)}`,
			lost === 0 && worst <= most,
		);
	}
	for (const { items, done, reported, inOrder, megabytes } of faults) {
		add(
			'faults: all done, told in order, within 160 MB',
			`${String(done)} of ${String(items)}, ${Number(megabytes).toFixed(0)} MB`,
			done === items && reported === items && inOrder === true && Number(megabytes) <= 160,
		);
	}
	if (overhead.length > 0) {
		const worst = Math.max(...of(overhead, { arm: OURS }).map(({ cpuToHttpRequest }) => Number(cpuToHttpRequest)));
		add('processor time per item, at worst: 1.10 × HTTP Request', worst.toFixed(2), worst <= 1.1);
		const cell = { items: 50, answerMs: 100 };
		const ours = number(overhead, { ...cell, arm: OURS }, 'msPerItem');
		const oneByOne = ours / number(overhead, { ...cell, arm: 'GraphQL' }, 'msPerItem');
		add('50 items, answers after 100 ms: 0.25 × the node that sends one by one', oneByOne.toFixed(2), oneByOne <= 0.25);
		const ideal = (ours * 50) / 500;
		add('50 items, answers after 100 ms: 1.5 × ten at once', ideal.toFixed(2), ideal <= 1.5);
		const msOf = (items: number) => number(overhead, { items, answerMs: 0, arm: OURS }, 'msPerItem');
		const growth = msOf(10_000) / msOf(100);
		add('time per item, 10,000 items: 1.15 × that of 100', growth.toFixed(2), growth <= 1.15);
	}
	for (const { job, items, cpuToHttpRequest, requestsTooMany } of of(writes, { arm: OURS })) {
		add(
			`${String(items)} ${String(job)}: processor time 1.10 × HTTP Request`,
			Number(cpuToHttpRequest).toFixed(2),
			Number(cpuToHttpRequest) <= 1.1,
		);
		add(
			`${String(items)} ${String(job)}: a request each, and one look-up`,
			`${String(requestsTooMany)} more`,
			requestsTooMany === 0,
		);
	}
	if (memory.length > 0) {
		const of1000 = number(memory, { items: 1000, arm: OURS }, 'kilobytesPerItem');
		const growth = number(memory, { items: 10_000, arm: OURS }, 'kilobytesPerItem') / of1000;
		add('memory per item, 10,000 items: 1.15 × that of 1,000', growth.toFixed(2), growth <= 1.15);
	}
	if (weight.length > 0) {
		const loadMs = number(weight, { arm: OURS }, 'loadMs');
		const kilobytes = number(weight, { arm: OURS }, 'kilobytes');
		add(`loading node and trigger: less than ${LIMITS.loadMs} ms`, loadMs.toFixed(1), loadMs < LIMITS.loadMs);
		add(
			`unpacked: less than ${LIMITS.unpackedKilobytes} kB`,
			kilobytes.toFixed(1),
			kilobytes < LIMITS.unpackedKilobytes,
		);
	}
	return goals.map(({ met, ...goal }) => ({ ...goal, met: met ? 'yes' : 'no' }));
}

function groupBy(rows: Row[], nameOf: (row: Row) => string): Record<string, Row[]> {
	const groups: Record<string, Row[]> = {};
	for (const row of rows) (groups[nameOf(row)] ??= []).push(row);
	return groups;
}
