import type { Thing } from '../../../nodes/Crazytel/api/body';
import { Stopped } from '../../../nodes/Crazytel/api/clock';
import { asPartial } from '../../../nodes/Crazytel/api/pages';
import { collectionOf } from '../../../nodes/Crazytel/run/collection';
import { done } from '../../../nodes/Crazytel/run/done';
import type { Memory } from '../../../nodes/Crazytel/run/memory';
import type { Done } from '../../../nodes/Crazytel/run/performing';
import type { Plan } from '../../../nodes/Crazytel/run/plan';
import { findTwins } from '../../../nodes/Crazytel/run/twins';
import { type Work, workOf } from '../../../nodes/Crazytel/run/work';
import { failed, making, makingNamed, named, notedWaits, operation, others, setting, things } from './things';

const waits = notedWaits();

const LAMP: Thing = { id: 'A', serial: 'S1', name: 'Lamp' };
const TWIN: Thing = { id: 'b', serial: 'S2', name: 'Lamp' };

/** An item that was performed so, in this try. */
function workWith(plan: Plan, result: Done, memory: Memory = {}): Work {
	memory.done = { operation, plan, result };
	return { ...workOf(0, memory, { value: { operation, plan } }), outcome: { value: result } };
}

const made = (plan = makingNamed('Lamp'), thing = LAMP) => workWith(plan, done(plan, thing, {}));

/** Looks for twins where the list is this one at each look; the last one stays. */
async function found(works: Work[], lists: Array<Thing[] | Error>, signal?: AbortSignal) {
	const hints = new Set<string>();
	const read: string[] = [];
	const again = async (kind: typeof things) => {
		const list = lists[Math.min(read.length, lists.length - 1)] ?? [];
		read.push(kind.name);
		if (list instanceof Error) throw list;
		return collectionOf(kind, list, 1);
	};
	await findTwins(works, { client: { signal }, known: { again: again as never }, hints });
	return { hints: [...hints], read };
}

describe('no list is read', () => {
	test.each<[string, () => Work]>([
		['for what is known by no key', () => workWith(making(), done(making(), LAMP, {}))],
		[
			'for what was set',
			() =>
				workWith(
					setting('A', {}, { known: named('Lamp') }),
					done(setting('A', {}, { known: named('Lamp') }), LAMP, {}),
				),
		],
		[
			'for what a list has shown alone already',
			() => {
				const work = made();
				const result = {
					...work.memory.done!.result,
					made: { ...work.memory.done!.result.made!, isAlone: true as const },
				};
				return workWith(makingNamed('Lamp'), result);
			},
		],
		['for what has failed', () => ({ ...made(), outcome: { failure: { message: 'No.' } } })],
		['for what could not be prepared', () => workOf(0, {}, { failure: { message: 'No.' } })],
	])('%s', async (_, work) => {
		expect(await found([work()], [[]])).toEqual({ hints: [], read: [] });
	});
});

test('what the list shows alone is done, and is not asked for again', async () => {
	const work = made();
	expect(
		await found(
			[work],
			[
				[
					{ ...LAMP, id: 'a' },
					{ id: 'c', name: 'Chair' },
				],
			],
		),
	).toEqual({ hints: [], read: ['thing'] });
	expect(work.outcome).toMatchObject({ value: { output: LAMP, made: { isAlone: true } } });
	expect(work.memory.done?.result).toMatchObject({ output: LAMP, made: { isAlone: true } });
	expect(await found([work], [[]])).toEqual({ hints: [], read: [] });
});

test('what the list shows alone keeps a doubt about something else', async () => {
	const uncertain = { plan: setting('c-3'), error: failed('uncertain') };
	const work = workWith(makingNamed('Lamp'), done(makingNamed('Lamp'), LAMP, {}), { uncertain });
	await found([work], [[LAMP]]);
	expect(work.outcome).toMatchObject({ value: { made: { isAlone: true } } });
	expect(work.memory.uncertain).toBe(uncertain);
});

