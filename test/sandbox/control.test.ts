import { startSandbox, type Sandbox } from '../../sandbox';
import { call, create, json, list, type Reply } from './client';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ trunks: [{ username: '100200', password: 'Hidden1pass' }] });
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

async function control(method: string, path: string, body?: unknown): Promise<Reply> {
	return await call(sandbox, { method, path: `/_sandbox/${path}`, body, key: '' });
}

test('the state shows everything but passwords', async () => {
	await create(sandbox);
	await list(sandbox);
	const reply = await control('GET', 'state');
	expect(json(reply)).toMatchObject({
		trunks: [{ username: '100200' }, { caller_id_number: '61291234567' }],
		verifiedNumbers: sandbox.verifiedNumbers(),
		switches: { rateLimit: 60, trunkListShape: 'bare' },
		faults: [],
		requests: { total: 2, create: 1, list: 1, update: 0 },
	});
	expect(reply.text).not.toMatch(/Hidden1pass|Secret123|"password"/);
});

test('other numbers are verified, until it is reset', async () => {
	const before = sandbox.verifiedNumbers();
	expect(json(await control('PUT', 'verified-numbers', ['61755501234']))).toEqual(['61755501234']);
	expect(sandbox.verifiedNumbers()).toEqual(['61755501234']);
	const refused = await control('PUT', 'verified-numbers', ['07 5550 1234']);
	expect([refused.status, json(refused)]).toEqual([
		400,
		{ error: expect.stringContaining('must be digits such as 61291234567') as string },
	]);
	sandbox.reset();
	expect(sandbox.verifiedNumbers()).toEqual(before);
});

test('switches change while it runs', async () => {
	expect(json(await control('PATCH', 'switches', { createStatus: 201 }))).toMatchObject({
		createStatus: 201,
		rateLimit: 60,
	});
	expect((await create(sandbox)).status).toBe(201);
});

test('faults are set and cleared', async () => {
	const rule = { on: 'list', times: 2, play: { status: 503 } };
	expect((await control('POST', 'faults', rule)).status).toBe(201);
	expect((await list(sandbox)).status).toBe(503);
	expect(json(await control('DELETE', 'faults'))).toEqual([]);
	expect((await list(sandbox)).status).toBe(200);
});

test('a trunk is seeded past the rules, with what is left out filled in', async () => {
	const reply = await control('POST', 'trunks', { username: '77', password: 'weak' });
	expect(reply.status).toBe(201);
	expect(json(reply)).toMatchObject({ username: '77', enabled: true });
	expect(reply.text).not.toContain('weak');
	expect((await control('POST', 'trunks')).status).toBe(201);
	expect(sandbox.trunks()).toHaveLength(3);
});

test('reset goes back to the start', async () => {
	await create(sandbox);
	await control('PATCH', 'switches', { createStatus: 201 });
	const state = json(await control('POST', 'reset'));
	expect(state).toMatchObject({
		trunks: [{ username: '100200' }],
		switches: { createStatus: 200 },
		requests: { total: 0 },
	});
});

test('its own requests are neither recorded nor limited', async () => {
	sandbox.set({ rateLimit: 1 });
	await control('GET', 'state');
	await control('GET', 'state');
	expect(sandbox.requests).toEqual([]);
	expect((await list(sandbox)).status).toBe(200);
});

test.each([
	['PATCH', 'switches', { rateLimit: 'none' }, 'rateLimit'],
	['PATCH', 'switches', { speed: 1 }, 'speed'],
	['PATCH', 'switches', [], 'switches'],
	['PATCH', 'switches', '{', 'not JSON'],
	['POST', 'faults', { on: 'list' }, 'play'],
	['POST', 'faults', undefined, 'on'],
	['POST', 'trunks', { enabled: 'yes' }, 'enabled'],
	['POST', 'trunks', { id: 'x' }, 'id'],
	['POST', 'trunks', { username: '100200' }, 'has a trunk with the username 100200'],
])('%s %s with %j says what is wrong', async (method, path, body, reason) => {
	const reply = await control(method, path, body);
	expect(reply.status).toBe(400);
	expect(json(reply).error).toContain(reason);
});

test('a wrong turn says what there is', async () => {
	const reply = await control('GET', 'trunks');
	expect(reply.status).toBe(404);
	expect(json(reply).error).toContain('GET state');
});
