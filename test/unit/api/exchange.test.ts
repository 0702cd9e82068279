/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a raw server plays what no HTTP server would */
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

import { type IExecuteFunctions, type IHttpRequestOptions, type INodeExecutionData, type INodeType, type INodeTypeDescription, NodeConnectionTypes } from 'n8n-workflow';

import { CrazytelApi } from '../../../credentials/CrazytelApi.credentials';
import { crazytelNode, createEngine } from '../../../engine';
import { exchange, type Answered, type Transport, type Unanswered } from '../../../nodes/Crazytel/api/exchange';
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
): Promise<Answered | Unanswered> {
	let outcome: Answered | Unanswered | undefined;
	const lender: INodeType = {
		description,
		async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			const transport: Transport = async (options) =>
				await this.helpers.httpRequestWithAuthentication.call(this, 'crazytelApi', shape(options));
			outcome = await exchange(transport, request);
			return [[]];
		},
	};
	const run = await createEngine({ node: lender, credential: new CrazytelApi() }).run({
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
async function serve(answer: (socket: Socket) => void, secure?: { key: string; cert: string }): Promise<string> {
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

afterEach(stop);

const answerWith = (lines: string[], body = '') => (socket: Socket) => {
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
	const silence = (outcome: Answered | Unanswered): Unanswered => {
		if ('status' in outcome) throw new Error(`It was answered with ${outcome.status}`);
		return outcome;
	};

	test('because the connection was refused: it was never delivered', async () => {
		const url = await serve(() => undefined);
		await stop();
		const outcome = silence(await exchanged({ method: 'POST', url, body: { a: 1 } }));
		expect(outcome).toMatchObject({ code: 'ECONNREFUSED', neverDelivered: true });
		expect(outcome.reason).toContain('ECONNREFUSED');
	});

	test('because there is no such host: it was never delivered', async () => {
		const outcome = silence(await exchanged({ method: 'POST', url: 'http://no-such-host.invalid/', body: { a: 1 } }));
		expect(['ENOTFOUND', 'EAI_AGAIN']).toContain(outcome.code);
		expect(outcome.neverDelivered).toBe(true);
	});

	test('because no way leads there: it was never delivered', async () => {
		const outcome = silence(await exchanged({ method: 'POST', url: 'http://255.255.255.255/', body: { a: 1 } }));
		expect(['ENETUNREACH', 'EHOSTUNREACH']).toContain(outcome.code);
		expect(outcome).toMatchObject({ neverDelivered: true, isLasting: false });
	});

	test('because the connection broke before it was encrypted: it was never delivered', async () => {
		const url = await serve((socket) => socket.end());
		const outcome = silence(await exchanged({ method: 'POST', url: url.replace('http:', 'https:'), body: { a: 1 } }));
		expect(outcome).toMatchObject({ code: 'ECONNRESET', neverDelivered: true, isLasting: false });
		expect(received.join()).not.toContain(KEY);
	});

	test.each<[string, (socket: Socket) => void]>([
		['the server hung up', (socket) => socket.end()],
		['the server cut the connection', (socket) => socket.resetAndDestroy()],
		['the answer broke off in its headers', (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Le')],
		['the answer broke off in its body', (socket) => {
			socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"id":', () => socket.destroy());
		}],
		['the answer was no HTTP', (socket) => socket.end('garbage\r\n\r\n')],
		['a header had a forbidden character', (socket) => socket.end('HTTP/1.1 200 OK\r\nX-A: a\0b\r\nContent-Length: 0\r\n\r\n')],
		['the headers were too long', (socket) => socket.end(`HTTP/1.1 200 OK\r\nX-A: ${'a'.repeat(100_000)}\r\nContent-Length: 0\r\n\r\n`)],
		['the chunks were wrong', (socket) => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n')],
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

	test('because the certificate is not trusted: it was never delivered, and the key neither', async () => {
		const url = await serve(sized('200 OK', '{}'), selfSigned());
		const outcome = silence(await exchanged({ method: 'POST', url, body: { a: 1 } }));
		expect(outcome).toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT', neverDelivered: true, isLasting: true });
		expect(received).toEqual([]);
	});

	test('because the server does not speak TLS', async () => {
		const url = await serve((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
		const outcome = silence(await exchanged({ method: 'POST', url: url.replace('http:', 'https:'), body: { a: 1 } }));
		expect(outcome.code).toMatch(/^[A-Z]/);
		expect(outcome.reason).not.toContain(KEY);
		expect(received.join()).not.toContain(KEY);
	});

	/** Not to be had from a server on this machine; the shapes are those of n8n's helper and of Node. */
	test.each<[string, object, Unanswered]>([
		[
			'the way was lost after it stood',
			{ message: 'x', cause: { code: 'EHOSTUNREACH', message: 'read EHOSTUNREACH' } },
			{ code: 'EHOSTUNREACH', reason: 'read EHOSTUNREACH', neverDelivered: false, isLasting: false },
		],
		[
			'the code stands beside the status of half an answer',
			{ message: 'aborted', httpCode: '200', code: 'ECONNRESET' },
			{ code: 'ECONNRESET', reason: 'aborted', neverDelivered: false, isLasting: false },
		],
		[
			'none of the addresses of a host has answered, which Node tells without words',
			{ message: '', httpCode: 'ECONNREFUSED', cause: { message: '' } },
			{ code: 'ECONNREFUSED', reason: 'ECONNREFUSED', neverDelivered: true, isLasting: false },
		],
		[
			'nothing is known',
			{ message: '', httpCode: null },
			{ code: 'UNKNOWN', reason: 'no reason given', neverDelivered: false, isLasting: false },
		],
	])('because %s', async (_name, error, expected) => {
		const transport: Transport = async () => await Promise.reject(Object.assign(new Error(), error));
		expect(await exchange(transport, { method: 'POST', url: 'http://127.0.0.1/' })).toEqual(expected);
	});
});
