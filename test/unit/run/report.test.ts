import { ApiError } from '../../../nodes/Crazytel/api/apiError';
import { Stopped } from '../../../nodes/Crazytel/api/clock';
import { type Failure, type Report, STOPPED_FAILURE } from '../../../nodes/Crazytel/run/failure';
import type { Memory } from '../../../nodes/Crazytel/run/memory';
import type { Failed, Outcome } from '../../../nodes/Crazytel/run/outcome';
import { perform } from '../../../nodes/Crazytel/run/perform';
import type { Done } from '../../../nodes/Crazytel/run/performing';
import type { Plan } from '../../../nodes/Crazytel/run/plan';
import { afterRefusal, afterStop, afterWriting } from '../../../nodes/Crazytel/run/report';
import { type Work, workOf } from '../../../nodes/Crazytel/run/work';
import {
	acting,
	asking,
	failed,
	giving,
	knownOf,
	lost,
	making,
	operation,
	performingWith,
	removing,
	setting,
} from './things';

const bad = (message: string, more: Partial<Failure> = {}): Failed => ({ failure: { message, ...more } });
const written = (words: string): Outcome<Done> => ({ value: { output: {}, written: words } });
const stopped: Failed = { failure: STOPPED_FAILURE, cause: new Stopped() };

const PREPARED: Work['prepared'] = { value: { operation, plan: setting('a-1') } };

/** What was prepared of each item, and what an earlier try has left of it. */
const works = (prepared: Array<Work['prepared']>, memories: Memory[] = []): Work[] =>
	prepared.map((outcome, index) => workOf(index, memories[index] ?? {}, outcome));

const done: Memory = { done: { operation, plan: making(), result: { output: { id: 'id-1' }, written: 'S1 id-1' } } };
const inDoubt: Memory = { uncertain: { plan: making(), error: lost } };

/** A failure as a reader makes it: what happened, what to do, and of which field. */
const wrong = (...problems: Array<[happened: string, cure: string, label?: string]>): Failed =>
	bad(problems.map(([happened, cure]) => `${happened} ${cure}`.trim()).join(' '), {
		parts: problems.map(([happened, cure, label]) => ({ happened, cure, label })),
	});

const NOTHING = { httpCode: undefined, field: undefined, parameter: undefined };
const ON_ERROR = (others: string) =>
	`With On Error set to Continue, in the Settings of this node, the other ${others} would be done.`;

