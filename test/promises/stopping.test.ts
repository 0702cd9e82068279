import { capturedLog } from '../reliability/capturedLog';

import type { FaultRule, RecordedRequest } from '../../sandbox';
import { type Scene, sceneOf, time } from '../engine/scene';
import { mayBe, nodeErrorOf } from '../reliability/told';
import type { Server } from './example';
import { type Case, own, play, type Playing, readers, start, writers, writesOf } from './stage';
import { expectTruth, type Told, toldOf } from './told';

let server: Server | undefined;

afterEach(async () => {
	time.onWait = undefined;
	await server?.close();
	server = undefined;
});

/** When Stop is pressed: when a wait of the node begins, or when the server looks at its clock, at an arrival. */
interface Moment {
	wait?: (account: Server, ms: number) => boolean;
	arrival?: (account: Server) => boolean;
}

interface Stopped {
	account: Server;
	scene: Scene;
	told: Told[];
	/** What had reached the server when Stop was pressed. */
	before: { requests: number; writes: number; time: number };
}

/** Plays an example and presses Stop once, at the moment. */
async function stop(
	example: Case,
	{ wait, arrival }: Moment,
	playing: Playing,
	fault?: Omit<FaultRule, 'on'>,
): Promise<Stopped> {
	capturedLog.length = 0;
	let before: Stopped['before'] | undefined;
	let press = (): void => {};
	const pressIf = (isNow: boolean, account: Server): void => {
		if (!isNow || before !== undefined) return;
		before = { requests: account.requests.length, writes: writesOf(account).length, time: time.now() };
		press();
	};
	const now = () => {
		if (server !== undefined) pressIf(arrival?.(server) ?? false, server);
		return time.now();
	};
	const account = (server = await example.open({ now }));
	if (fault !== undefined) account.fault({ on: example.on, ...fault });
	const { execution } = await start(account, example, playing);
	press = () => execution.cancel();
	time.onWait = (ms) => pressIf(wait?.(account, ms) ?? false, account);
	const scene = sceneOf(await execution);
	if (before === undefined) throw new Error('Stop was never pressed.');

	expect(scene.run.status).toBe('canceled');
	// The wait was left at once, not sat out.
	if (wait !== undefined) expect(time.now()).toBe(before.time);
	return { account, scene, before, told: toldOf(scene, playing.items?.length ?? example.items.length) };
}

/** The items that the node has told n8n's log of; n8n itself logs no such lines. */
function loggedItems(): number[] {
	const lines = capturedLog
		.join('')
		.split('\n')
		.filter((line) => line.includes("Crazytel node 'Crazytel', execution "));
	return lines.flatMap((line) => [...line.matchAll(/\bitem (\d+): /g)].map(([, index]) => Number(index)));
}

/**
 * No write was sent after Stop, and the truth is told: of every item, and that it was stopped. A whole n8n drops that,
 * so its log has each item that was, or may have been, written.
 */
function expectEnd(example: Case, { account, scene, before, told }: Stopped, items = example.items.slice()): void {
	expect(writesOf(account)).toHaveLength(before.writes);
	expectTruth(example, account, told, items);
	const words = told.flatMap((one) => ('words' in one ? [one.words] : []));
	expect([nodeErrorOf(scene)?.message, ...words].join('\n')).toContain('canceled');
	const isWritten = (one: Told) => ('gave' in one ? example.effect !== 'read' : mayBe(one.words));
	expect(loggedItems()).toStrictEqual(told.flatMap((one, index) => (isWritten(one) ? [index] : [])));
}

const isAnswered = ({ status }: RecordedRequest) => status !== undefined;

