/* eslint-disable @n8n/community-nodes/no-restricted-globals -- looks at the timers that are left */
import { clock, Stopped, until } from '../../../nodes/Crazytel/api/clock';

const HOUR_MS = 3_600_000;

const real = { ...clock };

afterEach(() => {
	Object.assign(clock, real);
});

describe('a wait', () => {
	test('is over when its time has passed', async () => {
		const startedAt = clock.now();
		await clock.wait(20);
		expect(clock.now() - startedAt).toBeGreaterThanOrEqual(20);
	});

	test.each([0, -5])('of %d milliseconds is over though no time passes', async (ms) => {
		Object.assign(clock, { now: () => 1_000 });
		await expect(clock.wait(ms)).resolves.toBeUndefined();
	});

	test('ends by the clock, not by counting its slices', async () => {
		let time = 0;
		// The machine sleeps through most of the hour.
		Object.assign(clock, { now: () => (time += HOUR_MS / 2) });
		await clock.wait(HOUR_MS);
		expect(time).toBeLessThan(3 * HOUR_MS);
	});

	test('of an hour ends when the execution is stopped, by saying so', async () => {
		const stop = new AbortController();
		const waiting = clock.wait(HOUR_MS, stop.signal);
		stop.abort();
		await expect(waiting).rejects.toThrow(Stopped);
	});

	test('does not begin in an execution that is stopped already, not even one of no time', async () => {
		const signal = AbortSignal.abort();
		await expect(clock.wait(HOUR_MS, signal)).rejects.toThrow(Stopped);
		await expect(clock.wait(0, signal)).rejects.toThrow(Stopped);
	});

	test('without a signal just waits', async () => {
		await expect(clock.wait(1, undefined)).resolves.toBeUndefined();
	});
});

describe('until', () => {
	/** An event, and how many listeners there are to the stop. */
	function scene() {
		const stop = new AbortController();
		const add = jest.spyOn(stop.signal, 'addEventListener');
		const remove = jest.spyOn(stop.signal, 'removeEventListener');
		let happen = (): void => {};
		let fail: (error: Error) => void = () => {};
		const event = new Promise<void>((resolve, reject) => {
			happen = resolve;
			fail = reject;
		});
		const listeners = () =>
			add.mock.calls.filter(
				([type, listener]) => !remove.mock.calls.some((call) => call[0] === type && call[1] === listener),
			).length;
		return { stop, event, happen, fail, listeners };
	}

	test('is over when the event happens, and leaves no listener behind', async () => {
		const { stop, event, happen, listeners } = scene();
		const waiting = until(event, stop.signal);
		expect(listeners()).toBe(1);
		happen();
		await waiting;
		expect(listeners()).toBe(0);
	});

	test('ends with Stopped when the execution is stopped, though the event never happens', async () => {
		const { stop, event, listeners } = scene();
		const waiting = until(event, stop.signal);
		stop.abort();
		await expect(waiting).rejects.toThrow(Stopped);
		expect(listeners()).toBe(0);
	});

	test('ends with Stopped when both come together: nothing is to be sent then', async () => {
		const { stop, event, happen } = scene();
		const waiting = until(event, stop.signal);
		happen();
		stop.abort();
		await expect(waiting).rejects.toThrow(Stopped);
	});

	test('ends with Stopped at once in an execution that is stopped already', async () => {
		await expect(until(new Promise(() => {}), AbortSignal.abort())).rejects.toThrow(Stopped);
	});

	test('hands on the failure of the event, and leaves no listener behind', async () => {
		const { stop, event, fail, listeners } = scene();
		const waiting = until(event, stop.signal);
		fail(new Error('It broke'));
		await expect(waiting).rejects.toThrow('It broke');
		expect(listeners()).toBe(0);
	});

	test('waits without a signal', async () => {
		await expect(until(Promise.resolve(), undefined)).resolves.toBeUndefined();
	});
});

describe('a deadline', () => {
	test('rings once its time has passed, and only once', async () => {
		let rung = 0;
		clock.deadline(1, () => void rung++);
		await clock.wait(600);
		expect(rung).toBe(1);
	});

	test('that was called off does not ring, and another one does', async () => {
		const rung: string[] = [];
		const callOff = clock.deadline(1, () => rung.push('called off'));
		clock.deadline(1, () => rung.push('left'));
		callOff();
		await clock.wait(600);
		expect(rung).toEqual(['left']);
	});

	test('of a thousand that are called off none leaves a timer behind', async () => {
		const timers = jest.spyOn(global, 'setTimeout');
		for (let sent = 0; sent < 1_000; sent++) clock.deadline(60_000, () => undefined)();
		await new Promise((resolve) => setImmediate(resolve));
		expect(timers.mock.calls.length).toBeLessThanOrEqual(1);
		timers.mockRestore();
	});

	test('begins anew after a time without any', async () => {
		clock.deadline(60_000, () => undefined)();
		await clock.wait(600);
		await new Promise<void>((resolve) => clock.deadline(1, resolve));
	});
});

test('who calculates for long lets others have their turn', async () => {
	const breathe = clock.breather();
	let turns = 0;
	const counting = (async () => {
		for (; turns < 3; turns++) await new Promise((resolve) => setImmediate(resolve));
	})();
	while (turns < 3) await breathe();
	await counting;
	expect(turns).toBe(3);
});

test('Stopped says canceled, the word by which n8n knows a stopped execution', () => {
	expect(new Stopped().message).toContain('canceled');
	expect(new Stopped().name).toBe('Stopped');
});

test('the time does not run backwards, chance is from 0 up to 1, and the epoch is that of the world', () => {
	const before = clock.now();
	expect(clock.now()).toBeGreaterThanOrEqual(before);
	for (let draw = 0; draw < 100; draw++) {
		const chance = clock.random();
		expect(chance >= 0 && chance < 1).toBe(true);
	}
	expect(new Date(clock.epoch()).getFullYear()).toBeGreaterThanOrEqual(2025);
});
