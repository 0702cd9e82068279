import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { spendHighWithin } from '../../nodes/Crazytel/triggers/callRecords/spendHigh';
import type { CallRecordSwitches } from '../../sandbox/callRecordSwitches';
import { Account, HOUR_MS, MINUTE_MS, NOON, pollerOf } from '../unit/triggers/callRecords/account';
import { LONG, runs } from '../properties';

/** Pages in small, so that few records fill them. */
const SMALL = { sizes: { page: 12, least: 6 }, pages: 150 };

const LIMIT = 10;

interface Step {
	minutes: number;
	/** In hundredths of a dollar; null is one that gets its cost with `isRated`. */
	calls: Array<{ secondsAgo: number; cents: number | null; extension: string }>;
	/** A call of so many minutes that has ended. */
	late: { minutesAgo: number; cents: number } | undefined;
	isRated: boolean;
	fails: boolean;
	isRestart: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
	minutes: fc.constantFrom(1, 5, 11, 30, 70, 400),
	calls: fc.uniqueArray(
		fc.record({
			secondsAgo: fc.integer({ min: 0, max: 50 }),
			cents: fc.constantFrom(1, 30, 250, 600, 1100, 4500, null),
			extension: fc.constantFrom('a', 'b'),
		}),
		{ maxLength: 5, selector: ({ secondsAgo }) => secondsAgo },
	),
	late: fc.option(
		fc.record({ minutesAgo: fc.integer({ min: 1, max: 200 }), cents: fc.constantFrom(100, 1200, 9000) }),
		{ nil: undefined, freq: 1 },
	),
	isRated: fc.boolean(),
	fails: fc.integer({ min: 0, max: 5 }).map((one) => one === 5),
	isRestart: fc.integer({ min: 0, max: 4 }).map((one) => one === 4),
});

const honest: fc.Arbitrary<Partial<CallRecordSwitches>> = fc.record({
	cap: fc.constantFrom(0, 9),
	largestLimit: fc.constantFrom(0, 6),
	timeForm: fc.constantFrom<CallRecordSwitches['timeForm'][]>('T', 'space', 'Z'),
	isEndIncluded: fc.boolean(),
});

const fields = fc.record({ per: fc.constantFrom('account', 'extension'), window: fc.constantFrom('hour', 'day') });

const momentOf = (text: unknown): number => Date.parse(`${String(text).replace(' ', 'T').replace('Z', '')}Z`);

function timesOf(spent: number): number {
	let times = 0;
	for (let next = 1; spent > next * LIMIT; next *= 2) times = next;
	return times;
}

describe('what is spent', () => {
	test.each([true, false])(
		'is told of truly, of each who spends too much, and not twice (each poll saved: %s)',
		async (isDurable) => {
			let told = 0;
			const property = async (
				steps: Step[],
				switches: Partial<CallRecordSwitches>,
				values: { per: string; window: string },
			): Promise<void> => {
				const account = new Account();
				account.switches = switches;
				account.records.push({
					at: NOON - 30 * MINUTE_MS,
					type: 'voice',
					extension: 'a',
					columns: { extension: 'a', total_cost: 7 },
				});
				const poller = pollerOf(spendHighWithin(SMALL), account, { limit: LIMIT, ...values });
				await poller.poll();
				let saved = poller.saved;
				const newestOf = () => Math.max(...account.records.map(({ at }) => at ?? 0));
				let judgedUpTo = newestOf();
				const lengthMs = values.window === 'hour' ? HOUR_MS : 24 * HOUR_MS;
				const given: IDataObject[] = [];
				const spent = (end: number, extension: unknown): number => {
					const those = account.records.filter(
						({ at, extension: of }) =>
							at !== null && at > end - lengthMs && at <= end && (values.per === 'account' || of === extension),
					);
					return Math.round(those.reduce((sum, { columns }) => sum + 100 * Number(columns.total_cost ?? 0), 0)) / 100;
				};
				const poll = async (): Promise<IDataObject[]> => {
					const items = await poller.poll();
					judgedUpTo = newestOf();
					if (isDurable || items.length > 0) saved = poller.saved;
					for (const { extension, spent: amount, times, from, to } of items) {
						expect(momentOf(to) - momentOf(from)).toBe(lengthMs);
						expect({ amount, times }).toEqual({
							amount: spent(momentOf(to), extension),
							times: timesOf(Number(amount)),
						});
						expect(amount).toBeGreaterThan(LIMIT);
					}
					given.push(...items);
					told += items.length;
					return items;
				};
				/** What got its cost so late that it is looked at no more. */
				const tooLate: number[] = [];
				/** Of windows that are less than a length apart the worst is told, and it may have gone on for as long. */
				const isNear = (laterMs: number): boolean => laterMs > -lengthMs && laterMs < 2 * lengthMs;
				/** Whoever spends too much by a record was told of, near to it, at so many times the limit. */
				const expectTold = (): void => {
					for (const { at, extension } of account.records) {
						if (at === null || at <= NOON - 30 * MINUTE_MS || tooLate.some((one) => one <= at && one > at - lengthMs))
							continue;
						const times = timesOf(spent(at, extension));
						const isTold =
							times === 0 ||
							given.some(
								(item) =>
									(values.per === 'account' || item.extension === extension) &&
									isNear(momentOf(item.to) - at) &&
									Number(item.times) >= times,
							);
						expect({ at, extension, times, isTold }).toMatchObject({ isTold: true });
					}
				};
				for (const { minutes, calls, late, isRated, fails, isRestart } of steps) {
					account.now += minutes * MINUTE_MS;
					for (const { secondsAgo, cents, extension } of calls) {
						account.records.push({
							at: account.now - secondsAgo * 1000,
							type: 'voice',
							extension,
							columns: { extension, total_cost: cents === null ? null : cents / 100, cents: cents ?? 1300 },
						});
					}
					if (late !== undefined)
						account.records.push({
							at: account.now - late.minutesAgo * MINUTE_MS,
							type: 'voice',
							extension: 'b',
							columns: { extension: 'b', total_cost: late.cents / 100 },
						});
					for (const { at, columns } of isRated ? account.records : []) {
						if (columns.total_cost !== null) continue;
						columns.total_cost = Number(columns.cents) / 100;
						if (at !== null && at < judgedUpTo - 3 * HOUR_MS) tooLate.push(at);
					}
					if (isRestart) poller.saved = saved;
					account.failsAt = fails ? 1 : 0;
					if (fails) {
						await expect(poller.poll()).rejects.toThrow('failed');
						continue;
					}
					await poll();
					if (isDurable) expect(await poll()).toEqual([]);
					account.now += 11 * MINUTE_MS;
					account.failsAt = 0;
					await poll();
					expectTold();
					account.now += 11 * MINUTE_MS;
					expect(await poll()).toEqual([]);
				}
			};
			await fc.assert(
				fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), honest, fields, property),
				runs(100),
			);
			expect(told).toBeGreaterThan(0);
		},
		LONG,
	);
});
