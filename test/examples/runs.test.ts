import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { CRAZYTEL, createEngine, type Engine, itemsOf, loadPackage } from '../../engine';
import { startSandbox, type Sandbox } from '../../sandbox';
import { nodeOf, read } from './workflowFiles';

let engine: Engine;
let sandbox: Sandbox;

beforeAll(async () => {
	engine = createEngine(await loadPackage());
	sandbox = await startSandbox();
});

beforeEach(() => sandbox.reset());

afterAll(async () => await sandbox.close());

/** Which nodes feed the Crazytel node; what starts those has no part in the test. */
const FEEDS = ['n8n-nodes-base.webhook', 'n8n-nodes-base.httpRequest'];

/**
 * Runs an example with the items that its webhook or its list would bring. Nodes that would talk
 * to the outside are stand-ins under the same name.
 *
 * @returns what reached a node; for one that answers a webhook, its response body
 */
async function play(file: string, items: IDataObject[]): Promise<(node: string) => IDataObject[]> {
	const workflow = read(file);
	const feed = workflow.nodes.find(({ type }) => FEEDS.includes(type));
	const standIn = (node: INode): INode => {
		const as = (type: string, parameters: INodeParameters) => ({ ...node, type, typeVersion: 1, parameters });
		if (node === feed) return as('engine.source', { items: items as INodeParameters[] });
		if (node.type !== CRAZYTEL) return as('engine.look', { value: node.parameters.responseBody ?? '' });
		return { ...node, credentials: { crazytelApi: { id: '1', name: 'Crazytel' } } };
	};
	const ran = workflow.nodes.filter(({ type }) => !/\.(?:stickyNote|scheduleTrigger)$/.test(type));
	const run = await engine.run({
		nodes: ran.map(standIn),
		connections: Object.fromEntries(
			Object.entries(workflow.connections).filter(([name]) => ran.some((node) => node.name === name)),
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
