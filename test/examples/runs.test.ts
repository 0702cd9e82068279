import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { CRAZYTEL, CRAZYTEL_TRIGGER, createEngine, type Engine, type LoadedPackage, loadPackage } from '../../engine';
import { createPoller, type Poller } from '../../engine/polling';
import { startSandbox, type Sandbox, type StoredCallRecord } from '../../sandbox';
import { callRecordsToShow, lastMonth } from '../../sandbox/callRecordsToShow';
import { trunksToShow } from '../../sandbox/trunksToShow';
import { Batches } from './batches';
import { Branch } from './branch';
import { pause } from './pause';
import { Split } from './split';
import { nodeOf, read } from './workflowFiles';

let loaded: LoadedPackage;
let engine: Engine;
let sandbox: Sandbox;
/** What comes about while a workflow waits, and the answer that its form is sent with. */
let meanwhile: () => Promise<IDataObject | undefined>;

beforeAll(async () => {
	loaded = await loadPackage();
	engine = createEngine(loaded, {
		'test.branch': new Branch(),
		'test.batches': new Batches(),
		'test.split': new Split(),
		'test.pause': pause(async () => await meanwhile()),
	});
});

// Another account for each: the node remembers for a while what it has written in one.
beforeEach(async () => {
	sandbox = await startSandbox();
	meanwhile = async () => await Promise.resolve(undefined);
});

afterEach(async () => await sandbox.close());

const credential = () => ({ apiKey: sandbox.apiKey, baseUrl: sandbox.url, requestsPerMinute: 0 });

/** Which nodes feed the others, the first kind that is there; what starts those has no part in the test. */
const FEEDS = [
	CRAZYTEL_TRIGGER,
	'n8n-nodes-base.webhook',
	'n8n-nodes-base.httpRequest',
	'n8n-nodes-base.scheduleTrigger',
];

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
 * Runs an example with the items that its trigger, its webhook or its list would bring. Nodes that would talk
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
	const [feed] = FEEDS.flatMap((feeding) => workflow.nodes.filter(({ type }) => type === feeding));
	const standIn = (node: INode): INode => {
		const as = (type: string, parameters: INodeParameters) => ({
			...node,
			type,
			typeVersion: 1,
			parameters,
			retryOnFail: false,
		});
		if (node === feed) return as('engine.source', { items: items as INodeParameters[] });
		if (node.type.endsWith('.set')) return as('engine.assign', { fields: assignedBy(node) });
		if (node.type.endsWith('.if')) return as('test.branch', { condition: conditionOf(node) });
		if (node.type.endsWith('.splitOut')) return as('test.split', { field: node.parameters.fieldToSplitOut ?? '' });
		if (node.type.endsWith('.wait')) return as('test.pause', {});
		if (node.type.endsWith('.splitInBatches')) return as('test.batches', { batchSize: node.parameters.batchSize ?? 1 });
		if (node.type !== CRAZYTEL)
			return as('engine.look', { value: node.parameters.responseBody ?? node.parameters.jsonBody ?? '' });
		return { ...node, credentials: { crazytelApi: { id: '1', name: 'Crazytel' } } };
	};
	const ran = workflow.nodes.filter(
		(node, at) => node === feed || (!/\.(?:stickyNote|scheduleTrigger)$/.test(node.type) && (last < 0 || at <= last)),
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
		credential: credential(),
		startNode: feed?.name,
		settings: workflow.settings,
	});
	expect(run.data.resultData.error).toBeUndefined();
	const { runData } = run.data.resultData;
	const reached = (name: string) =>
		(runData[name] ?? [])
			.flatMap(({ data }) => data?.main?.[0] ?? [])
			.map(({ json }) =>
				nodeOf(workflow, name).type.endsWith('.respondToWebhook') ? (json.looked as IDataObject) : json,
			);
	const runs = Object.entries(runData).flatMap(([name, tasks]) =>
		tasks.map(({ executionIndex }) => ({ name, executionIndex })),
	);
	const order = runs.sort((one, other) => one.executionIndex - other.executionIndex).map(({ name }) => name);
	return Object.assign(reached, { order });
}