describe('after a refusal, before the first write', () => {
	test('a run of one item says what happened, what to do, and that nothing was written', () => {
		expect(afterRefusal(works([wrong(['Colour is 99.', 'Give a name.', 'Colour'])]))).toStrictEqual({
			...NOTHING,
			happened: 'Colour is 99.',
			more: ['Give a name.', 'Nothing was written.'],
		});
	});

	test('what is of no field is told without one', () => {
		expect(
			afterRefusal(works([wrong(['It is 99.', 'Give a name.'], ['It is empty.', 'Fill it in.'])])).more,
		).toStrictEqual([['Give a name.', 'Fill it in.'], 'Nothing was written.']);
	});

	test('what has no cure needs none', () => {
		expect(afterRefusal(works([bad('Colour is 99.')])).more).toStrictEqual(['Nothing was written.']);
		expect(afterRefusal(works([wrong(['Colour is 99.', ''])])).more).toStrictEqual(['Nothing was written.']);
	});

	test('of several wrong fields the headline says all, and below each cure stands with its field', () => {
		const item = wrong(
			['Colour is 99.', 'Give a name.', 'Colour'],
			['Weight is none.', '', 'Weight'],
			['Name is empty.', 'Fill it in.', 'Name'],
		);
		expect(afterRefusal(works([item]))).toMatchObject({
			happened: 'Colour is 99. Weight is none. Name is empty.',
			more: [['Colour: Give a name.', 'Name: Fill it in.'], 'Nothing was written.'],
		});
	});

	test('fields with the same cure stand together', () => {
		const item = wrong(
			['Colour is empty.', 'Fill it in.', 'Colour'],
			['Weight is 99.', 'Less.', 'Weight'],
			['Name is empty.', 'Fill it in.', 'Name'],
		);
		expect(afterRefusal(works([item])).more[0]).toStrictEqual(['Colour, Name: Fill it in.', 'Weight: Less.']);
	});

	test('a cure that is alone beside another problem still names its field', () => {
		const item = wrong(['Colour is 99.', ''], ['Name is empty.', 'Fill it in.', 'Name']);
		expect(afterRefusal(works([item])).more[0]).toBe('Name: Fill it in.');
	});

	test('a longer run says how many items are bad, which, from where it counts, and how the others would be done', () => {
		expect(afterRefusal(works([PREPARED, wrong(['Colour is 99.', 'Give a name.']), PREPARED])).more).toStrictEqual([
			'Give a name.',
			'Nothing was written: 1 of 3 items cannot be used: item 1 (counted from 0).',
			ON_ERROR('2 items'),
		]);
		expect(afterRefusal(works([PREPARED, bad('Bad.')])).more).toContain(ON_ERROR('item'));
	});

	test('items that are bad alike are told of once', () => {
		const same = wrong(['Colour is 99.', 'Give a name.']);
		expect(
			afterRefusal(works([PREPARED, same, PREPARED, PREPARED, same, PREPARED, PREPARED, same])).more,
		).toStrictEqual([
			'Give a name.',
			'Nothing was written: 3 of 8 items cannot be used: items 1, 4, 7 (counted from 0).',
			ON_ERROR('5 items'),
		]);
		expect(afterRefusal(works([same, same, same])).happened).toBe('Colour is 99.');
		expect(afterRefusal(works([same, same, same])).more).toStrictEqual([
			'Give a name.',
			'Nothing was written: it is so for all 3 items.',
		]);
	});

	test('items that are bad in several ways are a list, whole words for each way', () => {
		const same = wrong(['Same.', 'Mend it.']);
		const outcomes = [same, same, PREPARED, wrong(['Other.', 'Look.']), same];
		expect(afterRefusal(works(outcomes))).toStrictEqual({
			...NOTHING,
			happened: 'Same. 3 more items cannot be used; see the details.',
			more: [
				'Nothing was written: 4 of 5 items cannot be used (counted from 0):',
				['Items 0, 1, 4: Same. Mend it.', 'Item 3: Other. Look.'],
				ON_ERROR('item'),
			],
		});
	});

	test('keeps all that is known of the first bad item, and puts what n8n said before the count', () => {
		const more = { httpCode: '401', field: 'Colour', parameter: 'additionalFields.paint' };
		expect(afterRefusal(works([bad('Bad.', { ...more, description: 'More.' }), bad('Worse.')]))).toStrictEqual({
			...more,
			happened: 'Bad. 1 more item cannot be used; see the details.',
			more: [
				'More.',
				'Nothing was written: 2 of 2 items cannot be used (counted from 0):',
				['Item 0: Bad.', 'Item 1: Worse.'],
			],
		});
	});

	test('names twenty ways at most, and twenty items of each', () => {
		const outcomes = Array.from({ length: 1_000 }, (_, index) => bad(`Bad ${index}.`));
		const [count, list] = afterRefusal(works(outcomes)).more;
		expect(count).toContain('1000 of 1000 items cannot be used');
		expect(list).toHaveLength(21);
		expect(list?.[19]).toBe('Item 19: Bad 19.');
		expect(list?.[20]).toBe('And 980 more.');

		const twenty = Array.from({ length: 20 }, (_, index) => bad(`Bad ${index}.`));
		expect(afterRefusal(works(twenty)).more[1]).toHaveLength(20);

		const alike = [PREPARED, ...Array.from({ length: 30 }, () => bad('Bad.'))];
		expect(afterRefusal(works(alike)).more[0]).toContain(
			': items 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 and 10 more (',
		);
	});

	test.each([
		['a key that is refused', new ApiError('No.', '', 'refused', { httpCode: '401' })],
		['a key that may not do this', new ApiError('No.', '', 'refused', { httpCode: '403' })],
		['a server that is not reached', failed('undelivered')],
		['a service that was given up', failed('unsent')],
	])('does not promise that others would be done, after %s', (_, cause) => {
		expect(JSON.stringify(afterRefusal(works([PREPARED, { ...bad('No.'), cause }])).more)).not.toContain('On Error');
		expect(JSON.stringify(afterWriting([{ ...bad('No.'), cause }, stopped], 0).more)).not.toContain('On Error');
	});

	test('promises it after what Crazytel has refused of one item alone', () => {
		const refused = { ...bad('No.'), cause: failed('refused') };
		expect(afterRefusal(works([PREPARED, refused])).more).toContain(ON_ERROR('item'));
		expect(afterWriting([refused, stopped], 0).more).toContain(ON_ERROR('item'));
	});

	test.each<[string, Memory, Report['more']]>([
		['has written', done, ['Already written (items counted from 0):', ['item 0: S1 id-1']]],
		['may have written', inDoubt, [['Item 0: The reply was lost. Look.']]],
	])('says in the headline that an earlier try %s an item, also after Stop', (_name, memory, lines) => {
		const hint = ' An earlier try has written, or may have written, items; see the details.';
		expect(afterRefusal(works([PREPARED, bad('Bad.')], [memory]))).toStrictEqual({
			...NOTHING,
			happened: `Bad.${hint}`,
			more: [
				'Nothing was written in this try: 1 of 2 items cannot be used: item 1 (counted from 0).',
				ON_ERROR('item'),
				'In an earlier try of this execution:',
				...lines,
			],
		});
		expect(afterRefusal(works([PREPARED, stopped], [memory]))).toStrictEqual({
			happened: `The execution was canceled. Nothing was written in this try.${hint}`,
			more: ['In an earlier try of this execution:', ...lines],
		});
	});

	test('does not say that nothing was written when an earlier try has written', () => {
		expect(afterRefusal(works([PREPARED, PREPARED, bad('Bad.')], [done, inDoubt])).more).toEqual([
			'Nothing was written in this try: 1 of 3 items cannot be used: item 2 (counted from 0).',
			ON_ERROR('2 items'),
			'In an earlier try of this execution:',
			['Item 1: The reply was lost. Look.'],
			'Already written (items counted from 0):',
			['item 0: S1 id-1'],
		]);
	});

	test('says that nothing was written where an earlier try has only read', () => {
		const read: Memory = { done: { operation, plan: giving(), result: { output: [{ id: 'a-1' }] } } };
		expect(afterRefusal(works([PREPARED, bad('Bad.')], [read]))).toMatchObject({
			happened: 'Bad.',
			more: ['Nothing was written: 1 of 2 items cannot be used: item 1 (counted from 0).', ON_ERROR('item')],
		});
	});

	test('an item that was written and then put in doubt counts as written', () => {
		const told = JSON.stringify(afterRefusal(works([PREPARED, bad('Bad.')], [{ ...done, ...inDoubt }])).more);
		expect(told).toContain('item 0: S1 id-1');
		expect(told).not.toContain('The reply was lost.');
	});

	test('a run in which none failed has nothing to tell', () => {
		expect(afterRefusal(works([PREPARED]))).toStrictEqual({ happened: 'No item failed.', more: [] });
	});
});

