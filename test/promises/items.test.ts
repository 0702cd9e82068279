import type { IDataObject } from 'n8n-workflow';

import { CrazytelApi } from '../../credentials/CrazytelApi.credentials';
import { itemsOf } from '../../engine';
import { isWrite } from '../../nodes/Crazytel/api/request';
import { resources } from '../../nodes/Crazytel/resources';
import { dryRun } from '../../nodes/Crazytel/resources/shared/fields';
import { DRY_RUN_HINT } from '../../nodes/Crazytel/run/dryRun';
import type { Operation } from '../../nodes/Crazytel/run/operation';
import { hintsOf } from '../engine/scene';
import type { Server } from './example';
import { examples } from './examples';
import { type Case, cases, line, own, plannedFor, play, writers, writesOf } from './stage';
import { expectTruth, toldOf } from './told';
import { plans, requestOf } from './trial/nodes';
import { trialOperations } from './trial/operations';

let server: Server | undefined;

afterEach(async () => {
	await server?.close();
	server = undefined;
});

async function open(example: Case): Promise<Server> {
	return (server = await example.open());
}

function operationsOf(resource: string): Operation[] {
	return resource === 'trial' ? trialOperations : (resources.find(({ value }) => value === resource)?.operations ?? []);
}

/** Whether the credential puts its other key on a request to this address. */
async function getsOtherKey(path: string): Promise<boolean> {
	const baseUrl = 'https://crazytel.io';
	const keys = { apiKey: 'one', smsApiKey: 'another', baseUrl };
	const { headers } = await new CrazytelApi().authenticate(keys, { url: `${baseUrl}${path}` });
	return headers?.['x-crazytel-api-key'] === 'another';
}

describe('no operation is forgotten', () => {
	const registered = resources.flatMap(({ value, operations }) =>
		operations.map((operation) => `${value} ${operation.value}`),
	);
	const tried = Object.entries(examples).flatMap(([resource, list]) =>
		list.map(({ operation }) => `${resource} ${operation}`),
	);

	test('every operation of every resource has an example', () => {
		expect(registered.length).toBeGreaterThan(0);
		expect(registered.filter((operation) => !tried.includes(operation))).toStrictEqual([]);
	});

	test('every example has its operation', () => {
		expect(tried.filter((operation) => !registered.includes(operation))).toStrictEqual([]);
	});

	test('no two examples have one name', () => {
		expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
	});

	const fieldsOf = ({ resource, operation }: Case) =>
		operationsOf(resource)
			.find(({ value }) => value === operation)
			?.properties.map(({ name }) => name) ?? [];

	test.each(cases)('$name: its parameters are fields of the operation', (example) => {
		expect(Object.keys(example.parameters).filter((name) => !fieldsOf(example).includes(name))).toStrictEqual([]);
	});

	test.each(cases)('$name: it says what spoils an item, unless there is no field to spoil', (example) => {
		expect(example.bad === undefined).toBe(fieldsOf(example).length === 0);
	});

	test('every operation of the trial resource has an example, so that every effect has one', () => {
		const trial = cases.filter(({ resource }) => resource === 'trial').map(({ operation }) => operation);
		expect(trial).toStrictEqual(trialOperations.map(({ value }) => value));
		expect([...new Set(cases.map(({ effect }) => effect))].sort()).toStrictEqual([
			'act',
			'make',
			'read',
			'remove',
			'set',
		]);
	});

	test.each(cases)(
		'$name: the effect of its example is that of its endpoint, and its requests are of the kind that it says',
		async (example) => {
			const account = await open(example);
			plans.length = 0;
			const { error } = await play(account, example, { node: { type: example.watchedType } });

			expect(error).toBeUndefined();
			const requests = plans.map(requestOf);
			expect(requests.map((request) => request?.endpoint.effect ?? 'read')).toStrictEqual([
				example.effect,
				example.effect,
				example.effect,
			]);
			const sent = own(account, example).map(({ method, path }) => `${method} ${path.replace(/\?.*/, '')}`);
			const asked = requests.flatMap((request) => (request === undefined ? [] : [`${request.method} ${request.path}`]));
			if (asked.length > 0) expect(sent.sort()).toStrictEqual(asked.sort());
			else expect(sent.length).toBeGreaterThan(0);
			if (example.effect === 'read') expect(writesOf(account)).toStrictEqual([]);
			for (const request of requests) {
				if (request === undefined) continue;
				expect(request.endpoint.hasOtherKey === true).toBe(await getsOtherKey(request.path));
				if (!isWrite(request.endpoint)) continue;
				// By these words people, and the promises below, know that the outcome is open.
				expect(request.endpoint.words).toHaveProperty('afterUnknown', expect.stringMatching(/^It is unknown/));
			}
		},
	);

	test.each(writers)('$name: what is asked for is not there before', async (example) => {
		const account = await open(example);
		expect(example.items.map((item) => example.isDone(item, account))).toStrictEqual([false, false, false]);
	});

	test.each(writers.filter(({ hasKey }) => hasKey === true))(
		'$name: the server does know what it did under a key, and what it did under another',
		async (example) => {
			const played = await open(example);
			await play(played, example, { items: example.items.slice(0, 1) });
			const [sent] = own(played, example);
			await played.close();

			const account = await open(example);
			const answerTo = async (key: string) => {
				const answer = await fetch(`${account.url}${sent?.path}`, {
					method: sent?.method ?? '',
					headers: {
						'content-type': 'application/json',
						'x-crazytel-api-key': account.apiKey,
						'idempotency-key': key,
					},
					body: sent?.rawBody ?? '',
				});
				return await answer.text();
			};
			const key = sent?.headers['idempotency-key'] ?? '';
			expect(key).toMatch(/./);
			const first = await answerTo(key);
			expect(await answerTo(key)).toBe(first);
			expect(await answerTo(`not ${key}`)).not.toBe(first);
		},
	);
});

