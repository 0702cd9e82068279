import { startSandbox, type Sandbox } from '../../sandbox';
import { play, writes } from './scene';

const PASSWORD = 'Correct1Horse';

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await startSandbox();
});

afterEach(async () => {
	await sandbox.close();
});

describe('Create', () => {
	test('sends one POST with exactly the fields that were set, false included', async () => {
		const { good } = await play(sandbox, {
			items: [{}],
			parameters: {
				operation: 'create',
				passwordSource: 'enter',
				password: PASSWORD,
				callerIdNumber: '(02) 9123 4567',
				additionalFields: { enabled: false, hideCallerId: false, softphoneSyncSms: 'TRUE', areaCode: 2 },
			},
		});

		expect(writes(sandbox)).toHaveLength(1);
		const [request] = sandbox.requests.filter(({ kind }) => kind === 'create');
		expect(request).toMatchObject({ method: 'POST', path: '/api/v1/sip-trunks/' });
		expect(request?.body).toStrictEqual({
			area_code: '02',
			caller_id_number: '61291234567',
			enabled: false,
			hide_caller_id: false,
			password: PASSWORD,
			softphone_sync_sms: true,
		});
		expect(good).toMatchObject([{ id: sandbox.trunks()[0]?.id, username: sandbox.trunks()[0]?.username }]);
	});

	test('sends the key in its header and nowhere else', async () => {
		await play(sandbox, {
			items: [{}],
			parameters: { operation: 'create', callerIdNumber: '61291234567' },
		});

		expect(sandbox.requests.length).toBeGreaterThan(0);
		for (const { headers, path, rawBody } of sandbox.requests) {
			expect(headers['x-crazytel-api-key']).toBe(sandbox.apiKey);
			const others = Object.entries(headers).filter(([name]) => name !== 'x-crazytel-api-key');
			expect(JSON.stringify([others, path, rawBody])).not.toContain(sandbox.apiKey);
		}
	});

	test('generates a password of at least 20 characters and shows it, because it would be lost', async () => {
		const { good } = await play(sandbox, {
			items: [{}, {}],
			parameters: { operation: 'create', callerIdNumber: '61291234567' },
		});

		expect(good.map(({ password }) => password)).toStrictEqual(sandbox.trunks().map(({ password }) => password));
		expect(new Set(good.map(({ password }) => password)).size).toBe(2);
		for (const { password } of good) expect(password).toMatch(/^[A-HJ-NP-Za-hjkmnp-z2-9]{20,}$/);
	});

	test('shows an entered password only when asked to, also when the API echoes it', async () => {
		sandbox.set({ echoPassword: true });
		const parameters = {
			operation: 'create',
			passwordSource: 'enter',
			password: PASSWORD,
			callerIdNumber: '61291234567',
		};

		const silent = await play(sandbox, { items: [{}], parameters });
		const asked = await play(sandbox, {
			items: [{}],
			parameters: { ...parameters, options: { includePassword: true } },
		});

		expect(silent.good[0]).not.toHaveProperty('password');
		expect(silent.stored).not.toContain(PASSWORD);
		expect(asked.good[0]).toHaveProperty('password', PASSWORD);
	});

	test('takes any 2xx for success', async () => {
		sandbox.set({ createStatus: 201 });
		const { good, error } = await play(sandbox, {
			items: [{}],
			parameters: { operation: 'create', callerIdNumber: '61291234567' },
		});

		expect(error).toBeUndefined();
		expect(good).toHaveLength(1);
	});

	test('leaves out an optional field whose cell is empty', async () => {
		await play(sandbox, {
			items: [{ sms: '' }],
			parameters: {
				operation: 'create',
				callerIdNumber: '61291234567',
				trunkDescription: '={{ $json.missing }}',
				additionalFields: { smsSender: '={{ $json.sms }}' },
			},
		});

		const [request] = sandbox.requests.filter(({ kind }) => kind === 'create');
		expect(Object.keys(request?.body as object).sort()).toStrictEqual(['caller_id_number', 'password']);
	});
});

describe('Update', () => {
	test('sends one PATCH without a slash at its end, with exactly the fields that were added', async () => {
		const trunk = sandbox.addTrunk({ description: 'Old', enabled: true });
		const { good } = await play(sandbox, {
			items: [{}],
			parameters: {
				operation: 'update',
				trunk: { __rl: true, mode: 'id', value: ` ${trunk.id.toUpperCase()} ` },
				updateFields: { description: '', hideCallerId: false },
			},
		});

		expect(writes(sandbox)).toStrictEqual([
			`PATCH /api/v1/sip-trunks/${trunk.id} {"description":"","hide_caller_id":false}`,
		]);
		expect(good).toMatchObject([{ id: trunk.id, description: '' }]);
	});

	test('changes the password without showing it', async () => {
		const trunk = sandbox.addTrunk();
		const { good, stored } = await play(sandbox, {
			items: [{ secret: PASSWORD }],
			parameters: {
				operation: 'update',
				trunk: { __rl: true, mode: 'list', value: trunk.id },
				updateFields: { password: '={{ $json.secret }}' },
			},
		});

		expect(sandbox.trunks()[0]?.password).toBe(PASSWORD);
		expect(good[0]).not.toHaveProperty('password');
		expect(stored).not.toContain(PASSWORD);
	});
});

describe.each([
	['suspend', false],
	['enable', true],
])('%s', (operation, enabled) => {
	test(`sends {"enabled":${enabled}} and nothing else`, async () => {
		const trunk = sandbox.addTrunk({ enabled: !enabled });
		const { good } = await play(sandbox, {
			items: [{ id: trunk.id }],
			parameters: { operation, trunk: { __rl: true, mode: 'id', value: '={{ $json.id }}' } },
		});

		expect(sandbox.requests.map(({ method, path, rawBody }) => [method, path, rawBody])).toStrictEqual([
			['PATCH', `/api/v1/sip-trunks/${trunk.id}`, `{"enabled":${enabled}}`],
		]);
		expect(good).toMatchObject([{ id: trunk.id, enabled }]);
	});
});

test('the items of a run share one look-up of the verified numbers', async () => {
	await play(sandbox, {
		items: Array.from({ length: 20 }, () => ({})),
		parameters: { operation: 'create', callerIdNumber: '61291234567' },
	});

	expect(sandbox.requests.filter(({ kind }) => kind === 'verified')).toHaveLength(1);
	expect(sandbox.trunks()).toHaveLength(20);
});

test('a run that sets no number looks none up', async () => {
	const trunk = sandbox.addTrunk();
	await play(sandbox, {
		items: [{}],
		parameters: {
			operation: 'update',
			trunk: { __rl: true, mode: 'id', value: trunk.id },
			updateFields: { enabled: false },
		},
	});

	expect(sandbox.requests.map(({ kind }) => kind)).toStrictEqual(['update']);
});

test('an input without items sends nothing', async () => {
	const { error } = await play(sandbox, {
		items: [],
		parameters: { operation: 'create', callerIdNumber: '61291234567' },
	});

	expect(error).toBeUndefined();
	expect(sandbox.requests).toStrictEqual([]);
});
