import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { CRAZYTEL, createEngine, type Engine, itemsOf, loadPackage } from '../../engine';
import { startSandbox, type Sandbox } from '../../sandbox';
import { nodeOf, read } from './workflowFiles';

let engine: Engine;
let sandbox: Sandbox;

beforeAll(async () => {
	engine = createEngine(await loadPackage());
});

// Another account for each: the node remembers for a while what it has written in one.
beforeEach(async () => {
	sandbox = await startSandbox();
});

afterEach(async () => await sandbox.close());

/** Which nodes feed the Crazytel node; what starts those has no part in the test. */
const FEEDS = ['n8n-nodes-base.webhook', 'n8n-nodes-base.httpRequest'];

/** The fields of an Edit Fields node. */
function assignedBy({ parameters }: INode): INodeParameters {
	const { assignments } = parameters.assignments as { assignments: Array<{ name: string; value: string }> };
	return Object.fromEntries(assignments.map(({ name, value }) => [name, value]));
}

/**
 * Runs an example with the items that its webhook or its list would bring. Nodes that would talk
 * to the outside are stand-ins under the same name.
 *
 * @param until the last node in the file that takes part; all of them unless given
 * @returns what reached a node; for one that answers a webhook, its response body
 */
async function play(
	file: string,
	items: IDataObject[],
	until?: string,
): Promise<(node: string) => IDataObject[]> {
	const workflow = read(file);
	const last = workflow.nodes.findIndex(({ name }) => name === until);
	const feed = workflow.nodes.find(({ type }) => FEEDS.includes(type));
	const standIn = (node: INode): INode => {
		const as = (type: string, parameters: INodeParameters) => ({ ...node, type, typeVersion: 1, parameters });
		if (node === feed) return as('engine.source', { items: items as INodeParameters[] });
		if (node.type.endsWith('.set')) return as('engine.assign', { fields: assignedBy(node) });
		if (node.type !== CRAZYTEL) return as('engine.look', { value: node.parameters.responseBody ?? node.parameters.jsonBody ?? '' });
		return { ...node, credentials: { crazytelApi: { id: '1', name: 'Crazytel' } } };
	};
	const ran = workflow.nodes.filter(
		({ type }, at) => !/\.(?:stickyNote|scheduleTrigger)$/.test(type) && (last < 0 || at <= last),
	);
	const run = await engine.run({
		nodes: ran.map(standIn),
		connections: Object.fromEntries(
			Object.entries(workflow.connections)
				.filter(([name]) => ran.some((node) => node.name === name))
				.map(([name, { main = [] }]) => [
					name,
					{ main: main.map((branch) => (branch ?? []).filter(({ node }) => ran.some((other) => other.name === node))) },
				]),
		),
		credential: { apiKey: sandbox.apiKey, baseUrl: sandbox.url, requestsPerMinute: 0 },
		startNode: feed?.name,
	});
	expect(run.data.resultData.error).toBeUndefined();
	return (name) =>
		itemsOf(run, name).map(({ json }) =>
			nodeOf(workflow, name).type.endsWith('.respondToWebhook') ? (json.looked as IDataObject) : json,
		);
}

const webhookCall = (body: IDataObject) => [{ headers: {}, params: {}, query: {}, body }];

