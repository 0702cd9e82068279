/* Create makes a trunk each time it runs; where the list shows one like it, a hint says so. */
import type { INodeParameters } from 'n8n-workflow';

import type { Sandbox } from '../../sandbox';
import { countOf, hintsOf, play } from '../engine/scene';
import { costOf, listWithout, openAccount, playOne } from './account';

const create: INodeParameters = {
	operation: 'create',
	callerIdNumber: '61291234567',
	passwordSource: 'enter',
	password: 'Entered1Pass',
	trunkDescription: '={{ $json.name }}',
};
const CURE = 'Create makes a new trunk each time. Where the one that is there is meant, use Create or Update.';

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await openAccount();
});

afterEach(async () => {
	await sandbox.close();
});

test('the same Create a second time: a second trunk, no further request, and a hint that names the first', async () => {
	const first = await playOne(sandbox, create, { name: 'Acme' });
	const before = sandbox.requests.length;
	const second = await playOne(sandbox, create, { name: 'Acme' });

	expect(hintsOf(first)).toStrictEqual([]);
	expect(second.error).toBeUndefined();
	expect(sandbox.trunks()).toHaveLength(2);
	expect(hintsOf(second)).toStrictEqual([
		`For 1 item there was a trunk with the same Description already, and another one was created: 'Acme' (${sandbox.trunks()[0]?.username}). ${CURE}`,
	]);
	expect(sandbox.requests.slice(before).map(({ kind }) => kind)).toStrictEqual(
		sandbox.requests.slice(0, before).map(({ kind }) => kind),
	);
});

test.each([
	['spaces and invisible characters', 'Acme  Pty\u200b', 'Acme Pty'],
	['the form that HTML has', 'R&amp;D', 'R&D'],
])('a description that looks the same but for %s is the same', async (_, listed, name) => {
	sandbox.addTrunk({ username: 'CT123456', description: listed });
	expect(hintsOf(await playOne(sandbox, create, { name })).join()).toContain('(CT123456)');
});

test('40 items that ran before are told of in one hint, which names five', async () => {
	const items = Array.from({ length: 40 }, (_, index) => ({ name: `Customer ${index}` }));
	await play(sandbox, { items, parameters: create });
	const scene = await play(sandbox, { items, parameters: create });

	expect(scene.good).toHaveLength(40);
	expect(hintsOf(scene)).toStrictEqual([
		expect.stringMatching(/^For 40 items .* created: 'Customer 0' \(CT\d{6}\), .* and 35 more\. Create makes/),
	]);
	expect(countOf(sandbox, 'list')).toBe(2);
});

test('several that are there are all named, five at most', async () => {
	for (let count = 0; count < 7; count++) sandbox.addTrunk({ description: 'Acme' });
	expect(hintsOf(await playOne(sandbox, create, { name: 'Acme' })).join()).toMatch(
		/'Acme' \((?:CT\d{6}, ){4}CT\d{6} and 2 more\)/,
	);
});

test.each([[false], [true]])('a row that stands twice in the input is told of, too (dry run: %s)', async (isDryRun) => {
	const items = [{ name: 'Acme' }, { name: 'Beta' }, { name: 'Acme' }];
	const scene = await play(sandbox, { items, parameters: { ...create, options: isDryRun ? { dryRun: true } : {} } });

	expect(hintsOf(scene)).toContain(
		`For 1 item there was a trunk with the same Description already, and another one ${isDryRun ? 'would be' : 'was'} created: 'Acme' (that of item 0). ${CURE}`,
	);
	expect(sandbox.trunks()).toHaveLength(isDryRun ? 0 : 3);
});

test('a dry run says it before anything is made', async () => {
	sandbox.addTrunk({ username: 'CT123456', description: 'Acme' });
	const scene = await playOne(sandbox, { ...create, options: { dryRun: true } }, { name: 'Acme' });

	expect(hintsOf(scene)).toContain(
		`For 1 item there was a trunk with the same Description already, and another one would be created: 'Acme' (CT123456). ${CURE}`,
	);
	expect(costOf(sandbox)).toStrictEqual({ lists: 1, writes: 0 });
});

test('only the items that were created are counted', async () => {
	for (const description of ['A', 'B']) sandbox.addTrunk({ description });
	sandbox.fault({ on: 'create', nth: 1, play: { status: 400 } });
	const scene = await play(sandbox, {
		items: [{ name: 'A' }, { name: 'B' }, { name: 'C' }],
		parameters: create,
		node: { onError: 'continueErrorOutput' },
	});
	expect(hintsOf(scene)).toStrictEqual([expect.stringMatching(/^For 1 item .* created: 'B' \(/)]);
});

describe('there is no hint', () => {
	test.each([
		['of another description', 'Acme', 'Beta'],
		['of one in other case', 'ACME', 'Acme'],
		['of a part of one', 'Acme Pty', 'Acme'],
	])('%s', async (_, description, name) => {
		sandbox.addTrunk({ description });
		expect(hintsOf(await playOne(sandbox, create, { name }))).toStrictEqual([]);
	});

	test.each([[''], [undefined], [null]])('of a trunk without a description (%j)', async (name) => {
		sandbox.addTrunk({ description: '' });
		sandbox.addTrunk({ description: null });
		expect(hintsOf(await playOne(sandbox, create, { name } as never))).toStrictEqual([]);
	});

	test('of Create or Update, which changes the one that is there', async () => {
		sandbox.addTrunk({ description: 'Acme' });
		const scene = await playOne(sandbox, {
			...create,
			operation: 'upsert',
			trunkDescription: 'Acme',
			additionalFields: {},
		});
		expect(hintsOf(scene)).toStrictEqual([]);
		expect(sandbox.trunks()).toHaveLength(1);
	});

	test('where the list cannot be read, shows no descriptions, or is not whole: the trunk is created all the same', async () => {
		sandbox.addTrunk({ description: 'Acme' });
		sandbox.set({ trunkListEndpoint: 404 });
		expect(hintsOf(await playOne(sandbox, create, { name: 'Acme' }))).toStrictEqual([]);
		sandbox.set({ trunkListEndpoint: 'present' });
		listWithout(sandbox, 'description');
		expect(hintsOf(await playOne(sandbox, create, { name: 'Acme' }))).toStrictEqual([]);
		sandbox.clearFaults();
		sandbox.fault({ on: 'list', play: { status: 200, body: { trunks: [], has_more: true } } });
		expect(hintsOf(await playOne(sandbox, create, { name: 'Acme' }))).toStrictEqual([]);
		expect(sandbox.trunks()).toHaveLength(4);
	});
});
