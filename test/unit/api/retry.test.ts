import { ApiError, type FailureKind } from '../../../nodes/Crazytel/api/apiError';
import { clock } from '../../../nodes/Crazytel/api/clock';
import type { ApiRequest, Effect } from '../../../nodes/Crazytel/api/request';
import { createPatience } from '../../../nodes/Crazytel/api/retry';
import { EFFECTS, requestOf } from './endpoints';

type Details = Partial<ConstructorParameters<typeof ApiError>[3]>;

const failed = (kind: FailureKind, details: Details = {}): ApiError =>
	new ApiError('It failed.', 'Mend it.', kind, { httpCode: '500', ...details });

const real = { ...clock };

beforeEach(() => {
	Object.assign(clock, { random: () => 0.5 });
});

afterAll(() => {
	Object.assign(clock, real);
});

const { read, set, make } = requestOf;

/** Another endpoint of the same effect. */
const setOther: ApiRequest<unknown> = {
	...set,
	endpoint: { ...set.endpoint, name: 'setOther' } as ApiRequest<unknown>['endpoint'],
};

const requests = [...Object.values(requestOf), setOther];

/** Which effects are sent again after a failure; a kind of failure that is missing here does not compile. */
const REPEATED: Record<FailureKind, { without: Effect[]; withKey: Effect[] }> = {
	// The window decides: it is no failed try.
	limited: { without: [], withKey: [] },
	undelivered: { without: EFFECTS, withKey: EFFECTS },
	// It may have acted: an act is done once, however often it is asked for, only where the server knows it by its key.
	uncertain: { without: ['read', 'set', 'remove'], withKey: ['read', 'set', 'remove', 'act'] },
	unreadable: { without: [], withKey: [] },
	refused: { without: [], withKey: [] },
	gone: { without: [], withKey: [] },
	busy: { without: EFFECTS, withKey: EFFECTS },
	blocked: { without: EFFECTS, withKey: EFFECTS },
	accepted: { without: [], withKey: [] },
	denied: { without: [], withKey: [] },
	contrary: { without: [], withKey: [] },
	overtaken: { without: [], withKey: [] },
	unsent: { without: [], withKey: [] },
};

describe('the table', () => {
	const table = (Object.keys(REPEATED) as FailureKind[]).flatMap((kind) =>
		EFFECTS.flatMap((effect) =>
			([undefined, 'key-1'] as const).map((key): [FailureKind, Effect, string | undefined, boolean] => [
				kind,
				effect,
				key,
				REPEATED[kind][key === undefined ? 'without' : 'withKey'].includes(effect),
			]),
		),
	);

	test('is whole: every failure, every effect, with and without a key', () => {
		expect(table).toHaveLength(13 * 5 * 2);
	});

	test.each(table)('%s, %s, idempotency key %s: sent again? %s', (kind, effect, idempotencyKey, isRepeated) => {
		const patience = createPatience(1, 60);
		const wait = patience.afterFailure({ ...requestOf[effect], idempotencyKey }, failed(kind), 1);
		expect(wait !== undefined).toBe(isRepeated);
		expect(patience.repetitions).toBe(isRepeated ? 1 : 0);
	});

	test('an empty key is none', () => {
		const act = { ...requestOf.act, idempotencyKey: '' };
		expect(createPatience(1, 60).afterFailure(act, failed('uncertain'), 1)).toBeUndefined();
	});

	test.each(EFFECTS)('what cannot get better is not tried again (%s)', (effect) => {
		expect(
			createPatience(1, 60).afterFailure(requestOf[effect], failed('undelivered', { isLasting: true }), 1),
		).toBeUndefined();
	});

	test.each<[FailureKind, ApiRequest<unknown>]>([
		['undelivered', make],
		['uncertain', set],
		['uncertain', read],
		['uncertain', { ...requestOf.act, idempotencyKey: 'key-1' }],
	])('%s: four tries, not five', (kind, request) => {
		const patience = createPatience(60, 60);
		for (const tries of [1, 2, 3]) expect(patience.afterFailure(request, failed(kind), tries)).toBeDefined();
		expect(patience.afterFailure(request, failed(kind), 4)).toBeUndefined();
		expect(patience.repetitions).toBe(3);
	});
});

