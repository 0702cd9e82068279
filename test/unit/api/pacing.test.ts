/* eslint-disable @n8n/community-nodes/no-restricted-globals -- the driven clock lets all else go on between two sleepers */
import fc from 'fast-check';

import { clock, Stopped } from '../../../nodes/Crazytel/api/clock';
import { byAccount } from '../../../nodes/Crazytel/api/perAccount';
import { createWindow, type Place, type Window, windowOf } from '../../../nodes/Crazytel/api/pacing';
import { LONG, runs } from '../../properties';

/** A place is free again so long after its answer. */
const MINUTE = 60_500;

/** Those of one owner go in their order. */
const owner = {};

const real = { ...clock };

let time = 0;
/** Who waits until when, in the order in which they began. */
let sleepers: Array<{ end: number; wake: () => void }> = [];

beforeEach(() => {
	time = 1_000_000;
	sleepers = [];
	Object.assign(clock, {
		now: () => time,
		random: real.random,
		async wait(ms: number, signal?: AbortSignal) {
			if (signal?.aborted) throw new Stopped();
			await new Promise<void>((resolve, reject) => {
				const stop = (): void => reject(new Stopped());
				const wake = (): void => {
					signal?.removeEventListener('abort', stop);
					resolve();
				};
				sleepers.push({ end: time + ms, wake });
				signal?.addEventListener('abort', stop);
			});
		},
	});
});

afterAll(() => {
	Object.assign(clock, real);
});

const settle = async (): Promise<void> => await new Promise((resolve) => setImmediate(resolve));

/** Lets time pass, waking each sleeper at its time. */
async function pass(ms: number): Promise<void> {
	const end = time + ms;
	for (;;) {
		await settle();
		const next = Math.min(...sleepers.map((sleeper) => sleeper.end));
		if (next > end) break;
		time = Math.max(time, next);
		const due = sleepers.filter((sleeper) => sleeper.end <= time);
		sleepers = sleepers.filter((sleeper) => sleeper.end > time);
		for (const { wake } of due) wake();
	}
	time = end;
}

/** Asks to be let through; `place` is there as soon as that is so. */
function ask(window: Window, perMinute: number, signal?: AbortSignal) {
	const asking: { place?: Place; error?: unknown; at?: number } = {};
	window.enter({ owner, perMinute, signal }).then(
		(place) => Object.assign(asking, { place, at: time }),
		(error: unknown) => Object.assign(asking, { error }),
	);
	return asking;
}

/** Asks for a place that must be free at once. */
async function enter(window: Window, perMinute: number): Promise<Place> {
	const asking = ask(window, perMinute);
	await settle();
	if (asking.place === undefined) throw new Error('There was no free place');
	return asking.place;
}

/** After how long the next one is let through, in milliseconds. */
async function timeToNext(window: Window, perMinute: number): Promise<number> {
	const startedAt = time;
	const asking = ask(window, perMinute);
	await pass(300_000);
	asking.place?.leave(true);
	if (asking.at === undefined) throw new Error('Nobody was let through in five minutes');
	time = asking.at;
	return asking.at - startedAt;
}

