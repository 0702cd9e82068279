import type { IExecuteFunctions } from 'n8n-workflow';

import { STOPPED_FAILURE, STOPPED_REPEATING_FAILURE } from '../../../nodes/Crazytel/run/failure';
import type { Memory } from '../../../nodes/Crazytel/run/memory';
import type { Done } from '../../../nodes/Crazytel/run/performing';
import type { Plan, WritePlan } from '../../../nodes/Crazytel/run/plan';
import { linesOf, logIfStopped, type Progress } from '../../../nodes/Crazytel/run/stopLog';
import type { Work } from '../../../nodes/Crazytel/run/work';
import { acting, giving, knownOf, lost, making, operation, removing, setting } from './things';

const done = (plan: Plan, written: string, state: Done['state'], more: Partial<Done> = {}): Memory => ({
	done: { operation, plan, result: { output: {}, written, state, ...more } },
});
const inDoubt = (plan: WritePlan): Memory => ({ uncertain: { plan, error: lost } });
const painted = done(setting('a-1'), 'S1 a-1', 'updated');
const nothing: Memory = { done: { operation, plan: giving(), result: { output: [] } } };

/** A run of these items, of which each has ended so in its last try. */
const ended = (memories: Memory[], failures: Array<Work['outcome'] | undefined>): Progress => ({
	memories,
	works: memories.map((memory, index) => {
		const prepared = { value: { operation, plan: giving() } };
		return { index, memory, prepared, outcome: failures[index] ?? { value: { output: {} } } };
	}),
});

const lines = (progress: Progress) => linesOf(progress, 'Node', 'of Nightly');
const entries = (memories: Memory[], more: Partial<Progress> = {}) => lines({ memories, ...more }).slice(1);

describe('the numbers', () => {
	test('are those of what was written, what is in doubt, what was not sent, and what has failed', () => {
		const memories: Memory[] = [painted, inDoubt(setting('b-2')), {}, {}, {}, nothing];
		const outcomes = [
			undefined,
			{ failure: { message: 'Lost.' } },
			{ failure: STOPPED_FAILURE },
			{ failure: STOPPED_FAILURE },
			{ failure: { message: 'No.' } },
		];
		expect(lines(ended(memories, outcomes))[0]).toBe(
			'Node of Nightly was stopped, or its time was up, so n8n keeps no output of it: 1 of 6 items written, 1 in doubt, 2 not sent, 1 failed. Look into the Crazytel portal for what is in doubt. Items are counted from 0.',
		);
	});

	test('leave out what is not there', () => {
		expect(lines({ memories: [painted] })[0]).toContain(': 1 of 1 item written, 0 not sent. Items');
	});

	test('take for not sent whatever a try did not come to that ended before it had a plan', () => {
		expect(lines({ memories: [painted, {}, {}, nothing] })[0]).toContain(': 1 of 4 items written, 2 not sent. Items');
	});
});

