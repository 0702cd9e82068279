import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from '../../../../nodes/Crazytel/input/invalidInput';
import { callRecordAdded, callRecordAddedWithin } from '../../../../nodes/Crazytel/triggers/callRecords/added';
import type { Lane } from '../../../../nodes/Crazytel/triggers/callRecords/lane';
import { Account, DAY_MS, HOUR_MS, MINUTE_MS, NOON, pollerOf, recordAt, settingsOf } from './account';

const SMALL = { sizes: { page: 12, least: 6 }, pages: 10, items: 5, remembered: 5_000 };

let account: Account;
beforeEach(() => (account = new Account()));

const indexes = (items: IDataObject[]): unknown[] => items.map(({ index }) => index);

/** So many, one a minute, the newest at noon with index 0. */
const minutes = (count: number) =>
	Array.from({ length: count }, (_, index) => recordAt(NOON - index * MINUTE_MS, { index }));

/** What is known of a lane. */
const laneOf = (poller: { state: { lanes: Record<string, Lane> } | undefined }, name = 'all'): Lane | undefined =>
	poller.state?.lanes[name];

describe('what is asked for', () => {
	test('a quiet poll is one request, for the newest hundred, without a date that would rest on a clock', async () => {
		account.records = minutes(3);
		const poller = pollerOf(callRecordAdded, account);
		await poller.poll();
		expect(await poller.poll()).toEqual([]);
		expect(account.queries.map(String)).toEqual(['limit=100']);
	});

	test.each([
		['all types together', {}, {}, ['limit=100']],
		['one type', { types: ['voice'] }, {}, ['type=*voice&limit=100']],
		[
			'some types one by one, as no column is documented that tells them apart',
			{ types: ['smsIn', 'did'] },
			{},
			['type=*did&limit=100', 'type=*smsin&limit=100'],
		],
		['an extension', {}, { extension: ' CT100001 ' }, ['extension=CT100001&limit=100']],
	])('%s', async (_name, values, options, expected) => {
		account.records = [recordAt(NOON), recordAt(NOON, {}, { type: 'did' }), recordAt(NOON, {}, { type: 'smsin' })];
		const poller = pollerOf(callRecordAdded, account, values, options);
		await poller.poll();
		await poller.poll();
		expect(account.queries.map((query) => decodeURIComponent(String(query)))).toEqual(expected);
	});

	test('in a busy account a second page, and calls that began hours ago only every ten minutes', async () => {
		account.records = Array.from({ length: 3_000 }, (_, index) => recordAt(NOON - index * 6_000, { dst: index }));
		const poller = pollerOf(callRecordAdded, account);
		await poller.poll();
		const requests: number[] = [];
		for (let poll = 0; poll < 12; poll++) {
			account.now += MINUTE_MS;
			await poller.poll();
			requests.push(account.queries.length);
		}
		expect(requests).toEqual([2, 2, 2, 2, 2, 2, 2, 2, 2, 4, 2, 2]);
		expect(account.queries[1]?.get('end_date')).toBe('2026-11-20T11:50:12');
		expect(account.queries[1]?.get('limit')).toBe('1000');
	});
});

