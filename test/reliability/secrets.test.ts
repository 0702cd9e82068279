/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test may look into objects */
import { capturedLog } from './capturedLog';

import { inspect } from 'node:util';

import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { type Play, type RequestKind, startSandbox, type Sandbox } from '../../sandbox';
import { play, type Scene, time } from '../engine/scene';

jest.mock('../../dist/nodes/Crazytel/api/timeout.js', () => ({ TIMEOUT_MS: 500 }));

/** Characters that JSON, URLs and HTML each write another way. */
const API_KEY = 'Canary-key/+"&<7>e';
const PASSWORD = 'Canary1/+"&<x>Pass';

type Operation = [name: string, kind: RequestKind, parameters: INodeParameters];

const OPERATIONS: Operation[] = [
	[
		'create',
		'create',
		{
			operation: 'create',
			passwordSource: 'enter',
			password: '={{ $json.secret }}',
			callerIdNumber: '61291234567',
		},
	],
	[
		'update',
		'update',
		{
			operation: 'update',
			trunk: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
			updateFields: { password: '={{ $json.secret }}', callerIdNumber: '61291234567' },
		},
	],
	['suspend', 'update', { operation: 'suspend', trunk: { __rl: true, mode: 'id', value: '={{ $json.id }}' } }],
	['enable', 'update', { operation: 'enable', trunk: { __rl: true, mode: 'id', value: '={{ $json.id }}' } }],
	[
		'rotatePassword',
		'update',
		{
			operation: 'rotatePassword',
			trunk: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
			passwordSource: 'enter',
			password: '={{ $json.secret }}',
		},
	],
	[
		'delete',
		'delete',
		{ operation: 'delete', trunk: { __rl: true, mode: 'username', value: '={{ $json.username }}' } },
	],
	[
		'upsert of a new trunk',
		'create',
		{
			operation: 'upsert',
			trunkDescription: 'Nobody has this',
			passwordSource: 'enter',
			password: '={{ $json.secret }}',
			callerIdNumber: '61291234567',
			options: { onlyIfChanged: true },
		},
	],
	[
		'upsert of a trunk that exists',
		'update',
		{
			operation: 'upsert',
			trunkDescription: 'Acme',
			passwordSource: 'enter',
			password: '={{ $json.secret }}',
			callerIdNumber: '61291234567',
			options: { onlyIfChanged: true, updatePassword: true },
		},
	],
	['getAll', 'list', { operation: 'getAll' }],
];

const FAULTS: Play[] = [
	'lostReplyAfter',
	'lostReplyBefore',
	'error500After',
	'error500Before',
	'limited',
	'html',
	'html200',
	'truncatedJson',
	'cutOff',
	'empty200',
	{ slowMs: 2_000 },
	{ redirectTo: `http://other.example/?key=${encodeURIComponent(API_KEY)}&password=${encodeURIComponent(PASSWORD)}` },
	{ status: 401, body: { error: { message: `Key ${API_KEY} is not known` } } },
	{ status: 400, body: `Plain text with ${API_KEY}` },
	{ status: 500, body: { [API_KEY]: { nested: [API_KEY, { password: PASSWORD }] }, message: API_KEY } },
	{ status: 200, body: { id: 'x', username: API_KEY, password: PASSWORD } },
];

/** The password as it was sent or in free text, which only a request that carried it can know for what it is. */
const FAULTS_WITH_PASSWORD: Play[] = [
	'echo422',
	{ status: 400, body: `Plain text with ${PASSWORD}` },
	{ status: 500, body: { [PASSWORD]: { nested: [PASSWORD] }, message: PASSWORD } },
	{ status: 200, body: { id: 'x', username: PASSWORD, description: `was ${PASSWORD}` } },
];

/** In all the forms that a server, a library or a log may write a value in. */
const FORMS = [API_KEY, PASSWORD].flatMap((secret) => [
	secret,
	JSON.stringify(secret).slice(1, -1),
	encodeURIComponent(secret),
	encodeURIComponent(secret).toLowerCase(),
	Buffer.from(secret).toString('base64'),
	Buffer.from(secret).toString('base64url'),
	Buffer.from(secret).toString('hex'),
	secret.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;'),
]);

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await startSandbox({ apiKey: API_KEY, now: time.now, switches: { echoPassword: true } });
	capturedLog.length = 0;
});

afterEach(async () => {
	await sandbox.close();
});

/** What n8n stores and shows of a run, without what was put into it: the items, and n8n's queue of them. */
function madeByNode({ run, good, failed, error }: Scene): string {
	const withoutInput = (items: IDataObject[]) => items.map((item) => ({ ...item, secret: 'what was put in' }));
	const nodeRuns = run.data.resultData.runData.Crazytel?.map(({ data, ...others }) => [
		others,
		data?.main?.map((items) => items?.map(({ json, ...item }) => [item, withoutInput([json])])),
	]);
	return inspect([nodeRuns, withoutInput(good), withoutInput(failed), error, run.data.resultData.error, capturedLog], {
		depth: Infinity,
		maxStringLength: Infinity,
		maxArrayLength: Infinity,
	});
}

type OnError = NonNullable<INode['onError']>;
const MODES: OnError[] = ['stopWorkflow', 'continueErrorOutput', 'continueRegularOutput'];

