import { Stopped } from '../../../nodes/Crazytel/api/clock';
import { type Failure, STOPPED_FAILURE } from '../../../nodes/Crazytel/run/failure';
import type { Memory } from '../../../nodes/Crazytel/run/memory';
import type { Failed, Outcome } from '../../../nodes/Crazytel/run/outcome';
import { perform } from '../../../nodes/Crazytel/run/perform';
import type { Done } from '../../../nodes/Crazytel/run/performing';
import type { Plan } from '../../../nodes/Crazytel/run/plan';
import { afterRefusal, afterStop, afterWriting } from '../../../nodes/Crazytel/run/report';
import { type Work, workOf } from '../../../nodes/Crazytel/run/work';
import { acting, asking, failed, giving, knownOf, lost, making, operation, performingWith, removing, setting } from './things';

const bad = (message: string, more: Partial<Failure> = {}): Failed => ({ failure: { message, ...more } });
const written = (words: string): Outcome<Done> => ({ value: { output: {}, written: words } });
const stopped: Failed = { failure: STOPPED_FAILURE, cause: new Stopped() };

const PREPARED: Work['prepared'] = { value: { operation, plan: setting('a-1') } };

/** What was prepared of each item, and what an earlier try has left of it. */
const works = (prepared: Array<Work['prepared']>, memories: Memory[] = []): Work[] =>
	prepared.map((outcome, index) => workOf(index, memories[index] ?? {}, outcome));

const done: Memory = { done: { operation, plan: making(), result: { output: { id: 'id-1' }, written: 'S1 id-1' } } };
const inDoubt: Memory = { uncertain: { plan: making(), error: lost } };

describe('after a refusal, before the first write', () => {
	test('a run of one item says that nothing was written', () => {
		expect(afterRefusal(works([bad('Colour is 99.')]))).toStrictEqual({
			message: 'Colour is 99.',
			description: 'Nothing was written.',
		});
	});

	test('a longer run says how many items are bad, which one is the first, and from where it counts', () => {
		expect(afterRefusal(works([PREPARED, bad('Colour is 99.'), PREPARED])).description).toBe(
			'Nothing was written: 1 of 3 items cannot be used, the first is item 1 (counted from 0).',
		);
	});

	test('keeps all that is known of the first bad item, and puts what it said before the count', () => {
		const more = { httpCode: '401', field: 'Colour', parameter: 'additionalFields.paint' };
		expect(afterRefusal(works([bad('Bad.', { ...more, description: 'More.' }), bad('Worse.')]))).toStrictEqual({
			...more,
			message: 'Bad.',
			description:
				'More.\nNothing was written: 2 of 2 items cannot be used, the first is item 0 (counted from 0).\nItem 1: Worse.',
		});
	});

	test('names the other bad items, those with the same words only in the count', () => {
		const outcomes = [bad('Same.'), bad('Same.'), PREPARED, bad('Other.'), bad('Same.')];
		expect(afterRefusal(works(outcomes)).description?.split('\n')).toStrictEqual([
			'Nothing was written: 4 of 5 items cannot be used, the first is item 0 (counted from 0).',
			'Item 3: Other.',
		]);
	});

	test('names twenty others at most', () => {
		const outcomes = Array.from({ length: 1_000 }, (_, index) => bad(`Bad ${index}.`));
		const told = afterRefusal(works(outcomes)).description?.split('\n') ?? [];
		expect(told).toHaveLength(21);
		expect(told[0]).toContain('1000 of 1000 items cannot be used');
		expect(told[20]).toBe('Item 20: Bad 20.');
	});

	test.each<[string, Memory, string]>([
		['has written', done, 'Already written (items counted from 0): item 0: S1 id-1.'],
		['may have written', inDoubt, 'Item 0: The reply was lost. Look.'],
	])('says in the message that an earlier try %s an item, also after Stop', (_name, memory, line) => {
		const hint = ' An earlier try has written, or may have written, items; see the details.';
		expect(afterRefusal(works([PREPARED, bad('Bad.')], [memory]))).toStrictEqual({
			message: `Bad.${hint}`,
			description: [
				'Nothing was written in this try: 1 of 2 items cannot be used, the first is item 1 (counted from 0).',
				'In an earlier try of this execution:',
				line,
			].join('\n'),
		});
		expect(afterRefusal(works([PREPARED, stopped], [memory]))).toStrictEqual({
			message: `The execution was canceled. Nothing was written in this try.${hint}`,
			description: `In an earlier try of this execution:\n${line}`,
		});
	});

	test('does not say that nothing was written when an earlier try has written', () => {
		const { description } = afterRefusal(works([PREPARED, PREPARED, bad('Bad.')], [done, inDoubt]));
		expect(description?.split('\n')).toEqual([
			'Nothing was written in this try: 1 of 3 items cannot be used, the first is item 2 (counted from 0).',
			'In an earlier try of this execution:',
			'Already written (items counted from 0): item 0: S1 id-1.',
			'Item 1: The reply was lost. Look.',
		]);
	});

	test('says that nothing was written where an earlier try has only read', () => {
		const read: Memory = { done: { operation, plan: giving(), result: { output: [{ id: 'a-1' }] } } };
		expect(afterRefusal(works([PREPARED, bad('Bad.')], [read]))).toStrictEqual({
			message: 'Bad.',
			description: 'Nothing was written: 1 of 2 items cannot be used, the first is item 1 (counted from 0).',
		});
	});

	test('an item that was written and then put in doubt counts as written', () => {
		const { description } = afterRefusal(works([PREPARED, bad('Bad.')], [{ ...done, ...inDoubt }]));
		expect(description).toContain('item 0: S1 id-1.');
		expect(description).not.toContain('The reply was lost.');
	});

	test('a run in which none failed has nothing to tell', () => {
		expect(afterRefusal(works([PREPARED]))).toStrictEqual({ message: 'No item failed.' });
	});
});

