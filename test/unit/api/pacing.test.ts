/* eslint-disable @n8n/community-nodes/no-restricted-globals -- the driven clock lets all else go on between two sleepers */
import fc from 'fast-check';

import { clock, Stopped } from '../../../nodes/Crazytel/api/clock';
import { createWindow, type Place, type Window, windowOf } from '../../../nodes/Crazytel/api/pacing';

const MINUTE = 60_000;

const real = { ...clock };

let time = 0;
/** Who waits until when, in the order in which they began. */
let sleepers: Array<{ end: number; wake: () => void }> = [];

beforeEach(() => {
	time = 1_000_000;
	sleepers = [];
	Object.assign(clock, {
		now: () => time,
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
	window.enter(perMinute, signal).then(
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
	asking.place?.leave();
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
			place.leave();
		}
		expect(await timeToNext(window, 60)).toBe(MINUTE);
	});

	test('has a place free 60 seconds after the answer, not after the sending', async () => {
		const window = createWindow();
		const slow = await enter(window, 1);
		await pass(45_000);
		slow.leave();
		expect(await timeToNext(window, 1)).toBe(MINUTE);
	});

	test('has no place free while the request in it is under way, however long that takes', async () => {
		const window = createWindow();
		const slow = await enter(window, 1);
		const next = ask(window, 1);
		await pass(10 * MINUTE);
		expect(next.place).toBeUndefined();
		slow.leave();
		await pass(MINUTE - 1);
		expect(next.place).toBeUndefined();
		await pass(200);
		expect(next.place).toBeDefined();
	});

	test('counts a place once, however often it is left', async () => {
		const window = createWindow();
		const place = await enter(window, 2);
		place.leave();
		place.leave();
		place.leaveLimited(MINUTE);
		(await enter(window, 2)).leave();
		expect(await timeToNext(window, 2)).toBe(MINUTE);
	});

	test('is the same for all with the same account, and another one for each other account', () => {
		expect(windowOf('one')).toBe(windowOf('one'));
		expect(windowOf('one')).not.toBe(windowOf('two'));
	});

	test('says how long each one has waited', async () => {
		const window = createWindow();
		(await enter(window, 1)).leave();
		const next = ask(window, 1);
		await pass(MINUTE);
		expect(next.place?.waitedMs).toBe(MINUTE);
	});

	test('holds for users with two different limits: each sees the requests of both', async () => {
		const window = createWindow();
		for (let request = 0; request < 3; request++) (await enter(window, 5)).leave();
		const strict = ask(window, 3);
		await settle();
		expect(strict.place).toBeUndefined();
		await pass(MINUTE);
		strict.place?.leave();
		for (let request = 0; request < 4; request++) (await enter(window, 5)).leave();
		expect(await timeToNext(window, 5)).toBe(MINUTE);
	});

	test('with 0 lets everyone through, whatever is under way', async () => {
		const window = createWindow();
		for (let request = 0; request < 500; request++) await enter(window, 0);
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
		(await enter(window, 1)).leave();
		const first = window.enter(1).then((place) => place.giveBack());
		const second = ask(window, 1);
		await pass(MINUTE);
		await first;
		expect(second.at).toBe(time);
		expect(second.place?.waitedMs).toBe(MINUTE);
	});

	test('is no answer: a pause after a 429 is as long as without it', async () => {
		const window = createWindow();
		(await enter(window, 0)).leaveLimited(undefined);
		await pass(10_000);
		(await enter(window, 0)).giveBack();
		(await enter(window, 0)).leaveLimited(undefined);
		expect(await timeToNext(window, 0)).toBe(20_000);
	});

	test('is given back once, and cannot be left any more', async () => {
		const window = createWindow();
		const place = await enter(window, 2);
		place.giveBack();
		place.giveBack();
		place.leave();
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

	test('never more than the limit stand in any 60 seconds, first come, first served, and nobody waits for nothing', async () => {
		await fc.assert(
			fc.asyncProperty(requests, fc.integer({ min: 1, max: 6 }), async (wanted, limit) => {
				time = 0;
				sleepers = [];
				const window = createWindow();
				const sent: Array<{ index: number; sentAt: number; endedAt: number; countedAt: number; waitedMs: number }> = [];
				let arrival = 0;
				const all = wanted.map(async ({ arrivesAfter, takes, counted }, index) => {
					arrival += arrivesAfter;
					await clock.wait(arrival);
					const { leave, waitedMs } = await window.enter(limit);
					const sentAt = time;
					sent.push({ index, sentAt, endedAt: sentAt + takes, countedAt: sentAt + takes * counted, waitedMs });
					await clock.wait(takes);
					leave();
				});
				await pass(arrival + wanted.length * 100_000);
				await Promise.all(all);

				expect(sent.map(({ index }) => index)).toStrictEqual([...wanted.keys()]);
				const standing = (at: number, others: typeof sent) =>
					others.filter(({ sentAt, endedAt }) => sentAt <= at && at < endedAt + MINUTE).length;
				for (const [place, { sentAt, countedAt, waitedMs }] of sent.entries()) {
					expect(standing(sentAt, sent.slice(0, place))).toBeLessThan(limit);
					// The server's own view: 60 seconds from any request that it has counted.
					const inMinute = sent.filter((other) => other.countedAt >= countedAt && other.countedAt < countedAt + MINUTE);
					expect(inMinute.length).toBeLessThanOrEqual(limit);
					// One look earlier there was no place.
					if (waitedMs > 100) expect(standing(sentAt - 101, sent.slice(0, place))).toBe(limit);
				}
			}),
			{ numRuns: 150, interruptAfterTimeLimit: 8_000 },
		);
	}, 30_000);

	test('with Stop at any place in the queue: the others keep their order, and nobody hangs', async () => {
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
				const sent: number[] = [];
				const canceled: number[] = [];
				const stops = takes.map(() => new AbortController());
				const all = takes.map(async (ms, index) => {
					try {
						const place = await window.enter(limits[index] ?? 0, stops[index]?.signal);
						sent.push(index);
						await clock.wait(ms);
						if (limited[index]) place.leaveLimited(undefined);
						else place.leave();
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

				expect([...sent, ...canceled].sort((a, b) => a - b)).toStrictEqual([...takes.keys()]);
				expect(sent).toStrictEqual([...sent].sort((a, b) => a - b));
				for (const index of canceled) expect(stopped.map((stop) => stop.index)).toContain(index);
			}),
			{ numRuns: 100, interruptAfterTimeLimit: 8_000 },
		);
	}, 30_000);
});

describe('Stop', () => {
	/** A full window of one with three in the queue. */
	async function queue() {
		const window = createWindow();
		(await enter(window, 1)).leave();
		const stops = [0, 1, 2].map(() => new AbortController());
		const asking = stops.map(({ signal }) => ask(window, 1, signal));
		await settle();
		return { window, asking, stops };
	}

	test.each([0, 1, 2])('of number %d in the queue ends its wait at once, and the others keep their order', async (index) => {
		const { asking, stops } = await queue();
		stops[index]?.abort();
		await settle();
		expect(asking[index]?.error).toBeInstanceOf(Stopped);

		const others = asking.filter((_, other) => other !== index);
		await pass(MINUTE);
		expect(others.map(({ place }) => place !== undefined)).toStrictEqual([true, false]);
		others[0]?.place?.leave();
		await pass(MINUTE);
		expect(others[1]?.place).toBeDefined();
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
		await expect(window.enter(60, AbortSignal.abort())).rejects.toThrow(Stopped);
		await enter(window, 1);
	});
});

describe('after a 429', () => {
	/** One request that is refused. */
	async function refused(window: Window, retryAfterMs?: number, perMinute = 60): Promise<void> {
		(await enter(window, perMinute)).leaveLimited(retryAfterMs);
	}

	test.each([0, 60])('nobody is let in for 10 seconds (limit %d)', async (perMinute) => {
		const window = createWindow();
		await refused(window, undefined, perMinute);
		expect(await timeToNext(window, perMinute)).toBe(10_000);
	});

	test('the pause doubles from 10 seconds with each next one that is refused, up to two minutes', async () => {
		const window = createWindow();
		const pauses: number[] = [];
		await refused(window);
		for (let refusal = 0; refusal < 6; refusal++) {
			const refusedAt = time;
			const next = ask(window, 60);
			for (let slept = 0; next.at === undefined && slept < 300; slept++) await pass(1_000);
			pauses.push((next.at ?? Infinity) - refusedAt);
			next.place?.leaveLimited(undefined);
		}
		expect(pauses).toStrictEqual([10_000, 20_000, 40_000, 80_000, 120_000, 120_000]);
	});

	test('a success that was sent after the pause begins anew at 10 seconds', async () => {
		const window = createWindow();
		await refused(window);
		await pass(10_000);
		await refused(window);
		await pass(20_000);
		(await enter(window, 60)).leave();
		await refused(window);
		expect(await timeToNext(window, 60)).toBe(10_000);
	});

	test('a success that was sent before the pause says nothing of it', async () => {
		const window = createWindow();
		const early = await enter(window, 60);
		await pass(1);
		await refused(window);
		await pass(10_000);
		early.leave();
		await refused(window);
		expect(await timeToNext(window, 60)).toBe(20_000);
	});

	test('a burst that is refused as a whole makes the pause longer once', async () => {
		const window = createWindow();
		const burst = await Promise.all(Array.from({ length: 10 }, async () => await enter(window, 60)));
		await pass(100);
		for (const place of burst) place.leaveLimited(undefined);
		await pass(10_000);
		await refused(window);
		expect(await timeToNext(window, 60)).toBe(20_000);
	});

	test('the pause is as long as Retry-After, also where that is shorter than ten seconds', async () => {
		for (const asked of [1_000, 30_000, 119_000]) {
			const window = createWindow();
			await refused(window, asked);
			expect(await timeToNext(window, 60)).toBe(asked);
		}
	});

	test('a Retry-After of a day is cut to two minutes', async () => {
		const window = createWindow();
		await refused(window, 86_400_000);
		expect(await timeToNext(window, 60)).toBe(120_000);
	});

	test('a Retry-After that was too short the last time is not trusted again: the pause grows', async () => {
		const window = createWindow();
		await refused(window, 1_000);
		await pass(1_000);
		await refused(window, 1_000);
		expect(await timeToNext(window, 60)).toBe(20_000);
	});

	test('but one that is longer than the pause would be is kept', async () => {
		const window = createWindow();
		await refused(window, 1_000);
		await pass(1_000);
		await refused(window, 60_000);
		expect(await timeToNext(window, 60)).toBe(60_000);
	});

	test('of two pauses the one that ends later counts', async () => {
		const window = createWindow();
		const [first, second] = [await enter(window, 60), await enter(window, 60)];
		first.leaveLimited(40_000);
		second.leaveLimited(5_000);
		expect(await timeToNext(window, 60)).toBe(40_000);
	});

	test('those who wait for a place already keep the pause as well', async () => {
		const window = createWindow();
		(await enter(window, 2)).leave();
		const underWay = await enter(window, 2);
		const waiting = ask(window, 2);
		await pass(59_000);
		underWay.leaveLimited(30_000);
		await pass(29_000);
		expect(waiting.place).toBeUndefined();
		await pass(2_000);
		expect(waiting.place).toBeDefined();
	});

	test('the refused request takes no place in the window', async () => {
		const window = createWindow();
		await refused(window, 1_000, 1);
		expect(await timeToNext(window, 1)).toBe(1_000);
	});
});
