import { clock } from '../../../nodes/Crazytel/api/clock';
import { createRefusals, type Refused, type Refusals } from '../../../nodes/Crazytel/api/refusals';

const real = { ...clock };
let now = 0;

beforeEach(() => {
	now = 1_000_000;
	Object.assign(clock, { now: () => now, random: () => 0.5 });
});

afterAll(() => {
	Object.assign(clock, real);
});

/** Half of what chance may add. */
const JITTER = 100;

/** How long nobody is let through, after a refusal of a request that was sent just now. */
function pauseAfter(refusals: Refusals, refused: Partial<Refused> = {}): number {
	refusals.refused({
		sentAt: now,
		retryAfterMs: undefined,
		nextLeaveAt: now + 60_500,
		hasShare: false,
		waiting: 1,
		...refused,
	});
	const pause = refusals.pausedUntil - now;
	now += pause;
	return pause;
}

test('one that asks for a single request and has no place slips in: after five seconds, then ten each', () => {
	const refusals = createRefusals();
	expect([1, 2, 3].map(() => pauseAfter(refusals))).toStrictEqual([5_000, 10_000, 10_000].map((ms) => ms + JITTER));
});

test.each([
	[3, 5_000],
	[4, 60_000],
])('%d requests: up to three slip in like one', (waiting, pause) => {
	expect(pauseAfter(createRefusals(), { waiting })).toBe(pause + JITTER);
});

test.each([
	[0, [60_000, 60_000, 10_500], [3_500, 7_000]],
	[1, [60_200, 60_200, 19_700], [6_700, 13_200]],
])('a pause is up to 30 percent shorter or longer, but not a minute (chance %d)', (chance, ofMany, ofOne) => {
	Object.assign(clock, { random: () => chance });
	const many = createRefusals();
	const one = createRefusals();
	expect(ofMany.map(() => pauseAfter(many, { waiting: 10 }))).toStrictEqual(ofMany);
	expect(ofOne.map(() => pauseAfter(one))).toStrictEqual(ofOne);
});

test('many that have no place wait until the refused ones leave, twice, and then fifteen seconds each', () => {
	const refusals = createRefusals();
	const pauses = [1, 2, 3, 4].map(() => pauseAfter(refusals, { waiting: 10 }));
	expect(pauses).toStrictEqual([60_000, 60_000, 15_000, 15_000].map((ms) => ms + JITTER));
});

test.each([1, 10])('who has a share waits until its oldest place leaves (%d wait)', (waiting) => {
	expect(pauseAfter(createRefusals(), { hasShare: true, nextLeaveAt: now + 37_000, waiting })).toBe(37_000 + JITTER);
});

test('in vain again and again, it waits longer than for the next place, at most 20 seconds', () => {
	const refusals = createRefusals();
	const pauses = Array.from({ length: 8 }, () => pauseAfter(refusals, { hasShare: true, nextLeaveAt: now + 10 }));
	expect(pauses).toStrictEqual([10, 1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000].map((ms) => ms + JITTER));
});

test('a success begins anew, but not one that was sent before the refusal', () => {
	const refusals = createRefusals();
	const before = now;
	now += 1;
	pauseAfter(refusals);
	refusals.passed(before);
	expect(pauseAfter(refusals)).toBe(10_000 + JITTER);
	refusals.passed(now);
	now += 1;
	expect(pauseAfter(refusals)).toBe(5_000 + JITTER);
});

test('what was sent in the moment of the refusal is not sent after it: neither its success nor its refusal counts', () => {
	const refusals = createRefusals();
	const refusedAt = now;
	pauseAfter(refusals);
	refusals.passed(refusedAt);
	const { pausedUntil } = refusals;
	pauseAfter(refusals, { sentAt: refusedAt });
	expect(refusals.pausedUntil).toBe(pausedUntil);
	now = pausedUntil;
	expect(pauseAfter(refusals)).toBe(10_000 + JITTER);
});

