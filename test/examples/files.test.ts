import type { INode, INodeTypeDescription } from 'n8n-workflow';

import { CRAZYTEL, CRAZYTEL_TRIGGER, crazytelNode, loadPackage } from '../../engine';
import { parameterProblems } from './parameterProblems';
import { files, nodeOf, read, textOf } from './workflowFiles';

let description: INodeTypeDescription;
let descriptions: Record<string, INodeTypeDescription>;

beforeAll(async () => {
	const { node, trigger } = await loadPackage();
	({ description } = node);
	descriptions = { [CRAZYTEL]: description, [CRAZYTEL_TRIGGER]: trigger.description };
});

test('these examples are there', () => {
	expect(files).toEqual([
		'check-my-account.json',
		'enable-on-payment.json',
		'low-balance-alarm.json',
		'monthly-usage.json',
		'new-customer.json',
		'provision-in-batches.json',
		'provision-on-deal-won.json',
		'stop-toll-fraud.json',
		'suspend-overdue-with-approval.json',
		'suspend-overdue.json',
		'sync-customers.json',
		'verified-numbers.json',
	]);
});

describe.each(files)('%s', (file) => {
	const workflow = read(file);
	const text = textOf(file);

	test('has what n8n exports, and nothing of the n8n that it was made on', () => {
		expect(Object.keys(workflow)).toEqual(['name', 'nodes', 'pinData', 'connections', 'active', 'settings', 'tags']);
		expect(workflow).toMatchObject({ tags: [], active: false, settings: { executionOrder: 'v1' } });
		expect(text).not.toMatch(/instanceId|versionId|"createdAt"|"shared"/);
	});

	test('has nodes with different names and ids', () => {
		for (const key of ['name', 'id'] as const) {
			const values = workflow.nodes.map((node) => node[key]);
			expect(new Set(values).size).toBe(values.length);
		}
	});

	test('uses nodes of n8n itself, in versions that n8n has had for long', () => {
		const versions: Record<string, number> = {
			[CRAZYTEL]: 1,
			[CRAZYTEL_TRIGGER]: 1,
			'n8n-nodes-base.code': 2,
			'n8n-nodes-base.convertToFile': 1.1,
			'n8n-nodes-base.dataTable': 1,
			'n8n-nodes-base.httpRequest': 4.2,
			'n8n-nodes-base.if': 2.2,
			'n8n-nodes-base.manualTrigger': 1,
			'n8n-nodes-base.noOp': 1,
			'n8n-nodes-base.respondToWebhook': 1.1,
			'n8n-nodes-base.scheduleTrigger': 1.2,
			'n8n-nodes-base.set': 3.4,
			'n8n-nodes-base.splitInBatches': 3,
			'n8n-nodes-base.splitOut': 1,
			'n8n-nodes-base.stickyNote': 1,
			'n8n-nodes-base.wait': 1.1,
			'n8n-nodes-base.webhook': 2,
		};
		for (const { type, typeVersion } of workflow.nodes) expect([type, typeVersion]).toEqual([type, versions[type]]);
	});

	test('connects nodes that exist, and every node but the notes', () => {
		const names = workflow.nodes.map(({ name }) => name);
		const sources = Object.keys(workflow.connections);
		const targets = Object.values(workflow.connections).flatMap(({ main = [] }) =>
			main.flatMap((output) => (output ?? []).map(({ node }) => node)),
		);
		expect(names).toEqual(expect.arrayContaining([...sources, ...targets]));
		const connected = workflow.nodes.filter(({ name }) => sources.includes(name) || targets.includes(name));
		expect(connected).toEqual(workflow.nodes.filter(({ type }) => !type.endsWith('.stickyNote')));
	});

	test('holds no credential and no secret', () => {
		for (const node of workflow.nodes) expect(node).not.toHaveProperty('credentials');
		for (const secret of text.matchAll(/"(?:password|apiKey|value|token)": *"([^"]*)"/g)) {
			expect(secret[1]).toMatch(/^(?:=\{\{ .* \}\}|https:\/\/crazytel\.io|application\/json)?$/);
		}
	});

	test('lets nobody call a webhook without a key, and answers by a node of its own', () => {
		for (const { parameters } of workflow.nodes.filter(({ type }) => type.endsWith('.webhook'))) {
			expect(parameters).toMatchObject({
				httpMethod: 'POST',
				authentication: 'headerAuth',
				responseMode: 'responseNode',
			});
		}
	});

	test('says in a note what to fill in, and names only nodes that are there', () => {
		const note = String(nodeOf(workflow, 'Read me first').parameters.content);
		const named = [...note.matchAll(/\*\*(.+?)\*\*/g)].map(([, name]) => name);
		expect(named.length).toBeGreaterThan(1);
		for (const name of named) nodeOf(workflow, String(name));
		expect(note).toContain('choose your Crazytel credential');
	});

	// What asks Crazytel itself, as the Crazytel node does.
	const asksCrazytel = ({ type, parameters }: INode) =>
		type === CRAZYTEL || parameters.nodeCredentialType === 'crazytelApi';
	const isReading = ({ parameters }: INode) =>
		/^(?:getAll|GET)$/.test(String(parameters.method ?? parameters.operation));
	const isWriting = workflow.nodes.some((node) => asksCrazytel(node) && !isReading(node));
	const isMessage = ({ type, parameters }: INode) => type.endsWith('.httpRequest') && parameters.method === 'POST';
	const namesOf = (those: (node: INode) => boolean) => workflow.nodes.filter(those).map(({ name }) => name);
	/** Where something comes from outside that its user has to send. */
	const incoming = namesOf(
		(node) => /\.(?:webhook|httpRequest)$/.test(node.type) && !isMessage(node) && !asksCrazytel(node),
	);
	// By hand the trigger shows what is there, alarm or not: nobody is to be asked whether to change something for that.
	const pinned = [...incoming, ...namesOf((node) => isMessage(node) || (isWriting && node.type === CRAZYTEL_TRIGGER))];

	test('shows sample bodies that can be copied, where something comes from outside, as they are pinned', () => {
		const note = String(nodeOf(workflow, 'Read me first').parameters.content);
		const samples = [...note.matchAll(/```\n(.+?)\n```/gs)].map(([, sample]) => JSON.parse(String(sample)) as object);
		expect(samples).toHaveLength(incoming.length === 0 ? 0 : 1);
		for (const sample of samples) {
			const [first] = workflow.pinData[String(incoming[0])] ?? [];
			expect(Array.isArray(sample) ? sample[0] : { body: sample }).toEqual(
				Array.isArray(sample) ? first?.json : { body: first?.json.body },
			);
		}
	});

	test('has sample data for what would talk to the outside, and for nothing else; the note says so', () => {
		expect(Object.keys(workflow.pinData).sort()).toEqual(pinned.sort());
		const note = String(nodeOf(workflow, 'Read me first').parameters.content);
		const trial = /### Try it\n([^]+?)\n\n/.exec(note)?.[1] ?? '';
		for (const name of pinned) expect(trial).toContain(`**${name}**`);
		if (isWriting)
			expect(trial).toMatch(
				/pinned sample data.* really writes.* nothing is written|pinned sample data.* really writes.* there is no form/,
			);
		else expect(trial).toMatch(/only reads: nothing is written, sent or charged for/);
		if (pinned.length > 0) expect(trial).toContain('n8n uses pinned data only when you run it by hand');
	});

	test('says of what is pinned in place of a message that nobody was told', () => {
		for (const name of namesOf(isMessage)) {
			expect(workflow.pinData[name]).toEqual([
				{ json: { pinned: expect.stringMatching(/^Sample data: .*\b(?:no|nobody)\b/) as unknown } },
			]);
		}
	});

	test('tells in numbered steps what to do, unpinning first what is pinned', () => {
		const note = String(nodeOf(workflow, 'Read me first').parameters.content);
		const steps = note.split('### Make it yours\n')[1]?.match(/^\d+\./gm) ?? [];
		expect(steps.length).toBeGreaterThan(2);
		expect(steps).toEqual(steps.map((_, step) => `${step + 1}.`));
		if (pinned.length > 0) expect(note).toMatch(/\n1\. .*unpin/);
	});

	test('says that it has to be published, before anybody is to call it', () => {
		const steps = String(nodeOf(workflow, 'Read me first').parameters.content).split('### Make it yours\n')[1] ?? '';
		const isByHand = workflow.nodes.some(({ type }) => type.endsWith('.manualTrigger'));
		expect(/^\d+\. Publish the workflow/m.test(steps)).toBe(!isByHand);
		const calledBy = steps.indexOf("call the webhook's production URL");
		if (calledBy >= 0) expect(steps.indexOf('Publish the workflow')).toBeLessThan(calledBy);
	});

	test('says what the red triangles are, where n8n marks that a credential is missing', () => {
		const note = String(nodeOf(workflow, 'Read me first').parameters.content);
		const lacks = ({ parameters }: INode) =>
			parameters.authentication === 'headerAuth' || parameters.genericAuthType === 'httpHeaderAuth';
		expect(note.includes('A red triangle is no error')).toBe(workflow.nodes.some(lacks));
	});

	test('sets only fields of the Crazytel nodes that exist and are shown, and all that are required', () => {
		const crazytel = workflow.nodes.filter(({ type }) => type in descriptions);
		expect([...crazytel, ...workflow.nodes.filter(asksCrazytel)].length).toBeGreaterThan(0);
		for (const node of crazytel)
			expect([node.name, parameterProblems(node, descriptions[node.type] ?? description)]).toEqual([node.name, []]);
	});

	test('sends what fails out of the error output, or on to a node that reads the reason, so that one bad row holds up no other', () => {
		for (const { name, onError, alwaysOutputData } of workflow.nodes.filter(({ type }) => type === CRAZYTEL)) {
			if (alwaysOutputData === true) continue;
			const outputs = workflow.connections[name]?.main ?? [];
			if (onError === 'continueRegularOutput') {
				expect(outputs).toHaveLength(1);
				for (const { node } of outputs[0] ?? [])
					expect(JSON.stringify(nodeOf(workflow, node).parameters)).toMatch(/\.error \? /);
				continue;
			}
			expect(onError).toBe('continueErrorOutput');
			expect(outputs).toHaveLength(2);
		}
	});

	// With Always Output Data n8n sends an empty item on beside one that leaves by the error output, as if nothing had been found.
	test('has one output where nothing that was found is an item too', () => {
		for (const { name, onError } of workflow.nodes.filter(({ alwaysOutputData }) => alwaysOutputData === true)) {
			expect([name, onError]).toEqual([name, 'continueRegularOutput']);
			expect(workflow.connections[name]?.main).toHaveLength(1);
		}
	});
});

describe('the check of parameters finds', () => {
	const create = { operation: 'create', callerIdNumber: '61291234567' };
	test.each([
		['a field that does not exist', { ...create, callerID: '1' }, 'callerID is not'],
		['a field of another operation', { ...create, trunk: { __rl: true, mode: 'id', value: '1' } }, 'trunk is not'],
		['a field that is hidden', { ...create, password: 'x' }, 'password is not'],
		['a setting that does not exist', { ...create, additionalFields: { area: '02' } }, 'additionalFields.area is not'],
		['an operation that does not exist', { operation: 'erase' }, 'erase'],
		['a choice that does not exist', { ...create, passwordSource: 'guess' }, 'guess'],
		['a required field that is empty', { operation: 'create' }, 'Caller ID'],
		['a trunk that is not chosen', { operation: 'suspend' }, 'Trunk'],
	])('%s', (_, parameters, words) => {
		expect(parameterProblems(crazytelNode('Crazytel', parameters), description).join('; ')).toContain(words);
	});

	test('nothing where all is well', () => {
		expect(parameterProblems(crazytelNode('Crazytel', create), description)).toEqual([]);
	});
});
