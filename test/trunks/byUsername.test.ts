import type { Sandbox, Switches } from '../../sandbox';
import { hintsOf, play } from '../engine/scene';
import { costOf, listWithout, openAccount, outputsOf, playOne, refusalOf, shownOf, stored, trunkBy } from './account';

const suspend = { operation: 'suspend', ...trunkBy('username') };

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await openAccount();
});

afterEach(async () => {
	await sandbox.close();
});

test('300 items cost one list request and 300 writes, each to the trunk that is meant', async () => {
	const trunks = Array.from({ length: 300 }, () => sandbox.addTrunk());
	const { good, error } = await play(sandbox, {
		items: trunks.map(({ username }) => ({ trunk: username })),
		parameters: suspend,
	});

	expect(error).toBeUndefined();
	expect(costOf(sandbox)).toStrictEqual({ lists: 1, writes: 300 });
	expect(sandbox.requests).toHaveLength(301);
	expect(good.map(({ id }) => id)).toStrictEqual(trunks.map(({ id }) => id));
	expect(sandbox.trunks().every(({ enabled }) => !enabled)).toBe(true);
});

test.each<Partial<Switches>>([
	{ trunkListShape: 'bare' },
	{ trunkListShape: 'wrapped' },
	{ trunkListShape: 'wrapped', trunkListKey: 'data' },
	{ trunkListShape: 'wrapped', trunkListKey: '__proto__x' },
	{ echoPassword: true },
])('the list is read in the shape %j', async (switches) => {
	sandbox.set(switches);
	const [trunk] = [sandbox.addTrunk({ username: 'CT123456', password: 'Hidden1Pass' }), sandbox.addTrunk()];
	const { good, stored: kept } = await playOne(sandbox, suspend, { trunk: 'CT123456' });

	expect(good).toMatchObject([{ id: trunk?.id, enabled: false }]);
	expect(kept).not.toContain('Hidden1Pass');
});

describe('a username is found', () => {
	test.each([
		['as it is', 'CT123456', 'CT123456'],
		['with space around it', 'CT123456', '  CT123456\t\n'],
		['in other case', 'CT123456', 'ct123456'],
		['a number as text', '1234567', '1234567'],
		['a number as a spreadsheet has it', '1234567', 1234567],
		['that looks like a phone number', '61291234567', 61291234567],
		['that is a key of every object', 'constructor', 'constructor'],
		['that is the key of prototypes', '__proto__', '__proto__'],
		['with other letters', 'Büro-Süd', 'BÜRO-SÜD'],
	])('%s', async (_, username, trunk) => {
		sandbox.addTrunk();
		const meant = sandbox.addTrunk({ username });
		const { good, error } = await playOne(sandbox, suspend, { trunk });

		expect(error).toBeUndefined();
		expect(good).toMatchObject([{ id: meant.id, enabled: false }]);
		expect(costOf(sandbox)).toStrictEqual({ lists: 1, writes: 1 });
	});

	test('in exactly this case, where another one differs in the case only', async () => {
		const meant = sandbox.addTrunk({ username: 'ct123456' });
		const other = sandbox.addTrunk({ username: 'CT123456' });
		await playOne(sandbox, suspend, { trunk: 'ct123456' });

		expect(stored(sandbox, meant)?.enabled).toBe(false);
		expect(stored(sandbox, other)?.enabled).toBe(true);
	});
});

