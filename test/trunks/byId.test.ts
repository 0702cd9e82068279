/* What is dropped on Trunk, or filled in by a model, comes By ID, whatever it is. */
import { countOf, hintsOf, play, writes } from '../engine/scene';
import type { Sandbox } from '../../sandbox';
import { costOf, listWithout, openAccount, outputsOf, playOne, refusalOf, stored, trunkBy } from './account';

const suspend = { operation: 'suspend', ...trunkBy('id') };
const UNKNOWN = '00000000-0000-4000-8000-000000000000';

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await openAccount();
});

afterEach(async () => {
	await sandbox.close();
});

test.each([
	['a username', 'CT123456', 'CT123456'],
	['one with space around it', 'CT123456', ' CT123456\n'],
	['one in other case', 'CT123456', 'ct123456'],
	['one that is a number', '1234567', 1234567],
	['one that is a number, as text', '1234567', '1234567'],
	['one of another form', 'sales-team', 'sales-team'],
	['one that is a key of every object', 'constructor', 'constructor'],
])('%s leads to its trunk, for one list', async (_, username, trunk) => {
	sandbox.addTrunk();
	const meant = sandbox.addTrunk({ username });
	const { good, error } = await playOne(sandbox, suspend, { trunk });

	expect(error).toBeUndefined();
	expect(good).toMatchObject([{ id: meant.id, enabled: false }]);
	expect(writes(sandbox)).toStrictEqual([`PATCH /api/v1/sip-trunks/${meant.id} {"enabled":false}`]);
	expect(costOf(sandbox)).toStrictEqual({ lists: 1, writes: 1 });
});

test('300 items, IDs and usernames mixed, cost one list; IDs alone cost none', async () => {
	const trunks = Array.from({ length: 300 }, () => sandbox.addTrunk());
	const { good } = await play(sandbox, {
		items: trunks.map(({ id, username }, index) => ({ trunk: index % 2 === 0 ? id : username })),
		parameters: suspend,
	});
	expect(good.map(({ id }) => id)).toStrictEqual(trunks.map(({ id }) => id));
	expect(costOf(sandbox)).toStrictEqual({ lists: 1, writes: 300 });

	await play(sandbox, { items: trunks.map(({ id }) => ({ trunk: id })), parameters: suspend });
	expect(countOf(sandbox, 'list')).toBe(1);
});

test.each([
	['update', { updateFields: { description: 'New' } }],
	['enable', {}],
	['rotatePassword', {}],
	['get', {}],
	['delete', {}],
])('%s takes one, too, and no other trunk is touched', async (operation, parameters) => {
	const [other, trunk] = [sandbox.addTrunk(), sandbox.addTrunk({ username: 'CT123456' })];
	const scene = await playOne(sandbox, { operation, ...trunkBy('id', 'CT123456'), ...parameters });

	expect(scene.error).toBeUndefined();
	expect(outputsOf(scene)).toMatchObject(operation === 'delete' ? [{ deleted: true }] : [{ id: trunk.id }]);
	expect(stored(sandbox, other)).toStrictEqual(other);
});

test('Dry Run and Only If Changed read no second list', async () => {
	sandbox.addTrunk({ username: 'CT123456', enabled: true });
	const scene = await playOne(
		sandbox,
		{ ...suspend, options: { dryRun: true, onlyIfChanged: true } },
		{ trunk: 'CT123456' },
	);

	expect(outputsOf(scene)).toMatchObject([
		{ trunk: { username: 'CT123456' }, changes: { enabled: { from: true, to: false } } },
	]);
	expect(costOf(sandbox)).toStrictEqual({ lists: 1, writes: 0 });
});

test('an expression for all of it may give a username, and From List holds one of a workflow made by hand', async () => {
	const trunk = sandbox.addTrunk({ username: 'CT123456' });
	for (const locator of ['={{ $json.trunk }}', { __rl: true, mode: 'list', value: 'CT123456' }]) {
		const { good } = await playOne(sandbox, { operation: 'get', trunk: locator as never }, { trunk: 'CT123456' });
		expect(good).toMatchObject([{ id: trunk.id }]);
	}
});

test('a username that a fixed value holds is not refused by the editor before the node runs', async () => {
	const trunk = sandbox.addTrunk({ username: 'CT123456' });
	const { good } = await playOne(sandbox, { operation: 'suspend', ...trunkBy('id', 'CT123456') });
	expect(good).toMatchObject([{ id: trunk.id, enabled: false }]);
});

