import { itemsOf } from '../../engine';
import type { Sandbox, Switches } from '../../sandbox';
import { play, writes } from '../engine/scene';
import { costOf, openAccount, outputsOf, playOne, shownOf, trunkBy } from './account';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await openAccount();
});

afterEach(async () => {
	await sandbox.close();
});

describe.each<Partial<Switches>>([
	{ trunkListShape: 'bare' },
	{ trunkListShape: 'wrapped' },
	{ trunkListShape: 'wrapped', trunkListKey: 'results' },
	{ echoPassword: true },
])('with a list like %j', (switches) => {
	test.each(['list', 'id', 'username'] as const)(
		'the trunk by its %s, as the API shows it, without its password',
		async (mode) => {
			sandbox.set(switches);
			sandbox.addTrunk();
			const trunk = sandbox.addTrunk({ description: 'Acme', password: 'Hidden1Pass', area_code: '02' });
			const scene = await playOne(
				sandbox,
				{ operation: 'get', ...trunkBy(mode) },
				{
					trunk: mode === 'username' ? trunk.username : ` ${trunk.id.toUpperCase()}`,
				},
			);

			expect(outputsOf(scene)).toStrictEqual([shownOf(trunk)]);
			expect(scene.stored).not.toContain('Hidden1Pass');
			expect(sandbox.requests.map(({ kind }) => kind)).toStrictEqual(['list']);
		},
	);
});

test('many items cost one request, and each one gets its own trunk, paired with it', async () => {
	const trunks = Array.from({ length: 5 }, () => sandbox.addTrunk());
	const items = [4, 0, 2, 2, 1].map((index) => ({ trunk: trunks[index]?.id }));
	const { good, run } = await play(sandbox, { items, parameters: { operation: 'get', ...trunkBy('id') } });

	expect(good.map(({ id }) => id)).toStrictEqual(items.map(({ trunk }) => trunk));
	expect(itemsOf(run, 'Crazytel').map(({ pairedItem }) => pairedItem)).toStrictEqual(
		items.map((_, item) => ({ item })),
	);
	expect(costOf(sandbox)).toStrictEqual({ lists: 1, writes: 0 });
});

test('a trunk that is not there is an error that says so, and fails its own item only', async () => {
	const { id } = sandbox.addTrunk();
	const { good, failed } = await play(sandbox, {
		items: [{ trunk: UNKNOWN }, { trunk: id }],
		parameters: { operation: 'get', ...trunkBy('id') },
		node: { onError: 'continueErrorOutput' },
	});

	expect(good).toMatchObject([{ looked: 1, id }]);
	expect(failed).toMatchObject([
		{
			looked: 0,
			error: `Trunk '${UNKNOWN}' is not in the account's list of trunks. Check its ID, or choose it again; it may have been deleted.`,
			details: { field: 'Trunk', parameter: 'trunk' },
		},
	]);
});

test.each([404, 405] as const)(
	'an account without a list (%d): it is said that Get cannot be used',
	async (trunkListEndpoint) => {
		const { id } = sandbox.addTrunk();
		sandbox.set({ trunkListEndpoint });
		const { error, told } = await playOne(sandbox, { operation: 'get', ...trunkBy('id', id) });

		expect(told).toMatch(/^Get needs the list of trunks\. .*It cannot be used with this account\./);
		expect(error?.httpCode).toBe(String(trunkListEndpoint));
	},
);

test('an ID that is empty is refused before anything is read', async () => {
	const { told } = await playOne(sandbox, { operation: 'get', ...trunkBy('id') }, { trunk: '' });

	expect(told).toMatch(/^Trunk is empty\./);
	expect(sandbox.requests).toStrictEqual([]);
});

test('what a workflow does to one output changes no other one', async () => {
	const { id } = sandbox.addTrunk();
	const { run } = await play(sandbox, {
		items: [{}, {}],
		parameters: { operation: 'get', ...trunkBy('id', id) },
	});
	const [first, second] = itemsOf(run, 'Crazytel');

	expect(first?.json).toStrictEqual(second?.json);
	expect(first?.json).not.toBe(second?.json);
	expect(writes(sandbox)).toStrictEqual([]);
});
