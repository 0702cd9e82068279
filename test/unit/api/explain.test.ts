import type { ApiError } from '../../../nodes/Crazytel/api/apiError';
import { clock } from '../../../nodes/Crazytel/api/clock';
import { errorOfAnswer, errorOfNotTrying, errorOfOvertaken } from '../../../nodes/Crazytel/api/explain';
import type { ApiRequest, Endpoint, Explanation, Refusal } from '../../../nodes/Crazytel/api/request';
import { EFFECTS, listRequest, makeRequest, removeRequest, requestOf, setRequest } from './endpoints';

const BASE = 'https://crazytel.io';

const make = makeRequest({ name: 'Lamp', colour: 'red' });
const update = setRequest('a-1', { colour: 'red' });
const list = listRequest();

function answered(request: ApiRequest<unknown>, status: number, body: unknown = '', headers = {}): ApiError {
	return errorOfAnswer(request, { status, headers, body }, BASE);
}

const page = '<html><title>Welcome</title></html>';
const refusalOf = (field: string, msg: unknown = 'bad') => ({ detail: [{ loc: ['body', field], msg }] });

describe('an answer that is no success', () => {
	const address = 'Check the Base URL in the credential: it is https://crazytel.io.';

	test.each<[string, ApiRequest<unknown>, number, unknown, string]>([
		[
			'404',
			list,
			404,
			'',
			`Crazytel has no address for reading the list of strange things (404 at https://crazytel.io/api/v1/things/). ${address}`,
		],
		[
			'405',
			update,
			405,
			'',
			`Crazytel has no address for changing the strange thing (405 at https://crazytel.io/api/v1/things/a-1). ${address}`,
		],
		[
			'404 with a web page says nothing of the thing',
			update,
			404,
			page,
			`Crazytel has no address for changing the strange thing (404 at https://crazytel.io/api/v1/things/a-1). It answered with a web page titled "Welcome", as a proxy in between does. ${address}`,
		],
		['400', update, 400, '', 'Crazytel refused changing the strange thing (400). Check the values and run again.'],
		[
			'400 that names a field',
			update,
			400,
			refusalOf('colour'),
			'Crazytel refuses the settings (400). Colour: bad. Correct it and run again.',
		],
		['422', update, 422, '', 'Crazytel refuses the settings (422). Correct it and run again.'],
		[
			'422 with words',
			make,
			422,
			'No',
			'Crazytel refuses the settings (422). Crazytel says: "No". Correct it and run again.',
		],
		[
			'422 of a request that sends nothing',
			list,
			422,
			'',
			'Crazytel refuses the settings (422). Correct it and run again.',
		],
		[
			'422 that names several fields, and one that no thing has',
			make,
			422,
			{ detail: [...refusalOf('pin').detail, ...refusalOf('x').detail, 'More'] },
			'Crazytel refuses the settings (422). PIN: bad; x: bad. Crazytel says: "More". Correct it and run again.',
		],
		[
			'422 that names fields of which the endpoint has no labels',
			removeRequest('a-1'),
			422,
			refusalOf('colour'),
			'Crazytel refuses the settings (422). colour: bad. Correct it and run again.',
		],
		[
			'422 that names what every object has',
			make,
			422,
			refusalOf('constructor'),
			'Crazytel refuses the settings (422). constructor: bad. Correct it and run again.',
		],
		[
			'a status below those of success',
			update,
			199,
			'No',
			'Crazytel refused changing the strange thing (199). Crazytel says: "No". Check the values and run again.',
		],
		[
			'409 with what is there',
			update,
			409,
			'That name is taken',
			'Crazytel refused changing the strange thing (409). Crazytel says: "That name is taken". Check the values and run again.',
		],
		[
			'409 of what is going on',
			update,
			409,
			{ detail: 'another operation in progress' },
			'Crazytel is busy with something else and did not take this: changing the strange thing (409). Crazytel says: "another operation in progress". Run it again in a minute. Nothing was written by this request.',
		],
		[
			'423',
			make,
			423,
			'',
			'Crazytel is busy with something else and did not take this: making the strange thing (423). Run it again in a minute. Nothing was written by this request.',
		],
		[
			'407',
			update,
			407,
			'',
			'Something between this server and Crazytel has answered in its place (407), while changing the strange thing. Put the user and the password of the proxy into its address (HTTPS_PROXY) on this server. Nothing was written by this request.',
		],
		[
			'403 with a web page',
			list,
			403,
			page,
			'Something between this server and Crazytel has answered in its place (403), while reading the list of strange things. It answered with a web page titled "Welcome", as a proxy in between does. A firewall or a check for robots does so. Run it again later; if it stays, have this server let through. Nothing was written by this request.',
		],
		[
			'401',
			list,
			401,
			{ detail: 'No' },
			'Crazytel does not accept the API key (401). Crazytel says: "No". Put the account API key, not the SMS API key, into the credential.',
		],
		[
			'403',
			list,
			403,
			'',
			'Crazytel does not accept the API key (403). Put the account API key, not the SMS API key, into the credential.',
		],
		[
			'408',
			list,
			408,
			page.replace('Welcome', ''),
			'Crazytel failed while reading the list of strange things (408). It answered with a web page, as a proxy in between does. Try again later.',
		],
		[
			'503 of a read',
			list,
			503,
			'',
			'Crazytel failed while reading the list of strange things (503). Try again later.',
		],
		[
			'503 of a write',
			make,
			503,
			'',
			'Crazytel failed while making the strange thing (503). It is unknown whether the strange thing exists.',
		],
		[
			'500 that names a field',
			make,
			500,
			refusalOf('colour'),
			'Crazytel failed while making the strange thing (500). Colour: bad. It is unknown whether the strange thing exists.',
		],
	])('%s', (_, request, status, body, words) => {
		expect(answered(request, status, body).message).toBe(words);
	});

	test('names the settings by which the editor marks the fields', () => {
		expect(
			answered(make, 422, { detail: [...refusalOf('pin').detail, ...refusalOf('x').detail] }).fields,
		).toStrictEqual(['pin', 'x']);
		expect(answered(make, 400, refusalOf('colour')).fields).toStrictEqual(['colour']);
		expect(answered(make, 400).fields).toStrictEqual([]);
		expect(answered(make, 409, 'exists').fields).toStrictEqual([]);
	});

	test.each([
		[301, update, 'refused'],
		[400, make, 'refused'],
		[401, list, 'refused'],
		[403, make, 'refused'],
		[404, update, 'gone'],
		[404, removeRequest('a-1'), 'gone'],
		[404, list, 'refused'],
		[405, update, 'refused'],
		[408, make, 'uncertain'],
		[407, make, 'blocked'],
		[409, make, 'busy'],
		[423, list, 'busy'],
		[422, make, 'refused'],
		[429, make, 'limited'],
		[499, make, 'refused'],
		[500, make, 'uncertain'],
		[599, list, 'uncertain'],
	] as const)('with %d is of the kind by which it is repeated or not', (status, request, kind) => {
		expect(answered(request, status)).toMatchObject({
			name: 'ApiError',
			kind,
			httpCode: String(status),
			isLasting: status === 407,
			isFromBetween: status === 407,
		});
	});

	test.each([
		['Description already exists', 'refused'],
		['This trunk is already suspended', 'refused'],
		['duplicate key', 'refused'],
		['The number is in use', 'refused'],
		['must be unique', 'refused'],
		['', 'busy'],
		['Another change of this trunk is in progress', 'busy'],
		['Resource locked, try again', 'busy'],
	])('with 409 and %j is %s', (words, kind) => {
		expect(answered(update, 409, { detail: words }).kind).toBe(kind);
	});

	test('with 409 that names a field is refused', () => {
		expect(answered(update, 409, refusalOf('colour', 'Busy'))).toMatchObject({ kind: 'refused', fields: ['colour'] });
	});

	test.each([
		[401, 'blocked'],
		[403, 'blocked'],
		[407, 'blocked'],
		[503, 'uncertain'],
	])('with %d and a web page is not of the API: %s', (status, kind) => {
		expect(answered(make, status, page)).toMatchObject({ kind, isFromBetween: true, isRefusedKey: false });
		expect(answered(make, status, 'No').isFromBetween).toBe(status === 407);
	});

	test.each([400, 404, 429, 500, 502])('with %d and a web page may be', (status) => {
		expect(answered(make, status, page)).toMatchObject({ isFromBetween: false });
		expect(answered(make, status, page).kind).not.toBe('blocked');
	});

	test.each(EFFECTS.filter((effect) => effect !== 'read'))(
		'that leaves a write (%s) unknown says what to do then',
		(effect) => {
			const { words } = requestOf[effect].endpoint;
			expect('afterUnknown' in words && words.afterUnknown).toMatch(/^It is unknown whether/);
			expect(answered(requestOf[effect], 500)).toMatchObject({
				cure: 'afterUnknown' in words && words.afterUnknown,
				mayHaveActed: true,
			});
		},
	);
});

