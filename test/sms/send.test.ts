import { type IDataObject, type INode, type INodeParameters, NodeConnectionTypes } from 'n8n-workflow';

import { CRAZYTEL_TOOL, crazytelNode, itemsOf, sourceNode } from '../../engine';
import { type Play, type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox';
import { countOf, credentialOf, hintsOf, play, type Scene, theEngine, time } from '../engine/scene';

const FROM = '61412345678';

/** The SMS key of an account. */
const CANARY = 'Canary-sms-key-7';

let sandbox: Sandbox;

afterEach(async () => {
	time.onWait = undefined;
	await sandbox.close();
});

async function open(options: SandboxOptions = {}): Promise<void> {
	sandbox = await startSandbox({ now: time.now, ...options, switches: { rateLimit: 0, ...options.switches } });
}

interface Sending {
	items?: IDataObject[];
	options?: INodeParameters;
	text?: string;
	node?: Partial<INode>;
	credential?: IDataObject;
}

const one = [{ to: '0412 000 001', text: 'Hello' }];

async function send({
	items = one,
	options = {},
	text = '={{ $json.text }}',
	node,
	credential = {},
}: Sending = {}): Promise<Scene> {
	return await play(sandbox, {
		items,
		parameters: {
			resource: 'sms',
			operation: 'send',
			from: '={{ $json.from ?? "61412345678" }}',
			to: '={{ $json.to }}',
			text,
			options,
		},
		...(node !== undefined && { node }),
		credential: { ...credentialOf(sandbox), ...(credential as object) },
	});
}

const sends = () => sandbox.requests.filter(({ kind }) => kind === 'sms');
const keys = () => sends().map(({ headers }) => headers['idempotency-key']);
const texts = () => sandbox.messages().map(({ text }) => text);

describe('what is sent', () => {
	test('is exactly what is documented, and what comes out is the answer, with the numbers and the key', async () => {
		await open();
		const { good } = await send({ items: [{ to: '0412 000 001', text: ' Hello\nthere € ' }] });

		const [request] = sends();
		expect(request).toMatchObject({ method: 'POST', path: '/api/v2/sms/send' });
		expect(request?.rawBody).toBe(JSON.stringify({ from: FROM, to: '61412000001', text: ' Hello\nthere € ' }));
		expect(request?.headers['idempotency-key']).toMatch(/^[0-9a-f]{32}$/);
		const [message] = sandbox.messages();
		expect(good).toEqual([
			{ status: 'queued', uuid: message?.uuid, from: FROM, to: '61412000001', idempotencyKey: message?.key, looked: 0 },
		]);
		expect(sandbox.balance()).toBeCloseTo(148.2063917 - 0.05);
	});

	test('1,000 messages are 1,001 requests', async () => {
		await open();
		await send({
			items: Array.from({ length: 1_000 }, (_, row) => ({ to: `+61 41${2_000_000 + row}`, text: `Hello ${row}` })),
		});
		expect(sandbox.requests).toHaveLength(1_001);
		expect(sandbox.messages()).toHaveLength(1_000);
	}, 120_000);

	test('messages to one number keep the order of their items, however it is written, and go out beside all others', async () => {
		await open();
		sandbox.fault({ on: 'sms', nth: 1, play: { slowMs: 60 } });
		const items = ['0412 000 001', '+61412000001', '0412 000 002', 61412000001].map((to, row) => ({
			to,
			text: `${row}`,
		}));
		await send({ items });
		const arrived = sends().map(({ body }) => (body as IDataObject).text);
		expect(arrived.filter((text) => text !== '2')).toEqual(['0', '1', '3']);
		expect(arrived.indexOf('2')).toBeLessThan(2);
	});

	test.each([
		[{ smsHttpStatus: 201 }],
		[{ smsHttpStatus: 202, smsShape: 'data' }],
		[{ smsShape: 'list' }],
		[{ smsShape: 'no uuid' }],
		[{ smsStatus: 'accepted' }],
		[{ smsStatus: 'delivered' }],
	] as const)('an answer in another form is read: %j', async (switches) => {
		await open({ switches });
		const { good } = await send();
		expect(good).toMatchObject([
			{ status: sandbox.requests.length > 0 && 'smsStatus' in switches ? switches.smsStatus : 'queued' },
		]);
	});

	test.each([[{ smsShape: 'no status' }], [{ smsStatus: 'banana' }]] as const)(
		'what says nothing of how it went is no success, and is not sent again: %j',
		async (switches) => {
			await open({ switches });
			const { told, good } = await send();
			expect(good).toEqual([]);
			expect(told).toContain('in an unknown form');
			if ('smsStatus' in switches) expect(told).toContain("with the status 'banana'");
			expect(told).toContain('It is unknown whether the SMS was sent.');
			expect(sends()).toHaveLength(1);
		},
	);

	test.each([
		[{ to: '61499999999' }, "its To is '61499999999', not '61412000001'"],
		[{ from: 'ACME', to: '+61 412 000 001' }, "its From is 'ACME', not '61412345678'"],
	])('an answer about another message is a warning: %j', async (said, words) => {
		await open();
		sandbox.fault({ on: 'sms', play: { status: 200, body: { status: 'queued', ...said } } });
		const scene = await send();
		const warning = `By what Crazytel answered about the SMS to 61412000001, ${words}. Look for it in the Crazytel portal.`;
		expect(scene.good).toMatchObject([{ ...said, warning }]);
		expect(hintsOf(scene)).toEqual([warning]);
	});

	test('an answer about the same message, in another form, is none', async () => {
		await open();
		sandbox.fault({
			on: 'sms',
			play: { status: 200, body: { status: 'queued', from: '+61412345678', to: ['61412000001'] } },
		});
		expect((await send()).good[0]).not.toHaveProperty('warning');
	});

	test.each(['failed', 'rejected', 'recipients', 'list of rejected'] as const)(
		'a recipient that is refused inside a 200 is no success: %s',
		async (smsRefusal) => {
			await open({ switches: { smsRefusal } });
			const { told, good } = await send();
			expect(good).toEqual([]);
			expect(told).toContain('Crazytel answered 200 to sending the SMS, but says that it failed.');
			expect(sandbox.messages()).toEqual([]);
			expect(sends()).toHaveLength(1);
		},
	);
});

describe('what is refused before anything is sent', () => {
	test.each<[string, IDataObject, string]>([
		['no sender', { from: '' }, 'From is empty.'],
		[
			'a landline as the sender',
			{ from: '02 9123 4567' },
			"From '02 9123 4567' cannot send SMS: an SMS sender is an Australian mobile number.",
		],
		[
			'a sender that is not verified',
			{ from: '0400 000 000' },
			"From '0400 000 000' (read as 61400000000) is not verified for this account. Use one of the verified numbers: 61412345678, 61498765432.",
		],
		['no recipient', { to: null }, 'To is empty.'],
		['no number', { to: 'Bob' }, "To 'Bob' cannot be read as a phone number"],
		['a landline', { to: '(02) 9123 4567' }, "To '(02) 9123 4567' is no mobile number"],
		['a 1300 number', { to: '1300 123 456' }, 'is no mobile number'],
		['no text', { text: ' \n' }, 'Text is empty.'],
		['what stands for no text', { text: 'undefined' }, "Text 'undefined' is what stands for a missing value"],
		['an object', { text: { a: 1 } }, 'Text must be text, and it is an object.'],
		[
			'1,601 characters',
			{ text: 'a'.repeat(1_601) },
			'Text has 1601 characters, more than the 1600 that Crazytel sends.',
		],
		['a control character', { text: 'a\u0000b' }, "Text 'a‹U+0000›b' has a control character"],
		['half of an emoji', { text: 'a\ud83cb' }, 'has a control character, or half of an emoji'],
	])('%s', async (_, wrong, words) => {
		await open();
		const { told, error } = await send({ items: [{ ...one[0], ...wrong }] });
		expect(told).toContain(words);
		expect(error?.description).toContain('Nothing was written.');
		expect(countOf(sandbox, 'sms')).toBe(0);
	});

	test('1,600 emoji are sent', async () => {
		await open();
		expect((await send({ items: [{ ...one[0], text: '🍕'.repeat(1_600) }] })).error).toBeUndefined();
		expect(sandbox.messages()).toMatchObject([{ parts: 49 }]);
	});

	test('with Check Numbers off the sender is left to Crazytel, whose words are told', async () => {
		await open();
		const { told } = await send({ items: [{ ...one[0], from: '0400 000 000' }], options: { checkNumbers: false } });
		expect(sandbox.requests.map(({ kind }) => kind)).toEqual(['sms']);
		expect(told).toMatch(
			/^Crazytel refuses the SMS \(422\)\. From: Sender is not verified for this account\. Correct the sender/,
		);
		const { failed } = await send({
			items: [{ ...one[0], from: '0400 000 000' }],
			options: { checkNumbers: false },
			node: { onError: 'continueErrorOutput' },
		});
		expect(failed).toMatchObject([{ details: { httpCode: '422', field: 'From Name or ID', parameter: 'from' } }]);
	});
});

describe('what Crazytel refuses is told', () => {
	test.each<[string, SandboxOptions, string]>([
		['no balance', { switches: { balance: 0.04 } }, 'The balance of the account is too low for this SMS (402).'],
		['an opted-out recipient', { switches: { optedOut: ['61412000001'] } }, 'To: Recipient has opted out.'],
		['no such address', { switches: { smsEndpoint: 404 } }, 'Crazytel has no address for sending the SMS (404).'],
	])('%s', async (_, options, words) => {
		await open(options);
		const { told } = await send();
		expect(told).toContain(words);
		expect(sandbox.messages()).toEqual([]);
		expect(sends()).toHaveLength(1);
	});
});

describe('the key of the credential', () => {
	test('the SMS API Key is used where it is filled in, and for SMS alone', async () => {
		await open({ switches: { smsKey: 'sms' } });
		const { good } = await send({ credential: { smsApiKey: ` ${sandbox.smsApiKey}\n` } });
		expect(good).toMatchObject([{ status: 'queued' }]);
		expect(sandbox.requests.map(({ kind, headers }) => [kind, headers['x-crazytel-api-key']])).toEqual([
			['verified', sandbox.apiKey],
			['sms', sandbox.smsApiKey],
		]);
	});

	test('else the API Key', async () => {
		await open({ switches: { smsKey: 'account' } });
		expect((await send()).good).toMatchObject([{ status: 'queued' }]);
	});

	test.each([401, 403] as const)('a refusal (%d) says which was used, and what to try', async (smsKeyRefusal) => {
		await open({ switches: { smsKey: 'sms', smsKeyRefusal } });
		const account = await send();
		expect(account.told).toContain(
			`Crazytel does not accept the API Key of the credential for sending an SMS (${smsKeyRefusal}).`,
		);
		expect(account.told).toContain('Put the SMS API key from the Crazytel portal into SMS API Key of the credential');
		sandbox.set({ smsKey: 'account' });
		const other = await send({ credential: { smsApiKey: sandbox.smsApiKey } });
		expect(other.told).toContain(
			`Crazytel does not accept the SMS API Key of the credential for sending an SMS (${smsKeyRefusal}).`,
		);
		expect(other.told).toContain('or leave that field empty');
		expect(sandbox.messages()).toEqual([]);
	});

	test('a refused one ends all messages of the run', async () => {
		await open({ switches: { smsKey: 'sms' } });
		const { failed } = await send({
			items: Array.from({ length: 30 }, () => one[0] ?? {}),
			node: { onError: 'continueErrorOutput' },
		});
		expect(sends()).toHaveLength(1);
		expect(failed).toHaveLength(30);
		expect(failed[29]?.error).toMatch(/^Not sent, because the one before failed: Crazytel does not accept the API Key/);
	});

	test.each<[string, Play]>([
		['an answer that repeats it', { status: 400, body: { detail: `Key ${CANARY} may not` } }],
		['a 422 that echoes all', 'echo422'],
		['a good answer', { status: 200, body: { status: 'queued', note: `by ${CANARY}` } }],
		['a lost reply', 'lostReplyAfter'],
	])('it is shown nowhere: %s', async (_, fault) => {
		await open({ smsApiKey: CANARY });
		sandbox.fault({ on: 'sms', times: 9, play: fault });
		const { stored, run } = await send({ credential: { smsApiKey: CANARY }, node: { onError: 'continueErrorOutput' } });
		expect(sends()[0]?.headers['x-crazytel-api-key']).toBe(CANARY);
		for (const text of [stored, JSON.stringify(run)]) {
			expect(text).not.toContain(CANARY);
			expect(text).not.toContain(Buffer.from(CANARY).toString('base64'));
			expect(text).not.toContain(Buffer.from(CANARY).toString('hex'));
		}
	});
});

describe('a message whose fate is unknown', () => {
	test.each(['lostReplyAfter', 'lostReplyBefore', 'error500After', 'cutOff'] as const)(
		'is sent again under the same key, and goes out once (%s)',
		async (doubt) => {
			await open();
			sandbox.fault({ on: 'sms', times: 3, play: doubt });
			const scene = await send();
			expect(scene.good).toMatchObject([{ status: 'queued', sentAgain: true }]);
			expect(sends()).toHaveLength(4);
			expect(new Set(keys()).size).toBe(1);
			expect(sandbox.messages()).toHaveLength(1);
			expect(hintsOf(scene).join(' ')).toContain('It went out once only if Crazytel honours such keys');
		},
	);

	test.each(['empty200', { status: 204 }] as const)(
		'is not sent again where a success says nothing, in a next try of Retry On Fail neither: %j',
		async (play) => {
			await open({ switches: { idempotencyKeys: 'ignored' } });
			sandbox.fault({ on: 'sms', times: 9, play: typeof play === 'string' ? play : { ...play, after: true } });
			const { told } = await send({ node: { retryOnFail: true, maxTries: 3 } });
			expect(told).toContain('It is unknown whether the SMS was sent.');
			expect(sends()).toHaveLength(1);
			expect(sandbox.messages()).toHaveLength(1);
		},
	);

	test('is told as unknown after four tries, with what is known of keys', async () => {
		await open();
		sandbox.fault({ on: 'sms', times: 9, play: 'lostReplyAfter' });
		const { told } = await send();
		expect(sends()).toHaveLength(4);
		expect(told).toContain('It is unknown whether the SMS was sent.');
		expect(told).toContain('went out once only if Crazytel honours such keys');
	});

	test('says so in the details of the failed item, also where a later try of Retry On Fail is refused for the key', async () => {
		await open();
		sandbox.fault({ on: 'sms', times: 4, play: 'lostReplyAfter' });
		sandbox.fault({ on: 'sms', nth: 5, times: 9, play: { status: 401 } });
		const items = [...one, { to: 'Bob', text: 'Hello' }];
		const { failed } = await send({
			items,
			node: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1, onError: 'continueErrorOutput' },
		});
		expect(failed.map(({ details }) => (details as IDataObject).mayHaveActed)).toEqual([true, undefined]);
	});

	test('by a server that ignores keys it goes out once for each try, and the output says that it was sent again', async () => {
		await open({ switches: { idempotencyKeys: 'ignored' } });
		sandbox.fault({ on: 'sms', times: 1, play: 'lostReplyAfter' });
		expect((await send()).good).toMatchObject([{ sentAgain: true }]);
		expect(sandbox.messages()).toHaveLength(2);
	});

	test('one that was never in doubt is not said to be sent again', async () => {
		await open();
		sandbox.fault({ on: 'sms', times: 2, play: 'limited' });
		const { good } = await send();
		expect(good).toMatchObject([{ status: 'queued' }]);
		expect(good[0]).not.toHaveProperty('sentAgain');
	});
});

