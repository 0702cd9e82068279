/* eslint-disable @n8n/community-nodes/no-restricted-imports -- looks at single bytes */
import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';

import { startSandbox, type FaultRule, type Play, type Sandbox } from '../../sandbox';
import { call, create, goodTrunk, json, list, remove, until, update } from './client';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ switches: { rateLimit: 0 } });
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

async function createWith(play: Play) {
	sandbox.fault({ on: 'create', play });
	return await create(sandbox);
}

describe('a lost reply', () => {
	test('after the write leaves the trunk in place', async () => {
		await expect(createWith('lostReplyAfter')).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(sandbox.trunks()).toHaveLength(1);
		expect(sandbox.requests[0]).toMatchObject({ kind: 'create', status: undefined });
	});

	test('before the write leaves nothing', async () => {
		await expect(createWith('lostReplyBefore')).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(sandbox.trunks()).toEqual([]);
		expect(sandbox.requests[0]?.status).toBeUndefined();
	});

	test('to an update or a delete comes after its effect too', async () => {
		const { id } = sandbox.addTrunk();
		sandbox.fault({ on: 'update', play: 'lostReplyAfter' });
		sandbox.fault({ on: 'delete', play: 'lostReplyAfter' });
		await expect(update(sandbox, id, { enabled: false })).rejects.toThrow();
		expect(sandbox.trunks()).toMatchObject([{ enabled: false }]);
		await expect(remove(sandbox, id)).rejects.toThrow();
		expect(sandbox.trunks()).toEqual([]);
	});
});

describe('a status', () => {
	test.each([
		['error500After', 1],
		['error500Before', 0],
	] as const)('%s leaves %i trunks', async (play, left) => {
		const reply = await createWith(play);
		expect(reply.status).toBe(500);
		expect(json(reply)).toEqual({ detail: 'Error communicating with the Crazytel API' });
		expect(sandbox.trunks()).toHaveLength(left);
	});

	test.each([502, 503, 504])('%i comes instead of the write', async (status) => {
		const reply = await createWith({ status });
		expect(reply.status).toBe(status);
		expect(json(reply)).toHaveProperty('detail');
		expect(sandbox.trunks()).toEqual([]);
		expect(sandbox.requests[0]?.status).toBe(status);
	});

	test('can come after the write, with a body and headers', async () => {
		const reply = await createWith({
			status: 503,
			body: { oops: 1 },
			headers: { 'Retry-After': '7' },
			after: true,
		});
		expect(reply.status).toBe(503);
		expect(json(reply)).toEqual({ oops: 1 });
		expect(reply.headers['retry-after']).toBe('7');
		expect(sandbox.trunks()).toHaveLength(1);
	});

	test('sends a text as it is', async () => {
		const reply = await createWith({
			status: 400,
			body: '{"detail":',
			headers: { 'Content-Type': 'application/json' },
		});
		expect(reply.text).toBe('{"detail":');
		expect(reply.headers['content-type']).toBe('application/json');
	});

	test('204 has no body', async () => {
		expect(await createWith({ status: 204 })).toMatchObject({ status: 204, text: '' });
	});
});

describe('limited', () => {
	test.each([
		['seconds', '60'],
		['date', expect.stringMatching(/ GMT$/)],
		['none', undefined],
	] as const)('is a 429 with Retry-After as %s', async (retryAfter, header) => {
		sandbox.set({ retryAfter });
		const reply = await createWith('limited');
		expect(reply.status).toBe(429);
		expect(reply.headers['retry-after']).toEqual(header);
		expect(sandbox.trunks()).toEqual([]);
	});
});

describe('a slow answer', () => {
	test('comes after the write', async () => {
		const reply = createWith({ slowMs: 600_000 }).catch((error: Error) => error);
		await until(() => sandbox.trunks().length === 1);
		expect(sandbox.requests[0]?.status).toBeUndefined();
		sandbox.reset();
		expect(await reply).toMatchObject({ code: 'ECONNRESET' });
	});

	test('is the usual one in the end', async () => {
		expect(json(await createWith({ slowMs: 1 }))).toHaveProperty('username');
	});

	test('can come before the write, which then lands even when nobody waits', async () => {
		const leave = new AbortController();
		sandbox.fault({ on: 'create', play: { slowMs: 500, after: false } });
		const reply = call(sandbox, {
			method: 'POST',
			path: '/api/v1/sip-trunks/',
			body: { password: 'Secret123', caller_id_number: '61291234567' },
			signal: leave.signal,
		}).catch((error: Error) => error.name);
		await until(() => sandbox.requests[0]?.body !== undefined);
		leave.abort();
		expect(await reply).toBe('AbortError');
		await until(() => sandbox.trunks().length === 1);
		expect(sandbox.requests[0]?.status).toBeUndefined();
	});

	test('of a sandbox that was reset writes nothing', async () => {
		const reply = createWith({ slowMs: 600_000, after: false }).catch((error: Error) => error);
		await until(() => sandbox.requests[0]?.body !== undefined);
		sandbox.reset();
		expect(await reply).toMatchObject({ code: 'ECONNRESET' });
		expect(sandbox.trunks()).toEqual([]);
	});
});

