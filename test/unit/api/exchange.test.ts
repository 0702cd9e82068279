/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a raw server plays what no HTTP server would */
import dns from 'node:dns';
import { createServer, type Server, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';

import {
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { CrazytelApi } from '../../../credentials/CrazytelApi.credentials';
import { crazytelNode, createEngine } from '../../../engine';
import { OneCredential } from '../../../engine/credentialsHelper';
import { clock } from '../../../nodes/Crazytel/api/clock';
import { exchange, type Answered, type Transport, type Unanswered } from '../../../nodes/Crazytel/api/exchange';
import { protectN8n } from '../../engine/protectN8n';
import { selfSigned } from './selfSigned';

const KEY = 'Canary-key-7f3a';

/** A node of n8n's engine that has n8n's own request helper and the credential, and nothing else. */
const description: INodeTypeDescription = {
	displayName: 'Lender',
	name: 'crazytel',
	group: ['transform'],
	version: 1,
	description: 'Lends its request helper',
	defaults: { name: 'Lender' },
	inputs: [NodeConnectionTypes.Main],
	outputs: [NodeConnectionTypes.Main],
	credentials: [{ name: 'crazytelApi', required: true }],
	properties: [],
};

/** Exchanges one request through n8n's real helper, as the node does. */
async function exchanged(
	request: Pick<IHttpRequestOptions, 'method' | 'url' | 'body'>,
	shape: (options: IHttpRequestOptions) => IHttpRequestOptions = (options) => options,
	press?: AbortSignal,
): Promise<Answered | Unanswered> {
	let outcome: Answered | Unanswered | undefined;
	const lender: INodeType = {
		description,
		async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			const transport: Transport = async (options) => {
				// As the client does it.
				const caller = Object.create(this, {
					getExecutionCancelSignal: { value: () => options.abortSignal },
				}) as IExecuteFunctions;
				return await this.helpers.httpRequestWithAuthentication.call(caller, 'crazytelApi', shape(options));
			};
			outcome = await exchange(transport, request, press);
			return [[]];
		},
	};
	const run = await createEngine({ node: lender, trigger: lender, credential: new CrazytelApi() }).run({
		nodes: [crazytelNode('Lender', {})],
		connections: {},
		credential: { apiKey: KEY, baseUrl: 'http://127.0.0.1' },
	});
	if (outcome === undefined) throw new Error(`Nothing was exchanged: ${run.data.resultData.error?.message ?? ''}`);
	return outcome;
}

let server: Server | undefined;
let received: string[] = [];
const sockets = new Set<Socket>();

/** A server that does this with every connection on which a request has come. @returns its address */
async function serve(answer: (socket: Socket) => void, secure?: TlsOptions): Promise<string> {
	received = [];
	const take = (socket: Socket) => {
		sockets.add(socket);
		socket.on('error', () => undefined);
		socket.once('data', (data) => {
			received.push(data.toString('latin1'));
			answer(socket);
		});
	};
	const listening = secure === undefined ? createServer(take) : createTlsServer(secure, take);
	// A client that refuses the certificate says so to the server too.
	listening.on('tlsClientError', () => undefined);
	server = listening;
	await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
	const address = listening.address();
	if (address === null || typeof address === 'string') throw new Error('The server has no port');
	return `${secure === undefined ? 'http' : 'https'}://127.0.0.1:${address.port}`;
}

async function stop(): Promise<void> {
	for (const socket of sockets) socket.destroy();
	sockets.clear();
	await new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve())));
	server = undefined;
}

afterEach(async () => {
	await stop();
	jest.restoreAllMocks();
	protectN8n(false);
	for (const variable of ['HTTP_PROXY', 'HTTPS_PROXY']) delete process.env[variable];
});

const SECURE = selfSigned();

const secured = (url: string) => url.replace('http:', 'https:');
const post = (url: string) => ({ method: 'POST' as const, url, body: { a: 1 } });

/** Takes the certificate of the server for good, though it has no name. */
const trusting = (options: IHttpRequestOptions): IHttpRequestOptions => ({
	...options,
	agentOptions: {
		...options.agentOptions,
		ca: SECURE.cert,
		checkServerIdentity: () => undefined,
	} as IHttpRequestOptions['agentOptions'],
});

const silence = (outcome: Answered | Unanswered): Unanswered => {
	if ('status' in outcome) throw new Error(`It was answered with ${outcome.status}`);
	return outcome;
};

