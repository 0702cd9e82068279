/* Outputs are read by people: what they look for comes first, and a password that is shown once is told of. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Sandbox } from '../../sandbox';
import { itemsOf } from '../../engine';
import { hintsOf, play, type Scene } from '../engine/scene';
import { openAccount, playOne, trunkBy } from './account';

const ORDER = [
	'id',
	'username',
	'description',
	'enabled',
	'caller_id_number',
	'area_code',
	'hide_caller_id',
	'sms_sender',
	'softphone_show_balance',
	'softphone_sync_sms',
];
const WITH_PASSWORD = ['id', 'username', 'password', ...ORDER.slice(2)];
const GENERATED =
	'Generated passwords are shown only here and cannot be read later. Hand them on in the next node, or copy them now.';

const create: INodeParameters = {
	operation: 'create',
	callerIdNumber: '61291234567',
	trunkDescription: '={{ $json.name }}',
};
const upsert: INodeParameters = {
	operation: 'upsert',
	trunkDescription: '={{ $json.name }}',
	callerIdNumber: '61291234567',
};
const entered = { passwordSource: 'enter', password: 'Entered1Pass' };

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await openAccount();
});

afterEach(async () => {
	await sandbox.close();
});

/** The names of the fields of each output of the node itself. */
const namesOf = ({ run }: Scene): string[][] => itemsOf(run, 'Crazytel').map(({ json }) => Object.keys(json));

describe('the fields are in the order in which they are read', () => {
	test.each<[string, INodeParameters, string[]]>([
		['create', create, WITH_PASSWORD],
		['create, with a password that was entered', { ...create, ...entered }, ORDER],
		[
			'create, with one that is to be shown',
			{ ...create, ...entered, options: { includePassword: true } },
			WITH_PASSWORD,
		],
		[
			'upsert of a new trunk',
			{ ...upsert, options: { onlyIfChanged: true } },
			[...WITH_PASSWORD, 'changed', 'changes'],
		],
	])('%s', async (_, parameters, names) => {
		expect(namesOf(await playOne(sandbox, parameters, { name: 'Acme' }))).toStrictEqual([names]);
	});

	test.each<[string, INodeParameters, string[]]>([
		['get', { operation: 'get' }, ORDER],
		['update', { operation: 'update', updateFields: { areaCode: '03' } }, ORDER],
		[
			'update of nothing',
			{ operation: 'update', updateFields: { enabled: true }, options: { onlyIfChanged: true } },
			[...ORDER, 'changed', 'changes'],
		],
		['suspend', { operation: 'suspend' }, ORDER],
		['rotatePassword', { operation: 'rotatePassword' }, WITH_PASSWORD],
	])('%s', async (_, parameters, names) => {
		const { id } = sandbox.addTrunk();
		expect(namesOf(await playOne(sandbox, { ...parameters, ...trunkBy('id', id) }))).toStrictEqual([names]);
	});

	test('getAll, and a trunk that was found after a lost reply', async () => {
		for (let count = 0; count < 3; count++) sandbox.addTrunk();
		expect(namesOf(await playOne(sandbox, { operation: 'getAll', returnAll: true }))).toStrictEqual([
			ORDER,
			ORDER,
			ORDER,
		]);
		sandbox.fault({ on: 'create', play: 'lostReplyAfter' });
		expect(namesOf(await playOne(sandbox, create, { name: 'Acme' }))).toStrictEqual([[...WITH_PASSWORD, 'recovered']]);
	});

	test('what else the API shows comes behind them in its own order, and nothing is lost', async () => {
		const { id } = sandbox.addTrunk();
		const odd = JSON.parse(
			`{"zone":{"a":[1]},"created_at":"2026","enabled":true,"__proto__":{"x":1},"constructor":"c","id":"${id}","username":null}`,
		) as IDataObject;
		sandbox.fault({ on: 'list', times: 2, play: { status: 200, body: [odd] } });
		const { run } = await playOne(sandbox, { operation: 'get', ...trunkBy('id', id) });
		const [output] = itemsOf(run, 'Crazytel');

		expect(Object.keys(output?.json ?? {})).toStrictEqual([
			'id',
			'username',
			'enabled',
			'zone',
			'created_at',
			'__proto__',
			'constructor',
		]);
		expect(JSON.parse(JSON.stringify(output?.json))).toEqual(odd);
	});

	test('a dry run keeps its own', async () => {
		const { id } = sandbox.addTrunk();
		const scene = await playOne(sandbox, { operation: 'suspend', ...trunkBy('id', id), options: { dryRun: true } });
		expect(namesOf(scene)).toStrictEqual([['dryRun', 'operation', 'trunk', 'request', 'changes']]);
	});
});

describe('that a generated password is shown only here is told', () => {
	test.each<[string, INodeParameters]>([
		['create', create],
		['upsert of a new trunk', upsert],
	])('%s', async (_, parameters) => {
		expect(hintsOf(await playOne(sandbox, parameters, { name: 'Acme' }))).toStrictEqual([GENERATED]);
	});

	test('once for 30 of them, also where some have failed', async () => {
		sandbox.fault({ on: 'create', nth: 2, play: { status: 400 } });
		const items = Array.from({ length: 30 }, (_, index) => ({ name: `Customer ${index}` }));
		const scene = await play(sandbox, { items, parameters: create, node: { onError: 'continueErrorOutput' } });
		expect(scene.good).toHaveLength(29);
		expect(hintsOf(scene)).toStrictEqual([GENERATED]);
	});

	test('of Rotate Password, and of Create or Update with Update Password', async () => {
		const { id } = sandbox.addTrunk({ description: 'Acme' });
		expect(hintsOf(await playOne(sandbox, { operation: 'rotatePassword', ...trunkBy('id', id) }))).toStrictEqual([
			GENERATED,
		]);
		const scene = await playOne(sandbox, { ...upsert, options: { updatePassword: true } }, { name: 'Acme' });
		expect(scene.good).toMatchObject([{ id, password: sandbox.trunks()[0]?.password }]);
		expect(hintsOf(scene)).toStrictEqual([GENERATED]);
	});

	test('after a lost reply too, and after Retry On Fail', async () => {
		sandbox.fault({ on: 'create', play: 'lostReplyAfter' });
		sandbox.fault({ on: 'list', nth: 2, times: 4, play: 'error500Before' });
		const scene = await playOne(
			sandbox,
			create,
			{ name: 'Acme' },
			{ retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
		);
		expect(scene.good).toMatchObject([{ recovered: true, password: sandbox.trunks()[0]?.password }]);
		expect(hintsOf(scene)).toContain(GENERATED);
	});

	test.each<[string, INodeParameters]>([
		['one that was entered', { ...create, ...entered, options: { includePassword: true } }],
		['a dry run', { ...create, options: { dryRun: true } }],
		['a trunk that was there and keeps its own', upsert],
		[
			'Rotate Password with one that was entered',
			{ operation: 'rotatePassword', ...trunkBy('username', 'CT123456'), ...entered },
		],
		['an update', { operation: 'update', ...trunkBy('username', 'CT123456'), updateFields: { areaCode: '03' } }],
	])('not of %s', async (_, parameters) => {
		sandbox.addTrunk({ username: 'CT123456', description: 'Acme' });
		const scene = await playOne(sandbox, parameters, { name: 'Acme' });
		expect(scene.error).toBeUndefined();
		expect(hintsOf(scene)).not.toContain(GENERATED);
	});
});