describe('what starts the workflow', () => {
	test('nothing that was there, then each record once, oldest first', async () => {
		account.records = minutes(3);
		const poller = pollerOf(callRecordAdded, account);
		expect(await poller.poll()).toEqual([]);
		account.records.push(
			recordAt(NOON + 2_000, { index: 'b' }),
			recordAt(NOON + 1_000, { index: 'a' }),
			recordAt(NOON + 2_000, { index: 'b' }),
		);
		expect(indexes(await poller.poll())).toEqual(['a', 'b', 'b']);
		expect(await poller.poll()).toEqual([]);
	});

	test('one of the same second and the same numbers, also a poll later', async () => {
		account.records = [recordAt(NOON, { src: '1' })];
		const poller = pollerOf(callRecordAdded, account);
		await poller.poll();
		account.records.push(recordAt(NOON, { src: '1' }));
		const second = await poller.poll();
		account.records.push(recordAt(NOON, { src: '1' }));
		const third = await poller.poll();
		expect([second.length, third.length]).toEqual([1, 1]);
		expect(second[0]?.recordKey).not.toBe(third[0]?.recordKey);
	});

	test('where nothing but the content tells two of one second apart, the one that was not seen', async () => {
		account.records = [recordAt(NOON, { index: 'old', total_cost: 1 })];
		const poller = pollerOf(callRecordAdded, account);
		await poller.poll();
		account.records = [recordAt(NOON, { index: 'new', total_cost: 2 }), ...account.records];
		expect(indexes(await poller.poll())).toEqual(['new']);
		account.records.reverse();
		expect(await poller.poll()).toEqual([]);
		account.records.push(recordAt(NOON, { index: 'newer', total_cost: 2 }));
		expect(indexes(await poller.poll())).toEqual(['newer']);
	});

	test('not one that is rated, named or answered later', async () => {
		const columns: Record<string, unknown> = {
			src: '61400000001',
			total_cost: null,
			prefix: null,
			destination_name: null,
			answer_time: null,
		};
		account.records = [recordAt(NOON - HOUR_MS)];
		const poller = pollerOf(callRecordAdded, account);
		await poller.poll();
		account.records.push(recordAt(NOON, columns));
		const [item] = await poller.poll();
		Object.assign(columns, {
			total_cost: 0.5,
			prefix: '614',
			destination_name: 'Mobile',
			answer_time: '2026-11-20T12:00:05',
			caller_id_name: 'Ann',
			duration: 30,
		});
		expect(await poller.poll()).toEqual([]);
		expect(item).toMatchObject({ total_cost: null, recordKey: expect.stringMatching(/^[0-9a-f]{16}$/) });
		const again = pollerOf(callRecordAdded, account, {}, { includePast: 1 });
		expect((await again.poll()).map(({ recordKey }) => recordKey)).toContain(item?.recordKey);
	});

	test('a call as long as Longest Call that is filed together with newer ones, between two looks that go so far back', async () => {
		account.records = [recordAt(NOON)];
		const poller = pollerOf(callRecordAdded, account);
		await poller.poll();
		account.now += 2 * HOUR_MS;
		await poller.poll();
		account.now += MINUTE_MS;
		account.records.push(recordAt(NOON - 2 * HOUR_MS, { index: 'long' }), recordAt(account.now, { index: 'new' }));
		const came = indexes(await poller.poll());
		account.now += 10 * MINUTE_MS;
		came.push(...indexes(await poller.poll()));
		expect(came).toEqual(['new', 'long']);
	});

	test('a long call that is filed under the time at which it began', async () => {
		account.records = minutes(400);
		const poller = pollerOf(callRecordAddedWithin({ ...SMALL, pages: 100 }), account, {}, { longestCall: 6 });
		await poller.poll();
		account.records.push(recordAt(NOON - 5 * HOUR_MS - 1_000, { index: 'long' }));
		expect(await poller.poll()).toEqual([]);
		account.now += 10 * MINUTE_MS;
		expect(indexes(await poller.poll())).toEqual(['long']);
		account.now += 10 * MINUTE_MS;
		expect(await poller.poll()).toEqual([]);
	});

	test('all, where there was nothing, which is looked at twice', async () => {
		const poller = pollerOf(callRecordAdded, account);
		await poller.poll();
		expect(account.queries).toHaveLength(2);
		account.records = minutes(2);
		account.switches = { hoursAhead: -12 };
		expect(indexes(await poller.poll())).toEqual([1, 0]);
		expect(await poller.poll()).toEqual([]);
	});

	test('not all, where a first answer is empty by a slip', async () => {
		account.records = minutes(3);
		const look = account.look();
		let count = 0;
		const watch = callRecordAdded.prepare(settingsOf(callRecordAdded as never));
		const { state } = await watch.poll(
			{
				...look,
				read: async (request) => (++count === 1 ? (request.endpoint.read([]) as never) : await look.read(request)),
			},
			undefined,
		);
		expect((await watch.poll(look, state)).items).toEqual([]);
	});

	test('so many in one poll, and the rest in the next ones, whatever comes meanwhile', async () => {
		account.records = minutes(1);
		const poller = pollerOf(callRecordAddedWithin(SMALL), account);
		await poller.poll();
		account.records = Array.from({ length: 12 }, (_, index) => recordAt(NOON + index * 1_000, { index }));
		account.records.push(recordAt(NOON, { index: 0 }));
		account.records = account.records.slice(1);
		expect(indexes(await poller.poll())).toEqual([1, 2, 3, 4, 5]);
		account.records.push(recordAt(NOON + 20_000, { index: 12 }));
		expect(indexes(await poller.poll())).toEqual([6, 7, 8, 9, 10]);
		expect(indexes(await poller.poll())).toEqual([11, 12]);
		expect(await poller.poll()).toEqual([]);
	});

	test('what came while n8n was down, oldest first, though the way back is longer than a poll', async () => {
		account.records = minutes(1);
		const poller = pollerOf(callRecordAddedWithin({ ...SMALL, pages: 4, items: 20 }), account);
		await poller.poll();
		account.now += 5 * HOUR_MS;
		account.records.push(
			...Array.from({ length: 300 }, (_, index) => recordAt(NOON + (index + 1) * MINUTE_MS, { index })),
		);
		const came: unknown[] = [];
		for (let polls = 0; came.length < 300 && polls < 200; polls++) {
			const items = indexes(await poller.poll());
			expect(account.queries.length).toBeLessThanOrEqual(4);
			came.push(...items);
		}
		expect(came).toEqual(Array.from({ length: 300 }, (_, index) => index));
		expect(await poller.poll()).toEqual([]);
		expect(laneOf(poller)?.crumbs).toEqual([]);
	});

	test.each([
		['at first', true],
		['later', false],
	])('a record of a future that is none, which hides no other (%s)', async (_name, isFirst) => {
		const future = recordAt(Date.UTC(2099, 0, 1), { index: 'future' });
		account.records = [...minutes(3), ...(isFirst ? [future] : [])];
		const poller = pollerOf(callRecordAdded, account);
		await poller.poll();
		account.records.push(recordAt(NOON + 1_000, { index: 'first' }), ...(isFirst ? [] : [future]));
		expect(indexes(await poller.poll())).toEqual(isFirst ? ['first'] : ['first', 'future']);
		account.now += 5 * HOUR_MS;
		account.records.push(recordAt(account.now, { index: 'second' }));
		expect(indexes(await poller.poll())).toEqual(['second']);
		expect(await poller.poll()).toEqual([]);
		expect(laneOf(poller)?.cursor).toBe('2026-11-20T17:00:00');
	});

	test.each([-400, -30, 400])('each record once by a clock that is wrong by %d days', async (days) => {
		account.records = [...minutes(3), recordAt(NOON - 40 * DAY_MS, { index: 'old' })];
		account.now = NOON + days * DAY_MS;
		const poller = pollerOf(callRecordAdded, account);
		await poller.poll();
		for (let hour = 1; hour < 12; hour++) {
			account.records.push(recordAt(NOON + hour * HOUR_MS, { index: hour }));
			expect(indexes(await poller.poll())).toEqual([hour]);
		}
		account.now = NOON + 12 * HOUR_MS;
		expect(await poller.poll()).toEqual([]);
	});

	test.each([
		['its first page', 98],
		['the end of its first page', 99],
	])('one that gets its price while the pages are read, once (%s)', async (_name, place) => {
		account.records = [recordAt(NOON - DAY_MS)];
		const poller = pollerOf(callRecordAdded, account);
		await poller.poll();
		account.records = Array.from({ length: 120 }, (_, index) =>
			recordAt(NOON - index * 20_000, { dst: index, total_cost: null }),
		);
		account.twist = (rows, nth) => {
			if (nth === 1) Object.assign(account.records[place]?.columns ?? {}, { total_cost: 3 });
			return rows;
		};
		expect((await poller.poll()).map(({ dst }) => dst)).toEqual(Array.from({ length: 120 }, (_, index) => 119 - index));
		expect(await poller.poll()).toEqual([]);
	});

	test('none anew where the server writes the same times in another form', async () => {
		account.records = minutes(20);
		const poller = pollerOf(callRecordAdded, account);
		await poller.poll();
		for (const timeForm of ['space', 'fraction', 'Z'] as const) {
			account.switches = { timeForm };
			expect(await poller.poll()).toEqual([]);
		}
	});

	test('more late ones at once than a poll tells, before they are out of sight', async () => {
		account.records = Array.from({ length: 600 }, (_, index) => recordAt(NOON - index * MINUTE_MS));
		const poller = pollerOf(
			callRecordAddedWithin({ sizes: { page: 1_000, least: 100 }, pages: 20, items: 5, remembered: 5_000 }),
			account,
		);
		await poller.poll();
		const came: unknown[] = [];
		for (let minute = 1; minute <= 12; minute++) {
			account.now += MINUTE_MS;
			account.records.push(recordAt(account.now, { index: `new ${minute}` }));
			if (minute === 9)
				account.records.push(
					...Array.from({ length: 8 }, (_, index) => recordAt(NOON - 4 * HOUR_MS + index * MINUTE_MS, { index })),
				);
			came.push(...indexes(await poller.poll()));
		}
		expect(came).toHaveLength(20);
		expect(new Set(came).size).toBe(20);
	});

	test('a record without a time, once', async () => {
		account.records = [recordAt(null, { src: 'before' }), ...minutes(3)];
		const poller = pollerOf(callRecordAdded, account);
		expect(await poller.poll()).toEqual([]);
		account.records.unshift(recordAt(null, { src: 'after' }));
		expect((await poller.poll()).map(({ src, setup_time: time }) => [src, time])).toEqual([['after', null]]);
		account.records = account.records.slice(2);
		expect(await poller.poll()).toEqual([]);
		account.records.unshift(recordAt(null, { src: 'after' }));
		expect(await poller.poll()).toEqual([]);
	});
});

