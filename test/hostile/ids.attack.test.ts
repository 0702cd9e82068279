import type { INodeParameters } from 'n8n-workflow';

import { type Sandbox, startSandbox } from '../../sandbox';
import { credentialOf, play, theEngine, time, writes } from '../engine/scene';

const GOOD = '3f2b8c1e-5a4d-4c6b-9e7f-0a1b2c3d4e5f';

const BAD_IDS = [
	'.',
	'..',
	'../',
	'../balance',
	'../../',
	'./',
	'%2e%2e',
	'/',
	' ',
	'*',
	'0',
	'null',
	'?x=1',
	'#',
	'{id of the new trunk "x"}',
	`${GOOD}/..`,
	`${GOOD}\n`,
	` ${GOOD}`,
	GOOD.replace('-', ''),
	`{${GOOD}}`,
	'\u202e..',
	'x'.repeat(500),
];

const bad = { __rl: true, mode: 'username', value: 'CT666666' };
const enter = { passwordSource: 'enter', password: 'Canary7Abc' };

/** Every operation that would send something to the trunk that is found. */
const OPERATIONS: Array<[string, INodeParameters]> = [
	['suspend', { operation: 'suspend', trunk: bad }],
	['suspend, only if changed', { operation: 'suspend', trunk: bad, options: { onlyIfChanged: true } }],
	['enable', { operation: 'enable', trunk: bad }],
	['update', { operation: 'update', trunk: bad, updateFields: { areaCode: '03' } }],
	['rotatePassword', { operation: 'rotatePassword', trunk: bad, ...enter }],
	['delete', { operation: 'delete', trunk: bad }],
	[
		'upsert',
		{
			operation: 'upsert',
			trunkDescription: 'Evil',
			...enter,
			callerIdNumber: '61291234567',
			options: { updatePassword: true },
		},
	],
];

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await startSandbox({
		now: time.now,
		switches: { rateLimit: 0 },
		trunks: [{ id: GOOD, username: 'CT123456', description: 'Good', enabled: true }],
	});
});
afterEach(async () => await sandbox.close());

function shows(id: unknown): void {
	const [good] = sandbox.trunks();
	const shown = Object.fromEntries(Object.entries(good ?? {}).filter(([name]) => name !== 'password'));
	sandbox.fault({
		on: 'list',
		times: 99,
		play: { status: 200, body: [{ ...shown, id, username: 'CT666666', description: 'Evil', enabled: 'maybe' }, shown] },
	});
}

const continued = { onError: 'continueErrorOutput' as const };

describe.each(OPERATIONS)('%s, by an id that the list shows and that is none', (_name, parameters) => {
	test.each(BAD_IDS)('(%j) is refused, and nothing is sent', async (id) => {
		shows(id);
		for (const dryRun of [false, true]) {
			const { failed, good } = await play(sandbox, {
				items: [{}],
				parameters: {
					...parameters,
					options: { ...(parameters.options as INodeParameters), ...(dryRun && { dryRun }) },
				},
				node: continued,
			});
			expect(good).toEqual([]);
			expect(failed).toMatchObject([
				{
					error: expect.stringMatching(
						/^Crazytel shows '.*' as the ID of this trunk, and that is no trunk ID\. Nothing was sent for it\. /s,
					) as string,
				},
			]);
			expect(String(failed[0]?.error).length).toBeLessThan(400);
		}
		expect(sandbox.requests.filter(({ kind }) => kind !== 'list')).toEqual([]);
		expect(sandbox.trunks()).toHaveLength(1);
	});

	test('stops the run before anything is written for the items before', async () => {
		shows('..');
		const items = [{ username: 'CT123456' }, { username: 'CT666666' }];
		const isUpsert = parameters.operation === 'upsert';
		const named = isUpsert
			? { trunkDescription: '={{ $json.username === "CT666666" ? "Evil" : "Good" }}' }
			: { trunk: { ...bad, value: '={{ $json.username }}' } };
		const { told } = await play(sandbox, { items, parameters: { ...parameters, ...named } });
		expect(told).toContain("Crazytel shows '..' as the ID of this trunk");
		expect(writes(sandbox)).toEqual([]);
	});
});

test.each([...BAD_IDS, 5])('beside an id that is none (%j) the other trunks are used as ever', async (id) => {
	shows(id);
	const byName = { __rl: true, mode: 'username', value: 'CT123456' };
	for (const parameters of [
		{ operation: 'get', trunk: byName },
		{ operation: 'suspend', trunk: byName, options: { onlyIfChanged: true } },
		{ operation: 'update', trunk: byName, updateFields: { areaCode: '03' } },
		{ operation: 'upsert', trunkDescription: 'Good', ...enter, callerIdNumber: '61291234567' },
	]) {
		const { good, failed } = await play(sandbox, { items: [{}], parameters, node: continued });
		expect(failed).toEqual([]);
		expect(good).toMatchObject([{ id: GOOD }]);
	}
	const all = await play(sandbox, {
		items: [{}],
		parameters: { operation: 'getAll', returnAll: true },
		node: continued,
	});
	expect(all.good).toHaveLength(2);
	const { results } = await (await theEngine()).searchList('searchTrunks', credentialOf(sandbox));
	expect(results.map(({ value }) => value)).toContain(GOOD);
	// What another node makes of the id, or what was chosen from the list.
	for (const mode of ['id', 'list']) {
		const { failed } = await play(sandbox, {
			items: [{ id }],
			parameters: { operation: 'delete', trunk: { __rl: true, mode, value: '={{ $json.id }}' } },
			node: continued,
		});
		// With space around it is the id that it holds.
		if (String(id).trim() !== GOOD) expect(failed).toHaveLength(1);
	}
	expect(writes(sandbox).every((line) => /^\w+ \/api\/v1\/sip-trunks\/(?:[0-9a-f-]{36})? /.test(line))).toBe(true);
	expect(sandbox.requests.some(({ path }) => path === '/api/v1/' || path.includes('..'))).toBe(false);
});

describe('a create', () => {
	const create = { operation: 'create', ...enter, callerIdNumber: '61291234567', options: { checkNumbers: false } };

	test.each(BAD_IDS)(
		'that is answered with an id that is none (%j) is looked for, and nothing else is sent',
		async (id) => {
			sandbox.fault({
				on: 'create',
				play: {
					status: 200,
					after: true,
					body: { id, username: 'CT777777', enabled: false, caller_id_number: '61291234567' },
				},
			});
			const { good } = await play(sandbox, { items: [{}], parameters: create, node: continued });
			expect(good).toMatchObject([{ id: sandbox.trunks()[1]?.id, recovered: true }]);
			expect(writes(sandbox)).toHaveLength(1);
		},
	);

	test.each(BAD_IDS)(
		'whose reply was lost and whose trunk the list shows with an id that is none (%j) sends nothing to that id',
		async (id) => {
			sandbox.fault({ on: 'create', play: 'lostReplyBefore' });
			sandbox.fault({
				on: 'list',
				nth: 2,
				times: 99,
				play: {
					status: 200,
					body: [{ id, username: 'CT777777', description: 'New', caller_id_number: '61291234567' }],
				},
			});
			const upsert = {
				...create,
				operation: 'upsert',
				trunkDescription: 'New',
				additionalFields: { areaCode: '={{ $json.area }}' },
			};
			// The second item is to change what the first one has made.
			await play(sandbox, { items: [{ area: '02' }, { area: '03' }], parameters: upsert, node: continued });
			expect(writes(sandbox).map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
				'POST /api/v1/sip-trunks/',
			]);
		},
	);
});
