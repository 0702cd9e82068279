import type { IDataObject } from 'n8n-workflow';

import { startSandbox, type Sandbox, type StoredCallRecord } from '../../sandbox';
import { failureOf, fetchTestEvent, HOUR_MS, pass, pollerOf, time } from './scene';

const MINUTE_MS = 60_000;

let sandbox: Sandbox;
/** When the test begins, by the clock of all. */
let begun: number;

beforeEach(async () => {
	// So that three months lie before it.
	if (time.now() < 200 * 24 * HOUR_MS) await pass(200 * 24 * HOUR_MS);
	begun = Math.floor(time.now() / 1000) * 1000;
	sandbox = await startSandbox({ now: time.now, switches: { rateLimit: 0 } });
});
afterEach(async () => void (await sandbox.close()));

/** A record, so many minutes after the beginning. */
const record = (
	minutes: number,
	columns: IDataObject = {},
	more: Partial<StoredCallRecord> = {},
): StoredCallRecord => ({
	at: begun + minutes * MINUTE_MS,
	type: 'voice',
	extension: 'CT100001',
	columns: { caller: '61291234567', destination: '61399990000', total_cost: 0.1, rate: 0.05, ...columns },
	...more,
});
const add = (...records: StoredCallRecord[]) => sandbox.addCallRecords(records);
const destinations = (items: IDataObject[] | null) => items?.map(({ destination }) => destination) ?? null;
const gets = () => sandbox.requests.filter(({ kind }) => kind === 'callRecords').map(({ path }) => path);

const added = { event: 'callRecordAdded' };

describe.each(['default', 'scheduled', 'durable'] as const)('Call Record Added, %s', (keeping) => {
	test('tells each new record once, the oldest first, one that is filed late too, and over a restart', async () => {
		add(record(-30, { destination: 'before' }));
		const poller = await pollerOf(sandbox, added, keeping);
		await poller.activate();
		expect(await poller.tick()).toBeNull();
		add(record(3, { destination: 'second' }), record(2, { destination: 'first' }));
		const items = await poller.tick();
		expect(destinations(items)).toEqual(['first', 'second']);
		expect(items?.[0]).toMatchObject({
			total_cost: 0.1,
			recordKey: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
			seenAt: expect.any(String) as string,
		});
		expect(items?.[0]).not.toHaveProperty('rate');
		expect(await poller.tick()).toBeNull();
		add(record(1, { destination: 'late' }), record(4, { destination: 'twin' }), record(4, { destination: 'twin' }));
		expect(destinations(await poller.tick())?.sort()).toEqual(['late', 'twin', 'twin']);
		await poller.restart();
		expect(poller.givenAtActivation()).toBeNull();
		expect(await poller.tick()).toBeNull();
		add(record(5, { destination: 'after' }));
		expect(destinations(await poller.tick())).toEqual(['after']);
		expect(JSON.stringify(poller.saved())).not.toMatch(/61291234567|first|CT100001/);
	});

	test('an empty account, and then all that comes', async () => {
		const poller = await pollerOf(sandbox, added, keeping);
		await poller.activate();
		expect(await poller.tick()).toBeNull();
		expect(await poller.tick()).toBeNull();
		add(record(1, { destination: 'first' }));
		expect(destinations(await poller.tick())).toEqual(['first']);
		expect(await poller.tick()).toBeNull();
	});
});

test('500 at once at most, the rest next time', async () => {
	add(record(-30));
	const poller = await pollerOf(sandbox, added);
	await poller.activate();
	add(...Array.from({ length: 1_200 }, (_, index) => record(1 + index / 60, { destination: String(index) })));
	const told: unknown[] = [];
	for (const count of [500, 500, 200]) {
		const items = await poller.tick();
		expect(items).toHaveLength(count);
		told.push(...(destinations(items) ?? []));
	}
	expect(told).toEqual(Array.from({ length: 1_200 }, (_, index) => String(index)));
	expect(await poller.tick()).toBeNull();
});