describe('a key that is refused', () => {
	const refused = failed('refused', { httpCode: '401' });
	const byOtherKey = { ...set, endpoint: { ...set.endpoint, hasOtherKey: true } } as typeof set;

	test('ends what is asked with it, and not what is asked with the other one', () => {
		for (const [first, second] of [
			[set, byOtherKey],
			[byOtherKey, set],
		] as const) {
			const patience = createPatience(1, 60);
			patience.afterFailure(first, refused, 1);
			expect(patience.gaveUpOn(first)).toEqual({ error: refused, failures: 1 });
			expect(patience.gaveUpOn(second)).toBeUndefined();
		}
	});
});

test('where no service is down, nobody waits, also with a key that was refused', async () => {
	const patience = createPatience(1, 60);
	patience.withdrew(set);
	patience.afterFailure(make, failed('refused', { httpCode: '401' }), 1);
	await expect(patience.untilUp(set, 0, undefined)).resolves.toBeUndefined();
});

describe('the wait before the next try', () => {
	const waits = (chance: number, details: Details = {}, kind: FailureKind = 'uncertain'): Array<number | undefined> => {
		Object.assign(clock, { random: () => chance });
		const patience = createPatience(1, 60);
		return [1, 2, 3].map((tries) => patience.afterFailure(set, failed(kind, details), tries));
	};

	test.each<FailureKind>(['busy', 'blocked'])('is longer for what does not pass in a second (%s)', (kind) => {
		expect(waits(0.5, {}, kind)).toStrictEqual([2_000, 4_000, 8_000]);
		expect(waits(1, { retryAfterMs: 9_000 }, kind)).toStrictEqual([9_000, 9_000, 16_000]);
	});

	test('is drawn from nothing up to 500, 1,000 and 2,000 milliseconds', () => {
		expect(waits(0)).toStrictEqual([0, 0, 0]);
		expect(waits(0.5)).toStrictEqual([250, 500, 1_000]);
		expect(waits(1)).toStrictEqual([500, 1_000, 2_000]);
	});

	test('is as long as the server asks, if that is longer', () => {
		expect(waits(0.5, { retryAfterMs: 700 })).toStrictEqual([700, 700, 1_000]);
	});

	test('is never longer than two minutes, whatever the server asks', () => {
		expect(waits(0.5, { retryAfterMs: 86_400_000 })).toStrictEqual([120_000, 120_000, 120_000]);
	});
});

describe('the budget', () => {
	const repetitions = (items: number, kind: FailureKind): number => {
		const patience = createPatience(items, 0);
		for (let request = 0; request < 1_000; request++) patience.afterFailure(set, failed(kind), 1);
		return patience.repetitions;
	};

	test.each([
		[0, 20],
		[1, 20],
		[20, 20],
		[21, 21],
		[300, 300],
	])('a run of %d items repeats %d times at most', (items, most) => {
		expect(repetitions(items, 'uncertain')).toBe(most);
		expect(repetitions(items, 'undelivered')).toBe(most);
	});

	test('a 429 takes nothing from it: it is no failed try', () => {
		const patience = createPatience(1, 60);
		for (let request = 0; request < 1_000; request++)
			expect(patience.afterLimit(make, failed('limited'), true)).toBe(true);
		expect(patience.repetitions).toBe(1_000);
		expect(patience.afterFailure(set, failed('uncertain'), 1)).toBeDefined();
	});

	test('when it is spent, a failure is final and counts as one', () => {
		const patience = createPatience(1, 60);
		for (let spent = 0; spent < 20; spent++) patience.afterFailure(read, failed('uncertain'), 1);
		for (let request = 0; request < 3; request++) {
			expect(patience.gaveUpOn(set)).toBeUndefined();
			expect(patience.afterFailure(set, failed('uncertain'), 1)).toBeUndefined();
		}
		expect(patience.gaveUpOn(set)?.failures).toBe(3);
	});
});

