/* eslint-disable @n8n/community-nodes/no-restricted-imports -- plays what n8n gives */
import { Readable } from 'node:stream';

import type { IExecuteFunctions, IHttpRequestOptions, ILoadOptionsFunctions } from 'n8n-workflow';

import { ApiError } from '../../../nodes/Crazytel/api/apiError';
import { createClient } from '../../../nodes/Crazytel/api/client';
import { clock, Stopped } from '../../../nodes/Crazytel/api/clock';
import { MOST_ENTRIES } from '../../../nodes/Crazytel/api/gauge';
import { Outdated } from '../../../nodes/Crazytel/api/outdated';
import { windowOf } from '../../../nodes/Crazytel/api/pacing';
import { isWhole, MOST_PAGES } from '../../../nodes/Crazytel/api/pages';
import type { ApiRequest, Endpoint } from '../../../nodes/Crazytel/api/request';
import { actRequest, EFFECTS, listRequest, makeRequest, removeRequest, requestOf, setRequest } from './endpoints';

const update = setRequest('a-1', { pin: 'Secret1Pin' });
const make = makeRequest({ name: 'Lamp', pin: 'Secret1Pin' });
const list = listRequest();
const remove = removeRequest('a-1');
const act = actRequest();

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

const THING = { id: 'a-1', name: 'Lamp' };
const ok: Reply = { status: 200, body: THING };
const failed: Reply = { status: 500 };
const limited: Reply = { status: 429 };
const broken = (reason: string): Reply => Object.assign(new Error(reason), { code: 'ECONNRESET' });

const earlier = new ApiError('Lost.', '', 'uncertain', { httpCode: '500' });

let keys = 0;

/** A client whose requests are answered in this order; Stop is pressed while a request of `stopAt` is under way. */
async function clientWith(
	replies: Reply[],
	{ apiKey = `Key-${++keys}`, smsApiKey = '', stopAt = 0, requestsPerMinute = 0, items = 1 } = {},
) {
	const stop = new AbortController();
	const sent: IHttpRequestOptions[] = [];
	const signals: unknown[] = [];
	const context = {
		getCredentials: async () => ({ apiKey, smsApiKey, baseUrl: 'https://crazytel.io', requestsPerMinute }),
		getExecutionCancelSignal: () => stop.signal,
		helpers: {
			async httpRequestWithAuthentication(this: IExecuteFunctions, _: string, options: IHttpRequestOptions) {
				signals.push(this.getExecutionCancelSignal());
				// As a helper does that sends it: it reads all of it.
				sent.push({ ...options });
				if (sent.length === stopAt) stop.abort();
				const reply = replies[sent.length - 1] ?? ok;
				if (reply instanceof Error) throw reply;
				return { statusCode: reply.status, headers: reply.headers ?? {}, body: reply.body ?? '' };
			},
		},
	} as unknown as IExecuteFunctions;
	return { client: await createClient(context, items), sent, signals, stop };
}

/** How a request ends: its answer, or the error. */
async function endOf(
	request: ApiRequest<unknown>,
	replies: Reply[],
	more: { stopAt?: number; earlier?: ApiError } = {},
) {
	const { client, sent } = await clientWith(replies, more);
	const end = await client.send(request, more.earlier).catch((error: unknown) => error);
	return { end, tries: sent.length };
}

const unknown = expect.objectContaining({
	message: expect.stringContaining('It is unknown whether') as string,
}) as ApiError;

describe('a status', () => {
	test.each([200, 201, 299])('%d is a success', async (status) => {
		expect((await endOf(update, [{ status, body: THING }])).end).toEqual(THING);
	});

	test.each([199, 300, 400])('that is none (%d) is not read further than its words', async (status) => {
		let taken = 0;
		const endless = function* () {
			for (; taken < 1_000; taken++) yield Buffer.alloc(65_536, 'a');
		};
		expect((await endOf(make, [{ status, body: Readable.from(endless()) }])).end).toBeInstanceOf(ApiError);
		expect(taken).toBeLessThan(100);
	});

	test.each([199, 300, 304])('%d is none', async (status) => {
		expect((await endOf(update, [{ status, body: THING }])).end).toBeInstanceOf(ApiError);
	});
});

test.each([
	['the other key, where there is one', true, 'Key-of-SMS', true],
	['the one key, where there is no other', true, '', false],
	['the one key, though there is another', undefined, 'Key-of-SMS', false],
] as const)('a refusal is explained by what was asked with %s', async (_, hasOtherKey, smsApiKey, byOtherKey) => {
	const explain = jest.fn(() => ({}));
	const { client } = await clientWith([{ status: 400 }], { smsApiKey });
	const request = { ...act, endpoint: { ...act.endpoint, hasOtherKey, explain } };
	await expect(client.send(request)).rejects.toBeInstanceOf(ApiError);
	expect(explain.mock.calls).toMatchObject([[{ byOtherKey }]]);
});

