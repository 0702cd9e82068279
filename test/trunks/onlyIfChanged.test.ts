/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test does something meanwhile, as somebody else */
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import type { Sandbox, StoredTrunk } from '../../sandbox';
import { countOf, credentialOf, hintsOf, play, type Scene, sceneOf, start, time, writes } from '../engine/scene';
import { costOf, listWithout, openAccount, outputsOf, patches, playOne, shownOf, stored, trunkBy } from './account';

const ONLY = { options: { onlyIfChanged: true } };
const suspend = { operation: 'suspend', ...trunkBy('id'), ...ONLY };

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await openAccount();
});

afterEach(async () => {
	await sandbox.close();
});

async function update(trunk: StoredTrunk, updateFields: INodeParameters, more: INodeParameters = {}): Promise<Scene> {
	return await playOne(
		sandbox,
		{ operation: 'update', ...trunkBy('id'), updateFields, ...ONLY, ...more },
		{ trunk: trunk.id },
	);
}

/** What an update that is only sent if it changes something says that it has changed. */
async function changesOf(trunk: StoredTrunk, updateFields: INodeParameters): Promise<unknown> {
	const scene = await update(trunk, updateFields);
	const [output] = outputsOf(scene);
	expect(output?.changed).toBe(Object.keys(output?.changes ?? {}).length > 0);
	return output?.changes;
}

describe('500 trunks that are right cost one request', () => {
	const RIGHT = { enabled: false, area_code: '02', caller_id_number: '61291234567' };

	test.each<[string, INodeParameters]>([
		['suspend', trunkBy('username')],
		[
			'update',
			{
				...trunkBy('id', '={{ $json.id }}'),
				updateFields: { areaCode: '2', callerIdNumber: '(02) 9123 4567', enabled: false },
			},
		],
		[
			'upsert',
			{
				trunkDescription: '={{ $json.name }}',
				callerIdNumber: '0291234567',
				additionalFields: { areaCode: 2, enabled: '={{ "false" }}' },
			},
		],
	])('%s', async (operation, parameters) => {
		const items = Array.from({ length: 500 }, (_, index) => {
			const { id, username } = sandbox.addTrunk({
				...RIGHT,
				description: `Customer ${index}`,
				username: `CT${100_000 + index}`,
			});
			return { id, trunk: username, name: `Customer ${index}` };
		});
		const { good, error } = await play(sandbox, { items, parameters: { operation, ...parameters, ...ONLY } });

		expect(error).toBeUndefined();
		expect(sandbox.requests.map(({ kind }) => kind)).toStrictEqual(['list']);
		expect(good).toHaveLength(500);
		expect(good.every(({ changed }) => changed === false)).toBe(true);
		expect(good.map(({ id }) => id)).toStrictEqual(items.map(({ id }) => id));
	});
});

describe('the output', () => {
	test('of a trunk that is right: the trunk, and that nothing was changed', async () => {
		const trunk = sandbox.addTrunk({ enabled: false });
		const scene = await playOne(sandbox, suspend, { trunk: trunk.id });

		expect(outputsOf(scene)).toStrictEqual([{ ...shownOf(trunk), changed: false, changes: {} }]);
		expect(sandbox.requests.map(({ kind }) => kind)).toStrictEqual(['list']);
	});

	test('of a trunk that was changed: the trunk as it is now, and what was changed', async () => {
		const trunk = sandbox.addTrunk({ description: 'Acme' });
		const scene = await playOne(sandbox, suspend, { trunk: trunk.id });

		expect(outputsOf(scene)).toStrictEqual([
			{ ...shownOf(trunk), enabled: false, changed: true, changes: { enabled: { from: true, to: false } } },
		]);
		expect(patches(sandbox)).toStrictEqual([{ enabled: false }]);
	});

	test('without the option has neither', async () => {
		const trunk = sandbox.addTrunk({ enabled: false });
		const scene = await playOne(sandbox, { ...suspend, options: {} }, { trunk: trunk.id });

		expect(outputsOf(scene)).toStrictEqual([shownOf(trunk)]);
		expect(costOf(sandbox)).toStrictEqual({ lists: 0, writes: 1 });
	});

	test.each(['suspend', 'enable'])('%s of two trunks, of which one is right', async (operation) => {
		const enabled = operation === 'enable';
		const [right, wrong] = [sandbox.addTrunk({ enabled }), sandbox.addTrunk({ enabled: !enabled })];
		const { good } = await play(sandbox, {
			items: [right, wrong].map(({ id }) => ({ trunk: id })),
			parameters: { ...suspend, operation },
		});

		expect(good).toMatchObject([
			{ id: right.id, changed: false, changes: {} },
			{ id: wrong.id, changed: true, changes: { enabled: { from: !enabled, to: enabled } } },
		]);
		expect(writes(sandbox)).toStrictEqual([`PATCH /api/v1/sip-trunks/${wrong.id} {"enabled":${enabled}}`]);
	});
});

