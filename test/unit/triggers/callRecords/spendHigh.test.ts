import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from '../../../../nodes/Crazytel/input/invalidInput';
import { spendHigh, spendHighWithin } from '../../../../nodes/Crazytel/triggers/callRecords/spendHigh';
import { Account, DAY_MS, HOUR_MS, MINUTE_MS, NOON, pollerOf, recordAt, settingsOf } from './account';

let account: Account;
beforeEach(() => {
	account = new Account();
	account.records = [recordAt(NOON - 30 * DAY_MS), recordAt(NOON - 3 * DAY_MS, { total_cost: 500 })];
});

/** A call at so many minutes after noon. */
function call(minute: number, cost: unknown, columns: Record<string, unknown> = {}): void {
	account.records.push(recordAt(NOON + minute * MINUTE_MS, { total_cost: cost, ...columns }));
}

async function watching(values: IDataObject = {}, bounds?: { sizes: { page: number; least: number }; pages: number }) {
	const poller = pollerOf(bounds === undefined ? spendHigh : spendHighWithin(bounds), account, {
		limit: 10,
		...values,
	});
	expect(await poller.poll()).toEqual([]);
	return poller;
}

describe('starts the workflow', () => {
	test('when more than the limit was spent within the window, and not before', async () => {
		const poller = await watching();
		call(0, 4);
		call(20, 6, { destination_name: 'Cuba', prefix: '53' });
		expect(await poller.poll()).toEqual([]);
		call(30, 0.0001, { prefix: '61' });
		expect(await poller.poll()).toEqual([
			{
				spent: 10.0001,
				limit: 10,
				times: 1,
				from: '2026-11-20T11:30:00',
				to: '2026-11-20T12:30:00',
				calls: 3,
				withoutCost: 0,
				topDestinations: [
					{ destination: 'Cuba', calls: 1, cost: 6 },
					{ destination: '61', calls: 1, cost: 0.0001 },
				],
			},
		]);
		// Nobody's trunk has to be looked up.
		expect(account.queries).toHaveLength(1);
		expect(await poller.poll()).toEqual([]);
	});

	test('once, and again at each doubling', async () => {
		const poller = await watching();
		const told: unknown[] = [];
		for (let minute = 0; minute < 50; minute++) {
			call(minute, 1);
			told.push(...(await poller.poll()).map(({ spent, times }) => [spent, times]));
		}
		expect(told).toEqual([
			[11, 1],
			[21, 2],
			[41, 4],
		]);
	});

	test('once in each window while it goes on, without a doubling', async () => {
		const poller = await watching();
		const at: unknown[] = [];
		for (let minute = 0; minute < 200; minute++) {
			call(minute, 0.25);
			if ((await poller.poll()).length > 0) at.push(minute);
		}
		expect(at).toEqual([40, 100, 160]);
	});

	test('anew once it was below the limit', async () => {
		const poller = await watching();
		call(0, 11);
		expect(await poller.poll()).toHaveLength(1);
		call(59, 1);
		expect(await poller.poll()).toEqual([]);
		call(60, 1);
		expect(await poller.poll()).toEqual([]);
		call(61, 9);
		expect((await poller.poll()).map(({ spent }) => spent)).toEqual([11]);
	});

	test('by a slow drip over the border of every hour', async () => {
		const poller = await watching();
		const spent: unknown[] = [];
		for (const minute of [45, 50, 55, 65, 70, 75]) {
			call(minute, 2);
			spent.push(...(await poller.poll()).map((item) => item.spent));
		}
		expect(spent).toEqual([12]);
	});

	test('in a day, where that is the window', async () => {
		const poller = await watching({ window: 'day' });
		for (let hour = 0; hour < 23; hour++) call(hour * 60, 0.5);
		expect(await poller.poll()).toMatchObject([{ spent: 11.5, calls: 23 }]);
	});

	test('when a call that was there gets its cost later', async () => {
		const poller = await watching();
		const columns: Record<string, unknown> = { total_cost: null };
		account.records.push(recordAt(NOON, columns));
		expect(await poller.poll()).toEqual([]);
		columns.total_cost = 12;
		expect(await poller.poll()).toMatchObject([{ spent: 12, withoutCost: 0 }]);
	});

	test('by a call that gets its cost together with a newer one, between two looks that go so far back', async () => {
		const poller = await watching({ per: 'extension' });
		call(0, null, { extension: 'a' });
		call(1, 1, { extension: 'b' });
		await poller.poll();
		account.now += 7 * HOUR_MS;
		await poller.poll();
		account.now += MINUTE_MS;
		Object.assign(account.records.at(-2)?.columns ?? {}, { total_cost: 13 });
		call(7 * 60, 1, { extension: 'b' });
		const told = await poller.poll();
		account.now += 10 * MINUTE_MS;
		told.push(...(await poller.poll()));
		expect(told).toMatchObject([{ extension: 'a', spent: 13, to: '2026-11-20T12:00:00' }]);
	});

	test('by a long call, which is filed under the time at which it began, once', async () => {
		const poller = await watching();
		for (let minute = 0; minute <= 180; minute += 10) call(minute, 0.1);
		expect(await poller.poll()).toEqual([]);
		call(5, 30);
		expect(await poller.poll()).toEqual([]);
		for (const expected of [[['2026-11-20T13:00:00', 30.6, 2]], [], []]) {
			account.now += 10 * MINUTE_MS;
			expect((await poller.poll()).map(({ to, spent, times }) => [to, spent, times])).toEqual(expected);
		}
	});

	test('once for all that has come since the last poll, at the worst', async () => {
		const poller = await watching();
		for (let minute = 0; minute < 130; minute++) call(minute, minute > 60 && minute < 90 ? 2 : 0.2);
		expect(await poller.poll()).toMatchObject([{ times: 4 }]);
		account.now += 10 * MINUTE_MS;
		expect(await poller.poll()).toEqual([]);
	});

	test('by what was spent while nobody looked, however long ago', async () => {
		const poller = await watching();
		call(30, 50);
		call(8 * 60, 1);
		account.now += 9 * HOUR_MS;
		expect(await poller.poll()).toMatchObject([{ spent: 50, to: '2026-11-20T12:30:00' }]);
		account.now += 11 * MINUTE_MS;
		expect(await poller.poll()).toEqual([]);
		expect(account.warnings).toEqual([]);
	});

	test('by all that is spent in an account that had no record, however far back', async () => {
		account.records = [];
		const poller = await watching();
		call(0, 50);
		call(8 * 60, 1);
		expect(await poller.poll()).toMatchObject([{ spent: 50, to: '2026-11-20T12:00:00' }]);
		account.now += 10 * MINUTE_MS;
		expect(await poller.poll()).toEqual([]);
	});

	test('by all that is spent in such an account also where long calls are looked for at once', async () => {
		account.records = [];
		const poller = await watching();
		account.now += 10 * MINUTE_MS;
		call(0, 50);
		call(8 * 60, 1);
		expect(await poller.poll()).toMatchObject([{ spent: 50, to: '2026-11-20T12:00:00' }]);
	});

	test('once more where a window begins as the one before it ends', async () => {
		const poller = await watching();
		call(0, 11);
		call(60, 12);
		expect((await poller.poll()).map(({ spent }) => spent)).toEqual([11, 12]);
	});

	test('by a record beside one of a future that is none', async () => {
		account.records.push(recordAt(Date.UTC(2099, 0, 1), { total_cost: 1 }));
		const poller = await watching();
		call(1, 11);
		expect(await poller.poll()).toMatchObject([{ spent: 11, to: '2026-11-20T12:01:00' }]);
		account.records.push(recordAt(Date.UTC(2088, 0, 1), { total_cost: 1 }));
		call(70, 12);
		expect(await poller.poll()).toMatchObject([{ spent: 12 }]);
		expect(await poller.poll()).toEqual([]);
	});

	test.each([-400, 400])('by a clock that is wrong by %d days', async (days) => {
		account.now = NOON + days * DAY_MS;
		const poller = await watching();
		call(1, 11);
		expect(await poller.poll()).toMatchObject([{ spent: 11 }]);
		call(100, 12);
		expect(await poller.poll()).toMatchObject([{ spent: 12 }]);
	});

	test('by what can be added up, beside a cost that cannot', async () => {
		const poller = await watching();
		call(0, 1e300);
		call(1, 11);
		call(90, 12);
		expect(await poller.poll()).toMatchObject([
			{ spent: 11, withoutCost: 1 },
			{ spent: 12, withoutCost: 0 },
		]);
	});

	test('at the highest sum, where several windows are over as often', async () => {
		const poller = await watching();
		const columns: Record<string, unknown> = { total_cost: null };
		account.records.push(recordAt(NOON, columns));
		call(34, 11);
		expect(await poller.poll()).toMatchObject([{ spent: 11 }]);
		columns.total_cost = 21;
		call(35, 1);
		account.now += 11 * MINUTE_MS;
		expect(await poller.poll()).toMatchObject([{ spent: 33, times: 2 }]);
	});

	test('by what is known, where costs are missing', async () => {
		const poller = await watching();
		call(0, 11);
		call(1, null);
		call(1, -1);
		call(2, 'unknown');
		account.records.unshift(recordAt(null, { total_cost: 99 }));
		expect(await poller.poll()).toMatchObject([{ spent: 11, calls: 4, withoutCost: 3, withoutTime: 1 }]);
	});
});