describe('an answer that is not what the endpoint promises', () => {
	test.each<[string, ApiRequest<unknown>, string]>([
		['a read', list, 'unreadable'],
		['a write', make, 'unreadable'],
	])('is an error, of %s', async (_, request, kind) => {
		expect(await endOf(request, [{ status: 200, body: { ok: true } }])).toMatchObject({
			end: { kind, httpCode: '200' },
			tries: 1,
		});
	});

	test('is told with what it says of how it went', async () => {
		expect((await endOf(list, [{ status: 200, body: { ok: true, status: 'queued' } }])).end).toMatchObject({
			happened: expect.stringContaining("data in an unknown form, with the status 'queued' (200).") as string,
		});
	});

	test('is an error where it is larger than is read, and is not asked for again', async () => {
		const record = Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [`field ${index}`, 1]));
		const body = Readable.from([Buffer.from(JSON.stringify(record))]);
		const { end, tries } = await endOf(list, [{ status: 200, body }, ok]);
		expect(end).toMatchObject({ kind: 'unreadable', httpCode: '200' });
		expect(end).toMatchObject({
			happened: expect.stringContaining(
				'larger than this node reads: a record of more than 10,000 fields (200).',
			) as string,
		});
		expect(tries).toBe(1);
	});

	test('is asked for again where reading does no harm, if it was damaged on its way', async () => {
		expect(
			await endOf(list, [
				{ status: 200, body: '[{"id":' },
				{ status: 200, body: [THING] },
			]),
		).toEqual({ end: [THING], tries: 2 });
	});
});

describe('a list of what has failed', () => {
	const failures = [{ ref: 1, status: 'failed', error: 'Busy' }];
	const isEntry = (entry: unknown): boolean => typeof entry === 'object' && entry !== null && 'ref' in entry;
	const read = (body: unknown) => (Array.isArray(body) ? (body as never) : undefined);

	test('is none of the request where its endpoint knows its entries', async () => {
		const known = { ...list, endpoint: { ...list.endpoint, isEntry, read } };
		expect((await endOf(known, [{ status: 200, body: failures }])).end).toEqual(failures);
		const mixed = [{ status: 'failed', error: 'Busy' }, ...failures];
		expect((await endOf(known, [{ status: 200, body: mixed }])).end).toEqual(mixed);
		expect((await endOf(known, [{ status: 200, body: [{ status: 'failed', error: 'Busy' }] }])).end).toMatchObject({
			kind: 'denied',
		});
		expect((await endOf(known, [{ status: 200, body: { success: false, rows: failures } }])).end).toMatchObject({
			kind: 'denied',
		});
	});

	test('is one of the request where it does not', async () => {
		expect(
			(await endOf({ ...list, endpoint: { ...list.endpoint, read } }, [{ status: 200, body: failures }])).end,
		).toMatchObject({ kind: 'denied' });
	});
});

describe('a 2xx to a write is not believed alone', () => {
	test.each<[string, unknown, string]>([
		['says that it failed', { success: false, message: 'Insufficient credit' }, 'denied'],
		['shows an error where a thing should be', { id: 'req_8f2', error: 'Insufficient credit' }, 'denied'],
		['shows another thing', { ...THING, id: 'b-2' }, 'unreadable'],
		['is empty', '', 'accepted'],
		['says that it is queued', { status: 'queued' }, 'unreadable'],
	])('that %s is no success of a set, and is not sent again', async (_, body, kind) => {
		expect(await endOf(update, [{ status: 200, body }])).toMatchObject({ end: { kind }, tries: 1 });
	});

	test('that says that it failed is none of any effect', async () => {
		for (const effect of EFFECTS) {
			const { end, tries } = await endOf(requestOf[effect], [{ status: 200, body: { success: false } }]);
			expect([end, tries]).toMatchObject([{ kind: 'denied' }, 1]);
		}
	});

	test('that its endpoint takes for a refusal is one', async () => {
		const denying = { ...update, endpoint: { ...update.endpoint, denies: (body: unknown) => body === 'no' } };
		expect((await endOf(denying, [{ status: 200, body: 'no' }])).end).toMatchObject({ kind: 'denied' });
		expect((await endOf(denying, [ok])).end).toEqual(THING);
	});

	test('the id of a thing is the same in capitals', async () => {
		expect((await endOf(update, [{ status: 200, body: { ...THING, id: 'A-1' } }])).end).toMatchObject({ id: 'A-1' });
	});

	test('what is made may have any id', async () => {
		expect((await endOf(make, [{ status: 200, body: { ...THING, id: 'b-2' } }])).end).toMatchObject({ id: 'b-2' });
	});
});

