import { type INode, sleep } from 'n8n-workflow';

import type { Play } from '../../sandbox';
import { nodeErrorOf } from '../reliability/told';
import { type Case, cases, play, start } from './stage';
import { linesOf, sceneOf, time } from '../engine/scene';
import { toldOf } from './told';
import { AFTER_UNKNOWN } from './trial/operations';
import { openTrial, type TrialServer } from './trial/server';

jest.mock('../../nodes/Crazytel/api/timeout', () => ({ TIMEOUT_MS: 500 }));

const [ring, call] = cases.filter(({ resource }) => resource === 'trial') as [Case, Case];

const retried: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

const houses = (count: number) => Array.from({ length: count }, (_, row) => ({ house: `House ${row}` }));

/** The key of each request, oldest first. */
const keys = () => server.requests.map(({ headers }) => headers['idempotency-key']);

let server: TrialServer;

beforeEach(async () => {
	server = await openTrial();
});

afterEach(async () => {
	time.onWait = undefined;
	await server.close();
});

/** Fails all requests from the first one on, unless told how many. */
function fail(fault: Play, times = 100): void {
	server.fault({ on: 'other', times, play: fault });
}

const DOUBTS: Play[] = [
	'lostReplyAfter',
	'lostReplyBefore',
	'error500After',
	'error500Before',
	'cutOff',
	'truncatedJson',
	'empty200',
	'html',
	{ slowMs: 1_500 },
];

describe('what acts once and cannot be looked for', () => {
	test.each(DOUBTS)('in doubt (%j): sent once, and told as unknown in words of its own', async (doubt) => {
		fail(doubt);
		const { told } = await play(server, ring, { items: houses(1) });

		expect(server.requests).toHaveLength(1);
		expect(told).toContain('ringing the bell');
		expect(told).toContain(AFTER_UNKNOWN);
	});

	test.each<Play>(['limited', { status: 429, headers: { 'retry-after': '1' } }])(
		'not done for sure (%j): sent again, done once',
		async (play429) => {
			fail(play429, 3);
			const { error } = await play(server, ring, { items: houses(1) });

			expect(error).toBeUndefined();
			expect(server.requests).toHaveLength(4);
			expect(server.rung).toStrictEqual(['House 0']);
		},
	);

	test('never delivered: sent again, done once', async () => {
		await server.refuse();
		time.onWait = () => void server.accept();
		const { error } = await play(server, ring, { items: houses(1) });

		expect(error).toBeUndefined();
		expect(server.rung).toStrictEqual(['House 0']);
	});

	test('a report names what was done by its own name, and counts what is in doubt', async () => {
		server.fault({ on: 'other', nth: 2, play: { status: 400 } });
		server.fault({ on: 'other', nth: 3, play: 'lostReplyAfter' });
		const { error, told } = await play(server, ring, { items: houses(3) });

		expect(told).toContain('1 of 3 items was written');
		expect(told).toContain('1 more may have been written');
		expect(linesOf(error?.description)).toContain('item 0: the bell of House 0');
		expect(error?.description).toContain(AFTER_UNKNOWN);
	});

	test('the same twice in one input is done twice: each item is meant', async () => {
		await play(server, ring, { items: [{ house: 'Hill' }, { house: 'Hill' }, { house: 'Moor' }] });
		expect([...server.rung].sort()).toStrictEqual(['Hill', 'Hill', 'Moor']);
	});

	describe.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
		'Retry On Fail, with %s',
		(onError) => {
			const node = { ...retried, onError };

			test.each(DOUBTS.slice(0, -1))('in doubt (%j): not sent again, and still told as unknown', async (doubt) => {
				fail(doubt, 1);
				const scene = await play(server, ring, { items: houses(1), node });

				expect(server.requests).toHaveLength(1);
				expect(toldOf(scene, 1)).toMatchObject([{ words: expect.stringContaining(AFTER_UNKNOWN) }]);
			});

			test('one in doubt and one refused: the refused one is sent again, the others are not', async () => {
				const [doubt, refused] = [1, 2];
				server.fault({ on: 'other', nth: doubt, play: 'lostReplyAfter' });
				server.fault({ on: 'other', nth: refused, play: { status: 400 } });
				const scene = await play(server, ring, { items: houses(3), node });

				const sent = server.requests.map(({ body }) => (body as { of: string }).of);
				expect(sent.slice().sort()).toStrictEqual(['House 0', 'House 1', 'House 1', 'House 2']);
				expect([...server.rung].sort()).toStrictEqual(['House 0', 'House 1', 'House 2']);
				expect(toldOf(scene, 3)[0]).toMatchObject({ words: expect.stringContaining(AFTER_UNKNOWN) });
				expect(
					toldOf(scene, 3)
						.slice(1)
						.every((told) => 'gave' in told),
				).toBe(true);
			});
		},
	);

	describe('under a key by which the server knows it', () => {
		test('answered with an empty success: sent once, as that may be the whole answer, each time', async () => {
			fail('empty200');
			const { told } = await play(server, ring, { items: houses(1) });

			expect(server.requests).toHaveLength(1);
			expect(told).toContain(AFTER_UNKNOWN);
		});

		test.each(DOUBTS.slice(0, -1).filter((doubt) => doubt !== 'empty200'))(
			'in doubt (%j): sent again under the same key, done once',
			async (doubt) => {
				fail(doubt, 3);
				const { error } = await play(server, ring, {
					items: houses(1),
					parameters: { key: '={{ "ring " + $json.house }}' },
				});

				expect(error).toBeUndefined();
				expect(keys()).toStrictEqual(Array.from({ length: 4 }, () => 'ring House 0'));
				expect(server.rung).toStrictEqual(['House 0']);
			},
		);

		test('no more than four times, and then told as unknown', async () => {
			fail('lostReplyAfter');
			const { told } = await play(server, ring, { items: houses(1), parameters: { key: 'ring' } });

			expect(server.requests).toHaveLength(4);
			expect(told).toContain(AFTER_UNKNOWN);
			expect(server.rung).toStrictEqual(['House 0']);
		});

		test('Retry On Fail sends it under the key of the first try, also if the expression would give another one', async () => {
			fail('lostReplyAfter', 5);
			const { error } = await play(server, ring, {
				items: houses(1),
				parameters: { key: '={{ Math.random() }}' },
				node: retried,
			});

			expect(error).toBeUndefined();
			expect(server.requests).toHaveLength(6);
			expect(new Set(keys()).size).toBe(1);
			expect(server.rung).toStrictEqual(['House 0']);
		});

		test('is done once also where no header can hold the key', async () => {
			fail('lostReplyAfter', 3);
			await play(server, ring, { items: houses(1), parameters: { key: '鍵' } });

			expect(server.rung.length).toBeLessThanOrEqual(1);
		});

		test('every item has its own, and without one none is sent', async () => {
			await play(server, ring, { items: houses(3), parameters: { key: '={{ $json.house }}' } });
			await play(server, ring, { items: houses(1) });

			expect(keys()[3]).toBeUndefined();
			expect(keys().slice(0, 3).sort()).toStrictEqual(['House 0', 'House 1', 'House 2']);
		});
	});

	test('a dry run shows the request with its secret masked, and sends nothing', async () => {
		const { good } = await play(server, ring, { options: { dryRun: true }, parameters: { key: 'ring' } });

		expect(server.requests).toStrictEqual([]);
		expect(good).toMatchObject(
			ring.items.map(({ house }) => ({
				dryRun: true,
				operation: 'ring',
				request: { method: 'POST', path: '/trial/bells', body: { of: house, password: '***' } },
			})),
		);
	});
});

