import type { INode } from 'n8n-workflow';

import { itemsOf } from '../../engine';
import type { Sandbox } from '../../sandbox';
import { countOf, play, writes } from '../engine/scene';
import { costOf, openAccount, outputsOf, playOne, stored, trunkBy } from './account';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';
const remove = { operation: 'delete', ...trunkBy('id') };

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await openAccount();
});

afterEach(async () => {
	await sandbox.close();
});

test('each trunk that is named is gone, and its output says so and nothing else', async () => {
	const [first, stays, last] = [sandbox.addTrunk(), sandbox.addTrunk(), sandbox.addTrunk()];
	const scene = await play(sandbox, {
		items: [{ trunk: last.id }, { trunk: first.id.toUpperCase() }],
		parameters: remove,
	});

	expect(itemsOf(scene.run, 'Crazytel')).toStrictEqual(
		[0, 1].map((item) => ({ json: { deleted: true }, pairedItem: { item } })),
	);
	expect(scene.good.map(({ looked }) => looked)).toStrictEqual([0, 1]);
	expect(sandbox.trunks()).toStrictEqual([stays]);
	expect(writes(sandbox).sort()).toStrictEqual(
		[first, last].map(({ id }) => `DELETE /api/v1/sip-trunks/${id} `).sort(),
	);
	expect(costOf(sandbox).lists).toBe(0);
});

describe('a trunk that is not there', () => {
	test('is an error that says that it is already gone', async () => {
		const { error, told, good } = await playOne(sandbox, remove, { trunk: UNKNOWN });

		expect(told).toBe(
			`Trunk '${UNKNOWN}' is already gone (404), or Crazytel has no way to delete trunks. Crazytel says: "SIP trunk not found". Look for it in the Crazytel portal: that trunks can be deleted is not in the public documentation. If every trunk is gone, check the Base URL in the credential.`,
		);
		expect(error?.httpCode).toBe('404');
		expect(good).toStrictEqual([]);
		expect(countOf(sandbox, 'delete')).toBe(1);
	});

	test.each(['detail', 'error.message', 'error', 'message', 'empty'] as const)(
		'also with an error body like %s',
		async (errorShape) => {
			sandbox.set({ errorShape });
			const { told } = await playOne(sandbox, remove, { trunk: UNKNOWN });
			expect(told).toContain('is already gone (404)');
		},
	);

	test('fails its own item only, and every such item is asked for', async () => {
		const trunk = sandbox.addTrunk();
		const gone = Array.from({ length: 5 }, (_, digit) => UNKNOWN.replace(/0$/, String(digit)));
		const { good, failed } = await play(sandbox, {
			items: [...gone, trunk.id].map((id) => ({ trunk: id })),
			parameters: remove,
			node: { onError: 'continueErrorOutput' },
		});

		expect(good).toMatchObject([{ looked: 5, deleted: true }]);
		expect(failed.map(({ error }) => error)).toStrictEqual(
			gone.map(() => expect.stringContaining('is already gone (404)')),
		);
	});

	test('two items for one trunk: the first deletes it, the second is told that it is gone', async () => {
		const { id } = sandbox.addTrunk();
		const { good, failed } = await play(sandbox, {
			items: [{ trunk: id }, { trunk: id.toUpperCase() }],
			parameters: remove,
			node: { onError: 'continueErrorOutput' },
		});

		expect(good).toMatchObject([{ looked: 0, deleted: true }]);
		expect(failed).toMatchObject([{ looked: 1, error: expect.stringContaining('is already gone (404)') }]);
	});
});

describe('a reply that is lost', () => {
	test.each([
		'lostReplyAfter',
		'error500After',
		'cutOff',
		'truncatedJson',
		{ status: 408, after: true },
		{ status: 200, body: '<html>', after: true },
	] as const)('after the trunk was deleted (%j): the repeat meets a 404, and that means done', async (fault) => {
		const { id } = sandbox.addTrunk();
		sandbox.fault({ on: 'delete', play: fault });
		const scene = await playOne(sandbox, remove, { trunk: id });

		expect(outputsOf(scene)).toStrictEqual([{ deleted: true }]);
		expect(sandbox.trunks()).toStrictEqual([]);
	});

	test.each(['lostReplyBefore', 'error500Before', 'html', 'limited'] as const)(
		'before that (%j): it is sent again',
		async (fault) => {
			const { id } = sandbox.addTrunk();
			sandbox.fault({ on: 'delete', times: 3, play: fault });
			const scene = await playOne(sandbox, remove, { trunk: id });

			expect(outputsOf(scene)).toStrictEqual([{ deleted: true }]);
			expect(countOf(sandbox, 'delete')).toBe(4);
			expect(sandbox.trunks()).toStrictEqual([]);
		},
	);

	test('a 404 after a request that was only refused is no success', async () => {
		sandbox.fault({ on: 'delete', play: 'limited' });
		const { told } = await playOne(sandbox, remove, { trunk: UNKNOWN });
		expect(told).toContain('is already gone (404)');
	});
});

