/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test waits for what happens meanwhile */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { type Sandbox, startSandbox, type Switches } from '../../sandbox';
import { countOf, hintsOf, play, type Scene, time, writes } from '../engine/scene';
import { shownOf } from '../trunks/account';

const trunk = { __rl: true, mode: 'id', value: '={{ $json.id }}' } as unknown as string;
const suspend = { operation: 'suspend', trunk };
const create = { operation: 'create', callerIdNumber: '61291234567' };

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await startSandbox({ now: time.now, switches: { rateLimit: 0 } });
});

afterEach(async () => await sandbox.close());

async function run(
	parameters: INodeParameters,
	items: IDataObject[] = [{}],
	onError: 'stopWorkflow' | 'continueErrorOutput' = 'continueErrorOutput',
) {
	return await play(sandbox, { items, parameters, node: { onError } });
}

const told = ({ failed }: Scene) => failed.map(({ error }) => String(error));
const only = <T>(some: T[]): T => {
	expect(some).toHaveLength(1);
	return some[0] as T;
};

describe('an answer that shows another value than was asked for is an error', () => {
	test.each<[string, INodeParameters, Partial<Switches>, RegExp]>([
		['Suspend', suspend, { ignoredSettings: ['enabled'] }, /^Crazytel answered 200, but the trunk is still enabled\./],
		[
			'Suspend, Only If Changed',
			{ ...suspend, options: { onlyIfChanged: true } },
			{ ignoredSettings: ['enabled'] },
			/^Crazytel answered 200, but the trunk is still enabled\./,
		],
		[
			'Update of a number',
			{ operation: 'update', trunk, updateFields: { callerIdNumber: '61398765432' } },
			{ ignoredSettings: ['caller_id_number'] },
			/^Crazytel answered 200, but the trunk's Caller ID is '61291234567', not '61398765432'\./,
		],
		[
			'Update of several, of which some are taken',
			{ operation: 'update', trunk, updateFields: { areaCode: '03', description: 'New', smsSender: '61412345678' } },
			{ ignoredSettings: ['area_code', 'sms_sender'] },
			/^Crazytel answered 200, but the trunk's Area Code is nothing, not '03', and its SMS Sender is nothing, not '61412345678'\./,
		],
		[
			'Update of a description that is cut',
			{ operation: 'update', trunk, updateFields: { description: 'Harbour Dental' } },
			{ descriptionForm: 7 },
			/^Crazytel answered 200, but the trunk's Description is 'Harbour', not 'Harbour Dental'\./,
		],
	])('%s: once sent, and not told as done', async (_, parameters, switches, words) => {
		const { id } = sandbox.addTrunk({ enabled: true });
		sandbox.set(switches);
		const scene = await run(parameters, [{ id }]);

		expect(only(told(scene))).toMatch(words);
		expect(scene.good).toStrictEqual([]);
		expect(scene.failed).toMatchObject([{ details: { httpCode: '200' } }]);
		expect(countOf(sandbox, 'update')).toBe(1);
	});

	test('Create with Enabled off: put right by one update, or told with the trunk', async () => {
		sandbox.set({ ignoredSettings: ['enabled'] });
		const scene = await run({ ...create, additionalFields: { enabled: false } });
		const { id, username } = only(sandbox.trunks());

		expect(only(told(scene))).toMatch(
			new RegExp(
				`^The trunk ${username} \\(${id}\\) was created\\. Crazytel answered 200, but the trunk is still enabled\\..* set new ones with Rotate Password\\.$`,
			),
		);
		expect([countOf(sandbox, 'create'), countOf(sandbox, 'update')]).toEqual([1, 1]);
	});

	test('Create whose POST ignores what a PATCH takes: put right, and done', async () => {
		sandbox.set({ ignoredSettings: ['enabled'] });
		const made = run({ ...create, trunkDescription: 'Acme', additionalFields: { enabled: false } });
		// The switch is taken back once the create has taken effect.
		while (sandbox.trunks().length === 0) await new Promise(setImmediate);
		sandbox.set({ ignoredSettings: [] });
		const scene = await made;

		expect(scene.failed).toStrictEqual([]);
		expect(only(sandbox.trunks())).toMatchObject({
			enabled: false,
			description: 'Acme',
			password: only(scene.good).password,
		});
		expect(scene.good).toMatchObject([{ enabled: false, description: 'Acme' }]);
		expect(countOf(sandbox, 'update')).toBe(1);
	});

	test.each([204, 'queued'] as const)(
		'Create with Enabled off, put right without a word (%s) and not so: told with the trunk, and made once',
		async (updateAnswer) => {
			sandbox.set({ ignoredSettings: ['enabled'], updateAnswer });
			const { told } = await play(sandbox, {
				items: [{}],
				parameters: { ...create, additionalFields: { enabled: false } },
				node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
			});
			expect(told).toMatch(/the trunk is still enabled/);
			expect(sandbox.trunks()).toHaveLength(1);
			expect(countOf(sandbox, 'create')).toBe(1);
		},
	);

	test('Create that could not be put right is not made again by Retry On Fail', async () => {
		sandbox.set({ ignoredSettings: ['enabled'] });
		const { good, told } = await play(sandbox, {
			items: [{}],
			parameters: { ...create, additionalFields: { enabled: false } },
			node: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
		});

		expect(good).toStrictEqual([]);
		expect(told).toContain('the trunk is still enabled');
		expect(sandbox.trunks()).toHaveLength(1);
		expect(countOf(sandbox, 'create')).toBe(1);
	});

	test('Retry On Fail that can put it right shows the password of the one trunk', async () => {
		sandbox.set({ ignoredSettings: ['enabled'] });
		const running = play(sandbox, {
			items: [{}],
			parameters: { ...create, additionalFields: { enabled: false } },
			node: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
		});
		const isAnswered = () => sandbox.requests.some(({ kind, status }) => kind === 'update' && status !== undefined);
		while (!isAnswered()) await new Promise(setImmediate);
		sandbox.set({ ignoredSettings: [] });
		const { good, error } = await running;

		expect(error).toBeUndefined();
		expect(only(sandbox.trunks())).toMatchObject({ enabled: false, password: only(good).password });
		expect([countOf(sandbox, 'create'), countOf(sandbox, 'update')]).toEqual([1, 2]);
	});

	test('what an answer does not show is claimed by nobody', async () => {
		const { id } = sandbox.addTrunk({ enabled: true });
		sandbox.fault({ on: 'update', play: { status: 200, after: true, body: { id, username: 'CT123456' } } });
		const scene = await run(suspend, [{ id }]);

		expect(scene.good).toMatchObject([{ id, username: 'CT123456' }]);
		expect(only(scene.good)).not.toHaveProperty('enabled');
	});
});