describe('provision-on-deal-won', () => {
	const file = 'provision-on-deal-won.json';

	test('creates the trunk that the call describes, and answers with its login', async () => {
		const reached = await play(
			file,
			webhookCall({ customer: 'Harbour Dental', phone: '+61 2 9123 4567', areaCode: 2, smsSender: '0412 345 678' }),
		);
		const [trunk, ...others] = sandbox.trunks();
		expect(others).toEqual([]);
		expect(trunk).toMatchObject({
			description: 'Harbour Dental',
			caller_id_number: '61291234567',
			area_code: '02',
			sms_sender: '61412345678',
			enabled: true,
		});
		expect(reached('Answer with the login')).toEqual([
			{ trunkId: trunk?.id, username: trunk?.username, password: trunk?.password },
		]);
		expect(reached('Answer with the reason')).toEqual([]);
	});

	test('area code and SMS sender may be left out of the call', async () => {
		await play(file, webhookCall({ customer: 'Café Lune', phone: '0412 345 678' }));
		expect(sandbox.trunks()).toMatchObject([{ caller_id_number: '61412345678', area_code: null, sms_sender: null }]);
	});

	test('the sample body of the note creates a trunk', async () => {
		const note = String(nodeOf(read(file), 'Read me first').parameters.content);
		const sample = /```\n(.+?)\n```/s.exec(note)?.[1] ?? '';
		await play(file, webhookCall(JSON.parse(sample) as IDataObject));
		expect(sandbox.trunks()).toMatchObject([{ description: 'Harbour Dental' }]);
	});

	test('a number that is not verified is answered with the reason and status 422, and creates nothing', async () => {
		const reached = await play(file, webhookCall({ customer: 'Geelong Removals', phone: '03 5550 9900' }));
		expect(sandbox.trunks()).toEqual([]);
		expect(reached('Answer with the login')).toEqual([]);
		expect(reached('Answer with the reason')).toEqual([
			{ error: expect.stringContaining("Caller ID '61355509900' is not verified") as unknown },
		]);
		expect(nodeOf(read(file), 'Answer with the reason').parameters.options).toEqual({ responseCode: 422 });
	});

	test('successful runs, which hold the password, are not saved', () => {
		expect(read(file).settings.saveDataSuccessExecution).toBe('none');
	});
});

describe('suspend-overdue', () => {
	const file = 'suspend-overdue.json';

	test('starts at two at night', () => {
		const { parameters } = nodeOf(read(file), 'Every night at 02:00');
		expect(parameters).toEqual({ rule: { interval: [{ triggerAtHour: 2 }] } });
		expect(read(file).settings.timezone).toBe('Australia/Sydney');
	});

	test('suspends the trunks on the list and no others, and sets aside what has to be checked', async () => {
		const [overdue, inOrder] = [sandbox.addTrunk(), sandbox.addTrunk()];
		const gone = '7d0c2b4e-91aa-4f6d-8e53-2c1f0b9a6d47';
		const reached = await play(file, [
			{ customer: 'Old Mill Bakery', trunkId: gone },
			{ customer: 'Harbour Dental', trunkId: overdue.id },
			{ customer: 'Café Lune', trunkId: null },
		]);
		expect(sandbox.trunks().map(({ id, enabled }) => [id, enabled])).toEqual([
			[overdue.id, false],
			[inOrder.id, true],
		]);
		expect(reached('Done')).toMatchObject([{ id: overdue.id, enabled: false }]);
		expect(reached('To check')).toMatchObject([
			{ customer: 'Old Mill Bakery', error: expect.stringContaining(`Trunk '${gone}' does not exist`) as unknown },
			{ customer: 'Café Lune', error: expect.stringContaining('Trunk is empty') as unknown },
		]);
	});

	test('an empty list suspends nothing and asks Crazytel nothing', async () => {
		const reached = await play(file, []);
		expect(sandbox.requests).toEqual([]);
		expect([...reached('Done'), ...reached('To check')]).toEqual([]);
	});
});

describe('enable-on-payment', () => {
	const file = 'enable-on-payment.json';

	test('enables the trunk that was paid for, also when it is called twice', async () => {
		const trunk = sandbox.addTrunk({ enabled: false });
		const call = async () => (await play(file, webhookCall({ trunkId: trunk.id })))('Answer that it is enabled');
		expect([await call(), await call()]).toEqual([
			[{ username: trunk.username, enabled: true }],
			[{ username: trunk.username, enabled: true }],
		]);
		expect(sandbox.trunks()).toEqual([{ ...trunk, enabled: true }]);
	});

	test('a username in place of the ID is answered with the reason and status 422', async () => {
		const trunk = sandbox.addTrunk({ enabled: false });
		const reached = await play(file, webhookCall({ trunkId: trunk.username }));
		expect(reached('Answer with the reason')).toEqual([
			{ error: expect.stringContaining('looks like a username') as unknown },
		]);
		expect(nodeOf(read(file), 'Answer with the reason').parameters.options).toEqual({ responseCode: 422 });
		expect(sandbox.trunks()).toEqual([trunk]);
	});
});