describe('what does not pass in a second', () => {
	test.each<[string, Reply]>([
		['a thing that is being changed', { status: 423 }],
		['a firewall', { status: 403, body: '<html></html>' }],
	])('is waited out and sent again, whatever the effect: %s', async (_, reply) => {
		for (const effect of EFFECTS) {
			const request = {
				...requestOf[effect],
				endpoint: { ...requestOf[effect].endpoint, read: () => ({ id: 'a-1' }) },
			} as ApiRequest<unknown>;
			expect(await endOf(request, [reply, reply])).toEqual({ end: { id: 'a-1' }, tries: 3 });
		}
	});

	test('is final where it will not pass: a proxy that wants a password', async () => {
		expect(await endOf(make, [{ status: 407 }])).toMatchObject({ end: { kind: 'blocked' }, tries: 1 });
	});

	test('says nothing of a try that may have acted', async () => {
		expect((await endOf(update, [failed, { status: 423 }, { status: 423 }, { status: 423 }])).end).toEqual(unknown);
	});
});

describe('a try that may have acted is not forgotten', () => {
	test.each<[string, Reply[]]>([
		['had their key refused', [failed, { status: 401 }]],
		[
			'never arrived',
			[failed, ...Array.from({ length: 3 }, () => Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }))],
		],
	])('when the later ones %s', async (_, replies) => {
		expect((await endOf(update, replies)).end).toEqual(unknown);
	});

	test('however often the later ones were limited, until nothing was let through for ten minutes', async () => {
		const { end, tries } = await endOf(update, [failed, ...Array.from({ length: 200 }, () => limited)]);
		expect(end).toEqual(unknown);
		expect(tries).toBeGreaterThan(10);
		expect(tries).toBeLessThan(200);
	});

	test.each([400, 409, 422])('nor when a later one is refused (%d): the first may be the reason', async (status) => {
		const replies: Reply[] = [failed, { status, body: { detail: 'It is so already' } }];
		for (const request of [update, remove]) {
			expect(await endOf(request, replies)).toMatchObject({
				end: { kind: 'overtaken', httpCode: String(status) },
				tries: 2,
			});
		}
		expect((await endOf(update, replies)).end).toEqual(unknown);
	});

	test('nor in an earlier try of Retry On Fail', async () => {
		expect((await endOf(update, [{ status: 400 }], { earlier })).end).toMatchObject({ kind: 'overtaken' });
	});

	test('but a read that was refused is refused', async () => {
		expect((await endOf(list, [failed, { status: 400 }])).end).toMatchObject({ kind: 'refused' });
	});

	test('when the execution is stopped before the next one', async () => {
		const { end, tries } = await endOf(update, [failed], { stopAt: 1 });
		expect([end, tries]).toEqual([unknown, 1]);
		// n8n looks for the word.
		expect((end as Error).message).toContain(
			'(500). The execution was canceled before it was sent again. It is unknown',
		);
	});

	test('when the execution is stopped while the next one waits for the limit', async () => {
		const { client, sent, stop } = await clientWith([failed, limited]);
		Object.assign(clock, {
			wait: async (ms: number, signal?: AbortSignal) => {
				// The pause after a 429.
				if (ms > 10_000) stop.abort();
				await wait(ms, signal);
			},
		});
		const end = await client.send(update).catch((error: unknown) => error);
		expect([end, sent.length]).toEqual([unknown, 2]);
	});

	test('when the execution is stopped while the service is down', async () => {
		const stopAfter = async (request: ApiRequest<unknown>, reply: Reply) => {
			const { client, sent, stop } = await clientWith(
				Array.from({ length: 9 }, () => reply),
				{ items: 61 },
			);
			Object.assign(clock, {
				wait: async (ms: number, signal?: AbortSignal) => {
					// The pause before it is asked whether the service is back.
					if (ms >= 5_000) stop.abort();
					await wait(ms, signal);
				},
			});
			return { end: await client.send(request).catch((error: unknown) => error), tries: sent.length };
		};
		const { end, tries } = await stopAfter(update, failed);
		expect([end, tries]).toEqual([unknown, 4]);
		expect((end as Error).message).toContain('The execution was canceled before it was sent again.');
		const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
		expect((await stopAfter(update, refused)).end).toBeInstanceOf(Stopped);
	});

	test('and is told to whoever asks before it is sent again', async () => {
		const { client } = await clientWith([failed, ok]);
		const onRepeatInDoubt = jest.fn();
		await client.send(update, undefined, { onRepeatInDoubt });
		expect(onRepeatInDoubt).toHaveBeenCalledTimes(1);
		const other = await clientWith([{ status: 423 }, ok]);
		await other.client.send(update, undefined, { onRepeatInDoubt });
		expect(onRepeatInDoubt).toHaveBeenCalledTimes(1);
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

test.each(EFFECTS)('what cannot be sent is not sent, and the words say why (%s)', async (effect) => {
	const { client, sent } = await clientWith([]);
	const request = { ...requestOf[effect], unsendable: 'It has no address. Nothing was sent.' };
	await expect(client.send(request)).rejects.toMatchObject({
		message: 'It has no address. Nothing was sent.',
		kind: 'refused',
		httpCode: 'UNSENDABLE',
		mayHaveActed: false,
	});
	expect(sent).toEqual([]);
});

describe('Stop', () => {
	test('tears down a read that is under way, and no write', async () => {
		for (const request of [list, update, remove, make, act] as Array<ApiRequest<unknown>>) {
			const { client, signals } = await clientWith([{ status: 200, body: [] }], { stopAt: 1 });
			await client.send(request).catch(() => undefined);
			expect(signals.map((signal) => (signal as AbortSignal).aborted)).toEqual([request === list]);
		}
	});

	test('ends a read without an answer as stopped, and not as a broken connection', async () => {
		expect((await endOf(list, [broken('canceled')], { stopAt: 1 })).end).toBeInstanceOf(Stopped);
	});

	test('while a read waits for its next try is no doubt', async () => {
		expect(await endOf(list, [{ status: 423 }], { stopAt: 1 })).toMatchObject({ end: expect.any(Stopped), tries: 1 });
	});

	test('of a write without an answer leaves it unknown', async () => {
		expect((await endOf(make, [broken('socket hang up')], { stopAt: 1 })).end).toEqual(unknown);
	});

	test('does not discard an answer that has come', async () => {
		expect((await endOf(list, [{ status: 200, body: [THING] }], { stopAt: 1 })).end).toEqual([THING]);
	});

	test('before a request sends nothing', async () => {
		const { client, sent, stop } = await clientWith([]);
		stop.abort();
		await expect(client.send(update)).rejects.toBeInstanceOf(Stopped);
		expect(sent).toEqual([]);
	});
});

describe('a thing that is gone', () => {
	const gone: Reply = { status: 404 };

	test('may have been removed by a try that may have worked, or not be removable: that is to be looked for', async () => {
		expect((await endOf(remove, [failed, gone])).end).toMatchObject({ kind: 'overtaken' });
		expect((await endOf(remove, [gone], { earlier })).end).toMatchObject({ kind: 'overtaken' });
	});

	test('is another matter than one that may not be removed', async () => {
		expect((await endOf(remove, [failed, { status: 400 }])).end).toMatchObject({ kind: 'overtaken' });
		expect((await endOf(remove, [{ status: 400 }])).end).toMatchObject({ kind: 'refused' });
	});

	test.each<[string, ApiRequest<unknown>, Reply[]]>([
		['was gone before the first try', remove, [gone]],
		['was gone before a try that did nothing', remove, [limited, gone]],
		['is no success of an update', update, [failed, gone]],
	])('%s', async (_, request, replies) => {
		expect((await endOf(request, replies)).end).toMatchObject({ kind: 'gone' });
	});

	test.each(EFFECTS.filter((effect) => effect !== 'remove'))(
		'is no success of another effect (%s), even if that takes nothing for an answer',
		async (effect) => {
			const endpoint = {
				...requestOf[effect].endpoint,
				read: () => ({ deleted: true }),
				explain: () => ({ isGone: true as const }),
			} as Endpoint<unknown>;
			// Of what acts once, no later answer says that it was not done.
			const kind = effect === 'act' ? 'uncertain' : 'gone';
			expect((await endOf({ ...requestOf[effect], endpoint }, [gone], { earlier })).end).toMatchObject({ kind });
		},
	);

	test.each([400, 404, 409, 422])('an act that may have been done is not told as refused (%d)', async (status) => {
		const { end, tries } = await endOf({ ...act, idempotencyKey: 'key-1' }, [failed, { status, body: 'exists' }]);
		expect([end, tries]).toMatchObject([{ kind: 'uncertain', httpCode: '500' }, 2]);
		expect((await endOf(act, [{ status, body: 'exists' }])).end).toMatchObject({ httpCode: String(status) });
	});

	test('is an answer: the service is up', async () => {
		const removed: Reply = { status: 204 };
		const { client } = await clientWith([
			...Array.from({ length: 8 }, () => failed),
			failed,
			gone,
			...Array.from({ length: 4 }, () => failed),
			removed,
		]);
		const ends: unknown[] = [];
		// With the third one done, the fourth is not the third failure in a row, and the fifth is sent.
		for (let request = 0; request < 5; request++)
			ends.push(await client.send(remove).catch((error: ApiError) => error.kind));
		expect(ends).toEqual(['uncertain', 'uncertain', 'overtaken', 'uncertain', { deleted: true }]);
	});
});

describe('what acts once', () => {
	const withKey = { ...act, idempotencyKey: 'key-1' };

	test('is sent again in doubt only with a key by which the server knows it', async () => {
		const again = await endOf(withKey, [failed]);
		expect(again).toEqual({ end: THING, tries: 2 });
		const once = await endOf(act, [failed]);
		expect(once).toEqual({ end: unknown, tries: 1 });
	});

	test.each<[string, Reply]>([
		['was limited', limited],
		['never arrived', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })],
	])('is sent again without one if it %s', async (_, reply) => {
		expect(await endOf(act, [reply])).toEqual({ end: THING, tries: 2 });
	});

	test.each<[string, ApiRequest<unknown>]>([
		['makes', make],
		['acts', act],
	])('is in doubt at once where it %s and has no answer', async (_, request) => {
		expect(await endOf(request, [broken('socket hang up')])).toEqual({ end: unknown, tries: 1 });
	});
});