/** What a rotation has in this place. */
function turn<T>(some: readonly T[], place: number): T {
	return some[place % some.length] as T;
}

const sendsPassword = ([, , parameters]: Operation): boolean => JSON.stringify(parameters).includes('secret');
const isSlow = (fault: Play): boolean => typeof fault === 'object' && 'slowMs' in fault;

/** What a failure comes to depends on what the request does: whether it is repeated, looked for or given up. */
const BY_EFFECT: Operation[][] = [
	OPERATIONS.filter(([, kind]) => kind === 'create'),
	OPERATIONS.filter(([, kind]) => kind === 'update'),
	OPERATIONS.filter(([, kind]) => kind === 'delete' || kind === 'list'),
];

/**
 * Each fault meets one operation of each effect in turn, and all modes with it. A password that is
 * repeated meets every operation that sends one, because each has its own way of making requests with it.
 */
const CASES: Array<{ operation: Operation; onError: OnError; fault: Play }> = [
	...FAULTS.flatMap((fault, row) =>
		// A read or a delete is repeated, and would wait for its timeout every time.
		BY_EFFECT.slice(0, isSlow(fault) ? 2 : 3).map((operations, column) => ({
			operation: turn(operations, row),
			onError: turn(MODES, row + column),
			fault,
		})),
	),
	...FAULTS_WITH_PASSWORD.flatMap((fault, row) =>
		OPERATIONS.filter(sendsPassword).map((operation, column) => ({
			operation,
			onError: turn(MODES, row + column),
			fault,
		})),
	),
];

test('each fault meets all modes, and each operation all of them too', () => {
	const modesOf = (isMeant: (one: (typeof CASES)[number]) => boolean) =>
		new Set(CASES.filter(isMeant).map(({ onError }) => onError)).size;
	expect(
		[...FAULTS, ...FAULTS_WITH_PASSWORD].filter(
			(meant) => modesOf(({ fault }) => fault === meant) < (isSlow(meant) ? 2 : 3),
		),
	).toEqual([]);
	expect(OPERATIONS.filter((meant) => modesOf(({ operation }) => operation === meant) < 3)).toEqual([]);
});

describe.each(OPERATIONS)('%s', (...operation) => {
	const [name, kind, parameters] = operation;
	const cases = CASES.filter(({ operation: [other] }) => other === name);

	describe.each(MODES)('%s', (onError) => {
		const faults = cases.filter((one) => one.onError === onError).map(({ fault }) => fault);

		test.each(faults)('no secret is shown, stored or logged after %j', async (fault) => {
			const trunk = sandbox.addTrunk({ password: PASSWORD, description: 'Acme' });
			sandbox.fault({ on: kind, times: 10, play: fault });

			const scene = await play(sandbox, {
				items: [{ id: trunk.id, username: trunk.username, secret: PASSWORD }],
				parameters,
				node: { onError },
			});

			const made = madeByNode(scene);
			expect(scene.run.data.resultData.runData.Crazytel).toHaveLength(1);
			expect(capturedLog.join('')).toContain('Running node "Crazytel"');
			for (const form of FORMS) expect(made).not.toContain(form);
		});
	});
});

test('a generated password is nowhere in a run that failed, not even in what n8n keeps of it', async () => {
	sandbox.set({ trunkListEndpoint: 404 });
	sandbox.fault({ on: 'create', play: 'error500After' });
	const { run, error } = await play(sandbox, {
		items: [{}],
		parameters: { operation: 'create', callerIdNumber: '61291234567' },
	});

	expect(error).toBeDefined();
	const [stored] = sandbox.trunks();
	expect(stored?.password).toMatch(/^\w{24}$/);
	expect(inspect(run, { depth: Infinity, maxStringLength: Infinity })).not.toContain(stored?.password);
});

test.each(['stopWorkflow', 'continueErrorOutput'] as const)(
	'no password is in a dry run, and a generated one is nowhere at all (%s)',
	async (onError) => {
		const trunk = sandbox.addTrunk({ password: PASSWORD, description: 'Acme' });
		for (const [, , parameters] of OPERATIONS.filter(([name]) => name !== 'getAll')) {
			const scene = await play(sandbox, {
				items: [{ id: trunk.id, username: trunk.username, secret: PASSWORD }],
				parameters: {
					...parameters,
					options: {
						...(parameters.options as INodeParameters),
						dryRun: true,
						...(JSON.stringify(parameters).includes('secret') && { includePassword: true }),
					},
				},
				node: { onError },
			});
			expect(scene.good).toMatchObject([{ dryRun: true }]);
			for (const form of FORMS) expect(madeByNode(scene)).not.toContain(form);
		}
		expect(sandbox.requests.every(({ method }) => method === 'GET')).toBe(true);
	},
);

test('an error stores no password that is fixed in the node', async () => {
	const password = 'Fixed1InTheNode';
	sandbox.fault({ on: 'create', play: { status: 400 } });
	const { error } = await play(sandbox, {
		items: [{}],
		parameters: { operation: 'create', passwordSource: 'enter', password, callerIdNumber: '61291234567' },
	});

	expect(error).toBeDefined();
	expect(inspect(error, { depth: Infinity })).not.toContain(password);
});