describe('of a busy account, a call that began hours ago', () => {
	/** A call a minute, and early a long one; a poll a minute. @param onPoll before each */
	async function halfAnHour(onPoll: (minute: number) => void): Promise<unknown[]> {
		account.records = Array.from({ length: 600 }, (_, index) => recordAt(NOON - index * MINUTE_MS));
		const poller = pollerOf(callRecordAdded, account);
		onPoll(0);
		await poller.poll();
		const came: unknown[] = [];
		for (let minute = 1; minute <= 30; minute++) {
			account.now += MINUTE_MS;
			account.records.push(recordAt(account.now, { index: minute }));
			if (minute === 2) account.records.push(recordAt(NOON - 4 * HOUR_MS + 2.5 * MINUTE_MS, { index: 'long' }));
			onPoll(minute);
			came.push(...indexes(await poller.poll()));
		}
		return came;
	}

	test.each([
		['empty', 0, [5]],
		['empty', 0, [10]],
		['half', 60, [0]],
		['half', 60, [5]],
		['half', 60, [10]],
	])(
		'is not lost on a list that comes %s (%d rows, in the minutes %j), and nothing is told twice',
		async (_how, rows, at) => {
			const came = await halfAnHour((minute) => {
				account.twist = (all, nth) => (at.includes(minute) && nth === 1 ? all.slice(0, rows) : all);
			});
			expect([...came].sort()).toEqual([...Array.from({ length: 30 }, (_, index) => index + 1), 'long'].sort());
		},
	);

	test('is found where the server gives fewer at once than it says', async () => {
		account.switches = { cap: 50 };
		const came = await halfAnHour(() => {});
		expect([...came].sort()).toEqual([...Array.from({ length: 30 }, (_, index) => index + 1), 'long'].sort());
	});
});

