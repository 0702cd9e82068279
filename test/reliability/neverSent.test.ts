/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a raw server plays what no HTTP server would */
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

import type { IHttpRequestOptions } from 'n8n-workflow';

import { OneCredential } from '../../engine/credentialsHelper';
import { type RequestKind, startSandbox, type Sandbox } from '../../sandbox';
import { protectN8n } from '../engine/protectN8n';
import { countOf, hintsOf, play, time } from '../engine/scene';
import { selfSigned } from '../unit/api/selfSigned';

jest.mock('../../dist/nodes/Crazytel/api/timeout.js', () => ({ TIMEOUT_MS: 1_500 }));

let sandbox: Sandbox;
let server: Server | undefined;
const sockets = new Set<Socket>();
/** What came to the server in the way, unencrypted. */
let seen = '';

beforeEach(async () => {
	seen = '';
	sandbox = await startSandbox({ now: time.now, switches: { rateLimit: 0 } });
});

afterEach(async () => {
	jest.restoreAllMocks();
	protectN8n(false);
	delete process.env.HTTPS_PROXY;
	for (const socket of sockets) socket.destroy();
	sockets.clear();
	await new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve())));
	server = undefined;
	await sandbox.close();
});

/** A server that does this with every connection on which something has come. @returns its host and port */
async function serve(answer: (socket: Socket) => void): Promise<string> {
	return await listen(
		createServer((socket) => {
			socket.once('data', (data) => {
				seen += data.toString('latin1');
				answer(socket);
			});
		}),
	);
}

async function listen(listening: Server): Promise<string> {
	listening.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => undefined)));
	listening.on('tlsClientError', () => undefined);
	server = listening;
	await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
	const address = listening.address();
	if (address === null || typeof address === 'string') throw new Error('The server has no port');
	return `127.0.0.1:${address.port}`;
}

/** What is done to a request before n8n applies the credential to it. */
type Obstacle = (request: IHttpRequestOptions) => void;

/** Puts the obstacle in the way of the first writes. @returns how many writes came by, those without it too */
function obstruct(obstacle: Obstacle, times: number): { writes: number } {
	const passed = { writes: 0 };
	const real = OneCredential.prototype.authenticate;
	jest.spyOn(OneCredential.prototype, 'authenticate').mockImplementation(async function (
		this: OneCredential,
		...given
	) {
		const request = given[2] as IHttpRequestOptions;
		if (request.method !== 'GET') {
			passed.writes++;
			if (passed.writes <= times) obstacle(request);
		}
		return await real.apply(this, given);
	});
	return passed;
}

const leadTo =
	(url: string): Obstacle =>
	(request) => {
		request.url = url;
	};

type Deed = [name: string, kind: RequestKind, run: () => ReturnType<typeof play>];

/** A create must not be sent twice, an update may be; of what was never sent both are. */
const DEEDS: Deed[] = [
	[
		'a create',
		'create',
		async () =>
			await play(sandbox, { items: [{}], parameters: { operation: 'create', callerIdNumber: '61291234567' } }),
	],
	[
		'an update',
		'update',
		async () => {
			const { id } = sandbox.addTrunk({ enabled: true });
			const trunk = { __rl: true, mode: 'id', value: id };
			return await play(sandbox, { items: [{}], parameters: { operation: 'suspend', trunk } });
		},
	],
];

/** What may pass, and what is told where it does not. */
const PASSING: Array<[name: string, prepare: () => Promise<Obstacle>, told: RegExp]> = [
	[
		'the connection is refused',
		async () => {
			const place = await serve(() => undefined);
			await new Promise((resolve) => server?.close(resolve));
			return leadTo(`http://${place}/`);
		},
		/: the connection was refused\. Nothing was sent\. Check the Base URL/,
	],
	[
		'the connection breaks before it is encrypted',
		async () => leadTo(`https://${await serve((socket) => socket.resetAndDestroy())}/`),
		/: the connection broke before it was encrypted\. Nothing was sent\./,
	],
	[
		'the proxy hangs up',
		async () => {
			process.env.HTTPS_PROXY = `http://user:Proxy-password-1@${await serve((socket) => socket.end())}`;
			return leadTo('https://crazytel.example/');
		},
		/: the proxy made no connection \(Proxy connection ended .*\)\. Nothing was sent\. Check the proxy that HTTPS_PROXY,/,
	],
	[
		'n8n has a fault before it takes the request up',
		async () => () => {
			throw new TypeError("Cannot read properties of undefined (reading 'secret')");
		},
		/: n8n could not prepare the request \(Cannot read .*\)\. Nothing was sent\. Check the credential in n8n/,
	],
];