describe('does not start the workflow', () => {
	test('by what was spent before it watched', async () => {
		account.records.push(recordAt(NOON - 60_000, { total_cost: 900 }));
		const poller = await watching();
		for (let hour = 0; hour < 30; hour++) {
			account.now += HOUR_MS;
			expect(await poller.poll()).toEqual([]);
		}
		call(70, 1);
		expect(await poller.poll()).toEqual([]);
	});

	test('by that either when it is rated later', async () => {
		const columns: Record<string, unknown> = { total_cost: null };
		account.records.push(recordAt(NOON, columns));
		const poller = await watching();
		columns.total_cost = 100;
		expect(await poller.poll()).toEqual([]);
	});

	test('by that either where the first answer was empty by a slip', async () => {
		account.records.push(recordAt(NOON - 60_000, { total_cost: 900 }));
		const look = account.look();
		let count = 0;
		const watch = spendHigh.prepare(settingsOf(spendHigh as never));
		const { state } = await watch.poll(
			{
				...look,
				read: async (request) => (++count === 1 ? (request.endpoint.read([]) as never) : await look.read(request)),
			},
			undefined,
		);
		expect((await watch.poll(look, state)).items).toEqual([]);
	});

	test('again by what was told, where it is looked as far back as for long calls', async () => {
		const poller = await watching();
		call(0, 11);
		expect(await poller.poll()).toHaveLength(1);
		for (const minute of [210, 211, 212]) {
			account.now += 11 * MINUTE_MS;
			call(minute, 1);
			expect(await poller.poll()).toEqual([]);
		}
	});

	test.each([98, 99])(
		'by what a call costs twice, as it is rated while the pages are read (place %i)',
		async (place) => {
			const poller = await watching({ limit: 30 });
			for (let index = 0; index < 120; index++) call(40 - index / 3, index === place ? 11 : 0.1, { dst: index });
			account.twist = (rows, nth) => {
				if (nth === 1) Object.assign(account.records[place + 2]?.columns ?? {}, { total_cost: 12 });
				return rows;
			};
			expect(await poller.poll()).toEqual([]);
		},
	);

	test('again after a list that came half', async () => {
		const poller = await watching();
		const told: unknown[] = [];
		for (let minute = 1; minute <= 30; minute++) {
			account.now += MINUTE_MS;
			call(minute, 0.6);
			account.twist = (rows, nth) => (minute === 25 && nth === 1 ? rows.slice(0, 3) : rows);
			told.push(...(await poller.poll()).map(({ spent }) => [minute, spent]));
		}
		expect(told).toEqual([[17, 10.2]]);
	});

	test('again after a poll that could not read all of the window', async () => {
		const poller = await watching({ per: 'extension' }, { sizes: { page: 6, least: 6 }, pages: 2 });
		call(0, 11, { extension: 'a' });
		expect(await poller.poll()).toMatchObject([{ extension: 'a' }]);
		for (let minute = 1; minute <= 12; minute++) call(minute, 2, { extension: 'b' });
		call(13, 0.1, { extension: 'a' });
		expect(await poller.poll()).toMatchObject([{ extension: 'b', isAtLeast: true }]);
		account.records.splice(3, 10);
		call(14, 0.1, { extension: 'a' });
		expect(await poller.poll()).toEqual([]);
	});

	test('again while nobody calls', async () => {
		const poller = await watching();
		call(0, 11);
		expect(await poller.poll()).toHaveLength(1);
		for (let hour = 0; hour < 30; hour++) {
			account.now += HOUR_MS;
			expect(await poller.poll()).toEqual([]);
		}
		call(30 * 60, 1);
		expect(await poller.poll()).toEqual([]);
	});
});