test('Stop before the first write has the word by which n8n knows it', () => {
	expect(afterRefusal(works([PREPARED, stopped, stopped]))).toStrictEqual({
		message: 'The execution was canceled. Nothing was written.',
		description: '',
	});
});

describe('after a failed write', () => {
	test('a run of one item has the words of that item and no more', () => {
		const failure = { message: 'Crazytel failed.', httpCode: '500', description: 'More.' };
		expect(afterWriting([{ failure }], 0)).toStrictEqual(failure);
	});

	test('says how many items were written, and lists them as their performing has named them', () => {
		const outcomes = [written('S1 a-1'), written('b-2'), written('deleted c-3'), bad('Crazytel failed.', { httpCode: '500' })];
		expect(afterWriting(outcomes, 3)).toStrictEqual({
			httpCode: '500',
			message: 'Crazytel failed. 3 of 4 items were written; see the details for which.',
			description: 'Already written (items counted from 0): item 0: S1 a-1, item 1: b-2, item 2: deleted c-3.',
		});
	});

	test('says so when no other item was written', () => {
		expect(afterWriting([bad('Crazytel failed.'), stopped], 0)).toStrictEqual({
			message: 'Crazytel failed. No other item was written.',
			description: 'Not sent: 1 item.',
		});
	});

	test('tells of the others that failed side by side, before and after it, and of those not sent', () => {
		const outcomes = [
			stopped,
			bad('First.', { description: 'More.' }),
			written('c-3'),
			bad('Second.'),
			bad('First.'),
			stopped,
		];
		expect(afterWriting(outcomes, 1).description?.split('\n')).toStrictEqual([
			'More.',
			'Already written (items counted from 0): item 2: c-3.',
			'Item 3: Second.',
			// The words may be the same, but each is of a write of its own.
			'Item 4: First.',
			'Not sent: 2 items.',
		]);
	});

	test('counts those in doubt beside the one that stopped the run, and does not call them unwritten', () => {
		const doubtful = { ...bad('Lost.'), cause: lost };
		expect(afterWriting([doubtful, stopped], 0).message).toBe('Lost. No other item was written.');
		expect(afterWriting([bad('Bad.'), doubtful, doubtful], 0).message).toBe('Bad. 2 more may have been written; see the details.');
		expect(afterWriting([doubtful, doubtful, written('a-1')], 0).message).toBe(
			'Lost. 1 of 3 items was written; see the details for which. 1 more may have been written; see the details.',
		);
		const refused = { ...bad('No.'), cause: failed('refused') };
		expect(afterWriting([bad('Bad.'), refused], 0).message).toBe('Bad. No other item was written.');
	});

	test('lists all that was written, however much', () => {
		const outcomes = [...Array.from({ length: 1_000 }, (_, index) => written(`id-${index}-`)), bad('Crazytel failed.')];
		const { message, description } = afterWriting(outcomes, 1_000);
		expect(message).toContain('1000 of 1001 items were written');
		for (let index = 0; index < 1_000; index++) expect(description).toContain(`item ${index}: id-${index}-`);
	});
});

