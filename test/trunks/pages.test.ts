/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test waits for what happens meanwhile */
import type { INodeParameters } from 'n8n-workflow';

import type { Sandbox, Switches } from '../../sandbox';
import { countOf, hintsOf, play, theEngine, writes } from '../engine/scene';
import { openAccount, outputsOf, playOne, shownOf, trunkBy } from './account';

type Style = Switches['pageStyle'];

/** Styles that say how the next page is asked for, and styles that only say that there is one. */
const FOLLOWED: Style[] = ['next', 'next path', 'page', 'next_page', 'offset', 'link'];
const UNKNOWN: Style[] = ['next elsewhere', 'total', 'x-total-count', 'content-range', 'has_more', 'cursor'];

const getMany = { operation: 'getAll', returnAll: true };
const upsert = (description: string): INodeParameters => ({
	operation: 'upsert',
	trunkDescription: description,
	callerIdNumber: '61291234567',
});

let sandbox: Sandbox;

afterEach(async () => await sandbox.close());

/** An account of 12 trunks, of which a list shows five. */
async function open(pageStyle: Style): Promise<void> {
	sandbox = await openAccount({ pageSize: 5, pageStyle });
	for (let number = 1; number <= 12; number++)
		sandbox.addTrunk({ description: `Customer ${number}`, username: `CT10000${number}`.slice(0, 9) });
}

describe.each(FOLLOWED)('pages that the answer says how to ask for (%s)', (style) => {
	beforeEach(async () => await open(style));

	test('are all read', async () => {
		expect(outputsOf(await playOne(sandbox, getMany))).toStrictEqual(sandbox.trunks().map(shownOf));
		expect(countOf(sandbox, 'list')).toBe(3);
	});

	test('so a trunk of the last page is not made again, and is found by its username', async () => {
		const { good } = await playOne(sandbox, upsert('Customer 12'));
		expect(good).toMatchObject([{ description: 'Customer 12' }]);
		const last = sandbox.trunks()[11];
		const get = await playOne(sandbox, { operation: 'get', ...trunkBy('username', last?.username) });
		expect(get.good).toMatchObject([{ id: last?.id }]);
		expect(sandbox.trunks()).toHaveLength(12);
	});

	test('of a lost create are looked through', async () => {
		sandbox.fault({ on: 'create', play: 'lostReplyAfter' });
		const { good } = await playOne(sandbox, { operation: 'create', callerIdNumber: '61291234567' });
		expect(good).toMatchObject([
			{ id: sandbox.trunks()[12]?.id, recovered: true, password: sandbox.trunks()[12]?.password },
		]);
	});
});

test('a list that is suddenly shorter, and another one each time, is not said to go on', async () => {
	sandbox = await openAccount();
	const trunks = Array.from({ length: 10 }, (_, number) => sandbox.addTrunk({ description: `Customer ${number}` }));
	await playOne(sandbox, upsert('Customer 1'));
	for (const count of [3, 2])
		sandbox.fault({ on: 'list', nth: 4 - count, play: { status: 200, body: trunks.slice(0, count) } });
	const { told } = await playOne(sandbox, upsert('Customer 9'));
	expect(told).toMatch(
		/^Create or Update cannot tell whether the trunk exists\. The list of trunks is suddenly much shorter than it was, and another one each time, so this node does not see all of them\. Run it again in a minute\./,
	);
	expect(sandbox.trunks()).toHaveLength(10);
});