describe('Include Past Records', () => {
	test('starts the workflow by them once, then as ever', async () => {
		account.records = [
			...minutes(3),
			recordAt(NOON - 2 * DAY_MS, { index: 'two days' }),
			recordAt(NOON - 9 * DAY_MS, { index: 'nine days' }),
		];
		const poller = pollerOf(callRecordAdded, account, {}, { includePast: 7 });
		expect(indexes(await poller.poll())).toEqual(['two days', 2, 1, 0]);
		expect(await poller.poll()).toEqual([]);
		account.records.push(recordAt(NOON + 1, { index: 'new' }));
		expect(indexes(await poller.poll())).toEqual(['new']);
	});

	test('of a busy account, in parts', async () => {
		account.records = minutes(700);
		const poller = pollerOf(callRecordAdded, account, {}, { includePast: 1 });
		const came = [...(await poller.poll()), ...(await poller.poll()), ...(await poller.poll())];
		expect(indexes(came)).toEqual(Array.from({ length: 700 }, (_, index) => 699 - index));
	});

	const within = (includePast: number) =>
		callRecordAdded.prepare(settingsOf(callRecordAdded as never, {}, { includePast }));

	test('added days later, by nothing that was told in between', async () => {
		account.records = [recordAt(NOON - 2 * DAY_MS, { index: 'two days' }), recordAt(NOON)];
		const poller = pollerOf(callRecordAdded, account);
		await poller.poll();
		for (let hour = 1; hour <= 30; hour++) {
			account.now += HOUR_MS;
			account.records.push(recordAt(account.now, { index: hour }));
			expect(indexes(await poller.poll())).toEqual([hour]);
		}
		poller.becomes(within(7));
		expect(indexes(await poller.poll())).toEqual(['two days']);
		expect(await poller.poll()).toEqual([]);
	});

	test('added to a memory that is full, by all of one time, though they are more than a poll tells', async () => {
		const bounds = { sizes: { page: 1_000, least: 100 }, pages: 20, items: 5, remembered: 10 };
		account.records = [...minutes(10), ...Array.from({ length: 12 }, (_, dst) => recordAt(NOON - 2 * DAY_MS, { dst }))];
		const poller = pollerOf(callRecordAddedWithin(bounds), account);
		await poller.poll();
		poller.becomes(callRecordAddedWithin(bounds).prepare(settingsOf(callRecordAdded as never, {}, { includePast: 7 })));
		const came: unknown[] = [];
		for (let poll = 0; poll < 5; poll++) came.push(...(await poller.poll()).map(({ dst }) => dst));
		expect(came.sort((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 12 }, (_, dst) => dst));
	});

	test('taken away, added again and made longer, by each record once', async () => {
		account.records = [20, 9, 2].map((days) => recordAt(NOON - days * DAY_MS, { index: days }));
		account.records.push(recordAt(NOON, { index: 0 }));
		const poller = pollerOf(callRecordAdded, account, {}, { includePast: 7 });
		expect(indexes(await poller.poll())).toEqual([2, 0]);
		const came: unknown[] = [];
		for (const [hour, days] of [0, 7, 0, 10, 3, 10, 30, 0, 30].entries()) {
			account.now += HOUR_MS;
			account.records.push(recordAt(account.now, { index: `hour ${hour}` }));
			poller.becomes(within(days));
			came.push(...indexes(await poller.poll()));
		}
		expect(came.filter((index) => typeof index === 'number')).toEqual([9, 20]);
		expect(came).toHaveLength(11);
		expect(laneOf(poller)?.judged.length).toBeLessThan(5);
	});

	test('added later, by what was not told; taken away, it loses nothing', async () => {
		account.records = [...minutes(3), recordAt(NOON - 2 * DAY_MS, { index: 'two days' })];
		const poller = pollerOf(callRecordAdded, account);
		await poller.poll();
		account.records.push(recordAt(NOON + 1_000, { index: 'new' }));
		expect(indexes(await poller.poll())).toEqual(['new']);
		poller.becomes(callRecordAdded.prepare(settingsOf(callRecordAdded as never, {}, { includePast: 7 })));
		expect(indexes(await poller.poll())).toEqual(['two days']);
		account.records.push(recordAt(NOON + 2_000, { index: 'newer' }));
		poller.becomes(callRecordAdded.prepare(settingsOf(callRecordAdded as never)));
		expect(indexes(await poller.poll())).toEqual(['newer']);
	});
});