describe('a request is sent', () => {
	/** What n8n's helper is asked for, the first time. */
	async function sentOf(request: ApiRequest<unknown>): Promise<IHttpRequestOptions | undefined> {
		const { client, sent } = await clientWith([]);
		await client.send(request).catch(() => undefined);
		return sent[0];
	}

	test('with its method, its path, its body', async () => {
		expect(await sentOf(update)).toMatchObject({
			method: 'PATCH',
			url: 'https://crazytel.io/api/v1/things/a-1',
			body: { pin: 'Secret1Pin' },
		});
		expect(await sentOf(list)).toMatchObject({
			method: 'GET',
			url: 'https://crazytel.io/api/v1/things/',
			body: undefined,
		});
	});

	test('with its query', async () => {
		expect((await sentOf({ ...list, query: { page: 2, name: 'a b' } }))?.qs).toEqual({ page: 2, name: 'a b' });
		expect((await sentOf(list))?.qs).toBeUndefined();
	});

	test('with another key wherever the key is another one, also in the space around it', async () => {
		const keys = [' two', '  two', ' 20two', '%20two', 'two', 'two ', 'two  ', 'two%20'];
		const sent = new Set<unknown>();
		for (const idempotencyKey of keys)
			sent.add((await sentOf({ ...act, idempotencyKey }))?.headers?.['Idempotency-Key']);
		expect([...sent]).toHaveLength(keys.length);
	});

	test.each([
		['House 7', 'House 7'],
		['鍵', '%e98db5'],
		['a\nb', 'a%0ab'],
		['k\u{1F600}', 'k%f09f9880'],
		[' ', '%20'],
		[' order ', '%20order%20'],
		['100%', '100%25'],
	])('with a key in letters that a header can hold, each key its own: %j', async (idempotencyKey, header) => {
		expect((await sentOf({ ...act, idempotencyKey }))?.headers).toEqual({ 'Idempotency-Key': header });
	});

	test('with its headers, and its key beside them', async () => {
		const headers = { 'x-language': 'en' };
		expect((await sentOf({ ...act, headers }))?.headers).toEqual(headers);
		expect((await sentOf({ ...act, idempotencyKey: 'key-1' }))?.headers).toEqual({ 'Idempotency-Key': 'key-1' });
		expect((await sentOf({ ...act, headers, idempotencyKey: 'key-1' }))?.headers).toEqual({
			...headers,
			'Idempotency-Key': 'key-1',
		});
		expect((await sentOf(act))?.headers).toBeUndefined();
		expect((await sentOf({ ...act, idempotencyKey: '' }))?.headers).toBeUndefined();
		expect(headers).toEqual({ 'x-language': 'en' });
	});

	test('each time with the same key', async () => {
		const { client, sent } = await clientWith([failed, limited, failed]);
		await client.send({ ...act, idempotencyKey: 'key-1' });
		expect(sent.map(({ headers }) => headers)).toEqual(
			Array.from({ length: 4 }, () => ({ 'Idempotency-Key': 'key-1' })),
		);
	});
});