describe.each(UNKNOWN)('a list that only says that it goes on (%s)', (style) => {
	beforeEach(async () => await open(style));

	test('Get Many gives what it has, with a hint', async () => {
		const scene = await playOne(sandbox, getMany);
		expect(scene.good).toHaveLength(5);
		expect(hintsOf(scene).join()).toMatch(/the list of trunks goes on.*what could be read: 5\./);
		expect(countOf(sandbox, 'list')).toBeLessThanOrEqual(2);
	});

	test('Create or Update refuses, whether the trunk is seen or not', async () => {
		for (const name of ['Customer 1', 'Customer 12', 'New']) {
			expect((await playOne(sandbox, upsert(name))).told).toMatch(
				/^Create or Update cannot tell whether the trunk exists\./,
			);
		}
		expect(writes(sandbox)).toStrictEqual([]);
	});

	test('By User finds what is seen, and calls nothing else unknown to the account', async () => {
		const [first] = sandbox.trunks();
		const suspend = (username: unknown) => ({ operation: 'suspend', ...trunkBy('username', username) });
		expect((await playOne(sandbox, suspend(first?.username))).good).toMatchObject([{ enabled: false }]);
		expect((await playOne(sandbox, suspend('CT999999'))).told).toMatch(
			/^Trunk 'CT999999' may be among those that are not seen\./,
		);
	});

	test('Only If Changed of a trunk that is not seen is sent', async () => {
		const last = sandbox.trunks()[11];
		const { good } = await playOne(sandbox, {
			operation: 'suspend',
			...trunkBy('id', last?.id),
			options: { onlyIfChanged: true },
		});
		expect(good).toMatchObject([{ id: last?.id, enabled: false, changed: true }]);
	});

	test('Get of one that is not seen says so', async () => {
		expect((await playOne(sandbox, { operation: 'get', ...trunkBy('id', sandbox.trunks()[11]?.id) })).told).toContain(
			'may be among those that are not seen',
		);
	});

	test('a lost create is unknown, and none is taken for it', async () => {
		sandbox.fault({ on: 'create', play: 'lostReplyAfter' });
		const { told } = await playOne(sandbox, { operation: 'create', callerIdNumber: '61291234567' });
		expect(told).toContain('It is unknown whether the trunk exists');
		expect(countOf(sandbox, 'create')).toBe(1);
	});
});

test('a server that gives the same page again and again is asked no further', async () => {
	sandbox = await openAccount();
	const trunk = shownOf(sandbox.addTrunk());
	sandbox.fault({ on: 'list', times: 1_000, play: { status: 200, body: { trunks: [trunk], page: 1, pages: 900 } } });
	const scene = await playOne(sandbox, getMany);
	expect(scene.good).toHaveLength(1);
	expect(countOf(sandbox, 'list')).toBe(2);
	expect(hintsOf(scene).join()).toContain('the list of trunks goes on');
});

test('one trunk that is listed twice is one, and a lost create is recovered all the same', async () => {
	sandbox = await openAccount();
	sandbox.fault({ on: 'create', play: 'lostReplyAfter' });
	const running = playOne(sandbox, { operation: 'create', callerIdNumber: '61291234567' });
	while (sandbox.trunks().length === 0) await new Promise(setImmediate);
	const [made] = sandbox.trunks();
	const shown = made === undefined ? {} : shownOf(made);
	sandbox.fault({ on: 'list', times: 10, play: { status: 200, body: [shown, shown] } });
	expect((await running).good).toMatchObject([{ id: made?.id, recovered: true, password: made?.password }]);
});

test.each<object>([{ count: 12 }, { total: 12, page: 1, pages: 1 }, { next: null, has_more: false }, { total: '12' }])(
	'a list that says %j is whole, and costs one request',
	async (beside) => {
		sandbox = await openAccount();
		for (let number = 0; number < 12; number++) sandbox.addTrunk();
		sandbox.fault({
			on: 'list',
			times: 9,
			play: { status: 200, body: { trunks: sandbox.trunks().map(shownOf), ...beside } },
		});
		const scene = await playOne(sandbox, getMany);
		expect(scene.good).toHaveLength(12);
		expect(hintsOf(scene)).toStrictEqual([]);
		expect(countOf(sandbox, 'list')).toBe(1);
	},
);

test('the dropdown of trunks has those of all pages', async () => {
	await open('next');
	const engine = await theEngine();
	const { results } = await engine.searchList('searchTrunks', { apiKey: sandbox.apiKey, baseUrl: sandbox.url });
	expect(results).toHaveLength(12);
});

test('verified numbers of which only a part is seen refuse no number', async () => {
	sandbox = await openAccount();
	sandbox.fault({
		on: 'verified',
		times: 9,
		play: { status: 200, body: { verified_numbers: ['61398765432'], total: 6 } },
	});
	const scene = await play(sandbox, {
		items: [{}],
		parameters: { operation: 'create', callerIdNumber: '61291234567' },
	});
	expect(scene.good).toHaveLength(1);
	expect(hintsOf(scene).join()).toContain('the list goes on');
});