describe('sync-customers', () => {
	const file = 'sync-customers.json';
	const customers = [
		{ customer: 'Harbour Dental', phone: '+61 2 9123 4567', areaCode: '02', smsSender: '0412 345 678' },
		{ customer: 'Café Lune', phone: '0412 345 678', areaCode: null, smsSender: '' },
	];

	test('creates who is missing, changes what differs, and says so in one text', async () => {
		const trunk = sandbox.addTrunk({ description: 'Harbour Dental', caller_id_number: '61398765432', area_code: '02' });
		const reached = await play(file, customers);
		expect(sandbox.trunks()).toMatchObject([
			{ id: trunk.id, caller_id_number: '61291234567', sms_sender: '61412345678', password: trunk.password },
			{ description: 'Café Lune', caller_id_number: '61412345678', area_code: null, sms_sender: null },
		]);
		const [, created] = sandbox.trunks();
		const text = [
			'2 of 2 trunks were changed.',
			`${trunk.username} (Harbour Dental): caller_id_number 61398765432 → 61291234567, sms_sender nothing → 61412345678`,
			`${created?.username} (Café Lune): caller_id_number nothing → 61412345678, description nothing → Café Lune`,
		].join('\n');
		expect(reached('Summary')).toEqual([{ text }]);
		expect(reached('To check')).toEqual([]);
	});

	test('writes nothing the second night, with one request', async () => {
		await play(file, customers);
		const before = sandbox.requests.length;
		const reached = await play(file, customers);
		expect(sandbox.requests.slice(before).map(({ kind }) => kind)).toEqual(['list']);
		expect(reached('Summary')).toEqual([{ text: '0 of 2 trunks were changed.\n' }]);
	});

	test('sets aside who has two trunks, and shows no password in the summary', async () => {
		sandbox.addTrunk({ description: 'Harbour Dental' });
		sandbox.addTrunk({ description: 'Harbour Dental' });
		const reached = await play(file, customers);
		expect(reached('To check')).toMatchObject([
			{ customer: 'Harbour Dental', error: expect.stringContaining('belongs to 2 trunks') as unknown },
		]);
		const password = String(sandbox.trunks()[2]?.password);
		expect(password).toHaveLength(24);
		expect(JSON.stringify(reached('Summary'))).not.toContain(password);
	});

	test('successful runs, which hold passwords, are not saved', () => {
		expect(read(file).settings.saveDataSuccessExecution).toBe('none');
	});
});

describe('suspend-overdue-with-approval', () => {
	const file = 'suspend-overdue-with-approval.json';

	test('until a person agrees it only lists who is not suspended yet, and writes nothing', async () => {
		const [overdue, suspended] = [
			sandbox.addTrunk({ description: 'Harbour Dental' }),
			sandbox.addTrunk({ description: 'Café Lune', enabled: false }),
		];
		const reached = await play(
			file,
			[{ username: overdue.username }, { username: suspended.username }, { username: 'CT000000x' }],
			'Send the list',
		);
		expect(sandbox.requests.map(({ kind }) => kind)).toEqual(['list']);
		expect(sandbox.trunks()).toEqual([overdue, suspended]);
		const trunk = { id: overdue.id, username: overdue.username, description: 'Harbour Dental' };
		expect(reached('Trunks to suspend')).toEqual([{ trunks: [trunk], text: `${overdue.username} Harbour Dental` }]);
		expect(reached('Send the list')).toMatchObject([
			{ looked: { text: expect.stringContaining(`${overdue.username} Harbour Dental\nAnswer here: http`) as unknown } },
		]);
	});

	test('then suspends by ID what was listed', () => {
		const workflow = read(file);
		expect(nodeOf(workflow, 'Suspend trunk').parameters).toEqual({
			resource: 'sipTrunk',
			operation: 'suspend',
			trunk: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
		});
		expect(assignedBy(nodeOf(workflow, 'Approved trunks'))).toEqual({
			trunks: "={{ $('Trunks to suspend').first().json.trunks }}",
		});
	});
});
