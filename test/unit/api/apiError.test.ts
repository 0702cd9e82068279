import { ApiError, errorOfAnswer, errorOfNotTrying, errorOfSilence, errorOfUnreadable } from '../../../nodes/Crazytel/api/apiError';
import { clock } from '../../../nodes/Crazytel/api/clock';
import {
	type ApiRequest,
	createTrunkRequest,
	deleteTrunkRequest,
	setPasswordRequest,
	trunkListRequest,
	updateTrunkRequest,
	verifiedNumbersRequest,
} from '../../../nodes/Crazytel/api/endpoints';
import type { Unanswered } from '../../../nodes/Crazytel/api/exchange';

const ID = '3f2b8c1e-5a4d-4c6b-9e7f-0a1b2c3d4e5f';
const BASE = 'https://crazytel.io';

const numbers = { caller_id_number: '61291234567', sms_sender: '61412345678' };
const create = createTrunkRequest({ ...numbers, password: 'Secret1Pass' });
const update = updateTrunkRequest(ID, { enabled: false });
const list = trunkListRequest();

function answered(request: ApiRequest<unknown>, status: number, body: unknown = '', headers = {}): ApiError {
	return errorOfAnswer(request, { status, headers, body }, BASE);
}

function silent(failure: Partial<Unanswered>): ApiError {
	return errorOfSilence(list, { code: 'ECONNRESET', reason: 'socket hang up', neverDelivered: false, isLasting: false, ...failure }, BASE);
}

describe('an answer that is no success', () => {
	const page = '<html><title>Welcome</title></html>';
	const gone = 'If every trunk is missing, check the Base URL in the credential.';
	const address = 'Check the Base URL in the credential: it is https://crazytel.io.';
	const settings = (field: string, msg: unknown = 'bad') => ({ detail: [{ loc: ['body', field], msg }] });

	test.each<[string, ApiRequest<unknown>, number, unknown, string]>([
		[
			'404 of a trunk',
			update, 404, { detail: 'Not found' },
			`Trunk '${ID}' does not exist in this account (404). Crazytel says: "Not found". Check its ID, or choose it again; it may have been deleted. ${gone}`,
		],
		[
			'404 of a trunk to delete',
			deleteTrunkRequest(ID), 404, { detail: 'Not found' },
			`Trunk '${ID}' is already gone (404): this account has no trunk with this ID. Crazytel says: "Not found". Nothing is left to delete, unless the ID is wrong. If every trunk is gone, check the Base URL in the credential.`,
		],
		[
			'404 with a web page says nothing of the trunk',
			update, 404, page,
			`Crazytel has no address for changing the trunk (404 at https://crazytel.io/api/v1/sip-trunks/${ID}). It answered with a web page titled "Welcome", as a proxy in between does. ${address}`,
		],
		['405', verifiedNumbersRequest(), 405, '', `Crazytel has no address for reading the verified numbers (405 at https://crazytel.io/api/v1/account/verified-cli/). ${address}`],
		[
			'404 of the list',
			list, 404, '',
			"Crazytel has no address for reading the list of trunks (404 at https://crazytel.io/api/v1/sip-trunks/). Give the trunk's ID instead of choosing it: this account may have no list. Or check the Base URL in the credential: it is https://crazytel.io.",
		],
		[
			'400 with two numbers',
			create, 400, '',
			'Crazytel refuses the Caller ID or the SMS Sender (400). Choose a verified number from the list, or verify this one in the Crazytel portal first.',
		],
		['400 with numbers, that names a field', create, 400, settings('sms_sender'), 'Crazytel refuses the settings (400). SMS Sender: bad. Correct it and run again.'],
		['400 without a number', update, 400, '', 'Crazytel refused changing the trunk (400). Check the values and run again.'],
		['422 with a password', create, 422, 'No', 'Crazytel refuses the settings, in most cases the Password (422). Crazytel says: "No". Correct it and run again.'],
		['422 without a password', update, 422, '', 'Crazytel refuses the settings (422). Correct it and run again.'],
		['422 of a request that sends nothing', list, 422, '', 'Crazytel refuses the settings (422). Correct it and run again.'],
		[
			'422 that names several fields, and one that no trunk has',
			create, 422, { detail: [...settings('sms_sender').detail, ...settings('x').detail, 'More'] },
			'Crazytel refuses the settings (422). SMS Sender: bad; x: bad. Crazytel says: "More". Correct it and run again.',
		],
		['409', update, 409, '', 'Crazytel refused changing the trunk (409). Check the values and run again.'],
		['401', list, 401, { detail: 'No' }, 'Crazytel does not accept the API key (401). Crazytel says: "No". Put the account API key, not the SMS API key, into the credential.'],
		['403', list, 403, '', 'Crazytel does not accept the API key (403). Put the account API key, not the SMS API key, into the credential.'],
		['408', list, 408, page.replace('Welcome', ''), 'Crazytel failed while reading the list of trunks (408). It answered with a web page, as a proxy in between does. Try again later.'],
		[
			'503 of a write',
			setPasswordRequest(ID, 'Secret1Pass'), 503, '',
			'Crazytel failed while setting the password (503). It is unknown whether the trunk has its new password. Run this again: it sets a password once more, and shows that one if it was generated.',
		],
	])('%s', (_, request, status, body, words) => {
		expect(answered(request, status, body).message).toBe(words);
	});

	test('names the settings by which the editor marks the fields', () => {
		expect(answered(create, 400).fields).toStrictEqual(['caller_id_number', 'sms_sender']);
		expect(answered(create, 422, settings('password')).fields).toStrictEqual(['password']);
		expect(answered(create, 409).fields).toStrictEqual([]);
	});

	test.each([
		[301, update, 'refused'],
		[400, create, 'refused'],
		[401, list, 'refused'],
		[404, update, 'gone'],
		[404, deleteTrunkRequest(ID), 'gone'],
		[404, list, 'refused'],
		[408, create, 'uncertain'],
		[422, create, 'refused'],
		[429, create, 'limited'],
		[499, create, 'refused'],
		[500, create, 'uncertain'],
	] as const)('with %d is of the kind by which it is repeated or not', (status, request, kind) => {
		expect(answered(request, status)).toMatchObject({ name: 'ApiError', kind, httpCode: String(status), isLasting: false });
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
		['/login?secret=1', `crazytel.io redirects the request (300) to https://crazytel.io, and this node follows no redirect. ${cure}`],
		['https://[secret', `crazytel.io redirects the request (300), and this node follows no redirect. ${cure}`],
		[undefined, `crazytel.io redirects the request (300), and this node follows no redirect. ${cure}`],
	])('to %p', (location, words) => {
		expect(answered(update, 300, '', { location }).message).toBe(words);
	});
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
	});
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
	])('%j', (body, what, kind) => {
		const error = errorOfUnreadable(list, { status: 200, headers: {}, body });
		expect(error).toMatchObject({ kind, httpCode: '200' });
		expect(error.message).toBe(
			`Crazytel answered reading the list of trunks with ${what} (200). Check the Base URL in the credential, or try again later.`,
		);
	});
});