describe('a dry run', () => {
	test.each(writers)('is an option of every operation that writes: $name', ({ resource, operation }) => {
		const options = operationsOf(resource)
			.find(({ value }) => value === operation)
			?.properties.find(({ name }) => name === 'options');
		expect(options?.options).toContain(dryRun);
	});

	test.each(writers)('writes nothing, and shows exactly what the real run then sends: $name', async (example) => {
		const account = await open(example);
		const scene = await play(account, example, { options: { dryRun: true } });
		expect(writesOf(account)).toStrictEqual([]);
		expect(example.items.some((item) => example.isDone(item, account))).toBe(false);
		expect(scene.good).toMatchObject(
			example.items.map((_, row) => ({ dryRun: true, operation: example.operation, looked: row })),
		);
		expect(hintsOf(scene)).toContain(DRY_RUN_HINT);

		const planned = await plannedFor(account, example);
		expect(new Set(planned).size).toBe(3);
		await play(account, example);
		expect(writesOf(account).map(line).sort()).toStrictEqual(planned.sort());
	});
});

describe('outputs are paired with their inputs, and in their order', () => {
	test.each(cases)('$name', async (example) => {
		const account = await open(example);
		const scene = await play(account, example);

		expect(scene.error).toBeUndefined();
		const given = example.items.map((item) => example.gives(item, account));
		// Anything is like an output of which nothing is said.
		expect(given.flat().filter((output) => Object.keys(output).length === 0)).toStrictEqual([]);
		const rows = given.flatMap((outputs, row) => outputs.map(() => row));
		expect(itemsOf(scene.run, 'Crazytel').map(({ pairedItem }) => pairedItem)).toStrictEqual(
			rows.map((item) => ({ item })),
		);
		expect(scene.good.map(({ looked }) => looked)).toStrictEqual(rows);
		expectTruth(example, account, toldOf(scene, 3));
	});
});

describe('one bad item of three', () => {
	const spoilable = cases.filter(({ bad }) => bad !== undefined);

	/** The middle one is spoilt; with what the others come to. */
	async function spoil(example: Case) {
		const account = await open(example);
		const [first, middle, last] = example.items;
		const items: IDataObject[] = [first, { ...middle, ...example.bad }, last];
		const planned = example.effect === 'read' ? [] : await plannedFor(account, example);
		const expected = planned.filter((_, row) => row !== 1).sort();
		const rows = items.flatMap((item, row) => (row === 1 ? [] : example.gives(item, account).map(() => row)));
		return { account, items, expected, rows };
	}

	test.each(spoilable)('stop mode: nothing is written, and the error names the item: $name', async (example) => {
		const { account, items } = await spoil(example);
		const { error, good } = await play(account, example, { items });

		expect(writesOf(account)).toStrictEqual([]);
		expect(error?.context.itemIndex).toBe(1);
		expect(error?.description).toContain('Nothing was written: 1 of 3 items cannot be used: item 1 (counted from 0).');
		expect(good).toStrictEqual([]);
	});

	test.each(spoilable)(
		'Continue: the two others are done, and it has an error and details in its place: $name',
		async (example) => {
			const { account, items, expected, rows } = await spoil(example);
			const { run, good, error } = await play(account, example, { items, node: { onError: 'continueRegularOutput' } });

			expect(error).toBeUndefined();
			expect(writesOf(account).map(line).sort()).toStrictEqual(expected);
			const outputs = itemsOf(run, 'Crazytel');
			const all = [...rows, 1].sort();
			expect(outputs.map(({ pairedItem }) => pairedItem)).toStrictEqual(all.map((item) => ({ item })));
			expect(good.map(({ looked }) => looked)).toStrictEqual(all);
			for (const [index, { json }] of outputs.entries()) {
				if (all[index] === 1) expect(Object.keys(json).sort()).toStrictEqual(['details', 'error']);
				else expect(json).not.toHaveProperty('error');
			}
		},
	);

	test.each(spoilable)(
		'error output: the two others are done, and it leaves with its input by the other branch: $name',
		async (example) => {
			const { account, items, expected, rows } = await spoil(example);
			const { good, failed, error } = await play(account, example, { items, node: { onError: 'continueErrorOutput' } });

			expect(error).toBeUndefined();
			expect(writesOf(account).map(line).sort()).toStrictEqual(expected);
			expect(good.map(({ looked }) => looked)).toStrictEqual(rows);
			expect(failed).toStrictEqual([
				{ row: 1, ...items[1], error: expect.any(String), details: expect.any(Object), looked: 1 },
			]);
		},
	);
});

describe('one item of three that is refused when it is written', () => {
	test.each(writers)('stop mode: what was written is told, and is all that was: $name', async (example) => {
		const account = await open(example);
		account.fault({ on: example.on, nth: 2, play: { status: 400 } });
		const scene = await play(account, example);

		expect(scene.error?.context.itemIndex).toBe(1);
		expectTruth(example, account, toldOf(scene, 3));
	});

	test.each(writers)('Continue: the two others are done: $name', async (example) => {
		for (const onError of ['continueRegularOutput', 'continueErrorOutput'] as const) {
			const account = await open(example);
			account.fault({ on: example.on, nth: 2, play: { status: 400 } });
			const scene = await play(account, example, { node: { onError } });

			expect(own(account, example).map(({ status }) => status === 400)).toStrictEqual([false, true, false]);
			const told = toldOf(scene, 3);
			expectTruth(example, account, told);
			expect(told.map((one) => 'gave' in one).filter(Boolean)).toHaveLength(2);
			await account.close();
		}
	});
});
