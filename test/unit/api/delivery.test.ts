import { type Failure, readFailure } from '../../../nodes/Crazytel/api/delivery';

/** What cannot be had from a server on this machine; the shapes are those of n8n's helper, of axios and of Node. */
const wrapped = (inner: object, message = 'x') => ({ name: 'NodeApiError', message, httpCode: null, cause: inner });
const ofAxios = (rest: object, cause?: object) => wrapped({ isAxiosError: true, message: '', ...rest, cause });
const connecting = (code: string, address: string) => ({
	code,
	syscall: 'connect',
	message: `connect ${code} ${address}:443`,
	address,
	port: 443,
});
const severalOf = (...errors: Array<{ code: string }>) => ({
	name: 'AggregateError',
	message: '',
	code: errors[0]?.code,
	errors,
});

/** A socket as it is left behind: `bytesWritten` counts what was never sent as well. */
const plain = { bytesWritten: 236 };
const unencrypted = { bytesWritten: 236, secureConnecting: true };
const encrypted = { bytesWritten: 236, secureConnecting: false };

const undelivered = (rest: Partial<Failure>) => ({ hurdle: 'connection', isLasting: false, ...rest });

test.each<[string, object, Partial<Failure>]>([
	[
		'no address of the host has answered in time',
		ofAxios(
			{ code: 'ETIMEDOUT', request: { socket: plain } },
			severalOf(connecting('ETIMEDOUT', '1.2.3.4'), connecting('ETIMEDOUT', '1.2.3.5')),
		),
		{ code: 'ETIMEDOUT', reason: 'connect ETIMEDOUT 1.2.3.4:443; connect ETIMEDOUT 1.2.3.5:443' },
	],
	[
		'one address has no way, the other has not answered in time',
		ofAxios(
			{ code: 'ENETUNREACH', request: { socket: plain } },
			severalOf(connecting('ENETUNREACH', '::1'), connecting('ETIMEDOUT', '1.2.3.4')),
		),
		{ code: 'ETIMEDOUT' },
	],
	[
		'no address has a way',
		ofAxios(
			{ code: 'EHOSTUNREACH', request: { socket: plain } },
			severalOf(connecting('EHOSTUNREACH', '1.2.3.4'), connecting('ENETUNREACH', '::1')),
		),
		{ code: 'EHOSTUNREACH' },
	],
	[
		'the only address has not answered in time',
		ofAxios(
			{ code: 'ETIMEDOUT', message: 'connect ETIMEDOUT 1.2.3.4:443', request: { socket: plain } },
			connecting('ETIMEDOUT', '1.2.3.4'),
		),
		{ code: 'ETIMEDOUT', reason: 'connect ETIMEDOUT 1.2.3.4:443' },
	],
	[
		'the older axios has no words but its own for several addresses',
		ofAxios(
			{ code: 'ECONNREFUSED', message: 'Error' },
			severalOf(connecting('ECONNREFUSED', '1.2.3.4'), connecting('ECONNREFUSED', '1.2.3.5')),
		),
		{ reason: 'connect ECONNREFUSED 1.2.3.4:443; connect ECONNREFUSED 1.2.3.5:443' },
	],
	[
		'the error holds words only',
		wrapped({ code: 'ETIMEDOUT', message: 'connect ETIMEDOUT 1.2.3.4:443' }),
		{ code: 'ETIMEDOUT' },
	],
	[
		'Node tells it without words',
		{ message: '', httpCode: 'ECONNREFUSED', cause: { message: '' } },
		{ code: 'ECONNREFUSED', reason: 'ECONNREFUSED' },
	],
	[
		'the system gave the connection up before it was encrypted',
		ofAxios({ request: { socket: unencrypted } }, { code: 'ETIMEDOUT', syscall: 'read', message: 'read ETIMEDOUT' }),
		{ code: 'ETIMEDOUT', hurdle: 'encryption' },
	],
	[
		'the server has failed at encrypting',
		ofAxios(
			{ request: { socket: unencrypted } },
			{
				code: 'EPROTO',
				syscall: 'write',
				message:
					'write EPROTO 80:error:0A:SSL routines:ssl3_read_bytes:tlsv1 alert internal error:a.c:1:SSL alert number 80\n',
			},
		),
		{ code: 'EPROTO', reason: 'tlsv1 alert internal error', hurdle: 'encryption' },
	],
	[
		'the certificate is out of date',
		ofAxios({ request: { socket: unencrypted } }, { code: 'CERT_HAS_EXPIRED', message: 'certificate has expired' }),
		{ code: 'CERT_HAS_EXPIRED', hurdle: 'certificate', isLasting: true },
	],
	[
		'n8n blocks the address',
		wrapped({ name: 'SsrfBlockedIpError', message: 'The request was blocked' }),
		{ code: 'UNKNOWN', reason: 'The request was blocked', hurdle: 'protection', isLasting: true },
	],
	[
		'n8n blocks it when it connects',
		ofAxios({ name: 'SsrfBlockedIpError', message: 'The request was blocked', request: { socket: null } }),
		{ hurdle: 'protection', isLasting: true },
	],
])('never delivered: %s', (_name, error, expected) => {
	expect(readFailure(error, true)).toMatchObject(undelivered(expected));
});

