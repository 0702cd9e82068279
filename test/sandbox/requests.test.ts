import { startSandbox, type Sandbox } from '../../sandbox';
import { call, create, goodTrunk, json, list, remove, trunksPath, unknownId, update } from './client';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ switches: { rateLimit: 0 } });
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

describe('reading', () => {
	test('the balance comes with the account code', async () => {
		const reply = await call(sandbox, { path: '/api/v1/balance/' });
		expect(reply.status).toBe(200);
		expect(json(reply)).toEqual({ account_code: expect.any(String), balance: expect.any(Number) });
	});

	test('the verified numbers are those of the account', async () => {
		const reply = await call(sandbox, { path: '/api/v1/account/verified-cli/' });
		expect(json(reply)).toEqual(sandbox.verifiedNumbers());
	});

	test('the list filters by exact username and id', async () => {
		const first = sandbox.addTrunk({ username: 'CT000001' });
		const second = sandbox.addTrunk({ username: 'CT000012' });
		expect(json(await list(sandbox))).toHaveLength(2);
		expect(json(await list(sandbox, '?username=CT000001'))).toMatchObject([{ id: first.id }]);
		expect(json(await list(sandbox, '?username=CT0000'))).toEqual([]);
		expect(json(await list(sandbox, `?id=${second.id}`))).toMatchObject([{ id: second.id }]);
		expect(json(await list(sandbox, `?id=${second.id}&username=CT000001`))).toEqual([]);
	});
});

describe('create', () => {
	test('fills in the documented defaults', async () => {
		const reply = await create(sandbox);
		expect(reply.status).toBe(200);
		expect(json(reply)).toEqual({
			id: expect.stringMatching(/^[0-9a-f-]{36}$/),
			username: expect.stringMatching(/^CT\d{6}$/),
			caller_id_number: '61291234567',
			enabled: true,
			area_code: null,
			description: null,
			hide_caller_id: false,
			sms_sender: null,
			softphone_show_balance: true,
			softphone_sync_sms: false,
		});
		expect(sandbox.trunks()).toMatchObject([{ password: 'Secret123' }]);
	});

	test('keeps every setting that is sent', async () => {
		const settings = {
			...goodTrunk,
			enabled: false,
			area_code: '02',
			description: 'Café “Zoë”',
			hide_caller_id: true,
			sms_sender: '61412345678',
			softphone_show_balance: false,
			softphone_sync_sms: true,
		};
		await create(sandbox, settings);
		expect(sandbox.trunks()).toMatchObject([settings]);
	});

	test.each([
		['a caller ID that is not verified', { caller_id_number: '61200000000' }, 'Caller ID'],
		['an SMS sender that is no mobile', { sms_sender: '61291234567' }, 'start with 614'],
		['an SMS sender that is not verified', { sms_sender: '61400000000' }, 'not verified'],
		['an empty SMS sender', { sms_sender: '' }, 'start with 614'],
	])('refuses %s with 400', async (_what, settings, sentence) => {
		const reply = await create(sandbox, { ...goodTrunk, ...settings });
		expect(reply.status).toBe(400);
		expect(json(reply).detail).toContain(sentence);
		expect(sandbox.trunks()).toEqual([]);
	});

	test.each([
		['short', 'Short12'],
		['without an upper-case letter', 'secret123'],
		['without a lower-case letter', 'SECRET123'],
		['without a digit', 'SecretSecret'],
		['with digits of another script only', 'Secret١٢٣'],
	])('refuses a password %s, and echoes it', async (_what, password) => {
		const reply = await create(sandbox, { ...goodTrunk, password });
		expect(reply.status).toBe(422);
		expect(json(reply).detail).toMatchObject([{ loc: ['body', 'password'], type: 'value_error', input: password }]);
	});

	test('names each missing field and echoes the body', async () => {
		const body = { description: 'x' };
		const reply = await create(sandbox, body);
		expect(reply.status).toBe(422);
		expect(json(reply).detail).toEqual([
			{ loc: ['body', 'password'], msg: 'Field required', type: 'missing', input: body },
			{ loc: ['body', 'caller_id_number'], msg: 'Field required', type: 'missing', input: body },
		]);
	});

	test.each([
		['enabled', 'true', 'bool_type'],
		['enabled', 1, 'bool_type'],
		['hide_caller_id', null, 'bool_type'],
		['softphone_show_balance', 'yes', 'bool_type'],
		['softphone_sync_sms', 0, 'bool_type'],
		['password', 12345678, 'string_type'],
		['caller_id_number', 61291234567, 'string_type'],
		['area_code', 2, 'string_type'],
		['description', null, 'string_type'],
		['sms_sender', 61412345678, 'string_type'],
		['username', 'CT123456', 'extra_forbidden'],
		['constructor', 'x', 'extra_forbidden'],
	])('refuses %s as %j', async (field, input, type) => {
		const reply = await create(sandbox, { ...goodTrunk, [field]: input });
		expect(reply.status).toBe(422);
		expect(json(reply).detail).toMatchObject([{ loc: ['body', field], type, input }]);
	});

	test('refuses a prototype key like any unknown field', async () => {
		const body = JSON.stringify(goodTrunk).replace('{', '{"__proto__":{"enabled":false},');
		const reply = await create(sandbox, body);
		expect(reply.status).toBe(422);
		expect(json(reply).detail).toMatchObject([{ type: 'extra_forbidden' }]);
	});

	test.each([
		['broken JSON', '{"password":', 'json_invalid'],
		['an array', '[]', 'model_attributes_type'],
		['null', 'null', 'model_attributes_type'],
		['a string', '"text"', 'model_attributes_type'],
		['nothing', '', 'missing'],
	])('refuses %s as a body', async (_what, body, type) => {
		const reply = await create(sandbox, body);
		expect(reply.status).toBe(422);
		expect(json(reply).detail).toMatchObject([{ type }]);
	});

	test('reads a body of another content type as text, which is no object', async () => {
		const reply = await call(sandbox, {
			method: 'POST',
			path: trunksPath,
			body: goodTrunk,
			headers: { 'content-type': 'text/plain' },
		});
		expect(reply.status).toBe(422);
	});

	test('a body over 1 MB is refused with 413', async () => {
		const reply = await create(sandbox, { ...goodTrunk, description: 'x'.repeat(1024 * 1024) });
		expect(reply.status).toBe(413);
		expect(sandbox.trunks()).toEqual([]);
	});

	test('a thousand trunks have a thousand usernames', () => {
		const usernames = Array.from({ length: 1000 }, () => sandbox.addTrunk().username);
		expect(new Set(usernames).size).toBe(1000);
	});
});