describe('secrets', () => {
	test('the key and what the request names are masked in an answer', async () => {
		const reply = { status: 200, body: { ...THING, note: 'Key-abcd Secret1Pin Further1Pin' } };
		const { client } = await clientWith([reply, reply], { apiKey: 'Key-abcd' });
		expect(await client.send({ ...update, secrets: ['Secret1Pin', 'Further1Pin'] })).toMatchObject({
			note: '*** *** ***',
		});
		// Only what it names: not all that is sent is a secret.
		expect(await client.send({ ...update, secrets: undefined })).toMatchObject({ note: '*** Secret1Pin Further1Pin' });
	});

	test('a text that begins like the key stays where it was sent as it is, and nowhere else', async () => {
		const name = 'Fleet-Acme-12';
		const reply = { status: 200, body: { ...THING, name } };
		const { client } = await clientWith([reply, reply], { apiKey: `${name}-and-more` });
		expect(await client.send({ ...update, body: { name }, secrets: ['Secret1Pin'] })).toMatchObject({ name });
		expect(await client.send({ ...update, body: { name: 'Lamp' }, secrets: ['Secret1Pin'] })).toMatchObject({
			name: '***',
		});
	});

	test('and in the words of a refusal', async () => {
		const { end } = await endOf(make, [{ status: 422, body: { detail: 'Not Secret1Pin' } }]);
		expect(end).toMatchObject({ message: expect.stringContaining('Crazytel says: "Not ***".') as string });
	});

	test('and in the reason why there is no answer', async () => {
		const { end } = await endOf(make, [broken('no way to Secret1Pin')]);
		expect(end).toMatchObject({ message: expect.stringContaining('(no way to ***)') as string });
	});
});