test('an answer without a body, or with any JSON, is success', async () => {
	for (const play of [
		'empty200',
		{ status: 200, body: { message: 'SIP trunk deleted' }, after: true },
		{ status: 202, body: [], after: true },
	] as const) {
		const { id } = sandbox.addTrunk();
		sandbox.fault({ on: 'delete', play });
		expect(outputsOf(await playOne(sandbox, remove, { trunk: id }))).toStrictEqual([{ deleted: true }]);
	}
	expect(countOf(sandbox, 'delete')).toBe(3);
});

test.each(['html200', { status: 500 }, 'lostReplyBefore'] as const)(
	'a delete that never gets through (%j): it is unknown whether the trunk is gone',
	async (fault) => {
		const { id } = sandbox.addTrunk();
		sandbox.fault({ on: 'delete', times: 10, play: fault });
		const { told } = await playOne(sandbox, remove, { trunk: id });

		expect(told).toMatch(/deleting the trunk.* It is unknown whether the trunk is gone\. Running it again is safe/);
		expect(countOf(sandbox, 'delete')).toBe(4);
	},
);

test('an API without this address: an error that never says that a trunk is gone', async () => {
	const { id } = sandbox.addTrunk();
	sandbox.set({ deleteEndpoint: 405 });
	const { told } = await playOne(sandbox, remove, { trunk: id });

	expect(told).toMatch(/^Crazytel has no address for deleting the trunk \(405 at /);
	expect(sandbox.trunks()).toHaveLength(1);
});

describe.each(['stopWorkflow', 'continueErrorOutput'] as const)('Retry On Fail with %s', (onError) => {
	const node: Partial<INode> = { onError, retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

	test.each([
		['id', 0],
		['id', 3],
		['username', 0],
		['username', 3],
	] as const)(
		'a reply that was lost in every request of a try: done in the next one, by %s, after %d failures there',
		async (mode, more) => {
			const trunk = sandbox.addTrunk();
			sandbox.fault({ on: 'delete', times: 4, play: 'error500After' });
			if (more > 0) sandbox.fault({ on: 'delete', times: more, play: { status: 503 } });
			const scene = await playOne(
				sandbox,
				{ operation: 'delete', ...trunkBy(mode) },
				{ trunk: mode === 'id' ? trunk.id : trunk.username },
				node,
			);

			expect(scene.error).toBeUndefined();
			expect(outputsOf(scene)).toStrictEqual([{ deleted: true }]);
			expect(sandbox.trunks()).toStrictEqual([]);
		},
	);

	test('what is deleted is not deleted again', async () => {
		const [first, second] = [sandbox.addTrunk(), sandbox.addTrunk()];
		sandbox.fault({ on: 'delete', play: { status: 400 } });
		const scene = await play(sandbox, { items: [{ trunk: first.id }, { trunk: second.id }], parameters: remove, node });

		expect(scene.error).toBeUndefined();
		expect(scene.failed).toStrictEqual([]);
		expect(outputsOf(scene)).toStrictEqual([{ deleted: true }, { deleted: true }]);
		expect(countOf(sandbox, 'delete')).toBe(3);
	});

	test('a trunk that was gone before is an error in every try', async () => {
		const scene = await playOne(sandbox, remove, { trunk: UNKNOWN }, node);
		expect(scene.good).toStrictEqual([]);
		expect(scene.error?.message ?? scene.failed[0]?.error).toContain('is already gone (404)');
	});
});

test('stop mode: the error says how many are gone, which, and how many were not sent', async () => {
	const trunks = Array.from({ length: 30 }, () => sandbox.addTrunk());
	sandbox.fault({ on: 'delete', nth: 3, play: { status: 400, body: { detail: 'In use' } } });
	const { error } = await play(sandbox, { items: trunks.map(({ id }) => ({ trunk: id })), parameters: remove });

	const gone = trunks.filter((trunk) => stored(sandbox, trunk) === undefined);
	expect(error?.message).toMatch(
		new RegExp(`"In use".* ${gone.length} of 30 items were written; see the details for which\\.$`),
	);
	for (const [index, trunk] of trunks.entries()) {
		expect(error?.description?.includes(`item ${index}: deleted ${trunk.id}`)).toBe(gone.includes(trunk));
	}
	expect(error?.description).toContain(`Not sent: ${30 - gone.length - 1} items.`);
});
