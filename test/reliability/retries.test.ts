/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test watches what happens meanwhile */
import { type Play, startSandbox, type Sandbox } from '../../sandbox';
import { countOf, hintsOf, play, time, writes } from '../engine/scene';

jest.mock('../../dist/nodes/Crazytel/api/timeout.js', () => ({ TIMEOUT_MS: 500 }));

const suspend = { operation: 'suspend', trunk: { __rl: true, mode: 'id', value: '={{ $json.id }}' } };
const create = { operation: 'create', callerIdNumber: '61291234567' };

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await startSandbox({ now: time.now, switches: { rateLimit: 0 } });
});

afterEach(async () => {
	await sandbox.close();
});

describe('an update sets absolute values, so it is repeated after', () => {
	const passing: Play[] = [
		'lostReplyBefore',
		'lostReplyAfter',
		'error500Before',
		'error500After',
		'cutOff',
		'truncatedJson',
		'html',
		'limited',
		{ status: 503 },
		{ slowMs: 1_000 },
	];

	test.each(passing)('%j, up to four times', async (fault) => {
		const { id } = sandbox.addTrunk({ enabled: true });
		sandbox.fault({ on: 'update', times: 3, play: fault });
		const scene = await play(sandbox, { items: [{ id }], parameters: suspend });

		expect(scene.good).toMatchObject([{ id, enabled: false }]);
		expect(countOf(sandbox, 'update')).toBe(4);
		expect(hintsOf(scene).join()).toMatch(/^.*3 requests were sent again/);
	});

	test('but not a fifth time', async () => {
		const { id } = sandbox.addTrunk();
		sandbox.fault({ on: 'update', times: 10, play: 'error500Before' });
		const { told } = await play(sandbox, { items: [{ id }], parameters: suspend });

		expect(told).toMatch(/^Crazytel failed while changing the trunk \(500\)/);
		expect(countOf(sandbox, 'update')).toBe(4);
	});
});

test.each([400, 404, 409, 422])('a %d is final', async (status) => {
	// A 409 that does not say so may be about what is going on, and pass.
	const body = { detail: 'It is so already' };
	const { id } = sandbox.addTrunk();
	sandbox.fault({ on: 'update', times: 10, play: { status, body } });
	await play(sandbox, { items: [{ id }], parameters: suspend });

	expect(countOf(sandbox, 'update')).toBe(1);
});

test('waits grow and are jittered: half of 500, 1,000 and 2,000 milliseconds at a middling draw', async () => {
	const { id } = sandbox.addTrunk();
	sandbox.fault({ on: 'update', times: 10, play: 'error500Before' });
	const before = time.waits.length;
	await play(sandbox, { items: [{ id }], parameters: suspend });

	expect(time.waits.slice(before)).toStrictEqual([250, 500, 1_000]);
});

test('a create that the server never got is sent again', async () => {
	await sandbox.refuse();
	time.onWait = (ms) => {
		time.onWait = undefined;
		expect(ms).toBeGreaterThan(0);
		void sandbox.accept();
	};
	const { error } = await play(sandbox, { items: [{}], parameters: create });

	expect(error).toBeUndefined();
	expect(sandbox.trunks()).toHaveLength(1);
});

test('a create that met the limit is sent again', async () => {
	sandbox.fault({ on: 'create', times: 3, play: 'limited' });
	const { good } = await play(sandbox, { items: [{}], parameters: create });

	expect(good).toHaveLength(1);
	expect(sandbox.trunks()).toHaveLength(1);
});

test('when the service is down, the rest of a short run fails at once with that reason', async () => {
	const items = Array.from({ length: 60 }, () => ({ id: sandbox.addTrunk().id }));
	sandbox.fault({ on: 'update', times: 1_000, play: 'error500Before' });
	const { failed } = await play(sandbox, {
		items,
		parameters: suspend,
		node: { onError: 'continueErrorOutput' },
	});

	expect(failed).toHaveLength(60);
	// Ten are under way at once, each with four tries; a few more begin before the third one gives up.
	expect(countOf(sandbox, 'update')).toBeLessThanOrEqual(60);
	expect(failed[59]?.error).toMatch(
		/^Not sent, because the last \d+ requests failed: Crazytel failed while changing the trunk \(500\)\./,
	);
	expect(failed[59]?.details).toMatchObject({ httpCode: '500' });
});