/** The trigger of an example in n8n's own polling, active. */
async function watching(file: string): Promise<Poller> {
	const poller = createPoller(loaded, {
		parameters: nodeOf(read(file), 'Crazytel Trigger').parameters,
		credential: credential(),
		keeping: 'default',
	});
	await poller.activate();
	return poller;
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
		expect(told(reached)).toEqual([
			{ dealId: 4711, trunkId: trunk?.id, username: trunk?.username, password: trunk?.password },
		]);
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
		expect(trunk).toMatchObject({
			description: 'Deal 4711',
			caller_id_number: '61291234567',
			area_code: '02',
			sms_sender: '61412345678',
		});
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
		expect(sandbox.trunks().map(({ description }) => description)).toEqual([
			'Deal 4711',
			'Deal 471',
			'Deal 4711-b',
			'Deal DEAL_4711',
		]);
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
		expect(reached('Answer what is missing')).toEqual([
			{ error: expect.stringContaining('Nothing was done') as unknown },
		]);
		expect([...reached('Answer at once'), ...reached('Tell the CRM')]).toEqual([]);
		expect(nodeOf(read(file), 'Answer what is missing').parameters.options).toEqual({ responseCode: 400 });
	});

	test('of a number that is not verified the CRM is told the reason, and nothing is written', async () => {
		const reached = await play(file, webhookCall({ dealId: 4712, phone: '03 5550 9900' }));
		expect(writes()).toEqual([]);
		expect(told(reached)).toEqual([
			{
				dealId: 4712,
				error: expect.stringContaining("Caller ID '03 5550 9900' (read as 61355509900) is not verified") as unknown,
			},
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
			{
				error: expect.stringContaining(
					"Trunk 'Harbour' is neither a trunk ID nor a username of this account.",
				) as unknown,
			},
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
		const bad = customers.map((customer, row) =>
			row >= 20 && row < 40 ? { ...customer, phone: 'ask Jim' } : customer,
		);
		const reached = await play(file, bad);
		expect(reached('To check')).toMatchObject(
			bad
				.slice(20, 40)
				.map(({ customer }) => ({ customer, error: expect.stringContaining('cannot be read') as unknown })),
		);
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

describe('new-customer', () => {
	const file = 'new-customer.json';
	const deal = { dealId: 4711, mobile: '0412 345 678', state: 'NSW' };
	const writes = () => sandbox.requests.filter(({ method }) => method !== 'GET').map(({ kind }) => kind);
	const won = async (body: IDataObject = deal, until?: string) => await play(file, webhookCall(body), until);
	const told = (reached: (node: string) => IDataObject[]) => reached('Tell the CRM').map(({ looked }) => looked);
	/** What the one customer has, and what the CRM is told of it. */
	const result = () => {
		const [[number, ...moreNumbers], [trunk, ...moreTrunks]] = [sandbox.numbers.owned(), sandbox.trunks()];
		expect([moreNumbers, moreTrunks]).toEqual([[], []]);
		return { number, trunk, login: { number: number?.did_number, username: trunk?.username } };
	};
	/** That all is there, once, and that the SMS has the login with which the trunk can be used. */
	const expectDone = () => {
		const { number, trunk, login } = result();
		expect(sandbox.numbers.purchases()).toHaveLength(1);
		expect(number).toMatchObject({
			description: 'Customer of deal 4711',
			primary_route: 'device',
			primary_destination: trunk?.username,
		});
		expect(trunk).toMatchObject({
			description: 'Customer of deal 4711',
			caller_id_number: number?.did_number,
			enabled: true,
		});
		expect(sandbox.messages()).toMatchObject([
			{
				from: '61412345678',
				to: '61412345678',
				parts: 1,
				key: 'login of deal 4711',
				text: `Your new number is ${number?.did_number.replace('61', '0')}. Login for your phone: user ${trunk?.username}, password ${trunk?.password}`,
			},
		]);
		return login;
	};
	const EARLIER = 'sent or tried by an earlier call';

	test('makes the trunk, buys the number, routes it, sends the login, and tells the CRM; the password goes into the SMS alone', async () => {
		const reached = await won();
		expect(writes()).toEqual(['create', 'purchase', 'update', 'updateNumber', 'sms']);
		expect(told(reached)).toEqual([{ dealId: 4711, ...expectDone(), login: 'sent' }]);
		expect(reached('Answer at once')).toEqual([{ accepted: 4711 }]);
		expect(nodeOf(read(file), 'Answer at once').parameters.options).toEqual({ responseCode: 202 });
	});

	test('called again it writes nothing, and tells what is there', async () => {
		await won();
		const before = writes();
		const reached = await won({ ...deal, dealId: '4711' });
		expect(writes()).toEqual(before);
		expect(told(reached)).toEqual([{ dealId: '4711', ...expectDone(), login: EARLIER }]);
	});

	test('called twice at one moment it does all once: the second call waits, and sees that it is done', async () => {
		sandbox.fault({ on: 'create', nth: 1, play: { slowMs: 300 } });
		let first: Promise<unknown> = Promise.resolve();
		meanwhile = async () => void (await first) as undefined;
		const calls = [won(), won()];
		first = Promise.race(calls);
		const both = (await Promise.all(calls)).flatMap(told);
		const login = expectDone();
		expect(both).toEqual(
			expect.arrayContaining([
				{ dealId: 4711, ...login, login: 'sent' },
				{ dealId: 4711, ...login, login: EARLIER },
			]),
		);
	});

	test.each([true, false])(
		'called again while the list is behind (the number is in it: %p), it leaves the trunk with its number, and sends nothing',
		async (isListed) => {
			await won();
			const unrouted = sandbox.numbers
				.owned()
				.map((number) => ({ ...number, primary_route: 'congestion', primary_destination: null }));
			sandbox.fault({ on: 'ownedNumbers', nth: 1, play: { status: 200, body: isListed ? unrouted : [] } });
			const reached = await won();
			expect(told(reached)).toEqual([{ dealId: 4711, ...expectDone(), login: EARLIER }]);
		},
	);

	test.each([
		['Create or update trunk', ['create']],
		['Choose one', ['create']],
		['Buy the number', ['create', 'purchase']],
		['Set its caller ID', ['create', 'purchase', 'update']],
	])(
		'where n8n dies behind %s, the next call does the rest, with a new password that somebody has',
		async (last, kinds) => {
			await won(deal, last);
			expect(writes()).toEqual(kinds);
			const [before] = sandbox.trunks();
			const reached = await won();
			expect(told(reached)).toEqual([{ dealId: 4711, ...expectDone(), login: 'sent' }]);
			expect(sandbox.trunks()).toMatchObject([{ id: before?.id }]);
			expect(sandbox.trunks()[0]?.password).not.toBe(before?.password);
			expect(reached.order.filter((name) => name === 'Let the other call end')).toHaveLength(1);
		},
	);

	test('where n8n dies just before the SMS, no later call sends one, as it may have arrived', async () => {
		await won(deal, 'Route number to trunk');
		const before = sandbox.trunks();
		const reached = await won();
		expect(told(reached)).toEqual([{ dealId: 4711, ...result().login, login: EARLIER }]);
		expect([sandbox.messages(), sandbox.trunks()]).toEqual([[], before]);
	});

	test('a trunk that provision-on-deal-won has made for the deal stays as it is', async () => {
		await play('provision-on-deal-won.json', webhookCall({ dealId: 4711, phone: '02 9123 4567' }));
		const [other] = sandbox.trunks();
		expect(told(await won())).toMatchObject([{ login: 'sent' }]);
		expect(sandbox.trunks()).toMatchObject([other, { description: 'Customer of deal 4711' }]);
	});

	test('deals whose ID is a part of another have numbers and trunks of their own', async () => {
		for (const dealId of ['4711', '471', '4711-b']) await won({ ...deal, dealId });
		expect(sandbox.trunks().map(({ description }) => description)).toEqual([
			'Customer of deal 4711',
			'Customer of deal 471',
			'Customer of deal 4711-b',
		]);
		expect(sandbox.numbers.owned().map(({ description, primary_destination: to }) => [description, to])).toEqual(
			sandbox.trunks().map(({ description, username }) => [description, username]),
		);
		expect(sandbox.messages()).toHaveLength(3);
	});

	test.each([
		['no deal', { dealId: undefined }],
		['a deal that is null', { dealId: null }],
		['a deal of more than 40 letters', { dealId: 'x'.repeat(41) }],
		['no mobile', { mobile: undefined }],
		['a landline', { mobile: '02 9123 4567' }],
		['words for a mobile', { mobile: 'ask Jim' }],
	])('a call with %s is answered with 400, and Crazytel is asked nothing', async (_what, wrong) => {
		const reached = await won({ ...deal, ...wrong });
		expect(sandbox.requests).toEqual([]);
		expect(reached('Answer what is missing')).toEqual([
			{ error: expect.stringContaining('Nothing was done') as unknown },
		]);
		expect([...reached('Answer at once'), ...reached('Tell the CRM')]).toEqual([]);
		expect(nodeOf(read(file), 'Answer what is missing').parameters.options).toEqual({ responseCode: 400 });
	});

	test.each(['0412345678', '+61 412 345 678', '61412345678', '(0412) 345-678'])(
		'the mobile may be written %s',
		async (mobile) => {
			await won({ ...deal, mobile });
			expectDone();
		},
	);

	test('where the numbers cannot be read, nothing is made and nothing is bought', async () => {
		sandbox.fault({ on: 'ownedNumbers', times: 8, play: { status: 403 } });
		const reached = await won();
		expect(writes()).toEqual([]);
		expect(told(reached)).toEqual([{ dealId: 4711, error: expect.stringContaining('403') as unknown }]);
	});

	test.each([
		['for capitals', [{ did_number: '61291110000', description: 'CUSTOMER OF DEAL A1' }], 'but for capitals'],
		[
			'for where it leads',
			[{ did_number: '61291110000', description: 'Customer of deal a1', primary_destination: undefined }],
			'does not show where the number of this deal leads',
		],
	])(
		'a list that leaves open, but %s, whether the number is there, has nothing written',
		async (_what, listed, words) => {
			sandbox.fault({ on: 'ownedNumbers', nth: 1, play: { status: 200, body: listed } });
			const reached = await won({ ...deal, dealId: 'a1' });
			expect(writes()).toEqual([]);
			expect(told(reached)).toMatchObject([{ dealId: 'a1', error: expect.stringContaining(words) as unknown }]);
		},
	);

	test('where the trunk cannot be made, nothing is bought', async () => {
		sandbox.fault({ on: 'create', nth: 1, play: { status: 422 } });
		const reached = await won();
		expect(writes()).toEqual(['create']);
		expect(told(reached)).toEqual([{ dealId: 4711, error: expect.stringContaining('422') as unknown }]);
		await won();
		expectDone();
	});

	test('where no number is on offer, the CRM is told', async () => {
		const reached = await won({ ...deal, state: 'TAS' });
		expect(writes()).toEqual(['create']);
		expect(told(reached)).toEqual([
			{ dealId: 4711, error: expect.stringContaining('No number is on offer') as unknown },
		]);
	});

	test('where the search fails, the CRM is told why', async () => {
		sandbox.fault({ on: 'availableNumbers', times: 8, play: { status: 403 } });
		expect(told(await won())).toEqual([{ dealId: 4711, error: expect.stringContaining('403') as unknown }]);
		expect(writes()).toEqual(['create']);
	});

	test.each([
		[
			'the number is gone',
			{ on: 'purchase', nth: 1, play: { status: 404 } } as const,
			{},
			'is not for sale, or not any more (404). Nothing was bought',
		],
		['the credit is too low', undefined, { balance: 3 }, 'too little credit'],
	])(
		'where %s when it is bought, the CRM is told, and the next call buys one',
		async (_what, fault, switches, words) => {
			if (fault !== undefined) sandbox.fault(fault);
			sandbox.set(switches);
			expect(told(await won())).toEqual([{ dealId: 4711, error: expect.stringContaining(words) as unknown }]);
			expect([sandbox.numbers.purchases(), sandbox.messages()]).toEqual([[], []]);
			sandbox.set({ balance: 100 });
			expect(told(await won())).toMatchObject([{ login: 'sent' }]);
			expectDone();
		},
	);

	test('where another deal has bought the number meanwhile, it stays with that deal', async () => {
		for (const { did_number: number } of sandbox.numbers.available().filter(({ state }) => state === 'NSW')) {
			sandbox.numbers.add({
				did_number: number,
				description: 'Customer of deal 1',
				primary_route: 'device',
				primary_destination: 'CT000001',
			});
		}
		const before = sandbox.numbers.owned();
		const reached = await won();
		expect(told(reached)).toEqual([
			{
				dealId: 4711,
				error: expect.stringContaining(
					'belongs to the account already, and not to this deal. Nothing was bought.',
				) as unknown,
			},
		]);
		expect([sandbox.numbers.owned(), sandbox.numbers.purchases(), sandbox.messages()]).toEqual([before, [], []]);
	});

	test('where the reply to the purchase is lost, the number is found, and bought once', async () => {
		sandbox.fault({ on: 'purchase', nth: 1, play: 'lostReplyAfter' });
		expect(told(await won())).toEqual([{ dealId: 4711, ...expectDone(), login: 'sent' }]);
		expect(writes().filter((kind) => kind === 'purchase')).toHaveLength(1);
	});

	test('where Crazytel keeps another description than was sent, the CRM is told not to call before it is corrected', async () => {
		const real = sandbox.numbers.buy.bind(sandbox.numbers);
		sandbox.numbers.buy = (number, change) => real(number, { ...change, description: 'Customer' });
		expect(told(await won())).toEqual([
			{ dealId: 4711, error: expect.stringContaining('Correct its description') as unknown },
		]);
		expect([sandbox.numbers.purchases().length, sandbox.messages()]).toEqual([1, []]);
	});

	test.each([
		['its caller ID is refused', 'update'],
		['it cannot be routed', 'updateNumber'],
	] as const)('where %s, the CRM is told, the login is not sent, and the next call goes on', async (_what, on) => {
		sandbox.fault({ on, nth: 1, play: { status: 400 } });
		const reached = await won();
		expect(told(reached)).toEqual([
			{ dealId: 4711, ...result().login, error: expect.stringContaining('400') as unknown },
		]);
		expect(sandbox.messages()).toEqual([]);
		await won();
		expectDone();
	});

	test.each([
		['refused', { optedOut: ['61412345678'] }, 'Crazytel refuses the SMS (422)'],
		// A number of Victoria costs 8 dollars.
		['too dear', { balance: 8.01 }, 'The balance of the account is too low for this SMS (402)'],
	])(
		'where the SMS is %s, the CRM is told with what is there; no later call sends it or changes the password',
		async (_what, switches, words) => {
			sandbox.set(switches);
			const reached = await won({ ...deal, state: 'VIC' });
			const { trunk, login } = result();
			expect(told(reached)).toEqual([{ dealId: 4711, ...login, error: expect.stringContaining(words) as unknown }]);
			sandbox.set({ optedOut: [], balance: 100 });
			expect(told(await won())).toEqual([{ dealId: 4711, ...login, login: EARLIER }]);
			expect([sandbox.messages(), sandbox.trunks()]).toEqual([[], [trunk]]);
		},
	);

	test('where the reply to the SMS is lost, it is sent once', async () => {
		sandbox.fault({ on: 'sms', nth: 1, play: 'lostReplyAfter' });
		expect(told(await won())).toEqual([{ dealId: 4711, ...expectDone(), login: 'sent' }]);
	});

	test('the CRM is never told the password', () => {
		const { jsonBody } = nodeOf(read(file), 'Tell the CRM').parameters;
		expect(jsonBody).not.toContain('password');
		expect(read(file).settings.saveDataSuccessExecution).toBe('none');
	});

	test('a second call waits longer than the first one takes', () => {
		expect(nodeOf(read(file), 'Let the other call end').parameters).toEqual({ amount: 15, unit: 'minutes' });
	});
});

describe('monthly-usage', () => {
	const file = 'monthly-usage.json';
	const month = new Date(lastMonth(Date.now())(15, 12));
	const call = (extension: string, columns: IDataObject = {}, daysAfter = 0): StoredCallRecord => ({
		at: month.getTime() + daysAfter * 86_400_000,
		type: 'voice',
		extension,
		columns: { total_cost: 0.09, duration: 60, ...columns },
	});
	const name = month.toISOString().slice(0, 7);
	const rows = async () => (await play(file, [{}]))('One row each');
	const row = (
		username: string,
		description: string,
		calls: unknown,
		minutes: unknown,
		cost: unknown,
		note: unknown = '',
	) => ({ month: name, username, description, calls, minutes, cost, note });

	test('has a row for each trunk, one for what belongs to none, and the total', async () => {
		const [a, b] = [sandbox.addTrunk({ description: 'Harbour Dental' }), sandbox.addTrunk()];
		sandbox.addCallRecords([
			call(a.username),
			call(a.username, { duration: 125, total_cost: '0.1234' }),
			call(a.username),
			call('CT000000', { total_cost: 1.5 }),
		]);
		expect(await rows()).toEqual([
			row(a.username, 'Harbour Dental', 3, 4.1, 0.3034),
			row(b.username, '', 0, 0, 0),
			row('', 'All other calls', 1, 1, 1.5),
			row('', 'All calls', 4, 5.1, 1.8034),
		]);
	});

	test('counts the calls of last month, of its first day to its last, and nothing but calls', async () => {
		const { username } = sandbox.addTrunk({ description: 'Sales' });
		sandbox.addCallRecords([
			call(username),
			call(username, {}, -32),
			call(username, {}, 32),
			{ ...call(username), type: 'smsout' },
		]);
		expect(await rows()).toEqual([
			row(username, 'Sales', 1, 1, 0.09),
			row('', 'All other calls', 0, 0, 0),
			row('', 'All calls', 1, 1, 0.09),
		]);
	});

	test('an empty month has a table, and so has an account without trunks', async () => {
		expect(await rows()).toEqual([row('', 'All other calls', 0, 0, 0), row('', 'All calls', 0, 0, 0)]);
		const trunk = sandbox.addTrunk({ description: 'Sales' });
		expect((await rows())[0]).toEqual(row(trunk.username, 'Sales', 0, 0, 0));
	});

	test('the calls that the editor shows are there', async () => {
		for (const trunk of trunksToShow) sandbox.addTrunk(trunk);
		sandbox.addCallRecords(callRecordsToShow());
		expect((await rows()).map(({ description, calls }) => [description, calls])).toEqual([
			['Sydney front desk', 6],
			['Melbourne sales', 4],
			['Brisbane warehouse, moved out', 0],
			['All other calls', 1],
			['All calls', 11],
		]);
	});

	test('more calls than one answer has are all counted', async () => {
		const { username } = sandbox.addTrunk();
		sandbox.addCallRecords(Array.from({ length: 2_345 }, (_, at) => call(username, {}, -at / 2_000)));
		expect((await rows()).map(({ calls, minutes, cost }) => [calls, minutes, cost])).toEqual([
			[2345, 2345, 211.05],
			[0, 0, 0],
			[2345, 2345, 211.05],
		]);
	});

	test('a length in billsec serves; without one the minutes are empty, and not 0', async () => {
		const { username } = sandbox.addTrunk();
		sandbox.addCallRecords([call(username, { duration: undefined, billsec: 90 })]);
		expect((await rows()).map(({ minutes }) => minutes)).toEqual([1.5, 0, 1.5]);
		sandbox.addCallRecords([call(username, { duration: undefined })]);
		expect((await rows()).map(({ minutes }) => minutes)).toEqual(['', '', '']);
	});

	test('a cost that is no number is told, and null is none', async () => {
		const { username } = sandbox.addTrunk();
		sandbox.addCallRecords([
			call(username),
			call(username, { total_cost: null }),
			call(username, { total_cost: 'free' }),
		]);
		expect((await rows())[0]).toMatchObject({
			calls: 3,
			cost: 0.09,
			note: '1 of them without a cost that can be read',
		});
	});

	test('a trunk whose calls cannot be read has the reason, and the others their figures', async () => {
		const [a, b] = [sandbox.addTrunk({ description: 'A' }), sandbox.addTrunk({ description: 'B' })];
		sandbox.addCallRecords([call(a.username), call(b.username)]);
		sandbox.fault({ on: 'callRecords', nth: 1, play: { status: 404 } });
		const all = await rows();
		expect(all.map(({ calls }) => calls).sort()).toEqual(['', '', 1, 2]);
		expect(all.filter(({ note }) => String(note).startsWith('Not read: '))).toHaveLength(1);
		expect(all[2]).toEqual(row('', 'All other calls', '', '', '', expect.stringContaining('not all calls were read')));
	});

	test('where nothing can be read, the table says why', async () => {
		sandbox.addTrunk();
		sandbox.fault({ on: 'list', times: 9, play: { status: 403 } });
		sandbox.fault({ on: 'callRecords', times: 9, play: { status: 403 } });
		expect(await rows()).toEqual([
			row('', 'All other calls', '', '', '', expect.stringMatching(/^The trunks could not be read: .*403/)),
			row('', 'All calls', '', '', '', expect.stringMatching(/^Not read: .*403/)),
		]);
	});

	test('only reads', async () => {
		sandbox.addTrunk();
		await rows();
		expect(new Set(sandbox.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
	});
});

describe('verified-numbers', () => {
	const file = 'verified-numbers.json';
	const today = () => new Intl.DateTimeFormat('en-CA', { timeZone: 'Australia/Sydney' }).format();

	test('has a row for each number, and says which can send SMS', async () => {
		sandbox.numbers.add({ did_number: '61499990000' });
		const reached = await play(file, [{}]);
		expect(reached('Columns')).toEqual(
			sandbox.verifiedNumbers().map((number) => ({
				number,
				name: '',
				can_send_sms: ['61412345678', '61498765432', '61499990000'].includes(number),
				last_seen: today(),
			})),
		);
	});

	test('takes the name that the account gives a number', async () => {
		sandbox.set({ verifiedShape: 'objects', verifiedKey: 'cli' });
		sandbox.fault({
			on: 'verified',
			nth: 1,
			play: { status: 200, body: [{ cli: '61412345678', label: 'Front desk' }, { cli: '61291234567' }] },
		});
		expect((await play(file, [{}]))('Columns')).toMatchObject([
			{ number: '61412345678', name: 'Front desk', can_send_sms: true },
			{ number: '61291234567', name: '', can_send_sms: false },
		]);
	});

	test('where they cannot be read, somebody is told why, and the table stays as it is', async () => {
		sandbox.fault({ on: 'verified', times: 9, play: { status: 403 } });
		const reached = await play(file, [{}]);
		expect(reached('To check')).toMatchObject([{ error: expect.stringContaining('403') as unknown }]);
		expect(reached('Row of the number')).toEqual([]);
	});

	test('without a number there is no row', async () => {
		sandbox.fault({ on: 'verified', nth: 1, play: { status: 200, body: [] } });
		const reached = await play(file, [{}]);
		expect([...reached('Row of the number'), ...reached('To check')]).toEqual([]);
	});

	test('a number that is in the table is brought up to date by its number', () => {
		const { operation, filters, columns } = nodeOf(read(file), 'Row of the number').parameters;
		expect([operation, filters, columns]).toEqual([
			'upsert',
			{ conditions: [{ keyName: 'number', condition: 'eq', keyValue: '={{ $json.number }}' }] },
			{ mappingMode: 'autoMapInputData', value: null },
		]);
	});
});

describe('low-balance-alarm', () => {
	const file = 'low-balance-alarm.json';
	/** What the owner is told of what the trigger gives. */
	const told = async (items: IDataObject[] | null) =>
		items === null ? [] : (await play(file, items))('Tell the owner').map(({ looked }) => looked);

	test('tells the owner once when the balance has fallen below 10 dollars, and says what happens below zero', async () => {
		sandbox.set({ balance: 11.5 });
		const poller = await watching(file);
		expect(poller.givenAtActivation()).toBeNull();
		sandbox.set({ balance: 9.9999 });
		expect(await told(await poller.tick())).toEqual([
			{
				text: expect.stringMatching(
					/^The balance of the Crazytel account \d+ is 9\.99 dollars, below the 10 that you want to be told of\. Top it up: below zero no call goes out or comes in\.$/,
				) as unknown,
			},
		]);
		sandbox.set({ balance: 4.2 });
		expect(await told(await poller.tick())).toEqual([]);
	});

	test('tells at once of one that is below zero already', async () => {
		sandbox.set({ balance: -0.5 });
		const poller = await watching(file);
		expect(await told(poller.givenAtActivation())).toEqual([
			{
				text: expect.stringMatching(
					/is -0\.50 dollars, below the 10 .* No call goes out or comes in until it is topped up\.$/,
				) as unknown,
			},
		]);
	});

	test('says of a reminder that it is one, and goes without the number of the account', async () => {
		const item = { accountCode: null, balance: 3.5, threshold: 10, previousBalance: 3.6, reminder: true };
		expect(await told([item])).toEqual([
			{
				text: expect.stringMatching(
					/^Reminder: The balance of the Crazytel account is 3\.50 dollars, below the 10 /,
				) as unknown,
			},
		]);
	});

	test.each([
		[
			148.2063917,
			'Test: The balance of the Crazytel account is 148.20 dollars, not below the 10 that you want to be told of.',
		],
		[
			4.35,
			'Test: The balance of the Crazytel account is 4.35 dollars, below the 10 that you want to be told of. Top it up: below zero no call goes out or comes in.',
		],
	])('of an example by hand, %p dollars, it says that it is a test', async (balance, text) => {
		const item = {
			accountCode: null,
			balance,
			threshold: 10,
			previousBalance: null,
			reminder: false,
			wouldFire: balance < 10,
		};
		expect(await told([item])).toEqual([{ text }]);
	});

	test('only reads, and sends the message again where the chat does not take it', async () => {
		sandbox.set({ balance: 1 });
		await told((await watching(file)).givenAtActivation());
		expect(sandbox.requests.map(({ method, kind }) => [method, kind])).toEqual([['GET', 'balance']]);
		expect(nodeOf(read(file), 'Tell the owner')).toMatchObject({ retryOnFail: true, maxTries: 5 });
	});
});

describe('stop-toll-fraud', () => {
	const file = 'stop-toll-fraud.json';
	const ASKS = 'A suspended trunk makes and takes no calls, emergency calls included. Answer here: http';
	const writes = () => sandbox.requests.filter(({ method }) => method !== 'GET');
	const texts = (reached: (node: string) => IDataObject[], node: string) =>
		reached(node).map(({ looked }) => (looked as { text: string }).text);
	const answers = (answer?: string) =>
		void (meanwhile = async () => await Promise.resolve(answer === undefined ? undefined : { Answer: answer }));
	let begun: number;
	beforeEach(() => {
		begun = Date.now();
		sandbox.addCallRecords([call('CT000000', 0.1, -60)]);
	});
	/** A call, so many minutes after the beginning. */
	const call = (
		extension: string,
		cost: number,
		minutes = 0,
		destination = 'Latvia - Premium Rate',
	): StoredCallRecord => ({
		at: begun + minutes * 60_000,
		type: 'voice',
		extension,
		columns: { extension, total_cost: cost, destination_name: destination },
	});
	/** What the trigger gives when these are filed. */
	const alarm = async (poller: Poller, ...records: StoredCallRecord[]): Promise<IDataObject[]> => {
		sandbox.addCallRecords(records);
		return (await poller.tick()) ?? [];
	};

	test('tells who has spent how much and where, and suspends when a person approves; the others stay as they are', async () => {
		const [misused, other] = [sandbox.addTrunk({ description: 'Melbourne sales' }), sandbox.addTrunk()];
		const poller = await watching(file);
		const items = await alarm(
			poller,
			call(misused.username, 18.5),
			call(misused.username, 4.755, 1, 'Cuba - Mobile'),
			call(other.username, 1.2),
		);
		expect(items).toMatchObject([{ extension: misused.username, trunkId: misused.id }]);
		let enabledWhileWaiting: boolean | undefined;
		meanwhile = async () => {
			enabledWhileWaiting = sandbox.trunks()[0]?.enabled;
			return await Promise.resolve({ Answer: 'Suspend them' });
		};
		const reached = await play(file, items);
		const [text, ...more] = texts(reached, 'Tell a person');
		expect(more).toEqual([]);
		expect(text).toContain(
			`${misused.username} (Melbourne sales) has spent 23.26 dollars; the limit is 20. 2 records from `,
		);
		expect(text).toContain(
			'Most of it: Latvia - Premium Rate (1 for 18.50 dollars), Cuba - Mobile (1 for 4.75 dollars). Suspend it?\n' +
				ASKS,
		);
		expect([enabledWhileWaiting, writes().length]).toEqual([true, 1]);
		expect(sandbox.trunks()).toEqual([{ ...misused, enabled: false }, other]);
		expect(texts(reached, 'Tell the result')).toEqual([`${misused.username} is suspended.`]);
	});

	test.each([['Do nothing'], [undefined]])('suspends nobody when the answer is %p', async (answer) => {
		const trunk = sandbox.addTrunk();
		const items = await alarm(await watching(file), call(trunk.username, 30));
		answers(answer);
		const reached = await play(file, items);
		expect([texts(reached, 'Tell a person').length, texts(reached, 'Tell the result'), writes()]).toEqual([1, [], []]);
		expect(sandbox.trunks()).toEqual([trunk]);
	});

	test('a second alarm while the first waits asks again; both are approved, and one request suspends', async () => {
		const trunk = sandbox.addTrunk();
		const poller = await watching(file);
		const first = await alarm(poller, call(trunk.username, 21));
		const second = await alarm(poller, call(trunk.username, 21, 1));
		expect([...first, ...second].map(({ times }) => times)).toEqual([1, 2]);
		let later: Awaited<ReturnType<typeof play>> | undefined;
		meanwhile = async () => {
			answers('Suspend them');
			later = await play(file, second);
			return { Answer: 'Suspend them' };
		};
		const earlier = await play(file, first);
		expect(later && texts(later, 'Tell a person')).toEqual([expect.stringContaining('has spent 42.00 dollars')]);
		expect(later && texts(later, 'Tell the result')).toEqual([`${trunk.username} is suspended.`]);
		expect(texts(earlier, 'Tell the result')).toEqual([`${trunk.username} was suspended already.`]);
		expect([writes().length, sandbox.trunks()]).toEqual([1, [{ ...trunk, enabled: false }]]);
	});

	test('of a trunk that is suspended already, and still spends, it tells without asking', async () => {
		const trunk = sandbox.addTrunk({ enabled: false });
		const items = await alarm(await watching(file), call(trunk.username, 30));
		answers('Suspend them');
		const reached = await play(file, items);
		expect(texts(reached, 'Tell a person')).toEqual([
			expect.stringMatching(/30\.00 dollars.* It is suspended already\.$/),
		]);
		expect([reached.order.includes('Wait for the answer'), writes()]).toEqual([false, []]);
	});

	test.each([['2001'], ['reception'], ['CT999999']])(
		'an extension %s that is no trunk is told of with the reason, without a question; a trunk beside it can be suspended',
		async (extension) => {
			const trunk = sandbox.addTrunk();
			const poller = await watching(file);
			answers('Suspend them');
			const alone = await play(file, await alarm(poller, call(extension, 25)));
			const words = expect.stringMatching(
				new RegExp(
					`^${extension} has spent 25\\.00 dollars.* It cannot be suspended from here\\. .*'${extension}' .* Stop it in the Crazytel portal\\.$`,
				),
			) as unknown;
			expect(texts(alone, 'Tell a person')).toEqual([words]);
			expect([alone.order.includes('Wait for the answer'), writes()]).toEqual([false, []]);

			const both = await play(file, await alarm(poller, call(extension, 30, 2), call(trunk.username, 25, 2)));
			const [lines = ''] = texts(both, 'Tell a person');
			expect(lines.split('\n')).toEqual(
				expect.arrayContaining([
					expect.stringContaining('It cannot be suspended from here.'),
					expect.stringMatching(/Suspend it\?$/),
					expect.stringContaining(ASKS),
				]),
			);
			expect([writes().length, sandbox.trunks()]).toEqual([1, [{ ...trunk, enabled: false }]]);
			expect(texts(both, 'Tell the result')).toEqual([`${trunk.username} is suspended.`]);
		},
	);

	test('records without an extension are told of, too', async () => {
		const item = {
			extension: null,
			spent: 25,
			limit: 20,
			times: 1,
			from: '2026-11-28T14:00:00',
			to: '2026-11-28T15:00:00',
			calls: 1,
			withoutCost: 0,
			topDestinations: [],
		};
		expect(texts(await play(file, [item]), 'Tell a person')).toEqual([
			expect.stringMatching(
				/^What belongs to no extension has spent 25\.00 dollars; the limit is 20\. 1 record from .* It cannot be suspended from here\. Trunk is empty.* Stop it in the Crazytel portal\.$/,
			),
		]);
	});

	test('a trunk whose list the trigger could not read is found by its username', async () => {
		const trunk = sandbox.addTrunk();
		const poller = await watching(file);
		sandbox.fault({ on: 'list', times: 1, play: { status: 403 } });
		const items = await alarm(poller, call(trunk.username, 25));
		expect(items[0]).not.toHaveProperty('trunkId');
		answers('Suspend them');
		await play(file, items);
		expect(sandbox.trunks()).toEqual([{ ...trunk, enabled: false }]);
	});

	test('two alarms of one trunk are one question, and one suspension', async () => {
		const trunk = sandbox.addTrunk();
		const [item = {}] = await alarm(await watching(file), call(trunk.username, 25));
		answers('Suspend them');
		const reached = await play(file, [item, { ...item, spent: 30 }]);
		expect([texts(reached, 'Tell a person').length, texts(reached, 'Tell the result'), writes().length]).toEqual([
			1,
			[`${trunk.username} is suspended.`],
			1,
		]);
	});

	test('where Crazytel refuses to suspend, the person is told why', async () => {
		const trunk = sandbox.addTrunk();
		const items = await alarm(await watching(file), call(trunk.username, 25));
		answers('Suspend them');
		sandbox.fault({ on: 'update', times: 9, play: { status: 403 } });
		const reached = await play(file, items);
		expect(texts(reached, 'Tell the result')).toEqual([
			expect.stringMatching(new RegExp(`^${trunk.username} could not be suspended\\. .*403`)),
		]);
		expect(sandbox.trunks()).toEqual([trunk]);
	});

	test('where the trunks cannot be looked up, the person is told why', async () => {
		const trunk = sandbox.addTrunk();
		const items = await alarm(await watching(file), call(trunk.username, 25));
		sandbox.fault({ on: 'list', times: 9, play: { status: 403 } });
		const reached = await play(file, items);
		expect(texts(reached, 'Tell a person')).toEqual([
			expect.stringMatching(/It cannot be suspended from here\. .*403.* Stop it in the Crazytel portal\.$/),
		]);
		expect(writes()).toEqual([]);
	});

	test('an example by hand, of what is below the limit, asks nobody', async () => {
		const trunk = sandbox.addTrunk();
		const item = {
			extension: trunk.username,
			trunkId: trunk.id,
			username: trunk.username,
			spent: 0.09,
			limit: 20,
			times: 0,
			from: 'a',
			to: 'b',
			calls: 1,
			withoutCost: 1,
			topDestinations: [],
			wouldFire: false,
		};
		answers('Suspend them');
		const reached = await play(file, [item]);
		expect(texts(reached, 'Tell a person')).toEqual([
			expect.stringMatching(/^Test: .* 1 of them without a cost yet\. That is no alarm: nobody would be told\.$/),
		]);
		expect(writes()).toEqual([]);
	});

	test('nothing before the workflow was switched on starts it, and it does not ask whether the chat has answered with a list', async () => {
		sandbox.addCallRecords([call(sandbox.addTrunk().username, 500, -2)]);
		const poller = await watching(file);
		expect([poller.givenAtActivation(), await poller.tick()]).toEqual([null, null]);
		// A chat that answers with an empty list would end the run otherwise: n8n makes an item of each entry.
		expect(nodeOf(read(file), 'Tell a person').parameters.options).toEqual({
			response: { response: { responseFormat: 'text' } },
		});
	});

	test('the sample is what the trigger gives', async () => {
		const trunk = sandbox.addTrunk();
		const [item = {}] = await alarm(await watching(file), call(trunk.username, 25));
		const [sample] = read(file).pinData['Crazytel Trigger'] ?? [];
		expect(Object.keys(sample?.json ?? {})).toEqual(Object.keys(item));
		expect(trunksToShow).toContainEqual(
			expect.objectContaining({
				id: sample?.json.trunkId,
				username: sample?.json.username,
				description: 'Melbourne sales',
			}),
		);
	});
});
