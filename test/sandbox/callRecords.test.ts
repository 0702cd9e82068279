import { startSandbox, type Sandbox, type StoredCallRecord } from '../../sandbox';
import { defaultCallRecordSwitches } from '../../sandbox/callRecordSwitches';
import { call, json } from './client';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ switches: { rateLimit: 0 } });
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const NOON = Date.UTC(2026, 10, 20, 12);

const record = (at: number | null, more: Partial<StoredCallRecord> = {}): StoredCallRecord => ({
	at,
	type: 'voice',
	extension: 'CT100001',
	columns: {},
	...more,
});

async function ask(query = '') {
	return await call(sandbox, { path: `/api/v1/cdrs/${query}` });
}

const timesOf = async (query = ''): Promise<unknown[]> =>
	(json(await ask(query)) as Array<{ setup_time: unknown }>).map((row) => row.setup_time);

test('newest first, 100 where no number is asked for', async () => {
	sandbox.addCallRecords(Array.from({ length: 150 }, (_, index) => record(NOON + index * 1000)));
	expect(await timesOf()).toHaveLength(100);
	expect(await timesOf('?limit=2')).toEqual(['2026-11-20T12:02:29', '2026-11-20T12:02:28']);
	expect(await timesOf('?limit=1000')).toHaveLength(150);
});

test('can be added from outside, and are refused in words', async () => {
	const add = async (body: unknown) =>
		await fetch(`${sandbox.url}/_sandbox/call-records`, { method: 'POST', body: JSON.stringify(body) });
	expect((await add([{ at: NOON, type: 'voice', extension: 'CT100001' }])).status).toBe(201);
	expect(await timesOf()).toEqual(['2026-11-20T12:00:00']);
	const refused = await add([{ at: 'noon', type: 'voice', extension: 'CT100001' }]);
	expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('at')]);
});

test('by type, and by extension', async () => {
	sandbox.addCallRecords([record(NOON), record(NOON + 1000, { type: 'smsin', extension: 'CT100002' })]);
	expect(await timesOf('?type=%2Asmsin')).toEqual(['2026-11-20T12:00:01']);
	expect(await timesOf('?extension=CT100001')).toEqual(['2026-11-20T12:00:00']);
});

test.each([
	['a type that there is not', '?type=voice', 'type'],
	['a span over three months', '?start_date=2026-08-01&end_date=2026-11-02', 'start_date'],
	['a start after its end', '?start_date=2026-11-03&end_date=2026-11-02', 'start_date'],
	['a date that is none', '?end_date=yesterday', 'end_date'],
	['a number that is none', '?limit=0', 'limit'],
])('%s is a 422', async (_name, query, field) => {
	const reply = await ask(query);
	expect(reply.status).toBe(422);
	expect(json(reply)).toMatchObject({ detail: [{ loc: ['query', field] }] });
});

test('three months are taken, and a day alone is all of it', async () => {
	sandbox.addCallRecords([record(NOON)]);
	expect(await timesOf('?start_date=2026-08-20T12:00:00Z&end_date=2026-11-20T12:00:00Z')).toHaveLength(1);
	expect(await timesOf('?start_date=2026-11-20&end_date=2026-11-20')).toHaveLength(1);
});

test.each([
	['T', '2026-11-20T22:00:00'],
	['space', '2026-11-20 22:00:00'],
	['Z', '2026-11-20T12:00:00Z'],
	['offset', '2026-11-20T22:00:00+10:00'],
	['fraction', '2026-11-20T22:00:00.000000'],
	['day first', '20/11/2026 22:00:00'],
	['none', null],
] as const)('the time can have the form %s', async (timeForm, expected) => {
	sandbox.set({ callRecords: { ...defaultCallRecordSwitches, timeForm, hoursAhead: 10 } });
	sandbox.addCallRecords([record(NOON)]);
	expect(await timesOf()).toEqual([expected]);
});

test.each([
	[{ cap: 1 }, '?limit=5', ['2026-11-20T12:00:01']],
	[{ isEndIncluded: false }, '?end_date=2026-11-20T12:00:01', ['2026-11-20T12:00:00']],
	[{ hoursAheadAsked: 10 }, '?end_date=2026-11-20T22:00:00', ['2026-11-20T12:00:00']],
	[{ ignoresEnd: true }, '?end_date=2026-11-20T12:00:00', ['2026-11-20T12:00:01', '2026-11-20T12:00:00']],
	[{ ignoresStart: true }, '?start_date=2026-11-20T12:00:01', ['2026-11-20T12:00:01', '2026-11-20T12:00:00']],
	[{ order: 'oldest first' }, '', ['2026-11-20T12:00:00', '2026-11-20T12:00:01']],
] as const)('what is not known can be played: %j', async (how, query, expected) => {
	sandbox.set({ callRecords: { ...defaultCallRecordSwitches, ...how } });
	sandbox.addCallRecords([record(NOON), record(NOON + 1000)]);
	expect(await timesOf(query)).toEqual(expected);
});

test('a larger number can be refused, and the list be wrapped', async () => {
	sandbox.set({ callRecords: { ...defaultCallRecordSwitches, largestLimit: 100, wrapper: 'cdrs' } });
	expect((await ask('?limit=101')).status).toBe(422);
	expect(json(await ask('?limit=100'))).toEqual({ cdrs: [], count: 0 });
});

test('a clock that goes back shows an hour twice, and takes a time of it for the one that is switched', async () => {
	const back = Date.UTC(2026, 3, 4, 16);
	sandbox.addCallRecords([record(back - 1_800_000), record(back + 1_800_000)]);
	for (const [repeatedHourIs, found] of [
		['first', 1],
		['second', 2],
	] as const) {
		sandbox.set({
			callRecords: {
				...defaultCallRecordSwitches,
				hoursAhead: 11,
				hoursAheadAsked: 11,
				clockBackAt: back,
				repeatedHourIs,
			},
		});
		expect(await timesOf()).toEqual(['2026-04-05T02:30:00', '2026-04-05T02:30:00']);
		expect(await timesOf('?end_date=2026-04-05T02:40:00')).toHaveLength(found);
		expect(await timesOf('?end_date=2026-04-05T03:00:00')).toHaveLength(2);
	}
});
