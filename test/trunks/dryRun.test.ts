import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { itemsOf } from '../../engine';
import type { Sandbox, StoredTrunk } from '../../sandbox';
import { countOf, hintsOf, play, type Scene, writes } from '../engine/scene';
import { openAccount, outputsOf, playOne, shownOf, trunkBy } from './account';

const ID = '3f2b8c1e-5a4d-4c6b-9e7f-0a1b2c3d4e5f';
const UNKNOWN = '00000000-0000-4000-8000-000000000000';
const PASSWORD = 'Canary1Pass';
const HINT = 'Dry Run is on: nothing was written. The output shows what would be sent.';
const NO_LIST_HINT =
	'The list of trunks could not be read, so the dry run does not show what would change, and not whether each trunk exists.';

let sandbox: Sandbox;
let trunk: StoredTrunk;

beforeEach(async () => {
	sandbox = await openAccount({ echoPassword: true });
	trunk = sandbox.addTrunk({ id: ID, username: 'CT123456', description: 'Acme', area_code: '02' });
});

afterEach(async () => {
	await sandbox.close();
});

/** Plays a dry run, of which no write may leave, and no password be kept. */
async function rehearse(parameters: INodeParameters, items: IDataObject[] = [{}], node = {}): Promise<Scene> {
	const before = sandbox.trunks();
	const scene = await play(sandbox, {
		items: items.map((item) => ({ trunk: ID, secret: PASSWORD, ...item })),
		parameters: { ...parameters, options: { dryRun: true, ...(parameters.options as INodeParameters) } },
		node,
	});
	expect(writes(sandbox)).toStrictEqual([]);
	expect(sandbox.trunks()).toStrictEqual(before);
	expect(sandbox.requests.every(({ method }) => method === 'GET')).toBe(true);
	expect(JSON.stringify(itemsOf(scene.run, 'Crazytel'))).not.toMatch(/Canary1Pass|"password":"(?!\*\*\*")/);
	return scene;
}

const NAMED = { id: ID, username: 'CT123456', description: 'Acme' };
const PATH = `/api/v1/sip-trunks/${ID}`;
const entered = { passwordSource: 'enter', password: '={{ $json.secret }}' };
const onlyIfChanged = { options: { onlyIfChanged: true } };
const upsert = { operation: 'upsert', trunkDescription: '={{ $json.name ?? "Acme" }}', callerIdNumber: '02 9123 4567' };