describe('the key of an item', () => {
	const retried: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

	test('is its own: two equal items are two messages', async () => {
		await open();
		await send({ items: [...one, ...one] });
		expect(texts()).toEqual(['Hello', 'Hello']);
		expect(new Set(keys()).size).toBe(2);
	});

	test('is the same in all tries of Retry On Fail', async () => {
		await open();
		sandbox.fault({ on: 'sms', times: 2, play: { status: 400 } });
		expect((await send({ node: retried })).good).toMatchObject([{ status: 'queued' }]);
		expect(keys()).toHaveLength(3);
		expect(new Set(keys()).size).toBe(1);
	});

	test('also where the first try was lost, and its text would be another one by now', async () => {
		await open();
		sandbox.fault({ on: 'sms', times: 5, play: 'lostReplyAfter' });
		const { good } = await send({ text: "={{ 'Code ' + Math.random() }}", node: retried });
		expect(good).toMatchObject([{ sentAgain: true }]);
		expect(new Set(keys()).size).toBe(1);
		expect(sandbox.messages()).toHaveLength(1);
	});

	/** Runs the node as often as it is connected to its source, as a loop would. */
	async function inExecution(executionId: string, runs = 1): Promise<Array<string | undefined>> {
		const before = sends().length;
		const parameters = { resource: 'sms', operation: 'send', from: FROM, to: '0412 000 001', text: 'Hello' };
		const main = { node: 'Crazytel', type: NodeConnectionTypes.Main, index: 0 };
		const run = await (
			await theEngine()
		).run({
			nodes: [sourceNode('Rows', [{ row: 0 }]), crazytelNode('Crazytel', parameters)],
			connections: { Rows: { main: [Array.from({ length: runs }, () => main)] } },
			credential: credentialOf(sandbox),
			executionId,
		});
		expect(run.data.resultData.runData.Crazytel).toHaveLength(runs);
		expect(itemsOf(run, 'Crazytel')).toMatchObject([{ json: { status: 'queued' } }]);
		return keys().slice(before);
	}

	test('is another one in each run of the node in an execution, so a loop sends each of its messages', async () => {
		await open();
		const inRuns = await inExecution('7', 3);
		expect(new Set(inRuns).size).toBe(3);
		expect(sandbox.messages()).toHaveLength(3);
	});

	test('is the same where n8n carries out the same execution again, and another one in any other', async () => {
		await open();
		const [first] = await inExecution('7');
		expect(await inExecution('7')).toEqual([first]);
		expect(sandbox.messages()).toHaveLength(1);
		expect(await inExecution('8')).not.toEqual([first]);
		expect(sandbox.messages()).toHaveLength(2);
	});

	test('is drawn at random where the execution has no number', async () => {
		await open();
		expect(await inExecution('')).not.toEqual(await inExecution(''));
		expect(sandbox.messages()).toHaveLength(2);
	});
});