describe('giving up', () => {
	/** A request fails for good. */
	const fail = (
		patience: ReturnType<typeof createPatience>,
		request: ApiRequest<unknown>,
		error = failed('uncertain'),
	): void => void patience.afterFailure(request, error, 4);

	test.each<FailureKind>(['uncertain', 'undelivered'])(
		'comes with the third failure in a row (%s), with the last error',
		(kind) => {
			const patience = createPatience(1, 60);
			fail(patience, set, failed(kind));
			fail(patience, set, failed(kind));
			expect(patience.gaveUpOn(set)).toBeUndefined();
			const last = failed(kind);
			fail(patience, set, last);
			expect(patience.gaveUpOn(set)).toStrictEqual({ error: last, failures: 3 });
		},
	);

	test('comes after three 429s with which the window has given up', () => {
		const patience = createPatience(1, 60);
		for (let request = 0; request < 3; request++) {
			expect(patience.gaveUpOn(set)).toBeUndefined();
			expect(patience.afterLimit(set, failed('limited'), false)).toBe(false);
		}
		expect(patience.gaveUpOn(set)?.failures).toBe(3);
	});

	test('comes with the third of them also where the window has begun its ten minutes anew in between', () => {
		const patience = createPatience(1, 60);
		for (let request = 0; request < 3; request++) {
			expect(patience.gaveUpOn(make)).toBeUndefined();
			patience.succeeded(read);
			for (const isWorthIt of [true, true, false]) patience.afterLimit(make, failed('limited'), isWorthIt);
		}
		expect(patience.gaveUpOn(make)?.failures).toBe(3);
	});

	test('begins anew after a 429 that is waited out, if it was the service that failed before', () => {
		const patience = createPatience(1, 60);
		fail(patience, set);
		fail(patience, set);
		patience.afterLimit(set, failed('limited'), true);
		fail(patience, set);
		expect(patience.gaveUpOn(set)).toBeUndefined();
	});

	test('counts requests, not tries', () => {
		const patience = createPatience(100, 60);
		for (const tries of [1, 2, 3, 1, 2, 3]) patience.afterFailure(set, failed('uncertain'), tries);
		expect(patience.gaveUpOn(set)).toBeUndefined();
	});

	test('counts each endpoint alone: who cannot write may well be able to read, and to write elsewhere', () => {
		const patience = createPatience(1, 60);
		for (let request = 0; request < 3; request++) fail(patience, set);
		expect(requests.filter((request) => patience.gaveUpOn(request) !== undefined)).toStrictEqual([set]);
		patience.succeeded(read);
		patience.succeeded(setOther);
		expect(patience.gaveUpOn(set)).toBeDefined();
	});

	test('counts an endpoint by its name, whatever thing the request is about', () => {
		const patience = createPatience(1, 60);
		for (const path of ['/a', '/b', '/c']) fail(patience, { ...set, path });
		expect(patience.gaveUpOn(set)?.failures).toBe(3);
	});

	test.each(['refused', 'gone', 'unreadable', 'busy', 'accepted', 'denied', 'contrary', 'overtaken'] as const)(
		'begins anew after an answer with sense (%s): the service is up',
		(kind) => {
			const patience = createPatience(1, 60);
			fail(patience, set);
			fail(patience, set);
			fail(patience, set, failed(kind, { httpCode: '422' }));
			fail(patience, set);
			expect(patience.gaveUpOn(set)).toBeUndefined();
		},
	);

	test.each<FailureKind>(['blocked', 'uncertain'])(
		'neither counts nor begins anew with what was not the API (%s)',
		(kind) => {
			const patience = createPatience(1, 60);
			const between = failed(kind, { isFromBetween: true });
			for (let request = 0; request < 5; request++) fail(patience, set, between);
			expect(patience.gaveUpOn(set)).toBeUndefined();
			for (const error of [failed('uncertain'), failed('uncertain'), between]) fail(patience, set, error);
			expect(patience.gaveUpOn(set)).toBeUndefined();
			fail(patience, set);
			expect(patience.gaveUpOn(set)?.failures).toBe(3);
		},
	);

	test.each(['401', '403'])('a firewall that answers %s does not refuse the key', (httpCode) => {
		const patience = createPatience(1, 60);
		fail(patience, set, failed('blocked', { httpCode, isFromBetween: true }));
		for (const request of requests) expect(patience.gaveUpOn(request)).toBeUndefined();
	});

	test('begins anew after a success', () => {
		const patience = createPatience(1, 60);
		fail(patience, set);
		fail(patience, set);
		patience.succeeded(set);
		fail(patience, set);
		expect(patience.gaveUpOn(set)).toBeUndefined();
	});

	test.each<[string, Effect]>([
		...EFFECTS.map((effect): [string, Effect] => ['401', effect]),
		...EFFECTS.filter((effect) => effect !== 'read').map((effect): [string, Effect] => ['403', effect]),
	])('a refused key (%s of %s) stops every endpoint at once, and for good', (httpCode, effect) => {
		const patience = createPatience(1, 60);
		const error = failed('refused', { httpCode });
		fail(patience, requestOf[effect], error);
		for (const request of requests) {
			patience.succeeded(request);
			expect(patience.gaveUpOn(request)).toStrictEqual({ error, failures: 1 });
		}
	});

	test('a 403 of a read stops nothing: the key may be allowed to write', () => {
		const patience = createPatience(1, 60);
		fail(patience, read, failed('refused', { httpCode: '403' }));
		for (const other of requests) expect(patience.gaveUpOn(other)).toBeUndefined();
	});

	test('what one run has learnt is not known to the next', () => {
		const patience = createPatience(1, 60);
		fail(patience, set, failed('refused', { httpCode: '401' }));
		expect(createPatience(1, 60).gaveUpOn(set)).toBeUndefined();
	});
});

