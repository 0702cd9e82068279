import type { IDataObject } from 'n8n-workflow';

import { ApiError } from '../../../nodes/Crazytel/api/apiError';
import { type Failure, STOPPED_FAILURE } from '../../../nodes/Crazytel/run/failure';
import type { Memory } from '../../../nodes/Crazytel/run/memory';
import type { Outcome } from '../../../nodes/Crazytel/run/outcome';
import { afterRefusal, afterStop, afterWriting } from '../../../nodes/Crazytel/run/report';

const bad = (message: string, more: Partial<Failure> = {}): { failure: Failure } => ({ failure: { message, ...more } });
const trunk = (id: string, username?: string): Outcome<IDataObject> => ({ value: { id, ...(username !== undefined && { username }) } });
const stopped: Outcome<IDataObject> = { failure: STOPPED_FAILURE };

const lost = new ApiError('The reply was lost.', 'Look.', 'uncertain', { httpCode: '500' });

const planned = { value: { plan: {} } };
const done = { value: { done: { id: 'a-1' } } };

describe('after a refusal, before the first write', () => {
	test('a run of one item says that nothing was written', () => {
		expect(afterRefusal([bad('Area Code is 99.')])).toStrictEqual({
			message: 'Area Code is 99.',
			description: 'Nothing was written.',
		});
	});

	test('a longer run says how many items are bad, which one is the first, and from where it counts', () => {
		expect(afterRefusal([planned, bad('Area Code is 99.'), planned]).description).toBe(
			'Nothing was written: 1 of 3 items cannot be used, the first is item 1 (counted from 0).',
		);
	});

	test('keeps all that is known of the first bad item, and puts what it said before the count', () => {
		const more = { httpCode: '401', field: 'Area Code', parameter: 'additionalFields.areaCode' };
		expect(afterRefusal([bad('Bad.', { ...more, description: 'More.' }), bad('Worse.')])).toStrictEqual({
			...more,
			message: 'Bad.',
			description:
				'More.\nNothing was written: 2 of 2 items cannot be used, the first is item 0 (counted from 0).\nItem 1: Worse.',
		});
	});

	test('names the other bad items, those with the same words only in the count', () => {
		const outcomes = [bad('Same.'), bad('Same.'), planned, bad('Other.'), bad('Same.')];
		expect(afterRefusal(outcomes).description?.split('\n')).toStrictEqual([
			'Nothing was written: 4 of 5 items cannot be used, the first is item 0 (counted from 0).',
			'Item 3: Other.',
		]);
	});

	test('names twenty others at most', () => {
		const outcomes = Array.from({ length: 1_000 }, (_, index) => bad(`Bad ${index}.`));
		const told = afterRefusal(outcomes).description?.split('\n') ?? [];
		expect(told).toHaveLength(21);
		expect(told[0]).toContain('1000 of 1000 items cannot be used');
		expect(told[20]).toBe('Item 20: Bad 20.');
	});

	test.each([
		['has written', { done: { success: { value: { id: 'id-1', username: 'CT1' } } } }, 'Already written (items counted from 0): item 0: CT1 id-1.'],
		['may have written', { uncertain: { error: lost } }, 'Item 0: The reply was lost. Look.'],
	])('says in the message that an earlier try %s an item, also after Stop', (_name, memory, line) => {
		const memories = [memory, {}] as unknown as Memory[];
		const hint = ' An earlier try has written, or may have written, items; see the details.';
		expect(afterRefusal([done, bad('Bad.')], memories)).toStrictEqual({
			message: `Bad.${hint}`,
			description: [
				'Nothing was written in this try: 1 of 2 items cannot be used, the first is item 1 (counted from 0).',
				'In an earlier try of this execution:',
				line,
			].join('\n'),
		});
		expect(afterRefusal([done, stopped], memories)).toStrictEqual({
			message: `The execution was canceled. Nothing was written in this try.${hint}`,
			description: `In an earlier try of this execution:\n${line}`,
		});
	});

	test('does not say that nothing was written when an earlier try has written', () => {
		const earlier = { success: { value: { id: 'id-1', username: 'CT1' } } } as unknown as Memory['done'];
		const uncertain = { error: new ApiError('The reply was lost.', 'Look.', 'uncertain', { httpCode: '500' }) };
		const { description } = afterRefusal(
			[done, planned, bad('Bad.')],
			[{ done: earlier }, { uncertain: uncertain as Memory['uncertain'] }, {}],
		);
		expect(description?.split('\n')).toEqual([
			'Nothing was written in this try: 1 of 3 items cannot be used, the first is item 2 (counted from 0).',
			'In an earlier try of this execution:',
			'Already written (items counted from 0): item 0: CT1 id-1.',
			'Item 1: The reply was lost. Look.',
		]);
	});
});

