import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { ApiError } from '../../nodes/Crazytel/api/apiError';
import { callRecordAddedWithin } from '../../nodes/Crazytel/triggers/callRecords/added';
import type { StoredCallRecord } from '../../sandbox';
import type { CallRecordSwitches } from '../../sandbox/callRecordSwitches';
import { Account, MINUTE_MS, NOON, pollerOf } from '../unit/triggers/callRecords/account';
import { LONG, runs } from '../properties';

/** Pages and polls in small, so that few records fill them. */
const SMALL = { sizes: { page: 12, least: 6 }, pages: 12, items: 8, remembered: 400 };

/** What happens between two polls. */
interface Step {
	minutes: number;
	/** Calls and messages that are filed, seconds ago and how many alike. */
	arrivals: Array<{ secondsAgo: number; type: StoredCallRecord['type']; caller: number; times: number }>;
	/** Calls that have begun so many minutes ago. */
	late: number[];
	/** What had no cost gets one. */
	isRated: boolean;
	failsAt: number;
	isSlow: boolean;
	isRestart: boolean;
	/** So many are filed while n8n is down. */
	arrivesInBulk: number;
}

const arrival = fc.record({
	secondsAgo: fc.integer({ min: 0, max: 50 }),
	type: fc.constantFrom<StoredCallRecord['type'][]>('voice', 'did', 'smsin', 'smsout'),
	caller: fc.integer({ min: 1, max: 2 }),
	times: fc.constantFrom(1, 1, 1, 2),
});

const step: fc.Arbitrary<Step> = fc.record({
	minutes: fc.constantFrom(1, 1, 1, 5, 11, 200),
	arrivals: fc
		.array(arrival, { maxLength: 8 })
		.map((list) =>
			list.filter(({ secondsAgo }, index) => list.findIndex((one) => one.secondsAgo === secondsAgo) === index),
		),
	late: fc.oneof(
		{ weight: 3, arbitrary: fc.constant<number[]>([]) },
		{ weight: 1, arbitrary: fc.array(fc.integer({ min: 1, max: 230 }), { maxLength: 2 }) },
	),
	isRated: fc.boolean(),
	failsAt: fc.constantFrom(0, 0, 0, 0, 1, 2, 3),
	isSlow: fc.integer({ min: 0, max: 11 }).map((one) => one === 11),
	isRestart: fc.constantFrom(false, false, false, true),
	arrivesInBulk: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 12, 50),
});

const honest: fc.Arbitrary<Partial<CallRecordSwitches>> = fc
	.record({
		cap: fc.constantFrom(0, 0, 6, 9, 11),
		largestLimit: fc.constantFrom(0, 0, 6),
		timeForm: fc.constantFrom<CallRecordSwitches['timeForm'][]>('T', 'space', 'Z', 'offset', 'fraction'),
		hoursAhead: fc.constantFrom(0, 10, -5),
		isEndIncluded: fc.boolean(),
		wrapper: fc.constantFrom('', 'cdrs'),
	})
	.map((how) => ({ ...how, hoursAheadAsked: how.hoursAhead }));

const careless: fc.Arbitrary<Partial<CallRecordSwitches>> = fc
	.tuple(
		honest,
		fc.record({
			hoursAheadAsked: fc.constantFrom(0, 10, -5),
			order: fc.constantFrom<CallRecordSwitches['order'][]>('newest first', 'oldest first'),
			ignoresEnd: fc.boolean(),
		}),
	)
	.map(([how, more]) => ({ ...how, ...more }));

/** What tells records apart here, whatever they cost by now. */
const nameOf = ({ setup_time: time, src, dst }: IDataObject): string => JSON.stringify([time, src, dst]);

const counts = (names: string[]): Map<string, number> =>
	names.reduce((map, name) => map.set(name, (map.get(name) ?? 0) + 1), new Map<string, number>());

interface Played {
	/** In the names that they have in the output. */
	expected: string[];
	late: Set<string>;
	given: string[];
	warnings: string[];
	/** What the last poll has thrown. */
	error: unknown;
	largest: number;
}

