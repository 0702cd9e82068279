import type { INode, INodeParameters } from 'n8n-workflow';

import { createEngine, type Engine, itemsOf, loadPackage } from '../../engine';
import { ANSWER_MS, check, PACE_MS, requestsOf } from '../../live/check';
import { COMMAND, upToDate } from '../../live/codeNode';
import { inCodeNode } from '../../live/inCodeNode';
import { rowsOf } from '../../live/print';
import type { Report } from '../../live/report';
import { get } from '../../live/transport';
import { defaultSwitches, type Sandbox, startSandbox, type Switches } from '../../sandbox';
import { callRecordsToShow } from '../../sandbox/callRecordsToShow';
import { Ask } from './ask';
import { RawFields } from './rawFields';
import { RunCode } from './runCode';
import { Split } from './split';
import { nodeOf, read } from './workflowFiles';

const workflow = read('check-my-account.json');
const START = 'When you press Execute';

let engine: Engine;
let sandbox: Sandbox;

beforeAll(async () => {
	engine = createEngine(await loadPackage(), {
		'test.ask': new Ask(),
		'test.code': new RunCode(),
		'test.raw': new RawFields(),
		'test.split': new Split(),
	});
});
beforeEach(async () => {
	sandbox = await startSandbox({ switches: { rateLimit: 0 } });
	for (const description of ['Harbour Dental', 'Café Lune']) sandbox.addTrunk({ description });
	sandbox.addCallRecords(callRecordsToShow());
});
afterEach(async () => await sandbox.close());

/** Nodes that are n8n's own are stand-ins under the same name. */
function standIn(node: INode): INode {
	const as = (type: string, parameters: INodeParameters): INode => ({ ...node, type, typeVersion: 1, parameters });
	if (node.name === START) return as('engine.source', { items: [{}] as INodeParameters[] });
	if (node.name === 'Address') return as('engine.assign', { fields: { address: sandbox.url } });
	if (node.type.endsWith('.set')) return as('test.raw', { json: node.parameters.jsonOutput ?? '' });
	if (node.type.endsWith('.splitOut')) return as('test.split', { field: node.parameters.fieldToSplitOut ?? '' });
	if (node.type.endsWith('.code')) return as('test.code', { code: node.parameters.jsCode ?? '' });
	return {
		...as('test.ask', { url: node.parameters.url ?? '' }),
		credentials: { crazytelApi: { id: '1', name: 'Crazytel' } },
	};
}

async function play() {
	const run = await engine.run({
		nodes: workflow.nodes.filter(({ type }) => !type.endsWith('.stickyNote')).map(standIn),
		connections: workflow.connections,
		credential: { apiKey: sandbox.apiKey, baseUrl: sandbox.url },
		startNode: START,
	});
	expect(run.data.resultData.error).toBeUndefined();
	return (node: string) => itemsOf(run, node).map(({ json }) => json);
}

const live = async () =>
	await check({
		baseUrl: sandbox.url,
		apiKey: sandbox.apiKey,
		all: false,
		get,
		now: Date.now,
		pause: async () => await Promise.resolve(),
	});

test(`has the code and the requests of live/ (if not: ${COMMAND})`, async () => {
	expect(workflow.nodes).toEqual(await upToDate(workflow.nodes));
});

test('is as careful as the command', () => {
	const { parameters, onError } = nodeOf(workflow, 'Ask Crazytel');
	expect(parameters).toMatchObject({
		method: 'GET',
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'crazytelApi',
		options: {
			batching: { batch: { batchSize: 1, batchInterval: PACE_MS } },
			redirect: { redirect: { followRedirects: false } },
			response: { response: { fullResponse: true, neverError: true, responseFormat: 'text' } },
			timeout: ANSWER_MS,
		},
	});
	expect(onError).toBe('continueRegularOutput');
	expect(workflow.settings).toMatchObject({
		saveDataErrorExecution: 'none',
		saveDataSuccessExecution: 'none',
		saveManualExecutions: false,
		saveExecutionProgress: false,
	});
	// Past all of the requests and the longest answer.
	expect(workflow.settings.executionTimeout).toBeGreaterThan((16 * PACE_MS + ANSWER_MS) / 1_000);
});

test('says in words how many requests there are', () => {
	expect(requestsOf({ all: false, baseUrl: '' })).toHaveLength(16);
	expect(String(nodeOf(workflow, 'Read me first').parameters.content)).toContain('sixteen');
});

