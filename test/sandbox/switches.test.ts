import { startSandbox, type Sandbox, type StoredTrunk, type Switches } from '../../sandbox';
import { call, create, goodTrunk, json, list, remove, unknownId, until, update } from './client';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ switches: { rateLimit: 0 }, verifiedNumbers: ['61291234567'] });
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

async function verified(): Promise<unknown> {
	return json(await call(sandbox, { path: '/api/v1/account/verified-cli/' }));
}

describe('the list of trunks', () => {
	test('can be wrapped under any key', async () => {
		const { id } = sandbox.addTrunk();
		sandbox.set({ trunkListShape: 'wrapped' });
		expect(json(await list(sandbox))).toMatchObject({ sip_trunks: [{ id }], count: 1 });
		sandbox.set({ trunkListKey: 'items' });
		expect(json(await list(sandbox))).toMatchObject({ items: [{ id }] });
	});

	test.each([404, 405] as const)('can be missing with %i while create works', async (status) => {
		sandbox.set({ trunkListEndpoint: status });
		expect((await list(sandbox)).status).toBe(status);
		expect((await create(sandbox)).status).toBe(200);
	});
});

test.each([404, 405] as const)('delete can be missing with %i', async (status) => {
	const { id } = sandbox.addTrunk();
	sandbox.set({ deleteEndpoint: status });
	expect((await remove(sandbox, id)).status).toBe(status);
	expect(sandbox.trunks()).toHaveLength(1);
});

describe('the verified numbers', () => {
	test.each([
		['strings', ['61291234567']],
		['objects', [{ number: '61291234567' }]],
		['wrapped-strings', { verified_numbers: ['61291234567'], count: 1 }],
		['wrapped-objects', { verified_numbers: [{ number: '61291234567' }], count: 1 }],
	] as Array<[Switches['verifiedShape'], unknown]>)('can be %s', async (verifiedShape, shape) => {
		sandbox.set({ verifiedShape });
		expect(await verified()).toEqual(shape);
	});

	test.each([
		'number',
		'caller_id',
		'caller_id_number',
		'cli',
		'did_number',
		'phone_number',
	] as const)('can be called %s', async (verifiedKey) => {
		sandbox.set({ verifiedShape: 'objects', verifiedKey });
		expect(await verified()).toEqual([{ [verifiedKey]: '61291234567' }]);
	});

	test('can be wrapped under any key', async () => {
		sandbox.set({ verifiedShape: 'wrapped-strings', verifiedListKey: 'data' });
		expect(await verified()).toMatchObject({ data: ['61291234567'] });
	});
});

test('the password can be echoed in every answer that has a trunk', async () => {
	sandbox.set({ echoPassword: true });
	const created = json<StoredTrunk>(await create(sandbox));
	expect(created.password).toBe('Secret123');
	expect(json(await update(sandbox, created.id, {})).password).toBe('Secret123');
	expect(json(await list(sandbox))).toMatchObject([{ password: 'Secret123' }]);
});

test('create can answer 201', async () => {
	sandbox.set({ createStatus: 201 });
	expect((await create(sandbox)).status).toBe(201);
});

describe('errors', () => {
	test.each([
		['detail', { detail: 'SIP trunk not found' }],
		['error.message', { error: { message: 'SIP trunk not found' } }],
		['error', { error: 'SIP trunk not found' }],
		['message', { message: 'SIP trunk not found' }],
	] as Array<[Switches['errorShape'], unknown]>)('can be of shape %s', async (errorShape, body) => {
		sandbox.set({ errorShape });
		const reply = await update(sandbox, unknownId, {});
		expect(reply.status).toBe(404);
		expect(json(reply)).toEqual(body);
	});

	test('can be a page', async () => {
		sandbox.set({ errorShape: 'html' });
		const reply = await update(sandbox, unknownId, {});
		expect(reply.headers['content-type']).toBe('text/html');
		expect(reply.text).toContain('<h1>404 Not Found</h1>');
	});

	test('can be empty', async () => {
		sandbox.set({ errorShape: 'empty' });
		expect(await update(sandbox, unknownId, {})).toMatchObject({ status: 404, text: '' });
	});

	test('the shape holds for the key and unknown paths too', async () => {
		sandbox.set({ errorShape: 'message' });
		expect(json(await call(sandbox, { path: '/x' }))).toHaveProperty('message');
		expect(json(await call(sandbox, { path: '/x', key: 'no' }))).toHaveProperty('message');
	});

	test('a validation error stays a list in every error shape', async () => {
		sandbox.set({ errorShape: 'message' });
		expect(json(await create(sandbox, {})).detail).toHaveLength(2);
	});

	test('a validation error can be plain, without an echo', async () => {
		sandbox.set({ validationErrors: 'plain', errorShape: 'error' });
		const reply = await create(sandbox, { ...goodTrunk, password: 'weak-pass' });
		expect(reply.status).toBe(422);
		expect(json(reply).error).toContain('upper-case');
		expect(reply.text).not.toContain('weak-pass');
	});
});

test('latency holds the answer back, not the write', async () => {
	sandbox.set({ latencyMs: 600_000 });
	const reply = create(sandbox).catch((error: NodeJS.ErrnoException) => error.code);
	await until(() => sandbox.trunks().length === 1);
	expect(sandbox.requests[0]?.status).toBeUndefined();
	sandbox.reset();
	expect(await reply).toBe('ECONNRESET');
});

describe('setting switches', () => {
	test('leaves the others as they are, and undefined is no change', async () => {
		sandbox.set({ echoPassword: true });
		sandbox.set({ createStatus: 201, echoPassword: undefined });
		const reply = await create(sandbox);
		expect(reply.status).toBe(201);
		expect(json(reply).password).toBe('Secret123');
	});

	test('a wrong switch is refused by name, and nothing changes', async () => {
		const wrong = { createStatus: 204, echoPassword: true } as unknown as Partial<Switches>;
		expect(() => sandbox.set(wrong)).toThrow('In switches, createStatus: must be 200 or 201.');
		expect(json(await create(sandbox))).not.toHaveProperty('password');
		await expect(startSandbox({ switches: wrong })).rejects.toThrow('createStatus');
	});

	test('reset takes back the switches of the start', async () => {
		sandbox.set({ rateLimit: 1, createStatus: 201 });
		sandbox.reset();
		expect((await create(sandbox)).status).toBe(200);
		expect((await create(sandbox)).status).toBe(200);
	});
});