describe('Minimum Cost', () => {
	test('passes over what costs less, and goes on from there', async () => {
		account.records = minutes(1);
		const poller = pollerOf(callRecordAdded, account, {}, { minimumCost: 0.5 });
		await poller.poll();
		account.records.push(
			...[0.49, 0.5, 1, '2', 0].map((cost, index) => recordAt(NOON + (index + 1) * 1000, { total_cost: cost })),
		);
		expect((await poller.poll()).map(({ total_cost: cost }) => cost)).toEqual([0.5, 1, '2']);
		expect(laneOf(poller)?.cursor).toBe('2026-11-20T12:00:05');
		expect(await poller.poll()).toEqual([]);
		poller.becomes(callRecordAdded.prepare(settingsOf(callRecordAdded as never)));
		expect(await poller.poll()).toEqual([]);
	});

	test('waits for a cost, and gives the record without one before it leaves the sight', async () => {
		account.records = minutes(1);
		const poller = pollerOf(callRecordAdded, account, {}, { minimumCost: 0.5 });
		await poller.poll();
		const [dear, cheap, never] = [
			{ index: 'dear', total_cost: null },
			{ index: 'cheap', total_cost: null },
			{ index: 'never', total_cost: -1 },
		] as Array<Record<string, unknown>>;
		account.records.push(...[dear, cheap, never].map((columns, index) => recordAt(NOON + (index + 1) * 1000, columns)));
		expect(await poller.poll()).toEqual([]);
		Object.assign(dear ?? {}, { total_cost: 3 });
		Object.assign(cheap ?? {}, { total_cost: 0.1 });
		expect(indexes(await poller.poll())).toEqual(['dear']);
		account.now += 5 * HOUR_MS;
		account.records.push(recordAt(account.now, { index: 'later', total_cost: 1 }));
		expect(indexes(await poller.poll())).toEqual(['never', 'later']);
		expect(await poller.poll()).toEqual([]);
	});
});