describe('a 200 with an error inside', () => {
	const denials: Array<[IDataObject]> = [
		[{ success: false, message: 'Insufficient credit' }],
		[{ error: { id: 'req_8f2', message: 'Insufficient credit' } }],
		[{ id: 'req_8f2', error: 'Insufficient credit' }],
		[{ status: 'error', message: 'Insufficient credit' }],
		[{ errors: [{ message: 'Insufficient credit' }] }],
	];

	test.each(denials)('%j is an error of every write, in the words of the server', async (body) => {
		const { id } = sandbox.addTrunk({ enabled: true });
		for (const on of ['create', 'update', 'delete', 'list'] as const)
			sandbox.fault({ on, times: 100, play: { status: 200, body } });
		for (const parameters of [
			suspend,
			{ operation: 'delete', trunk },
			{ operation: 'rotatePassword', trunk },
			{ operation: 'get', trunk },
			create,
		]) {
			const scene = await run(parameters, [{ id }]);
			expect(only(told(scene))).toMatch(
				/Crazytel answered 200 to [^.]*, but says that it failed\. Crazytel says: "Insufficient credit"\./,
			);
			expect(scene.good).toStrictEqual([]);
		}
		expect(writes(sandbox)).toHaveLength(4);
		expect(sandbox.trunks()).toMatchObject([{ id, enabled: true }]);
	});

	test('a create of which it is said is looked for: if it was made after all, it is given', async () => {
		sandbox.fault({
			on: 'create',
			play: { status: 200, after: true, body: { success: false, message: 'Billing failed' } },
		});
		const scene = await run(create);

		expect(scene.good).toMatchObject([{ id: only(sandbox.trunks()).id, recovered: true }]);
		expect(countOf(sandbox, 'create')).toBe(1);
	});

	test('of a write in doubt it is as open as before', async () => {
		const { id } = sandbox.addTrunk({ enabled: true });
		sandbox.fault({ on: 'update', play: 'lostReplyAfter' });
		sandbox.fault({ on: 'update', nth: 2, play: { status: 200, body: { success: false, message: 'No change' } } });
		expect(only(told(await run(suspend, [{ id }])))).toMatch(/"No change".*It is unknown whether the change was made/);
	});
});