describe('a window', () => {
	test('lets a small batch through at once, without a wait', async () => {
		const window = createWindow();
		for (let request = 0; request < 60; request++) {
			const place = await enter(window, 60);
			expect(place.waitedMs).toBe(0);
			place.leave(true);
		}
		expect(await timeToNext(window, 60)).toBe(MINUTE);
	});

	test('has a place free 60 seconds after the answer, not after the sending', async () => {
		const window = createWindow();
		const slow = await enter(window, 1);
		await pass(45_000);
		slow.leave(true);
		expect(await timeToNext(window, 1)).toBe(MINUTE);
	});

	test('has no place free while the request in it is under way, however long that takes', async () => {
		const window = createWindow();
		const slow = await enter(window, 1);
		const next = ask(window, 1);
		await pass(10 * MINUTE);
		expect(next.place).toBeUndefined();
		slow.leave(true);
		await pass(MINUTE - 1);
		expect(next.place).toBeUndefined();
		await pass(200);
		expect(next.place).toBeDefined();
	});

	test('counts a place once, however often it is left', async () => {
		const window = createWindow();
		const place = await enter(window, 2);
		place.leave(true);
		place.leave(true);
		expect(place.leaveLimited(MINUTE)).toBe(false);
		(await enter(window, 2)).leave(true);
		expect(await timeToNext(window, 2)).toBe(MINUTE);
	});

	test('is the same for all with the same account, and another one for each other account', () => {
		expect(windowOf('one')).toBe(windowOf('one'));
		expect(windowOf('one')).not.toBe(windowOf('two'));
	});

	test('says how long each one has waited', async () => {
		const window = createWindow();
		(await enter(window, 1)).leave(true);
		const next = ask(window, 1);
		await pass(MINUTE);
		expect(next.place?.waitedMs).toBe(MINUTE);
	});

	test('holds for users with two different limits: each sees the requests of both', async () => {
		const window = createWindow();
		for (let request = 0; request < 3; request++) (await enter(window, 5)).leave(true);
		const strict = ask(window, 3);
		await settle();
		expect(strict.place).toBeUndefined();
		await pass(MINUTE);
		strict.place?.leave(true);
		for (let request = 0; request < 4; request++) (await enter(window, 5)).leave(true);
		expect(await timeToNext(window, 5)).toBe(MINUTE);
	});

	test('with 0 lets everyone through, whatever is under way', async () => {
		const window = createWindow();
		for (let request = 0; request < 500; request++) await enter(window, 0);
	});
});

describe('users with two different limits', () => {
	const [strict, loose] = [{}, {}];

	/** Three stand in the window: one since 50 seconds, two since now. */
	async function threeStand(): Promise<Window> {
		const window = createWindow();
		(await enter(window, 60)).leave(true);
		await pass(50_000);
		for (let request = 0; request < 2; request++) (await enter(window, 60)).leave(true);
		return window;
	}

	test("whoever comes later, is the next one, and has to wait for less, does not wait for the other one's place", async () => {
		const window = await threeStand();
		void window.enter({ owner, perMinute: 1 });
		await settle();
		let place: Place | undefined;
		void window.enter({ owner: loose, perMinute: 3 }).then((got) => (place = got));
		await pass(MINUTE - 50_000);
		expect(place).toBeDefined();
	});

	test('when the one is stopped for whom all had to wait, the next one does not wait for its place any more', async () => {
		const window = await threeStand();
		const next = ask(window, 3);
		const stop = new AbortController();
		const stopped = window
			.enter({ owner: strict, perMinute: 1, isAgain: true, signal: stop.signal })
			.catch((error: unknown) => error);
		await pass(30_000);
		expect(next.place).toBeUndefined();
		stop.abort();
		expect(await stopped).toBeInstanceOf(Stopped);
		await settle();
		expect(next.place).toBeDefined();
	});
});

describe('a place that is given back', () => {
	test('is free at once, and no later one waits for it', async () => {
		const window = createWindow();
		(await enter(window, 1)).giveBack();
		expect((await enter(window, 1)).waitedMs).toBe(0);
	});

	test('goes to the next in the queue, who has waited for as long', async () => {
		const window = createWindow();
		(await enter(window, 1)).leave(true);
		const first = window.enter({ owner, perMinute: 1 }).then((place) => place.giveBack());
		const second = ask(window, 1);
		await pass(MINUTE);
		await first;
		expect(second.at).toBe(time);
		expect(second.place?.waitedMs).toBe(MINUTE);
	});

	test('is given back once, and cannot be left any more', async () => {
		const window = createWindow();
		const place = await enter(window, 2);
		place.giveBack();
		place.giveBack();
		place.leave(true);
		await enter(window, 2);
		await enter(window, 2);
		expect(ask(window, 2).place).toBeUndefined();
	});
});