describe('what is older than the API shows', () => {
	test('is told with the first record, and in the log', async () => {
		account.records = minutes(1);
		const poller = pollerOf(callRecordAdded, account);
		await poller.poll();
		account.now += 200 * DAY_MS;
		account.records.push(...[100, 150, 199].map((days) => recordAt(NOON + days * DAY_MS, { index: days })));
		const items = await poller.poll();
		expect(items.map(({ index, gapFrom }) => [index, gapFrom])).toEqual([
			[150, '2026-11-20T12:00:00'],
			[199, undefined],
		]);
		expect(account.warnings).toEqual([expect.stringContaining('from 2026-11-20T12:00:00 on are too old')]);
		expect(await poller.poll()).toEqual([]);
	});

	test('is none where nobody has called for so long', async () => {
		account.records = minutes(1);
		const poller = pollerOf(callRecordAdded, account);
		for (let day = 0; day < 200; day++) {
			account.now += DAY_MS;
			await poller.poll();
		}
		account.records.push(recordAt(account.now, { index: 'new' }));
		expect(await poller.poll()).toEqual([expect.not.objectContaining({ gapFrom: expect.anything() })]);
		expect(account.warnings).toEqual([]);
	});
});

describe('what cannot be read is an error that says what to change, and leaves the state', () => {
	test.each([
		[
			'more of one second than a page has',
			() => Array.from({ length: 7 }, (_, index) => recordAt(NOON + 1, { index })),
			{},
			'as many call records of one time',
		],
		[
			'pages in another order',
			() => Array.from({ length: 9 }, (_, index) => recordAt(NOON + index * MINUTE_MS)),
			{ order: 'oldest first' as const },
			'not in the order of their time',
		],
		[
			'a server that looks at no end',
			() => Array.from({ length: 20 }, (_, index) => recordAt(NOON + index * MINUTE_MS)),
			{ ignoresEnd: true },
			'newer than what was asked for',
		],
		['times of an unknown form', () => minutes(9), { timeForm: 'day first' as const }, 'or none with a time'],
	])('%s', async (_name, added, switches, words) => {
		account.records = [recordAt(NOON - HOUR_MS)];
		const poller = pollerOf(callRecordAddedWithin(SMALL), account);
		await poller.poll();
		const before = poller.saved;
		account.records.push(...added());
		account.switches = { cap: 6, ...switches };
		await expect(poller.poll()).rejects.toThrow(words);
		await expect(poller.poll()).rejects.toThrow('Choose one type in Types, or add the option Extension');
		expect(poller.saved).toBe(before);
	});

	test('a failure of the server, and the next poll gives all', async () => {
		account.records = minutes(1);
		const poller = pollerOf(callRecordAdded, account);
		await poller.poll();
		account.records.push(recordAt(NOON + 1, { index: 'new' }));
		account.failsAt = 1;
		await expect(poller.poll()).rejects.toThrow('Crazytel failed (500).');
		account.failsAt = 0;
		expect(indexes(await poller.poll())).toEqual(['new']);
	});
});

