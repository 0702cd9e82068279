import type { ApiError } from '../../../nodes/Crazytel/api/apiError';
import type { Failure } from '../../../nodes/Crazytel/api/delivery';
import type { ApiRequest } from '../../../nodes/Crazytel/api/request';
import { errorOfSilence } from '../../../nodes/Crazytel/api/silence';
import { listRequest, makeRequest } from './endpoints';

const make = makeRequest({ name: 'Lamp', colour: 'red' });
const list = listRequest();

function silent(
	failure: Partial<Failure>,
	request: ApiRequest<unknown> = list,
	baseUrl = 'https://crazytel.io',
): ApiError {
	const neverDelivered = failure.hurdle !== undefined;
	return errorOfSilence(
		request,
		{ code: 'ECONNRESET', reason: 'socket hang up', isLasting: false, neverDelivered, ...failure },
		baseUrl,
	);
}

const NETWORK = "Check the Base URL in the credential and this server's network.";
const PROXY = 'Check the proxy that HTTPS_PROXY, HTTP_PROXY or ALL_PROXY of this n8n server names.';
const N8N = "Check the credential in n8n, and n8n's log.";
const TIMEOUT = { code: 'ECONNABORTED', reason: 'timeout of 30000ms exceeded' };

describe('what was never sent', () => {
	test.each<[string, Partial<Failure>, string, string]>([
		[
			'not prepared in time',
			{ hurdle: 'host', code: 'ETIMEDOUT', reason: 'no whole answer within 60000ms' },
			'n8n did not come to send the request within 60 seconds',
			N8N,
		],
		['refused', { hurdle: 'connection', code: 'ECONNREFUSED' }, 'the connection was refused', NETWORK],
		['no host', { hurdle: 'connection', code: 'ENOTFOUND' }, 'no such host name was found', NETWORK],
		['no look-up', { hurdle: 'connection', code: 'EAI_AGAIN' }, 'its host name could not be looked up', NETWORK],
		['no way', { hurdle: 'connection', code: 'EHOSTUNREACH' }, 'there is no way to it', NETWORK],
		['no net', { hurdle: 'connection', code: 'ENETUNREACH' }, 'there is no way to it', NETWORK],
		['given up by the system', { hurdle: 'connection', code: 'ETIMEDOUT' }, 'nobody answered the connection', NETWORK],
		['given up by us', { hurdle: 'connection', ...TIMEOUT }, 'no connection came about within 30 seconds', NETWORK],
		[
			'anything else',
			{ hurdle: 'connection', code: 'EMFILE', reason: 'connect EMFILE' },
			'no connection came about (connect EMFILE)',
			NETWORK,
		],
		['broken too early', { hurdle: 'encryption' }, 'the connection broke before it was encrypted', NETWORK],
		[
			'too slow to encrypt',
			{ hurdle: 'encryption', ...TIMEOUT },
			'no encrypted connection came about within 30 seconds',
			NETWORK,
		],
		[
			'no https',
			{ hurdle: 'encryption', code: 'EPROTO', reason: 'wrong version number' },
			'it does not speak https there',
			NETWORK,
		],
		[
			'no TLS',
			{ hurdle: 'encryption', code: 'EPROTO', reason: 'no ciphers' },
			'no encrypted connection came about (no ciphers)',
			NETWORK,
		],
		[
			'no trust',
			{ hurdle: 'certificate', reason: 'it has expired' },
			'its certificate is not trusted (it has expired)',
			NETWORK,
		],
		[
			'no trust in the proxy',
			{ hurdle: 'certificate', reason: 'it has expired', proxy: '' },
			'the certificate of the proxy is not trusted (it has expired)',
			PROXY,
		],
		['no proxy', { hurdle: 'proxyAddress' }, 'the address of the proxy is not a web address', PROXY],
		[
			'proxy refused',
			{ hurdle: 'connection', code: 'ECONNREFUSED', proxy: 'p:3128' },
			'the proxy p:3128 refused the connection',
			PROXY,
		],
		[
			'proxy not found',
			{ hurdle: 'connection', code: 'ENOTFOUND', proxy: 'p' },
			'the host name of the proxy p was not found',
			PROXY,
		],
		[
			'proxy not looked up',
			{ hurdle: 'connection', code: 'EAI_AGAIN', proxy: 'p' },
			'the host name of the proxy p was not found',
			PROXY,
		],
		[
			'proxy too slow',
			{ hurdle: 'connection', ...TIMEOUT, proxy: '' },
			'the proxy made no connection within 30 seconds',
			PROXY,
		],
		[
			'proxy hung up',
			{ hurdle: 'connection', reason: 'Proxy connection ended', proxy: '' },
			'the proxy made no connection (Proxy connection ended)',
			PROXY,
		],
		[
			'n8n',
			{ hurdle: 'host', reason: 'Could not load secret' },
			'n8n could not prepare the request (Could not load secret)',
			N8N,
		],
	])('%s', (_name, failure, why, cure) => {
		for (const isLasting of [true, false]) {
			const error = silent({ ...failure, isLasting }, make);
			expect(error).toMatchObject({ kind: 'undelivered', isLasting, mayHaveActed: false });
			expect(error.message).toBe(`Crazytel cannot be reached at crazytel.io: ${why}. Nothing was sent. ${cure}`);
		}
		expect(silent(failure).httpCode).toBe(failure.code ?? 'ECONNRESET');
	});

	test.each([
		['https://crazytel.io', 'crazytel.io to its N8N_SSRF_ALLOWED_HOSTNAMES'],
		['https://3.crazytel.io', '3.crazytel.io to its N8N_SSRF_ALLOWED_HOSTNAMES'],
		['https://crazytel3', 'crazytel3 to its N8N_SSRF_ALLOWED_HOSTNAMES'],
		['https://127.0.0.1:8080', '127.0.0.1 to its N8N_SSRF_ALLOWED_IP_RANGES'],
		['https://[::1]:8080', '::1 to its N8N_SSRF_ALLOWED_IP_RANGES'],
	])('blocked by n8n: %s', (baseUrl, what) => {
		expect(
			silent({ hurdle: 'protection', code: 'UNKNOWN', reason: 'The request was blocked' }, make, baseUrl).message,
		).toBe(
			`Crazytel cannot be reached at ${new URL(baseUrl).host}: n8n's SSRF protection does not let it through (The request was blocked). Nothing was sent. Whoever runs this n8n server can add ${what}.`,
		);
	});
});