describe('whatever comes and however long it takes', () => {
	const requests = fc.array(
		fc.record({
			arrivesAfter: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 20_000 })),
			takes: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 0, max: 30_000 })),
			/** Where between sending and answer the server counts it. */
			counted: fc.double({ min: 0, max: 1, noNaN: true }),
		}),
		{ minLength: 1, maxLength: 40 },
	);

	test(
		'never more than the limit stand in any 60 seconds, first come, first served, and nobody waits for nothing',
		async () => {
			await fc.assert(
				fc.asyncProperty(requests, fc.integer({ min: 1, max: 6 }), async (wanted, limit) => {
					time = 0;
					sleepers = [];
					const window = createWindow();
					const sent: Array<{ index: number; sentAt: number; endedAt: number; countedAt: number; waitedMs: number }> =
						[];
					let arrival = 0;
					const all = wanted.map(async ({ arrivesAfter, takes, counted }, index) => {
						arrival += arrivesAfter;
						await clock.wait(arrival);
						const { leave, waitedMs } = await window.enter({ owner, perMinute: limit });
						const sentAt = time;
						sent.push({ index, sentAt, endedAt: sentAt + takes, countedAt: sentAt + takes * counted, waitedMs });
						await clock.wait(takes);
						leave(true);
					});
					await pass(arrival + wanted.length * 100_000);
					await Promise.all(all);

					// Those that go at one moment have no order.
					sent.sort((one, other) => one.sentAt - other.sentAt || one.index - other.index);
					expect(sent.map(({ index }) => index)).toStrictEqual([...wanted.keys()]);
					const standing = (at: number, others: typeof sent) =>
						others.filter(({ sentAt, endedAt }) => sentAt <= at && at < endedAt + MINUTE).length;
					for (const [place, { sentAt, countedAt, waitedMs }] of sent.entries()) {
						expect(standing(sentAt, sent.slice(0, place))).toBeLessThan(limit);
						// The server's own view: 60 seconds from any request that it has counted.
						const inMinute = sent.filter(
							(other) => other.countedAt >= countedAt && other.countedAt < countedAt + MINUTE,
						);
						expect(inMinute.length).toBeLessThanOrEqual(limit);
						// One look earlier there was no place, unless it kept its distance from the one before.
						const distance = sentAt - (sent[place - 1]?.sentAt ?? -Infinity);
						if (waitedMs > 100 && distance > 101 + (0.25 * 60_000) / limit)
							expect(standing(sentAt - 101, sent.slice(0, place))).toBe(limit);
					}
				}),
				runs(150),
			);
		},
		LONG,
	);

	test(
		'with Stop at any place in the queue: the others keep their order, and nobody hangs',
		async () => {
			const scripts = fc.record({
				stopped: fc.array(fc.record({ index: fc.nat({ max: 11 }), at: fc.nat({ max: 200_000 }) }), { maxLength: 12 }),
				takes: fc.array(fc.nat({ max: 20_000 }), { minLength: 12, maxLength: 12 }),
				limits: fc.array(fc.constantFrom(0, 1, 2, 3), { minLength: 12, maxLength: 12 }),
				limited: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
			});
			await fc.assert(
				fc.asyncProperty(scripts, async ({ stopped, takes, limits, limited }) => {
					time = 0;
					sleepers = [];
					const window = createWindow();
					const sent: Array<{ index: number; at: number }> = [];
					const canceled: number[] = [];
					const stops = takes.map(() => new AbortController());
					const all = takes.map(async (ms, index) => {
						try {
							const place = await window.enter({ owner, perMinute: limits[index] ?? 0, signal: stops[index]?.signal });
							sent.push({ index, at: time });
							await clock.wait(ms);
							if (limited[index]) place.leaveLimited(undefined);
							else place.leave(true);
						} catch (error) {
							expect(error).toBeInstanceOf(Stopped);
							canceled.push(index);
						}
					});
					const pressing = stopped.map(async ({ index, at }) => {
						await clock.wait(at);
						stops[index]?.abort();
					});
					await pass(5_000_000);
					await Promise.all([...all, ...pressing]);

					sent.sort((one, other) => one.at - other.at || one.index - other.index);
					const order = sent.map(({ index }) => index);
					expect([...order, ...canceled].sort((a, b) => a - b)).toStrictEqual([...takes.keys()]);
					expect(order).toStrictEqual([...order].sort((a, b) => a - b));
					for (const index of canceled) expect(stopped.map((stop) => stop.index)).toContain(index);
				}),
				runs(100),
			);
		},
		LONG,
	);
});

