import { startSandbox, type Sandbox } from '../../sandbox';
import { call, create, json, list } from './client';

let sandbox: Sandbox;
let clock: number;
const start = Date.UTC(2025, 0, 1);

beforeAll(async () => {
	sandbox = await startSandbox({ now: () => clock });
});
beforeEach(() => {
	clock = start;
	sandbox.reset();
});
afterAll(async () => await sandbox.close());

async function statuses(count: number): Promise<number[]> {
	const seen: number[] = [];
	for (let sent = 0; sent < count; sent += 1) seen.push((await list(sandbox)).status);
	return seen;
}

test('the 61st request of a minute is refused, and nothing is written', async () => {
	expect(await statuses(60)).toEqual(Array(60).fill(200));
	const reply = await create(sandbox);
	expect(reply.status).toBe(429);
	expect(json(reply)).toEqual({ detail: 'Too Many Requests' });
	expect(reply.headers).not.toHaveProperty('retry-after');
	expect(sandbox.trunks()).toEqual([]);
});

test('refused requests count where the switch says so', async () => {
	sandbox.set({ rateLimit: 2, rateWindow: 'sliding', rateWindowMs: 1000, refusedCount: true });
	expect(await statuses(2)).toEqual([200, 200]);
	clock += 999;
	expect(await statuses(2)).toEqual([429, 429]);
	clock += 2;
	expect(await statuses(1)).toEqual([429]);
	clock += 1000;
	expect(await statuses(1)).toEqual([200]);
});

test('a fixed window begins with its first request and lets all through after its end', async () => {
	sandbox.set({ rateLimit: 2, rateWindow: 'fixed', rateWindowMs: 1000 });
	expect(await statuses(1)).toEqual([200]);
	clock += 999;
	expect(await statuses(2)).toEqual([200, 429]);
	clock += 1;
	expect(await statuses(3)).toEqual([200, 200, 429]);
});

test('a sliding window frees one place when its oldest request is a window old', async () => {
	sandbox.set({ rateLimit: 2, rateWindow: 'sliding', rateWindowMs: 1000 });
	expect(await statuses(1)).toEqual([200]);
	clock += 999;
	expect(await statuses(2)).toEqual([200, 429]);
	clock += 1;
	expect(await statuses(2)).toEqual([200, 429]);
	clock += 999;
	expect(await statuses(2)).toEqual([200, 429]);
});

test('0 is no limit', async () => {
	sandbox.set({ rateLimit: 0 });
	expect(await statuses(70)).toEqual(Array(70).fill(200));
});

test('requests without the account key, and redirects, do not count', async () => {
	sandbox.set({ rateLimit: 1 });
	const path = '/api/v1/balance/';
	expect((await call(sandbox, { path, key: '' })).status).toBe(401);
	expect((await call(sandbox, { path, key: sandbox.smsApiKey })).status).toBe(403);
	expect((await call(sandbox, { path: '/api/v1/balance' })).status).toBe(307);
	expect(await statuses(2)).toEqual([200, 429]);
	expect((await call(sandbox, { path, key: '' })).status).toBe(401);
});

describe.each(['fixed', 'sliding'] as const)('Retry-After of a %s window', (rateWindow) => {
	beforeEach(() => sandbox.set({ rateLimit: 2, rateWindow, rateWindowMs: 10_000 }));

	async function waitAfterTwo(): Promise<string | undefined> {
		await list(sandbox);
		clock += 2500;
		await list(sandbox);
		return (await list(sandbox)).headers['retry-after'];
	}

	test('can be seconds, never too early', async () => {
		sandbox.set({ retryAfter: 'seconds' });
		expect(await waitAfterTwo()).toBe('8');
	});

	test('can be a date, never too early', async () => {
		sandbox.set({ retryAfter: 'date' });
		expect(await waitAfterTwo()).toBe(new Date(start + 10_000).toUTCString());
	});

	test('can be absent', async () => {
		sandbox.set({ retryAfter: 'none' });
		expect(await waitAfterTwo()).toBeUndefined();
	});
});

test('every request is recorded at the time of the given clock', async () => {
	await list(sandbox);
	clock += 5;
	await list(sandbox);
	expect(sandbox.requests.map(({ at }) => at)).toEqual([start, start + 5]);
});