describe('by extension', () => {
	test('each for itself, with its trunk', async () => {
		account.trunks = [{ id: '7', username: 'ct100001' }];
		const poller = await watching({ per: 'extension' });
		call(0, 8, { extension: 'CT100001' });
		call(0, 8, { extension: '1001' });
		expect(await poller.poll()).toEqual([]);
		expect(account.queries).toHaveLength(1);
		call(1, 3, { extension: 'CT100001' });
		call(1, 4, { extension: '1001' });
		expect(
			(await poller.poll()).map(({ extension, trunkId, username, spent }) => [extension, trunkId, username, spent]),
		).toEqual([
			['1001', undefined, undefined, 12],
			['CT100001', '7', 'ct100001', 11],
		]);
		expect(account.queries).toHaveLength(2);
		call(2, 11, { extension: '1001' });
		expect((await poller.poll()).map(({ extension, times }) => [extension, times])).toEqual([['1001', 2]]);
		expect(poller.saved).not.toMatch(/CT100001|1001/);
	});

	test('also where the list of trunks cannot be read', async () => {
		const poller = await watching({ per: 'extension' });
		call(0, 11, { extension: 'CT100001' });
		account.failsAt = 2;
		expect(await poller.poll()).toMatchObject([{ extension: 'CT100001', spent: 11 }]);
		expect(account.warnings).toEqual([expect.stringContaining('Crazytel failed (500).')]);
	});

	test('what was there before it watched need not say of which it is', async () => {
		const poller = await watching({ per: 'extension' });
		account.records.unshift(recordAt(null, { total_cost: 1 }));
		expect(await poller.poll()).toEqual([]);
	});

	test('where no record says of which it is, that is said', async () => {
		const poller = await watching({ per: 'extension' });
		call(0, 11);
		await expect(poller.poll()).rejects.toThrow('do not say of which extension they are. Choose Account in Per.');
	});
});

