import type { IDataObject } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../sandbox';
import type { Keeping } from '../../engine/polling';
import { credentialOf, failureOf, fetchTestEvent, pass, pollerOf, time } from './scene';

let sandbox: Sandbox;

beforeEach(async () => void (sandbox = await startSandbox({ now: time.now, switches: { rateLimit: 0, balance: 25 } })));
afterEach(async () => {
	delete time.onWait;
	await sandbox.close();
});

const event = { event: 'balanceLow', threshold: 10 };
const gets = () => sandbox.requests.length;

describe('a failure is told, with what n8n backs off by', () => {
	const limited = (retryAfter: IDataObject) =>
		({ on: 'balance', times: 5, play: { status: 429, headers: retryAfter } }) as never;
	test.each([
		[
			'a key that died',
			{ on: 'balance', times: 5, play: { status: 401 } },
			'credential-invalid',
			'Crazytel does not accept the API key (401).',
		],
		[
			'a key that may not',
			{ on: 'balance', times: 5, play: { status: 403 } },
			'credential-invalid',
			'Crazytel does not accept the API key (403).',
		],
		[
			'an address that is none',
			{ on: 'balance', times: 5, play: { status: 404 } },
			'configuration-invalid',
			'Check the Base URL in the credential',
		],
		[
			'a redirect',
			{ on: 'balance', times: 5, play: { status: 307, headers: { location: 'https://elsewhere.example/' } } },
			'configuration-invalid',
			'elsewhere.example',
		],
		[
			'a 500',
			{ on: 'balance', times: 5, play: 'error500Before' },
			'temporarily-unavailable',
			'Crazytel failed while reading the balance (500).',
		],
		[
			'a lost reply',
			{ on: 'balance', times: 5, play: 'lostReplyBefore' },
			'temporarily-unavailable',
			'while reading the balance',
		],
		['a web page', { on: 'balance', times: 5, play: 'html200' }, 'temporarily-unavailable', 'a web page'],
		[
			'words that it failed',
			{ on: 'balance', times: 5, play: { status: 200, body: { success: false, error: 'busy' } } },
			'temporarily-unavailable',
			'says that it failed',
		],
		[
			'another form',
			{ on: 'balance', times: 5, play: { status: 200, body: { saldo: 3 } } },
			'node-defect',
			'data in an unknown form',
		],
	] as const)('%s', async (_name, fault, cause, words) => {
		const poller = await pollerOf(sandbox, event);
		await poller.activate();
		const before = JSON.stringify(poller.saved());
		sandbox.fault(fault as never);
		const sent = gets();
		const failed = await failureOf(poller.tick());
		expect(failed.cause).toBe(cause);
		expect(failed.told).toContain(words);
		expect(failed.name).toBe('NodeApiError');
		expect(gets() - sent).toBeLessThanOrEqual(2);
		expect(JSON.stringify(poller.saved())).toBe(before);
		// It is over: the next poll is as if nothing had been.
		sandbox.clearFaults();
		await pass(120_000);
		sandbox.set({ balance: 3 });
		expect(await poller.tick()).toEqual([expect.objectContaining({ balance: 3 })]);
	});

	test('a 429 is asked once, and says how long to wait', async () => {
		const poller = await pollerOf(sandbox, event);
		await poller.activate();
		sandbox.fault(limited({ 'Retry-After': '90' }));
		const sent = gets();
		expect(await failureOf(poller.tick())).toEqual({
			told: 'Crazytel\'s limit of requests is reached (429): 60 a minute for the whole account. Crazytel says: "Too Many Requests". Nothing is lost: the next poll looks again by itself.',
			cause: 'rate-limited',
			retryAfterMs: 90_000,
			httpCode: '429',
			name: 'NodeApiError',
		});
		expect(gets() - sent).toBe(1);
	});

	test('no key, and fields that cannot be, are told before anything is sent', async () => {
		const poller = await pollerOf(sandbox, event);
		await poller.activate();
		const sent = gets();
		poller.setCredential({ ...credentialOf(sandbox), apiKey: '' });
		expect(await failureOf(poller.tick())).toMatchObject({
			cause: 'credential-invalid',
			told: expect.stringContaining('API Key of the credential is empty.') as string,
		});
		poller.setCredential({ ...credentialOf(sandbox), baseUrl: 'crazytel' });
		expect(await failureOf(poller.tick())).toMatchObject({
			cause: 'configuration-invalid',
			told: expect.stringContaining('Base URL of the credential is not a web address.') as string,
		});
		poller.setCredential(credentialOf(sandbox));
		poller.setParameters({ ...event, threshold: 'ten' });
		await expect(poller.restart()).rejects.toThrow(
			"Threshold must be a number of dollars, and it is 'ten'. Give a number such as 10.",
		);
		poller.setParameters({ event: 'balanceHigh' });
		await expect(poller.restart()).rejects.toThrow("Trigger On 'balanceHigh' is unknown to this version of the node.");
		expect(gets()).toBe(sent);
	});
});