const answerWith =
	(lines: string[], body = '') =>
	(socket: Socket) => {
		socket.end([...lines, 'Connection: close', '', body].join('\r\n'));
	};
const sized = (status: string, body: string, ...headers: string[]) =>
	answerWith([`HTTP/1.1 ${status}`, `Content-Length: ${Buffer.byteLength(body)}`, ...headers], body);

describe('an answer', () => {
	test.each([
		['200 OK', 200],
		['201 Created', 201],
		['400 Bad Request', 400],
		['401 Unauthorized', 401],
		['404 Not Found', 404],
		['422 Unprocessable Entity', 422],
		['429 Too Many Requests', 429],
		['500 Internal Server Error', 500],
		['503 Service Unavailable', 503],
	])('of %s is a value, good or bad', async (line, status) => {
		const url = await serve(sized(line, '{"detail":"words"}', 'Content-Type: application/json', 'X-Some-HEADER: 1'));
		const outcome = await exchanged({ method: 'GET', url });
		expect(outcome).toMatchObject({ status, body: { detail: 'words' } });
		expect((outcome as Answered).headers['x-some-header']).toBe('1');
	});

	test.each([
		['no JSON', 'Not verified', 'text/plain', 'Not verified'],
		['JSON without its type', '{"a":1}', 'text/plain', { a: 1 }],
		['JSON that was cut off', '{"detail":"wor', 'application/json', '{"detail":"wor'],
		['a web page', '<html></html>', 'text/html', '<html></html>'],
		['nothing', '', 'application/json', ''],
	])('with %s has a body', async (_name, body, type, expected) => {
		const url = await serve(sized('200 OK', body, `Content-Type: ${type}`));
		expect(await exchanged({ method: 'GET', url })).toMatchObject({ status: 200, body: expected });
	});

	test.each(['301 Moved', '302 Found', '303 See Other', '307 Temporary', '308 Permanent'])(
		'%s is not followed, so neither key nor body go anywhere else',
		async (line) => {
			const url = await serve(sized(line, '', 'Location: /elsewhere'));
			const outcome = await exchanged({ method: 'POST', url: `${url}/api`, body: { a: 1 } });
			expect(outcome).toMatchObject({ status: Number(line.slice(0, 3)), headers: { location: '/elsewhere' } });
			expect(received).toHaveLength(1);
			expect(received[0]).toMatch(/^POST \/api HTTP\/1\.1\r\n/);
		},
	);

	test('comes for a request that carries the key in its header and nowhere else', async () => {
		const url = await serve(sized('200 OK', '{}'));
		await exchanged({ method: 'PATCH', url, body: { enabled: false } });
		const [head, body] = received[0]?.split('\r\n\r\n') ?? [];
		expect(head).toMatch(new RegExp(`^x-crazytel-api-key: ${KEY}\r?$`, 'im'));
		expect(received[0]?.split(KEY)).toHaveLength(2);
		expect(head).toMatch(/^accept: application\/json\r?$/im);
		expect(body).toBe('{"enabled":false}');
	});
});