describe('the state', () => {
	test('of 5,000 remembered records is below 200 kB, and holds no number, no name and no text', async () => {
		account.records = Array.from({ length: 6_500 }, (_, index) =>
			recordAt(NOON - index * 2_000, {
				src: '61400000001',
				dst: '61291234567',
				caller_id_name: 'Ann Smith',
				body: 'Hello there',
			}),
		);
		const poller = pollerOf(callRecordAdded, account);
		await poller.poll();
		expect(laneOf(poller)?.known).toHaveLength(5_000);
		expect(poller.largest).toBeLessThan(200_000);
		expect(poller.saved).not.toMatch(/61400000001|61291234567|Ann|Smith|Hello|CT100001/);
		expect(account.warnings).toEqual([expect.stringContaining('may be missed')]);
		account.records.push(recordAt(NOON + 1_000, { index: 'new' }));
		expect(indexes(await poller.poll())).toEqual(['new']);
		expect(poller.largest).toBeLessThan(200_000);
	});

	test('of some types has room for all of them', async () => {
		account.records = (['did', 'smsin', 'smsout'] as const).flatMap((type) =>
			Array.from({ length: 2_500 }, (_, index) => recordAt(NOON - index * 1_000, { src: index }, { type })),
		);
		const poller = pollerOf(callRecordAdded, account, { types: ['did', 'smsIn', 'smsOut'] });
		await poller.poll();
		expect(poller.largest).toBeLessThan(200_000);
	});

	test('of another form is not believed', () => {
		expect(callRecordAdded.state.safeParse({ lanes: { all: { cursor: 1 } }, past: 0, polledAt: 0 }).success).toBe(
			false,
		);
	});
});

describe('the output', () => {
	const columns = { src: '1', total_cost: 1, rate: 2, connect_fee: 3, pdd: 4, prefix: '61' };

	async function itemOf(
		values: IDataObject,
		options: IDataObject,
		more: Record<string, unknown> = {},
	): Promise<IDataObject | undefined> {
		account.records = minutes(1);
		const poller = pollerOf(callRecordAdded, account, values, options);
		await poller.poll();
		account.records.push(recordAt(NOON + 1000, { ...columns, ...more }));
		return (await poller.poll())[0];
	}

	test('is simplified, with the key and when it was seen', async () => {
		expect(await itemOf({}, {})).toEqual({
			setup_time: '2026-11-20T12:00:01',
			src: '1',
			total_cost: 1,
			recordKey: expect.stringMatching(/^[0-9a-f]{16}$/),
			seenAt: '2026-11-20T12:00:00.000Z',
		});
	});

	test('is as it came where that is asked for', async () => {
		expect(await itemOf({}, { simplify: false })).toMatchObject(columns);
	});

	test('has the type where the row has none and it is known', async () => {
		expect((await itemOf({ types: ['voice'] }, {}))?.type).toBe('voice');
		expect((await itemOf({ types: ['voice', 'did'] }, {}, { type: '*voice' }))?.type).toBe('*voice');
		expect(await itemOf({}, {})).not.toHaveProperty('type');
	});
});

