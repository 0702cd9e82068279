import fc from 'fast-check';

import { ApiError } from '../../../../nodes/Crazytel/api/apiError';
import type { ApiRequest, ReadRequest } from '../../../../nodes/Crazytel/api/request';
import { type Asked, readBack } from '../../../../nodes/Crazytel/resources/callRecord/readBack';
import type { Send } from '../../../../nodes/Crazytel/run/plan';
import { defaultSwitches, type StoredCallRecord } from '../../../../sandbox';
import type { CallRecordSwitches } from '../../../../sandbox/callRecordSwitches';
import { listCallRecords } from '../../../../sandbox/callRecords';
import { LONG, runs } from '../../../properties';

const NOON = Date.UTC(2026, 10, 20, 12);
const DAY_MS = 86_400_000;

/** A page of the API, in small. */
const SIZES = { page: 12, least: 4 };

/** More requests than any reading of the tests can need. */
const ENDLESS = 2_000;

function serverOf(
	records: StoredCallRecord[],
	how: Partial<CallRecordSwitches>,
): { send: Send; queries: URLSearchParams[] } {
	const queries: URLSearchParams[] = [];
	const switches = { ...defaultSwitches, callRecords: { ...defaultSwitches.callRecords, ...how } };
	const send = async ({ endpoint, query = {} }: ApiRequest<unknown>): Promise<unknown> => {
		const asked = new URLSearchParams(query as Record<string, string>);
		if (queries.push(asked) > ENDLESS) throw new Error('It asks without end.');
		const { status, text } = listCallRecords(records, asked, switches);
		if (status !== 200) throw new ApiError(text, '', 'refused', { httpCode: String(status) });
		return endpoint.read(JSON.parse(text));
	};
	return { send: send as Send, queries };
}

function recordAt(at: number | null, columns: Record<string, unknown> = {}): StoredCallRecord {
	return { at, type: 'voice', extension: 'CT100001', columns };
}

function asked(more: Partial<Asked> = {}): Asked {
	return { from: NOON - 30 * DAY_MS, to: NOON + DAY_MS, most: Infinity, query: {}, ...more };
}

/** The rows as texts that can be counted, in no order. */
function counted(rows: unknown[]): string[] {
	return rows.map((row) => JSON.stringify(row)).sort();
}

/** @param meanwhile what happens in the account after an answer */
async function read(
	records: StoredCallRecord[],
	how: Partial<CallRecordSwitches> = {},
	more: Partial<Asked> = {},
	meanwhile: (queries: number) => void = () => {},
) {
	const { send, queries } = serverOf(records, how);
	const observed = async (request: ReadRequest<unknown>) => {
		const answer = await send(request);
		meanwhile(queries.length);
		return answer;
	};
	const rows = await readBack(observed as Send, asked(more), SIZES);
	return { rows, queries };
}

/** One record a minute, newest first by number. */
const minutes = (count: number): StoredCallRecord[] =>
	Array.from({ length: count }, (_, index) => recordAt(NOON - index * 60_000, { index }));

const some: fc.Arbitrary<StoredCallRecord[]> = fc
	.array(
		fc.record({
			second: fc.integer({ min: 0, max: 25 }),
			ms: fc.constantFrom(0, 0, 250, 500),
			call: fc.integer({ min: 0, max: 2 }),
		}),
		{ maxLength: 40 },
	)
	.map((list) => list.map(({ second, ms, call }) => recordAt(NOON - second * 1000 - ms, { call, answer_time: null })));

const servers: fc.Arbitrary<Partial<CallRecordSwitches>> = fc.record({
	cap: fc.constantFrom(0, 4, 5, 7, 11),
	largestLimit: fc.constantFrom(0, 0, 4),
	timeForm: fc.constantFrom('T', 'space', 'Z', 'offset', 'fraction'),
	hoursAhead: fc.constantFrom(0, 10, -5),
	hoursAheadAsked: fc.constantFrom(0, 10, -5),
	isEndIncluded: fc.boolean(),
	ignoresEnd: fc.constantFrom(false, false, false, true),
	order: fc.constantFrom('newest first', 'newest first', 'newest first', 'oldest first', 'mixed'),
	wrapper: fc.constantFrom('', 'cdrs'),
});

const BOUNDS = runs(1_000);

