import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import type { Trunk } from '../../../nodes/Crazytel/api/answers';
import { ApiError } from '../../../nodes/Crazytel/api/apiError';
import { createClient } from '../../../nodes/Crazytel/api/client';
import { clock, Stopped } from '../../../nodes/Crazytel/api/clock';
import {
	type ApiRequest,
	createTrunkRequest,
	deleteTrunkRequest,
	trunkListRequest,
	updateTrunkRequest,
} from '../../../nodes/Crazytel/api/endpoints';

const ID = '3f2b8c1e-5a4d-4c6b-9e7f-0a1b2c3d4e5f';
const update = updateTrunkRequest(ID, { password: 'Secret1Pass' });
const create = createTrunkRequest({ description: 'Acme', password: 'Secret1Pass' });
const list = trunkListRequest();
const remove = deleteTrunkRequest(ID);

const real = { ...clock };

let now = 0;

/** A wait takes no time, and the clock is put forward by it. */
async function wait(ms: number, signal?: AbortSignal): Promise<void> {
	if (signal?.aborted) throw new Stopped();
	now += ms;
}

beforeEach(() => {
	Object.assign(clock, { now: () => now, random: () => 0, wait });
});

afterAll(() => {
	Object.assign(clock, real);
});

/** What the server does with a request: its status and body, or an error for no answer. */
type Reply = { status: number; body?: unknown; headers?: object } | Error;

const TRUNK = { id: ID, username: 'CT1' };
const ok: Reply = { status: 200, body: TRUNK };
const failed: Reply = { status: 500 };
const limited: Reply = { status: 429 };
const broken = (reason: string): Reply => Object.assign(new Error(reason), { code: 'ECONNRESET' });

let keys = 0;

/** A client whose requests are answered in this order; Stop is pressed while a request of `stopAt` is under way. */
async function clientWith(replies: Reply[], { apiKey = `Key-${++keys}`, stopAt = 0 } = {}) {
	const stop = new AbortController();
	const sent: IHttpRequestOptions[] = [];
	const signals: unknown[] = [];
	const context = {
		getCredentials: async () => ({ apiKey, baseUrl: 'https://crazytel.io', requestsPerMinute: 0 }),
		getExecutionCancelSignal: () => stop.signal,
		helpers: {
			async httpRequestWithAuthentication(this: IExecuteFunctions, _: string, options: IHttpRequestOptions) {
				signals.push(this.getExecutionCancelSignal());
				sent.push(options);
				if (sent.length === stopAt) stop.abort();
				const reply = replies[sent.length - 1] ?? ok;
				if (reply instanceof Error) throw reply;
				return { statusCode: reply.status, headers: reply.headers ?? {}, body: reply.body ?? '' };
			},
		},
	} as unknown as IExecuteFunctions;
	return { client: await createClient(context), sent, signals, stop };
}

/** How a request ends: its answer, or the error. */
async function endOf(request: ApiRequest<unknown>, replies: Reply[], more: { stopAt?: number; earlier?: ApiError } = {}) {
	const { client, sent } = await clientWith(replies, more);
	const end = await client.send(request, { earlier: more.earlier }).catch((error: unknown) => error);
	return { end, tries: sent.length };
}

const unknown = expect.objectContaining({ message: expect.stringContaining('It is unknown whether') as string }) as ApiError;

describe('a status', () => {
	test.each([200, 201, 299])('%d is a success', async (status) => {
		expect((await endOf(update, [{ status, body: TRUNK }])).end).toEqual(TRUNK);
	});

	test.each([199, 300, 304])('%d is none', async (status) => {
		expect((await endOf(update, [{ status, body: TRUNK }])).end).toBeInstanceOf(ApiError);
	});
});