describe('what may have been sent', () => {
	test('in our time', () => {
		expect(silent(TIMEOUT)).toMatchObject({
			kind: 'uncertain',
			httpCode: 'ECONNABORTED',
			message: 'Crazytel did not answer within 30 seconds while reading the list of strange things. Try again later.',
		});
		expect(silent(TIMEOUT, make).message).toBe(
			'Crazytel did not answer within 30 seconds while making the strange thing. It is unknown whether the strange thing exists.',
		);
	});

	test('in the time of the whole answer, of which some has come', () => {
		const overdue = { code: 'ETIMEDOUT', reason: 'no whole answer within 60000ms' };
		expect(silent(overdue)).toMatchObject({
			kind: 'uncertain',
			httpCode: 'ETIMEDOUT',
			message:
				'Crazytel did not end its answer within 60 seconds while reading the list of strange things. Try again later.',
		});
		expect(silent(overdue, make).message).toBe(
			'Crazytel did not end its answer within 60 seconds while making the strange thing. It is unknown whether the strange thing exists.',
		);
	});

	test.each([
		['ECONNRESET', 'socket hang up'],
		['ECONNRESET', 'a timeout was not the reason'],
		['ETIMEDOUT', 'read ETIMEDOUT'],
		['ECONNABORTED', 'timeout of 5000ms exceeded'],
	])('on a connection that broke: %s, %s', (code, reason) => {
		expect(silent({ code, reason }, make)).toMatchObject({
			kind: 'uncertain',
			mayHaveActed: true,
			httpCode: code,
			message: `The connection to crazytel.io broke while making the strange thing (${reason}). It is unknown whether the strange thing exists.`,
		});
	});

	test('by whatever has no code, which need not be the connection', () => {
		expect(silent({ code: 'UNKNOWN', reason: 'Cannot read properties of undefined' }).message).toBe(
			'The request to crazytel.io failed while reading the list of strange things (Cannot read properties of undefined). Try again later.',
		);
	});
});