describe('what a report counts as written', () => {
	const THING = { id: 'a-1', serial: 'S1', colour: 'red' };

	/** The end of a run in which this plan was performed, and the item after it has failed. */
	async function told(plan: Plan, answer: unknown): Promise<Failure> {
		const { performing } = performingWith([answer], await knownOf([THING]));
		return afterWriting([{ value: await perform(plan, performing) }, bad('Bad.')], 1);
	}

	test.each<[string, Plan, unknown]>([
		['what was found', giving(THING, THING), undefined],
		['one thing that was found', giving(THING), undefined],
		['what was asked for, a list', asking(), [THING]],
		['what was asked for, a thing', asking(), THING],
		['what was right already', setting('a-1', { colour: 'red' }, { onlyDifferences: true }), undefined],
		['what was right already, with its secret', setting('a-1', { colour: 'red' }, { onlyDifferences: true, shown: { pin: 'Secret1Pin' } }), undefined],
	])('is never %s', async (_, plan, answer) => {
		expect(await told(plan, answer)).toStrictEqual({ message: 'Bad. No other item was written.', description: '' });
	});

	test.each<[string, Plan, unknown, string]>([
		['a thing that was made', making(), THING, 'S1 a-1'],
		['a thing that was changed', setting('a-1'), THING, 'S1 a-1'],
		['a thing without a name', setting('a-1'), { id: 'a-1' }, 'a-1'],
		['a thing that was deleted, by its id', removing('a-1'), { deleted: true }, 'deleted a-1'],
		['what acts once, by its name', acting(), { id: 'x' }, 'the bell'],
	])('is %s', async (_, plan, answer, words) => {
		expect(await told(plan, answer)).toStrictEqual({
			message: 'Bad. 1 of 2 items was written; see the details for which.',
			description: `Already written (items counted from 0): item 0: ${words}.`,
		});
	});

	test('says what to do about the secrets that were in the output, which an error takes the place of', async () => {
		const plan = making(undefined, { shown: { pin: 'Canary7Pin' } });
		expect((await told(plan, THING)).description).toBe('Already written (items counted from 0): item 0: S1 a-1.\nTheir PINs are lost.');
		expect(JSON.stringify(await told(plan, THING))).not.toContain('Canary7Pin');
	});

	test('says that once for each kind, however many items there are', () => {
		const secret = (lostSecrets: string): Outcome<Done> => ({ value: { output: { pin: 'Canary7Pin' }, written: 'a-1', lostSecrets } });
		const outcomes = [secret('Their PINs are lost.'), secret('Their keys are lost.'), secret('Their PINs are lost.'), stopped];
		expect(afterStop(outcomes).description?.split('\n')).toStrictEqual([
			'Already written (items counted from 0): item 0: a-1, item 1: a-1, item 2: a-1.',
			'Their PINs are lost.',
			'Their keys are lost.',
			'Not sent: 1 item.',
		]);
		expect(JSON.stringify(afterStop(outcomes))).not.toContain('Canary7Pin');
	});
});

describe('after Stop', () => {
	test('says canceled, the word by which n8n knows it, what was written, and how many were not sent', () => {
		expect(afterStop([written('S1 a-1'), stopped, stopped])).toStrictEqual({
			message: 'The execution was canceled. 1 of 3 items was written; see the details for which.',
			description: 'Already written (items counted from 0): item 0: S1 a-1.\nNot sent: 2 items.',
		});
	});

	test('says so when nothing was written', () => {
		expect(afterStop([stopped])).toStrictEqual({
			message: 'The execution was canceled. No item was written.',
			description: 'Not sent: 1 item.',
		});
	});

	test('counts nothing that was read as written', () => {
		expect(afterStop([{ value: { output: [{ id: 'a-1' }] } }, stopped]).message).toBe('The execution was canceled. No item was written.');
	});
});
