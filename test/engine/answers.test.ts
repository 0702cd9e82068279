import type { INodeParameters } from 'n8n-workflow';

import { type Play, startSandbox, type Sandbox } from '../../sandbox';
import { play } from './scene';

// The node waits half a minute for an answer; a test need not.
jest.mock('../../dist/nodes/Crazytel/api/timeout.js', () => ({ TIMEOUT_MS: 500 }));

const CREATE: INodeParameters = {
	operation: 'create',
	callerIdNumber: '61291234567',
	options: { checkNumbers: false },
};

let sandbox: Sandbox;
let suspendTrunk: INodeParameters;

beforeEach(async () => {
	sandbox = await startSandbox();
	const trunk = sandbox.addTrunk({ enabled: true });
	suspendTrunk = { operation: 'suspend', trunk: { __rl: true, mode: 'id', value: trunk.id } };
});

afterEach(async () => {
	await sandbox.close();
});

async function errorOf(parameters: INodeParameters, fault?: Play) {
	const on = parameters.operation === 'create' ? 'create' : 'update';
	// Without a list the node cannot look for a trunk whose reply was lost.
	sandbox.set({ trunkListEndpoint: 404 });
	// More often than the node tries, which after a 429 is for ten minutes.
	if (fault !== undefined) sandbox.fault({ on, times: 1_000, play: fault });
	const { error, told } = await play(sandbox, { items: [{}], parameters });
	if (error === undefined) throw new Error('The run was to fail');
	return { ...error, name: error.name, headline: error.message, told };
}

describe('every documented status is turned into words that help', () => {
	const statuses: Array<[number, RegExp]> = [
		[400, /^Crazytel refuses the Caller ID \(400\)\. Crazytel says: "Because so"\. Choose a verified number/],
		[
			401,
			/^Crazytel does not accept the API key \(401\)\. .*account API key, not the SMS API key, into the credential/,
		],
		[403, /^Crazytel does not accept the API key \(403\)\./],
		[
			404,
			/^Crazytel has no address for creating the trunk \(404 at http.*\/api\/v1\/sip-trunks\/\)\..*Check the Base URL/,
		],
		[
			422,
			/^Crazytel refuses the settings, in most cases the Password \(422\)\. Crazytel says: "Because so"\. Correct it/,
		],
		[
			429,
			/^Crazytel's limit of requests is reached \(429\): 60 a minute for the whole account\..*Run it again in a minute\. Nothing was written/,
		],
		[
			500,
			/^Crazytel failed while creating the trunk \(500\)\. .*The list of trunks could not be read.*It is unknown whether the trunk exists\. Look for it in the Crazytel portal before you run this again/,
		],
		[502, /^Crazytel failed while creating the trunk \(502\)\..*It is unknown whether the trunk exists/],
		[418, /^Crazytel refused creating the trunk \(418\)\. Crazytel says: "Because so"\./],
	];

	test.each(statuses)('%d', async (status, words) => {
		const error = await errorOf(CREATE, { status, body: { detail: 'Because so' } });

		expect(error.told).toMatch(words);
		expect(error.name).toBe('NodeApiError');
		expect(error.httpCode).toBe(String(status));
	});

	test('404 of an update names the trunk', async () => {
		const error = await errorOf(suspendTrunk, { status: 404 });

		expect(error.told).toMatch(/^Trunk '[0-9a-f-]{36}' does not exist in this account \(404\)\./);
	});

	test('500 of an update says that repeating it is safe', async () => {
		const error = await errorOf(suspendTrunk, 'error500After');

		expect(error.told).toMatch(/It is unknown whether the change was made\. Running it again is safe/);
	});

	test('429 says for how long to wait', async () => {
		sandbox.set({ retryAfter: 'seconds' });
		const error = await errorOf(suspendTrunk, 'limited');

		expect(error.told).toMatch(/Run it again in 60 seconds\./);
	});
});