describe('Stop', () => {
	/** A full window of one with three in the queue. */
	async function queue() {
		const window = createWindow();
		(await enter(window, 1)).leave(true);
		const stops = [0, 1, 2].map(() => new AbortController());
		const asking = stops.map(({ signal }) => ask(window, 1, signal));
		await settle();
		return { window, asking, stops };
	}

	test.each([0, 1, 2])(
		'of number %d in the queue ends its wait at once, and the others keep their order',
		async (index) => {
			const { asking, stops } = await queue();
			stops[index]?.abort();
			await settle();
			expect(asking[index]?.error).toBeInstanceOf(Stopped);

			const others = asking.filter((_, other) => other !== index);
			await pass(MINUTE);
			expect(others.map(({ place }) => place !== undefined)).toStrictEqual([true, false]);
			others[0]?.place?.leave(true);
			await pass(MINUTE);
			expect(others[1]?.place).toBeDefined();
		},
	);

	test.each(Array.from({ length: 30 }, (_, turns) => turns))(
		'of the one that watches, and %d turns later of the next one, leaves one who watches',
		async (turns) => {
			const { asking, stops } = await queue();
			stops[0]?.abort();
			for (let turn = 0; turn < turns; turn++) await Promise.resolve();
			stops[1]?.abort();
			await settle();
			expect(asking.map(({ error }) => error instanceof Stopped)).toStrictEqual([true, true, false]);
			await pass(MINUTE);
			expect(asking[2]?.place).toBeDefined();
		},
	);

	test('in the moment in which a place becomes free lets nobody through any more, and the place goes on', async () => {
		const window = createWindow();
		(await enter(window, 0)).leaveLimited(1_000);
		await pass(1_300);
		const underWay = await enter(window, 0);
		const stop = new AbortController();
		const asking = ask(window, 0, stop.signal);
		await settle();
		stop.abort();
		underWay.leave(true);
		await settle();
		expect(asking.error).toBeInstanceOf(Stopped);
		await enter(window, 0);
	});

	test('is not listened to any more by one that was let through', async () => {
		const window = createWindow();
		(await enter(window, 1)).leave(true);
		const { signal } = new AbortController();
		const [added, removed] = [jest.spyOn(signal, 'addEventListener'), jest.spyOn(signal, 'removeEventListener')];
		const asking = ask(window, 1, signal);
		await pass(MINUTE);
		expect(asking.place).toBeDefined();
		expect(added).toHaveBeenCalled();
		for (const [type, listener] of added.mock.calls) expect(removed).toHaveBeenCalledWith(type, listener);
	});

	test('of all leaves a window that works', async () => {
		const { window, asking, stops } = await queue();
		for (const stop of stops) stop.abort();
		await settle();
		expect(asking.map(({ error }) => error instanceof Stopped)).toStrictEqual([true, true, true]);
		expect(await timeToNext(window, 1)).toBe(MINUTE);
	});

	test('before it began lets nobody through, though there is a place', async () => {
		const window = createWindow();
		await expect(window.enter({ owner, perMinute: 60, signal: AbortSignal.abort() })).rejects.toThrow(Stopped);
		await enter(window, 1);
	});
});

describe('owners take turns', () => {
	/** The order in which they are let through, one after the other, when somebody has been at it for a while. */
	async function order(long: object, arrivals: object[]): Promise<number[]> {
		const window = createWindow();
		for (let request = 0; request < 2; request++) (await window.enter({ owner: long, perMinute: 2 })).leave(true);
		const through: number[] = [];
		const all = arrivals.map(async (whose, index) => {
			const place = await window.enter({ owner: whose, perMinute: 2 });
			through.push(index);
			place.leave(true);
		});
		await pass(arrivals.length * MINUTE);
		await Promise.all(all);
		return through;
	}

	test('a single request of another execution is the next one, not behind those that wait', async () => {
		const long = {};
		expect(await order(long, [long, long, long, long, {}])).toStrictEqual([4, 0, 1, 2, 3]);
	});

	test('two long ones alternate', async () => {
		const [one, other] = [{}, {}];
		expect(await order(one, [one, one, one, other, other, other])).toStrictEqual([3, 0, 4, 1, 5, 2]);
	});

	test('a stream of single ones does not hold up a long one', async () => {
		const long = {};
		expect(await order(long, [long, long, long, {}, {}, {}, {}])).toStrictEqual([3, 0, 4, 1, 5, 2, 6]);
	});

	test('one that was refused goes before all others', async () => {
		const window = createWindow();
		(await enter(window, 1)).leave(true);
		const first = ask(window, 1);
		let again: Place | undefined;
		void window.enter({ owner: {}, perMinute: 1, isAgain: true }).then((place) => (again = place));
		await pass(MINUTE);
		expect(again).toBeDefined();
		expect(first.place).toBeUndefined();
	});
});