describe.each<[string, INodeParameters, IDataObject]>([
	[
		'Create',
		{
			operation: 'create',
			callerIdNumber: '02 9123 4567',
			trunkDescription: ' Beta ',
			additionalFields: { enabled: false },
		},
		{
			dryRun: true,
			operation: 'create',
			request: {
				method: 'POST',
				path: '/api/v1/sip-trunks/',
				body: { caller_id_number: '61291234567', description: 'Beta', enabled: false, password: '***' },
			},
			changes: {
				caller_id_number: { from: null, to: '61291234567' },
				description: { from: null, to: 'Beta' },
				enabled: { from: null, to: false },
				password: { from: '***', to: '***' },
			},
		},
	],
	[
		'Create with an entered password that is to be shown',
		{ operation: 'create', callerIdNumber: '61291234567', ...entered, options: { includePassword: true } },
		{
			dryRun: true,
			operation: 'create',
			request: {
				method: 'POST',
				path: '/api/v1/sip-trunks/',
				body: { caller_id_number: '61291234567', password: '***' },
			},
			changes: { caller_id_number: { from: null, to: '61291234567' }, password: { from: '***', to: '***' } },
		},
	],
	[
		'Update',
		{ operation: 'update', ...trunkBy('id'), updateFields: { areaCode: 3, password: '={{ $json.secret }}' } },
		{
			dryRun: true,
			operation: 'update',
			trunk: NAMED,
			request: { method: 'PATCH', path: PATH, body: { area_code: '03', password: '***' } },
			changes: { area_code: { from: '02', to: '03' }, password: { from: '***', to: '***' } },
		},
	],
	[
		'Update with Only If Changed',
		{
			operation: 'update',
			...trunkBy('username', 'ct123456'),
			updateFields: { areaCode: '03', enabled: true },
			...onlyIfChanged,
		},
		{
			dryRun: true,
			operation: 'update',
			trunk: NAMED,
			request: { method: 'PATCH', path: PATH, body: { area_code: '03' } },
			changed: true,
			changes: { area_code: { from: '02', to: '03' } },
		},
	],
	[
		'Update with Only If Changed, where nothing does',
		{ operation: 'update', ...trunkBy('list'), updateFields: { areaCode: '02', enabled: true }, ...onlyIfChanged },
		{ dryRun: true, operation: 'update', trunk: NAMED, request: null, changed: false, changes: {} },
	],
	[
		'Suspend',
		{ operation: 'suspend', ...trunkBy('id') },
		{
			dryRun: true,
			operation: 'suspend',
			trunk: NAMED,
			request: { method: 'PATCH', path: PATH, body: { enabled: false } },
			changes: { enabled: { from: true, to: false } },
		},
	],
	[
		'Enable of a trunk that is enabled: it is sent all the same, and changes nothing',
		{ operation: 'enable', ...trunkBy('id') },
		{
			dryRun: true,
			operation: 'enable',
			trunk: NAMED,
			request: { method: 'PATCH', path: PATH, body: { enabled: true } },
			changes: {},
		},
	],
	[
		'Enable with Only If Changed, where nothing does',
		{ operation: 'enable', ...trunkBy('id'), ...onlyIfChanged },
		{ dryRun: true, operation: 'enable', trunk: NAMED, request: null, changed: false, changes: {} },
	],
	[
		'Rotate Password',
		{ operation: 'rotatePassword', ...trunkBy('username', 'CT123456') },
		{
			dryRun: true,
			operation: 'rotatePassword',
			trunk: NAMED,
			request: { method: 'PATCH', path: PATH, body: { password: '***' } },
			changes: { password: { from: '***', to: '***' } },
		},
	],
	[
		'Rotate Password with an entered one that is to be shown',
		{ operation: 'rotatePassword', ...trunkBy('id'), ...entered, options: { includePassword: true } },
		{
			dryRun: true,
			operation: 'rotatePassword',
			trunk: NAMED,
			request: { method: 'PATCH', path: PATH, body: { password: '***' } },
			changes: { password: { from: '***', to: '***' } },
		},
	],
	[
		'Delete',
		{ operation: 'delete', ...trunkBy('id') },
		{ dryRun: true, operation: 'delete', trunk: NAMED, request: { method: 'DELETE', path: PATH } },
	],
	[
		'Create or Update of a new trunk',
		{ ...upsert, trunkDescription: 'Beta' },
		{
			dryRun: true,
			operation: 'upsert',
			request: {
				method: 'POST',
				path: '/api/v1/sip-trunks/',
				body: { caller_id_number: '61291234567', description: 'Beta', password: '***' },
			},
			changes: {
				caller_id_number: { from: null, to: '61291234567' },
				description: { from: null, to: 'Beta' },
				password: { from: '***', to: '***' },
			},
		},
	],
	[
		'Create or Update of a trunk that exists',
		{ ...upsert, additionalFields: { areaCode: '03', enabled: true } },
		{
			dryRun: true,
			operation: 'upsert',
			trunk: NAMED,
			request: { method: 'PATCH', path: PATH, body: { area_code: '03' } },
			changes: { area_code: { from: '02', to: '03' } },
		},
	],
	[
		'Create or Update with Update Password and Only If Changed',
		{ ...upsert, ...entered, options: { updatePassword: true, includePassword: true, onlyIfChanged: true } },
		{
			dryRun: true,
			operation: 'upsert',
			trunk: NAMED,
			request: { method: 'PATCH', path: PATH, body: { password: '***' } },
			changed: true,
			changes: { password: { from: '***', to: '***' } },
		},
	],
	[
		'Create or Update of a trunk that is right',
		{ ...upsert, additionalFields: { areaCode: '02' } },
		{ dryRun: true, operation: 'upsert', trunk: NAMED, request: null, changes: {} },
	],
])('%s', (_, parameters, expected) => {
	test('shows exactly what would be sent, and sends nothing', async () => {
		const scene = await rehearse(parameters);

		expect(scene.error).toBeUndefined();
		expect(outputsOf(scene)).toStrictEqual([expected]);
		expect(hintsOf(scene)).toStrictEqual([HINT]);
		expect(countOf(sandbox, 'list')).toBe(1);
	});

	test('what it has shown is what the real run does', async () => {
		const { error } = await play(sandbox, {
			items: [{ trunk: ID, secret: PASSWORD }],
			parameters: { ...parameters, options: { ...(parameters.options as INodeParameters), dryRun: '={{ "false" }}' } },
		});
		const sent = sandbox.requests.filter(({ method }) => method !== 'GET');
		const masked = sent.map(({ method, path, body }) => ({
			method,
			path,
			...(body !== undefined && {
				body: { ...(body as IDataObject), ...('password' in (body as IDataObject) && { password: '***' }) },
			}),
		}));

		expect(error).toBeUndefined();
		expect(masked).toStrictEqual([expected.request].filter((request) => request !== null));
	});
});

