/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test may look into objects */
import { inspect } from 'node:util';

import { type Play, startSandbox, type Sandbox } from '../../sandbox';
import { play } from './scene';

jest.mock('../../dist/nodes/Crazytel/api/timeout.js', () => ({ TIMEOUT_MS: 400 }));

/** Characters that JSON, URLs and HTML each write another way. */
const API_KEY = 'Canary-key/+"&<7>e';

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await startSandbox({ apiKey: API_KEY });
});

afterEach(async () => {
	await sandbox.close();
});

/** The password that the node generated and sent. */
function sentPassword(): string {
	const body = sandbox.requests.find(({ kind }) => kind === 'create')?.body as { password?: string } | undefined;
	if (typeof body?.password !== 'string') throw new Error('The node was to send a password');
	return body.password;
}

describe.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)('with %s', (onError) => {
	test('a 422 that echoes its input puts no secret into the run that n8n stores', async () => {
		sandbox.fault({ on: 'create', play: 'echo422' });
		const { run } = await play(sandbox, {
			items: [{}],
			parameters: { operation: 'create', callerIdNumber: '61291234567', options: { checkNumbers: false } },
			node: { onError },
		});

		const stored = inspect(run, { depth: Infinity, maxStringLength: Infinity, maxArrayLength: Infinity });
		expect(stored).not.toContain(sentPassword());
		expect(stored).not.toContain(API_KEY);
	});

	test('an entered password that the API throws back in many forms is masked in all of them', async () => {
		const password = 'Canary1/+"&<x>Pass';
		sandbox.fault({ on: 'create', play: 'echo422' });
		const { good, failed, error, run } = await play(sandbox, {
			items: [{ secret: password }],
			parameters: {
				operation: 'create',
				passwordSource: 'enter',
				password: '={{ $json.secret }}',
				callerIdNumber: '61291234567',
				options: { checkNumbers: false },
			},
			node: { onError },
		});

		const node = run.data.resultData.runData.Crazytel;
		const branch = { ...failed[0], secret: 'what was put in' };
		const shown = inspect([good.map(({ error: message }) => message), branch, error, node?.map((data) => ({ ...data, data: undefined }))], {
			depth: Infinity,
			maxStringLength: Infinity,
		});
		expect(shown).toContain('Password: Refused: ***');
		for (const secret of [password, API_KEY]) {
			for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), Buffer.from(secret).toString('base64')]) {
				expect(shown).not.toContain(form);
			}
		}
	});
});

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

test.each(['error500After', 'lostReplyAfter', 'cutOff', 'truncatedJson', 'empty200', 'html', 'limited', { slowMs: 2_000 }, { redirectTo: 'http://other.example/?k=1' }] as Play[])(
	'no secret in the whole stored run after %j',
	async (fault) => {
		sandbox.set({ echoPassword: true });
		sandbox.fault({ on: 'create', play: fault });
		const { run, error } = await play(sandbox, {
			items: [{}],
			parameters: { operation: 'create', callerIdNumber: '61291234567' },
		});

		expect(error).toBeDefined();
		const stored = inspect(run, { depth: Infinity, maxStringLength: Infinity, maxArrayLength: Infinity });
		expect(stored).not.toContain(sentPassword());
		expect(stored).not.toContain(API_KEY);
	},
);