describe('an answer to Delete that does not say that it was done', () => {
	test.each<unknown>([
		{ success: 0, message: 'In use' },
		{ Success: false },
		{ message: 'Trunk is in use and cannot be deleted' },
		{ code: 1001, message: 'Insufficient credit' },
		{ error_message: 'No' },
		{ status: 'Error: trunk in use' },
		[{ error: 'No' }],
		{ status: 'queued' },
		{ id: '3f2b8c1e-5a4d-4c6b-9e7f-0a1b2c3d4e5f', enabled: true },
	])('(%j) is no success where the trunk is still there', async (body) => {
		const { id } = sandbox.addTrunk();
		sandbox.fault({ on: 'delete', times: 9, play: { status: 200, body } });
		const scene = await run({ operation: 'delete', trunk }, [{ id }]);
		expect(scene.good).toStrictEqual([]);
		expect(countOf(sandbox, 'delete')).toBe(1);
	});

	test('is looked for in the list, and done where the trunk is gone', async () => {
		const { id } = sandbox.addTrunk();
		sandbox.fault({ on: 'delete', play: { status: 202, body: { status: 'queued' }, after: true } });
		expect((await run({ operation: 'delete', trunk }, [{ id }])).good).toMatchObject([{ deleted: true }]);
	});
});

describe('an answer that shows nothing', () => {
	test.each([200, 204, 205, 'queued', 'another'] as const)(
		'(%s) to a PATCH: one write, read back once for all items',
		async (updateAnswer) => {
			sandbox.set({ updateAnswer });
			const items = Array.from({ length: 12 }, () => ({ id: sandbox.addTrunk({ enabled: true }).id }));
			const scene = await run(suspend, items);

			expect(scene.failed).toStrictEqual([]);
			expect(scene.good).toMatchObject(items.map(({ id }) => ({ id, enabled: false })));
			expect([countOf(sandbox, 'update'), countOf(sandbox, 'list')]).toEqual([12, 1]);
			expect(hintsOf(scene).join()).toContain('The list of trunks shows what was asked for.');
		},
	);

	test.each([204, 'queued'] as const)('(%s) of what was not done is told by the list', async (updateAnswer) => {
		sandbox.set({ updateAnswer, ignoredSettings: ['enabled'] });
		const { id } = sandbox.addTrunk({ enabled: true });
		const scene = await run(suspend, [{ id }]);

		expect(only(told(scene))).toMatch(
			/^Crazytel answered changing the trunk with [^.]*\(20[24]\), but by the list of trunks the trunk is still enabled\./,
		);
		expect([countOf(sandbox, 'update'), countOf(sandbox, 'list')]).toEqual([1, 3]);
	});

	test.each([204, 'queued'] as const)(
		'(%s) to Rotate Password: one write, and the password that was taken is shown',
		async (updateAnswer) => {
			sandbox.set({ updateAnswer });
			const { id } = sandbox.addTrunk();
			const scene = await run({ operation: 'rotatePassword', trunk }, [{ id }]);

			expect(only(scene.good).password).toBe(only(sandbox.trunks()).password);
			expect(countOf(sandbox, 'update')).toBe(1);
			expect(hintsOf(scene).join()).toContain('is known to be set by that answer alone');
		},
	);

	test('without a list an empty one is taken at its word, and a hint says so', async () => {
		sandbox.set({ updateAnswer: 204, trunkListEndpoint: 404 });
		const { id } = sandbox.addTrunk({ enabled: true });
		const scene = await run(suspend, [{ id }]);

		expect(scene.good).toMatchObject([{ id }]);
		expect(only(scene.good)).not.toHaveProperty('enabled');
		expect(hintsOf(scene).join()).toContain('That it was made is known by that alone.');
	});

	test('without a list one that is only queued is unknown', async () => {
		sandbox.set({ updateAnswer: 'queued', trunkListEndpoint: 404 });
		const { id } = sandbox.addTrunk({ enabled: true });
		expect(only(told(await run(suspend, [{ id }])))).toMatch(
			/The list of trunks could not be read afterwards: .*It is unknown whether the change was made/,
		);
	});

	test('there and back again: each is seen by what was sent last', async () => {
		sandbox.set({ updateAnswer: 204 });
		const { id } = sandbox.addTrunk({ enabled: true });
		const scene = await run(
			{ operation: 'update', trunk, updateFields: { enabled: '={{ $json.on }}' } },
			[false, true, false].map((on) => ({ id, on })),
		);

		expect(scene.failed).toStrictEqual([]);
		expect(only(sandbox.trunks()).enabled).toBe(false);
	});
});