describe('nothing is written, and the words help', () => {
	test('in neither of two cases: every trunk that may be meant is named', async () => {
		const ids = ['ct123456', 'CT123456'].map((username) => sandbox.addTrunk({ username }).id);
		expect(await refusalOf(sandbox, suspend, 'Ct123456')).toBe(
			`Trunk 'Ct123456' is the username of several trunks. Give one of these IDs instead (By ID): ${ids.join(', ')}. Nothing was written.`,
		);
	});

	test.each([
		['a digit that was mistaken', 'CT123457'],
		['a digit that was left out', 'CT12346'],
		['a digit too many', 'CT1234556'],
		['two digits that were swapped', 'CT132456'],
		['without CT', '123456'],
		['without CT, as a number', 123456],
		['its description', 'sales TEAM'],
		['a letter O for a zero', 'CTI23456'],
		['a full-width digit', 'CT12345６'],
	])('%s: the near match is offered', async (_, trunk) => {
		sandbox.addTrunk({ username: 'CT123456', description: 'Sales team' });
		sandbox.addTrunk({ username: 'CT999999', description: 'Acme' });
		const message = await refusalOf(sandbox, suspend, trunk);

		expect(message).toMatch(
			/ is no username of this account\. Near matches: CT123456 \('Sales team'\)\. Check the username\. Nothing was written\.$/,
		);
	});

	test('zeros that a spreadsheet has dropped: the near match is offered', async () => {
		sandbox.addTrunk({ username: '0012345' });
		expect(await refusalOf(sandbox, suspend, 12345)).toContain('Near matches: 0012345.');
	});

	test('with many near matches only some are named', async () => {
		for (let last = 0; last < 9; last++) sandbox.addTrunk({ username: `CT12345${last}` });
		expect(await refusalOf(sandbox, suspend, 'CT12345x')).toMatch(
			/Near matches: (?:CT12345\d, ){4}CT12345\d and 4 more\./,
		);
	});

	test('without a near match, the size of the account is said', async () => {
		for (const username of ['CT999999', 'CT888888']) sandbox.addTrunk({ username });
		expect(await refusalOf(sandbox, suspend, 'CT123456')).toBe(
			"Trunk 'CT123456' is no username of this account. None of its 2 trunks has one like it. Choose the trunk from the list, or check the username. Nothing was written.",
		);
	});

	test('an account without trunks', async () => {
		expect(await refusalOf(sandbox, suspend, 'CT123456')).toContain('The account has no trunk.');
	});

	test.each([
		['nothing', undefined],
		['null', null],
		['an empty text', ''],
		['space', ' \u200b\n'],
	])('%s is no username, and no list is asked for', async (_, trunk) => {
		expect(await refusalOf(sandbox, suspend, trunk)).toMatch(
			/^Trunk is empty\. Give its username, e\.g\. CT123456\. An expression may have found nothing/,
		);
		expect(sandbox.requests).toStrictEqual([]);
	});

	test.each([
		['a list', ['CT123456'], 'a list'],
		['an object', { username: 'CT123456' }, 'an object'],
		['true', true, "'true'"],
	])('%s is no username', async (_, trunk, shown) => {
		sandbox.addTrunk({ username: 'CT123456' });
		expect(await refusalOf(sandbox, suspend, trunk)).toBe(
			`Trunk must be a username, and it is ${shown}. Give one username, e.g. CT123456. Nothing was written.`,
		);
	});

	test('a trunk ID is told apart', async () => {
		const { id } = sandbox.addTrunk();
		expect(await refusalOf(sandbox, suspend, ` ${id.toUpperCase()} `)).toMatch(
			/looks like a trunk ID, not a username\. Choose By ID/,
		);
	});

	test.each([
		['a prototype key', '__proto__'],
		['another one', 'constructor'],
		['a path', '../../balance/'],
		['a header line', 'CT123456\r\nX-Evil: 1'],
		['Arabic-Indic digits', 'CT١٢٣٤٥٦'],
		['a megabyte', 'C'.repeat(1_000_000)],
		['a pattern', '.*'],
	])('%s is no username of this account, and the message stays short', async (_, trunk) => {
		sandbox.addTrunk({ username: 'CT777777' });
		const message = await refusalOf(sandbox, suspend, trunk);

		expect(message).toMatch(/ is no username of this account\. /);
		expect(message.length).toBeLessThan(300);
		expect(message).not.toMatch(/[\r\n]/);
	});

	test('a bad username stops the run before the first write, and the others are named', async () => {
		sandbox.addTrunk({ username: 'CT111111' });
		const { error, told } = await play(sandbox, {
			items: ['CT111111', 'CT222222', 'CT333333'].map((trunk) => ({ trunk })),
			parameters: suspend,
		});

		expect(told).toContain("'CT222222' is no username");
		expect(error?.description).toContain("Item 2: Trunk 'CT333333' is no username");
		expect(costOf(sandbox)).toStrictEqual({ lists: 1, writes: 0 });
	});

	test('on the error output the failed item names its field', async () => {
		sandbox.addTrunk({ username: 'CT111111' });
		const { good, failed } = await play(sandbox, {
			items: ['CT222222', 'CT111111'].map((trunk) => ({ trunk })),
			parameters: suspend,
			node: { onError: 'continueErrorOutput' },
		});

		expect(good).toMatchObject([{ looked: 1, username: 'CT111111', enabled: false }]);
		expect(failed).toMatchObject([{ looked: 0, details: { field: 'Trunk', parameter: 'trunk' } }]);
	});

	test.each([404, 405] as const)(
		'an account without a list (%d): By User cannot be used, and By ID is named',
		async (trunkListEndpoint) => {
			sandbox.addTrunk({ username: 'CT123456' });
			sandbox.set({ trunkListEndpoint });
			expect(await refusalOf(sandbox, suspend, 'CT123456')).toMatch(
				/^Finding a trunk by its username needs the list of trunks\. Crazytel has no address for .*This account may have no list\. Give the ID of the trunk instead \(By ID\)\./,
			);
		},
	);

	test('a list that shows no usernames: it is said, and By ID is named', async () => {
		sandbox.addTrunk({ username: 'CT123456' });
		listWithout(sandbox, 'username');
		expect(await refusalOf(sandbox, suspend, 'CT123456')).toBe(
			"Trunk 'CT123456' cannot be found as a username: the list of trunks of this account shows no usernames. Give the ID of the trunk instead (By ID). Nothing was written.",
		);
	});

	test.each([
		['that fails', { status: 503 }],
		['that is a web page', 'html200'],
		['whose entries have no id', { status: 200, body: [{ username: 'CT123456' }] }],
		['of which there are two', { status: 200, body: { trunks: [], others: [] } }],
	] as const)('a list %s: the run stops with words of it', async (_, play) => {
		sandbox.addTrunk({ username: 'CT123456' });
		sandbox.fault({ on: 'list', times: 10, play });
		expect(await refusalOf(sandbox, suspend, 'CT123456')).toMatch(
			/^Finding a trunk by its username needs the list of trunks\. Crazytel /,
		);
	});
});