test('no proxy has failed where n8n blocks the connection', () => {
	const error = ofAxios({ name: 'SsrfBlockedIpError', request: { socket: null } });
	expect(readFailure(error, true)).not.toHaveProperty('proxy');
});

test('a proxy with an address of IPv6', () => {
	expect(readFailure(ofAxios({ request: { socket: null } }, connecting('ECONNREFUSED', '::1')), true)).toMatchObject({
		proxy: '[::1]:443',
	});
});

test('a login in the address of a proxy is not told', () => {
	const error = ofAxios({ message: 'no way to http://user:pass@proxy.example:3128/', request: { socket: null } });
	expect(readFailure(error, true)).toMatchObject({ reason: 'no way to http://proxy.example:3128/', proxy: '' });
});

test.each<[string, unknown, Partial<Failure>]>([
	[
		'the way was lost after it stood',
		wrapped({ code: 'EHOSTUNREACH', message: 'read EHOSTUNREACH' }),
		{ code: 'EHOSTUNREACH', reason: 'read EHOSTUNREACH' },
	],
	[
		'the system gave the connection up',
		ofAxios({ request: { socket: plain } }, { code: 'ETIMEDOUT', syscall: 'read', message: 'read ETIMEDOUT' }),
		{ code: 'ETIMEDOUT' },
	],
	[
		'the same, encrypted',
		ofAxios({ request: { socket: encrypted } }, { code: 'ETIMEDOUT', syscall: 'read', message: 'read ETIMEDOUT' }),
		{},
	],
	[
		'the time was up',
		ofAxios({ code: 'ECONNABORTED', message: 'timeout of 30000ms exceeded', request: { socket: encrypted } }),
		{ code: 'ECONNABORTED' },
	],
	[
		'the time was up, not encrypted: what waits counts as sent',
		ofAxios({ code: 'ECONNABORTED', request: { socket: plain } }),
		{},
	],
	[
		'an alert came when it was encrypted',
		ofAxios({ request: { socket: encrypted } }, { code: 'EPROTO', message: 'write EPROTO' }),
		{},
	],
	['an alert came, and nobody knows when', wrapped({ code: 'EPROTO', message: 'write EPROTO' }), {}],
	[
		'a certificate was asked for afterwards',
		wrapped({ code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', message: 'x' }),
		{},
	],
	[
		'what is told of the connection does not agree',
		ofAxios({ request: { socket: encrypted } }, connecting('ECONNREFUSED', '1.2.3.4')),
		{},
	],
	[
		'n8n blocks where a redirect leads',
		ofAxios({ name: 'SsrfBlockedIpError', message: 'x', request: { socket: plain, res: {} } }),
		{},
	],
	[
		'half an answer came',
		ofAxios({ response: {}, request: { socket: null } }, { code: 'ECONNRESET', message: 'aborted' }),
		{ code: 'ECONNRESET' },
	],
	[
		'an answer had begun',
		ofAxios({ request: { socket: unencrypted, res: {} } }, { code: 'ECONNRESET', message: 'aborted' }),
		{},
	],
	[
		'the connection had been used before',
		ofAxios({ request: { socket: { ...unencrypted, bytesWritten: 0 }, reusedSocket: true } }, { code: 'ECONNRESET' }),
		{},
	],
	[
		'the request has no socket that Node would know',
		ofAxios({ request: {} }, { code: 'ECONNRESET', message: 'x' }),
		{},
	],
	[
		'the code stands beside the status of half an answer',
		{ message: 'aborted', httpCode: '200', code: 'ECONNRESET' },
		{ code: 'ECONNRESET', reason: 'aborted' },
	],
	[
		'n8n has a fault, and nobody knows when',
		wrapped(new TypeError("Cannot read properties of undefined (reading 'data')")),
		{ code: 'UNKNOWN' },
	],
	['axios could not read an address', ofAxios({ code: 'ERR_INVALID_URL' }), {}],
	['nothing is known', { message: '', httpCode: null }, { code: 'UNKNOWN', reason: 'no reason given' }],
	['it is no error', 'text', { code: 'UNKNOWN', reason: 'no reason given' }],
])('in doubt: %s', (_name, error, expected) => {
	const failure = readFailure(error, true);
	expect(failure).toMatchObject({ ...expected, isLasting: false });
	expect(failure).not.toHaveProperty('hurdle');
});

test('a chain of causes that bites its own tail ends', () => {
	const error: { message: string; cause?: unknown } = { message: 'round' };
	error.cause = error;
	expect(readFailure(error, true)).toMatchObject({ code: 'UNKNOWN', reason: 'round' });
});
