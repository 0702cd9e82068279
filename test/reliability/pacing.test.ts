import { startSandbox, type Sandbox } from '../../sandbox';
import { credentialOf, countOf, hintsOf, play, time } from '../engine/scene';

let sandbox: Sandbox;

afterEach(async () => {
	await sandbox.close();
});

function manyTrunks(count: number): { id: string }[] {
	return Array.from({ length: count }, () => ({ id: sandbox.addTrunk({ enabled: true }).id }));
}

const suspend = { operation: 'suspend', trunk: { __rl: true, mode: 'id', value: '={{ $json.id }}' } };

describe.each(['fixed', 'sliding'] as const)('a server with a %s window', (rateWindow) => {
	beforeEach(async () => {
		sandbox = await startSandbox({ now: time.now, switches: { rateWindow, retryAfter: 'none' } });
	});

	test('130 updates against 60 a minute: the server never says 429, all are done, in order', async () => {
		const items = manyTrunks(130);
		const scene = await play(sandbox, {
			items,
			parameters: suspend,
			credential: { ...credentialOf(sandbox), requestsPerMinute: 60 },
		});

		expect(scene.error).toBeUndefined();
		expect(sandbox.requests.filter(({ status }) => status !== 200)).toStrictEqual([]);
		expect(sandbox.requests).toHaveLength(130);
		expect(scene.good.map(({ id }) => id)).toStrictEqual(items.map(({ id }) => id));
		expect(scene.good.map(({ looked }) => looked)).toStrictEqual(items.map((_, row) => row));
		expect(sandbox.trunks().every(({ enabled }) => !enabled)).toBe(true);
		expect(hintsOf(scene)).toStrictEqual([
			expect.stringMatching(/^Requests waited for up to \d+ seconds, mostly for the limit of 60 requests a minute/),
		]);
	});

	test.each(['none', 'seconds', 'date'] as const)(
		'pacing off and Retry-After as %s: every item is done once, whatever the server says',
		async (retryAfter) => {
			sandbox.set({ retryAfter });
			const items = manyTrunks(130);
			const scene = await play(sandbox, { items, parameters: suspend });

			expect(scene.error).toBeUndefined();
			expect(scene.good.map(({ id }) => id)).toStrictEqual(items.map(({ id }) => id));
			const done = sandbox.requests.filter(({ status }) => status === 200).map(({ path }) => path);
			expect(new Set(done).size).toBe(130);
			expect(done).toHaveLength(130);
			expect(sandbox.requests.some(({ status }) => status === 429)).toBe(true);
			expect(hintsOf(scene).join()).toMatch(/requests were sent again/);
		},
	);

	test('pacing off, creating: every item has exactly one trunk', async () => {
		const scene = await play(sandbox, {
			items: Array.from({ length: 70 }, (_, number) => ({ number })),
			parameters: {
				operation: 'create',
				callerIdNumber: '61291234567',
				trunkDescription: '=Customer {{ $json.number }}',
			},
		});

		expect(scene.error).toBeUndefined();
		expect(sandbox.trunks().map(({ description }) => description)).toStrictEqual(
			Array.from({ length: 70 }, (_, number) => `Customer ${number}`),
		);
	});
});

describe('a window of 60', () => {
	beforeEach(async () => {
		sandbox = await startSandbox({ now: time.now });
	});

	test('is shared by two workflows with the same key', async () => {
		const credential = { ...credentialOf(sandbox), requestsPerMinute: 60 };
		const runs = await Promise.all(
			[manyTrunks(40), manyTrunks(40)].map(
				async (items) => await play(sandbox, { items, parameters: suspend, credential }),
			),
		);

		expect(runs.map(({ good }) => good.length)).toStrictEqual([40, 40]);
		expect(sandbox.requests.map(({ status }) => status)).not.toContain(429);
	});

	test('lets a small batch through without any wait', async () => {
		const before = time.waits.length;
		const { good } = await play(sandbox, {
			items: manyTrunks(59),
			parameters: suspend,
			credential: { ...credentialOf(sandbox), requestsPerMinute: 60 },
		});

		expect(good).toHaveLength(59);
		expect(time.waits.slice(before)).toStrictEqual([]);
	});
});

test('a single item of another execution does not wait behind 300: it has the next free place', async () => {
	sandbox = await startSandbox({ now: time.now });
	const credential = { ...credentialOf(sandbox), requestsPerMinute: 60 };
	const long = play(sandbox, { items: manyTrunks(300), parameters: suspend, credential });
	const [item] = manyTrunks(1);
	let single: Promise<unknown> | undefined;
	// The window is full, and the others wait.
	time.onWait = () => {
		if (countOf(sandbox, 'update') >= 60)
			single ??= play(sandbox, { items: [item ?? {}], parameters: suspend, credential });
	};
	await long;
	await single;
	delete time.onWait;

	const place = sandbox.requests.findIndex(({ path }) => path.includes(item?.id ?? '-'));
	expect(place).toBeGreaterThanOrEqual(60);
	// On the driven clock some places pass while the execution starts.
	expect(place).toBeLessThan(90);
	expect(sandbox.requests.map(({ status }) => status)).not.toContain(429);
});

test.each([
	['fixed', false],
	['sliding', false],
	['sliding', true],
] as const)(
	'a program that asks beside it (%s window, refusals count: %s): none of 130 is lost',
	async (rateWindow, refusedCount) => {
		sandbox = await startSandbox({ now: time.now, switches: { rateWindow, refusedCount } });
		const ask = async () =>
			await fetch(`${sandbox.url}/api/v1/sip-trunks/`, { headers: { 'x-crazytel-api-key': sandbox.apiKey } });
		for (let request = 0; request < 30; request++) await ask();
		const items = manyTrunks(130);
		const { good, error } = await play(sandbox, {
			items,
			parameters: suspend,
			credential: { ...credentialOf(sandbox), requestsPerMinute: 60 },
		});

		expect(error).toBeUndefined();
		expect(good.map(({ id }) => id)).toStrictEqual(items.map(({ id }) => id));
		expect(sandbox.requests.some(({ status }) => status === 429)).toBe(true);
	},
);

test('a server that lets nothing through is given up after ten minutes, and the rest is not sent', async () => {
	sandbox = await startSandbox({ now: time.now });
	sandbox.fault({ on: 'update', times: 10_000, play: 'limited' });
	const before = time.now();
	const { failed } = await play(sandbox, {
		items: manyTrunks(100),
		parameters: suspend,
		node: { onError: 'continueErrorOutput' },
	});

	expect(failed).toHaveLength(100);
	expect(time.now() - before).toBeGreaterThanOrEqual(600_000);
	expect(time.now() - before).toBeLessThan(800_000);
	expect(countOf(sandbox, 'update')).toBeLessThan(100);
	expect(sandbox.trunks().every(({ enabled }) => enabled)).toBe(true);
});

test('a long Retry-After is cut to two minutes', async () => {
	sandbox = await startSandbox({ now: time.now });
	sandbox.fault({ on: 'update', play: { status: 429, headers: { 'retry-after': '86400' } } });
	const before = time.now();
	const { error } = await play(sandbox, { items: manyTrunks(1), parameters: suspend });

	expect(error).toBeUndefined();
	// Half of the jitter, by which processes do not meet again.
	expect(time.now() - before).toBe(120_100);
	expect(countOf(sandbox, 'update')).toBe(2);
});