test('Stop before the first write has the word by which n8n knows it', () => {
	expect(afterRefusal(works([PREPARED, stopped, stopped]))).toStrictEqual({
		happened: 'The execution was canceled. Nothing was written.',
		more: [],
	});
});

describe('after a failed write', () => {
	test('a run of one item has the words of that item and no more', () => {
		const failure = {
			message: 'Crazytel failed. Wait.',
			parts: [{ happened: 'Crazytel failed.', cure: 'Wait.' }],
			httpCode: '500',
			description: 'More.',
		};
		expect(afterWriting([{ failure }], 0)).toStrictEqual({
			...NOTHING,
			httpCode: '500',
			happened: 'Crazytel failed.',
			more: ['Wait.', 'More.'],
		});
	});

	test('says how many items were written, and lists them as their performing has named them', () => {
		const outcomes = [
			written('S1 a-1'),
			written('b-2'),
			written('deleted c-3'),
			bad('Crazytel failed.', { httpCode: '500' }),
		];
		expect(afterWriting(outcomes, 3)).toStrictEqual({
			...NOTHING,
			httpCode: '500',
			happened: 'Crazytel failed. 3 of 4 items were written; see the details for which.',
			more: ['Already written (items counted from 0):', ['item 0: S1 a-1', 'item 1: b-2', 'item 2: deleted c-3']],
		});
	});

	test('says so when no other item was written, and how the others would be done', () => {
		expect(afterWriting([wrong(['Crazytel failed.', 'Wait.']), stopped, stopped], 0)).toMatchObject({
			happened: 'Crazytel failed. No other item was written.',
			more: ['Wait.', 'Not sent: 2 items.', ON_ERROR('2 items')],
		});
	});

	test('tells of all that failed side by side, those alike together, and of those not sent', () => {
		const outcomes = [stopped, bad('First.'), written('c-3'), bad('Second.'), bad('First.'), stopped];
		expect(afterWriting(outcomes, 1).more).toStrictEqual([
			['Items 1, 4: First.', 'Item 3: Second.'],
			'Not sent: 2 items.',
			ON_ERROR('2 items'),
			'Already written (items counted from 0):',
			['item 2: c-3'],
		]);
	});

	test('has in its headline the item that has ended the run, wherever it stands', () => {
		expect(afterWriting([bad('First.'), bad('Second.')], 1).happened).toBe('Second. No other item was written.');
	});

	test('has nothing to tell of a run that was only stopped', () => {
		expect(afterWriting([written('a-1'), stopped], 1)).toStrictEqual({ happened: 'No item failed.', more: [] });
	});

	test('names the items also where all of them have failed alike', () => {
		expect(afterWriting([bad('First.'), written('b-2'), bad('First.')], 0).more[0]).toStrictEqual([
			'Items 0, 2: First.',
		]);
	});

	test('counts those in doubt beside the one that stopped the run, and does not call them unwritten', () => {
		const doubtful = { failure: { ...bad('Lost.').failure, mayHaveActed: true as const }, cause: lost };
		expect(afterWriting([doubtful, stopped], 0).happened).toBe('Lost. No other item was written.');
		expect(afterWriting([bad('Bad.'), doubtful, doubtful], 0).happened).toBe(
			'Bad. 2 more may have been written; see the details.',
		);
		expect(afterWriting([doubtful, doubtful, written('a-1')], 0).happened).toBe(
			'Lost. 1 of 3 items was written; see the details for which. 1 more may have been written; see the details.',
		);
		const refused = { ...bad('No.'), cause: failed('refused') };
		expect(afterWriting([bad('Bad.'), refused], 0).happened).toBe('Bad. No other item was written.');
	});

	test('lists all that was written, however much', () => {
		const outcomes = [...Array.from({ length: 1_000 }, (_, index) => written(`id-${index}-`)), bad('Crazytel failed.')];
		const { happened, more } = afterWriting(outcomes, 1_000);
		expect(happened).toContain('1000 of 1001 items were written');
		expect(more).toContainEqual(Array.from({ length: 1_000 }, (_, index) => `item ${index}: id-${index}-`));
	});
});