describe('Fetch Test Event', () => {
	test('gives the newest that passes the filter, and no state', async () => {
		account.records = [
			recordAt(NOON, { index: 0, total_cost: 0.1 }),
			recordAt(NOON - 1000, { index: 1, total_cost: 5 }),
			recordAt(NOON - 2000, { index: 2, total_cost: 5 }),
		];
		const example = async (values: IDataObject, options: IDataObject) =>
			await callRecordAdded.prepare(settingsOf(callRecordAdded as never, values, options)).example(account.look());
		expect(await example({}, {})).toMatchObject({ index: 0, recordKey: expect.any(String) });
		expect(await example({}, { minimumCost: 1 })).toMatchObject({ index: 1 });
		expect(await example({ types: ['smsIn', 'voice'] }, {})).toMatchObject({ index: 0, type: 'voice' });
		expect(await example({ types: ['smsIn'] }, {})).toBeUndefined();
	});
});

test.each([
	[{ types: [] }, {}, 'Types is empty'],
	[{ types: ['fax'] }, {}, "Types holds 'fax'"],
	[{}, { includePast: 91 }, 'Include Past Records (Days) must be a number of days from 0 to 90'],
	[{}, { longestCall: 25 }, 'Longest Call (Hours) must be a number of hours from 1 to 24'],
	[{}, { minimumCost: -1 }, 'Minimum Cost must be a number of dollars of at least 0'],
	[{}, { extension: 'a\nb' }, 'Extension'],
	[{}, { simplify: 'perhaps' }, 'Simplify must be true or false'],
])('fields that cannot be read are told by their names: %j %j', (values, options, words) => {
	const prepare = () => callRecordAdded.prepare(settingsOf(callRecordAdded as never, values, options));
	expect(prepare).toThrow(InvalidInput);
	expect(prepare).toThrow(words);
});

describe('the night in which an hour repeats', () => {
	/** Sydney, where it is three and then two again. */
	const BACK = Date.UTC(2026, 3, 4, 16);
	const EVERY_MS = 30_000;

	/** A call every half minute from two hours before to three hours after, and a poll every so often. */
	async function night(
		pollMinutes: number,
		switches: Account['switches'],
		bounds?: typeof SMALL,
	): Promise<{ came: unknown[]; expected: unknown[] }> {
		account.switches = { timeForm: 'space', hoursAhead: 11, hoursAheadAsked: 11, clockBackAt: BACK, ...switches };
		account.now = BACK - 2 * HOUR_MS;
		account.records = [recordAt(account.now, { dst: 'before' })];
		const poller = pollerOf(bounds === undefined ? callRecordAdded : callRecordAddedWithin(bounds), account);
		await poller.poll();
		const came: unknown[] = [];
		let dst = 0;
		while (account.now < BACK + 3 * HOUR_MS) {
			account.now += EVERY_MS;
			account.records.push(recordAt(account.now, { dst: ++dst }));
			if (dst % (pollMinutes * 2) === 0) came.push(...(await poller.poll()).map((item) => item.dst));
		}
		for (let poll = 0; poll < 3; poll++) came.push(...(await poller.poll()).map((item) => item.dst));
		expect(account.warnings).toEqual([]);
		return { came, expected: Array.from({ length: dst }, (_, index) => index + 1) };
	}

	const sorted = (list: unknown[]) => [...list].sort((a, b) => Number(a) - Number(b));

	describe.each(['first', 'second'] as const)('a time of it taken for the %s one', (repeatedHourIs) => {
		test.each([
			[6, true],
			[6, false],
			[30, true],
			[30, false],
			[5 * 60, true],
			[5 * 60, false],
		])('every call comes once, polled every %i minutes (end included: %s)', async (pollMinutes, isEndIncluded) => {
			const { came, expected } = await night(pollMinutes, { repeatedHourIs, isEndIncluded });
			expect(sorted(came)).toEqual(expected);
		});
	});

	test('every call comes once where the server orders them by what its clock has shown', async () => {
		const poller = pollerOf(callRecordAdded, account);
		account.records = [recordAt(NOON, { dst: 0 })];
		await poller.poll();
		const came: unknown[] = [];
		for (let minute = 1; minute < 240; minute++) {
			const shown = minute < 90 ? minute : minute - 60;
			account.records.push(recordAt(NOON + shown * MINUTE_MS, { dst: minute }));
			came.push(...(await poller.poll()).map((item) => item.dst));
		}
		expect(came).toEqual(Array.from({ length: 239 }, (_, index) => index + 1));
	});
});