describe('an endpoint that knows better', () => {
	const explained = (explain: Endpoint<unknown>['explain'], { body, subject, called }: Refusal['request'] = {}) =>
		({ ...make, body, subject, called, endpoint: { ...make.endpoint, explain } }) as ApiRequest<unknown>;

	test.each<[string, Explanation, object]>([
		[
			'says all of it in its own words',
			{ happened: 'The lamp is red (400).', cure: 'Paint it.', fields: ['colour', 'name'] },
			{ message: 'The lamp is red (400). Crazytel says: "No". Paint it.', kind: 'refused', fields: ['colour', 'name'] },
		],
		[
			'says only what happened',
			{ happened: 'The lamp is red (400).' },
			{
				message: 'The lamp is red (400). Crazytel says: "No". Check the values and run again.',
				kind: 'refused',
				fields: [],
			},
		],
		[
			'says only what to do',
			{ cure: 'Paint it.' },
			{ message: 'Crazytel refused making the strange thing (400). Crazytel says: "No". Paint it.', kind: 'refused' },
		],
		[
			'says nothing',
			{},
			{
				message:
					'Crazytel refused making the strange thing (400). Crazytel says: "No". Check the values and run again.',
				kind: 'refused',
			},
		],
		['says that the thing is gone', { isGone: true }, { kind: 'gone', httpCode: '400' }],
	])('%s: the words of the server follow', (_, explanation, expected) => {
		expect(
			answered(
				explained(() => explanation),
				400,
				'No',
			),
		).toMatchObject(expected);
	});

	test('its fields take the place of those that the server named', () => {
		const request = explained(() => ({ fields: ['name'] }));
		expect(answered(request, 422, refusalOf('colour'))).toMatchObject({
			fields: ['name'],
			message: expect.stringContaining('Colour: bad.') as string,
		});
	});

	test('is told the status, the fields that the server named, what was sent, and of which thing', () => {
		const explain = jest.fn(() => ({}));
		answered(explained(explain, { body: { name: 'Lamp' }, subject: 'a-1', called: 'My lamp' }), 422, {
			detail: [...refusalOf('colour').detail, ...refusalOf('x').detail],
		});
		expect(explain.mock.calls).toStrictEqual([
			[
				{
					status: 422,
					fields: ['colour', 'x'],
					request: { body: { name: 'Lamp' }, subject: 'a-1', called: 'My lamp' },
					byOtherKey: false,
				},
			],
		]);
	});

	test('is told nothing of the key, of secrets and of headers', () => {
		const explain = jest.fn<Explanation, [Refusal]>(() => ({}));
		answered(
			{ ...explained(explain), secrets: ['Secret1Pin'], headers: { 'x-of-the-request': '1' }, idempotencyKey: 'key-1' },
			400,
		);
		expect(Object.keys(explain.mock.calls[0]?.[0].request ?? {})).toStrictEqual(['body', 'subject', 'called']);
	});

	test.each([400, 401, 403, 404, 429, 500])('is asked after a %d', (status) => {
		expect(
			answered(
				explained(() => ({ happened: 'It knows.' })),
				status,
			).happened,
		).toBe('It knows.');
	});

	test.each([
		['a web page, which the API has not written', 404, page],
		['a redirect', 302, ''],
		['a redirect just short of a refusal', 399, ''],
	])('is not asked after %s', (_, status, body) => {
		const explain = jest.fn(() => ({ happened: 'It knows.', isGone: true as const }));
		expect(answered(explained(explain), status, body)).toMatchObject({ kind: 'refused' });
		expect(explain).not.toHaveBeenCalled();
	});
});

