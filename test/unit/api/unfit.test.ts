import type { ApiRequest } from '../../../nodes/Crazytel/api/request';
import { errorOfDenial, errorOfExcess, errorOfOther, errorOfUnreadable } from '../../../nodes/Crazytel/api/unfit';
import { EFFECTS, listRequest, makeRequest, requestOf, setRequest } from './endpoints';

const make = makeRequest({ name: 'Lamp', colour: 'red' });
const update = setRequest('a-1', { colour: 'red' });
const list = listRequest();

describe('a 2xx to a write that sets', () => {
	const of = (body: unknown, request: ApiRequest<unknown> = update) =>
		errorOfUnreadable(request, { status: 202, headers: {}, body });

	test.each([[undefined], [''], [' '], [null], ['OK'], [' "done"\r\n']])(
		'was taken, if it is empty or one word that says so (%j)',
		(body) => {
			expect(of(body)).toMatchObject({ kind: 'accepted', httpCode: '202', mayHaveActed: true });
		},
	);

	test.each([[{ status: 'queued' }], [[]], [7]])(
		'is not known to be taken, if it shows something else (%j)',
		(body) => {
			expect(of(body)).toMatchObject({ kind: 'unreadable', httpCode: '202', mayHaveActed: true });
		},
	);

	test.each([['{"id":'], ['<html></html>']])(
		'may not have been, if it was damaged or is from elsewhere (%j)',
		(body) => {
			expect(of(body).kind).toBe('uncertain');
		},
	);

	test.each(EFFECTS.filter((effect) => effect !== 'set'))(
		'is another matter than one to another effect (%s)',
		(effect) => {
			// Of what acts, an empty answer may be the whole one: it is not asked for again.
			expect(of('', requestOf[effect]).kind).toBe(effect === 'act' ? 'unreadable' : 'uncertain');
			expect(of({ status: 'queued' }, requestOf[effect]).kind).toBe('unreadable');
		},
	);

	test('that shows another thing says nothing of this one', () => {
		expect(errorOfOther(update, { status: 200, headers: {}, body: { id: 'b-2' } })).toMatchObject({
			kind: 'unreadable',
			httpCode: '200',
			message:
				'Crazytel answered changing the strange thing with another one (200). It is unknown whether the strange thing was changed.',
		});
	});
});

test.each<[ApiRequest<unknown>, string]>([
	[
		make,
		'Crazytel answered 200 to making the strange thing, but says that it failed. Crazytel says: "Insufficient credit". It is unknown whether the strange thing exists.',
	],
	[
		list,
		'Crazytel answered 200 to reading the list of strange things, but says that it failed. Crazytel says: "Insufficient credit". Try again later.',
	],
])('a 2xx that says that it failed is quoted', (request, words) => {
	const error = errorOfDenial(request, {
		status: 200,
		headers: {},
		body: { success: false, message: 'Insufficient credit' },
	});
	expect(error).toMatchObject({ kind: 'denied', httpCode: '200', message: words, fields: [] });
	expect(
		errorOfDenial(request, { status: 200, headers: {}, body: { detail: [{ loc: ['body', 'colour'], msg: 'bad' }] } })
			.fields,
	).toStrictEqual(['colour']);
});

test.each<[ApiRequest<unknown>, string]>([
	[
		make,
		'The answer of Crazytel to making the strange thing is larger than this node reads: more than 32 MB (200). It is unknown whether the strange thing exists.',
	],
	[
		list,
		'The answer of Crazytel to reading the list of strange things is larger than this node reads: more than 32 MB (200). Check the Base URL in the credential: no account of Crazytel is known to be so large.',
	],
])('a 2xx that is too large is not read', (request, message) => {
	const answer = { status: 200, headers: {}, body: undefined, excess: 'more than 32 MB' };
	expect(errorOfExcess(request, answer)).toMatchObject({ kind: 'unreadable', httpCode: '200', message });
});

describe('a 2xx that is not what was promised', () => {
	test.each([
		[undefined, 'an empty answer', 'uncertain'],
		[null, 'an empty answer', 'uncertain'],
		['', 'an empty answer', 'uncertain'],
		['{"id":', 'text that is not whole JSON', 'uncertain'],
		['<html></html>', 'a web page', 'uncertain'],
		['<title>Sign in</title>', 'a web page titled "Sign in"', 'uncertain'],
		[{ ok: true }, 'data in an unknown form', 'unreadable'],
		[[], 'data in an unknown form', 'unreadable'],
		[{ status: 7 }, 'data in an unknown form', 'unreadable'],
		[{ status: 'queued' }, "data in an unknown form, with the status 'queued'", 'unreadable'],
		[{ data: { status: 'queued' } }, "data in an unknown form, with the status 'queued'", 'unreadable'],
	])('%j', (body, what, kind) => {
		const error = errorOfUnreadable(list, { status: 200, headers: {}, body });
		expect(error).toMatchObject({ kind, httpCode: '200' });
		expect(error.message).toBe(
			`Crazytel answered reading the list of strange things with ${what} (200). Check the Base URL in the credential, or try again later.`,
		);
	});

	test('of a write leaves it unknown', () => {
		expect(errorOfUnreadable(make, { status: 201, headers: {}, body: {} })).toMatchObject({
			message:
				'Crazytel answered making the strange thing with data in an unknown form (201). It is unknown whether the strange thing exists.',
			mayHaveActed: true,
		});
	});
});