describe('an execution of which every request is refused', () => {
	/** Sends requests that are always refused, as many as wait at one time in an execution. */
	function refuse(window: Window, whose: object): { finalAt?: number } {
		const end: { finalAt?: number } = {};
		const send = async (): Promise<void> => {
			for (let isAgain = false; ; isAgain = true) {
				const place = await window.enter({ owner: whose, perMinute: 60, isAgain });
				await clock.wait(100);
				if (!place.leaveLimited(1_000)) break;
			}
			end.finalAt ??= time;
		};
		for (let request = 0; request < 10; request++) void send();
		return end;
	}

	test('holds up no other one that may get through', async () => {
		const window = createWindow();
		refuse(window, owner);
		await pass(1_000);
		const others: number[] = [];
		const startedAt = time;
		const other = {};
		for (let request = 0; request < 3; request++) {
			void window.enter({ owner: other, perMinute: 60 }).then((place) => {
				others.push(time - startedAt);
				place.leave(true);
			});
		}
		await pass(30_000);
		expect(others).toHaveLength(3);
	});

	test('ends after ten minutes where nobody gets through', async () => {
		const window = createWindow();
		const startedAt = time;
		const [one, other] = [refuse(window, owner), refuse(window, {})];
		await pass(700_000);
		for (const { finalAt = 0 } of [one, other]) {
			expect(finalAt - startedAt).toBeGreaterThanOrEqual(600_000);
			expect(finalAt - startedAt).toBeLessThan(660_000);
		}
	});
});

describe('a crowded window', () => {
	test('lets nobody through in a burst that lasts for ever: the distance grows to a quarter of a second', async () => {
		const window = createWindow();
		const sentAt: number[] = [];
		const all = Array.from({ length: 600 }, async () => {
			const place = await window.enter({ owner, perMinute: 60 });
			sentAt.push(time);
			place.leave(true);
		});
		const startedAt = time;
		await pass(15 * MINUTE);
		await Promise.all(all);
		expect(sentAt.slice(0, 60).every((at) => at === startedAt)).toBe(true);
		// Not at once: it grows with each minute.
		expect((sentAt[61] ?? 0) - (sentAt[60] ?? 0)).toBeCloseTo(132);
		expect((sentAt[540] ?? 0) - (sentAt[539] ?? 0)).toBeGreaterThanOrEqual(0);
		expect((sentAt[599] ?? 0) - (sentAt[598] ?? 0)).toBe(250);
		// The floor is nine minutes.
		expect((sentAt[599] ?? 0) - startedAt).toBeLessThan(9 * 60_000 * 1.06);
	});
});