/** A life of a node, and then quiet until nothing more comes. */
async function live(
	steps: Step[],
	switches: Partial<CallRecordSwitches>,
	values: IDataObject,
	isDurable: boolean,
	past: number,
): Promise<Played> {
	const account = new Account();
	account.switches = switches;
	const poller = pollerOf(callRecordAddedWithin(SMALL), account, values, { simplify: false });
	let nonce = 0;
	const add = (at: number, type: StoredCallRecord['type'], caller: number): StoredCallRecord => {
		const record: StoredCallRecord = {
			at,
			type,
			extension: 'CT100001',
			columns: { src: `6140000000${caller}`, total_cost: null, dst: caller === 0 ? ++nonce : 0 },
		};
		account.records.push(record);
		return record;
	};
	for (let index = 0; index < past; index++) add(NOON - (index + 1) * 7 * MINUTE_MS, 'voice', 0);
	const came: StoredCallRecord[] = [];
	const late: StoredCallRecord[] = [];
	const given: string[] = [];
	let error: unknown;
	let saved: string | undefined;

	const poll = async (): Promise<number> => {
		try {
			const items = await poller.poll();
			error = undefined;
			const times = items.map(({ setup_time: time }) => Date.parse(String(time)));
			expect(times).toEqual([...times].sort((a, b) => a - b));
			expect(items.length).toBeLessThanOrEqual(SMALL.items);
			expect(new Set(items.map(({ recordKey }) => recordKey)).size).toBe(items.length);
			given.push(...items.map(nameOf));
			if (isDurable || items.length > 0) saved = poller.saved;
			return items.length;
		} catch (thrown) {
			expect(thrown).toBeInstanceOf(ApiError);
			error = thrown;
			return -1;
		}
	};
	await poll();
	// n8n does not activate what fails; a server that cannot be read at all is an error from the start.
	if (error !== undefined) return { expected: [], late: new Set(), given, warnings: [], error, largest: 0 };
	saved = poller.saved;
	for (const { minutes, arrivals, late: began, isRated, failsAt, isSlow, isRestart, arrivesInBulk } of steps) {
		account.now += minutes * MINUTE_MS;
		for (const { secondsAgo, type, caller, times } of arrivals) {
			for (let time = 0; time < times; time++) came.push(add(account.now - secondsAgo * 1000, type, caller));
		}
		account.now += arrivesInBulk * MINUTE_MS;
		for (let index = 0; index < arrivesInBulk; index++)
			came.push(add(account.now - index * 20_000, index % 3 === 0 ? 'smsin' : 'did', 0));
		for (const minutesAgo of began) late.push(add(account.now - minutesAgo * MINUTE_MS, 'voice', 0));
		if (isRated) for (const { columns } of account.records) columns.total_cost ??= 0.1;
		if (isRestart) poller.saved = saved;
		[account.failsAt, account.slowMs] = [failsAt, isSlow ? 40_000 : 0];
		await poll();
	}
	[account.failsAt, account.slowMs] = [0, 0];
	if (!isDurable) poller.saved = saved;
	for (let quiet = 0, polls = 0; quiet < 4; polls++) {
		account.now += 6 * MINUTE_MS;
		const hasCrumbs = JSON.stringify(poller.state).match(/"crumbs":\["/) !== null;
		quiet = (await poll()) === 0 && !hasCrumbs ? quiet + 1 : error === undefined ? 0 : quiet + 1;
		expect(polls).toBeLessThan(400);
	}
	const all = account.records;
	account.records = [...came, ...late];
	account.switches = { ...switches, cap: 0, largestLimit: 0, order: 'newest first', wrapper: '' };
	const shown = async (list: StoredCallRecord[]) => {
		account.records = list;
		const { read } = account.look();
		return (
			await read({
				endpoint: { name: 'all', effect: 'read', words: { doing: '' }, read: (body) => body as IDataObject[] },
				method: 'GET',
				path: '/api/v1/cdrs/',
				query: { limit: 100_000 },
			})
		).map(nameOf);
	};
	const wanted = (list: StoredCallRecord[]) =>
		list.filter(
			({ type }) => values.types === undefined || (values.types as string[]).some((one) => one.toLowerCase() === type),
		);
	const played = {
		expected: await shown(wanted([...came, ...late])),
		late: new Set(await shown(wanted(late))),
		given,
		warnings: account.warnings,
		error,
		largest: poller.largest,
	};
	account.records = all;
	return played;
}

const types = fc.constantFrom<IDataObject[]>({}, {}, { types: ['voice'] }, { types: ['did', 'smsIn'] });

describe('every record starts the workflow', () => {
	test.each([
		['once, where each poll is saved', true],
		['at least once, where only a poll that gave something is saved, and n8n restarts', false],
	])(
		'%s',
		async (_name, isDurable) => {
			let [whole, warned, given] = [0, 0, 0];
			await fc.assert(
				fc.asyncProperty(
					fc.array(step, { minLength: 1, maxLength: 10 }),
					honest,
					types,
					fc.integer({ min: 0, max: 20 }),
					async (steps, how, values, past) => {
						const played = await live(steps, how, values, isDurable, past);
						expect(played.error).toBeUndefined();
						const [expected, came] = [counts(played.expected), counts(played.given)];
						given += played.given.length;
						if (played.warnings.length === 0) {
							whole++;
							if (isDurable) expect(came).toEqual(expected);
						} else warned++;
						for (const name of came.keys()) expect(expected.has(name)).toBe(true);
						for (const [name, count] of expected) {
							// Late ones may be missed where that was said.
							if (played.warnings.length > 0 && played.late.has(name)) continue;
							expect({ name, count: came.get(name) ?? 0 }).toEqual({
								name,
								count: isDurable ? count : Math.max(count, came.get(name) ?? 0),
							});
						}
					},
				),
				runs(40),
			);
			expect(given).toBeGreaterThan(100);
			expect(whole).toBeGreaterThan(warned);
		},
		LONG,
	);

	test(
		'of a server that reads its dates in another way, or it is said in each poll that it cannot be read',
		async () => {
			let [failing, working] = [0, 0];
			await fc.assert(
				fc.asyncProperty(
					fc.array(step, { minLength: 1, maxLength: 8 }),
					careless,
					types,
					fc.integer({ min: 0, max: 20 }),
					async (steps, how, values, past) => {
						const played = await live(steps, how, values, true, past);
						if (played.error !== undefined) {
							failing++;
							expect(String(played.error)).toMatch(/Choose one type in Types/);
							return;
						}
						working++;
						const came = counts(played.given);
						for (const [name, count] of counts(played.expected)) {
							if (played.warnings.length > 0 && played.late.has(name)) continue;
							expect({ name, count: came.get(name) ?? 0 }).toEqual({ name, count });
						}
					},
				),
				runs(200),
			);
			expect(failing).toBeGreaterThan(5);
			expect(working).toBeGreaterThan(5);
		},
		LONG,
	);
});