describe('what is asked for', () => {
	test('a quiet poll is one request, without a date', async () => {
		account.records.push(
			...Array.from({ length: 400 }, (_, index) => recordAt(NOON - index * 1000, { total_cost: 0.001 })),
		);
		const poller = await watching();
		await poller.poll();
		expect(account.queries.map(String)).toEqual(['limit=100']);
		call(1, 1);
		await poller.poll();
		expect(account.queries.map((query) => query.get('limit'))).toEqual(['100', '1000']);
	});

	test('more than can be read: what is read is told as the least, and an error where that is below the limit', async () => {
		const poller = await watching({}, { sizes: { page: 6, least: 6 }, pages: 2 });
		for (let minute = 0; minute < 30; minute++) call(minute, 0.5);
		const before = poller.saved;
		await expect(poller.poll()).rejects.toThrow('those that it has read are below Limit. Choose Hour in Window');
		expect(poller.saved).toBe(before);
		call(31, 20);
		expect(await poller.poll()).toMatchObject([{ isAtLeast: true, times: 2 }]);
		expect(account.warnings).toEqual([expect.stringContaining('more may have been spent')]);
	});

	test('where long calls are looked for, no further back than one may last before the last look', async () => {
		const poller = await watching();
		for (let hour = 0; hour < 20; hour++) {
			for (let index = 0; index < 150; index++) call(hour * 60 + index * 0.4, 0.001);
			account.now += HOUR_MS;
			await poller.poll();
		}
		expect(account.queries.map((query) => query.get('limit'))).toEqual(['100', '1000']);
	});

	test('what was read to the very beginning of the window is all of it', async () => {
		const poller = await watching({}, { sizes: { page: 6, least: 6 }, pages: 1 });
		for (let minute = 0; minute < 60; minute += 12) call(minute, 2);
		call(60, 2.5);
		const [item, ...others] = await poller.poll();
		expect(item).toMatchObject({ spent: 10.5, calls: 5 });
		expect(item).not.toHaveProperty('isAtLeast');
		expect(others).toEqual([]);
		expect(account.warnings).toEqual([expect.stringContaining('what was spent before 2026-11-20T13:00:00')]);
	});

	test('more than can be read, of which the rest may pass the limit, is an error at the very limit too', async () => {
		const poller = await watching({ limit: 6 }, { sizes: { page: 6, least: 6 }, pages: 1 });
		for (let minute = 0; minute < 9; minute++) call(minute, 1);
		await expect(poller.poll()).rejects.toThrow('There are more call records in the window than a poll can read');
	});

	test('more since the last poll than can be read: it goes on from there, and says so', async () => {
		const poller = await watching({}, { sizes: { page: 6, least: 6 }, pages: 4 });
		for (let minute = 0; minute < 300; minute += 15) call(minute, 0.1);
		account.now += 5 * HOUR_MS;
		expect(await poller.poll()).toEqual([]);
		expect(account.warnings).toEqual([
			expect.stringContaining('what was spent before 2026-11-20T13:30:00 was not looked at'),
		]);
		call(301, 11);
		expect(await poller.poll()).toMatchObject([{ times: 1 }]);
		expect(account.warnings).toHaveLength(1);
	});

	test('all of the window, also where the server gives fewer at once than it says', async () => {
		account.switches = { cap: 50 };
		const poller = await watching();
		for (let index = 0; index < 120; index++) call(index / 3, 0.15, { dst: index });
		expect(await poller.poll()).toMatchObject([{ spent: 18, calls: 120 }]);
	});

	test('times that cannot be read are an error', async () => {
		const poller = await watching();
		call(0, 11);
		account.switches = { timeForm: 'day first' };
		await expect(poller.poll()).rejects.toThrow('None of the newest call records has a time');
	});
});