describe('no answer', () => {
	test.each<[string, (socket: Socket) => void]>([
		['the server hung up', (socket) => socket.end()],
		['the server cut the connection', (socket) => socket.resetAndDestroy()],
		['the answer broke off in its headers', (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Le')],
		[
			'the answer broke off in its body',
			(socket) => {
				socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"id":', () =>
					socket.destroy(),
				);
			},
		],
		['the answer was no HTTP', (socket) => socket.end('garbage\r\n\r\n')],
		[
			'a header had a forbidden character',
			(socket) => socket.end('HTTP/1.1 200 OK\r\nX-A: a\0b\r\nContent-Length: 0\r\n\r\n'),
		],
		[
			'the headers were too long',
			(socket) => socket.end(`HTTP/1.1 200 OK\r\nX-A: ${'a'.repeat(100_000)}\r\nContent-Length: 0\r\n\r\n`),
		],
		[
			'the chunks were wrong',
			(socket) => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n'),
		],
		['the compression was wrong', sized('200 OK', 'no gzip', 'Content-Encoding: gzip')],
	])('because %s: it may have been delivered', async (_name, answer) => {
		const url = await serve(answer);
		const outcome = silence(await exchanged({ method: 'POST', url, body: { a: 1 } }));
		expect(received).toHaveLength(1);
		expect(outcome.neverDelivered).toBe(false);
		expect(outcome.code).toMatch(/^[A-Z][A-Z_]+$/);
		expect(outcome.reason).not.toBe('');
	});

	test('because the time was up: it may have been delivered', async () => {
		const url = await serve(() => undefined);
		const wanted: unknown[] = [];
		const outcome = silence(
			await exchanged({ method: 'POST', url, body: { a: 1 } }, (options) => {
				wanted.push(options.timeout);
				return { ...options, timeout: 200 };
			}),
		);
		expect(wanted).toEqual([30_000]);
		expect(outcome.neverDelivered).toBe(false);
		// The words by which a timeout is told apart.
		expect(outcome.reason).toMatch(/^timeout/i);
	});

	describe('at its deadline', () => {
		const real = { ...clock };
		let isOver: (() => void) | undefined;
		let calledOff = 0;

		beforeEach(() => {
			calledOff = 0;
			Object.assign(clock, {
				deadline: (ms: number, ring: () => void) => {
					expect(ms).toBe(60_000);
					isOver = ring;
					return () => void calledOff++;
				},
			});
		});
		afterEach(() => void Object.assign(clock, real));

		const OVERDUE = { code: 'ETIMEDOUT', reason: 'no whole answer within 60000ms', isLasting: false };
		const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';

		test.each<[string, string]>([
			['drips', `${head}\r\n `],
			['drips packed', `${head}Content-Encoding: gzip\r\n\r\n`],
			['drips its headers', `${head}X-`],
			[
				'speaks another protocol from now on',
				'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n',
			],
			['only says that it has begun', 'HTTP/1.1 102 Processing\r\n\r\n'],
		])('because the server %s: it may have been delivered, and the connection is ended', async (_name, answer) => {
			let closed: Promise<void> | undefined;
			const url = await serve((socket) => {
				closed = new Promise((resolve) => socket.once('close', () => resolve()));
				socket.write(answer);
				setTimeout(() => isOver?.(), 50);
			});
			expect(await exchanged(post(url), (options) => ({ ...options, timeout: 20_000 }))).toEqual({
				...OVERDUE,
				neverDelivered: false,
			});
			await closed;
		});

		test('is called off when the answer has come, or the connection has broken', async () => {
			await exchanged(post(await serve(sized('200 OK', '{}'))));
			await stop();
			await exchanged(post(await serve((socket) => socket.destroy())));
			expect(calledOff).toBe(2);
		});

		test('because n8n does not come to send it: it is not sent later either', async () => {
			let letIn = (): void => {};
			jest.spyOn(OneCredential.prototype, 'getDecrypted').mockImplementationOnce(async () => {
				isOver?.();
				await new Promise<void>((resolve) => (letIn = resolve));
				return { apiKey: KEY };
			});
			const url = await serve(sized('200 OK', '{}'));
			expect(await exchanged(post(url))).toEqual({ ...OVERDUE, hurdle: 'host', neverDelivered: true });
			letIn();
			await new Promise((resolve) => setTimeout(resolve, 50));
			expect(received).toEqual([]);
		});

		test('also where n8n looks at no signal: what comes of it later is thrown away', async () => {
			let answer: (body: unknown) => void = () => {};
			const transport: Transport = async ({ url }) =>
				await new Promise((resolve) => {
					answer = (body) => resolve({ statusCode: 200, headers: { url }, body } as never);
				});
			const exchanging = exchange(transport, post('http://127.0.0.1/'));
			isOver?.();
			expect(await exchanging).toEqual({ ...OVERDUE, neverDelivered: false });
			const late = Readable.from([' ']);
			answer(late);
			await new Promise((resolve) => setImmediate(resolve));
			expect(late.destroyed).toBe(true);
		});
	});

	test('because it was stopped: at once, and the connection is ended', async () => {
		const press = new AbortController();
		let closed: Promise<void> | undefined;
		const url = await serve((socket) => {
			closed = new Promise((resolve) => socket.once('close', () => resolve()));
			socket.write('HTTP/1.1 200 OK\r\n\r\n ');
			press.abort();
		});
		expect(await exchanged({ method: 'GET', url }, undefined, press.signal)).toMatchObject({
			reason: expect.stringContaining('canceled') as string,
		});
		await closed;
	});

	test('because the server wants a certificate once it may have the request, as TLS 1.3 has it: it may have been delivered', async () => {
		const url = await serve(() => undefined, {
			...SECURE,
			requestCert: true,
			rejectUnauthorized: true,
			minVersion: 'TLSv1.3',
		});
		const outcome = silence(await exchanged(post(url), trusting));
		expect(outcome).toMatchObject({
			code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
			neverDelivered: false,
			isLasting: false,
		});
		expect(outcome.reason).toBe('tlsv13 alert certificate required');
	});

	test.each<[string, (socket: Socket) => void]>([
		['hung up', (socket) => socket.end()],
		['cut the connection', (socket) => socket.destroy()],
	])('because the server %s on an encrypted connection: it may have been delivered', async (_name, answer) => {
		const outcome = silence(await exchanged(post(await serve(answer, SECURE)), trusting));
		expect(received).toHaveLength(1);
		expect(outcome).toMatchObject({ code: 'ECONNRESET', neverDelivered: false });
	});

	test('because the proxy of an address without encryption hung up: it may have been delivered', async () => {
		process.env.HTTP_PROXY = await serve((socket) => socket.end());
		const outcome = silence(await exchanged(post('http://crazytel.example/')));
		expect(received.join()).toContain(KEY);
		expect(outcome).toMatchObject({ code: 'ECONNRESET', neverDelivered: false });
	});
});

describe('what was never delivered', () => {
	/** A port on which nobody listens. */
	async function deadPort(): Promise<string> {
		const { port } = new URL(await serve(() => undefined));
		await stop();
		return port;
	}

	/** Names that lead to these addresses, as far as Node is concerned; a name without any is looked up without end. */
	function resolve(names: Record<string, string[]>): void {
		const real = dns.lookup;
		const fake = (
			name: string,
			options: dns.LookupAllOptions,
			found: (error: unknown, all: dns.LookupAddress[]) => void,
		) => {
			const all = names[name]?.map((address) => ({ address, family: 4 }));
			if (all === undefined) real(name, options, found);
			else if (all.length > 0) process.nextTick(() => found(null, all));
		};
		jest.spyOn(dns, 'lookup').mockImplementation(fake as typeof dns.lookup);
	}

	const hurried = (options: IHttpRequestOptions) => ({ ...options, timeout: 200 });

	async function undelivered(...wanted: Parameters<typeof exchanged>): Promise<Unanswered> {
		const outcome = silence(await exchanged(...wanted));
		expect(outcome.neverDelivered).toBe(true);
		expect(received.join()).not.toContain(KEY);
		return outcome;
	}

	test('had its connection refused', async () => {
		const port = await deadPort();
		const outcome = await undelivered(post(`http://127.0.0.1:${port}`));
		expect(outcome).toMatchObject({ code: 'ECONNREFUSED', hurdle: 'connection', isLasting: false });
		expect(outcome.reason).toBe(`connect ECONNREFUSED 127.0.0.1:${port}`);
		expect(outcome).not.toHaveProperty('proxy');
	});

	test('had its connections refused by all addresses of the host', async () => {
		resolve({ 'crazytel.example': ['127.0.0.1', '127.0.0.2'] });
		const port = await deadPort();
		expect(await undelivered(post(`https://crazytel.example:${port}`))).toMatchObject({
			code: 'ECONNREFUSED',
			reason: `connect ECONNREFUSED 127.0.0.1:${port}; connect ECONNREFUSED 127.0.0.2:${port}`,
			hurdle: 'connection',
			isLasting: false,
		});
	});

	test('is told by the address that says most: another one may have no way', async () => {
		resolve({ 'crazytel.example': ['255.255.255.255', '127.0.0.1'] });
		expect(await undelivered(post(`http://crazytel.example:${await deadPort()}`))).toMatchObject({
			code: 'ECONNREFUSED',
			hurdle: 'connection',
		});
	});

	test('has no such host', async () => {
		const outcome = await undelivered(post('http://no-such-host.invalid/'));
		expect(['ENOTFOUND', 'EAI_AGAIN']).toContain(outcome.code);
		expect(outcome).toMatchObject({ hurdle: 'connection', isLasting: false });
	});

	test('has no way there', async () => {
		const outcome = await undelivered(post('http://255.255.255.255/'));
		expect(['ENETUNREACH', 'EHOSTUNREACH']).toContain(outcome.code);
		expect(outcome).toMatchObject({ hurdle: 'connection', isLasting: false });
	});

	test('waited in vain for a connection', async () => {
		resolve({ 'crazytel.example': [] });
		expect(await undelivered(post('https://crazytel.example/'), hurried)).toMatchObject({
			code: 'ECONNABORTED',
			hurdle: 'encryption',
			isLasting: false,
		});
	});

	test('waited in vain for an encrypted connection', async () => {
		expect(await undelivered(post(secured(await serve(() => undefined))), hurried)).toMatchObject({
			code: 'ECONNABORTED',
			reason: 'timeout of 200ms exceeded',
			hurdle: 'encryption',
			isLasting: false,
		});
	});

	test.each<[string, (socket: Socket) => void]>([
		['ended', (socket) => socket.end()],
		['was cut', (socket) => socket.resetAndDestroy()],
	])('had a connection that %s before it was encrypted', async (_name, answer) => {
		expect(await undelivered(post(secured(await serve(answer))))).toMatchObject({
			code: 'ECONNRESET',
			hurdle: 'encryption',
			isLasting: false,
		});
	});

	test('met a server that does not speak TLS', async () => {
		const url = await serve((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
		expect(await undelivered(post(secured(url)))).toMatchObject({
			code: 'EPROTO',
			reason: expect.stringMatching(/^(wrong version number|packet length too long|http request)$/) as string,
			hurdle: 'encryption',
			isLasting: true,
		});
	});

	test.each<[string, TlsOptions, TlsOptions, RegExp]>([
		['no version of TLS in common', { maxVersion: 'TLSv1.2' }, { minVersion: 'TLSv1.3' }, /alert protocol version/],
		[
			'no cipher in common',
			{ maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384' },
			{ maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' },
			/alert handshake failure/,
		],
		[
			'no certificate that the server asks for',
			{ maxVersion: 'TLSv1.2', requestCert: true, rejectUnauthorized: true },
			{},
			/alert handshake failure/,
		],
	])('had %s', async (_name, server, client, reason) => {
		const url = await serve(() => undefined, { ...SECURE, ...server });
		const outcome = await undelivered(post(url), (options) =>
			trusting({ ...options, agentOptions: client as IHttpRequestOptions['agentOptions'] }),
		);
		expect(outcome).toMatchObject({ code: 'EPROTO', hurdle: 'encryption', isLasting: true });
		expect(outcome.reason).toMatch(reason);
		expect(outcome.reason).not.toMatch(/[\r\n]|openssl/);
	});

	test.each([
		['is not trusted', {}, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
		['is for another name', { ca: SECURE.cert }, 'ERR_TLS_CERT_ALTNAME_INVALID'],
	])('met a certificate that %s', async (_name, agentOptions, code) => {
		const url = await serve(sized('200 OK', '{}'), SECURE);
		const outcome = await undelivered(post(url), (options) => ({ ...options, agentOptions }));
		expect(outcome).toMatchObject({ code, hurdle: 'certificate', isLasting: true });
		expect(received).toEqual([]);
	});

	describe('through a proxy', () => {
		const LOGIN = 'Proxy-password-1';
		const there = 'https://crazytel.example/';

		async function proxied(answer: (socket: Socket) => void, secure?: TlsOptions): Promise<string> {
			const url = new URL(await serve(answer, secure));
			process.env.HTTPS_PROXY = `${url.protocol}//user:${LOGIN}@${url.host}`;
			return url.host;
		}

		test.each<[string, (socket: Socket) => void, string]>([
			['hung up', (socket) => socket.end(), 'Proxy connection ended before receiving CONNECT response'],
			['cut the connection', (socket) => socket.resetAndDestroy(), 'read ECONNRESET'],
			['did not answer', () => undefined, 'timeout of 200ms exceeded'],
			['did not speak HTTP', (socket) => socket.end('garbage\r\n\r\n'), 'Parse Error: Expected HTTP/, RTSP/ or ICE/'],
		])('it %s', async (_name, answer, reason) => {
			await proxied(answer);
			const outcome = await undelivered(post(there), hurried);
			expect(outcome).toMatchObject({ reason, hurdle: 'connection', proxy: '', isLasting: false });
			expect(received[0]).toMatch(/^CONNECT crazytel\.example:443 /);
		});

		test.each<[string, (socket: Socket) => void]>([
			['ended', (socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n')],
			[
				'was cut',
				(socket) => {
					socket.once('data', () => socket.resetAndDestroy());
					socket.write('HTTP/1.1 200 OK\r\n\r\n');
				},
			],
		])('it made a connection that %s before it was encrypted', async (_name, answer) => {
			await proxied(answer);
			expect(await undelivered(post(there))).toMatchObject({
				code: 'ECONNRESET',
				hurdle: 'encryption',
				isLasting: false,
			});
		});

		test.each([
			['HTTPS_PROXY', 'https'],
			['HTTP_PROXY', 'http'],
		])('that %s names and that is not there', async (variable, protocol) => {
			const place = `127.0.0.1:${await deadPort()}`;
			process.env[variable] = `http://user:${LOGIN}@${place}`;
			const outcome = await undelivered(post(`${protocol}://crazytel.example/`));
			expect(outcome).toMatchObject({ code: 'ECONNREFUSED', hurdle: 'connection', proxy: place, isLasting: false });
			expect(JSON.stringify(outcome)).not.toContain(LOGIN);
		});

		test('whose host there is not', async () => {
			process.env.HTTPS_PROXY = 'http://no-such-proxy.invalid:3128';
			expect(await undelivered(post(there))).toMatchObject({
				hurdle: 'connection',
				proxy: 'no-such-proxy.invalid',
				isLasting: false,
			});
		});

		test('whose address is none', async () => {
			process.env.HTTPS_PROXY = `http://user:${LOGIN}@:99999999`;
			expect(await undelivered(post(there))).toEqual({
				code: 'ERR_INVALID_URL',
				reason: 'Invalid URL',
				hurdle: 'proxyAddress',
				neverDelivered: true,
				isLasting: true,
			});
		});

		test('whose certificate is not trusted', async () => {
			await proxied(() => undefined, SECURE);
			expect(await undelivered(post(there))).toMatchObject({
				code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
				hurdle: 'certificate',
				proxy: '',
				isLasting: true,
			});
		});
	});

	describe('because of n8n itself', () => {
		test('it could not load a secret', async () => {
			jest
				.spyOn(OneCredential.prototype, 'getDecrypted')
				.mockRejectedValueOnce(new Error('Could not load secret\n$secrets.vault.key'));
			expect(await undelivered(post(await serve(() => undefined)))).toEqual({
				code: 'UNKNOWN',
				reason: 'Could not load secret $secrets.vault.key',
				hurdle: 'host',
				neverDelivered: true,
				isLasting: false,
			});
			expect(received).toEqual([]);
		});

		test('the vault with the secret does not answer, in words that a server could have', async () => {
			const failure = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', response: {} });
			jest.spyOn(OneCredential.prototype, 'getDecrypted').mockRejectedValueOnce(failure);
			expect(await undelivered(post(await serve(() => undefined)))).toMatchObject({
				code: 'ECONNRESET',
				hurdle: 'host',
				isLasting: false,
			});
		});

		test('it has a fault before it takes the request up', async () => {
			jest.spyOn(OneCredential.prototype, 'authenticate').mockImplementationOnce(async () => {
				throw new TypeError("Cannot read properties of undefined (reading 'data')");
			});
			expect(await undelivered(post(await serve(() => undefined)))).toMatchObject({
				hurdle: 'host',
				reason: "Cannot read properties of undefined (reading 'data')",
			});
		});

		test('it blocks the address', async () => {
			protectN8n(true);
			expect(await undelivered(post(await serve(() => undefined)))).toEqual({
				code: 'UNKNOWN',
				reason: 'The request was blocked because it resolves to a restricted IP address',
				hurdle: 'protection',
				neverDelivered: true,
				isLasting: true,
			});
			expect(received).toEqual([]);
		});

		test('a header cannot be written', async () => {
			const outcome = await undelivered(post(await serve(() => undefined)), (options) => ({
				...options,
				headers: { 'no name': '1' },
			}));
			expect(outcome).toMatchObject({ code: 'ERR_INVALID_HTTP_TOKEN', hurdle: 'host', isLasting: true });
		});
	});

	test('is not what an n8n that puts another address in its place may have sent', async () => {
		const transport: Transport = async (options) => {
			options.url = 'http://127.0.0.1/other';
			return await Promise.reject(new Error(`lost at ${options.url}`));
		};
		expect(await exchange(transport, post('http://127.0.0.1/'))).toEqual({
			code: 'UNKNOWN',
			reason: 'lost at http://127.0.0.1/other',
			neverDelivered: false,
			isLasting: false,
		});
	});
});
