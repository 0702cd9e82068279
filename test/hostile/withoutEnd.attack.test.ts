/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test watches what happens meanwhile */
import { NodeConnectionTypes } from 'n8n-workflow';

import { crazytelNode, itemsOf, sourceNode } from '../../engine';
import { type Play, type RequestKind, type Sandbox, startSandbox } from '../../sandbox';
import { countOf, credentialOf, hintsOf, play, sceneOf, start, theEngine, time, writes } from '../engine/scene';

const ID = '3f2b8c1e-5a4d-4c6b-9e7f-0a1b2c3d4e5f';
const byId = { __rl: true, mode: 'id', value: ID };
const suspend = { operation: 'suspend', trunk: byId };
const get = { operation: 'get', trunk: byId };
const create = {
	operation: 'create',
	passwordSource: 'generate',
	callerIdNumber: '61291234567',
	options: { checkNumbers: false },
};
const one = [{}];

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await startSandbox({ now: time.now, trunks: [{ id: ID, username: 'CT123456', description: 'Acme' }] });
});

afterEach(async () => {
	time.onDeadline = undefined;
	await sandbox.close();
});

const continued = { onError: 'continueErrorOutput' as const };

/** Plays it so often, and lets the deadline of each of those requests come once its answer has begun. */
function endlessly(on: RequestKind, play: Play, times: number): void {
	sandbox.fault({ on, times, play });
	time.onDeadline = (_ms, ring) => {
		const { length } = sandbox.requests;
		const look = setInterval(() => {
			const request = sandbox.requests[length];
			if (request?.status === undefined) return;
			clearInterval(look);
			const earlier = sandbox.requests.slice(0, length).filter(({ kind }) => kind === on).length;
			if (request.kind === on && earlier < times) setTimeout(ring, 20);
		}, 5);
		look.unref();
	};
}

const endless: Play[] = [{ dripMs: 50 }, { dripMs: 50, after: true }, { status: 101 }, { status: 101, after: true }];

describe.each(endless)('an answer that does not end, %j', (fault) => {
	const isDone = typeof fault === 'object' && 'after' in fault && fault.after === true;

	test('to a read: it is asked for again, and then told', async () => {
		endlessly('list', fault, 99);
		const { failed } = await play(sandbox, { items: one, parameters: get, node: continued });
		expect(failed).toMatchObject([
			{
				error: expect.stringContaining(
					'Crazytel did not end its answer within 60 seconds while reading the list of trunks. Try again later.',
				) as string,
			},
		]);
		expect(countOf(sandbox, 'list')).toBe(4);
	});

	test('to an update: it is sent again, as it sets the same', async () => {
		endlessly('update', fault, 1);
		const { good } = await play(sandbox, { items: one, parameters: suspend, node: continued });
		expect(good).toMatchObject([{ id: ID, enabled: false }]);
		expect(writes(sandbox)).toHaveLength(2);
	});

	test('to a create: it is never sent again, and its trunk is looked for', async () => {
		endlessly('create', fault, 1);
		const scene = await play(sandbox, { items: one, parameters: create, node: continued });
		expect(countOf(sandbox, 'create')).toBe(1);
		if (isDone) {
			expect(scene.good).toMatchObject([{ id: sandbox.trunks()[1]?.id, recovered: true }]);
			expect(hintsOf(scene).join()).toContain('was lost');
		} else {
			expect(scene.failed).toMatchObject([
				{
					error: expect.stringMatching(
						/^Crazytel did not end its answer within 60 seconds while creating the trunk\. No trace/,
					) as string,
				},
			]);
		}
	});

	test('to a delete: it is sent again, and done where it was', async () => {
		endlessly('delete', fault, 1);
		const { good } = await play(sandbox, {
			items: one,
			parameters: { operation: 'delete', trunk: byId },
			node: continued,
		});
		expect(good).toMatchObject([{ deleted: true }]);
		expect(sandbox.trunks()).toEqual([]);
	});

	test('to a dropdown: it says so', async () => {
		endlessly('list', fault, 99);
		await expect((await theEngine()).searchList('searchTrunks', credentialOf(sandbox))).rejects.toThrow(
			'Crazytel did not end its answer within 60 seconds',
		);
	});
});

describe('Stop, while an answer does not end', () => {
	test.each(endless)('ends a read at once (%j)', async (fault) => {
		sandbox.fault({ on: 'list', times: 99, play: fault });
		const { execution } = await start(sandbox, { items: one, parameters: get });
		while (sandbox.requests[0]?.status === undefined) await new Promise((resolve) => setImmediate(resolve));
		execution.cancel();
		expect(sceneOf(await execution)).toMatchObject({
			run: { status: 'canceled' },
			error: { message: expect.stringContaining('canceled') as string },
		});
		expect(sandbox.requests).toHaveLength(1);
	});

	test.each(endless)('lets a write have its time, and then tells that nobody knows (%j)', async (fault) => {
		sandbox.fault({ on: 'update', times: 99, play: fault });
		let over = (): void => {};
		time.onDeadline = (_ms, ring) => (over = ring);
		const { execution } = await start(sandbox, { items: one, parameters: suspend });
		while (sandbox.requests[0]?.status === undefined) await new Promise((resolve) => setImmediate(resolve));
		execution.cancel();
		await new Promise((resolve) => setTimeout(resolve, 100));
		over();
		const { error, told } = sceneOf(await execution);
		expect(told).toContain('canceled');
		expect(`${error?.message} ${error?.description}`).toContain('It is unknown whether the change was made.');
		expect(sandbox.requests).toHaveLength(1);
	});
});