describe('what is asked for each item alone', () => {
	test('goes side by side, up to ten at once, in the order of the input', async () => {
		const items = houses(25);
		let isNext = (): void => {};
		let next = new Promise<void>((resolve) => (isNext = resolve));
		// Answers are held until ten requests have come, or the last ones; then what else is on its way is given time to come.
		server.hold = async () => {
			const mine = next;
			if (server.requests.length % 10 === 0 || server.requests.length === items.length) {
				const all = isNext;
				next = new Promise<void>((resolve) => (isNext = resolve));
				await sleep(20);
				all();
			}
			await mine;
		};
		const { good, error } = await play(server, call, { items });

		expect(error).toBeUndefined();
		expect(server.most).toBe(10);
		expect(good.map(({ of, looked }) => [of, looked])).toStrictEqual(items.map(({ house }, row) => [house, row]));
		expect(server.requests.map(({ path }) => path)).toContain('/trial/doors?of=House%200&knocks=3');
	});

	test('is asked once all items are prepared: one bad item stops the run before', async () => {
		const { error } = await play(server, call, { items: [...houses(24), { house: '' }] });

		expect(error?.context.itemIndex).toBe(24);
		expect(server.requests).toStrictEqual([]);
	});

	test('is never counted as written, by an error half-way', async () => {
		server.fault({ on: 'other', nth: 3, play: { status: 400 } });
		const { error, told } = await play(server, call, { items: houses(3) });

		expect(told).toContain('No other item was written.');
		expect(error?.description ?? '').not.toContain('Already written');
	});

	test('is never counted as written, beside what acts', async () => {
		server.fault({ on: 'other', nth: 3, play: { status: 400 } });
		const { error, told } = await play(
			server,
			{ ...call, operation: '={{ $json.do }}' },
			{
				items: [
					{ house: 'Hill', do: 'call' },
					{ house: 'Moor', do: 'ring' },
					{ house: 'Élan', do: 'call' },
				],
			},
		);

		expect(told).toContain('1 of 3 items was written');
		expect(linesOf(error?.description).slice(-2)).toStrictEqual([
			'Already written (items counted from 0):',
			'item 1: the bell of Moor',
		]);
	});

	test('nor by Stop', async () => {
		const items = houses(3);
		const { execution } = await start(server, call, { items, requestsPerMinute: 1 });
		time.onWait = () => {
			if (server.requests.length === 1) execution.cancel();
		};
		const scene = sceneOf(await execution);

		expect(server.requests).toHaveLength(1);
		expect(nodeErrorOf(scene)?.message).toBe('The execution was canceled. No item was written.');
	});

	test('is asked again after what may pass, up to four times', async () => {
		fail('error500Before', 3);
		expect((await play(server, call, { items: houses(1) })).good).toMatchObject([{ of: 'House 0' }]);
		expect(server.requests).toHaveLength(4);
	});
});