describe.each(['default', 'scheduled', 'durable'] satisfies Keeping[])('activation, %s', (keeping) => {
	test.each([
		['a 429', { on: 'balance', play: 'limited' }],
		['a 500', { on: 'balance', times: 2, play: 'error500Before' }],
		['no answer', { on: 'balance', times: 2, play: 'lostReplyBefore' }],
	] as const)(
		'%s at the first poll does not block it, and what was missed is told by the next',
		async (_name, fault) => {
			sandbox.set({ balance: 3 });
			sandbox.fault(fault);
			const poller = await pollerOf(sandbox, event, keeping);
			await poller.activate();
			expect(poller.givenAtActivation()).toBeNull();
			expect(await poller.tick()).toEqual([expect.objectContaining({ balance: 3 })]);
		},
	);

	test('a wrong key does', async () => {
		const poller = await pollerOf(sandbox, event, keeping, {
			credential: { ...credentialOf(sandbox), apiKey: 'wrong' },
		});
		await expect(poller.activate()).rejects.toThrow(
			'Put the account API key, not the SMS API key, into the credential.',
		);
	});

	test('what does not pass is told soon, though nothing is known yet', async () => {
		sandbox.fault({ on: 'balance', times: 50, play: 'error500Before' });
		const poller = await pollerOf(sandbox, event, keeping);
		await poller.activate();
		const outcomes: string[] = [];
		for (let poll = 0; poll < 4; poll++)
			outcomes.push(
				await poller.tick().then(
					() => 'silent',
					() => 'told',
				),
			);
		expect(outcomes.at(-1)).toBe('told');
		expect(outcomes.filter((outcome) => outcome === 'silent').length).toBeLessThanOrEqual(
			keeping === 'default' ? 0 : 2,
		);
	});

	test('with something known, a failure is told there as well, and nothing of it is forgotten', async () => {
		const poller = await pollerOf(sandbox, event, keeping);
		await poller.activate();
		sandbox.set({ balance: 3 });
		expect(await poller.tick()).toHaveLength(1);
		sandbox.fault({ on: 'balance', times: 2, play: 'error500Before' });
		await expect(poller.restart()).rejects.toThrow(
			'Crazytel failed while reading the balance (500). Crazytel says: "Error communicating with the Crazytel API". Nothing is lost: the next poll looks again by itself. If the workflow was to be published, publish it again later.',
		);
		await poller.activate();
		expect([poller.givenAtActivation(), await poller.tick()]).toEqual([null, null]);
	});
});

test('a poll that begins before the last one is over gives nothing', async () => {
	const poller = await pollerOf(sandbox, event);
	await poller.activate();
	sandbox.set({ balance: 3, latencyMs: 50 });
	const sent = gets();
	const [first, second] = await Promise.all([poller.poll(), poller.poll()]);
	expect([first, second].filter((items) => items !== null)).toHaveLength(1);
	expect(gets() - sent).toBe(1);
	sandbox.set({ latencyMs: 0 });
	expect(await poller.tick()).toBeNull();
});

test('the time that n8n gives a poll ends it, and nothing is lost', async () => {
	const poller = await pollerOf(sandbox, event, 'scheduled', {
		credential: { ...credentialOf(sandbox), requestsPerMinute: 1 },
	});
	await poller.activate();
	sandbox.set({ balance: 3 });
	const failed = await failureOf(poller.tick());
	expect(failed.cause).toBe('temporarily-unavailable');
	expect(failed.told).toContain(
		'This poll had 36 seconds, and they were over before Crazytel had answered. Nothing is lost: the next poll looks again by itself.',
	);
	await pass(60_000);
	expect(await poller.tick()).toEqual([expect.objectContaining({ balance: 3 })]);
});

describe('Fetch Test Event', () => {
	test('leaves what is known alone', async () => {
		expect(await fetchTestEvent(sandbox, event)).toHaveLength(1);
	});

	test.each([
		[
			'error500Before',
			'Crazytel failed while reading the balance (500). Crazytel says: "Error communicating with the Crazytel API". Try again later.',
		],
		['limited', 'Nothing was written by this request.'],
	] as const)('tells a failure to who waits for it (%s): no poll looks again by itself', async (play, words) => {
		sandbox.fault({ on: 'balance', times: 2, play });
		const { told } = await failureOf(fetchTestEvent(sandbox, event));
		expect(told).toContain(words);
		expect(told).not.toContain('next poll');
	});
});