describe('whatever the server is like', () => {
	test(
		'every record of the span comes once, newest first, or an error says why; and it never asks without end',
		async () => {
			let whole = 0;
			let cut = 0;
			await fc.assert(
				fc.asyncProperty(some, servers, async (records, how) => {
					const { send, queries } = serverOf(records, how);
					try {
						const rows = await readBack(send, asked(), SIZES);
						const expected = JSON.parse(listAll(records, how)) as unknown[];
						// A page in no order may look like one that has it.
						if (how.order === 'mixed') expect(counted(expected)).toEqual(expect.arrayContaining(counted(rows)));
						else expect(counted(rows)).toEqual(counted(expected));
						const times = rows.map((row) => String(row.setup_time));
						expect(times).toEqual([...times].sort().reverse());
						whole++;
						if (queries.length > 2) cut++;
					} catch (error) {
						expect(error).toBeInstanceOf(ApiError);
						expect((error as ApiError).message).toMatch(/so (?:it|some|all)/);
					}
				}),
				BOUNDS,
			);
			expect(whole).toBeGreaterThan(BOUNDS.numRuns / 4);
			expect(cut).toBeGreaterThan(BOUNDS.numRuns / 10);
		},
		LONG,
	);

	test(
		'a server as documented, whose pages are longer than there are records of one time, always gives all',
		async () => {
			const honest = fc.record({
				cap: fc.constantFrom(0, 9, 11),
				timeForm: fc.constantFrom<CallRecordSwitches['timeForm'][]>('T', 'space', 'Z', 'offset', 'fraction'),
				hoursAhead: fc.constantFrom(0, 10),
				isEndIncluded: fc.boolean(),
			});
			const spread = fc.uniqueArray(
				fc.record({ second: fc.integer({ min: 0, max: 30 }), call: fc.integer({ min: 0, max: 1 }) }),
				{
					maxLength: 60,
					selector: ({ second, call }) => `${second} ${call}`,
				},
			);
			await fc.assert(
				fc.asyncProperty(spread, honest, async (list, how) => {
					const records = list.map(({ second, call }) => recordAt(NOON - second * 1000, { call }));
					const { rows } = await read(records, { ...how, hoursAheadAsked: how.hoursAhead });
					expect(counted(rows)).toEqual(counted(JSON.parse(listAll(records, how)) as unknown[]));
				}),
				BOUNDS,
			);
		},
		LONG,
	);
});

/** What there is, in the form of the server. */
function listAll(records: StoredCallRecord[], how: Partial<CallRecordSwitches>): string {
	const plain = { ...how, cap: 0, largestLimit: 0, order: 'newest first', wrapper: '' } as const;
	const query = new URLSearchParams({ limit: '100000' });
	return listCallRecords(records, query, {
		...defaultSwitches,
		callRecords: { ...defaultSwitches.callRecords, ...plain },
	}).text;
}

describe('the way back', () => {
	test('a page shorter than was asked for is not the end', async () => {
		const { rows, queries } = await read(minutes(20), { cap: 5 });
		expect(rows.map(({ index }) => index)).toEqual(Array.from({ length: 20 }, (_, index) => index));
		expect(queries.every((query) => query.get('limit') === '12')).toBe(true);
	});

	test('goes no further than the limit', async () => {
		const { rows, queries } = await read(minutes(20), {}, { most: 3 });
		expect(rows).toHaveLength(3);
		expect(queries.map((query) => query.get('limit'))).toEqual(['3']);
	});

	test.each(['T', 'space', 'Z', 'offset'] as const)(
		'sends the time back in the form that it came (%s)',
		async (timeForm) => {
			const { rows, queries } = await read(minutes(9), { cap: 5, timeForm, hoursAhead: 10, hoursAheadAsked: 10 });
			expect(queries[1]?.get('end_date')).toBe(rows[3]?.setup_time);
		},
	);

	test('a number that is refused is replaced by the documented one', async () => {
		const { rows, queries } = await read(minutes(9), { largestLimit: 4 });
		expect(rows).toHaveLength(9);
		expect(queries.slice(0, 2).map((query) => query.get('limit'))).toEqual(['12', '4']);
	});

	test.each(['T', 'space', 'Z', 'offset'] as const)(
		'a page may end within a second that is shown without its fraction (%s)',
		async (timeForm) => {
			for (const [step, cap] of [
				[250, 9],
				[500, 6],
				[333, 9],
			] as const) {
				const all = Array.from({ length: 60 }, (_, index) => recordAt(NOON - index * step, { index }));
				for (const isEndIncluded of [true, false]) {
					// Fewer are of two seconds only, and yet a full page of these sizes.
					for (let count = 6; count <= all.length; count++) {
						const { rows } = await read(all.slice(0, count), { cap, timeForm, isEndIncluded });
						expect({ count, rows: rows.map(({ index }) => index) }).toEqual({
							count,
							rows: all.slice(0, count).map((_, index) => index),
						});
					}
				}
			}
		},
	);

	test.each([
		[0, 1],
		[1, 1],
		[2, 2],
		[3, 2],
	])('of %d records it is clear after %d requests that there are no more', async (count, requests) => {
		expect((await read(minutes(count))).queries).toHaveLength(requests);
	});

	test('equal rows are as many as there are', async () => {
		const records = [
			recordAt(NOON),
			recordAt(NOON),
			recordAt(NOON - 1000),
			recordAt(NOON - 1000),
			recordAt(NOON - 1000),
			recordAt(NOON - 2000),
		];
		expect((await read(records, { cap: 4 })).rows).toHaveLength(6);
		expect((await read(records, { cap: 5, isEndIncluded: false })).rows).toHaveLength(6);
	});

	describe.each([true, false])('while pages are read (end included: %s)', (isEndIncluded) => {
		test.each([2, 3])('a record that gets its price is one (place %i)', async (place) => {
			const records = Array.from({ length: 9 }, (_, index) =>
				recordAt(NOON - index * 60_000, { dst: index, cost: null }),
			);
			const { rows } = await read(records, { cap: 4, isEndIncluded }, {}, (queries) => {
				if (queries === 1) Object.assign(records[place]?.columns ?? {}, { cost: 3 });
			});
			expect(rows.map(({ dst }) => dst)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
		});

		test('a long call that is filed just where two pages meet is not lost', async () => {
			const records = minutes(9);
			const { rows } = await read(records, { cap: 4, isEndIncluded }, {}, (queries) => {
				if (queries === 1) records.push(recordAt(NOON - 150_000, { index: 'late' }));
			});
			expect(rows.map(({ index }) => index)).toContain('late');
			expect(rows).toHaveLength(10);
		});
	});

	test.each([true, false])(
		'spans over three months are cut into shorter ones, and no record on their border is lost or doubled (end included: %s)',
		async (isEndIncluded) => {
			const border = Date.UTC(2026, 7, 25, 12);
			const records = [NOON, border + 1000, border + 500, border, border - 1, border - 1000, border - 60 * DAY_MS].map(
				(at, index) => recordAt(at, { index }),
			);
			const { rows, queries } = await read(
				records,
				{ isEndIncluded, timeForm: 'fraction' },
				{ from: NOON - 300 * DAY_MS, to: Date.UTC(2026, 10, 21, 12) },
			);
			expect(rows.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6]);
			const starts = [...new Set(queries.map((query) => query.get('start_date')))];
			expect(starts).toHaveLength(4);
			expect(starts[0]).toBe('2026-08-25T12:00:00.000Z');
		},
	);

	test('a record without a time is given where it stands, once', async () => {
		const { rows } = await read([recordAt(null, { index: 9 }), ...minutes(3)]);
		expect(rows.map(({ index, setup_time }) => [index, setup_time])).toEqual([
			[9, null],
			[0, '2026-11-20T12:00:00'],
			[1, '2026-11-20T11:59:00'],
			[2, '2026-11-20T11:58:00'],
		]);
	});
});