test('when creating is down but listing works, the rest of the items fail at once as well', async () => {
	sandbox.fault({ on: 'create', times: 1_000, play: 'error500Before' });
	const { failed } = await play(sandbox, {
		items: Array.from({ length: 30 }, () => ({})),
		parameters: create,
		node: { onError: 'continueErrorOutput' },
	});

	expect(countOf(sandbox, 'create')).toBe(3);
	expect(failed).toHaveLength(30);
	expect(failed[29]?.error).toMatch(/^Not sent, because the last 3 requests failed/);
});

test('when the key is refused half-way, nothing more is sent with it', async () => {
	const items = Array.from({ length: 50 }, () => ({ id: sandbox.addTrunk().id }));
	sandbox.fault({ on: 'update', nth: 5, times: 1_000, play: { status: 401 } });
	const { good, failed } = await play(sandbox, {
		items,
		parameters: suspend,
		node: { onError: 'continueErrorOutput' },
	});

	expect(good.length + failed.length).toBe(50);
	expect(countOf(sandbox, 'update')).toBeLessThanOrEqual(20);
	expect(failed[failed.length - 1]?.error).toMatch(
		/^Not sent, because the one before failed: Crazytel does not accept the API key/,
	);
});

test('a run repeats no more often than it has items, and never less than 20 times', async () => {
	const items = Array.from({ length: 30 }, () => ({ id: sandbox.addTrunk({ enabled: true }).id }));
	// Each item fails twice and then works: 60 repetitions would be needed.
	for (let nth = 1; nth <= 90; nth += 3) sandbox.fault({ on: 'update', nth, times: 2, play: 'error500Before' });
	await play(sandbox, { items, parameters: suspend, node: { onError: 'continueErrorOutput' } });

	expect(countOf(sandbox, 'update') - 30).toBeLessThanOrEqual(30);
});

describe('overlap', () => {
	test('up to ten updates of different trunks are under way at once', async () => {
		sandbox.set({ latencyMs: 50 });
		const items = Array.from({ length: 30 }, () => ({ id: sandbox.addTrunk().id }));
		let most = 0;
		const watch = setInterval(() => {
			most = Math.max(most, sandbox.requests.filter(({ status }) => status === undefined).length);
		}, 2);
		const { good } = await play(sandbox, { items, parameters: suspend });
		clearInterval(watch);

		expect(good).toHaveLength(30);
		expect(most).toBeGreaterThan(1);
		expect(most).toBeLessThanOrEqual(10);
	});

	test('updates of one trunk keep their order', async () => {
		sandbox.set({ latencyMs: 5 });
		const trunks = Array.from({ length: 3 }, () => sandbox.addTrunk());
		const items = Array.from({ length: 30 }, (_, step) => ({ id: trunks[step % 3]?.id, step }));
		await play(sandbox, {
			items,
			parameters: {
				operation: 'update',
				trunk: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
				updateFields: { description: '=Step {{ $json.step }}' },
			},
		});

		for (const { id } of trunks) {
			const steps = items.filter((item) => item.id === id).map(({ step }) => `Step ${step}`);
			const sent = sandbox.requests
				.filter(({ path }) => path.endsWith(id))
				.map(({ body }) => (body as { description: string }).description);
			expect(sent).toStrictEqual(steps);
		}
	});

	test('creates go one after the other, in the order of the input', async () => {
		sandbox.set({ latencyMs: 5 });
		await play(sandbox, {
			items: Array.from({ length: 12 }, (_, step) => ({ step })),
			parameters: { ...create, trunkDescription: '={{ $json.step }}' },
		});

		expect(sandbox.trunks().map(({ description }) => description)).toStrictEqual(
			Array.from({ length: 12 }, (_, step) => String(step)),
		);
		expect(writes(sandbox)).toHaveLength(12);
	});
});