describe('an answer that is too large', () => {
	const LARGE =
		/^(?:\w+ needs the list of trunks\. )?The answer of Crazytel to [a-z ]+ is larger than this node reads: /;

	test.each<[string, Play]>([
		['that unpacks to a gigabyte', { bigMb: 1_024, gzip: true }],
		['with a million things', { status: 200, body: `[${Array<string>(1_000_000).fill('{"id":"a"}').join(',')}]` }],
		[
			'with a million fields',
			{ status: 200, body: `{${Array.from({ length: 1_000_000 }, (_, at) => `"k${at}":1`).join(',')}}` },
		],
		['with 100,000 levels', { status: 200, body: '['.repeat(100_000) }],
		['with 100,000 levels of records', { status: 200, body: `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}` }],
		['with a text of two megabytes', { status: 200, body: [{ id: ID, description: 'x'.repeat(2 ** 21) }] }],
	])('%s is an error that says so, and is not asked for again', async (_name, fault) => {
		sandbox.fault({ on: 'list', times: 99, play: fault });
		const { failed } = await play(sandbox, { items: one, parameters: get, node: continued });
		expect(failed).toMatchObject([{ error: expect.stringMatching(LARGE) as string }]);
		expect(String(failed[0]?.error).length).toBeLessThan(400);
		expect(countOf(sandbox, 'list')).toBe(1);
	});

	test('to a write does not hide what came of it', async () => {
		sandbox.fault({ on: 'update', play: { bigMb: 65 } });
		const scene = await play(sandbox, { items: one, parameters: suspend, node: continued });
		expect(scene.good).toMatchObject([{ id: ID, enabled: false }]);
		expect(hintsOf(scene).join()).toMatch(
			/larger than this node reads: more than 64 MB \(200\)\. The list of trunks shows what was asked for\./,
		);
		expect(countOf(sandbox, 'update')).toBe(1);
	});

	// What is too large is known before anybody asks what its request does, so any bound will do, and this one is cheap.
	test('to a create does not hide that its trunk is there', async () => {
		sandbox.fault({ on: 'create', play: { status: 200, body: '['.repeat(100_000), after: true } });
		const { good } = await play(sandbox, { items: one, parameters: create, node: continued });
		expect(good).toMatchObject([{ recovered: true }]);
		expect(countOf(sandbox, 'create')).toBe(1);
	});

	test.each([
		[422, 1],
		[500, 4],
	])('of a %i is a refusal like any other, of which no more is read than is shown', async (status, sent) => {
		for (const gzip of [false, true]) {
			sandbox.reset();
			sandbox.fault({ on: 'update', times: sent, play: { bigMb: 1_024, gzip, status } });
			const { failed } = await play(sandbox, { items: one, parameters: suspend, node: continued });
			expect(failed).toMatchObject([{ error: expect.stringContaining(`(${status})`) as string }]);
			expect(countOf(sandbox, 'update')).toBe(sent);
		}
	});
});

describe('an account with 100,000 trunks', () => {
	const trunks = Array.from({ length: 100_000 }, (_, at) => ({
		id: `${at.toString(16).padStart(8, '0')}-5a4d-4c6b-9e7f-0a1b2c3d4e5f`,
		username: `CT${100_000 + at}`,
		description: `Customer ${at}`,
		caller_id_number: '61291234567',
		enabled: true,
	}));

	test('works, in every way in which a list is used', async () => {
		const list = {
			on: 'list' as const,
			times: 99,
			play: { status: 200, body: { sip_trunks: trunks, count: trunks.length } },
		};
		const { length: last } = trunks;
		sandbox.fault(list);
		const got = await play(sandbox, {
			items: one,
			parameters: { operation: 'get', trunk: { __rl: true, mode: 'username', value: `CT${99_999 + last}` } },
		});
		expect(got.good).toMatchObject([trunks.at(-1) ?? {}]);
		// Without a node behind it, which takes longer than all the rest.
		const all = await (
			await theEngine()
		).run({
			nodes: [sourceNode('Rows', one), crazytelNode('Crazytel', { operation: 'getAll', returnAll: true })],
			connections: { Rows: { main: [[{ node: 'Crazytel', type: NodeConnectionTypes.Main, index: 0 }]] } },
			credential: credentialOf(sandbox),
		});
		expect(itemsOf(all, 'Crazytel')).toHaveLength(last);
		const known = await play(sandbox, {
			items: one,
			parameters: {
				operation: 'upsert',
				trunkDescription: 'Customer 77777',
				passwordSource: 'generate',
				callerIdNumber: '61291234567',
				options: { dryRun: true, checkNumbers: false },
			},
		});
		expect(known.good).toMatchObject([{ request: null, trunk: { id: trunks[77_777]?.id } }]);
		const { results } = await (await theEngine()).searchList('searchTrunks', credentialOf(sandbox), 'customer 9999');
		expect(results).toHaveLength(11);
	}, 240_000);

	test('holds nothing up for as long as it is read: all else has its turn in between', async () => {
		sandbox.fault({ on: 'list', play: { status: 200, body: trunks } });
		let turns = 0;
		const look = setInterval(() => turns++, 1);
		await play(sandbox, { items: one, parameters: get });
		clearInterval(look);
		// In one go it would be a handful.
		expect(turns).toBeGreaterThan(20);
	});
});