describe('what counts as the same', () => {
	test.each<[INodeParameters, Partial<StoredTrunk>]>([
		[{ description: '' }, { description: null }],
		[{ description: '' }, { description: '' }],
		[{ description: '' }, { description: '  ' }],
		[{ description: ' Acme ' }, { description: 'Acme' }],
		[{ description: 'Acme' }, { description: ' Acme' }],
		[{ description: '={{ 42 }}' }, { description: '42' }],
		[{ areaCode: '={{ 2 }}' }, { area_code: '02' }],
		[{ callerIdNumber: '02 9123 4567' }, { caller_id_number: '61291234567' }],
		[{ callerIdNumber: '61291234567' }, { caller_id_number: '+61 2 9123 4567' }],
		[{ smsSender: '0412345678' }, { sms_sender: '61412345678' }],
		[{ hideCallerId: '={{ "FALSE" }}' }, { hide_caller_id: false }],
	])('%j where the list has %j', async (updateFields, held) => {
		const trunk = sandbox.addTrunk(held);
		expect(await changesOf(trunk, updateFields)).toStrictEqual({});
		expect(writes(sandbox)).toStrictEqual([]);
		// A number that the trunk has already needs no check.
		expect(countOf(sandbox, 'verified')).toBe(0);
	});

	test('numbers as numbers', async () => {
		const trunk = sandbox.addTrunk({ sms_sender: '61412345678' });
		sandbox.fault({
			on: 'list',
			play: { status: 200, body: [{ ...shownOf(trunk), caller_id_number: 61291234567, sms_sender: 61412345678 }] },
		});
		expect(await changesOf(trunk, { callerIdNumber: '0291234567', smsSender: '0412345678' })).toStrictEqual({});
	});

	test.each<[INodeParameters, Partial<StoredTrunk>, IDataObject]>([
		[{ description: 'Acme' }, { description: null }, { description: { from: null, to: 'Acme' } }],
		[{ description: 'ACME' }, { description: 'Acme' }, { description: { from: 'Acme', to: 'ACME' } }],
		[{ description: '' }, { description: 'Acme' }, { description: { from: 'Acme', to: '' } }],
		[
			{ description: '0412 345 678' },
			{ description: '61412345678' },
			{ description: { from: '61412345678', to: '0412 345 678' } },
		],
		[{ areaCode: '03' }, { area_code: null }, { area_code: { from: null, to: '03' } }],
		[
			{ callerIdNumber: '61398765432' },
			{ caller_id_number: '61291234567' },
			{ caller_id_number: { from: '61291234567', to: '61398765432' } },
		],
		[
			{ softphoneShowBalance: false, softphoneSyncSms: false },
			{},
			{ softphone_show_balance: { from: true, to: false } },
		],
	])('not %j where the list has %j', async (updateFields, held, changes) => {
		const trunk = sandbox.addTrunk(held);
		expect(await changesOf(trunk, updateFields)).toStrictEqual(changes);
		expect(stored(sandbox, trunk)).toMatchObject(
			Object.fromEntries(Object.entries(changes).map(([name, change]) => [name, (change as IDataObject).to])),
		);
		expect(writes(sandbox)).toHaveLength(1);
	});

	test('a password never does: it is sent, and masked', async () => {
		const trunk = sandbox.addTrunk({ password: 'Secret1Pass', enabled: true });
		sandbox.set({ echoPassword: true });
		const scene = await update(trunk, { password: '={{ "Secret1" + "Pass" }}', enabled: true });

		expect(outputsOf(scene)).toStrictEqual([
			{ ...shownOf(trunk), changed: true, changes: { password: { from: '***', to: '***' } } },
		]);
		expect(patches(sandbox)).toStrictEqual([{ password: 'Secret1Pass' }]);
		expect(scene.stored).not.toContain('Secret1Pass');
	});

	test('a setting that the list does not show is sent, because nobody knows', async () => {
		const trunk = sandbox.addTrunk({ enabled: false });
		listWithout(sandbox, 'enabled');
		expect(await changesOf(trunk, { enabled: false })).toStrictEqual({ enabled: { from: null, to: false } });
	});
});

