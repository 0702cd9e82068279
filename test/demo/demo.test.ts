/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, runs outside n8n */
import { get } from 'node:http';

import { type DemoOptions, type DemoResult, runDemo } from '../../demo';
import { newNumber } from '../../demo/newNumber';
import { createEngine, loadPackage } from '../../engine';
import { defaultSwitches, PRICE_OF_PART, startSandbox, type Sandbox } from '../../sandbox';
import { driveClock } from '../engine/drivenClock';

// Nobody waits for the pauses between repetitions.
const { now } = driveClock();

const layout = { width: 100, colours: false };

async function record(options: Partial<DemoOptions> = {}): Promise<DemoResult & { text: string }> {
	let text = '';
	const result = await runDemo({ ...layout, ...options }, (part) => (text += part));
	return { ...result, text };
}

/** Whether anybody still listens at an address that the demo has printed. */
async function answers(text: string): Promise<boolean> {
	const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0] ?? '';
	return await new Promise((resolve) => {
		get(url, (response) => {
			response.resume();
			resolve(true);
		}).once('error', () => resolve(false));
	});
}

describe('on a sandbox of its own', () => {
	let demo: Awaited<ReturnType<typeof record>>;

	beforeAll(async () => {
		demo = await record();
	});

	test('each of the twelve rows has one outcome: ten trunks, two reasons', () => {
		expect(demo.created.map(({ row }) => row)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
		const failed = demo.created.flatMap((outcome) => ('error' in outcome ? [[outcome.row, outcome.error]] : []));
		expect(failed).toEqual([
			[
				5,
				expect.stringMatching(
					/^Caller ID '03 5550 9900' \(read as 61355509900\) is not verified for this account\. Use one of the verified numbers: /,
				),
			],
			[9, expect.stringMatching(/^Caller ID '6\.1355E\+10' was rounded by a spreadsheet/)],
		]);
	});

	test.each([
		[1, { description: 'Harbour Dental', caller_id_number: '61291234567', sms_sender: '61412345678' }],
		[2, { caller_id_number: '61398765432', sms_sender: null, softphone_show_balance: false }],
		[3, { description: 'Smith, Jones & Partners', caller_id_number: '61412345678', hide_caller_id: true }],
		[4, { caller_id_number: '61731234567', area_code: '07' }],
		[6, { caller_id_number: '61870101234', area_code: '08' }],
		[7, { caller_id_number: '61255501234' }],
		[8, { caller_id_number: '61498765432', sms_sender: '61498765432' }],
		[10, { caller_id_number: '61855504321' }],
		[11, { description: 'Café Lune', caller_id_number: '61755501199', hide_caller_id: true }],
		[12, { caller_id_number: '61270105678', hide_caller_id: false, softphone_show_balance: true }],
	])('row %i became the trunk that its cells describe', (row, settings) => {
		expect(demo.created.find((outcome) => outcome.row === row)).toMatchObject({ trunk: settings });
	});

	test('the overdue are suspended, and the trunk that is gone is said to be gone', () => {
		expect(demo.suspended).toMatchObject([
			{ row: 1, trunk: { description: 'Fitzroy Coffee Roasters', enabled: false } },
			{ row: 2, trunk: { description: 'Logan Road Motors', enabled: false } },
			{ row: 3, error: expect.stringContaining('does not exist in this account (404)') as unknown },
			{ row: 4, trunk: { description: 'Barossa Cellars', enabled: false } },
			{ row: 5, trunk: { description: 'Torquay Surf School', enabled: false } },
		]);
	});

	test('those who paid are enabled again, and only those', () => {
		expect(demo.enabled).toMatchObject([
			{ row: 1, trunk: { description: 'Logan Road Motors', enabled: true } },
			{ row: 2, trunk: { description: 'Torquay Surf School', enabled: true } },
		]);
		const off = demo.trunks?.filter(({ enabled }) => enabled === false).map(({ description }) => description);
		expect(demo.trunks).toHaveLength(12);
		expect(off).toEqual(['Fitzroy Coffee Roasters', 'Barossa Cellars']);
	});

	test('a month later two are created, two are changed and eight are left alone', () => {
		expect(demo.synced.map((outcome) => ('trunk' in outcome ? outcome.trunk.changes : outcome.error))).toEqual([
			{},
			{ hide_caller_id: { from: false, to: true } },
			{},
			{},
			expect.objectContaining({ description: { from: null, to: 'Geelong Removals' } }),
			{},
			{ caller_id_number: { from: '61255501234', to: '61291234567' } },
			{},
			expect.objectContaining({ description: { from: null, to: 'Yarra Print Works' } }),
			{},
			{},
			{},
		]);
		expect(demo.text).toContain('2 created, 2 changed, 8 left alone, 0 failed.');
	});

	test('and the same list once more changes nothing', () => {
		expect(demo.syncedAgain.map((outcome) => 'trunk' in outcome && outcome.trunk.changed)).toEqual(
			Array(12).fill(false),
		);
		expect(demo.text).toContain('0 created, 0 changed, 12 left alone, 0 failed.');
	});

	test('the numbers are shown as the file has them', () => {
		for (const written of ['+61 2 9123 4567', '(03) 9876 5432', '0498.765.432', '870101234', '+61 (0)8 5550 4321']) {
			expect(demo.text).toContain(`│ ${written} `);
		}
	});

	test('the passwords are mentioned and never printed', () => {
		const passwords = [...demo.created, ...demo.synced].flatMap((outcome) =>
			'trunk' in outcome && 'password' in outcome.trunk ? [String(outcome.trunk.password)] : [],
		);
		expect(passwords).toHaveLength(12);
		for (const password of passwords) {
			expect(password).toMatch(/^\w{24}$/);
			expect(demo.text).not.toContain(password);
		}
		expect(demo.text.match(/password/g)).toHaveLength(2);
	});

	test('what the new number and the SMS cost is what the sandbox has taken', () => {
		const { sandbox, newNumber } = demo;
		const [number, ...others] = sandbox?.numbers.sold() ?? [];
		const [message, ...more] = sandbox?.messages() ?? [];
		expect([others, more]).toEqual([[], []]);
		const spent = defaultSwitches.balance - (sandbox?.balance() ?? 0);
		expect(spent).toBeCloseTo(
			(number?.setup_cost ?? 0) + (number?.monthly_cost ?? 0) + (message?.parts ?? 0) * PRICE_OF_PART,
			9,
		);
		expect(spent).toBeGreaterThan(0);
		const { before = 0, after = 0 } = newNumber?.balance ?? {};
		expect([before, after]).toEqual([defaultSwitches.balance, sandbox?.balance()]);
		expect(newNumber?.bill.at(-1)).toEqual({
			what: 'Together',
			now: expect.closeTo(spent, 9) as unknown,
			monthly: number?.monthly_cost,
		});
		expect(demo.text).toMatch(
			new RegExp(`│ Together +│ \\$${spent.toFixed(2)} +│ \\$${number?.monthly_cost.toFixed(2)} +│`),
		);
		expect(demo.text).toContain(
			`Balance: $${before.toFixed(2)} before, $${after.toFixed(2)} after. That is $${spent.toFixed(2)} less, as it should be.`,
		);
	});

	test('the number goes to the trunk of the customer who is told so', () => {
		const [number] = demo.sandbox?.numbers.owned() ?? [];
		const trunk = demo.trunks?.find(({ username }) => username === number?.primary_destination);
		expect(number).toMatchObject({ description: 'Smith, Jones & Partners', primary_route: 'device' });
		expect(trunk).toMatchObject({ description: number?.description });
		const [message] = demo.sandbox?.messages() ?? [];
		expect(message).toMatchObject({ from: '61498765432', to: trunk?.caller_id_number });
		expect(message?.text).toContain(
			`your new number is ${number?.did_number.replace(/^61(\d)(\d{4})/, '0$1 $2 ')}. Calls to it ring on ${String(trunk?.username)}.`,
		);
		expect(demo.text).toContain(`"${message?.text}"`);
	});

	test('the tables keep to the width of the terminal', () => {
		for (const line of demo.text.split('\n').filter((each) => /^[│┌├└]/.test(each))) {
			expect(line).toHaveLength(100);
		}
	});

	test('the sandbox is closed afterwards', async () => {
		expect(await answers(demo.text)).toBe(false);
	});
});

test('colours only where they are asked for', async () => {
	expect((await record({ colours: true })).text).toContain('\u001b[32m');
});

test('the sandbox is closed also when something goes wrong on the way', async () => {
	let text = '';
	const demo = runDemo(layout, (part) => {
		text += part;
		if (part.includes('Unpaid bills')) throw new Error('The terminal is gone.');
	});
	await expect(demo).rejects.toThrow('The terminal is gone.');
	expect(await answers(text)).toBe(false);
});

describe('on another server', () => {
	let sandbox: Sandbox;

	const use = async (options: Parameters<typeof startSandbox>[0] = {}) => {
		sandbox = await startSandbox({ now, ...options });
		return { account: { baseUrl: sandbox.url, apiKey: sandbox.apiKey } };
	};

	afterEach(async () => await sandbox.close());

	test('a sandbox as npm run sandbox starts it shows every step', async () => {
		const { created, suspended, enabled, synced, syncedAgain } = await record(await use());
		const counts = [created, suspended, enabled, synced, syncedAgain].map(
			(step) => step.filter((outcome) => 'trunk' in outcome).length,
		);
		expect(counts).toEqual([6, 4, 2, 9, 9]);
	});

	test('it stays within the limit of 60 requests a minute with room to spare', async () => {
		await record(await use());
		expect(sandbox.requests.length).toBeLessThan(60);
		expect(sandbox.requests.map(({ status }) => status)).not.toContain(429);
	});

	test('nothing is bought there, nothing sent, and it says so', async () => {
		const { text, newNumber: planned } = await record(await use());
		const writes = sandbox.requests.filter(
			({ method, kind }) => method !== 'GET' && !['create', 'update'].includes(kind),
		);
		expect(writes).toEqual([]);
		expect(sandbox.balance()).toBe(defaultSwitches.balance);
		expect(planned?.steps.map(({ output }) => output.dryRun)).toEqual([true, true]);
		expect(text).toContain('nothing is bought and nothing sent: Dry Run is on.');
		expect(text).toContain('What that would cost, by the search and a dry run');
		expect(text).toContain('That is $0.00 less, as it should be.');
	});

	test.each([
		['those of its own answer', { setup_cost: 12.34, monthly_cost: '5.5' }, /│ Together +│ \$17\.89 +│ \$5\.50 +│/],
		['none where it names none', {}, /│ Together +│ not known +│ not known +│/],
	])('the prices are %s', async (_, prices, together) => {
		const options = await use();
		sandbox.fault({ on: 'availableNumbers', play: { status: 200, body: [{ number: '61290001111', ...prices }] } });
		const { text } = await record(options);
		expect(text).toMatch(together);
		expect(text).toContain('your new number is 02 9000 1111');
	});

	test('a server without numbers to buy shows everything else', async () => {
		const options = await use();
		sandbox.fault({ on: 'availableNumbers', play: { status: 404 }, times: 9 });
		const { text, newNumber: planned, trunks } = await record(options);
		expect(planned).toBeUndefined();
		expect(text).toMatch(/^It cannot be shown here\. Search Available: .*\(404/m);
		expect(trunks).toHaveLength(9);
	});

	test('where money may be spent, what fails ends it, and nothing after that is done', async () => {
		const { account } = await use({ switches: { balance: 3 } });
		const scene = {
			engine: createEngine(await loadPackage()),
			credential: account,
			layout,
			write: () => undefined,
			spends: true,
		};
		await expect(newNumber(scene, [{ caller_id_number: '61412345678' }])).rejects.toThrow(
			/^Buy: Crazytel did not sell the number \(400\)/,
		);
		expect(sandbox.messages()).toEqual([]);
	});

	test('what it held before is in the last table too', async () => {
		const { text } = await record(await use({ trunks: [{ username: '640218', description: 'An older one' }] }));
		expect(text).toMatch(/│ 640218 +│ An older one +│/);
	});

	test('without a list of trunks everything else is shown', async () => {
		const { trunks, text } = await record(await use({ switches: { trunkListEndpoint: 404 } }));
		expect(trunks).toBeUndefined();
		expect(text).toContain('It has no list of trunks to read.');
	});

	test('a run that can create nothing says so and fails', async () => {
		let text = '';
		const demo = runDemo({ ...layout, ...(await use({ verifiedNumbers: ['61290000000'] })) }, (part) => (text += part));
		await expect(demo).rejects.toThrow('No trunk could be created, so there is nothing to suspend.');
		expect(text).toContain('0 of 12 trunks created.');
		expect(sandbox.trunks()).toEqual([]);
	});

	test('a run that can suspend nothing says so and fails', async () => {
		// Time goes on only where the node waits, and nothing here does for a minute.
		const options = await use({ switches: { rateLimit: 0 } });
		sandbox.fault({ on: 'update', play: { status: 500 }, times: 100 });
		await expect(runDemo({ ...layout, ...options }, () => undefined)).rejects.toThrow('No trunk could be suspended.');
	});

	test('a server that is not Crazytel is named before anything is created', async () => {
		const options = await use();
		sandbox.fault({ on: 'list', play: { status: 503 } });
		await expect(runDemo({ ...layout, ...options }, () => undefined)).rejects.toThrow(
			/does not answer \/api\/v1\/sip-trunks\/ as Crazytel does \(503\)/,
		);
		expect(sandbox.trunks()).toEqual([]);
	});

	test('a key that it does not know is one line, and never shown', async () => {
		const { account } = await use();
		const demo = runDemo({ ...layout, account: { ...account, apiKey: 'another-key' } }, () => undefined);
		await expect(demo).rejects.toThrow(/^The server at \S+ does not accept the API key \(401\)\. Check --api-key\.$/);
	});

	test('the address is shown, and the key is not', async () => {
		const options = await use();
		const { text } = await record(options);
		expect(text).toContain(`Server: ${sandbox.url}. Trunks are really created there`);
		expect(text).not.toContain(sandbox.apiKey);
		expect(sandbox.trunks()).toHaveLength(9);
	});

	test('an address where nobody answers is one line', async () => {
		const options = await use();
		await sandbox.close();
		let text = '';
		await expect(runDemo({ ...layout, ...options }, (part) => (text += part))).rejects.toThrow(
			`No server answers at ${sandbox.url} (ECONNREFUSED). Start it, or check --base-url.`,
		);
		expect(text).toBe('');
	});

	test('a port in use is one line', async () => {
		await use();
		const demo = runDemo({ ...layout, port: Number(new URL(sandbox.url).port) }, () => undefined);
		await expect(demo).rejects.toThrow(/^Port \d+ on 127\.0\.0\.1 is in use\./);
	});
});