test('Stop before the first write has the word by which n8n knows it', () => {
	expect(afterRefusal([planned, stopped as { failure: Failure }, stopped as { failure: Failure }])).toMatchObject({
		message: 'The execution was canceled. Nothing was written.',
	});
});

describe('after a failed write', () => {
	test('a run of one item has the words of that item and no more', () => {
		const failure = { message: 'Crazytel failed.', httpCode: '500', description: 'More.' };
		expect(afterWriting([{ failure }], 0)).toStrictEqual(failure);
	});

	test('says how many items were written, and lists them with username and id', () => {
		const outcomes = [trunk('a-1', 'CT000001'), trunk('b-2'), bad('Crazytel failed.', { httpCode: '500' })];
		expect(afterWriting(outcomes, 2)).toStrictEqual({
			httpCode: '500',
			message: 'Crazytel failed. 2 of 3 items were written; see the details for which.',
			description: 'Already written (items counted from 0): item 0: CT000001 a-1, item 1: b-2.',
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
			trunk('c-3'),
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
		expect(afterWriting([doubtful, doubtful, trunk('a-1')], 0).message).toBe(
			'Lost. 1 of 3 items was written; see the details for which. 1 more may have been written; see the details.',
		);
		const refused = { ...bad('No.'), cause: new ApiError('No.', '', 'refused', { httpCode: '400' }) };
		expect(afterWriting([bad('Bad.'), refused], 0).message).toBe('Bad. No other item was written.');
	});

	test('counts no trunk that was only found, or left alone because it was right', () => {
		const found: Outcome<IDataObject[]> = { value: [{ id: 'a-1' }] };
		const right: Outcome<IDataObject> = { value: { id: 'b-2' }, isUnwritten: true };
		const written: Outcome<IDataObject> = { value: { id: 'c-3' }, isUnwritten: false };
		const { message, description } = afterWriting([found, right, written, bad('Bad.')], 3);
		expect(message).toBe('Bad. 1 of 4 items was written; see the details for which.');
		expect(description).toBe('Already written (items counted from 0): item 2: c-3.');
	});

	test('names a trunk that was deleted by its id', () => {
		const deleted: Outcome<IDataObject> = { value: { deleted: true }, trunkId: 'a-1' };
		expect(afterWriting([deleted, bad('Bad.')], 1).description).toBe(
			'Already written (items counted from 0): item 0: deleted a-1.',
		);
	});

	test('lists all that was written, however much', () => {
		const outcomes = [...Array.from({ length: 1_000 }, (_, index) => trunk(`id-${index}-`)), bad('Crazytel failed.')];
		const { message, description } = afterWriting(outcomes, 1_000);
		expect(message).toContain('1000 of 1001 items were written');
		for (let index = 0; index < 1_000; index++) expect(description).toContain(`item ${index}: id-${index}-`);
	});

	test('says what to do about the passwords that were in the output, which an error takes the place of', () => {
		const secret: Outcome<IDataObject> = { value: { id: 'a-1', password: 'Canary7Abc' } };
		expect(afterWriting([secret, bad('Crazytel failed.')], 1).description).toBe(
			'Already written (items counted from 0): item 0: a-1.\nTheir passwords are not shown here: set new ones with Rotate Password.',
		);
	});

	test('shows of a trunk its name and id only: a password is in no error', () => {
		const secret: Outcome<IDataObject> = { value: { id: 'a-1', username: 'CT000001', password: 'Canary7Abc' } };
		expect(JSON.stringify(afterWriting([secret, bad('Crazytel failed.')], 1))).not.toContain('Canary7Abc');
		expect(JSON.stringify(afterStop([secret, stopped]))).not.toContain('Canary7Abc');
	});
});

describe('after Stop', () => {
	test('says canceled, the word by which n8n knows it, what was written, and how many were not sent', () => {
		expect(afterStop([trunk('a-1', 'CT000001'), stopped, stopped])).toStrictEqual({
			message: 'The execution was canceled. 1 of 3 items was written; see the details for which.',
			description: 'Already written (items counted from 0): item 0: CT000001 a-1.\nNot sent: 2 items.',
		});
	});

	test('says so when nothing was written', () => {
		expect(afterStop([stopped])).toStrictEqual({
			message: 'The execution was canceled. No item was written.',
			description: 'Not sent: 1 item.',
		});
	});
});