describe('no answer', () => {
	test.each([
		['ECONNREFUSED', 'connect ECONNREFUSED', 'the connection was refused'],
		['ENOTFOUND', 'getaddrinfo', 'no such host name was found'],
		['EAI_AGAIN', 'getaddrinfo', 'no such host name was found'],
		['EHOSTUNREACH', 'connect', 'there is no way to it'],
		['ENETUNREACH', 'connect', 'there is no way to it'],
		['ECONNRESET', 'closed before secure TLS connection was established', 'it does not speak https there'],
		['CERT_HAS_EXPIRED', 'certificate has expired', 'its certificate is not trusted (certificate has expired)'],
	])('%s: nothing was sent', (code, reason, words) => {
		const error = silent({ code, reason, neverDelivered: true, isLasting: true });
		expect(error).toMatchObject({ kind: 'undelivered', httpCode: code, isLasting: true });
		expect(error.message).toBe(
			`Crazytel cannot be reached at crazytel.io: ${words}. Nothing was sent. Check the Base URL in the credential and this server's network.`,
		);
	});

	test.each([
		['ECONNABORTED', 'timeout of 30000ms exceeded'],
		['ETIMEDOUT', 'read'],
	])('in time (%s)', (code, reason) => {
		expect(silent({ code, reason })).toMatchObject({ kind: 'uncertain', httpCode: code });
		expect(silent({ code, reason }).message).toBe('Crazytel did not answer within 30 seconds while reading the list of trunks. Try again later.');
	});

	test.each(['socket hang up', 'a timeout was not the reason'])('because the connection broke: %s', (reason) => {
		expect(silent({ reason }).message).toBe(`The connection to crazytel.io broke while reading the list of trunks (${reason}). Try again later.`);
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
		expect(errorOfNotTrying(answered(create, 500), 3).message).toBe(
			'Not sent, because the last 3 requests failed: Crazytel failed while creating the trunk (500). Run this item again later.',
		);
	});
});

describe('what follows from a failure', () => {
	const of = (kind: ApiError['kind'], httpCode = '400') => new ApiError('It failed.', '', kind, { httpCode });

	test('it may have been done only if nobody knows', () => {
		const kinds = ['refused', 'gone', 'limited', 'undelivered', 'uncertain', 'unreadable', 'unsent'] as const;
		expect(kinds.filter((kind) => of(kind).mayHaveActed)).toStrictEqual(['uncertain', 'unreadable']);
		expect(kinds.filter((kind) => of(kind).saysNothingOfEarlierTries)).toStrictEqual(['limited', 'undelivered', 'unsent']);
		expect(kinds.filter((kind) => of(kind).stopsEverything)).toStrictEqual(['undelivered']);
	});

	test.each([
		['401', true, true],
		['403', true, false],
		['404', false, false],
	])('a key that is refused with %s', (httpCode, saysNothingOfEarlierTries, stopsEverything) => {
		expect(of('refused', httpCode)).toMatchObject({ saysNothingOfEarlierTries, stopsEverything });
	});

	test('no more is said of it than is known', () => {
		expect(of('refused')).toMatchObject({ message: 'It failed.', fields: [], retryAfterMs: undefined, isLasting: false });
	});
});
