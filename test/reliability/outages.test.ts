import { type Play, startSandbox, type Sandbox } from '../../sandbox';
import { countOf, play, start, time } from '../engine/scene';

const suspend = { operation: 'suspend', trunk: { __rl: true, mode: 'id', value: '={{ $json.id }}' } };

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await startSandbox({ now: time.now, switches: { rateLimit: 0 } });
});

afterEach(async () => {
	await sandbox.close();
});

/** More than are under way at once, and than are sent until the service is given up. */
const COUNT = 70;

describe('a run of minutes, and a service that is down', () => {
	const many = (count: number) => Array.from({ length: count }, () => ({ id: sandbox.addTrunk({ enabled: true }).id }));

	test.each<[string, Play]>([
		['502', { status: 502 }],
		['500 after it was done', 'error500After'],
		['no answer', 'lostReplyBefore'],
	])('for a while (%s): it is held, and none is lost', async (_, fault) => {
		const items = many(COUNT);
		// Ten under way with four tries each, and one that asks in vain.
		sandbox.fault({ on: 'update', nth: 20, times: 41, play: fault });
		const { good, error } = await play(sandbox, { items, parameters: suspend });

		expect(error).toBeUndefined();
		expect(good.map(({ id, enabled }) => [id, enabled])).toStrictEqual(items.map(({ id }) => [id, false]));
		expect(countOf(sandbox, 'update')).toBe(COUNT + 41);
	});

	test('for good: asked by one request after 5, 10, 20, 30 and 60 seconds, then the rest is not sent', async () => {
		sandbox.fault({ on: 'update', times: 1_000, play: { status: 502 } });
		const before = time.now();
		const { failed } = await play(sandbox, {
			items: many(COUNT),
			parameters: suspend,
			node: { onError: 'continueErrorOutput' },
		});

		expect(failed).toHaveLength(COUNT);
		expect(countOf(sandbox, 'update')).toBeLessThanOrEqual(45);
		expect(time.now() - before).toBeGreaterThanOrEqual(125_000);
		expect(time.now() - before).toBeLessThan(150_000);
		expect(failed[COUNT - 1]?.error).toMatch(/^Not sent, because the last \d+ requests failed: .* \(502\)/);
	});

	test('Stop ends it at once', async () => {
		sandbox.fault({ on: 'update', times: 1_000, play: { status: 502 } });
		const { execution } = await start(sandbox, { items: many(COUNT), parameters: suspend });
		const before = time.now();
		time.onWait = (ms) => {
			if (ms > 4_000) execution.cancel();
		};
		await execution;
		delete time.onWait;

		expect(time.now() - before).toBeLessThan(20_000);
		expect(countOf(sandbox, 'update')).toBeLessThanOrEqual(40);
	});

	test.each<[string, number, Play]>([
		['is busy', 1, { status: 423 }],
		[
			'is held up in between',
			4,
			{ status: 403, headers: { 'content-type': 'text/html' }, body: '<html>Blocked</html>' },
		],
		['is refused', 1, { status: 422 }],
		['meets the limit', 1, 'limited'],
	])('where the one that asks %s, the others go on', async (_, times, fault) => {
		sandbox.fault({ on: 'update', nth: 1, times: 40, play: { status: 502 } });
		sandbox.fault({ on: 'update', nth: 41, times, play: fault });
		const { good, failed } = await play(sandbox, {
			items: many(COUNT),
			parameters: suspend,
			node: { onError: 'continueErrorOutput' },
		});

		expect(good.length + failed.length).toBe(COUNT);
		expect(failed.length).toBeLessThanOrEqual(1);
	});
});
