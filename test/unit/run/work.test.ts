import { Stopped } from '../../../nodes/Crazytel/api/clock';
import { STOPPED_FAILURE, STOPPED_REPEATING_FAILURE, toFailure } from '../../../nodes/Crazytel/run/failure';
import type { Memory } from '../../../nodes/Crazytel/run/memory';
import type { Failed } from '../../../nodes/Crazytel/run/outcome';
import { doubtOr, inDoubt, workOf } from '../../../nodes/Crazytel/run/work';
import { failed, lost, making, operation, setting } from './things';

const LOST: Failed = {
	failure: {
		message: 'The reply was lost. Look.',
		parts: [{ happened: 'The reply was lost.', cure: 'Look.' }],
		httpCode: '500',
		mayHaveActed: true,
	},
	cause: lost,
};

const refusal = (cause: Error): Failed => ({ failure: toFailure(cause), cause });
const uncertain: Memory['uncertain'] = { plan: making(), error: lost };
const done: Memory['done'] = { operation, plan: making(), result: { output: { id: 'a-1' }, written: 'a-1' } };

test('a work has its place, its memory and what was prepared', () => {
	const memory = {};
	const prepared = { value: { operation, plan: setting('a-1') } };
	const work = workOf(7, memory, prepared);
	expect(work).toMatchObject({ index: 7, prepared });
	expect(work.memory).toBe(memory);
});

describe('before it is performed, an item', () => {
	const prepared = { value: { operation, plan: setting('a-1') } };

	test.each<[string, Memory, object]>([
		['was not sent', {}, { failure: STOPPED_FAILURE }],
		['was not sent again, if an earlier try has written it', { done }, { failure: STOPPED_REPEATING_FAILURE }],
		['is in doubt still, if an earlier try may have written it', { uncertain }, LOST],
		['is in doubt still, even if one before that has written it', { done, uncertain }, LOST],
	])('%s', (_, memory, outcome) => {
		expect(workOf(0, memory, prepared).outcome).toStrictEqual(outcome);
	});

	test('has what came of it in an earlier try, if it is not sent again', () => {
		const { result } = done;
		expect(workOf(0, { done }, { value: { ...prepared.value, done: result } }).outcome).toStrictEqual({
			value: result,
		});
	});
});

describe('an item that could not be prepared', () => {
	test.each<[string, Error, Memory, object]>([
		['fails as it is', failed('refused'), {}, refusal(failed('refused'))],
		['fails as it is, if it is refused for good', failed('refused'), { uncertain }, refusal(failed('refused'))],
		[
			'fails as it is, if that has nothing to do with the API',
			new Error('Odd'),
			{ uncertain },
			refusal(new Error('Odd')),
		],
		['is in doubt still, if that says nothing of an earlier try', failed('limited'), { uncertain }, LOST],
		['fails as it is, if there was none', failed('limited'), {}, refusal(failed('limited'))],
		['was not sent, if it was stopped', new Stopped(), {}, refusal(new Stopped())],
		['is in doubt still, if it was stopped', new Stopped(), { uncertain }, LOST],
		['was not sent again, if it was stopped', new Stopped(), { done }, { failure: STOPPED_REPEATING_FAILURE }],
	])('%s', (_, cause, memory, expected) => {
		const before = { ...memory };
		expect(workOf(0, memory, refusal(cause)).outcome).toEqual(expected);
		expect(memory).toEqual(before);
	});
});

describe('a failure that says nothing of earlier tries', () => {
	test.each(['limited', 'undelivered', 'unsent'] as const)(
		'(%s) does not take the place of what one of them has left open',
		(kind) => {
			expect(doubtOr(refusal(failed(kind)), { uncertain })).toStrictEqual(LOST);
			expect(doubtOr(refusal(failed(kind)), {})).toEqual(refusal(failed(kind)));
		},
	);

	test('is Stop, too', () => {
		expect(doubtOr(refusal(new Stopped()), { uncertain })).toStrictEqual(LOST);
		expect(doubtOr(refusal(new Stopped()), {})).toEqual(refusal(new Stopped()));
	});

	test.each([failed('refused'), failed('gone'), failed('uncertain'), new Error('Odd')])(
		'is not any other: %p',
		(cause) => {
			expect(doubtOr(refusal(cause), { uncertain })).toEqual(refusal(cause));
		},
	);
});

test('an item in doubt is told in the words of the try that has left it open', () => {
	expect(inDoubt(uncertain)).toStrictEqual(LOST);
	expect(inDoubt(uncertain, operation)).toStrictEqual(LOST);
});