describe('the distance', () => {
	/** Goes through at once, and is under way from then on. */
	const underWay = async (window: Window) => await enter(window, 60);

	/** After how long each of some that ask together is let through, in milliseconds. */
	async function delays(window: Window, count: number): Promise<number[]> {
		const startedAt = time;
		const asking = Array.from({ length: count }, () => ask(window, 60));
		await pass(2_000);
		return asking.map(({ at = Infinity }) => at - startedAt);
	}

	test('is none in a window that was never full, however long it is in use', async () => {
		const window = createWindow();
		await underWay(window);
		await pass(10 * 60_000);
		expect(await delays(window, 3)).toEqual([0, 0, 0]);
	});

	test('stays as it is while one is under way, and is none again when the window was idle', async () => {
		const window = createWindow();
		for (let request = 0; request < 59; request++) (await enter(window, 60)).leave(true);
		const slow = await underWay(window);
		const waited = ask(window, 60);
		await pass(MINUTE);
		waited.place?.leave(true);
		await pass(10 * 60_000);
		expect(await delays(window, 3)).toEqual([0, 250, 500]);
		slow.leave(true);
	});

	test('stays as it is when one more comes to those that wait', async () => {
		const window = createWindow();
		const sentAt: number[] = [];
		for (let request = 0; request < 600; request++) {
			void window.enter({ owner, perMinute: 60 }).then((place) => {
				sentAt.push(time);
				place.leave(true);
			});
		}
		await pass(MINUTE / 2);
		for (let minute = 0; minute < 4; minute++) {
			ask(window, 60);
			await pass(MINUTE);
		}
		const before = sentAt.length;
		ask(window, 60);
		await pass(MINUTE);
		const gaps = sentAt.slice(before + 1).map((at, index) => at - (sentAt[before + index] ?? 0));
		expect(gaps.length).toBeGreaterThan(50);
		expect(Math.min(...gaps)).toBeGreaterThanOrEqual(250);
	});

	test('is kept after a 429, too', async () => {
		const window = createWindow();
		await underWay(window);
		(await enter(window, 60)).leaveLimited(1_000);
		await pass(10 * 60_000);
		expect(await delays(window, 3)).toEqual([0, 250, 500]);
	});
});

describe('after a 429', () => {
	test('without a word of when, it waits for a place of its own that was let through to leave', async () => {
		const window = createWindow();
		(await enter(window, 60)).leaveLimited(1_000);
		await pass(2_000);
		(await enter(window, 60)).leave(true);
		await pass(10_000);
		(await enter(window, 60)).leaveLimited(undefined);
		const next = ask(window, 60);
		await pass(MINUTE - 12_000 - 1);
		expect(next.place).toBeUndefined();
		await pass(202);
		expect(next.place).toBeDefined();
	});

	test('a refused one is no such place: whoever has none asks again soon', async () => {
		const window = createWindow();
		(await enter(window, 60)).leaveLimited(1_000);
		await pass(2_000);
		(await enter(window, 60)).leaveLimited(undefined);
		const next = ask(window, 60);
		await pass(15_000);
		expect(next.place).toBeDefined();
	});

	test.each([
		[3, true],
		[4, false],
	])('of %i requests that one asks for, the next is let through soon: %s', async (count, isSoon) => {
		const window = createWindow();
		const places: Place[] = [];
		for (let request = 0; request < count; request++) places.push(await enter(window, 60));
		places.pop()?.leaveLimited(undefined);
		const next = ask(window, 60);
		for (const place of places) place.leave(false);
		await pass(10_000);
		expect(next.place !== undefined).toBe(isSoon);
		await pass(MINUTE);
		expect(next.place).toBeDefined();
	});

	test('only one goes in the very moment in which the pause is over', async () => {
		Object.assign(clock, { random: () => 0 });
		const window = createWindow();
		(await enter(window, 0)).leaveLimited(30_000);
		const asking = [1, 2, 3].map(() => ask(window, 0));
		await pass(30_000);
		expect(asking.map(({ place }) => place !== undefined)).toEqual([true, false, false]);
	});

	test('nobody is let through until the oldest place of its own leaves, the refused one takes a place too', async () => {
		const window = createWindow();
		(await enter(window, 2)).leave(true);
		await pass(10_000);
		(await enter(window, 2)).leaveLimited(undefined);
		const next = ask(window, 2);
		await pass(50_400);
		expect(next.place).toBeUndefined();
		await pass(400);
		expect(next.place).toBeDefined();
		next.place?.leave(true);
		expect(await timeToNext(window, 2)).toBeGreaterThan(9_000);
	});

	test('one request at a time, and two after one was let through, for five minutes', async () => {
		const window = createWindow();
		(await enter(window, 0)).leaveLimited(1_000);
		await pass(1_300);
		const first = await enter(window, 0);
		const [second, third, fourth] = [ask(window, 0), ask(window, 0), ask(window, 0)];
		await settle();
		expect(second.place).toBeUndefined();
		first.leave(true);
		await settle();
		expect([second, third, fourth].map(({ place }) => place !== undefined)).toStrictEqual([true, true, false]);
		second.place?.leave(true);
		await settle();
		expect(fourth.place).toBeDefined();
		third.place?.leave(true);
		fourth.place?.leave(true);
		await pass(300_000);
		for (let request = 0; request < 10; request++) await enter(window, 0);
	});

	test('the pause holds without a limit, and for those who wait already', async () => {
		const window = createWindow();
		const underWay = await enter(window, 0);
		underWay.leaveLimited(30_000);
		const next = ask(window, 0);
		await pass(29_999);
		expect(next.place).toBeUndefined();
		await pass(300);
		expect(next.place).toBeDefined();
	});

	test.each([
		['in between', async () => {}],
		[
			'in between but requests without an answer',
			async (window: Window) => {
				const silent = ask(window, 60);
				while (silent.place === undefined) await pass(500);
				silent.place.leave(false);
			},
		],
	])('is not worth another try when nothing was let through for ten minutes, with nothing %s', async (_, between) => {
		const window = createWindow();
		const startedAt = time;
		for (;;) {
			const asking = ask(window, 60);
			while (asking.place === undefined) await pass(500);
			if (!asking.place.leaveLimited(undefined)) break;
			await between(window);
			if (time - startedAt > 1_000_000) break;
		}
		expect(time - startedAt).toBeGreaterThanOrEqual(600_000);
		expect(time - startedAt).toBeLessThan(630_000);
	});
});

