import type { INodeParameters } from 'n8n-workflow';

import { startSandbox, type Sandbox, type StoredCallRecord } from '../../sandbox';
import { defaultCallRecordSwitches } from '../../sandbox/callRecordSwitches';
import { countOf, play, start, sceneOf, time } from '../engine/scene';

const parameters: INodeParameters = {
	resource: 'callRecord',
	operation: 'getAll',
	startDate: '2026-11-01T00:00:00Z',
	endDate: '2026-11-30T12:00:00Z',
};

const NOON = Date.UTC(2026, 10, 20, 12);

function records(count: number, columns: Record<string, unknown> = {}): StoredCallRecord[] {
	return Array.from({ length: count }, (_, index) => ({
		at: NOON - index * 1000,
		type: 'voice' as const,
		extension: 'CT100001',
		columns: { index, total_cost: 0.123456789, ...columns },
	}));
}

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox({ now: time.now, switches: { rateLimit: 0 } });
});
afterEach(async () => {
	time.onWait = undefined;
	await sandbox.close();
});

/** The queries that came, as they stood in the address. */
const queries = (): string[] => sandbox.requests.map(({ path }) => path);

describe('what is sent', () => {
	test('to the last slash, with the asterisk and the times encoded', async () => {
		sandbox.addCallRecords(records(1));
		await play(sandbox, { items: [{}], parameters: { ...parameters, type: 'voice', extension: 'CT100001' } });
		expect(queries()).toEqual([
			'/api/v1/cdrs/?type=%2Avoice&extension=CT100001&start_date=2026-11-01T00%3A00%3A00.000Z&end_date=2026-11-30T12%3A00%3A00.000Z&limit=50',
		]);
	});

	test.each([
		['all', null],
		['did', '*did'],
		['smsIn', '*smsin'],
		['smsOut', '*smsout'],
	])('the type %s', async (type, expected) => {
		await play(sandbox, { items: [{}], parameters: { ...parameters, type } });
		expect(new URLSearchParams(queries()[0]?.split('?')[1]).get('type')).toBe(expected);
	});

	test.each([
		['a day', '2026-11-20', '2026-11-20', '2026-11-19T13:00:00.000Z', '2026-11-20T12:59:59.999Z'],
		['a time', '2026-11-20T09:00:00', '2026-11-20 17:30', '2026-11-19T22:00:00.000Z', '2026-11-20T06:30:00.000Z'],
		[
			'another zone',
			'2026-11-20T09:00:00Z',
			'2026-11-20T09:00:00-05:00',
			'2026-11-20T09:00:00.000Z',
			'2026-11-20T14:00:00.000Z',
		],
		[
			'Luxon',
			"={{ DateTime.fromISO('2026-11-20T09:00:00', { zone: 'Australia/Perth' }) }}",
			"={{ DateTime.fromISO('2026-11-20T10:00:00Z') }}",
			'2026-11-20T01:00:00.000Z',
			'2026-11-20T10:00:00.000Z',
		],
		[
			'a Date',
			"={{ new Date('2026-11-20T09:00:00Z') }}",
			"={{ new Date('2026-11-20T10:00:00Z') }}",
			'2026-11-20T09:00:00.000Z',
			'2026-11-20T10:00:00.000Z',
		],
	])('%s, in the time zone of the workflow where it has none', async (_name, startDate, endDate, from, to) => {
		const { told } = await play(sandbox, {
			items: [{}],
			parameters: { ...parameters, startDate, endDate },
			timezone: 'Australia/Sydney',
		});
		expect(told).toBe('');
		const sent = new URLSearchParams(queries()[0]?.split('?')[1]);
		expect([sent.get('start_date'), sent.get('end_date')]).toEqual([from, to]);
	});

	test('without dates the three months before now, in parts that the API takes', async () => {
		const { told } = await play(sandbox, { items: [{}], parameters: { resource: 'callRecord', operation: 'getAll' } });
		expect(told).toBe('');
		const now = 1000 * Math.floor(time.now() / 1000);
		const sent = queries().map((path) => new URLSearchParams(path.split('?')[1]));
		expect(sent.at(0)?.get('end_date')).toBe(new Date(now).toISOString());
		expect(sent.at(-1)?.get('start_date')).toBe(new Date(new Date(now).setUTCMonth(-3)).toISOString());
		expect(sandbox.requests.map(({ status }) => status)).toEqual([200, 200]);
	});

	test('items that want the same share the requests', async () => {
		sandbox.addCallRecords(records(3));
		const items = Array.from({ length: 50 }, (_, row) => ({ of: row % 2 === 0 ? 'CT100001' : 'CT100002' }));
		const { good } = await play(sandbox, { items, parameters: { ...parameters, extension: '={{ $json.of }}' } });
		expect(good).toHaveLength(25 * 3);
		// Each asks until nothing new comes.
		expect(countOf(sandbox, 'callRecords')).toBe(2 + 1);
	});
});

