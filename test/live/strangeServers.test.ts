/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, runs outside n8n */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

import { longestOf } from '../../live/check';
import { printed } from '../../live/print';
import { get } from '../../live/transport';
import { checkAt } from './scene';

const SENT = 'live-canary-key-5150';

let server: Server | undefined;
const sockets = new Set<Socket>();
let methods: string[] = [];
let urls: string[] = [];

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
	server = createServer((request, response) => {
		methods.push(request.method ?? '');
		urls.push(request.url ?? '');
		answer(request, response);
	});
	server.on('connection', (socket) => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
	});
	await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
	return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

afterEach(async () => {
	for (const socket of sockets) socket.destroy();
	await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
	server = undefined;
	methods = [];
	urls = [];
});

function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
	response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** The check with a clock that moves by its own waits, and by what an answer would take. */
async function checked(baseUrl: string, more: Parameters<typeof checkAt>[2] = {}, quicker = 1) {
	let at = Date.parse('2026-12-01T00:00:00Z');
	const start = at;
	const { report } = await checkAt(baseUrl, SENT, {
		now: () => at,
		pause: async (ms) => void (at += ms),
		// The bound of an answer is 8 s. Where it is met, it is a part of that, and told as the whole.
		get: async (id, url, key, withinMs) => {
			const seen = await get(id, url, key, Math.ceil(withinMs / quicker));
			at += seen.silence === 'too slow' ? withinMs : seen.ms;
			return seen;
		},
		...more,
	});
	const words = `${printed(report)}${JSON.stringify(report)}`;
	expect(words).not.toContain(SENT);
	expect(methods.filter((method) => method !== 'GET')).toEqual([]);
	expect(at - start).toBeLessThanOrEqual(longestOf({ all: more.all ?? true }));
	return { report, words };
}

test('a web page in the place of the API', async () => {
	const { report } = await checked(
		await serve((_request, response) =>
			response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Welcome Jane</title>'),
		),
	);
	expect(report.ended).toBe('A web page answered in the place of the API. Check the address.');
	expect(methods).toHaveLength(1);
});

test.each([
	[401, 'The API key was refused (401).'],
	[403, 'The API key was refused (403).'],
])('the key is refused with %d', async (status, words) => {
	const { report } = await checked(
		await serve((_request, response) => json(response, status, { detail: `Key ${SENT} of Jane Canary is not valid` })),
	);
	expect(report.ended).toContain(words);
	expect(methods).toHaveLength(1);
	expect(JSON.stringify(report)).not.toMatch(/jane|canary/i);
});

test.each([
	['https://evil.example/api/v1/balance/', 'to an address that is none of Crazytel’s'],
	['http://crazytel.io.evil.example/', 'to an address that is none of Crazytel’s'],
	[
		'https://www.crazytel.io/api/v1/balance/',
		'to https://www.crazytel.io. No redirect is followed, as the key would go along. Give that address with --base-url.',
	],
	['https://crazytel.io:pass@evil.example/', 'to an address that is none of Crazytel’s'],
	['http://www.crazytel.io/', 'or not encrypted'],
	['//evil.example/', 'to an address that is none of Crazytel’s'],
	['/login?next=evil', 'to another page of its own'],
])('a redirect to %s is not followed', async (location, words) => {
	const { report } = await checked(await serve((_request, response) => response.writeHead(307, { location }).end()));
	expect(report.ended).toContain(words);
	expect(report.ended).not.toContain('evil');
	expect(methods).toHaveLength(1);
});

test('nobody there', async () => {
	const url = await serve(() => {});
	await new Promise((resolve) => server?.close(resolve));
	server = undefined;
	const { report } = await checked(url);
	expect(report.ended).toBe('No answer: nobody listens there. Check the address.');
});

test('no such host', async () => {
	const { report } = await checked('http://no-such-host.invalid');
	expect(report.ended).toBe('No answer: there is no such host, or no network. Check the address.');
});

test('every answer drips: it ends after three of them', async () => {
	const url = await serve((_request, response) => {
		response.writeHead(200, { 'content-type': 'application/json' });
		const timer = setInterval(() => response.write(' '), 10);
		response.once('close', () => clearInterval(timer));
	});
	const { report } = await checked(url, { all: false }, 8);
	expect(report.ended).toBe('No answer 3 times in a row: no answer within 8 s.');
	expect(methods).toHaveLength(3);
});