test('a long way back is gone in parts, and nothing is lost on it', async () => {
	add(record(-30));
	const poller = await pollerOf(sandbox, added);
	await poller.activate();
	sandbox.set({ callRecords: { cap: 100, largestLimit: 0 } as never });
	add(...Array.from({ length: 2_000 }, (_, index) => record(1 + index / 60, { destination: String(index) })));
	const told = new Set<unknown>();
	let polls = 0;
	for (; polls < 30 && told.size < 2_000; polls++)
		for (const one of destinations(await poller.tick()) ?? []) told.add(one);
	expect(told.size).toBe(2_000);
	expect(polls).toBeGreaterThan(10);
	// Hundreds of requests, which take their time on a busy machine.
}, 120_000);

test('Include Past Records tells what was there, once', async () => {
	add(
		record(-3 * 24 * 60, { destination: 'too old' }),
		record(-24 * 60, { destination: 'yesterday' }),
		record(-1, { destination: 'now' }),
	);
	const poller = await pollerOf(sandbox, { ...added, options: { includePast: 2 } });
	await poller.activate();
	expect(destinations([...(poller.givenAtActivation() ?? []), ...((await poller.tick()) ?? [])])).toEqual([
		'yesterday',
		'now',
	]);
	expect(await poller.tick()).toBeNull();
});

test('only what was asked for, by type, extension and cost; one without a cost is waited for', async () => {
	add(record(-30));
	const poller = await pollerOf(sandbox, {
		...added,
		types: ['voice'],
		options: { extension: 'CT100001', minimumCost: 1, simplify: false },
	});
	await poller.activate();
	add(
		record(1, { destination: 'dear', total_cost: 2.5 }),
		record(2, { destination: 'cheap', total_cost: 0.2 }),
		record(3, { destination: 'other', total_cost: 2 }, { extension: 'CT100002' }),
		record(4, { destination: 'sms', total_cost: 2 }, { type: 'smsout' }),
		record(5, { destination: 'open', total_cost: null }),
	);
	const items = await poller.tick();
	expect(destinations(items)).toEqual(['dear']);
	expect(items?.[0]).toMatchObject({ type: 'voice', rate: 0.05 });
	expect(gets().at(-1)).toContain('type=%2Avoice');
});

test('two types are a request each, all types are one', async () => {
	add(record(-30));
	const poller = await pollerOf(sandbox, { ...added, types: ['smsIn', 'smsOut'] });
	await poller.activate();
	add(record(1, { destination: 'sms' }, { type: 'smsout' }), record(2, { destination: 'call' }));
	expect(destinations(await poller.tick())).toEqual(['sms']);
	const quiet = await pollerOf(sandbox, added);
	await quiet.activate();
	const before = gets().length;
	await quiet.tick();
	expect(gets().length - before).toBe(1);
});

test.each(['T', 'space', 'Z', 'offset', 'fraction'] as const)('times as %s', async (timeForm) => {
	sandbox.set({ callRecords: { timeForm, hoursAhead: timeForm === 'Z' ? 0 : 11, hoursAheadAsked: 11 } as never });
	add(record(-30));
	const poller = await pollerOf(sandbox, added);
	await poller.activate();
	add(record(1, { destination: 'first' }), record(2, { destination: 'second' }));
	expect(destinations(await poller.tick())).toEqual(['first', 'second']);
	expect(await poller.tick()).toBeNull();
});

test('more records of one second than come at once are an error, and not a gap', async () => {
	add(record(-30));
	const poller = await pollerOf(sandbox, added);
	await poller.activate();
	sandbox.set({ callRecords: { cap: 100 } as never });
	add(...Array.from({ length: 250 }, (_, index) => record(1, { destination: String(index) })));
	const outcomes = [];
	for (let poll = 0; poll < 3; poll++)
		outcomes.push(
			await poller.tick().then(
				(items) => items?.length ?? 0,
				(error: Error) => error.message,
			),
		);
	expect(outcomes.some((outcome) => typeof outcome === 'string')).toBe(true);
});