describe('what cannot be read to its end is an error', () => {
	const failsWith = async (records: StoredCallRecord[], how: Partial<CallRecordSwitches>, words: string) => {
		await expect(read(records, how)).rejects.toMatchObject({
			message: expect.stringContaining(words) as string,
			kind: 'unreadable',
			httpCode: '200',
		});
	};

	test('a full page of one time', async () => {
		await failsWith(
			Array.from({ length: 6 }, (_, index) => recordAt(NOON, { index })),
			{ cap: 5 },
			'as many call records of one time as it gives at once',
		);
	});

	test('a full page of one time on the way back, also where pages are shorter than documented', async () => {
		const records = [0, 1, 2, 2, 2, 2].map((second, index) => recordAt(NOON - second * 1000, { index }));
		await failsWith(records, { cap: 3 }, 'as many call records of one time as it gives at once');
	});

	test('equal rows of one second, of which it shows fewer than before, as it hides their fractions', async () => {
		const records = [0, 0, 5500, 5500, 6000].map((ms) => recordAt(NOON - ms));
		await failsWith(records, { cap: 4 }, 'so some');
	});

	test('a full page without times that can be read', async () => {
		await failsWith(minutes(6), { cap: 5, timeForm: 'day first' }, 'or none with a time');
		await failsWith(minutes(6), { cap: 5, timeForm: 'none' }, 'or none with a time');
	});

	test('pages in another order', async () => {
		await failsWith(minutes(9), { cap: 5, order: 'oldest first' }, 'not in the order of their time');
	});

	test('a server that looks at no end', async () => {
		await failsWith(minutes(9), { cap: 5, ignoresEnd: true }, 'newer than what was asked for');
	});

	test('a server that looks at no dates', async () => {
		await failsWith([recordAt(NOON + 3 * DAY_MS)], { ignoresEnd: true }, 'newer than what was asked for');
	});

	test('a server that looks at no start', async () => {
		await failsWith([recordAt(NOON - 40 * DAY_MS)], { ignoresStart: true }, 'older than what was asked for');
	});

	test('a server that reads a time in another zone than it writes it', async () => {
		await failsWith(minutes(20), { cap: 5, hoursAhead: 0, hoursAheadAsked: 10 }, 'perhaps of another time zone');
		await failsWith(minutes(20), { cap: 5, hoursAhead: 10, hoursAheadAsked: 0 }, 'newer than what was asked for');
	});

	test('a short page in another order is all there is, and is put into order', async () => {
		const { rows } = await read(minutes(3), { order: 'oldest first' });
		expect(rows.map(({ index }) => index)).toEqual([0, 1, 2]);
	});

	test('a refusal that is not of the number is not asked again with another one', async () => {
		let times = 0;
		const send = async () => {
			times++;
			throw new ApiError('Crazytel does not accept the API Key (403).', '', 'refused', { httpCode: '403' });
		};
		await expect(readBack(send as Send, asked(), SIZES)).rejects.toThrow('(403)');
		expect(times).toBe(1);
	});

	test('another refusal is told as it is', async () => {
		await expect(read(minutes(3), {}, { query: { type: '*fax' } })).rejects.toThrow('Unknown type');
	});
});