describe('update', () => {
	test('changes what is sent and answers the whole trunk', async () => {
		const before = sandbox.addTrunk({ description: 'old', area_code: '02' });
		const reply = await update(sandbox, before.id, { enabled: false, description: '' });
		expect(reply.status).toBe(200);
		const after = { ...before, enabled: false, description: '' };
		expect(sandbox.trunks()).toEqual([after]);
		expect({ ...json(reply), password: before.password }).toEqual(after);
		expect(reply.text).not.toContain('password');
	});

	test('changes nothing for an empty object', async () => {
		const before = sandbox.addTrunk();
		expect((await update(sandbox, before.id, {})).status).toBe(200);
		expect(sandbox.trunks()).toEqual([before]);
	});

	test.each(['id', 'username'])('refuses to change the %s', async (field) => {
		const trunk = sandbox.addTrunk();
		const reply = await update(sandbox, trunk.id, { [field]: unknownId });
		expect(reply.status).toBe(422);
		expect(json(reply).detail).toMatchObject([{ loc: ['body', field], type: 'extra_forbidden' }]);
	});

	test('holds the same rules as create', async () => {
		const trunk = sandbox.addTrunk();
		expect((await update(sandbox, trunk.id, { password: 'weak' })).status).toBe(422);
		expect((await update(sandbox, trunk.id, { caller_id_number: '61200000000' })).status).toBe(400);
		expect((await update(sandbox, trunk.id, { sms_sender: '61291234567' })).status).toBe(400);
		expect(sandbox.trunks()).toEqual([trunk]);
	});

	test('an unknown trunk is 404, an id that is no UUID 422', async () => {
		const unknown = await update(sandbox, unknownId, { enabled: true });
		expect(unknown.status).toBe(404);
		const noUuid = await update(sandbox, 'CT123456', { enabled: 'no' });
		expect(noUuid.status).toBe(422);
		expect(json(noUuid).detail).toMatchObject([
			{ loc: ['path', 'trunk_id'], type: 'uuid_parsing', input: 'CT123456' },
			{ loc: ['body', 'enabled'] },
		]);
	});
});