describe('items of one trunk in one run', () => {
	test("there and back again: both are sent, and the last one's value stands", async () => {
		const trunk = sandbox.addTrunk({ description: 'Old' });
		const { good } = await play(sandbox, {
			items: ['New', 'Old', 'Old', 'New'].map((name) => ({ name })),
			parameters: {
				operation: 'update',
				...trunkBy('id', trunk.id),
				updateFields: { description: '={{ $json.name }}' },
				...ONLY,
			},
		});

		expect(patches(sandbox)).toStrictEqual(['New', 'Old', 'New'].map((description) => ({ description })));
		expect(good.map(({ changed, changes }) => [changed, changes])).toStrictEqual([
			[true, { description: { from: 'Old', to: 'New' } }],
			[true, { description: { from: 'New', to: 'Old' } }],
			[false, {}],
			[true, { description: { from: 'Old', to: 'New' } }],
		]);
		expect(stored(sandbox, trunk)?.description).toBe('New');
		expect(countOf(sandbox, 'list')).toBe(1);
	});

	test.each([{ status: 400 }, { status: 400, after: true }] as const)(
		'an earlier write has failed (%j): the next one is sent, because nobody knows what the trunk is',
		async (fault) => {
			const trunk = sandbox.addTrunk({ enabled: true });
			sandbox.fault({ on: 'update', play: fault });
			const { good, failed } = await play(sandbox, {
				items: [{ enabled: false }, { enabled: true }],
				parameters: {
					operation: 'update',
					...trunkBy('id', trunk.id),
					updateFields: { enabled: '={{ $json.enabled }}' },
					...ONLY,
				},
				node: { onError: 'continueErrorOutput' },
			});

			expect(failed).toMatchObject([{ looked: 0 }]);
			expect(good).toMatchObject([
				{ looked: 1, enabled: true, changed: true, changes: { enabled: { from: null, to: true } } },
			]);
			expect(stored(sandbox, trunk)?.enabled).toBe(true);
		},
	);

	test.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
		"Retry On Fail (%s) after the first one failed: the last one's values stand",
		async (onError) => {
			const trunk = sandbox.addTrunk({ description: 'Old' });
			sandbox.fault({ on: 'update', play: { status: 400 } });
			const node: Partial<INode> = { onError, retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
			const { good, error } = await play(sandbox, {
				items: [{ name: 'New' }, { name: 'Old' }],
				parameters: {
					operation: 'update',
					...trunkBy('id', trunk.id),
					updateFields: { description: '={{ $json.name }}' },
					...ONLY,
				},
				node,
			});

			expect(error).toBeUndefined();
			expect(good.map(({ description }) => description)).toStrictEqual(['New', 'Old']);
			expect(stored(sandbox, trunk)?.description).toBe('Old');
		},
	);
});