describe('a key of the user', () => {
	const byOrder = { idempotencyKey: '={{ "order " + $json.order }}' };
	const order = (number: number, text = 'Shipped') => ({ to: '0412 000 001', text, order: number });

	test('is sent as it is', async () => {
		await open();
		const { good } = await send({ items: [order(1), order(2)], options: byOrder });
		expect(keys().sort()).toEqual(['order 1', 'order 2']);
		expect(good).toMatchObject([{ idempotencyKey: 'order 1' }, { idempotencyKey: 'order 2' }]);
	});

	test('a webhook that is called twice sends one message, also by a server that ignores keys, and the second says so', async () => {
		await open({ switches: { idempotencyKeys: 'ignored' } });
		const first = await send({ items: [order(1)], options: byOrder });
		const second = await send({ items: [order(1)], options: byOrder });
		expect(sandbox.messages()).toHaveLength(1);
		expect(second.good).toMatchObject([{ uuid: first.good[0]?.uuid, sentBefore: true }]);
	});

	test('two items that are equal are one message, and both are given it', async () => {
		await open();
		const { good } = await send({ items: [order(1), order(1)], options: byOrder });
		expect(sends()).toHaveLength(1);
		expect(good.map(({ uuid, sentBefore }) => [uuid, sentBefore])).toEqual([
			[good[0]?.uuid, undefined],
			[good[0]?.uuid, true],
		]);
	});

	test('two that differ are refused, both, and nothing is sent: a server would send one of them and call both sent', async () => {
		await open();
		const scene = await send({ items: [order(1, 'A'), order(2), order(1, 'B')], options: byOrder });
		expect(scene.told).toContain(
			"Idempotency Key 'order 1' stands on items that ask for different things (0, 2, counted from 0)",
		);
		expect(scene.error?.context).toMatchObject({ itemIndex: 0 });
		expect(sends()).toEqual([]);
		const rest = await send({
			items: [order(1, 'A'), order(2), order(1, 'B')],
			options: byOrder,
			node: { onError: 'continueErrorOutput' },
		});
		expect(rest.failed).toMatchObject([
			{ details: { field: 'Idempotency Key', parameter: 'options.idempotencyKey' } },
			{},
		]);
		expect(keys()).toEqual(['order 2']);
	});

	test('one that was used for another message in the last day is refused', async () => {
		await open();
		await send({ items: [order(1)], options: byOrder });
		expect((await send({ items: [order(1, 'Another')], options: byOrder })).told).toContain(
			"Idempotency Key 'order 1' was used for something else in the last day",
		);
		expect(sends()).toHaveLength(1);
	});

	test.each([409, 422] as const)(
		'that Crazytel knows for another message (%d) is refused in its words',
		async (keyWithOtherBody) => {
			await open({ switches: { keyWithOtherBody } });
			await fetch(`${sandbox.url}/api/v2/sms/send`, {
				method: 'POST',
				headers: {
					'x-crazytel-api-key': sandbox.apiKey,
					'content-type': 'application/json',
					'idempotency-key': 'order 9',
				},
				body: JSON.stringify({ from: FROM, to: '61412000009', text: 'Other' }),
			});
			const { told } = await send({ items: [order(9)], options: byOrder });
			expect(told).toContain('Idempotency-Key was used with another body');
			expect(sandbox.messages()).toHaveLength(1);
		},
	);

	test.each(['', null, 'undefined', 'a\nb'])(
		'%j is refused: whoever has added it does not want the message twice',
		async (key) => {
			await open();
			const { told } = await send({ items: [{ ...one[0], key }], options: { idempotencyKey: '={{ $json.key }}' } });
			expect(told).toMatch(/^Idempotency Key /);
			expect(sends()).toEqual([]);
		},
	);
});