test('a request leaves its place when it has an answer, and for a minute nobody takes that', async () => {
	const { client } = await clientWith([], { requestsPerMinute: 1 });
	for (let request = 0; request < 3; request++) await client.send(update);
	expect(client.effort).toEqual({ longestWaitMs: 60_500, repetitions: 0, requestsPerMinute: 1 });
});

test('the window is told whether an answer came, and whether the request was refused before', async () => {
	const { client } = await clientWith([limited, broken('socket hang up'), { status: 200, body: [THING] }]);
	const window = windowOf(client.accountId);
	const enter = window.enter.bind(window);
	const told: unknown[] = [];
	jest.spyOn(window, 'enter').mockImplementation(async (entrant) => {
		const place = await enter(entrant);
		const leave = (wasAnswered: boolean): void => {
			told.push([entrant.isAgain, wasAnswered]);
			place.leave(wasAnswered);
		};
		return { ...place, leave };
	});
	await client.send(list);
	expect(told).toEqual([
		[false, true],
		[true, false],
		[false, true],
	]);
});

test('in the editor there is no Stop: a read without an answer is a broken connection', async () => {
	const context = {
		getCredentials: async () => ({ apiKey: 'Key-of-the-editor', baseUrl: 'https://crazytel.io', requestsPerMinute: 0 }),
		helpers: {
			httpRequestWithAuthentication: async (_: string, { url }: IHttpRequestOptions) =>
				await Promise.reject(new Error(`socket hang up: ${url}`)),
		},
	} as unknown as ILoadOptionsFunctions;
	const client = await createClient(context);
	expect(client.signal).toBeUndefined();
	await expect(client.send(list)).rejects.toMatchObject({ kind: 'uncertain' });
});

test('what is known by now to have been done does not count as failed', async () => {
	const { client, sent } = await clientWith(Array.from({ length: 9 }, () => failed));
	for (let request = 0; request < 4; request++) {
		await client.send(make).catch(() => undefined);
		client.countAsDone(make);
	}
	expect(sent).toHaveLength(4);
	for (let request = 0; request < 4; request++) await client.send(make).catch(() => undefined);
	// After three in a row without that, nothing is sent any more.
	expect(sent).toHaveLength(7);
});

test('clients of one account share its window, and each tells what it has waited itself', async () => {
	const one = await clientWith([limited], { apiKey: 'Shared-key' });
	const other = await clientWith([], { apiKey: 'Shared-key' });
	const stranger = await clientWith([]);
	expect(one.client.accountId).toBe(other.client.accountId);
	expect(one.client.accountId).not.toBe(stranger.client.accountId);

	await Promise.all([one.client.send(update), other.client.send(update), stranger.client.send(update)]);
	await other.client.send(update);
	expect(one.client.effort).toEqual({ longestWaitMs: 3_500, repetitions: 1, requestsPerMinute: 0 });
	expect(other.client.effort).toMatchObject({ repetitions: 0 });
	expect(stranger.client.effort).toMatchObject({ longestWaitMs: 0 });
});