test('a failure changes nothing, and is told', async () => {
	add(record(-30));
	const poller = await pollerOf(sandbox, added);
	await poller.activate();
	add(record(1, { destination: 'first' }));
	const before = JSON.stringify(poller.saved());
	sandbox.fault({ on: 'callRecords', times: 2, play: 'error500Before' });
	expect(await failureOf(poller.tick())).toMatchObject({ cause: 'temporarily-unavailable' });
	expect(JSON.stringify(poller.saved())).toBe(before);
	expect(destinations(await poller.tick())).toEqual(['first']);
});

test('fields that cannot be are told in the words of the editor', async () => {
	const poller = await pollerOf(sandbox, {
		...added,
		types: [],
		options: { longestCall: 48, includePast: 100, minimumCost: 'much' },
	});
	const { told } = await failureOf(poller.activate());
	for (const words of [
		'Types is empty',
		'Longest Call (Hours) must be',
		'Include Past Records (Days) must be',
		'Minimum Cost must be',
	])
		expect(told).toContain(words);
});

test('Fetch Test Event shows the newest record, or what to do', async () => {
	expect((await failureOf(fetchTestEvent(sandbox, added))).told).toContain(
		'No data with the current filter could be found',
	);
	add(record(1, { destination: 'older' }), record(2, { destination: 'newest' }));
	expect(destinations(await fetchTestEvent(sandbox, added))).toEqual(['newest']);
});

const spend = { event: 'spendHigh', limit: 10 };

describe.each(['default', 'scheduled', 'durable'] as const)('Spend High, %s', (keeping) => {
	test('starts above the limit, again at twice as much, and anew in another hour', async () => {
		add(record(-200, { total_cost: 0.1 }));
		const poller = await pollerOf(sandbox, spend, keeping);
		await poller.activate();
		expect(await poller.tick()).toBeNull();
		add(record(1, { total_cost: 6 }), record(2, { total_cost: '5.5000' }));
		expect(await poller.tick()).toEqual([expect.objectContaining({ spent: 11.5, limit: 10, calls: 2 })]);
		expect(await poller.tick()).toBeNull();
		add(record(3, { total_cost: 4 }));
		expect(await poller.tick()).toBeNull();
		add(record(4, { total_cost: 5 }));
		expect(await poller.tick()).toEqual([expect.objectContaining({ spent: 20.5, calls: 4 })]);
		await poller.restart();
		expect([poller.givenAtActivation(), await poller.tick()]).toEqual([null, null]);
		add(record(180, { total_cost: 11 }));
		expect(await poller.tick()).toEqual([expect.objectContaining({ spent: 11, calls: 1 })]);
		expect(JSON.stringify(poller.saved())).not.toMatch(/CT100001|61399990000/);
	});
});

test('for each extension by itself, with its trunk; records without a cost are counted', async () => {
	const trunk = sandbox.addTrunk({ username: 'CT100001', description: 'Bakery' });
	add(record(-200, { extension: 'CT100001' }));
	const poller = await pollerOf(sandbox, { ...spend, per: 'extension', window: 'day' });
	await poller.activate();
	add(
		record(1, { extension: 'CT100001', total_cost: 8, destination_name: 'Cuba Mobile' }),
		record(2, { extension: 'CT100001', total_cost: 7, destination_name: 'Cuba Mobile' }),
		record(3, { extension: 'CT100001', total_cost: null }),
		record(4, { extension: 'CT100002', total_cost: 9 }, { extension: 'CT100002' }),
	);
	const items = await poller.tick();
	expect(items).toEqual([
		expect.objectContaining({
			extension: 'CT100001',
			trunkId: trunk.id,
			username: 'CT100001',
			spent: 15.1,
			withoutCost: 1,
			topDestinations: [{ destination: 'Cuba Mobile', calls: 2, cost: 15 }],
		}),
	]);
	expect(await poller.tick()).toBeNull();
});

test('Fetch Test Event shows the present sum, and whether it would start', async () => {
	add(record(1, { total_cost: 6 }), record(2, { total_cost: 1 }));
	expect(await fetchTestEvent(sandbox, spend)).toEqual([
		expect.objectContaining({ spent: 7, limit: 10, wouldFire: false }),
	]);
});