describe.each(PASSING)('%s', (_name, prepare, words) => {
	test.each(DEEDS)('%s is sent again, and done once', async (_deed, kind, run) => {
		const passed = obstruct(await prepare(), 2);
		const scene = await run();

		expect(scene.error).toBeUndefined();
		expect(scene.good).toHaveLength(1);
		expect(passed.writes).toBe(3);
		expect(countOf(sandbox, kind)).toBe(1);
		expect(sandbox.trunks()).toHaveLength(1);
		expect(hintsOf(scene).join()).toMatch(/requests were sent again/);
	});

	test.each(DEEDS)('%s is told to be never sent when it does not pass', async (_deed, kind, run) => {
		const passed = obstruct(await prepare(), 99);
		const { told, stored } = await run();

		expect(told).toMatch(/^Crazytel cannot be reached at 127\.0\.0\.1:\d+: /);
		expect(told).toMatch(words);
		expect(told).not.toContain('unknown');
		expect(passed.writes).toBe(4);
		expect(countOf(sandbox, kind)).toBe(0);
		expect(`${seen}${stored}`).not.toContain(sandbox.apiKey);
		expect(stored).not.toContain('Proxy-password-1');
	});
});

test.each(DEEDS)(
	'no encrypted connection comes about in time: %s is sent again, and done once',
	async (_deed, kind, run) => {
		const passed = obstruct(leadTo(`https://${await serve(() => undefined)}/`), 1);
		const { error } = await run();

		expect(error).toBeUndefined();
		expect(passed.writes).toBe(2);
		expect(countOf(sandbox, kind)).toBe(1);
		expect(sandbox.trunks()).toHaveLength(1);
	},
);

/** What cannot pass. */
const LASTING: Array<[name: string, prepare: () => Promise<Obstacle>, told: RegExp]> = [
	[
		'the server does not speak https',
		async () => leadTo(sandbox.url.replace('http:', 'https:')),
		/: it does not speak https there\. Nothing was sent\./,
	],
	[
		'the certificate is not trusted',
		async () => leadTo(`https://${await listen(createTlsServer(selfSigned()))}/`),
		/: its certificate is not trusted \(self-signed certificate.*\)\. Nothing was sent\./,
	],
	[
		'the address of the proxy is none',
		async () => {
			process.env.HTTPS_PROXY = 'http://user:Proxy-password-1@:99999999';
			return leadTo('https://crazytel.example/');
		},
		/: the address of the proxy is not a web address\. Nothing was sent\. Check the proxy/,
	],
	[
		'n8n blocks the address',
		async () => () => protectN8n(true),
		/: n8n's SSRF protection does not let it through \(.+\)\. Nothing was sent\. .*add 127\.0\.0\.1 to its N8N_SSRF_ALLOWED_IP_RANGES\./,
	],
];

describe.each(LASTING)('%s', (_name, prepare, words) => {
	test.each(DEEDS)('%s is told to be never sent, and not sent again', async (_deed, kind, run) => {
		const passed = obstruct(await prepare(), 99);
		const before = time.waits.length;
		const { told, stored } = await run();

		expect(told).toMatch(words);
		expect(passed.writes).toBe(1);
		expect(time.waits.slice(before)).toEqual([]);
		expect(countOf(sandbox, kind)).toBe(0);
		expect(stored).not.toContain('Proxy-password-1');
	});
});