describe('an item that cannot be used is refused as in a real run', () => {
	test.each<[INodeParameters, RegExp]>([
		[{ operation: 'create', callerIdNumber: '61299999999' }, /is not verified for this account/],
		[{ operation: 'update', ...trunkBy('id'), updateFields: {} }, /^Update Fields has no field/],
		[{ operation: 'update', ...trunkBy('id'), updateFields: { areaCode: '={{ null }}' } }, /^Area Code is empty/],
		[{ operation: 'suspend', ...trunkBy('username', 'CT123457') }, /Near matches: CT123456/],
		[
			{ operation: 'rotatePassword', ...trunkBy('id'), passwordSource: 'enter', password: 'weak' },
			/^Password cannot be used/,
		],
		[{ ...upsert, trunkDescription: '={{ null }}' }, /^Description is empty/],
	])('%j', async (parameters, words) => {
		expect((await rehearse(parameters)).told).toMatch(words);
	});

	test.each([
		['update', { updateFields: { enabled: true } }],
		['suspend', {}],
		['enable', onlyIfChanged],
		['rotatePassword', {}],
		['delete', {}],
	])('%s of a trunk that does not exist', async (operation, parameters) => {
		const { told } = await rehearse({ operation, ...trunkBy('id'), ...parameters }, [{ trunk: UNKNOWN }]);
		expect(told).toBe(
			`Trunk '${UNKNOWN}' is not in the account's list of trunks. Check its ID, or choose it again; it may have been deleted. Nothing was written.`,
		);
	});

	test('Create or Update of a description that two trunks have', async () => {
		sandbox.addTrunk({ description: 'Acme', username: 'CT777777' });
		expect((await rehearse(upsert)).told).toContain('CT123456, CT777777');
	});

	test('on the error output, beside the plans of the others', async () => {
		const { good, failed } = await rehearse(
			{ operation: 'suspend', ...trunkBy('id') },
			[{ trunk: UNKNOWN }, { trunk: ID }],
			{ onError: 'continueErrorOutput' },
		);

		expect(good).toMatchObject([{ looked: 1, dryRun: true }]);
		expect(failed).toMatchObject([{ looked: 0, details: { field: 'Trunk' } }]);
	});
});

describe('several items', () => {
	test('each has its own plan, in the order of the input, paired with it', async () => {
		const others = Array.from({ length: 20 }, () => sandbox.addTrunk());
		const { good } = await rehearse(
			{ operation: 'suspend', ...trunkBy('id') },
			others.map(({ id }) => ({ trunk: id })),
		);

		expect(good.map(({ looked }) => looked)).toStrictEqual([...others.keys()]);
		expect(good.map(({ request }) => (request as IDataObject).path)).toStrictEqual(
			others.map(({ id }) => `/api/v1/sip-trunks/${id}`),
		);
		expect(countOf(sandbox, 'list')).toBe(1);
	});

	test('with the same new description: the second one is an update of the trunk that the first one creates', async () => {
		const scene = await rehearse(
			{ ...upsert, additionalFields: { areaCode: '={{ $json.area }}' } },
			['02', '03', '03'].map((area) => ({ name: 'Beta', area })),
		);
		const [first, second, third] = outputsOf(scene);

		expect(first).toMatchObject({ request: { method: 'POST' } });
		expect(second).toMatchObject({
			request: { method: 'PATCH', path: '/api/v1/sip-trunks/{id of the new trunk "Beta"}', body: { area_code: '03' } },
			changes: { area_code: { from: '02', to: '03' } },
		});
		expect(third).toMatchObject({ request: null, changes: {} });
	});

	test('of the same trunk: each one is compared with what the one before it leaves', async () => {
		const scene = await rehearse(
			{ operation: 'update', ...trunkBy('id'), updateFields: { areaCode: '={{ $json.area }}' }, ...onlyIfChanged },
			['03', '02', '02'].map((area) => ({ area })),
		);

		expect(outputsOf(scene).map(({ changes }) => changes)).toStrictEqual([
			{ area_code: { from: '02', to: '03' } },
			{ area_code: { from: '03', to: '02' } },
			{},
		]);
	});

	test('of which some are rehearsed only: the others are written', async () => {
		const other = sandbox.addTrunk();
		const { good } = await play(sandbox, {
			items: [
				{ trunk: ID, rehearse: true },
				{ trunk: other.id, rehearse: false },
			],
			parameters: { operation: 'suspend', ...trunkBy('id'), options: { dryRun: '={{ $json.rehearse }}' } },
		});

		expect(good).toMatchObject([{ dryRun: true }, { id: other.id, enabled: false }]);
		expect(writes(sandbox)).toStrictEqual([`PATCH /api/v1/sip-trunks/${other.id} {"enabled":false}`]);
	});
});