describe('an item', () => {
	test.each<[string, Memory, string]>([
		['that was made', done(making(), 'S9 new', 'created'), 'S9 new, created'],
		['that was set', painted, 'S1 a-1, updated'],
		['that was set in place of a make', done(making(), 'S1 a-1', 'updated'), 'S1 a-1, updated'],
		['that acted', done(acting(), 'the bell', 'done'), 'the bell, done'],
		['that was removed', done(removing('b-2'), 'deleted b-2', 'deleted'), 'b-2, deleted'],
		['whose make is in doubt', inDoubt(making()), 'a strange thing whose id is not known, may have been written'],
		['whose setting is in doubt', inDoubt(setting('b-2')), 'b-2, may have been written'],
		['whose removal is in doubt', inDoubt(removing('b-2')), 'b-2, may have been written'],
		['whose act is in doubt', inDoubt(acting()), 'the bell, may have been written'],
		['that was made, and not put right', inDoubt(setting('new', {}, { isOfMade: true })), 'new, created, in doubt'],
		[
			'that was made, and then set with an outcome that is not known',
			{ ...done(making(), 'S9 new', 'created'), ...inDoubt(setting('new')) },
			'S9 new, created, in doubt',
		],
		[
			'whose secret may be in effect',
			done(setting('a-1'), 'S1 a-1, if it was', 'updated, in doubt'),
			'a-1, updated, in doubt',
		],
		[
			'that was made, and whose secret may be in effect',
			done(making(), 'S9 new, if it was', 'created, in doubt'),
			'S9 new, if it was, created, in doubt',
		],
		[
			'that somebody else has made as well',
			{ doubled: done(making(), 'S9 new', 'created').done, ...inDoubt(making()) } as Memory,
			'S9 new, created, in doubt',
		],
		[
			'that somebody else has made as well, and is not in doubt otherwise',
			{ doubled: done(making(), 'S9 new', 'created').done } as Memory,
			'S9 new, created, in doubt',
		],
	])('%s', (_, memory, words) => {
		expect(entries([memory])).toEqual([`Node: item 0: ${words}`]);
	});

	test('that an earlier try has written, and another item may have changed since, is in doubt', () => {
		expect(lines(ended([painted], [{ failure: STOPPED_REPEATING_FAILURE }]))).toEqual([
			expect.stringContaining(': 0 of 1 item written, 1 in doubt, 0 not sent.') as string,
			'Node: item 0: S1 a-1, updated, in doubt',
		]);
	});

	test('that an earlier try has written, and this one could not send again, is as it was written', () => {
		expect(lines(ended([painted], [{ failure: { message: 'No.' } }]))).toEqual([
			expect.stringContaining(': 1 of 1 item written, 0 not sent.') as string,
			'Node: item 0: S1 a-1, updated',
		]);
	});

	test('has no name but its id where the run has read no list of its kind', async () => {
		expect(entries([inDoubt(setting('b-2'))], { known: await knownOf() })).toEqual([
			'Node: item 0: b-2, may have been written',
		]);
	});

	test('has the name that the list has shown, as nothing else has it any more', async () => {
		const known = await knownOf([{ id: 'B-2', serial: 'S2' }, { id: 'c-3' }]);
		known.soFar(setting('b-2').kind)?.forget('b-2');
		const memories = [
			done(removing('b-2'), 'deleted b-2', 'deleted'),
			inDoubt(setting('b-2')),
			inDoubt(setting('c-3')),
		];
		expect(entries(memories, { known })).toEqual([
			'Node: item 0: S2 b-2, deleted; item 1: S2 b-2, may have been written; item 2: c-3, may have been written',
		]);
	});

	test('that has written nothing is not in the list', () => {
		expect(entries([{}, painted, nothing, painted])).toEqual([
			'Node: item 1: S1 a-1, updated; item 3: S1 a-1, updated',
		]);
	});

	test('whose name would break the line, or fill it, is defused and cut', () => {
		const [line = ''] = entries([done(making(), `S\n\u001B[31m\u202E ${'x'.repeat(5_000)}`, 'created')]);
		expect(line).toMatch(/^Node: item 0: S<U\+000A><U\+001B>\[31m<U\+202E> x+…, created$/);
		expect(line.length).toBeLessThan(200);
	});
});

test('nothing is said of a run that has written nothing', () => {
	expect(lines({ memories: [] })).toEqual([]);
	expect(
		lines(ended([{}, nothing, {}], [{ failure: STOPPED_FAILURE }, undefined, { failure: { message: 'No.' } }])),
	).toEqual([]);
});

test('of secrets that only the output has held it is said once what to do, and they are not shown', () => {
	const secret = { shown: { pin: 'Secret1Pin' } };
	const memories = [
		done(making({}, secret), 'S8 new', 'created', {
			output: { pin: 'Secret1Pin' },
			lostSecrets: 'Their PINs are lost.',
		}),
		inDoubt(making({ pin: 'Secret1Pin' }, secret)),
		inDoubt(making({ pin: 'Secret1Pin' }, secret)),
	];
	expect(lines({ memories })[0]).toContain(' in doubt. Their PINs are lost. Items');
	expect(lines({ memories }).join()).not.toContain('Secret1Pin');
	expect(lines({ memories: memories.slice(1) })[0]).toContain(' in doubt. Their PINs are lost. Items');
	expect(lines({ memories: [painted, inDoubt(making())] })[0]).not.toContain('PIN');
	expect(lines({ memories: [inDoubt(making({}, { shown: undefined }))] })[0]).not.toContain('PIN');
});

test('a line may be as long as 2,000 characters, and no longer', () => {
	const told = (about: string) => linesOf({ memories: [painted, painted] }, about, 'of Nightly').slice(1);
	const rest = ': item 0: S1 a-1, updated; item 1: S1 a-1, updated';
	expect(told('N'.repeat(2_000 - rest.length)).map(({ length }) => length)).toEqual([2_000]);
	expect(told('N'.repeat(2_001 - rest.length))).toHaveLength(2);
});

test('10,000 items are told in lines of a bounded length, each with all that finds it', () => {
	const id = '3f2b8c1e-5a4d-4c6b-9e7f-0a1b2c3d4e5f';
	const memories = Array.from({ length: 10_000 }, () => done(setting(id), `CT123456 ${id}`, 'updated'));
	const told = lines({ memories });
	expect(Math.max(...told.map(({ length }) => length))).toBeLessThanOrEqual(2_000);
	expect(told.length).toBeLessThan(400);
	expect(told.every((line) => line.startsWith('Node'))).toBe(true);
	const numbers = told
		.slice(1)
		.flatMap((line) =>
			[...line.matchAll(/item (\d+): CT123456 3f2b8c1e-\S+, updated/g)].map(([, index]) => Number(index)),
		);
	expect(numbers).toEqual(memories.map((_, index) => index));
});

describe('n8n', () => {
	/** What a node has of the n8n that runs it. */
	const host = (more: object, isStopped = true) =>
		({
			getExecutionCancelSignal: () => (isStopped ? AbortSignal.abort() : new AbortController().signal),
			getNode: () => ({ name: 'Paint\nall' }),
			getWorkflow: () => ({ id: 'w1', name: 'Nightly' }),
			getExecutionId: () => '231',
			...more,
		}) as unknown as IExecuteFunctions;

	test('is told once, by its logger, with all that finds the execution; the next tries add nothing', () => {
		const logger = {
			said: [] as string[],
			warn(line: string) {
				this.said.push(line);
			},
		};
		const progress = { memories: [{ ...painted }] };
		logIfStopped(host({ logger }, false), progress);
		expect(logger.said).toEqual([]);
		for (let tries = 0; tries < 3; tries++) logIfStopped(host({ logger }), progress);
		expect(logger.said).toEqual([
			"Crazytel node 'Paint<U+000A>all', execution 231 of workflow 'Nightly' (w1) was stopped, or its time was up, so n8n keeps no output of it: 1 of 1 item written, 0 not sent. Items are counted from 0.",
			"Crazytel node 'Paint<U+000A>all', execution 231: item 0: S1 a-1, updated",
		]);
	});

	test('is told nothing of a run that had no items', () => {
		const warn = jest.fn();
		logIfStopped(host({ logger: { warn } }), { memories: [] });
		expect(warn).not.toHaveBeenCalled();
	});

	test.each<[string, object]>([
		['no logger', {}],
		['a logger without warnings', { logger: {} }],
		['no signal', { getExecutionCancelSignal: () => undefined }],
		['no way to ask for a signal', { getExecutionCancelSignal: undefined }],
	])('may have %s', (_, more) => {
		expect(() => logIfStopped(host(more), { memories: [{ ...painted }] })).not.toThrow();
	});
});