describe('a trunk that somebody else changes between reading and writing', () => {
	/** Waits for the list, lets somebody change the trunk, and waits for the end. */
	async function meanwhile(running: Promise<Scene>, { id }: StoredTrunk, settings: IDataObject): Promise<Scene> {
		while (countOf(sandbox, 'list') === 0) await new Promise(setImmediate);
		const response = await fetch(`${sandbox.url}/api/v1/sip-trunks/${id}`, {
			method: 'PATCH',
			headers: { 'x-crazytel-api-key': sandbox.apiKey, 'content-type': 'application/json' },
			body: JSON.stringify(settings),
		});
		expect(response.status).toBe(200);
		return await running;
	}

	test('ends with all the values asked for, and its other settings as the other one has left them', async () => {
		const trunk = sandbox.addTrunk({ description: 'Old', area_code: '02', enabled: true });
		sandbox.set({ latencyMs: 30 });
		const running = update(trunk, { description: 'New', areaCode: '02', enabled: true });
		const { good } = await meanwhile(running, trunk, { area_code: '08', enabled: false, hide_caller_id: true });

		expect(stored(sandbox, trunk)).toMatchObject({
			description: 'New',
			area_code: '02',
			enabled: true,
			hide_caller_id: true,
		});
		expect(good).toMatchObject([{ description: 'New', area_code: '02', enabled: true, changed: true }]);
	});

	test('and that cannot be put right: the error says what was written, and what was not', async () => {
		const trunk = sandbox.addTrunk({ description: 'Old', area_code: '02' });
		sandbox.set({ latencyMs: 30 });
		// The first update is the other one's.
		sandbox.fault({ on: 'update', nth: 3, play: { status: 403 } });
		const running = update(trunk, { description: 'New', areaCode: '02' });
		const { told } = await meanwhile(running, trunk, { area_code: '08' });

		expect(told).toMatch(
			/^The change was written, but somebody else has changed the trunk meanwhile, and these settings could not be put right: area_code\. .*\(403\).* Run this item again: it sets the same values\.$/,
		);
		expect(stored(sandbox, trunk)).toMatchObject({ description: 'New', area_code: '08' });
	});

	test('and Stop comes before that is put right: nobody is told that nothing was written', async () => {
		const trunk = sandbox.addTrunk({ description: 'Old', area_code: '02' });
		sandbox.set({ latencyMs: 30 });
		const { execution } = await start(sandbox, {
			items: [{ trunk: trunk.id }],
			parameters: {
				operation: 'update',
				...trunkBy('id'),
				updateFields: { description: 'New', areaCode: '02' },
				...ONLY,
			},
			// The list and the first update fill the window.
			credential: { ...credentialOf(sandbox), requestsPerMinute: 2 },
		});
		time.onWait = () => {
			time.onWait = undefined;
			execution.cancel();
		};
		const { told } = await meanwhile(execution.then(sceneOf), trunk, { area_code: '08' });

		expect(told).toMatch(
			/^The change was written, but .* could not be put right: area_code\. The execution was canceled before that\./,
		);
		expect(stored(sandbox, trunk)).toMatchObject({ description: 'New', area_code: '08' });
	});

	test('says in its changes what was put right', async () => {
		const trunk = sandbox.addTrunk({ description: 'Old', area_code: '02' });
		sandbox.set({ latencyMs: 30 });
		const running = update(trunk, { description: 'New', areaCode: '02' });
		const { good } = await meanwhile(running, trunk, { area_code: '08' });

		expect(good[0]?.changes).toStrictEqual({
			description: { from: 'Old', to: 'New' },
			area_code: { from: '08', to: '02' },
		});
	});

	test('to what is asked for: that is no harm', async () => {
		const trunk = sandbox.addTrunk({ enabled: true });
		sandbox.set({ latencyMs: 30 });
		await meanwhile(playOne(sandbox, suspend, { trunk: trunk.id }), trunk, { enabled: false });
		expect(stored(sandbox, trunk)?.enabled).toBe(false);
	});

	test('a trunk that does not keep what it is given is not written for ever', async () => {
		const trunk = sandbox.addTrunk({ description: 'Old', enabled: true });
		sandbox.fault({
			on: 'update',
			times: 100,
			play: { status: 200, body: { ...shownOf(trunk), enabled: 1 }, after: true },
		});
		const { told } = await update(trunk, { description: 'New', enabled: false });

		expect(told).toMatch(
			/^Crazytel answered 200, but the trunk is still enabled, and its Description is 'Old', not 'New'\./,
		);
		expect(countOf(sandbox, 'update')).toBe(1);
	});
});

describe('the list', () => {
	test.each([404, 405] as const)(
		'is missing (%d): an error that names the option, and nothing is written',
		async (trunkListEndpoint) => {
			const trunk = sandbox.addTrunk();
			sandbox.set({ trunkListEndpoint });
			const { told } = await playOne(sandbox, suspend, { trunk: trunk.id });

			expect(told).toMatch(/^Only If Changed needs the list of trunks\. .*Switch Only If Changed off\./);
			expect(writes(sandbox)).toStrictEqual([]);
		},
	);

	test.each(['html200', 'error500Before', { status: 403 }, { status: 200, body: [{}] }] as const)(
		'cannot be read (%j): an error, and nothing is written',
		async (fault) => {
			const trunk = sandbox.addTrunk();
			sandbox.fault({ on: 'list', times: 10, play: fault });
			const { told } = await playOne(sandbox, suspend, { trunk: trunk.id });

			expect(told).toMatch(
				/^(?:Only If Changed needs the list of trunks\. Crazytel |Crazytel does not accept the API key \(403\)\. .*Only If Changed needs the list of trunks\.)/,
			);
			expect(writes(sandbox)).toStrictEqual([]);
		},
	);

	test('does not have the trunk: the API decides', async () => {
		sandbox.addTrunk();
		const { told } = await playOne(sandbox, suspend, { trunk: '00000000-0000-4000-8000-000000000000' });
		expect(told).toContain('does not exist in this account (404)');
	});

	test('has ids in capitals', async () => {
		const trunk = sandbox.addTrunk({ enabled: false });
		sandbox.fault({ on: 'list', play: { status: 200, body: [{ ...shownOf(trunk), id: trunk.id.toUpperCase() }] } });
		const { good } = await playOne(sandbox, suspend, { trunk: trunk.id });

		expect(good).toMatchObject([{ changed: false }]);
		expect(writes(sandbox)).toStrictEqual([]);
	});
});