describe('what comes out', () => {
	test('rows as they are given: null stays null, and money keeps its decimals', async () => {
		const columns = { answer_time: null, rate: '0.0900', connect_fee: 0, prefix: null, pdd: 0.25, anything: [1] };
		sandbox.addCallRecords(records(1, columns));
		const { good } = await play(sandbox, { items: [{}], parameters: { ...parameters, simplify: false } });
		expect(good).toEqual([
			{ setup_time: '2026-11-20T12:00:00', index: 0, total_cost: 0.123456789, ...columns, looked: 0 },
		]);
	});

	test('simplified, without how the price came about; what is not known stays', async () => {
		sandbox.addCallRecords(
			records(1, { answer_time: null, rate: 1, connect_fee: 0, prefix: '612', pdd: 0.25, anything: [1] }),
		);
		const { good } = await play(sandbox, { items: [{}], parameters });
		expect(good).toEqual([
			{
				setup_time: '2026-11-20T12:00:00',
				index: 0,
				total_cost: 0.123456789,
				answer_time: null,
				anything: [1],
				looked: 0,
			},
		]);
	});

	test('a list of calls that have failed is no failure of the request', async () => {
		sandbox.addCallRecords(records(2, { status: 'failed', error: 'Busy', message: 'Call failed' }));
		const { good, told } = await play(sandbox, { items: [{}], parameters });
		expect([good.length, told]).toEqual([2, '']);
	});

	test('2,500 records by pages of 100, newest first', async () => {
		sandbox.set({ callRecords: { ...defaultCallRecordSwitches, cap: 100, timeForm: 'space' } });
		sandbox.addCallRecords(records(2500));
		const { good } = await play(sandbox, { items: [{}], parameters: { ...parameters, returnAll: true } });
		expect(good.map(({ index }) => index)).toEqual(Array.from({ length: 2500 }, (_, index) => index));
	});

	test('a wrapped list, and none', async () => {
		sandbox.set({ callRecords: { ...defaultCallRecordSwitches, wrapper: 'cdrs' } });
		expect(await play(sandbox, { items: [{}], parameters })).toMatchObject({ good: [], failed: [], error: undefined });
		sandbox.addCallRecords(records(2));
		expect((await play(sandbox, { items: [{}], parameters })).good).toHaveLength(2);
	});
});

describe('what is refused before anything is sent', () => {
	test.each([
		['startDate', 'last week', "Start Date cannot be read as a date, and it is 'last week'."],
		['startDate', '20/11/2026', "Start Date cannot be read as a date, and it is '20/11/2026'."],
		['endDate', '2026-02-30', "End Date cannot be read as a date, and it is '2026-02-30'."],
		['endDate', '={{ 1763640000 }}', "End Date cannot be read as a date, and it is '1763640000'."],
		['endDate', '2026-10-30', 'Start Date (2026-11-01T00:00:00.000Z) is after End Date ('],
		['endDate', '={{ $json.nothing }}', 'End Date is empty.'],
		['extension', '={{ $json.nothing }}', 'Extension is empty.'],
		['extension', '={{ "a\\nb" }}', 'has a line break'],
		['type', '={{ "fax" }}', "Type 'fax' is unknown."],
		['limit', 0, 'Limit must be a whole number'],
		['endDate', '9999-12-31', 'are more than 100 years apart. Correct them: each three months are a request.'],
	])('%s %s', async (field, value, words) => {
		const { told } = await play(sandbox, { items: [{}], parameters: { ...parameters, [field]: value } });
		expect(told).toContain(words);
		expect(sandbox.requests).toEqual([]);
	});
});

describe('what goes wrong', () => {
	test('a page that fails fails the item: no part of a list is a result', async () => {
		sandbox.set({ callRecords: { ...defaultCallRecordSwitches, cap: 100 } });
		sandbox.addCallRecords(records(250, { number: '61412345678' }));
		sandbox.fault({ on: 'callRecords', nth: 2, times: 20, play: { status: 400, body: { detail: 'No' } } });
		const { good, failed, stored } = await play(sandbox, {
			items: [{}],
			parameters: { ...parameters, returnAll: true },
			node: { onError: 'continueErrorOutput' },
		});
		expect(good).toEqual([]);
		expect(failed).toMatchObject([
			{ error: expect.stringContaining('Crazytel refused reading the call records (400).') as string },
		]);
		expect(stored).not.toContain('61412345678');
	});

	test('a refusal names the fields that there are', async () => {
		sandbox.fault({ on: 'callRecords', times: 9, play: { status: 422, body: { detail: 'No' } } });
		const { told } = await play(sandbox, { items: [{}], parameters });
		expect(told).toBe(
			'Crazytel does not accept the dates, the Type or the Extension (422). Crazytel says: "No". Correct them, or choose a shorter span of dates.',
		);
	});

	test('a page that is lost is asked for again', async () => {
		sandbox.set({ callRecords: { ...defaultCallRecordSwitches, cap: 100 } });
		sandbox.addCallRecords(records(250));
		sandbox.fault({ on: 'callRecords', nth: 2, play: 'lostReplyAfter' });
		const { good } = await play(sandbox, { items: [{}], parameters: { ...parameters, returnAll: true } });
		expect(good).toHaveLength(250);
	});

	test('Stop ends it between two pages', async () => {
		sandbox.set({ callRecords: { ...defaultCallRecordSwitches, cap: 100 } });
		sandbox.addCallRecords(records(1000));
		let stop = (): void => {};
		time.onWait = () => stop();
		const { execution } = await start(sandbox, {
			items: [{}],
			parameters: { ...parameters, returnAll: true },
			credential: { apiKey: sandbox.apiKey, baseUrl: sandbox.url, requestsPerMinute: 3 },
		});
		stop = () => execution.cancel();
		expect(sceneOf(await execution).run.status).toBe('canceled');
		expect(countOf(sandbox, 'callRecords')).toBe(3);
	});

	test('the limit of requests holds for pages', async () => {
		sandbox.set({ callRecords: { ...defaultCallRecordSwitches, cap: 100 }, rateLimit: 3 });
		sandbox.addCallRecords(records(700));
		const before = time.now();
		const { good } = await play(sandbox, {
			items: [{}],
			parameters: { ...parameters, returnAll: true },
			credential: { apiKey: sandbox.apiKey, baseUrl: sandbox.url, requestsPerMinute: 3 },
		});
		expect(good).toHaveLength(700);
		expect(sandbox.requests.filter(({ status }) => status === 429)).toEqual([]);
		expect(time.now()).toBeGreaterThan(before);
	});
});