describe('nothing is sent, and the words help', () => {
	test('of a slip', async () => {
		sandbox.addTrunk({ username: 'CT123456', description: 'Sales' });
		expect(await refusalOf(sandbox, suspend, 'CT123465')).toBe(
			"Trunk 'CT123465' is neither a trunk ID nor a username of this account. Near matches: CT123456 ('Sales'). Check the username. Nothing was written.",
		);
	});

	test('of a description: the trunk that has it is named', async () => {
		sandbox.addTrunk({ username: 'CT123456', description: 'Harbour Dental' });
		expect(await refusalOf(sandbox, suspend, 'harbour dental')).toContain("Near matches: CT123456 ('Harbour Dental').");
	});

	test.each([
		['a digit too few in an ID', UNKNOWN.slice(1)],
		['an ID without dashes', UNKNOWN.replaceAll('-', '')],
		['an ID in braces', `{${UNKNOWN}}`],
		['two IDs', `${UNKNOWN},${UNKNOWN}`],
		['a path', '../balance'],
		['an ID and a path', `${UNKNOWN}/../x`],
		['an encoded path', '%2e%2e%2fbalance'],
		['an address', 'https://crazytel.io/trunks/1'],
		['a header line', 'CT123456\r\nX-Evil: 1'],
		['a pattern', '.*'],
		['a megabyte', 'x'.repeat(1_000_000)],
		['null as a text', 'null'],
	])('of %s: only the list is read, at its own address', async (_, trunk) => {
		sandbox.addTrunk({ username: 'CT777777' });
		const words = await refusalOf(sandbox, suspend, trunk);

		expect(words).toMatch(/^Trunk '.*' is neither a trunk ID nor a username of this account\. /);
		expect(words.length).toBeLessThan(300);
		expect(sandbox.requests.map(({ method, path }) => `${method} ${path}`)).toStrictEqual(['GET /api/v1/sip-trunks/']);
	});

	test.each<[string, unknown]>([
		['nothing', undefined],
		['an empty text', ''],
		['space', ' \u200b\n'],
		['true', true],
		['a list', ['CT123456']],
		['a part of a number', 1.5],
		['a number below zero', -1],
	])('%s is not looked up', async (_, trunk) => {
		sandbox.addTrunk({ username: '1' });
		expect(await refusalOf(sandbox, suspend, trunk)).toMatch(
			/^Trunk .*Choose the trunk from the list, or give its ID or its username, e\.g\. /,
		);
		expect(sandbox.requests).toStrictEqual([]);
	});

	test('the id of another thing, dropped as a whole, is not taken for a username', async () => {
		sandbox.addTrunk({ username: '1234567' });
		const { told } = await playOne(
			sandbox,
			{ operation: 'delete', trunk: '={{ $json.customer }}' },
			{ customer: { id: 1234567, name: 'Acme' } },
		);

		expect(told).toMatch(/^Trunk '1234567' is not a trunk ID\./);
		expect(sandbox.requests).toStrictEqual([]);
	});

	test('several trunks have it', async () => {
		for (const username of ['ct1', 'CT1']) sandbox.addTrunk({ username });
		expect(await refusalOf(sandbox, suspend, 'Ct1')).toMatch(
			/^Trunk 'Ct1' is the username of several trunks\. Give one of these IDs instead \(By ID\): /,
		);
	});

	test.each([404, 405] as const)('the account has no list (%d): the ID is asked for', async (trunkListEndpoint) => {
		sandbox.set({ trunkListEndpoint });
		expect(await refusalOf(sandbox, suspend, 'CT123456')).toMatch(
			/^Finding a trunk by its username needs the list of trunks\. Crazytel has no address for .*This account may have no list\. Give the ID of the trunk instead \(By ID\)\./,
		);
	});

	test('the list shows no usernames', async () => {
		sandbox.addTrunk({ username: 'CT123456' });
		listWithout(sandbox, 'username');
		expect(await refusalOf(sandbox, suspend, 'CT123456')).toMatch(
			/^Trunk 'CT123456' is no trunk ID, and cannot be found as a username: .*shows no usernames\. Give the ID/,
		);
	});

	test.each([
		['refused', { status: 401 }, /^Crazytel does not accept the API key \(401\)\.(?!.*needs the list)/],
		[
			'not allowed to',
			{ status: 403 },
			/^Crazytel does not accept the API key \(403\)\..*Finding a trunk by its username needs the list of trunks\. Put the account API key/,
		],
		['not reached', 'neverSent', /^Crazytel cannot be reached at .*(?<!needs the list.*)$/s],
	] as const)('the key or the service is %s: that is what the words begin with', async (_, fault, words) => {
		sandbox.addTrunk({ username: 'CT123456' });
		if (fault === 'neverSent') await sandbox.refuse();
		else sandbox.fault({ on: 'list', times: 10, play: fault });
		expect(await refusalOf(sandbox, suspend, 'CT123456')).toMatch(words);
	});

	test('a run stops before its first write, and Continue does the others', async () => {
		const trunk = sandbox.addTrunk({ username: 'CT111111' });
		const items = [{ trunk: 'CT111111' }, { trunk: 'CT222222' }, { trunk: trunk.id }];
		const stopped = await play(sandbox, { items, parameters: suspend });
		expect(stopped.error?.context.itemIndex).toBe(1);
		expect(writes(sandbox)).toStrictEqual([]);

		const { good, failed } = await play(sandbox, {
			items,
			parameters: suspend,
			node: { onError: 'continueErrorOutput' },
		});
		expect(good.map(({ looked }) => looked)).toStrictEqual([0, 2]);
		expect(failed).toMatchObject([{ looked: 1, details: { field: 'Trunk', parameter: 'trunk' } }]);
	});
});

