import { ApiError, type FailureKind } from '../../../nodes/Crazytel/api/apiError';

/** Written so that a kind that is missing here does not compile. */
const ALL: Record<FailureKind, true> = {
	refused: true,
	gone: true,
	limited: true,
	undelivered: true,
	uncertain: true,
	unreadable: true,
	unsent: true,
	busy: true,
	blocked: true,
	accepted: true,
	denied: true,
	contrary: true,
	overtaken: true,
};
const kinds = Object.keys(ALL) as FailureKind[];

const of = (kind: FailureKind, httpCode = '400') => new ApiError('It failed.', '', kind, { httpCode });

describe('what follows from a failure', () => {
	test('it may have been done only if nobody knows', () => {
		expect(kinds.filter((kind) => of(kind).mayHaveActed)).toStrictEqual([
			'uncertain',
			'unreadable',
			'accepted',
			'denied',
			'contrary',
			'overtaken',
		]);
		expect(kinds.filter((kind) => of(kind).saysNothingOfEarlierTries)).toStrictEqual([
			'limited',
			'undelivered',
			'unsent',
			'busy',
			'blocked',
		]);
		expect(kinds.filter((kind) => of(kind).stopsEverything)).toStrictEqual(['undelivered']);
	});

	test.each([
		['401', true, true],
		['403', true, false],
		['404', false, false],
	])('a key that is refused with %s', (httpCode, saysNothingOfEarlierTries, stopsEverything) => {
		expect(of('refused', httpCode)).toMatchObject({ saysNothingOfEarlierTries, stopsEverything });
		expect(of('refused', httpCode).isRefusedKey).toBe(httpCode !== '404');
	});

	test('a firewall that answers with the same status refuses no key', () => {
		expect(of('blocked', '401')).toMatchObject({
			isRefusedKey: false,
			stopsEverything: false,
			saysNothingOfEarlierTries: true,
		});
	});
});

test('its message is what happened and what to do, as one text', () => {
	expect(new ApiError('It failed.', 'Mend it.', 'refused', { httpCode: '400' }).message).toBe('It failed. Mend it.');
});

test.each([
	['Mend it.', { happened: 'It failed.', cure: 'Mend it.' }],
	['', { happened: 'It failed.', cure: '' }],
	[
		'It is unknown whether the lamp exists.\nLook for it.',
		{ happened: 'It failed. It is unknown whether the lamp exists.', cure: 'Look for it.' },
	],
])('what nobody knows belongs to what happened: %j', (cure, parts) => {
	expect(new ApiError('It failed.', cure, 'uncertain', { httpCode: '500' }).parts).toStrictEqual(parts);
});

test('no more is said of it than is known', () => {
	expect(of('refused')).toMatchObject({
		name: 'ApiError',
		message: 'It failed.',
		happened: 'It failed.',
		cure: '',
		httpCode: '400',
		fields: [],
		retryAfterMs: undefined,
		isLasting: false,
		isFromBetween: false,
	});
});

describe('told in other words', () => {
	const error = new ApiError('It failed.', 'Mend it.', 'limited', {
		httpCode: '429',
		fields: ['colour'],
		retryAfterMs: 7_000,
		isLasting: true,
		isFromBetween: true,
	});

	test('it is the same failure, with the same cure', () => {
		const retold = error.retold('The list failed.');
		expect(retold).toBeInstanceOf(ApiError);
		expect(retold).toMatchObject({
			message: 'The list failed. Mend it.',
			happened: 'The list failed.',
			cure: 'Mend it.',
			kind: 'limited',
			httpCode: '429',
			fields: ['colour'],
			retryAfterMs: 7_000,
			isLasting: true,
			isFromBetween: true,
		});
	});

	test('it may have another cure, also none', () => {
		expect(error.retold('The list failed.', 'Wait.')).toMatchObject({
			message: 'The list failed. Wait.',
			kind: 'limited',
		});
		expect(error.retold('The list failed.', '').message).toBe('The list failed.');
	});

	test('it may be of another kind', () => {
		expect(error.retold('Half of it failed.', 'Wait.', 'uncertain')).toMatchObject({
			kind: 'uncertain',
			mayHaveActed: true,
			httpCode: '429',
		});
	});

	test('the first telling stays as it was', () => {
		error.retold('The list failed.', 'Wait.', 'uncertain');
		expect(error).toMatchObject({ message: 'It failed. Mend it.', kind: 'limited' });
	});
});