test('only a number that differs is checked', async () => {
	const trunk = sandbox.addTrunk({ caller_id_number: '61299999999' });
	const same = await update(trunk, { callerIdNumber: '61299999999', enabled: false });
	const other = await update(trunk, { callerIdNumber: '61288888888' });

	expect(same.good).toMatchObject([{ changes: { enabled: { from: true, to: false } } }]);
	expect(patches(sandbox)).toStrictEqual([{ enabled: false }]);
	expect(other.told).toContain("Caller ID '61288888888' is not verified for this account.");
});

test('a repeated sync sends nothing the second time', async () => {
	const parameters = {
		operation: 'upsert',
		trunkDescription: '={{ $json.name }}',
		callerIdNumber: '02 9123 4567',
		additionalFields: { areaCode: '={{ $json.area }}', enabled: '={{ $json.active }}' },
		...ONLY,
	};
	const items = Array.from({ length: 20 }, (_, index) => ({
		name: `Customer ${index}`,
		area: '2',
		active: index % 2 === 0,
	}));
	sandbox.addTrunk({ description: 'Customer 3', caller_id_number: '61398765432' });
	const first = await play(sandbox, { items, parameters });
	const sent = writes(sandbox).length;
	const before = sandbox.trunks();
	const second = await play(sandbox, { items, parameters });

	expect(first.good.every(({ changed }) => changed === true)).toBe(true);
	expect(sent).toBe(20);
	expect(writes(sandbox)).toHaveLength(sent);
	expect(second.good.every(({ changed }) => changed === false)).toBe(true);
	expect(sandbox.trunks()).toStrictEqual(before);
	expect(hintsOf(second)).toStrictEqual([
		expect.stringMatching(/^20 trunks were there already, and each keeps the Password/),
	]);
});

test('2,000 items by username on an account of 2,000 trunks cost one request when all is right', async () => {
	const body = Array.from({ length: 2_000 }, (_, index) => ({
		id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
		username: `CT${100_000 + index}`,
		description: `Customer ${index}`,
		enabled: false,
	}));
	sandbox.fault({ on: 'list', times: 2, play: { status: 200, body } });
	const { good } = await play(sandbox, {
		items: body.map(({ username }) => ({ trunk: username })),
		parameters: { ...suspend, ...trunkBy('username') },
	});

	expect(sandbox.requests.map(({ kind }) => kind)).toStrictEqual(['list']);
	expect(good.map(({ id }) => id)).toStrictEqual(body.map(({ id }) => id));
});

test.each([
	['"true"', '={{ "true" }}', 0],
	['"TRUE"', '={{ " TRUE " }}', 0],
	['"false"', '={{ "false" }}', 1],
	['false', '={{ false }}', 1],
])('the option given as %s', async (_, onlyIfChanged, sent) => {
	const trunk = sandbox.addTrunk({ enabled: false });
	const { good } = await playOne(sandbox, { ...suspend, options: { onlyIfChanged } }, { trunk: trunk.id });

	expect(writes(sandbox)).toHaveLength(sent);
	expect('changed' in (good[0] ?? {})).toBe(sent === 0);
});

test.each([
	['a word', '={{ "Y" }}', "'Y'"],
	['a number', '={{ 2 }}', "'2'"],
	['nothing', '={{ $json.missing }}', 'nothing'],
	['a list', '={{ [true] }}', 'a list'],
])('the option given as %s is refused, and nothing is sent', async (_, onlyIfChanged, shown) => {
	const trunk = sandbox.addTrunk();
	const { told } = await playOne(sandbox, { ...suspend, options: { onlyIfChanged } }, { trunk: trunk.id });

	expect(told).toContain(`Only If Changed must be true or false, and it is ${shown}. `);
	expect(sandbox.requests).toStrictEqual([]);
});