describe('a try that may have acted is not forgotten', () => {
	test.each<[string, Reply[]]>([
		['were limited', [failed, limited, limited, limited]],
		['had their key refused', [failed, { status: 401 }]],
		['never arrived', [failed, ...Array.from({ length: 3 }, () => Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }))]],
	])('when the later ones %s', async (_, replies) => {
		expect((await endOf(update, replies)).end).toEqual(unknown);
	});

	test('but a refusal is of the trunk as it is now', async () => {
		expect((await endOf(update, [failed, { status: 400 }])).end).toMatchObject({ kind: 'refused' });
	});

	test('when the execution is stopped before the next one', async () => {
		const { end, tries } = await endOf(update, [failed], { stopAt: 1 });
		expect([end, tries]).toEqual([unknown, 1]);
	});

	test('when the execution is stopped while the next one waits for the limit', async () => {
		const { client, sent, stop } = await clientWith([failed, limited]);
		Object.assign(clock, {
			wait: async (ms: number, signal?: AbortSignal) => {
				// The pause after a 429.
				if (ms === 10_000) stop.abort();
				await wait(ms, signal);
			},
		});
		const end = await client.send(update).catch((error: unknown) => error);
		expect([end, sent.length]).toEqual([unknown, 2]);
	});

	test('when others have failed meanwhile, so that there is no next one', async () => {
		const { client, sent } = await clientWith([failed, failed, failed, failed, { status: 401 }]);
		// The first waits for its second try while the key is refused to the other one.
		Object.assign(clock, {
			wait: async (ms: number) => {
				await wait(ms);
				if (sent.length === 1) await client.send(list).catch(() => undefined);
			},
		});
		const end = await client.send(update).catch((error: unknown) => error);
		expect(end).toEqual(unknown);
	});
});

describe('Stop', () => {
	test('tears down a read that is under way, and no write', async () => {
		const { client, signals, stop } = await clientWith([{ status: 200, body: [] }]);
		await client.send(list);
		await client.send(update);
		expect(signals).toEqual([stop.signal, undefined]);
	});

	test('ends a read without an answer as stopped, and not as a broken connection', async () => {
		expect((await endOf(list, [broken('canceled')], { stopAt: 1 })).end).toBeInstanceOf(Stopped);
	});

	test('of a write without an answer leaves it unknown', async () => {
		expect((await endOf(create, [broken('socket hang up')], { stopAt: 1 })).end).toEqual(unknown);
	});

	test('does not discard an answer that has come', async () => {
		expect((await endOf(list, [{ status: 200, body: [TRUNK] }], { stopAt: 1 })).end).toEqual([TRUNK]);
	});

	test('before a request sends nothing', async () => {
		const { client, sent, stop } = await clientWith([]);
		stop.abort();
		await expect(client.send(update)).rejects.toBeInstanceOf(Stopped);
		expect(sent).toEqual([]);
	});
});

describe('a trunk that is gone', () => {
	const gone: Reply = { status: 404 };

	test('was deleted by a try that may have worked', async () => {
		expect((await endOf(remove, [failed, gone])).end).toEqual({ deleted: true });
	});

	test('was deleted by an earlier try of Retry On Fail', async () => {
		const earlier = new ApiError('Lost.', '', 'uncertain', { httpCode: '500' });
		expect((await endOf(remove, [gone], { earlier })).end).toEqual({ deleted: true });
	});

	test('is another matter than one that may not be deleted', async () => {
		expect((await endOf(remove, [failed, { status: 400 }])).end).toMatchObject({ kind: 'refused' });
	});

	test.each<[string, ApiRequest<unknown>, Reply[]]>([
		['was gone before the first try', remove, [gone]],
		['was gone before a try that did nothing', remove, [limited, gone]],
		['is no success of an update', update, [failed, gone]],
	])('%s', async (_, request, replies) => {
		expect((await endOf(request, replies)).end).toMatchObject({ kind: 'gone' });
	});
});

describe('secrets', () => {
	test('the key and the password are masked in an answer, and what else the caller names', async () => {
		const { client } = await clientWith([{ status: 200, body: { ...TRUNK, note: 'Key-abcd Secret1Pass Further1Pass' } }], { apiKey: 'Key-abcd' });
		expect(await client.send<Trunk>(update, { secrets: ['Further1Pass'] })).toMatchObject({ note: '*** *** ***' });
	});

	test('and in the reason why there is no answer', async () => {
		const { end } = await endOf(create, [broken('no way to Secret1Pass')]);
		expect(end).toMatchObject({ message: expect.stringContaining('(no way to ***)') as string });
	});
});

test('clients of one account share its window, and each tells what it has waited itself', async () => {
	const one = await clientWith([limited], { apiKey: 'Shared-key' });
	const other = await clientWith([], { apiKey: 'Shared-key' });
	const stranger = await clientWith([]);
	expect(one.client.accountId).toBe(other.client.accountId);
	expect(one.client.accountId).not.toBe(stranger.client.accountId);

	await Promise.all([one.client.send(update), other.client.send(update), stranger.client.send(update)]);
	await other.client.send(update);
	expect(one.client.effort).toEqual({ longestWaitMs: 10_000, repetitions: 1, requestsPerMinute: 0 });
	expect(other.client.effort).toMatchObject({ repetitions: 0 });
	expect(stranger.client.effort).toMatchObject({ longestWaitMs: 0 });
});