describe('an account without a list', () => {
	beforeEach(() => sandbox.set({ trunkListEndpoint: 404 }));

	test.each<[INodeParameters, IDataObject]>([
		[
			{ operation: 'suspend', ...trunkBy('id') },
			{ request: { method: 'PATCH', path: PATH, body: { enabled: false } } },
		],
		[{ operation: 'delete', ...trunkBy('id') }, { request: { method: 'DELETE', path: PATH } }],
		[
			{ operation: 'rotatePassword', ...trunkBy('id') },
			{ request: { method: 'PATCH', path: PATH, body: { password: '***' } } },
		],
	])('%j: the plan as it is, and a hint that it was not compared', async (parameters, expected) => {
		const scene = await rehearse(parameters);

		expect(outputsOf(scene)).toStrictEqual([{ dryRun: true, operation: parameters.operation, ...expected }]);
		expect(hintsOf(scene).sort()).toStrictEqual([HINT, NO_LIST_HINT]);
	});

	test.each<[INodeParameters, string]>([
		[upsert, 'Create or Update'],
		[{ operation: 'suspend', ...trunkBy('id'), ...onlyIfChanged }, 'Only If Changed'],
		[{ operation: 'delete', ...trunkBy('username', 'CT123456') }, 'Finding a trunk by its username'],
	])('%j cannot be rehearsed without it', async (parameters, needer) => {
		expect((await rehearse(parameters)).told).toMatch(new RegExp(`^${needer} needs the list of trunks\\.`));
	});
});

test('a key that is refused fails the dry run, because it would fail the real one', async () => {
	sandbox.fault({ on: 'list', times: 10, play: { status: 401 } });
	expect((await rehearse({ operation: 'suspend', ...trunkBy('id') })).told).toMatch(/does not accept the API key/);
});

test.each([
	['"TRUE"', '={{ "TRUE" }}'],
	['true', '={{ true }}'],
])('the option given as %s rehearses', async (_, dryRun) => {
	const scene = await rehearse({ operation: 'delete', ...trunkBy('id'), options: { dryRun } });
	expect(outputsOf(scene)).toMatchObject([{ dryRun: true }]);
});

test.each([
	['create', { callerIdNumber: '61291234567' }],
	['upsert', { trunkDescription: 'Beta', callerIdNumber: '61291234567' }],
	['update', { ...trunkBy('id', ID), updateFields: { enabled: false } }],
	['suspend', trunkBy('id', ID)],
	['enable', trunkBy('id', ID)],
	['rotatePassword', trunkBy('id', ID)],
	['delete', trunkBy('id', ID)],
] as Array<[string, INodeParameters]>)(
	'%s with an option that is neither true nor false writes nothing',
	async (operation, parameters) => {
		for (const [dryRun, shown] of [
			['={{ "Y" }}', "'Y'"],
			['={{ null }}', 'nothing'],
			['={{ "" }}', "''"],
		]) {
			const { told } = await playOne(sandbox, { operation, ...parameters, options: { dryRun } as INodeParameters });
			expect(told).toContain(`Dry Run must be true or false, and it is ${shown}. `);
		}
		expect(sandbox.requests).toStrictEqual([]);
		expect(sandbox.trunks().map(shownOf)).toStrictEqual([shownOf(trunk)]);
	},
);

test('Retry On Fail after a dry run of a bad item writes nothing either', async () => {
	const { good } = await rehearse({ operation: 'suspend', ...trunkBy('id') }, [{ trunk: UNKNOWN }, { trunk: ID }], {
		onError: 'continueErrorOutput',
		retryOnFail: true,
		maxTries: 3,
		waitBetweenTries: 1,
	});
	expect(good).toMatchObject([{ dryRun: true }]);
});
