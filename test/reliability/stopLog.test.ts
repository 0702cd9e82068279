/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test watches what happens meanwhile */
import { capturedLog } from './capturedLog';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../sandbox';
import { countOf, credentialOf, sceneOf, start, time } from '../engine/scene';
import type { Setting } from '../engine/scene';

const suspend = { operation: 'suspend', trunk: { __rl: true, mode: 'id', value: '={{ $json.id }}' } };
const create = { operation: 'create', callerIdNumber: '61291234567' };
const MODES = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const;

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await startSandbox({ now: time.now });
	capturedLog.length = 0;
});

afterEach(async () => {
	time.onWait = undefined;
	await sandbox.close();
});

/** What n8n's log holds of a run that was stopped. */
interface Told {
	lines: string[];
	/** What the list says of each item that is in it, e.g. `CT123456 3f2b…, updated`. */
	items: Map<number, string>;
}

function told(): Told {
	const lines = capturedLog
		.join('')
		.split('\n')
		.filter((line) => line.includes('Crazytel node '));
	const entries = lines.flatMap((line) => [...line.matchAll(/item (\d+): ([^;{]+?)(?=;|$| \{)/g)]);
	const items = new Map(entries.map(([, index, words]) => [Number(index), String(words)]));
	expect(items.size).toBe(entries.length);
	return { lines, items };
}

type Moment = { wait: (ms: number) => boolean } | { meanwhile: () => boolean };

/** Runs the node and presses Stop at the moment, twice, as an impatient person does. */
async function stop(setting: Setting, moment: Moment) {
	const { execution } = await start(sandbox, setting);
	let isPressed = false;
	const press = (): void => {
		isPressed = true;
		execution.cancel();
		execution.cancel();
	};
	if ('wait' in moment) {
		time.onWait = (ms) => {
			if (!isPressed && moment.wait(ms)) press();
		};
	}
	const watch = 'meanwhile' in moment ? setInterval(() => !isPressed && moment.meanwhile() && press(), 1) : undefined;
	const scene = sceneOf(await execution);
	clearInterval(watch);
	expect([isPressed, scene.run.status]).toEqual([true, 'canceled']);
	return scene;
}

const manyTrunks = (count: number): IDataObject[] =>
	Array.from({ length: count }, () => ({ id: sandbox.addTrunk({ enabled: true }).id }));
const limited = (requestsPerMinute: number) => ({ ...credentialOf(sandbox), requestsPerMinute });
const inAnyWait: Moment = { wait: () => true };
const named = ({ username, id }: { username: string; id: string }, state: string) => `${username} ${id}, ${state}`;

describe.each(MODES)('with %s', (onError) => {
	test('the log has what was written, by item, name and id, and how many were not sent', async () => {
		const items = manyTrunks(130);
		await stop({ items, parameters: suspend, node: { onError }, credential: limited(60) }, inAnyWait);

		const { lines, items: listed } = told();
		const written = sandbox
			.trunks()
			.flatMap((trunk, index) => (trunk.enabled ? [] : [[index, named(trunk, 'updated')] as const]));
		expect(written).toHaveLength(60);
		expect([...listed]).toEqual(written);
		expect(lines[0]).toContain(
			"Crazytel node 'Crazytel', execution 1 of workflow 'engine' (engine) was stopped, or its time was up, so n8n keeps no output of it: 60 of 130 items written, 70 not sent. Items are counted from 0.",
		);
	});

	test('of new trunks it has no password, and says how to set new ones', async () => {
		const items = Array.from({ length: 30 }, (_, row) => ({ row }));
		await stop(
			{ items, parameters: create, node: { onError }, credential: limited(20) },
			{ wait: () => sandbox.trunks().length > 0 },
		);

		const made = sandbox.trunks();
		expect(made.length).toBeGreaterThan(10);
		expect([...told().items.values()]).toEqual(made.map((trunk) => named(trunk, 'created')));
		expect(told().lines[0]).toContain(
			` ${30 - made.length} not sent. Their passwords are not shown here: set new ones with Rotate Password. Items`,
		);
		const log = capturedLog.join('');
		for (const { password } of made) expect(log).not.toContain(password);
		expect(log).not.toContain(sandbox.apiKey);
	});

	test('what an earlier try of Retry On Fail has written is in it as well, and in one list', async () => {
		// With Continue n8n tries again where the first item has failed.
		const items = [{ id: '7d0c2b4e-91aa-4f6d-8e53-2c1f0b9a6d47' }, ...manyTrunks(3)];
		const node = { onError, retryOnFail: true, maxTries: 5, waitBetweenTries: 200 };
		const isAnswered = () => sandbox.requests.filter(({ status }) => status !== undefined).length === 4;
		let looks = 0;
		// In the wait between two tries: some time after the last answer.
		await stop({ items, parameters: suspend, node }, { meanwhile: () => isAnswered() && ++looks > 5 });

		expect([...told().items]).toEqual(sandbox.trunks().map((trunk, index) => [index + 1, named(trunk, 'updated')]));
		expect(told().lines).toHaveLength(2);
		expect(countOf(sandbox, 'update')).toBe(4);
	});

	test('a wait in a try of Retry On Fail that is stopped is told once, though n8n goes on with the tries', async () => {
		const items = manyTrunks(5);
		const node = { onError, retryOnFail: true, maxTries: 5, waitBetweenTries: 1 };
		await stop({ items, parameters: suspend, node, credential: limited(2) }, inAnyWait);

		expect([...told().items.keys()]).toEqual([0, 1]);
		expect(told().lines).toHaveLength(2);
	});

	test('a create whose reply was lost may have been written', async () => {
		sandbox.fault({ on: 'create', nth: 2, play: 'lostReplyBefore' });
		await stop(
			{ items: [{}, {}, {}], parameters: create, node: { onError } },
			{ wait: () => countOf(sandbox, 'create') === 2 },
		);

		const [first] = sandbox.trunks();
		expect([...told().items.values()]).toEqual([
			first && named(first, 'created'),
			'a trunk whose id is not known, may have been written',
		]);
		expect(told().lines[0]).toContain(
			': 1 of 3 items written, 1 in doubt, 1 not sent. Look into the Crazytel portal for what is in doubt.',
		);
	});

	test('an update that failed behind the API may have been written, though nothing else was', async () => {
		const items = manyTrunks(1);
		sandbox.fault({ on: 'update', play: 'error500After' });
		await stop({ items, parameters: suspend, node: { onError } }, { wait: (ms) => ms > 0 });

		expect([...told().items.values()]).toEqual([`${String(items[0]?.id)}, may have been written`]);
		expect(told().lines[0]).toContain(': 0 of 1 item written, 1 in doubt, 0 not sent.');
	});

	test('Stop while the last writes are under way: all are told', async () => {
		sandbox.set({ latencyMs: 50 });
		await stop(
			{ items: manyTrunks(5), parameters: suspend, node: { onError } },
			{ meanwhile: () => countOf(sandbox, 'update') === 5 },
		);

		expect(sandbox.trunks().every(({ enabled }) => !enabled)).toBe(true);
		expect([...told().items.values()]).toEqual(sandbox.trunks().map((trunk) => named(trunk, 'updated')));
		expect(told().lines[0]).toContain(': 5 of 5 items written, 0 not sent.');
	});
});

test('a trunk that was deleted has the username by which it was found', async () => {
	const trunks = [sandbox.addTrunk(), sandbox.addTrunk(), sandbox.addTrunk()];
	const parameters = { operation: 'delete', trunk: { __rl: true, mode: 'username', value: '={{ $json.username }}' } };
	await stop({ items: trunks.map(({ username }) => ({ username })), parameters, credential: limited(3) }, inAnyWait);

	expect([...told().items.values()]).toEqual(trunks.slice(0, 2).map((trunk) => named(trunk, 'deleted')));
});

test('Create or Update says which trunks it has made, which it has changed, and leaves out what was right', async () => {
	const right = sandbox.addTrunk({ description: 'Right', caller_id_number: '61291234567' });
	const other = sandbox.addTrunk({ description: 'Other', caller_id_number: '61398765432' });
	const items = ['Right', 'Other', 'New', 'Last'].map((name) => ({ name }));
	const parameters = {
		operation: 'upsert',
		trunkDescription: '={{ $json.name }}',
		callerIdNumber: '61291234567',
		options: { checkNumbers: false },
	};
	await stop({ items, parameters, credential: limited(3) }, inAnyWait);

	const made = sandbox.trunks().find(({ id }) => id !== right.id && id !== other.id);
	expect([...told().items]).toEqual([
		[1, named(other, 'updated')],
		[2, made && named(made, 'created')],
	]);
	expect(told().lines[0]).toContain(': 2 of 4 items written, 1 not sent.');
});

describe('nothing is logged', () => {
	const getAll = { operation: 'getAll', returnAll: true };
	const dryRun = { ...suspend, options: { dryRun: '={{ $json.dry ?? true }}' } };
	const whileListing: Moment = { meanwhile: () => countOf(sandbox, 'list') > 0 };

	test.each<[string, INodeParameters, Moment]>([
		['a search', getAll, whileListing],
		['a dry run', dryRun, whileListing],
		[
			'a run before its first write',
			{ ...suspend, trunk: { __rl: true, mode: 'username', value: 'CT1' } },
			whileListing,
		],
	])('of %s', async (_, parameters, moment) => {
		const items = manyTrunks(3);
		sandbox.set({ latencyMs: 100 });
		await stop({ items, parameters }, moment);

		expect(sandbox.trunks().every(({ enabled }) => enabled)).toBe(true);
		expect(told().lines).toEqual([]);
		expect(capturedLog.join('')).toContain('Running node "Crazytel"');
	});

	test('of the items that are a dry run, beside one that is none', async () => {
		const items = manyTrunks(3).map((item, row) => ({ ...item, dry: row !== 1 }));
		sandbox.fault({ on: 'update', play: { slowMs: 100 } });
		await stop({ items, parameters: dryRun }, { meanwhile: () => countOf(sandbox, 'update') > 0 });

		expect([...told().items.keys()]).toEqual([1]);
		expect(told().lines[0]).toContain(': 1 of 3 items written, 0 not sent.');
	});

	test('of a run that was not stopped, whether it fails or not', async () => {
		sandbox.fault({ on: 'update', nth: 2, play: { status: 400 } });
		const { execution } = await start(sandbox, { items: manyTrunks(3), parameters: suspend });
		expect((await execution).status).toBe('error');
		expect(told().lines).toEqual([]);
	});
});