describe('an answer about another trunk', () => {
	test('to a create: one that was there before is not taken for the new one', async () => {
		const old = sandbox.addTrunk({ description: 'Old' });
		sandbox.fault({ on: 'create', play: { status: 200, after: true, body: shownOf(old) } });
		const scene = await run(create);

		expect(scene.good).toMatchObject([{ recovered: true }]);
		expect(only(scene.good).id).not.toBe(old.id);
		expect(countOf(sandbox, 'create')).toBe(1);
	});

	describe('to a create, and that trunk was there before', () => {
		const upsert = { operation: 'upsert', trunkDescription: 'New', callerIdNumber: '61291234567' };
		const answersWith = (body: object, more: { nth?: number } = {}) =>
			sandbox.fault({ on: 'create', ...more, play: { status: 200, after: true, body } });

		const MIXED = 'ABCDEF12-5a4d-4c6b-9e7f-0a1b2c3d4e5f';

		test.each<[string, INodeParameters, string, string]>([
			['Create', create, MIXED, MIXED.toLowerCase()],
			['Create', create, MIXED.toLowerCase(), MIXED],
			['Create or Update', upsert, MIXED, MIXED.toLowerCase()],
			['Create or Update', upsert, MIXED.toLowerCase(), MIXED],
		])('%s: also where the id is written in another case (%#)', async (_, parameters, listed, answered) => {
			const old = sandbox.addTrunk({ id: listed, description: 'Old' });
			answersWith({ ...shownOf(old), id: answered });
			const scene = await run(parameters);
			expect(scene.good).toMatchObject([{ id: sandbox.trunks()[1]?.id, recovered: true }]);
			expect(writes(sandbox)).toHaveLength(1);
		});

		test.each<[string, INodeParameters]>([
			['Create', create],
			['Create or Update', { ...upsert, trunkDescription: '={{ $json.name }}' }],
		])('%s: the trunk of the item before is not that of the next one, in whatever case', async (_, parameters) => {
			const { id } = only((await run(parameters, [{ name: 'One' }])).good);
			answersWith({ ...shownOf(only(sandbox.trunks())), id: String(id).toUpperCase() });
			const two = await run(parameters, [{ name: 'Two' }]);
			expect(two.good).toMatchObject([{ id: sandbox.trunks()[1]?.id, recovered: true }]);
			expect(countOf(sandbox, 'create')).toBe(2);
			expect(countOf(sandbox, 'update')).toBe(0);
		});

		test('without a list: what this process has made before is known all the same', async () => {
			sandbox.set({ trunkListEndpoint: 404 });
			const { id } = only((await run(create)).good);
			answersWith({ ...shownOf(only(sandbox.trunks())), id: String(id).toUpperCase() });
			const scene = await run(create);
			expect(told(scene)).toEqual([
				expect.stringMatching(
					/^Crazytel answered creating the trunk with one that was there before, .* It is unknown whether the trunk exists\./,
				),
			]);
			expect(countOf(sandbox, 'create')).toBe(2);
		});

		test('without a list: what this process has changed or deleted before is known as well', async () => {
			sandbox.set({ trunkListEndpoint: 404 });
			for (const operation of ['suspend', 'delete']) {
				const old = sandbox.addTrunk();
				const { id } = old;
				await run({ operation, trunk }, [{ id }]);
				answersWith({ ...shownOf(old), enabled: true });
				const scene = await run(create);
				expect(told(scene)).toEqual([expect.stringContaining('with one that was there before') as string]);
			}
		});

		test('with a list that is not whole: what it shows was there', async () => {
			const trunks = [1, 2, 3].map(() => sandbox.addTrunk());
			sandbox.set({ pageSize: 2, pageStyle: 'cursor' });
			answersWith(shownOf(trunks[0] as never));
			expect(told(await run(create))).toEqual([expect.stringContaining('with one that was there before') as string]);
		});

		test('without a list, with other settings than were sent: it is not given those of the new one', async () => {
			sandbox.set({ trunkListEndpoint: 404 });
			const old = sandbox.addTrunk({ description: 'Old', enabled: true });
			answersWith(shownOf(old));
			const scene = await run({ ...create, trunkDescription: 'New', additionalFields: { enabled: false } });
			expect(told(scene)).toEqual([
				expect.stringMatching(
					/^Crazytel answered creating the trunk with one that has other settings than were sent \(.*description.*\), .* It may have been there before, so it was left as it is\..* It is unknown whether the trunk exists\./,
				),
			]);
			expect(countOf(sandbox, 'update')).toBe(0);
			expect(sandbox.trunks()[0]).toMatchObject({ description: 'Old', enabled: true });
			expect(countOf(sandbox, 'create')).toBe(1);
		});
	});

	test('whose id is no UUID is not a trunk', async () => {
		sandbox.fault({ on: 'create', play: { status: 200, after: true, body: { id: 'req_8f2' } } });
		const scene = await run(create);
		expect(scene.good).toMatchObject([{ id: only(sandbox.trunks()).id, recovered: true }]);
	});
});