test('one list is read for all things of a kind, and one for another kind', async () => {
	const works = [
		made(),
		made(makingNamed('Chair'), { id: 'c', name: 'Chair' }),
		made(makingNamed('Lamp', {}, { kind: others })),
	];
	expect(await found(works, [[LAMP, { id: 'c', name: 'Chair' }]])).toEqual({ hints: [], read: ['thing', 'other'] });
});

test('a twin among the things of one kind is none of another kind', async () => {
	const works = [made(), made(makingNamed('Lamp', {}, { kind: others }))];
	await found(works, [[LAMP], [LAMP, TWIN]]);
	expect(works.map(({ outcome }) => outcome)).toMatchObject([
		{ value: { output: LAMP } },
		{ failure: { message: expect.stringMatching(/^The other thing of this item, S1 \(A\), was created/) as string } },
	]);
});

describe('another thing with the key', () => {
	test('fails the item, which names both, and in no try is it done', async () => {
		const work = made();
		const { done: before } = work.memory;
		expect(await found([work], [[LAMP, TWIN, { id: 'c', name: ' Lamp' }]])).toMatchObject({ hints: [] });
		expect(work.outcome).toMatchObject({
			failure: {
				message:
					"The strange thing of this item, S1 (A), was created, and now the Name 'Lamp' stands on 3 strange things: also on S2 (b), c. Another run or program has created that at the same time. Nothing is deleted by this node: decide which one is to stay, and delete the other in the Crazytel portal. Until then every item with this Name fails.",
				field: 'Name',
				parameter: 'thingName',
			},
			cause: { kind: 'contrary', mayHaveActed: true, httpCode: '200' },
		});
		// A report counts it among those that may have been written.
		expect(work.outcome).toHaveProperty('failure.mayHaveActed', true);
		expect(work.memory).toMatchObject({
			doubled: { operation, result: before?.result },
			uncertain: { plan: before?.plan },
		});
		expect(work.memory.done).toBeUndefined();
	});

	test('is told with what to do about the secrets that nobody sees now, and without them', async () => {
		const work = made(makingNamed('Lamp', {}, { shown: { pin: 'Secret1Pin' } }));
		await found([work], [[LAMP, TWIN]]);
		expect(work.outcome).toMatchObject({
			failure: { message: expect.stringMatching(/fails\. Their PINs are lost\.$/) as string },
		});
		expect(JSON.stringify(work.outcome)).not.toContain('Secret1Pin');
	});

	test('fails it also where the list does not show its own thing yet, or is not whole', async () => {
		for (const list of [[TWIN], asPartial([TWIN])]) {
			const work = made();
			await found([work], [list]);
			expect(work.outcome).toHaveProperty('failure');
		}
	});

	test('leaves the other items as they are', async () => {
		const works = [made(), made(makingNamed('Chair'), { id: 'c', name: 'Chair' })];
		await found(works, [[LAMP, TWIN, { id: 'c', name: 'Chair' }]]);
		expect(works.map(({ outcome }) => 'value' in outcome)).toEqual([false, true]);
	});

	test('is spoken of by its own name where the key is no setting', async () => {
		const plan = makingNamed('Lamp', {}, { known: { ...makingNamed('Lamp').known!, key: 'serial', value: 'S1' } });
		const work = made(plan);
		await found([work], [[LAMP, { id: 'b', serial: 's1' }]]);
		expect(work.outcome).toMatchObject({
			failure: {
				message: expect.stringContaining("the serial 'S1' stands on 2 strange things: also on s1 (b)") as string,
			},
		});
	});
});