test('two of three answers are slow: it ends within its minute, and says so', async () => {
	const url = await serve((_request, response) => {
		if (methods.length % 3 !== 1) return;
		json(response, 200, { balance: 1, account_code: '01' });
	});
	const { report } = await checked(url, { all: false }, 8);
	expect(report.ended).toBe('The time was over before all was asked: the answers came slowly.');
});

test.each([
	['as it is', (text: string) => text, {}],
	['packed', (text: string) => gzipSync(text), { 'content-encoding': 'gzip' }],
])('a huge body, %s: no more than 5 MB of it are read', async (_name, pack, headers) => {
	const body = pack(`["${'7'.repeat(40 * 1024 * 1024)}"]`);
	const url = await serve((_request, response) =>
		response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(body),
	);
	const { report } = await checked(url, { get });
	expect(report.ended).toBe('No answer: the answer was larger than any list can be. Check the address.');
});

test('a 429 ends it at once, and tells of its Retry-After', async () => {
	const url = await serve((_request, response) => {
		if (methods.length < 4) return json(response, 200, []);
		json(response, 429, { detail: 'Too Many Requests' }, { 'retry-after': '17' });
	});
	const { report } = await checked(url);
	expect(report.ended).toMatch(/^Crazytel asked for fewer requests \(429\)/);
	expect(methods).toHaveLength(4);
	expect(report.verdicts.find(({ id }) => id === 'retry-after')).toMatchObject({
		verdict: 'refuted',
		switches: { retryAfter: 'seconds' },
	});
});

test.each([
	['half a JSON', '{"balance": 12.'],
	['null', 'null'],
	['a number', '7'],
	['a text', '"OK"'],
	['a list in a list', '[[[[[[[[[[1]]]]]]]]]]'],
	['keys of all kinds', '{"__proto__":{"balance":1},"constructor":[],"":[1],"a.b":[{"toString":null}]}'],
	['nothing', ''],
	['half a letter as an ID and a username', '[{"id":"\\ud800","username":"\\udfff","did_number":"\\ud800"}]'],
	['an ID that is a way up', '[{"id":".."},{"id":"."}]'],
	[
		'lists in a list, ten thousand deep',
		`[{"setup_time":"2026-11-01T00:00:00","x":${'['.repeat(10_000)}${']'.repeat(10_000)}}]`,
	],
])('%s for everything: it goes through and never throws', async (_name, text) => {
	const { report } = await checked(
		await serve((_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(text)),
	);
	expect(report.asked).toBeGreaterThan(10);
	expect(report.ended).toBeUndefined();
	expect(urls.filter((url) => !/^\/api\/v[12]\/./.test(url))).toEqual([]);
});

test('far more call records than were asked for, as many as 5 MB hold', async () => {
	const rows = `[${Array.from({ length: 140_000 }, (_, at) => `{"setup_time":"2026-11-01T${String(at % 24).padStart(2, '0')}:00:00"}`).join(',')}]`;
	const { report } = await checked(
		await serve((request, response) =>
			response
				.writeHead(200, { 'content-type': 'application/json' })
				.end(request.url?.includes('limit=1000') ? rows : '[]'),
		),
		{ all: false, get },
	);
	expect(report.ended).toBeUndefined();
	expect(report.answers.find(({ id }) => id === 'cdr-voice-1000')?.shape).toMatchObject({
		'(whole)': ['list of more than 10'],
	});
});

test('a connection that is cut', async () => {
	const { report } = await checked(await serve((request) => request.socket.destroy()));
	expect(report.ended).toBe('No answer: the connection broke off. Check the address.');
});

test('requests start 1.5 s apart at least, however quickly they are answered', async () => {
	let at = 1_000_000;
	const starts: number[] = [];
	await checkAt('http://127.0.0.1:9', SENT, {
		now: () => at,
		pause: async (ms) => void (at += ms),
		get: async (id) => {
			starts.push(at);
			at += 20;
			return { id, status: 200, headers: {}, kind: 'json', body: [], ms: 20 };
		},
	});
	expect(starts.length).toBeGreaterThan(20);
	expect(Math.min(...starts.slice(1).map((start, index) => start - (starts[index] ?? 0)))).toBe(1_500);
});