describe('a window is in use', () => {
	test('not before anybody has asked', () => {
		expect(createWindow().isInUse).toBe(false);
	});

	test('while a request is under way, and until its place is free again', async () => {
		const window = createWindow();
		const place = await enter(window, 60);
		expect(window.isInUse).toBe(true);
		place.leave(true);
		await pass(MINUTE - 1);
		expect(window.isInUse).toBe(true);
		await pass(1);
		expect(window.isInUse).toBe(false);
	});

	test('not after one whose place was given back', async () => {
		const window = createWindow();
		(await enter(window, 60)).giveBack();
		expect(window.isInUse).toBe(false);
	});

	test('until a pause is over, and while somebody waits for that', async () => {
		Object.assign(clock, { random: () => 0 });
		const window = createWindow();
		(await enter(window, 60)).leaveLimited(100_000);
		await pass(99_999);
		expect(window.isInUse).toBe(true);
		await pass(1);
		expect(window.isInUse).toBe(false);

		(await enter(window, 60)).leaveLimited(MINUTE);
		const waiting = ask(window, 60);
		await pass(MINUTE - 1);
		expect([window.isInUse, waiting.place]).toEqual([true, undefined]);
	});
});

/** The windows of a process in which no other account is in use. */
function alone(): { windowOf: typeof windowOf } {
	let loaded = { windowOf };
	jest.isolateModules(() => (loaded = jest.requireActual('../../../nodes/Crazytel/api/pacing')));
	return loaded;
}

test('of 10,000 accounts those that are idle are forgotten, and none that is in use', async () => {
	const { windowOf } = alone();
	const busy = windowOf('busy');
	const place = await enter(busy, 60);
	for (let account = 0; account < 10_000; account++) windowOf(`idle ${account}`);
	expect(windowOf('busy')).toBe(busy);
	place.leave(true);
	const last = windowOf('idle 9999');
	for (let account = 0; account < 998; account++) windowOf(`more ${account}`);
	expect(windowOf('idle 9999')).toBe(last);
	for (let account = 0; account < 1_000; account++) windowOf(`still more ${account}`);
	expect(windowOf('idle 9999')).not.toBe(last);
});

test('of 10,000 accounts that are all in use none is looked for among all the others', () => {
	let looks = 0;
	let begun = 0;
	let areInUse = true;
	const of = byAccount(() => {
		begun++;
		return {
			get isInUse() {
				looks++;
				return areInUse;
			},
		};
	});
	for (let account = 0; account < 10_000; account++) of(`${account}`);
	expect(looks).toBeLessThanOrEqual(100_000);
	for (let account = 0; account < 10_000; account++) of(`${account}`);
	expect(begun).toBe(10_000);
	// They become fewer again, whoever is asked for.
	areInUse = false;
	for (let again = 0; again < 1_000; again++) of('1');
	for (let account = 0; account < 10_000; account++) of(`${account}`);
	expect(begun).toBeGreaterThanOrEqual(19_000);
});