describe('a list that does not show yet what was made', () => {
	test('is read again after two and four seconds', async () => {
		const work = made();
		expect(await found([work], [[], [], [LAMP]])).toEqual({ hints: [], read: ['thing', 'thing', 'thing'] });
		expect(waits.all).toEqual([2_000, 2_000]);
		expect(work.outcome).toMatchObject({ value: { made: { isAlone: true } } });
	});

	test('shows the other one later', async () => {
		const work = made();
		await found([work], [[], [LAMP, TWIN]]);
		expect(work.outcome).toHaveProperty('failure');
	});

	test('may hide a third one as well: the item names all that are there once its own is', async () => {
		const work = made();
		await found([work], [[TWIN], [LAMP, TWIN, { id: 'c', name: 'Lamp' }]]);
		expect(work.outcome).toMatchObject({
			failure: { message: expect.stringContaining('3 strange things: also on S2 (b), c.') as string },
		});
	});

	test('has shown the other one, and cannot be read again: the item fails all the same', async () => {
		const work = made();
		expect((await found([work], [[TWIN], failed('refused')])).hints).toEqual([]);
		expect(work.outcome).toHaveProperty('failure');
	});

	test('is looked at for those alone that are left', async () => {
		const works = [made(), made(makingNamed('Chair'), { id: 'c', name: 'Chair' })];
		// What comes after the look is another matter.
		await found(works, [[LAMP], [LAMP, TWIN, { id: 'c', name: 'Chair' }]]);
		expect(works.map(({ outcome }) => 'value' in outcome)).toEqual([true, true]);
	});

	test('is read no fourth time: the item is done, and a hint says what is not known', async () => {
		const works = [made(), made(makingNamed('Chair'), { id: 'c', name: 'Chair' })];
		expect(await found(works, [[]])).toEqual({
			hints: [
				'2 strange things were created, and it could not be checked whether another run or program has created one with the same Name meanwhile. The list of strange things does not show yet what was created.',
			],
			read: ['thing', 'thing', 'thing'],
		});
		expect(works.map(({ outcome }) => 'value' in outcome)).toEqual([true, true]);
	});
});

test.each<[string, Thing[] | Error, RegExp, number]>([
	[
		'cannot be read',
		failed('uncertain', 'No list.'),
		/^1 strange thing was created, and .* meanwhile\. No list\. Look\.$/,
		1,
	],
	['is not whole', asPartial([LAMP]), /meanwhile\. The list of strange things is not whole\.$/, 1],
])('where the list %s the item is done, with a hint, and the next try asks again', async (_, list, words, reads) => {
	const work = made();
	const { hints, read } = await found([work], [list]);
	expect(hints).toEqual([expect.stringMatching(words)]);
	expect(read).toHaveLength(reads);
	expect(work.outcome).toHaveProperty('value');
	expect((await found([work], [[LAMP]])).read).toHaveLength(1);
});

test('after Stop no list is read; the item is done, with a hint', async () => {
	const stop = new AbortController();
	stop.abort();
	const work = made();
	const { hints, read } = await found([work], [[LAMP, TWIN]], stop.signal);
	expect(hints).toEqual([expect.stringContaining(new Stopped().message)]);
	expect(read).toEqual([]);
	expect(work.outcome).toHaveProperty('value');
});

describe('in a later try, an item that was found doubled', () => {
	/** The work of the next try, which is not performed anew. */
	async function next(): Promise<Work> {
		const first = made();
		await found([first], [[LAMP, TWIN]]);
		const { memory } = first;
		return workOf(0, memory, { value: { operation, plan: memory.doubled!.plan, done: memory.doubled!.result } });
	}

	test('has failed, as before, whatever comes of the list', async () => {
		for (const list of [[LAMP, TWIN], failed('refused'), []]) {
			const work = await next();
			const { outcome } = work;
			expect(outcome).toHaveProperty('failure');
			expect((await found([work], [list])).hints).toEqual([]);
			expect(work.outcome).toMatchObject({ failure: { message: expect.stringContaining('S2 (b)') as string } });
			expect(work.memory.done).toBeUndefined();
		}
	});

	test('is done, with its output, where the list shows its thing alone', async () => {
		const work = await next();
		await found([work], [[LAMP]]);
		expect(work.outcome).toMatchObject({ value: { output: LAMP } });
		expect(work.memory).toMatchObject({ done: { result: { output: LAMP } } });
		expect(work.memory).not.toHaveProperty('doubled');
		expect(work.memory).not.toHaveProperty('uncertain');
	});

	test('is not looked for where it was done anew, and has failed', async () => {
		const { memory } = await next();
		const work = workOf(0, memory, { value: { operation, plan: setting('A') } });
		work.outcome = { failure: { message: 'No.' } };
		expect((await found([work], [[LAMP]])).read).toEqual([]);
		expect(work.outcome).toEqual({ failure: { message: 'No.' } });
	});
});