describe('what a proxy does', () => {
	test.each([undefined, 301, 302, 307, 308] as const)('a redirect (%s) writes nothing', async (status) => {
		const reply = await createWith({ redirectTo: 'https://elsewhere.example/x', status });
		expect(reply.status).toBe(status ?? 302);
		expect(reply.headers.location).toBe('https://elsewhere.example/x');
		expect(sandbox.trunks()).toEqual([]);
	});

	test.each([
		['html', 502],
		['html200', 200],
	] as const)('%s is a page with %i and writes nothing', async (play, status) => {
		const reply = await createWith(play);
		expect(reply.status).toBe(status);
		expect(reply.headers['content-type']).toBe('text/html');
		expect(reply.text).toMatch(/^<html>/);
		expect(sandbox.trunks()).toEqual([]);
	});
});

describe('a damaged answer', () => {
	test('truncated JSON is a whole answer with half a body, after the write', async () => {
		const reply = await createWith('truncatedJson');
		expect(reply.status).toBe(200);
		expect(reply.headers['content-length']).toBe(String(Buffer.byteLength(reply.text)));
		expect(reply.text).toMatch(/^\{"id"/);
		expect(() => json(reply)).toThrow(SyntaxError);
		expect(sandbox.trunks()).toHaveLength(1);
	});

	test('a body that is cut off ends the connection, after the write', async () => {
		await expect(createWith('cutOff')).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(sandbox.trunks()).toHaveLength(1);
		expect(sandbox.requests[0]?.status).toBe(200);
	});

	test('an empty 200 comes after the write', async () => {
		expect(await createWith('empty200')).toMatchObject({ status: 200, text: '' });
		expect(sandbox.trunks()).toHaveLength(1);
	});

	test('a list and a delete can be damaged too', async () => {
		const { id } = sandbox.addTrunk();
		sandbox.fault({ on: 'any', times: 3, play: 'truncatedJson' });
		for (const reply of [await list(sandbox), await remove(sandbox, id), await list(sandbox)]) {
			expect(reply.status).toBe(200);
			expect(() => json(reply)).toThrow(SyntaxError);
		}
		expect(sandbox.trunks()).toEqual([]);
	});

	test('the answer to a refused write keeps its status', async () => {
		sandbox.fault({ on: 'create', play: 'truncatedJson' });
		expect((await create(sandbox, {})).status).toBe(422);
	});
});

describe('when a fault is played', () => {
	async function creates(count: number): Promise<number[]> {
		const seen: number[] = [];
		for (let sent = 0; sent < count; sent += 1) seen.push((await create(sandbox)).status);
		return seen;
	}

	test('on the nth request of its kind, so many times', async () => {
		sandbox.fault({ on: 'create', nth: 2, times: 2, play: { status: 503 } });
		await list(sandbox);
		expect(await creates(4)).toEqual([200, 503, 503, 200]);
	});

	test('counted from when it is set', async () => {
		await creates(3);
		sandbox.fault({ on: 'create', nth: 2, play: { status: 503 } });
		expect(await creates(3)).toEqual([200, 503, 200]);
	});

	test('several keep their own count', async () => {
		sandbox.fault({ on: 'create', nth: 2, play: { status: 502 } });
		sandbox.fault({ on: 'create', nth: 4, play: { status: 504 } });
		expect(await creates(5)).toEqual([200, 502, 200, 504, 200]);
	});

	test('two that are due at once play one after the other', async () => {
		sandbox.fault({ on: 'create', play: { status: 502 } });
		sandbox.fault({ on: 'any', play: { status: 504 } });
		expect(await creates(3)).toEqual([502, 504, 200]);
	});

	test('on every kind', async () => {
		const { id } = sandbox.addTrunk();
		const calls: Array<[FaultRule['on'], () => Promise<{ status: number }>]> = [
			['create', async () => await create(sandbox)],
			['update', async () => await update(sandbox, id, {})],
			['delete', async () => await remove(sandbox, id)],
			['list', async () => await list(sandbox)],
			['verified', async () => await call(sandbox, { path: '/api/v1/account/verified-cli/' })],
			['balance', async () => await call(sandbox, { path: '/api/v1/balance/' })],
			['any', async () => await call(sandbox, { path: '/api/v1/balance/' })],
		];
		for (const [on, send] of calls) {
			sandbox.fault({ on, play: { status: 503 } });
			expect((await send()).status).toBe(503);
		}
	});

	test('not on a request that the key or the limit refuses', async () => {
		sandbox.set({ rateLimit: 1 });
		sandbox.fault({ on: 'list', nth: 2, play: { status: 503 } });
		expect((await call(sandbox, { path: '/api/v1/sip-trunks/', key: 'no' })).status).toBe(401);
		expect((await list(sandbox)).status).toBe(200);
		expect((await list(sandbox)).status).toBe(429);
		sandbox.set({ rateLimit: 2 });
		expect((await list(sandbox)).status).toBe(503);
	});

	test('not after the faults were cleared', async () => {
		sandbox.fault({ on: 'create', times: 5, play: { status: 503 } });
		sandbox.clearFaults();
		expect(await creates(1)).toEqual([200]);
	});

	test.each([
		[{ on: 'write', play: 'html' }, 'on: '],
		[{ on: 'list', play: 'explode' }, 'play: must be one of'],
		[{ on: 'list', play: { status: 99 } }, 'play.status'],
		[{ on: 'list', play: { dripMs: 0 } }, 'play.dripMs'],
		[{ on: 'list', play: { bigMb: 0 } }, 'play.bigMb'],
		[{ on: 'list', nth: 0, play: 'html' }, 'nth'],
		[{ on: 'list', play: { redirectTo: 'a\r\nb: c' } }, 'play.redirectTo'],
	])('%j is refused with a reason', (rule, reason) => {
		expect(() => sandbox.fault(rule as FaultRule)).toThrow(reason);
	});
});

describe('an answer without end', () => {
	/** Calls the list, and ends the call from the client's side once so much has come of it. */
	async function cutAfter(bytes: number): Promise<{ came: number; status: number | undefined; isUpgrade: boolean }> {
		const told = { came: 0, status: undefined as number | undefined, isUpgrade: false };
		await new Promise<void>((resolve) => {
			const sent = request(
				`${sandbox.url}/api/v1/sip-trunks/`,
				{ headers: { 'x-crazytel-api-key': sandbox.apiKey }, agent: false },
				(response) => {
					told.status = response.statusCode;
					response.on('error', () => undefined);
					response.on('data', (chunk: Buffer) => {
						told.came += chunk.length;
						if (told.came >= bytes) sent.destroy();
					});
				},
			);
			sent.on('upgrade', (response, socket) => {
				Object.assign(told, { status: response.statusCode, isUpgrade: true });
				socket.destroy();
			});
			sent.on('error', () => undefined);
			sent.on('close', () => resolve());
			sent.end();
		});
		return told;
	}

	test('drips, and stops when the client goes', async () => {
		sandbox.fault({ on: 'list', play: { dripMs: 1 } });
		expect(await cutAfter(3)).toMatchObject({ status: 200 });
		expect(sandbox.requests[0]?.status).toBe(200);
		expect((await list(sandbox)).status).toBe(200);
	});

	test('drips after the write, or without it', async () => {
		for (const after of [true, false]) {
			const { signal, abort } = stoppable();
			sandbox.fault({ on: 'create', play: { dripMs: 600_000, after } });
			const reply = call(sandbox, { method: 'POST', path: '/api/v1/sip-trunks/', body: goodTrunk, signal }).catch(
				(error: Error) => error,
			);
			await until(() => sandbox.requests.at(-1)?.status === 200);
			abort();
			expect(await reply).toHaveProperty('code');
			expect(sandbox.trunks()).toHaveLength(1);
		}
	});

	test('is 101, and then nothing', async () => {
		sandbox.fault({ on: 'list', play: { status: 101 } });
		expect(await cutAfter(1)).toEqual({ came: 0, status: 101, isUpgrade: true });
		expect(sandbox.requests[0]?.status).toBe(101);
	});

	test('is ended by the end of the sandbox', async () => {
		for (const play of [{ dripMs: 600_000 }, { bigMb: 4_096 }]) {
			const closing = await startSandbox();
			closing.fault({ on: 'list', play });
			const reply = list(closing).catch((error: Error) => error);
			await until(() => closing.requests[0]?.status !== undefined);
			await closing.close();
			expect(await reply).toHaveProperty('code');
		}
	});

	test('is 101 until the end of the sandbox', async () => {
		const closing = await startSandbox();
		closing.fault({ on: 'list', play: { status: 101 } });
		const ended = new Promise<void>((resolve) => {
			const sent = request(`${closing.url}/api/v1/sip-trunks/`, {
				headers: { 'x-crazytel-api-key': closing.apiKey },
				agent: false,
			});
			sent.on('upgrade', (_response, socket) => {
				socket.on('close', () => resolve());
				void closing.close();
			});
			sent.end();
		});
		await ended;
		expect(closing.requests[0]?.status).toBe(101);
	});

	test.each([false, true])('is large, and then the answer (packed: %j)', async (gzip) => {
		sandbox.addTrunk();
		sandbox.fault({ on: 'list', play: { bigMb: 3, gzip } });
		const reply = await call(sandbox, { path: '/api/v1/sip-trunks/', isBinary: true });
		const body = gzip ? gunzipSync(Buffer.from(reply.text, 'latin1')) : Buffer.from(reply.text, 'latin1');
		expect(body.length).toBeGreaterThan(3 * 2 ** 20);
		expect(reply.text.length < 2 ** 20).toBe(gzip);
		expect(JSON.parse(body.toString())).toHaveLength(1);
	});

	test('is large with a status of its own, and then the write was not made', async () => {
		expect((await createWith({ bigMb: 1, status: 422 })).status).toBe(422);
		expect(sandbox.trunks()).toEqual([]);
	});
});

function stoppable(): { signal: AbortSignal; abort: () => void } {
	const stop = new AbortController();
	return { signal: stop.signal, abort: () => stop.abort() };
}