test('of a burst that is refused as a whole only the first counts', () => {
	const refusals = createRefusals();
	const sentAt = now;
	now += 10;
	const refusedAt = now;
	for (let request = 0; request < 10; request++, now++) {
		refusals.refused({ sentAt, retryAfterMs: undefined, nextLeaveAt: now + 60_500, hasShare: false, waiting: 1 });
	}
	expect(refusals.pausedUntil - refusedAt).toBe(5_000 + JITTER);
	now = refusals.pausedUntil;
	expect(pauseAfter(refusals)).toBe(10_000 + JITTER);
});

test.each([
	[0, 0],
	[1_000, 1_000],
	[119_000, 119_000],
	[86_400_000, 120_000],
])('a Retry-After of %d ms is kept, up to two minutes', (retryAfterMs, pause) => {
	expect(pauseAfter(createRefusals(), { retryAfterMs })).toBe(pause + JITTER);
});

test('a Retry-After that was too short the last time is not trusted again', () => {
	const refusals = createRefusals();
	const pauses = Array.from({ length: 4 }, () => pauseAfter(refusals, { retryAfterMs: 1 }));
	expect(pauses).toStrictEqual([1, 1_000, 2_000, 4_000].map((ms) => ms + JITTER));
});

test('of a burst the longest Retry-After counts', () => {
	const refusals = createRefusals();
	const sentAt = now;
	for (const retryAfterMs of [5_000, 40_000, 1_000])
		refusals.refused({ sentAt, retryAfterMs, nextLeaveAt: now + 60_500, hasShare: false, waiting: 1 });
	expect(refusals.pausedUntil - now).toBe(40_000 + JITTER);
});

const refuse = (refusals: Refusals): boolean =>
	refusals.refused({ sentAt: now, retryAfterMs: 0, nextLeaveAt: now + 60_500, hasShare: false, waiting: 1 });

test('it is worth asking again until nothing was let through for ten minutes', () => {
	const refusals = createRefusals();
	for (let minutes = 0; minutes < 10; minutes++) {
		expect(refuse(refusals)).toBe(true);
		now += 60_000;
	}
	const paused = refusals.pausedUntil;
	expect(refuse(refusals)).toBe(false);
	// Who waits beside it is told at once.
	expect(refusals.pausedUntil).toBe(paused);
	refusals.passed(now);
	expect(refuse(refusals)).toBe(true);
});

test('also where each answer takes a minute and asks for a day', () => {
	const refusals = createRefusals();
	const startedAt = now;
	for (;;) {
		const sentAt = now;
		now += 60_200;
		if (!refusals.refused({ sentAt, retryAfterMs: 86_400_000, nextLeaveAt: now + 60_500, hasShare: false, waiting: 1 }))
			break;
		now = refusals.pausedUntil;
		if (now - startedAt > 1_000_000) throw new Error('It is never final');
	}
	expect(now - startedAt).toBeGreaterThanOrEqual(600_000);
});

test('refusals that lie four minutes apart are one long one', () => {
	const refusals = createRefusals();
	expect(refuse(refusals)).toBe(true);
	for (const isWorthIt of [true, true, false]) {
		now += 240_000;
		expect(refuse(refusals)).toBe(isWorthIt);
	}
});

test('one refusal an hour ago and one now are not an hour of refusals', () => {
	const refusals = createRefusals();
	expect(refuse(refusals)).toBe(true);
	now += 3_600_000;
	expect(refuse(refusals)).toBe(true);
	now += 180_000;
	expect(refuse(refusals)).toBe(true);
});

test('for five minutes one at a time, and two after a success', () => {
	const refusals = createRefusals();
	expect(refusals.mostUnderWay).toBe(Infinity);
	const refusedAt = now;
	pauseAfter(refusals);
	expect(refusals.mostUnderWay).toBe(1);
	refusals.passed(now);
	expect(refusals.mostUnderWay).toBe(2);
	now = refusedAt + 299_999;
	expect(refusals.mostUnderWay).toBe(2);
	now = refusedAt + 300_000;
	expect(refusals.mostUnderWay).toBe(Infinity);
});