describe('a dry run', () => {
	test('shows encoding, characters, places and parts, and sends nothing', async () => {
		await open();
		const { good } = await send({
			items: [
				{ to: '0412 000 001', text: '5 € [off]' },
				{ to: '0412 000 002', text: `${'a'.repeat(70)}🍕` },
			],
			options: { dryRun: true },
		});
		expect(good).toMatchObject([
			{
				dryRun: true,
				operation: 'send',
				sms: { encoding: 'GSM-7', characters: 9, places: 12, parts: 1 },
				request: {
					method: 'POST',
					path: '/api/v2/sms/send',
					body: { from: FROM, to: '61412000001', text: '5 € [off]' },
				},
			},
			{ sms: { encoding: 'Unicode', characters: 71, places: 72, parts: 2 } },
		]);
		expect(JSON.stringify(good)).not.toContain('Idempotency-Key');
		expect(sends()).toEqual([]);
	});

	test('of two items with one key shows that one message would be sent, and of one that was sent before none', async () => {
		await open();
		const { good } = await send({ items: [...one, ...one], options: { dryRun: true, idempotencyKey: 'order 1' } });
		expect(good).toMatchObject([{ request: { method: 'POST' } }, { request: null, sentBefore: true }]);
		await send({ options: { idempotencyKey: 'order 1' } });
		expect((await send({ options: { dryRun: true, idempotencyKey: 'order 1' } })).good).toMatchObject([
			{ request: null, sentBefore: true },
		]);
		expect(sends()).toHaveLength(1);
	});

	test('shows a key of the user', async () => {
		await open();
		const { good } = await send({ options: { dryRun: true, idempotencyKey: 'order 1' } });
		expect(good).toMatchObject([{ request: { headers: { 'Idempotency-Key': 'order 1' } } }]);
	});
});

