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

	test('can leave settings out, in pages too, and no other answer does', async () => {
		sandbox.set({ listHides: ['description', 'username'] });
		const { id } = json<StoredTrunk>(await create(sandbox, { ...goodTrunk, description: 'Acme' }));
		const [listed] = json<StoredTrunk[]>(await list(sandbox));
		expect(Object.keys(listed ?? {}).sort()).toEqual([
			'area_code',
			'caller_id_number',
			'enabled',
			'hide_caller_id',
			'id',
			'sms_sender',
			'softphone_show_balance',
			'softphone_sync_sms',
		]);
		expect(json(await update(sandbox, id, {}))).toMatchObject({
			description: 'Acme',
			username: expect.any(String) as string,
		});
		sandbox.set({ pageSize: 5 });
		expect(json<{ sip_trunks: object[] }>(await list(sandbox)).sip_trunks).toEqual([listed]);
	});

	test('cannot leave out what it does not have', () => {
		expect(() => sandbox.set({ listHides: ['descripton' as 'description'] })).toThrow(
			'In switches, listHides.0: must be one of username, password,',
		);
	});
});

test.each([404, 405] as const)('delete can be missing with %i', async (status) => {
	const { id } = sandbox.addTrunk();
	sandbox.set({ deleteEndpoint: status });
	expect((await remove(sandbox, id)).status).toBe(status);
	expect(sandbox.trunks()).toHaveLength(1);
});

describe('the methods of a path', () => {
	const trunk = `/api/v1/sip-trunks/${unknownId}`;

	test.each<[Partial<Switches>, string, string, number, string | undefined]>([
		[{}, 'GET', trunk, 405, 'PATCH, DELETE'],
		[{ deleteEndpoint: 404 }, 'GET', trunk, 405, 'PATCH'],
		[{ deleteEndpoint: 405 }, 'GET', trunk, 405, 'PATCH'],
		[{ deleteEndpoint: 404 }, 'DELETE', trunk, 404, undefined],
		[{ deleteEndpoint: 405 }, 'DELETE', trunk, 405, 'PATCH'],
		[{}, 'PUT', '/api/v1/sip-trunks/', 405, 'GET, POST'],
		[{ trunkListEndpoint: 404 }, 'PUT', '/api/v1/sip-trunks/', 405, 'POST'],
		[{ trunkListEndpoint: 405 }, 'GET', '/api/v1/sip-trunks/', 405, 'POST'],
		[{}, 'GET', '/api/v2/sms/send', 405, 'POST'],
		[{ smsEndpoint: 404 }, 'GET', '/api/v2/sms/send', 404, undefined],
		[{ smsEndpoint: 404 }, 'POST', '/api/v2/sms/send', 404, undefined],
		[{ smsEndpoint: 405 }, 'GET', '/api/v2/sms/send', 405, ''],
		[{ smsEndpoint: 405 }, 'POST', '/api/v2/sms/send', 405, ''],
		[{}, 'GET', '/api/v1/phone-numbers/purchase', 405, 'POST'],
		[{}, 'DELETE', '/api/v1/phone-numbers', 405, 'PATCH'],
		[{ ownedListSlash: false }, 'DELETE', '/api/v1/phone-numbers', 405, 'PATCH, GET'],
		[{ ownedListOther: 405 }, 'GET', '/api/v1/phone-numbers', 405, 'PATCH'],
		[{ ownedListSlash: false, ownedListOther: 404 }, 'DELETE', '/api/v1/phone-numbers/', 404, undefined],
	])('with %j, %s %s is answered with %i, and allows %j', async (change, method, path, status, allow) => {
		sandbox.set(change);
		const reply = await call(sandbox, { method, path, ...(method === 'POST' && { body: {} }) });
		expect({ status: reply.status, allow: reply.headers.allow }).toEqual({ status, allow });
	});
});