describe.each(['stopWorkflow', 'continueErrorOutput'] as const)('Stop, with %s', (onError) => {
	const node = { onError };

	describe('in a wait for the limit of requests', () => {
		const paced = { node, requestsPerMinute: 1 };

		test.each(writers)('the one after the first request: $name', async (example) => {
			const stopped = await stop(example, { wait: ({ requests }) => requests.some(isAnswered) }, paced);
			expect(stopped.before.requests).toBe(1);
			expectEnd(example, stopped);
		});

		test.each(writers)('the one after the first write: $name', async (example) => {
			const stopped = await stop(example, { wait: (account) => writesOf(account).some(isAnswered) }, paced);
			expect(stopped.before.writes).toBe(1);
			expectEnd(example, stopped);
			expect(stopped.told.filter((one) => 'gave' in one)).toHaveLength(1);
			if (onError === 'stopWorkflow') expect(nodeErrorOf(stopped.scene)?.message).toContain('1 of 3 items was written');
		});

		test.each(readers)('$name', async (example) => {
			const account = (server = await example.open());
			await play(account, example, { items: example.items.slice(0, 1), requestsPerMinute: 1 });
			const { execution } = await start(account, example, paced);
			const before = time.now();
			time.onWait = () => execution.cancel();
			const { run } = sceneOf(await execution);

			expect(run.status).toBe('canceled');
			expect(time.now()).toBe(before);
			expect(account.requests).toHaveLength(1);
		});
	});

	describe('in the wait between two tries', () => {
		/** One item, so that nothing else is under way meanwhile. */
		const alone = (example: Case) => ({ node, items: example.items.slice(0, 1) });

		test.each([...writers, ...readers])('after the limit was met (429): $name', async (example) => {
			const stopped = await stop(example, { wait: (account) => own(account, example).length > 0 }, alone(example), {
				play: 'limited',
			});
			expect(own(stopped.account, example)).toHaveLength(1);
			expectEnd(example, stopped, example.items.slice(0, 1));
		});

		const repeated = [...writers, ...readers].filter(({ effect }) => effect !== 'make' && effect !== 'act');

		test.each(repeated)('after a failure that leaves it open (500): $name', async (example) => {
			const stopped = await stop(example, { wait: (_, ms) => ms > 0 }, alone(example), { play: 'error500After' });
			expect(own(stopped.account, example)).toHaveLength(1);
			expectEnd(example, stopped, example.items.slice(0, 1));
		});
	});

	describe('while a request is under way', () => {
		const underWay = (example: Case): Moment => ({
			arrival: (account) => own(account, example).some((request) => !isAnswered(request)),
		});

		test.each(writers)('a write is not torn down, and those behind it are not sent: $name', async (example) => {
			// Only one is let in, so that the others wait behind it.
			const slow = { times: 100, play: { slowMs: 20 } };
			const stopped = await stop(example, underWay(example), { node, requestsPerMinute: 1 }, slow);
			expect(stopped.before.writes).toBe(1);
			expectEnd(example, stopped);
			expect(own(stopped.account, example)).toMatchObject([{ status: expect.any(Number) }]);
			expect(stopped.told.filter((one) => 'gave' in one)).toHaveLength(1);
		});

		test.each(readers)('a read is given up: $name', async (example) => {
			const stopped = await stop(example, underWay(example), { node }, { times: 100, play: { slowMs: 200 } });
			expect(own(stopped.account, example)[0]?.status).toBeUndefined();
			expectEnd(example, stopped);
		});
	});

	describe.each([0, 2_000])('in the wait of %d ms before a look for what may have been made', (pause) => {
		test.each(writers.filter(({ effect }) => effect === 'make'))('$name', async (example) => {
			const isLook: Moment['wait'] = (account, ms) => ms === pause && writesOf(account).length > 0;
			for (const doubt of ['lostReplyBefore', 'lostReplyAfter'] as const) {
				// What was made is found at the first look.
				if (doubt === 'lostReplyAfter' && pause > 0) continue;
				const stopped = await stop(example, { wait: isLook }, { node }, { play: doubt });
				expect(stopped.before.writes).toBe(1);
				expectEnd(example, stopped);
				expect(stopped.told[0]).toMatchObject({ words: expect.stringContaining('It is unknown whether') });
				await stopped.account.close();
			}
		});
	});
});