test('a refused key is called a refused key', async () => {
	sandbox.fault({ on: 'list', times: 10, play: { status: 401 } });
	expect(await refusalOf(sandbox, suspend, 'CT123456')).toMatch(/does not accept the API key \(401\)/);
});

test.each(['list', 'id'] as const)('the mode %s costs no list request', async (mode) => {
	const { id } = sandbox.addTrunk();
	sandbox.set({ trunkListEndpoint: 404 });
	const scene = await playOne(sandbox, { operation: 'suspend', ...trunkBy(mode) }, { trunk: id });

	expect(scene.error).toBeUndefined();
	expect(hintsOf(scene)).toStrictEqual([]);
	expect(costOf(sandbox)).toStrictEqual({ lists: 0, writes: 1 });
});

test.each([
	['update', { updateFields: { description: 'New' } }],
	['enable', {}],
	['rotatePassword', {}],
	['get', {}],
	['delete', {}],
])('%s takes a username, too', async (operation, parameters) => {
	const trunk = sandbox.addTrunk({ username: 'CT123456' });
	const scene = await playOne(sandbox, { operation, ...trunkBy('username', 'ct123456'), ...parameters });

	expect(scene.error).toBeUndefined();
	expect(outputsOf(scene)).toMatchObject(operation === 'delete' ? [{ deleted: true }] : [{ id: trunk.id }]);
	expect(costOf(sandbox)).toStrictEqual({ lists: 1, writes: operation === 'get' ? 0 : 1 });
});

test('the trunks that are not meant stay as they are', async () => {
	const others = Array.from({ length: 5 }, () => sandbox.addTrunk());
	sandbox.addTrunk({ username: 'CT123456' });
	await playOne(sandbox, { operation: 'delete', ...trunkBy('username', 'CT123456') });

	expect(sandbox.trunks().map(shownOf)).toStrictEqual(others.map(shownOf));
});