describe('a long run, and a service that is down', () => {
	const long = () => createPatience(61, 60);
	/** Tries a request until it is held. */
	const fail = (
		patience: ReturnType<typeof createPatience>,
		request: ApiRequest<unknown>,
		kind: FailureKind = 'uncertain',
	) => [1, 2, 3, 4].map((tries) => patience.afterFailure(request, failed(kind), tries)).pop();

	test.each([
		[61, 60, true],
		[60, 60, false],
		[31, 30, true],
		[61, 0, true],
		[60, 0, false],
		[61, 600, true],
	])('%d items at %d a minute: held? %s', (items, perMinute, isHeld) => {
		expect(fail(createPatience(items, perMinute), set) === 0).toBe(isHeld);
	});

	test.each<[FailureKind, boolean]>([
		['uncertain', true],
		['undelivered', true],
		['busy', false],
		['blocked', true],
	])('%s: held? %s', (kind, isHeld) => {
		expect(fail(long(), set, kind) === 0).toBe(isHeld);
	});

	test('while it is held, others that fail are held at their first failure, and nothing is given up', () => {
		const patience = long();
		fail(patience, set);
		for (let request = 0; request < 10; request++)
			expect(patience.afterFailure({ ...set }, failed('undelivered'), 1)).toBe(0);
		expect(patience.gaveUpOn(set)).toBeUndefined();
	});

	test('what may not be repeated is given up, and what follows is held', async () => {
		const patience = long();
		expect(patience.afterFailure(make, failed('uncertain'), 1)).toBeUndefined();
		const stop = new AbortController();
		const waiting = patience.untilUp({ ...make }, 0, stop.signal);
		stop.abort();
		await expect(waiting).rejects.toThrow('canceled');
	});

	test.each(['refused', 'gone', 'busy', 'contrary'] as const)('an answer with sense ends it (%s)', async (kind) => {
		const patience = long();
		fail(patience, set);
		patience.afterFailure({ ...set }, failed(kind), 4);
		await patience.untilUp(set, 4, undefined);
	});

	test('a 429 ends it as well: the service answers', async () => {
		const patience = long();
		fail(patience, set);
		patience.afterLimit({ ...set }, failed('limited'), true);
		await patience.untilUp(set, 4, undefined);
	});

	test('one that fails alone, while others succeed, is given up after its fifth try', () => {
		const patience = long();
		expect(fail(patience, set)).toBe(0);
		patience.succeeded({ ...set });
		expect(patience.afterFailure(set, failed('uncertain'), 5)).toBeUndefined();
		expect(patience.gaveUpOn(set)).toBeUndefined();
	});

	test('where it comes back and is down again before those that were held have been sent, they are held again, all but one', () => {
		const patience = long();
		const held = [1, 2, 3, 4, 5].map(() => ({ ...set }));
		for (const request of held) expect(fail(patience, request)).toBe(0);
		// Three before it is held, and the one for which it is held.
		expect(patience.repetitions).toBe(20);
		patience.succeeded({ ...set });
		expect(held.map((request) => patience.afterFailure(request, failed('uncertain'), 5))).toStrictEqual([
			undefined,
			0,
			0,
			0,
			0,
		]);
		expect(patience.gaveUpOn({ ...set })).toBeUndefined();
	});

	test.each<[string, FailureKind, Details, number]>([
		['was told that the thing is busy, and tries again', 'busy', {}, 1],
		['was held up in between for good', 'blocked', { isFromBetween: true, isLasting: true }, 1],
		['met what does not pass', 'undelivered', { isLasting: true }, 1],
	])('nobody waits for one that asked and %s', async (_, kind, details, tries) => {
		let now = 0;
		Object.assign(clock, { now: () => now, wait: async (ms: number) => void (now += ms) });
		const patience = long();
		fail(patience, set);
		const asker = { ...set };
		await patience.untilUp(asker, 0, undefined);
		patience.afterFailure(asker, failed(kind, details), tries);
		await patience.untilUp(kind === 'busy' ? asker : { ...set }, 0, undefined);
		Object.assign(clock, real);
	});

	test.each<FailureKind>(['blocked', 'uncertain'])(
		'what is not the API for all of the two minutes ends it as well (%s): the rest is not sent',
		async (kind) => {
			let now = 0;
			Object.assign(clock, { now: () => now, wait: async (ms: number) => void (now += ms) });
			const patience = long();
			const between = failed(kind, { isFromBetween: true });
			for (const tries of [1, 2, 3, 4]) patience.afterFailure(set, between, tries);
			const ends: unknown[] = [];
			for (let asked = 0; asked < 5; asked++) {
				await patience.untilUp(set, 4, undefined);
				expect(patience.gaveUpOn(set)).toBeUndefined();
				ends.push(patience.afterFailure(set, between, 5 + asked));
			}
			expect(ends).toStrictEqual([0, 0, 0, 0, undefined]);
			expect(now).toBeGreaterThanOrEqual(125_000);
			expect(patience.gaveUpOn({ ...set })?.failures).toBeGreaterThanOrEqual(3);
			Object.assign(clock, real);
		},
	);

	test.each([
		['the key', false],
		['the other key', true],
	])('nobody waits for one that asks no more, because %s was refused elsewhere', async (_, hasOtherKey) => {
		let now = 0;
		Object.assign(clock, { now: () => now, wait: async (ms: number) => void (now += ms) });
		const patience = long();
		const by = (request: ApiRequest<unknown>) =>
			({ ...request, endpoint: { ...request.endpoint, hasOtherKey } }) as ApiRequest<unknown>;
		const held = [by(set), by(set), by(set)];
		for (const request of held) fail(patience, request);
		patience.afterFailure(by(make), failed('refused', { httpCode: '401' }), 1);
		await Promise.all(held.map(async (request) => await patience.untilUp(request, 4, undefined)));
		expect(held.map((request) => patience.gaveUpOn(request)?.failures)).toStrictEqual([1, 1, 1]);
		Object.assign(clock, real);
	});

	test.each([
		[0, 5_000],
		[3, 5_000],
		[4, 5_100],
	])(
		'one that was sent %i times asks after %i ms: whoever has tried enough lets others ask first',
		async (tries, ms) => {
			let now = 0;
			Object.assign(clock, { now: () => now, wait: async (waitMs: number) => void (now += waitMs) });
			const patience = long();
			fail(patience, set);
			await patience.untilUp({ ...set }, tries, undefined);
			expect(now).toBe(ms);
			Object.assign(clock, real);
		},
	);

	test('when the one that asks is not sent after all, the next one asks', async () => {
		let now = 0;
		Object.assign(clock, { now: () => now, wait: async (ms: number) => void (now += ms) });
		const patience = long();
		fail(patience, set);
		const asker = { ...set };
		await patience.untilUp(asker, 0, undefined);
		let hasAsked = false;
		const next = patience.untilUp({ ...set }, 0, undefined).then(() => (hasAsked = true));
		patience.withdrew(asker);
		// Moments enough for whoever was told.
		for (let turn = 0; turn < 20; turn++) await Promise.resolve();
		expect(hasAsked).toBe(true);
		await next;
		Object.assign(clock, real);
	});

	test('nothing is held any more when the repetitions of the run are spent', () => {
		const patience = long();
		for (let spent = 0; spent < 61; spent++) patience.afterFailure(read, failed('uncertain'), 1);
		expect(patience.afterFailure(set, failed('uncertain'), 4)).toBeUndefined();
	});

	test('what does not pass is not waited for: after three the rest is not sent', () => {
		const patience = long();
		fail(patience, set);
		for (let request = 0; request < 3; request++)
			patience.afterFailure({ ...set }, failed('undelivered', { isLasting: true }), 1);
		expect(patience.gaveUpOn(set)?.failures).toBeGreaterThanOrEqual(3);
	});
});
