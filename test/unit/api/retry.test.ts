import { ApiError, type FailureKind } from '../../../nodes/Crazytel/api/apiError';
import { clock } from '../../../nodes/Crazytel/api/clock';
import type { RequestKind } from '../../../nodes/Crazytel/api/endpoints';
import { createPatience } from '../../../nodes/Crazytel/api/retry';

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

const reads: RequestKind[] = ['listTrunks', 'listVerifiedNumbers'];
const kinds: RequestKind[] = [...reads, 'updateTrunk', 'createTrunk'];

describe('the table', () => {
	test.each<[FailureKind, RequestKind[]]>([
		['limited', kinds],
		['undelivered', kinds],
		['uncertain', [...reads, 'updateTrunk']],
		['unreadable', []],
		['refused', []],
	])('%s is worth another try for %j only', (kind, repeated) => {
		const asked = kinds.filter((request) => createPatience(1).afterFailure(request, failed(kind), 1) !== undefined);
		expect(asked.sort()).toStrictEqual([...repeated].sort());
	});

	test.each(kinds)('what cannot get better is not tried again (%s)', (request) => {
		expect(createPatience(1).afterFailure(request, failed('undelivered', { isLasting: true }), 1)).toBeUndefined();
	});

	test.each<[FailureKind, RequestKind]>([
		['limited', 'createTrunk'],
		['undelivered', 'createTrunk'],
		['uncertain', 'updateTrunk'],
		['uncertain', 'listTrunks'],
	])('%s, %s: four tries, not five', (kind, request) => {
		const patience = createPatience(100);
		for (const tries of [1, 2, 3]) expect(patience.afterFailure(request, failed(kind), tries)).toBeDefined();
		expect(patience.afterFailure(request, failed(kind), 4)).toBeUndefined();
		expect(patience.repetitions).toBe(3);
	});
});

describe('the wait before the next try', () => {
	const waits = (chance: number, details: Details = {}): Array<number | undefined> => {
		Object.assign(clock, { random: () => chance });
		const patience = createPatience(1);
		return [1, 2, 3].map((tries) => patience.afterFailure('updateTrunk', failed('uncertain', details), tries));
	};

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

	test('is none after a 429: the window keeps that pause, for all requests at once', () => {
		expect(createPatience(1).afterFailure('createTrunk', failed('limited', { retryAfterMs: 30_000 }), 1)).toBe(0);
	});
});

describe('the budget', () => {
	const repetitions = (items: number, kind: FailureKind): number => {
		const patience = createPatience(items);
		for (let request = 0; request < 1_000; request++) patience.afterFailure('updateTrunk', failed(kind), 1);
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

	test('a 429 takes nothing from it: that ends by itself', () => {
		expect(repetitions(1, 'limited')).toBe(1_000);
	});

	test('when it is spent, a failure is final and counts as one', () => {
		const patience = createPatience(1);
		for (let spent = 0; spent < 20; spent++) patience.afterFailure('listTrunks', failed('uncertain'), 1);
		for (let request = 0; request < 3; request++) {
			expect(patience.gaveUpOn('updateTrunk')).toBeUndefined();
			expect(patience.afterFailure('updateTrunk', failed('uncertain'), 1)).toBeUndefined();
		}
		expect(patience.gaveUpOn('updateTrunk')?.failures).toBe(3);
	});
});

describe('giving up', () => {
	/** A request of a kind fails for good. */
	const fail = (patience: ReturnType<typeof createPatience>, request: RequestKind, error = failed('uncertain')): void =>
		void patience.afterFailure(request, error, 4);

	test.each<FailureKind>(['uncertain', 'undelivered', 'limited'])('comes with the third failure in a row (%s), with the last error', (kind) => {
		const patience = createPatience(1);
		fail(patience, 'updateTrunk', failed(kind));
		fail(patience, 'updateTrunk', failed(kind));
		expect(patience.gaveUpOn('updateTrunk')).toBeUndefined();
		const last = failed(kind);
		fail(patience, 'updateTrunk', last);
		expect(patience.gaveUpOn('updateTrunk')).toStrictEqual({ error: last, failures: 3 });
	});

	test('counts requests, not tries', () => {
		const patience = createPatience(100);
		for (const tries of [1, 2, 3, 1, 2, 3]) patience.afterFailure('updateTrunk', failed('uncertain'), tries);
		expect(patience.gaveUpOn('updateTrunk')).toBeUndefined();
	});

	test('counts each kind alone: who cannot write may well be able to read', () => {
		const patience = createPatience(1);
		for (let request = 0; request < 3; request++) fail(patience, 'createTrunk');
		expect(kinds.filter((kind) => patience.gaveUpOn(kind) !== undefined)).toStrictEqual(['createTrunk']);
		patience.succeeded('listTrunks');
		expect(patience.gaveUpOn('createTrunk')).toBeDefined();
	});

	test.each(['refused', 'gone', 'unreadable'] as const)('begins anew after an answer with sense (%s): the service is up', (kind) => {
		const patience = createPatience(1);
		fail(patience, 'updateTrunk');
		fail(patience, 'updateTrunk');
		fail(patience, 'updateTrunk', failed(kind, { httpCode: '422' }));
		fail(patience, 'updateTrunk');
		expect(patience.gaveUpOn('updateTrunk')).toBeUndefined();
	});

	test('begins anew after a success', () => {
		const patience = createPatience(1);
		fail(patience, 'updateTrunk');
		fail(patience, 'updateTrunk');
		patience.succeeded('updateTrunk');
		fail(patience, 'updateTrunk');
		expect(patience.gaveUpOn('updateTrunk')).toBeUndefined();
	});

	test.each([
		['401', 'listVerifiedNumbers'],
		['401', 'updateTrunk'],
		['403', 'createTrunk'],
		['403', 'updateTrunk'],
	] as const)('a refused key (%s of %s) stops every kind at once, and for good', (httpCode, refused) => {
		const patience = createPatience(1);
		const error = failed('refused', { httpCode });
		fail(patience, refused, error);
		for (const kind of kinds) {
			patience.succeeded(kind);
			expect(patience.gaveUpOn(kind)).toStrictEqual({ error, failures: 1 });
		}
	});

	test.each(['listVerifiedNumbers', 'listTrunks'] as const)('a 403 of %s stops nothing: the key may be allowed to write', (kind) => {
		const patience = createPatience(1);
		fail(patience, kind, failed('refused', { httpCode: '403' }));
		for (const other of kinds) expect(patience.gaveUpOn(other)).toBeUndefined();
	});

	test('what one run has learnt is not known to the next', () => {
		const patience = createPatience(1);
		fail(patience, 'updateTrunk', failed('refused', { httpCode: '401' }));
		expect(createPatience(1).gaveUpOn('updateTrunk')).toBeUndefined();
	});
});