describe('as the tool of an agent', () => {
	const byModel = (key: string, description: string) =>
		`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${key}', \`${description}\`, 'string') }}`;

	/** With From chosen by the model, as its dropdown offers it. */
	async function toolOf(node: Partial<INode> = {}, options: INodeParameters = {}) {
		const engine = await theEngine();
		const [first] = await engine.loadOptions('getSmsSenders', credentialOf(sandbox), CRAZYTEL_TOOL);
		const parameters = {
			resource: 'sms',
			operation: 'send',
			from: String(first?.value),
			to: byModel('To', 'A mobile number, such as 0412 345 678'),
			text: byModel('Text', 'What the message says'),
			options,
		};
		return engine.toolOf(crazytelNode('Send SMS', parameters, node), credentialOf(sandbox));
	}

	test('the model is asked for sender, recipient and text, and told what is wrong with a number', async () => {
		await open();
		const tool = await toolOf();
		expect(tool.description).toBe('Send SMS in Crazytel');
		expect(Object.keys(tool.asks).sort()).toEqual(['SMS_Sender', 'Text', 'To']);
		await expect(tool.call({ SMS_Sender: '0412 345 678', To: '02 9123 4567', Text: 'Hello' })).rejects.toThrow(
			'is no mobile number',
		);
		expect(
			JSON.parse(String(await tool.call({ SMS_Sender: '0412 345 678', To: '0412 000 001', Text: 'Hello' }))),
		).toMatchObject([{ status: 'queued' }]);
		expect(texts()).toEqual(['Hello']);
	});

	test('tries of one call have one key, and each call has its own', async () => {
		await open();
		sandbox.fault({ on: 'sms', times: 5, play: 'lostReplyAfter' });
		const tool = await toolOf({ retryOnFail: true, maxTries: 3, waitBetweenTries: 1 });
		await tool.call({ SMS_Sender: '0412 345 678', To: '0412 000 001', Text: 'Hello' });
		expect(keys()).toHaveLength(6);
		expect(new Set(keys()).size).toBe(1);
		expect(texts()).toEqual(['Hello']);
		await tool.call({ SMS_Sender: '0412 345 678', To: '0412 000 001', Text: 'Bye' });
		expect(texts()).toEqual(['Hello', 'Bye']);
	});
});