describe('a redirect', () => {
	const unsent = 'The request was not repeated there, and the API key was not sent to it.';
	const cure = 'Check the Base URL in the credential: it is https://crazytel.io.';

	test.each([
		[
			'https://www.crazytel.io/api?secret=1',
			`crazytel.io redirects to another host, www.crazytel.io (300). ${unsent} If that host is Crazytel's, put https://www.crazytel.io as Base URL into the credential.`,
		],
		[
			'/login?secret=1',
			`crazytel.io redirects the request (300) to https://crazytel.io, and this node follows no redirect. ${cure}`,
		],
		['https://[secret', `crazytel.io redirects the request (300), and this node follows no redirect. ${cure}`],
		[undefined, `crazytel.io redirects the request (300), and this node follows no redirect. ${cure}`],
	])('to %p', (location, words) => {
		expect(answered(update, 300, '', { location }).message).toBe(words);
	});

	test('is told without the words of the server: whoever answers so is not the API', () => {
		expect(answered(update, 307, { detail: 'Moved' }).message).toBe(
			`crazytel.io redirects the request (307), and this node follows no redirect. ${cure}`,
		);
	});
});

test('a write that was refused when it was sent again is open, and both are told', () => {
	const first = answered(update, 500, 'Oops');
	const error = errorOfOvertaken(first, answered(update, 422, refusalOf('colour')));
	expect(error).toMatchObject({ kind: 'overtaken', mayHaveActed: true, httpCode: '422', fields: ['colour'] });
	expect(error.message).toBe(
		'Crazytel failed while changing the strange thing (500). Crazytel says: "Oops". It was sent again, and refused: Crazytel refuses the settings (422). Colour: bad. The first try may have been carried out. It is unknown whether the strange thing was changed.',
	);
});

