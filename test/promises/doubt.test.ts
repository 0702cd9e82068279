import type { IDataObject, INode } from 'n8n-workflow';

import type { Play } from '../../sandbox';
import { time } from '../engine/scene';
import type { Server } from './example';
import { type Case, cases, line, oneOfEachKind, own, plannedFor, play, writers, writesOf } from './stage';
import { expectTruth, toldOf } from './told';

/** How a write can end so that nobody knows whether it was done. */
const DOUBTS = [
	'lostReplyAfter',
	'lostReplyBefore',
	'error500After',
	'error500Before',
	'cutOff',
	'truncatedJson',
] as const;

/** Done or not, with an answer or without one; the others differ from these in the client alone, before it knows what was asked. */
const MET_BY_ALL: readonly string[] = ['lostReplyAfter', 'lostReplyBefore', 'error500Before'];

const MOST_TRIES = 4;

let server: Server | undefined;

afterEach(async () => {
	time.onWait = undefined;
	await server?.close();
	server = undefined;
});

async function open(example: Case, play?: Play, times = 100): Promise<Server> {
	server = await example.open();
	if (play !== undefined) server.fault({ on: example.on, times, play });
	return server;
}

/** Whether what may have been done may be sent again. */
const isHarmless = (example: Case) =>
	['read', 'set', 'remove'].includes(example.effect) || (example.effect === 'act' && example.hasKey === true);

describe.each(DOUBTS.map((doubt, turn) => [doubt, turn] as const))('a request in doubt (%s)', (doubt, turn) => {
	test.each(MET_BY_ALL.includes(doubt) ? cases : oneOfEachKind(turn))(
		'is sent again only where that does no harm, and the truth is told: $name',
		async (example) => {
			const account = await open(example, doubt);
			const items = example.items.slice(0, 1);
			const scene = await play(account, example, { items });

			const { length } = own(account, example);
			if (isHarmless(example)) expect(length).toBeGreaterThan(1);
			expect(length).toBeLessThanOrEqual(isHarmless(example) ? MOST_TRIES : 1);
			expectTruth(example, account, toldOf(scene, 1), items);
			// Only what was made can be looked for.
			if (example.effect === 'make' && example.isDone(items[0] ?? {}, account))
				expect(scene.good).toMatchObject([{ recovered: true }]);
			if (example.effect === 'act') expect(scene.told).toContain('It is unknown');
		},
	);
});

describe.each([
	[400, cases],
	[409, oneOfEachKind(1)],
	[422, oneOfEachKind(2)],
])('a request in doubt whose repetition is refused (%d)', (status, some) => {
	test.each(some)('the refusal does not hide that the first try may have worked: $name', async (example) => {
		for (const doubt of ['lostReplyAfter', 'lostReplyBefore'] as const) {
			const account = await open(example, doubt, 1);
			account.fault({ on: example.on, nth: 2, times: 100, play: { status, body: { detail: 'It is so already' } } });
			const items = example.items.slice(0, 1);
			const scene = await play(account, example, { items });

			expect(own(account, example).length).toBeLessThanOrEqual(2);
			if (example.effect !== 'read') expectTruth(example, account, toldOf(scene, 1), items);
			await account.close();
		}
	});
});

describe.each<[string, Play]>([
	['and was not done', { status: 200, body: { success: false, message: 'Insufficient credit' } }],
	['and was done', { status: 200, body: { success: false, message: 'Insufficient credit' }, after: true }],
])('a 200 that says that it failed, %s', (_, denial) => {
	test.each(cases)('is no success, in the words of the server, and is not sent again: $name', async (example) => {
		const account = await open(example, denial);
		const items = example.items.slice(0, 1);
		const scene = await play(account, example, { items });

		expect(own(account, example)).toHaveLength(1);
		if (example.effect !== 'read') expectTruth(example, account, toldOf(scene, 1), items);
		// What was made after all is found, and given.
		if (scene.error !== undefined) expect(scene.error.message).toContain('Crazytel says: "Insufficient credit"');
		else expect(scene.good).toMatchObject([{ recovered: true }]);
	});
});