describe('delete', () => {
	test('takes the trunk away and says nothing', async () => {
		const [trunk, other] = [sandbox.addTrunk(), sandbox.addTrunk()];
		const reply = await remove(sandbox, trunk.id);
		expect(reply).toMatchObject({ status: 204, text: '' });
		expect(sandbox.trunks()).toEqual([other]);
		expect((await remove(sandbox, trunk.id)).status).toBe(404);
	});

	test('an id that is no UUID is 422', async () => {
		expect((await remove(sandbox, 'all')).status).toBe(422);
	});
});

describe('the way to an endpoint', () => {
	test.each([
		['GET', '/api/v1/balance?x=1', '/api/v1/balance/?x=1'],
		['GET', '/api/v1/account/verified-cli', '/api/v1/account/verified-cli/'],
		['POST', '/api/v1/sip-trunks', trunksPath],
		['PATCH', `${trunksPath}${unknownId}/`, trunksPath + unknownId],
	])('%s %s is redirected to the right slash, key or not', async (method, path, right) => {
		const reply = await call(sandbox, { method, path, key: '' });
		expect(reply.status).toBe(307);
		expect(reply.headers.location).toBe(sandbox.url + right);
	});

	test('a single trunk cannot be read', async () => {
		const { id } = sandbox.addTrunk();
		const reply = await call(sandbox, { path: trunksPath + id });
		expect(reply.status).toBe(405);
		expect(json(reply)).toEqual({ detail: 'Method Not Allowed' });
		expect(reply.headers.allow).toBe('PATCH, DELETE');
	});

	test('an unknown path is 404', async () => {
		const reply = await call(sandbox, { path: '/api/v1/nothing' });
		expect(reply.status).toBe(404);
		expect(json(reply)).toEqual({ detail: 'Not Found' });
	});
});

describe('the key', () => {
	test.each([
		['missing', '', 401],
		['wrong', 'guess', 401],
		['the one for SMS', 'sandbox-sms-key', 403],
	])('%s: nothing else is looked at', async (_what, key, status) => {
		const request = { method: 'POST', path: trunksPath, body: 'no JSON', key };
		expect((await call(sandbox, request)).status).toBe(status);
	});
});

describe('the record of requests', () => {
	test('holds what came and what was answered, in order', async () => {
		const body = '{"password": "weak",  "caller_id_number": "61291234567"}';
		await create(sandbox, body);
		await list(sandbox, '?username=a%20b');
		expect(sandbox.requests).toMatchObject([
			{
				method: 'POST',
				path: trunksPath,
				kind: 'create',
				rawBody: body,
				body: JSON.parse(body),
				headers: { 'x-crazytel-api-key': sandbox.apiKey },
				status: 422,
			},
			{ method: 'GET', path: `${trunksPath}?username=a%20b`, kind: 'list', status: 200 },
		]);
		expect(sandbox.requests[1]).toMatchObject({ rawBody: '', body: undefined });
	});

	test('knows each kind', async () => {
		const { id } = sandbox.addTrunk();
		await update(sandbox, id, {});
		await remove(sandbox, id);
		await call(sandbox, { path: '/api/v1/balance/' });
		await call(sandbox, { path: '/api/v1/account/verified-cli/' });
		await call(sandbox, { path: '/' });
		const kinds = sandbox.requests.map(({ kind }) => kind);
		expect(kinds).toEqual(['update', 'delete', 'balance', 'verified', 'other']);
	});
});