describe('a request that rests on something', () => {
	test('asks for it when it has its place, not before', async () => {
		const { client, sent } = await clientWith([ok, ok], { requestsPerMinute: 1 });
		await client.send(list).catch(() => undefined);
		const asked: number[] = [];
		const startedAt = now;
		await client.send(update, undefined, { onTurn: () => asked.push(now - startedAt) > 0 });
		expect(asked).toEqual([60_500]);
		expect(sent).toHaveLength(2);
	});

	test('is not sent where that is not so any more, and the next one has its place', async () => {
		const { client, sent } = await clientWith([ok], { requestsPerMinute: 1 });
		await expect(client.send(make, undefined, { onTurn: () => false })).rejects.toBeInstanceOf(Outdated);
		expect(sent).toEqual([]);
		const startedAt = now;
		await client.send(update);
		expect(now - startedAt).toBe(0);
	});

	test('asks again in each try', async () => {
		const { client, sent } = await clientWith([limited, ok]);
		let turns = 0;
		await expect(client.send(make, undefined, { onTurn: () => ++turns < 2 })).rejects.toBeInstanceOf(Outdated);
		expect([turns, sent.length]).toEqual([2, 1]);
	});

	test('of a list is asked for the first page alone', async () => {
		let turns = 0;
		const pages = [
			{ status: 200, body: { things: [THING], next: '?page=2' } },
			{ status: 200, body: { things: [{ id: 'b-2' }] } },
		];
		const { client, sent } = await clientWith(pages);
		await client.send({ ...list, endpoint: { ...list.endpoint, isList: true } }, undefined, {
			onTurn: () => ++turns > 0,
		});
		expect([turns, sent.length]).toEqual([1, 2]);
	});
});