const changes: Array<[string, Partial<Switches>]> = [
	['as documented', {}],
	[
		'with wrapped lists',
		{
			trunkListShape: 'wrapped',
			trunkListKey: 'results',
			verifiedShape: 'wrapped-objects',
			verifiedKey: 'cli',
			balanceShape: 'texts',
		},
	],
	['that shows passwords', { echoPassword: true, errorShape: 'message', validationErrors: 'plain' }],
	['without a list of trunks', { trunkListEndpoint: 404, smsEndpoint: 405 }],
	[
		'that takes 200 call records at most',
		{ callRecords: { ...defaultSwitches.callRecords, largestLimit: 200, wrapper: 'items', timeForm: 'space' } },
	],
	['in pages', { pageSize: 1, pageStyle: 'next elsewhere' }],
];
test.each(changes)('of a service %s it gives the report of the command', async (_what, switches) => {
	sandbox.set(switches);
	const { report } = await live();
	const before = sandbox.requests.length;
	const reached = await play();
	const [share] = reached('To share') as unknown as Report[];

	// Only how long an answer took is not known, and of the headers those of a connection differ.
	const timeless = (verdicts: Report['verdicts'] = []) =>
		verdicts.map((one) => (one.id === 'answer-time' ? { ...one, saw: undefined } : one));
	const common = ({ answers, verdicts, ...rest }: Report) => ({
		...rest,
		verdicts: timeless(verdicts),
		answers: answers.map((answer) => ({ ...answer, headers: {}, took: '' })),
	});
	expect(share && common(share)).toEqual(common(report));
	expect(
		reached('Verdicts')
			.slice(0, -1)
			.map(({ verdict, question }) => [verdict, question]),
	).toEqual(rowsOf(report).map(({ verdict, question }) => [verdict, question]));
	expect(sandbox.requests.slice(before).map(({ method }) => method)).toEqual(Array(16).fill('GET'));
	expect(JSON.stringify(reached('Report'))).not.toMatch(
		new RegExp(
			[
				sandbox.apiKey,
				...sandbox.verifiedNumbers(),
				...sandbox.trunks().flatMap(({ id, username }) => [id, username]),
			].join('|'),
		),
	);
});

test('with a wrong key it says so first, and judges nothing of what was refused after', async () => {
	sandbox.fault({ on: 'any', play: { status: 401 } });
	const reached = await play();
	expect(reached('Verdicts')[0]).toMatchObject({
		verdict: 'ended early',
		question: expect.stringContaining('The API key was refused (401)') as unknown,
	});
	expect(reached('To share')).toMatchObject([{ asked: 1 }]);
});

const inN8n = (message: string, more: object = {}) => ({
	message,
	name: 'NodeApiError',
	timestamp: 1,
	context: {},
	...more,
});
const silences: Array<[string, unknown, string]> = [
	[
		'n8n 2.41 names the cause',
		inN8n('The service refused the connection - perhaps it is offline', {
			cause: { name: 'Error', message: 'connect ECONNREFUSED 127.0.0.1:9' },
		}),
		'nobody listens there',
	],
	['n8n 2.8 does not', inN8n('The service refused the connection - perhaps it is offline'), 'nobody listens there'],
	[
		'an unknown host',
		inN8n('The connection cannot be established, this usually occurs due to an incorrect host (domain) value'),
		'there is no such host',
	],
	[
		'an address without https',
		'Invalid URL: crazytel.io/api/v1/balance/. URL must start with "http" or "https".',
		'there is no such host',
	],
	[
		'a strange certificate',
		inN8n("SSL Issue: consider using the 'Ignore SSL issues' option", { name: 'NodeSslError' }),
		'its certificate is not to be trusted',
	],
	[
		'a connection that ends',
		inN8n('The connection to the server was closed unexpectedly, perhaps it is offline.', {
			cause: { message: 'socket hang up' },
		}),
		'the connection broke off',
	],
];
test.each(silences)('tells what n8n says where no answer came: %s', async (_what, error, words) => {
	const ids = requestsOf({ all: false, baseUrl: '' }).map(({ id }) => id);
	const { read: rows, share } = await inCodeNode(
		'https://crazytel.io',
		ids,
		ids.map(() => ({ json: { error } })),
		Date.now(),
	);
	expect(rows[0]).toMatchObject({ verdict: 'ended early', question: expect.stringContaining(words) as unknown });
	expect(share.ended).toBe(rows[0]?.question);
});

test('with fewer answers than requests it makes no report', async () => {
	await expect(inCodeNode('https://crazytel.io', ['balance', 'trunks'], [{ json: {} }], Date.now())).rejects.toThrow(
		'Run the whole workflow',
	);
});