describe('what a report counts as written', () => {
	const THING = { id: 'a-1', serial: 'S1', colour: 'red' };

	/** The end of a run in which this plan was performed, and the item after it has failed. */
	async function told(plan: Plan, answer: unknown): Promise<Report> {
		const { performing } = performingWith([answer], await knownOf([THING]));
		return afterWriting([{ value: await perform(plan, performing) }, bad('Bad.')], 1);
	}

	test.each<[string, Plan, unknown]>([
		['what was found', giving(THING, THING), undefined],
		['one thing that was found', giving(THING), undefined],
		['what was asked for, a list', asking(), [THING]],
		['what was asked for, a thing', asking(), THING],
		['what was right already', setting('a-1', { colour: 'red' }, { onlyDifferences: true }), undefined],
		[
			'what was right already, with its secret',
			setting('a-1', { colour: 'red' }, { onlyDifferences: true, shown: { pin: 'Secret1Pin' } }),
			undefined,
		],
	])('is never %s', async (_, plan, answer) => {
		expect(await told(plan, answer)).toStrictEqual({
			...NOTHING,
			happened: 'Bad. No other item was written.',
			more: [],
		});
	});

	test.each<[string, Plan, unknown, string]>([
		['a thing that was made', making(), THING, 'S1 a-1'],
		['a thing that was changed', setting('a-1'), THING, 'S1 a-1'],
		['a thing without a name', setting('a-1'), { id: 'a-1' }, 'a-1'],
		['a thing that was deleted, by its id', removing('a-1'), { deleted: true }, 'deleted a-1'],
		['what acts once, by its name', acting(), { id: 'x' }, 'the bell'],
	])('is %s', async (_, plan, answer, words) => {
		expect(await told(plan, answer)).toStrictEqual({
			...NOTHING,
			happened: 'Bad. 1 of 2 items was written; see the details for which.',
			more: ['Already written (items counted from 0):', [`item 0: ${words}`]],
		});
	});

	test('says what to do about the secrets that were in the output, which an error takes the place of', async () => {
		const plan = making(undefined, { shown: { pin: 'Canary7Pin' } });
		expect((await told(plan, THING)).more).toStrictEqual([
			'Already written (items counted from 0):',
			['item 0: S1 a-1'],
			'Their PINs are lost.',
		]);
		expect(JSON.stringify(await told(plan, THING))).not.toContain('Canary7Pin');
	});

	test('says that once for each kind, however many items there are', () => {
		const secret = (lostSecrets: string): Outcome<Done> => ({
			value: { output: { pin: 'Canary7Pin' }, written: 'a-1', lostSecrets },
		});
		const outcomes = [
			secret('Their PINs are lost.'),
			secret('Their keys are lost.'),
			secret('Their PINs are lost.'),
			stopped,
		];
		expect(afterStop(outcomes).more).toStrictEqual([
			'Not sent: 1 item.',
			'Already written (items counted from 0):',
			['item 0: a-1', 'item 1: a-1', 'item 2: a-1'],
			'Their PINs are lost.',
			'Their keys are lost.',
		]);
		expect(JSON.stringify(afterStop(outcomes))).not.toContain('Canary7Pin');
	});
});

describe('after Stop', () => {
	test('says canceled, the word by which n8n knows it, what was written, and how many were not sent', () => {
		expect(afterStop([written('S1 a-1'), stopped, stopped])).toStrictEqual({
			happened: 'The execution was canceled. 1 of 3 items was written; see the details for which.',
			more: ['Not sent: 2 items.', 'Already written (items counted from 0):', ['item 0: S1 a-1']],
		});
	});

	test('says so when nothing was written', () => {
		expect(afterStop([stopped])).toStrictEqual({
			happened: 'The execution was canceled. No item was written.',
			more: ['Not sent: 1 item.'],
		});
	});

	test('counts nothing that was read as written', () => {
		expect(afterStop([{ value: { output: [{ id: 'a-1' }] } }, stopped]).happened).toBe(
			'The execution was canceled. No item was written.',
		);
	});
});