describe('Retry-After', () => {
	const real = { ...clock };
	beforeAll(() => void Object.assign(clock, { epoch: () => Date.parse('2026-01-01T00:00:00Z') }));
	afterAll(() => void Object.assign(clock, real));

	test.each([
		['7', 7_000],
		[' 7.5 ', 7_500],
		['0', 0],
		['Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
		['Wed, 31 Dec 2025 23:59:59 GMT', undefined],
		['-1', undefined],
		['Infinity', undefined],
		['soon', undefined],
		['', undefined],
		[' ', undefined],
		[undefined, undefined],
		[['7'], undefined],
	])('of %j is %p milliseconds', (value, ms) => {
		expect(answered(update, 503, '', { 'retry-after': value }).retryAfterMs).toBe(ms);
	});

	test.each([
		['6.1', 'Run it again in 7 seconds.'],
		['soon', 'Run it again in a minute.'],
	])('of %j is told', (value, words) => {
		expect(answered(update, 429, { detail: 'Slow' }, { 'retry-after': value }).message).toBe(
			`Crazytel's limit of requests is reached (429): 60 a minute for the whole account. Crazytel says: "Slow". ${words} Nothing was written by this request.`,
		);
		expect(answered(update, 423, '', { 'retry-after': value }).message).toBe(
			`Crazytel is busy with something else and did not take this: changing the strange thing (423). ${words} Nothing was written by this request.`,
		);
	});
});

describe('a request that was not sent', () => {
	test('has the reason of the one before, and what to do about it', () => {
		const error = errorOfNotTrying(answered(update, 401), 1);
		expect(error).toMatchObject({ kind: 'unsent', httpCode: '401' });
		expect(error.message).toBe(
			'Not sent, because the one before failed: Crazytel does not accept the API key (401). Put the account API key, not the SMS API key, into the credential.',
		);
	});

	test('is not spoken of as if it may have been done', () => {
		expect(errorOfNotTrying(answered(make, 500), 3).message).toBe(
			'Not sent, because the last 3 requests failed: Crazytel failed while making the strange thing (500). Run this item again later.',
		);
	});
});