describe('a list in pages', () => {
	const pages: ApiRequest<unknown> = { ...list, endpoint: { ...list.endpoint, isList: true } };

	/** A page with these things, and what it says of the next one. */
	const page = (ids: string[], said: object = {}): Reply => ({
		status: 200,
		body: { things: ids.map((id) => ({ id })), ...said },
	});

	/** How the reading of the list ends: the ids, whether that is all, and what was asked for. */
	async function readAll(replies: Reply[], request = pages) {
		const { client, sent } = await clientWith(replies);
		const end = await client.send(request).catch((error: unknown) => error);
		const ids = Array.isArray(end) ? (end as Array<{ id: string }>).map(({ id }) => id) : end;
		return { ids, isAll: Array.isArray(end) && isWhole(end), asked: sent.map(({ qs }) => qs), sent };
	}

	test('that has one is asked for once', async () => {
		expect(await readAll([page(['a', 'b'])])).toMatchObject({ ids: ['a', 'b'], isAll: true, asked: [undefined] });
	});

	test('is read to its end', async () => {
		const replies = [
			page(['a', 'b'], { next: '?page=2' }),
			page(['c', 'd'], { next: '?page=3' }),
			page(['e'], { next: null }),
		];
		const { ids, isAll, asked, sent } = await readAll(replies);
		expect([ids, isAll]).toEqual([['a', 'b', 'c', 'd', 'e'], true]);
		expect(asked).toEqual([undefined, { page: '2' }, { page: '3' }]);
		expect(new Set(sent.map(({ url }) => url))).toEqual(new Set(['https://crazytel.io/api/v1/things/']));
	});

	test('keeps to what was asked for, and the next page counts above it', async () => {
		const { asked } = await readAll([page(['a'], { page: 1, pages: 2 }), page(['b'], { page: 2, pages: 2 })], {
			...pages,
			query: { colour: 'red', page: 1 },
		});
		expect(asked).toEqual([
			{ colour: 'red', page: 1 },
			{ colour: 'red', page: 2 },
		]);
	});

	test('counts what the pages before had', async () => {
		const replies = [
			page(['a', 'b'], { offset: 0, total: 5 }),
			page(['c', 'd'], { offset: 2, total: 5 }),
			page(['e'], { offset: 4, total: 5 }),
		];
		expect(await readAll(replies)).toMatchObject({
			ids: ['a', 'b', 'c', 'd', 'e'],
			isAll: true,
			asked: [undefined, { offset: 2 }, { offset: 4 }],
		});
	});

	test('counts what was answered, also what was there already', async () => {
		const replies = [page(['a', 'b'], { offset: 0, total: 4 }), page(['b', 'c'], { offset: 2, total: 4 })];
		expect(await readAll(replies)).toMatchObject({
			ids: ['a', 'b', 'c'],
			isAll: true,
			asked: [undefined, { offset: 2 }],
		});
	});

	test('that is the same page again and again is not all', async () => {
		const same = page(['a', 'b'], { page: 1, pages: 9 });
		expect(await readAll([same, same, same])).toMatchObject({
			ids: ['a', 'b'],
			isAll: false,
			asked: [undefined, { page: 2 }],
		});
	});

	test('that is the same page again, and says that it ends, is not all either', async () => {
		expect(await readAll([page(['a'], { page: 1, pages: 2 }), page(['a'], { page: 2, pages: 2 })])).toMatchObject({
			ids: ['a'],
			isAll: false,
		});
	});

	test('ends with a page that is empty', async () => {
		const replies = [page(['a', 'b'], { offset: 0, limit: 2 }), page([], { offset: 2, limit: 2 })];
		expect(await readAll(replies)).toMatchObject({
			ids: ['a', 'b'],
			isAll: true,
			asked: [undefined, { offset: 2, limit: 2 }],
		});
	});

	test('is not all where there may be more, and the next page is the same again', async () => {
		const full = page(['a', 'b'], { offset: 0, limit: 2 });
		expect(await readAll([full, full])).toMatchObject({
			ids: ['a', 'b'],
			isAll: false,
			asked: [undefined, { offset: 2, limit: 2 }],
		});
	});

	test('is not all where an empty page says that there is more', async () => {
		const replies = [page(['a'], { next: '?page=2' }), page([], { next: '?page=3' }), page(['c'])];
		expect(await readAll(replies)).toMatchObject({ ids: ['a'], isAll: false, asked: [undefined, { page: '2' }] });
	});

	test('is not all where it goes on, and nobody knows how', async () => {
		expect(await readAll([page(['a'], { has_more: true })])).toMatchObject({
			ids: ['a'],
			isAll: false,
			asked: [undefined],
		});
		const later = [page(['a'], { next: '?page=2' }), page(['b'], { next_cursor: 'abc' })];
		expect(await readAll(later)).toMatchObject({ ids: ['a', 'b'], isAll: false, asked: [undefined, { page: '2' }] });
	});

	test('has nothing twice, even in one page', async () => {
		expect(await readAll([page(['a', 'A', 'b'])])).toMatchObject({ ids: ['a', 'b'], isAll: true });
	});

	test('is read no further than so many pages', async () => {
		const endless = Array.from({ length: MOST_PAGES + 5 }, (_, index) =>
			page([`thing ${index}`], { next: `?page=${index + 2}` }),
		);
		const { ids, isAll, asked } = await readAll(endless);
		expect([(ids as string[]).length, isAll, asked.length]).toEqual([MOST_PAGES, false, MOST_PAGES]);
		expect(asked[MOST_PAGES - 1]).toEqual({ page: String(MOST_PAGES) });
	});

	test('is read no further than so many entries', async () => {
		const pageOf = (at: number) =>
			page(
				Array.from({ length: MOST_ENTRIES / 2 }, (_, entry) => `thing ${at} ${entry}`),
				{ next: `?page=${at + 2}` },
			);
		const { ids, isAll, asked } = await readAll([0, 1, 2].map(pageOf));
		expect([(ids as string[]).length, isAll, asked.length]).toEqual([MOST_ENTRIES, false, 2]);
	});

	test('that ends with the last page that is read is all', async () => {
		const replies = Array.from({ length: MOST_PAGES }, (_, index) =>
			page([`thing ${index}`], index + 1 < MOST_PAGES ? { next: `?page=${index + 2}` } : {}),
		);
		expect(await readAll(replies)).toMatchObject({ isAll: true });
	});

	test('reads each page as it would any other request: what passes is waited out', async () => {
		const { ids, asked } = await readAll([page(['a'], { next: '?page=2' }), failed, limited, page(['b'])]);
		expect(ids).toEqual(['a', 'b']);
		expect(asked).toEqual([undefined, { page: '2' }, { page: '2' }, { page: '2' }]);
	});

	test.each<[string, Reply[], object]>([
		['is refused', [{ status: 403, body: { detail: 'No' } }], { kind: 'refused' }],
		['fails to the end', [failed, failed, failed, failed], { kind: 'uncertain' }],
		['is no list', [{ status: 200, body: { ok: true } }], { kind: 'unreadable' }],
	])('of which a later page %s is not read at all: half a list tells less than none', async (_, replies, error) => {
		const { ids, asked } = await readAll([page(['a'], { next: '?page=2' }), ...replies]);
		expect(ids).toBeInstanceOf(ApiError);
		expect(ids).toMatchObject(error);
		expect(asked).toHaveLength(1 + replies.length);
	});

	test('waits for the limit before each page', async () => {
		const { client } = await clientWith([page(['a'], { next: '?page=2' }), page(['b'])], { requestsPerMinute: 1 });
		await client.send(pages);
		expect(client.effort).toMatchObject({ longestWaitMs: 60_500 });
	});

	test('is stopped between two pages', async () => {
		const { client, sent } = await clientWith([page(['a'], { next: '?page=2' })], { stopAt: 1 });
		await expect(client.send(pages)).rejects.toBeInstanceOf(Stopped);
		expect(sent).toHaveLength(1);
	});

	test('is only one of an endpoint that lists', async () => {
		expect(await readAll([page(['a', 'a'], { next: '?page=2' })], list)).toMatchObject({
			ids: ['a', 'a'],
			isAll: true,
			asked: [undefined],
		});
	});
});