describe('a thing that is busy', () => {
	test.each(cases)('is waited for: $name', async (example) => {
		const account = await open(example, { status: 423 }, 2);
		const scene = await play(account, example, { items: example.items.slice(0, 1) });
		expect(scene.error).toBeUndefined();
		expectTruth(example, account, toldOf(scene, 1), example.items.slice(0, 1));
		expect(own(account, example)).toHaveLength(3);
	});
});

describe.each(['lostReplyAfter', 'error500Before'] as const)('one request in doubt of several (%s)', (doubt) => {
	test.each(cases)('all that may be repeated is done, and nothing else is sent again: $name', async (example) => {
		const account = await open(example, doubt, 1);
		const scene = await play(account, example, { node: { onError: 'continueErrorOutput' } });

		const told = toldOf(scene, 3);
		expectTruth(example, account, told);
		const done = told.filter((one) => 'gave' in one);
		if (isHarmless(example)) expect(done).toHaveLength(3);
		else expect(done.length).toBeGreaterThanOrEqual(2);
		const items = example.effect === 'read' ? new Set(own(account, example).map(line)).size : 3;
		expect(own(account, example)).toHaveLength(isHarmless(example) ? items + 1 : items);
	});
});

/** A refusal says that the request it answers was not done, and nothing of the one before it. */
describe('what was certainly not done is sent again', () => {
	test.each(cases)('after the limit was met (429): $name', async (example) => {
		const account = await open(example, 'limited', MOST_TRIES - 1);
		const items = example.items.slice(0, 1);
		const scene = await play(account, example, { items });

		expect(own(account, example).map(({ status }) => status === 429)).toStrictEqual([true, true, true, false]);
		expectTruth(example, account, toldOf(scene, 1), items);
		expect(scene.error).toBeUndefined();
	});

	test.each(cases)('after nobody was there to take it: $name', async (example) => {
		const account = await open(example);
		await account.refuse();
		time.onWait = () => void account.accept();
		const scene = await play(account, example);

		expect(scene.error).toBeUndefined();
		expectTruth(example, account, toldOf(scene, 3));
		if (example.effect !== 'read') expect(writesOf(account)).toHaveLength(3);
	});
});

describe.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
	'Retry On Fail, with %s',
	(onError) => {
		const node: Partial<INode> = { onError, retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

		test.each(writers)('sends nothing again that the first try has done: $name', async (example) => {
			const account = await example.open();
			server = account;
			const planned = await plannedFor(account, example);
			// In both Continue forms n8n tries again only when the first item has failed.
			account.fault({ on: example.on, nth: onError === 'stopWorkflow' ? 2 : 1, play: { status: 400 } });
			const scene = await play(account, example, { node });

			expect(scene.error).toBeUndefined();
			expect(scene.failed).toStrictEqual([]);
			expect(scene.good.map(({ looked }) => looked)).toStrictEqual([0, 1, 2]);
			expectTruth(example, account, toldOf(scene, 3));
			expect(writesOf(account)).toHaveLength(4);
			const done = writesOf(account).filter(({ status }) => status !== 400);
			expect(done.map(line).sort()).toStrictEqual(planned.sort());
		});

		test.each(writers)(
			'sends nothing again that may have been done, unless that does no harm: $name',
			async (example) => {
				for (const doubt of ['error500After', 'lostReplyBefore'] as const) {
					// The first try ends in doubt, the next ones would find all well.
					const account = await open(example, doubt, isHarmless(example) ? MOST_TRIES : 1);
					const items = example.items.slice(0, 1);
					const scene = await play(account, example, { items, node });

					// What turns out to be as asked for is not sent again either.
					expect(own(account, example).length).toBeLessThanOrEqual(isHarmless(example) ? MOST_TRIES + 1 : 1);
					const told = toldOf(scene, 1);
					// A later try finds what the first one has changed, so it may call that unchanged.
					expectTruth(
						{ ...example, gives: (item, of) => example.gives(item, of).map(withoutChanged) },
						account,
						told,
						items,
					);
					if (isHarmless(example)) expect(told).toMatchObject([{ gave: expect.any(Array) }]);
					await account.close();
				}
			},
		);
	},
);

function withoutChanged(output: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(output).filter(([name]) => name !== 'changed'));
}
