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
const severalOf = (...errors: Array<{ code: string; message?: string }>) => ({
	name: 'AggregateError',
	message: '',
	code: errors[0]?.code,
	errors,
});

/** A socket as it is left behind: `bytesWritten` counts what was never sent as well. */
const unwritten = { bytesWritten: 0 };
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
		'one of several addresses is told without words',
		ofAxios(
			{},
			severalOf({ ...connecting('ECONNREFUSED', '::1'), message: '' }, connecting('ECONNREFUSED', '1.2.3.4')),
		),
		{ code: 'ECONNREFUSED', reason: 'connect ECONNREFUSED 1.2.3.4:443' },
	],
	[
		'there is no way from the start, so that nothing waits to be sent yet',
		ofAxios({ request: { socket: { ...unwritten, secureConnecting: true } } }, connecting('ENETUNREACH', '1.2.3.4')),
		{ code: 'ENETUNREACH' },
	],
	[
		'the proxy answers with what is no status, so that it gets no request',
		ofAxios({ request: { socket: unwritten } }, { code: 'HPE_INVALID_STATUS', message: 'Invalid status code' }),
		{ code: 'HPE_INVALID_STATUS', reason: 'Invalid status code', proxy: '' },
	],
	[
		'the proxy hangs up',
		ofAxios({ request: { socket: null } }, { message: 'Proxy connection ended' }),
		{ code: 'UNKNOWN', reason: 'Proxy connection ended', proxy: '' },
	],
	[
		'the proxy refuses the connection, at an address of IPv6',
		ofAxios({ request: { socket: null } }, connecting('ECONNREFUSED', '::1')),
		{ code: 'ECONNREFUSED', proxy: '[::1]:443' },
	],
	[
		'the proxy is not found',
		ofAxios(
			{ request: { socket: null } },
			{
				code: 'ENOTFOUND',
				syscall: 'getaddrinfo',
				hostname: 'proxy.example',
				message: 'getaddrinfo ENOTFOUND proxy.example',
			},
		),
		{ code: 'ENOTFOUND', proxy: 'proxy.example' },
	],
	[
		'the address of the proxy is none',
		wrapped({ name: 'TypeError', code: 'ERR_INVALID_URL', message: 'Invalid URL' }),
		{ code: 'ERR_INVALID_URL', hurdle: 'proxyAddress', isLasting: true },
	],
	[
		'Node does not take a header',
		wrapped({ name: 'TypeError', code: 'ERR_INVALID_HTTP_TOKEN', message: 'Header name must be a valid HTTP token' }),
		{ code: 'ERR_INVALID_HTTP_TOKEN', hurdle: 'host', isLasting: true },
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
		'the server does not speak https',
		ofAxios(
			{ request: { socket: unencrypted } },
			{
				code: 'EPROTO',
				syscall: 'write',
				message: 'write EPROTO 80:error:0A:SSL routines:ssl3_get_record:wrong version number:a.c:350:\n',
			},
		),
		{ code: 'EPROTO', reason: 'wrong version number', hurdle: 'encryption', isLasting: true },
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
	const failure = readFailure(error, true);
	expect(failure).toMatchObject(undelivered(expected));
	expect(failure.proxy).toBe(expected.proxy);
});

test.each<[string, object, Partial<Failure>]>([
	[
		'n8n has a fault',
		wrapped(new TypeError("Cannot read properties of undefined (reading 'secret')")),
		{ code: 'UNKNOWN', reason: "Cannot read properties of undefined (reading 'secret')", isLasting: false },
	],
	[
		'n8n has failed at a connection of its own',
		wrapped(connecting('ECONNREFUSED', '1.2.3.4')),
		{ code: 'ECONNREFUSED', isLasting: false },
	],
])('never taken up, so never sent: %s', (_name, error, expected) => {
	expect(readFailure(error, false)).toMatchObject({ hurdle: 'host', ...expected });
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
	[
		'half an answer came, and what is told of the connection does not agree',
		ofAxios({ response: {}, request: { socket: null } }, connecting('ECONNREFUSED', '1.2.3.4')),
		{ code: 'ECONNREFUSED' },
	],
	[
		'of one of two addresses it is not told that it was not connected yet',
		severalOf(connecting('ETIMEDOUT', '1.2.3.4'), { code: 'ETIMEDOUT' }),
		{ code: 'ETIMEDOUT' },
	],
	[
		'a connection failed, and nobody knows which',
		wrapped({ code: 'ERR_FR', message: 'Redirected request failed: connect ETIMEDOUT 1.2.3.4:443' }),
		{ code: 'ERR_FR' },
	],
	['a status is no code', { message: 'aborted', httpCode: '200' }, { code: 'UNKNOWN', reason: 'aborted' }],
	[
		'only what stands around it has a code: the nearest counts',
		wrapped({ code: 'ERR_OUTER', cause: { code: 'ERR_INNER', cause: { message: 'aborted' } } }),
		{ code: 'ERR_INNER' },
	],
	[
		'what axios says is told rather than what has caused it',
		ofAxios({ message: 'stream has been aborted' }, { code: 'ECONNRESET', message: 'aborted' }),
		{ code: 'ECONNRESET', reason: 'stream has been aborted' },
	],
	[
		'only n8n has words',
		wrapped({ code: 'ECONNRESET', message: '' }, 'The connection was closed'),
		{ code: 'ECONNRESET', reason: 'The connection was closed' },
	],
	['the words have several lines', wrapped({ message: '\n one  \r\n\r\n  two\nthree\n' }), { reason: 'one two three' }],
	[
		'the errors for several addresses are none',
		wrapped({ message: 'x', errors: [null, 'text'] }),
		{ code: 'UNKNOWN', reason: 'x' },
	],
	['nothing was thrown', null, { code: 'UNKNOWN', reason: 'no reason given' }],
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