describe('every shape of an error body is read', () => {
	test.each(['detail', 'error.message', 'error', 'message'] as const)('%s', async (errorShape) => {
		sandbox.set({ errorShape });
		const error = await errorOf({ ...CREATE, callerIdNumber: '61299999999' });

		expect(error.told).toMatch(/\(400\)\. Crazytel says: "[^"]*verified[^"]*"\./i);
	});

	test("FastAPI's list names the field as the editor shows it", async () => {
		const error = await errorOf(CREATE, {
			status: 422,
			body: { detail: [{ loc: ['body', 'caller_id_number'], msg: 'not a number', type: 'x', input: 'y' }] },
		});

		expect(error.told).toBe('Crazytel refuses the settings (422). Caller ID: not a number. Correct it and run again.');
	});

	test('an empty body', async () => {
		sandbox.set({ errorShape: 'empty' });
		const error = await errorOf({ ...CREATE, callerIdNumber: '61299999999' });

		expect(error.told).toBe(
			'Crazytel refuses the Caller ID (400). Choose a verified number from the list, or verify this one in the Crazytel portal first.',
		);
	});

	test('a web page is cut to its title and labelled', async () => {
		const error = await errorOf(suspendTrunk, 'html');

		expect(error.told).toMatch(/\(502\)\. It answered with a web page titled "[^"<]+", as a proxy in between does\./);
		expect(error.message).not.toContain('<');
	});
});

describe('a 2xx that is not the promised answer', () => {
	const answers: Array<[Play, string]> = [
		['empty200', 'an empty answer'],
		['html200', 'a web page'],
		['truncatedJson', 'text that is not whole JSON'],
		[{ status: 200, body: { ok: true } }, 'data in an unknown form'],
		[{ status: 200, body: [1, 2] }, 'data in an unknown form'],
	];

	test.each(answers)('%j', async (fault, what) => {
		const error = await errorOf(CREATE, fault);

		expect(error.told).toMatch(new RegExp(`^Crazytel answered creating the trunk with ${what}`));
		expect(error.told).toMatch(/It is unknown whether the trunk exists\./);
	});
});

describe('no answer', () => {
	test.each(['lostReplyAfter', 'lostReplyBefore', 'cutOff'] as const)('%s', async (fault) => {
		const error = await errorOf(CREATE, fault);

		expect(error.told).toMatch(
			/^The connection to 127\.0\.0\.1:\d+ broke while creating the trunk \(.+\)\. The list of trunks could not be read.* It is unknown whether the trunk exists/,
		);
	});

	test('too late', async () => {
		const error = await errorOf(CREATE, { slowMs: 5_000 });

		expect(error.told).toMatch(
			/^Crazytel did not answer within 0.5 seconds while creating the trunk\. The list.* It is unknown/,
		);
		expect(error.httpCode).toBe('ECONNABORTED');
	});

	test('refused: nothing was sent, and the message says so', async () => {
		await sandbox.refuse();
		const error = await errorOf(CREATE);

		expect(error.told).toMatch(
			/^Crazytel cannot be reached at 127\.0\.0\.1:\d+: the connection was refused\. Nothing was sent\. Check the Base URL/,
		);
		expect(error.httpCode).toBe('ECONNREFUSED');
	});

	test('an unknown host', async () => {
		const { told } = await play(sandbox, {
			items: [{}],
			parameters: CREATE,
			credential: { apiKey: 'some-key', baseUrl: 'https://no-such-host.invalid', requestsPerMinute: 0 },
		});

		expect(told).toMatch(
			/^Crazytel cannot be reached at no-such-host\.invalid: (?:no such host name was found|its host name could not be looked up)\./,
		);
	});
});

describe('redirects are never followed', () => {
	test.each([301, 302, 307, 308] as const)('%d to another host: the key does not go there', async (status) => {
		const stranger = await startSandbox();
		const error = await errorOf(CREATE, {
			redirectTo: `${stranger.url.replace('127.0.0.1', 'localhost')}/api/v1/sip-trunks/?secret=1`,
			status,
		});

		expect(error.told).toMatch(
			/^127\.0\.0\.1:\d+ redirects to another host, localhost:\d+ \(30\d\)\. The request was not repeated there, and the API key was not sent to it\./,
		);
		expect(error.message).not.toContain('secret');
		expect(stranger.requests).toStrictEqual([]);
		expect(sandbox.requests.filter(({ kind }) => kind === 'create')).toHaveLength(1);
		await stranger.close();
	});

	test('to the same host', async () => {
		const error = await errorOf(CREATE, { redirectTo: `${sandbox.url}/elsewhere`, status: 307 });

		expect(error.told).toMatch(/redirects the request \(307\) to http:.*follows no redirect\. Check the Base URL/);
	});
});

test('a base URL with /api behind it works, as the vendor prints it', async () => {
	const { error } = await play(sandbox, {
		items: [{}],
		parameters: suspendTrunk,
		credential: { apiKey: ` ${sandbox.apiKey}\n`, baseUrl: ` ${sandbox.url}/api/v1/ `, requestsPerMinute: 0 },
	});

	expect(error).toBeUndefined();
	expect(sandbox.trunks()[0]?.enabled).toBe(false);
});