describe('what a trunk is sent that it may not take', () => {
	const made = { ...goodTrunk, description: 'Acme', area_code: '02', sms_sender: '61412345678' };

	beforeEach(() => sandbox.verify(['61291234567', '61412345678']));

	/** @returns the status and what the trunk then has of these settings */
	async function after(change: Partial<Switches>, body: object): Promise<[status: number, now: unknown]> {
		const { id } = json<StoredTrunk>(await create(sandbox, made));
		sandbox.set(change);
		const { status } = await update(sandbox, id, body);
		const [now] = sandbox.trunks() as unknown as Array<Record<string, unknown>>;
		return [status, Object.fromEntries(Object.keys(body).map((name) => [name, now?.[name]]))];
	}

	test.each<[Switches['emptyText'], number, unknown]>([
		['stored', 200, { description: '', area_code: '' }],
		['null', 200, { description: null, area_code: null }],
		['ignored', 200, { description: 'Acme', area_code: '02' }],
		['refused', 422, { description: 'Acme', area_code: '02' }],
	])('an empty text is %s', async (emptyText, status, now) => {
		expect(await after({ emptyText }, { description: '', area_code: '' })).toEqual([status, now]);
	});

	test.each<[Switches['emptyText'], number, unknown]>([
		['stored', 400, '61412345678'],
		['null', 200, null],
		['ignored', 200, '61412345678'],
		['refused', 422, '61412345678'],
	])('an empty SMS sender, with empty texts %s', async (emptyText, status, now) => {
		expect(await after({ emptyText }, { sms_sender: '' })).toEqual([status, { sms_sender: now }]);
	});

	test.each<[Switches['nullSetting'], number, unknown]>([
		['refused', 422, { description: 'Acme', sms_sender: '61412345678' }],
		['clears', 200, { description: null, sms_sender: null }],
		['ignored', 200, { description: 'Acme', sms_sender: '61412345678' }],
	])('null is %s', async (nullSetting, status, now) => {
		expect(await after({ nullSetting }, { description: null, sms_sender: null })).toEqual([status, now]);
	});

	test.each<[Switches['nullSetting'], number]>([
		['clears', 422],
		['ignored', 200],
	])(
		'where null is %s, one for what cannot be missing is answered with %i, and changes nothing',
		async (nullSetting, status) => {
			const kept = { enabled: true, caller_id_number: '61291234567', password: 'Secret123' };
			for (const [name, value] of Object.entries(kept)) {
				expect(await after({ nullSetting }, { [name]: null })).toEqual([status, { [name]: value }]);
				sandbox.reset();
				sandbox.verify(['61291234567', '61412345678']);
			}
			expect((await create(sandbox, { ...made, password: null })).status).toBe(422);
		},
	);

	test.each<[Switches['unknownSettings'], number, unknown]>([
		['refused', 422, { colour: undefined }],
		['ignored', 200, { colour: undefined }],
		['kept', 200, { colour: 'red' }],
	])('a setting that nobody knows is %s', async (unknownSettings, status, now) => {
		expect(await after({ unknownSettings }, { colour: 'red' })).toEqual([status, now]);
		const created = await create(sandbox, { ...made, colour: 'red' });
		expect(created.status).toBe(status);
		if (status === 200) expect(json(created).colour).toEqual((now as { colour: unknown }).colour);
	});

	test.each(['ignored', 'kept'] as const)(
		'what Crazytel gives itself stays, where unknown settings are %s',
		async (unknownSettings) => {
			const { id, username } = json<StoredTrunk>(await create(sandbox, made));
			sandbox.set({ unknownSettings });
			expect(
				json(await update(sandbox, id, { id: unknownId, username: 'CT000000', description: 'New' })),
			).toMatchObject({ id, username, description: 'New' });
			expect(sandbox.trunks()).toMatchObject([{ id, username }]);
		},
	);
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

	test.each(['number', 'caller_id', 'caller_id_number', 'cli', 'did_number', 'phone_number'] as const)(
		'can be called %s',
		async (verifiedKey) => {
			sandbox.set({ verifiedShape: 'objects', verifiedKey });
			expect(await verified()).toEqual([{ [verifiedKey]: '61291234567' }]);
		},
	);

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