test('what was told is forgotten when nothing can come of it any more', async () => {
	const poller = await watching();
	for (let hour = 0; hour < 30; hour++) {
		call(hour * 61, 11);
		account.now += HOUR_MS;
		expect(await poller.poll()).toHaveLength(1);
	}
	expect(poller.state?.told.length).toBeLessThan(10);
});

test('with other fields it begins anew', () => {
	const queries = [{}, { limit: 11 }, { per: 'extension' }, { window: 'day' }].map((values) =>
		JSON.stringify(spendHigh.prepare(settingsOf(spendHigh as never, values)).query),
	);
	expect(new Set(queries).size).toBe(4);
});

test('sums have no dust', async () => {
	const poller = await watching({ limit: 0.3 });
	for (let minute = 0; minute < 3; minute++) call(minute, 0.1);
	expect(await poller.poll()).toEqual([]);
	for (let minute = 0; minute < 7; minute++) call(minute, 0.1);
	expect(await poller.poll()).toMatchObject([{ spent: 1, times: 2 }]);
});

describe('Fetch Test Event', () => {
	const example = async (values: IDataObject = {}) =>
		await spendHigh.prepare(settingsOf(spendHigh as never, { limit: 10, ...values })).example(account.look());

	test('gives what was spent in the newest window, and whether that would start the workflow', async () => {
		expect(await example()).toMatchObject({ spent: 500, times: 32, wouldFire: true, from: '2026-11-17T11:00:00' });
		call(0, 3, { extension: 'a' });
		call(0, 4, { extension: 'b' });
		expect(await example()).toMatchObject({ spent: 7, times: 0, wouldFire: false });
		expect(await example({ per: 'extension' })).toMatchObject({ extension: 'b', spent: 4, wouldFire: false });
		account.switches = { timeForm: 'offset', hoursAhead: 10 };
		expect(await example()).toMatchObject({ from: '2026-11-20T11:00:00.000Z', to: '2026-11-20T12:00:00.000Z' });
	});

	test('adds up all of the window, also where that is more than a page', async () => {
		for (let index = 0; index < 150; index++) call(index / 3, 1);
		expect(await example()).toMatchObject({ spent: 150, calls: 150 });
	});

	test('gives nothing where there is no record', async () => {
		account.records = [];
		expect(await example()).toBeUndefined();
	});
});

test.each([
	[{ limit: 0 }, "Limit must be a number of dollars of at least 0.01, and it is '0'. Give a number such as 20."],
	[{ per: 'trunk' }, "Per 'trunk' is unknown"],
	[{ window: 'week' }, "Window 'week' is unknown"],
])('fields that cannot be read are told by their names: %j', (values, words) => {
	const prepare = () => spendHigh.prepare(settingsOf(spendHigh as never, values));
	expect(prepare).toThrow(InvalidInput);
	expect(prepare).toThrow(words);
});
