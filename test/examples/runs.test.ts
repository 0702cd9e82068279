import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { CRAZYTEL, createEngine, type Engine, loadPackage } from '../../engine';
import { startSandbox, type Sandbox } from '../../sandbox';
import { Batches } from './batches';
import { Branch } from './branch';
import { nodeOf, read } from './workflowFiles';

let engine: Engine;
let sandbox: Sandbox;

beforeAll(async () => {
	engine = createEngine(await loadPackage(), { 'test.branch': new Branch(), 'test.batches': new Batches() });
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

/** The one condition of an If node, which is an expression that is true or false. */
function conditionOf({ parameters }: INode): string {
	const { conditions } = parameters.conditions as { conditions: Array<{ leftValue: string }> };
	expect(conditions).toHaveLength(1);
	return String(conditions[0]?.leftValue);
}

/**
 * Runs an example with the items that its webhook or its list would bring. Nodes that would talk
 * to the outside are stand-ins under the same name.
 *
 * @param until the last node in the file that takes part; all of them unless given
 * @returns what reached a node, in all of its runs; for one that answers a webhook, its response body. And the nodes
 *   in the order in which they ran
 */
async function play(
	file: string,
	items: IDataObject[],
	until?: string,
): Promise<((node: string) => IDataObject[]) & { order: string[] }> {
	const workflow = read(file);
	const last = workflow.nodes.findIndex(({ name }) => name === until);
	const feed = workflow.nodes.find(({ type }) => FEEDS.includes(type));
	const standIn = (node: INode): INode => {
		const as = (type: string, parameters: INodeParameters) => ({ ...node, type, typeVersion: 1, parameters, retryOnFail: false });
		if (node === feed) return as('engine.source', { items: items as INodeParameters[] });
		if (node.type.endsWith('.set')) return as('engine.assign', { fields: assignedBy(node) });
		if (node.type.endsWith('.if')) return as('test.branch', { condition: conditionOf(node) });
		if (node.type.endsWith('.splitInBatches')) return as('test.batches', { batchSize: node.parameters.batchSize ?? 1 });
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
		settings: workflow.settings,
	});
	expect(run.data.resultData.error).toBeUndefined();
	const { runData } = run.data.resultData;
	const reached = (name: string) =>
		(runData[name] ?? [])
			.flatMap(({ data }) => data?.main?.[0] ?? [])
			.map(({ json }) => (nodeOf(workflow, name).type.endsWith('.respondToWebhook') ? (json.looked as IDataObject) : json));
	const runs = Object.entries(runData).flatMap(([name, tasks]) => tasks.map(({ executionIndex }) => ({ name, executionIndex })));
	const order = runs.sort((one, other) => one.executionIndex - other.executionIndex).map(({ name }) => name);
	return Object.assign(reached, { order });
}

const webhookCall = (body: IDataObject) => [{ headers: {}, params: {}, query: {}, body }];

describe('provision-on-deal-won', () => {
	const file = 'provision-on-deal-won.json';
	const deal = { dealId: 4711, phone: '+61 2 9123 4567', areaCode: 2, smsSender: '0412 345 678' };
	const writes = () => sandbox.requests.filter(({ method }) => method !== 'GET');
	const told = (reached: (node: string) => IDataObject[]) => reached('Tell the CRM').map(({ looked }) => looked);

	test('answers at once, makes the trunk that the call describes, and tells the CRM its login', async () => {
		const reached = await play(file, webhookCall(deal));
		const [trunk, ...others] = sandbox.trunks();
		expect(others).toEqual([]);
		expect(trunk).toMatchObject({
			description: 'Deal 4711',
			caller_id_number: '61291234567',
			area_code: '02',
			sms_sender: '61412345678',
			enabled: true,
		});
		expect(reached('Answer at once')).toEqual([{ accepted: 4711 }]);
		expect(reached('Answer what is missing')).toEqual([]);
		expect(told(reached)).toEqual([{ dealId: 4711, trunkId: trunk?.id, username: trunk?.username, password: trunk?.password }]);
	});

	test('answers before it asks Crazytel anything', () => {
		const { connections } = read(file);
		const answer = nodeOf(read(file), 'Answer at once');
		expect(answer.parameters.options).toEqual({ responseCode: 202 });
		expect(connections['Deal and phone?']?.main?.[0]).toEqual([{ node: 'Answer at once', type: 'main', index: 0 }]);
		expect(connections['Answer at once']?.main).toEqual([[{ node: 'Create or update trunk', type: 'main', index: 0 }]]);
	});

	test('called twice it makes one trunk: the second call writes nothing, and tells no other login', async () => {
		await play(file, webhookCall(deal));
		const before = sandbox.trunks();
		const again = await play(file, webhookCall({ ...deal, dealId: '4711' }));
		expect(writes()).toHaveLength(1);
		expect(sandbox.trunks()).toEqual(before);
		expect(told(again)).toEqual([{ dealId: '4711', trunkId: before[0]?.id, username: before[0]?.username }]);
	});

	test('called twice at the same time it makes one trunk, and the CRM gets the password', async () => {
		sandbox.fault({ on: 'create', nth: 1, play: { slowMs: 300 } });
		const both = await Promise.all([play(file, webhookCall(deal)), play(file, webhookCall(deal))]);
		const [trunk, ...others] = sandbox.trunks();
		expect(others).toEqual([]);
		// The later one may have read the list before, and then sends the trunk what it has already.
		expect(writes().filter(({ kind }) => kind === 'create')).toHaveLength(1);
		expect(trunk).toMatchObject({ description: 'Deal 4711', caller_id_number: '61291234567', area_code: '02', sms_sender: '61412345678' });
		const login = { dealId: 4711, trunkId: trunk?.id, username: trunk?.username };
		expect(both.flatMap(told)).toEqual(expect.arrayContaining([{ ...login, password: trunk?.password }, login]));
	});

	test('the same deal with another phone keeps its trunk and its password', async () => {
		await play(file, webhookCall(deal));
		const [made] = sandbox.trunks();
		await play(file, webhookCall({ ...deal, phone: '0412 345 678' }));
		expect(sandbox.trunks()).toEqual([{ ...made, caller_id_number: '61412345678' }]);
	});

	test('deals whose ID is a part of another have trunks of their own', async () => {
		for (const dealId of ['4711', '471', '4711-b', 'DEAL_4711']) await play(file, webhookCall({ ...deal, dealId }));
		expect(sandbox.trunks().map(({ description }) => description)).toEqual(['Deal 4711', 'Deal 471', 'Deal 4711-b', 'Deal DEAL_4711']);
	});

	test('area code and SMS sender may be left out of the call', async () => {
		await play(file, webhookCall({ dealId: 'a1', phone: '0412 345 678' }));
		expect(sandbox.trunks()).toMatchObject([{ caller_id_number: '61412345678', area_code: null, sms_sender: null }]);
	});

	test('the sample body of the note makes a trunk', async () => {
		const note = String(nodeOf(read(file), 'Read me first').parameters.content);
		const sample = /```\n(.+?)\n```/s.exec(note)?.[1] ?? '';
		await play(file, webhookCall(JSON.parse(sample) as IDataObject));
		expect(sandbox.trunks()).toMatchObject([{ description: 'Deal 4711' }]);
	});

	test.each([
		['no deal', { dealId: undefined }],
		['a deal that is null', { dealId: null }],
		['an empty deal', { dealId: ' ' }],
		['a deal that is an object', { dealId: { id: 1 } }],
		['no phone', { phone: undefined }],
		['an empty phone', { phone: ' ' }],
	])('a call with %s is answered with 400, and Crazytel is asked nothing', async (_what, wrong) => {
		const reached = await play(file, webhookCall({ ...deal, ...wrong }));
		expect(sandbox.requests).toEqual([]);
		expect(reached('Answer what is missing')).toEqual([{ error: expect.stringContaining('Nothing was done') as unknown }]);
		expect([...reached('Answer at once'), ...reached('Tell the CRM')]).toEqual([]);
		expect(nodeOf(read(file), 'Answer what is missing').parameters.options).toEqual({ responseCode: 400 });
	});

	test('of a number that is not verified the CRM is told the reason, and nothing is written', async () => {
		const reached = await play(file, webhookCall({ dealId: 4712, phone: '03 5550 9900' }));
		expect(writes()).toEqual([]);
		expect(told(reached)).toEqual([
			{ dealId: 4712, error: expect.stringContaining("Caller ID '03 5550 9900' (sent as 61355509900) is not verified") as unknown },
		]);
	});

	test('successful runs, which hold the password, are not saved; one whose result the CRM has not taken is', () => {
		const workflow = read(file);
		expect(workflow.settings.saveDataSuccessExecution).toBe('none');
		expect(workflow.settings.saveDataErrorExecution ?? 'all').toBe('all');
		expect(nodeOf(workflow, 'Tell the CRM').onError).toBeUndefined();
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

	test('a username in place of the ID enables it as well', async () => {
		const trunk = sandbox.addTrunk({ enabled: false });
		const reached = await play(file, webhookCall({ trunkId: trunk.username }));
		expect(reached('Answer that it is enabled')).toEqual([{ username: trunk.username, enabled: true }]);
	});

	test('what is neither is answered with the reason and status 422', async () => {
		const trunk = sandbox.addTrunk({ enabled: false });
		const reached = await play(file, webhookCall({ trunkId: 'Harbour' }));
		expect(reached('Answer with the reason')).toEqual([
			{ error: expect.stringContaining("Trunk 'Harbour' is neither a trunk ID nor a username of this account.") as unknown },
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

describe('provision-in-batches', () => {
	const file = 'provision-in-batches.json';
	const customers = Array.from({ length: 45 }, (_, row) => ({ customer: `Customer ${row}`, phone: '+61 2 9123 4567' }));
	const told = (reached: (node: string) => IDataObject[]) => reached('Tell the CRM').map(({ looked }) => looked);
	const login = (row: number) => {
		const trunk = sandbox.trunks().find(({ description }) => description === `Customer ${row}`);
		return { customer: `Customer ${row}`, trunkId: trunk?.id, username: trunk?.username, password: trunk?.password };
	};

	test('makes a trunk for each, and tells the CRM every login', async () => {
		const reached = await play(file, customers);
		expect(sandbox.trunks().map(({ description }) => description)).toEqual(customers.map(({ customer }) => customer));
		expect(told(reached)).toEqual(customers.map((_, row) => login(row)));
		expect(reached('All done')).toHaveLength(45);
		expect(reached('To check')).toEqual([]);
	});

	test('tells those of a batch before the next one begins', async () => {
		const { order } = await play(file, customers);
		const batch = ['20 customers at a time', 'Create or update trunk', 'New login?', 'Tell the CRM', 'Next batch'];
		expect(order).toEqual(['Get customers', ...batch, ...batch, ...batch, '20 customers at a time', 'All done']);
		expect(nodeOf(read(file), '20 customers at a time').parameters.batchSize).toBe(20);
	});

	test('a batch of which all fail ends nothing: the others are done, and told', async () => {
		const bad = customers.map((customer, row) => (row >= 20 && row < 40 ? { ...customer, phone: 'ask Jim' } : customer));
		const reached = await play(file, bad);
		expect(reached('To check')).toMatchObject(bad.slice(20, 40).map(({ customer }) => ({ customer, error: expect.stringContaining('cannot be read') as unknown })));
		expect(told(reached)).toEqual([...Array(20).keys(), 40, 41, 42, 43, 44].map(login));
		expect(reached('All done')).toHaveLength(45);
	});

	test('run again it makes no second trunk, and tells no login twice', async () => {
		await play(file, customers.slice(0, 25));
		const before = sandbox.trunks();
		const reached = await play(file, customers);
		expect(sandbox.trunks().slice(0, 25)).toEqual(before);
		expect(sandbox.trunks()).toHaveLength(45);
		expect(told(reached)).toEqual(customers.map((_, row) => login(row)).slice(25));
	});

	test('successful runs, which hold passwords, are not saved', () => {
		expect(read(file).settings.saveDataSuccessExecution).toBe('none');
	});
});