describe('the name by which a trunk was chosen stands beside its ID', () => {
	const chosen = (value: string, name = 'CT123456 · Sales team') => ({
		trunk: { __rl: true, mode: 'list', value, cachedResultName: name } as never,
	});

	test.each([
		['suspend', {}, `Trunk 'CT123456 · Sales team' (${UNKNOWN}) does not exist in this account (404).`],
		[
			'update',
			{ updateFields: { areaCode: '03' } },
			`Trunk 'CT123456 · Sales team' (${UNKNOWN}) does not exist in this account (404).`,
		],
		['rotatePassword', {}, `Trunk 'CT123456 · Sales team' (${UNKNOWN}) does not exist in this account (404).`],
		['delete', {}, `Trunk 'CT123456 · Sales team' (${UNKNOWN}) is already gone (404)`],
		['get', {}, `Trunk 'CT123456 · Sales team' (${UNKNOWN}) is not in the account's list of trunks.`],
		[
			'suspend',
			{ options: { dryRun: true } },
			`Trunk 'CT123456 · Sales team' (${UNKNOWN}) is not in the account's list of trunks.`,
		],
		[
			'delete',
			{ options: { dryRun: true } },
			`Trunk 'CT123456 · Sales team' (${UNKNOWN}) is not in the account's list of trunks.`,
		],
	])('%s %j', async (operation, parameters, words) => {
		sandbox.addTrunk();
		const { error } = await playOne(sandbox, { operation, ...chosen(UNKNOWN), ...parameters });
		expect(error?.message.startsWith(words)).toBe(true);
	});

	test('so does a username that was given', async () => {
		const { id } = sandbox.addTrunk({ username: 'CT123456' });
		sandbox.fault({ on: 'update', play: { status: 404 } });
		const { error } = await playOne(sandbox, suspend, { trunk: 'CT123456' });
		expect(error?.message).toContain(`Trunk 'CT123456' (${id}) does not exist in this account (404).`);
	});

	test('so does the description by which Create or Update has found it', async () => {
		const { id } = sandbox.addTrunk({ description: 'Acme', enabled: true });
		sandbox.fault({ on: 'update', play: { status: 404 } });
		const parameters = {
			operation: 'upsert',
			trunkDescription: 'Acme',
			callerIdNumber: '61291234567',
			additionalFields: { enabled: false },
		};
		const { error } = await playOne(sandbox, parameters);
		expect(error?.message).toContain(`Trunk 'Acme' (${id}) does not exist in this account (404).`);
	});

	test('the ID alone stands where it was given, also with a name that was chosen before', async () => {
		const trunk = { __rl: true, mode: 'id', value: UNKNOWN, cachedResultName: 'CT123456 · Sales team' } as never;
		const { error } = await playOne(sandbox, { operation: 'suspend', trunk });
		expect(error?.message).toMatch(new RegExp(`^Trunk '${UNKNOWN}' does not exist`));
	});

	test('it is no part of what is sent, and no markup', async () => {
		const { id } = sandbox.addTrunk();
		const { good } = await playOne(sandbox, { operation: 'suspend', ...chosen(id, '<b>x</b>') });
		expect(good).toMatchObject([{ id }]);
		expect(writes(sandbox)).toStrictEqual([`PATCH /api/v1/sip-trunks/${id} {"enabled":false}`]);
		const { error } = await playOne(sandbox, { operation: 'suspend', ...chosen(UNKNOWN, '<b>x</b>') });
		expect(error?.message).toContain(`Trunk '‹b›x‹/b›' (${UNKNOWN})`);
	});
});

test('no hint comes of a username', async () => {
	sandbox.addTrunk({ username: 'CT123456' });
	expect(hintsOf(await playOne(sandbox, suspend, { trunk: 'CT123456' }))).toStrictEqual([]);
});
