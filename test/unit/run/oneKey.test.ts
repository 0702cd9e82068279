import { givenKeysOf } from '../../../nodes/Crazytel/run/givenKeys';
import type { Memory } from '../../../nodes/Crazytel/run/memory';
import { refuseSharedKeys } from '../../../nodes/Crazytel/run/oneKey';
import type { Plan } from '../../../nodes/Crazytel/run/plan';
import { workOf } from '../../../nodes/Crazytel/run/work';
import { acting, lost, making, operation } from './things';

const KEY = { field: 'thingName', label: 'Key' };

const ringing = (times: number, idempotencyKey = 'order-7') =>
	acting({ body: { times }, idempotencyKey }, { givenKey: KEY });

let accounts = 0;

/** What becomes of items with these plans: their failures, or nothing. */
function failuresOf(plans: Plan[], accountId = `account of one key ${++accounts}`) {
	const works = plans.map((plan, index) => workOf(index, {}, { value: { operation, plan } }));
	return refuseSharedKeys(works, accountId).map(({ prepared }) =>
		'failure' in prepared ? prepared.failure : undefined,
	);
}

test('items that ask for the same under one key are let through, and so are those without a key of the user', () => {
	const plans = [ringing(1), ringing(1), ringing(2, 'order-8'), making(), acting({ idempotencyKey: 'order-7' })];
	expect(failuresOf(plans)).toEqual([undefined, undefined, undefined, undefined, undefined]);
});

test('items that ask for different things under one key are all refused, and named', () => {
	const [first, second, other] = failuresOf([ringing(1), ringing(2), ringing(2, 'order-8')]);
	expect(first).toMatchObject({ field: 'Name', parameter: 'thingName' });
	expect(first?.message).toBe(
		"Key 'order-7' stands on items that ask for different things (0, 1, counted from 0), and one key is done once. Give each its own by an expression, e.g. an order number, or leave the option out.",
	);
	expect(second?.message).toBe(first?.message);
	expect(other).toBeUndefined();
});

test.each([
	[20, '18, 19, counted from 0'],
	[21, '18, 19 and 1 more, counted from 0'],
])('of %i such items as many are named as can be read', (count, words) => {
	const [failure] = failuresOf(Array.from({ length: count }, (_, index) => ringing(index)));
	expect(failure?.message).toContain(words);
});

test('a key that was used for something else in the last day is refused', () => {
	const account = `account of one key ${++accounts}`;
	givenKeysOf(account).note(ringing(1));
	expect(failuresOf([ringing(1)], account)).toEqual([undefined]);
	expect(failuresOf([ringing(2)], account)[0]?.message).toMatch(
		/^Key 'order-7' was used for something else in the last day, and one key is done once\. Give each/,
	);
});

test('what an earlier try has done, or has left in doubt, stays as it is', () => {
	const done = { output: {}, written: 'the bell', state: 'done' as const };
	const works = [
		workOf(0, {}, { value: { operation, plan: ringing(1), done } }),
		workOf(1, { uncertain: { plan: ringing(2), error: lost } } as Memory, { value: { operation, plan: ringing(2) } }),
		workOf(2, {}, { value: { operation, plan: ringing(3) } }),
	];
	const refused = refuseSharedKeys(works, `account of one key ${++accounts}`);
	expect(refused[0]).toBe(works[0]);
	expect(refused[1]).toBe(works[1]);
	expect(refused[2]?.prepared).toHaveProperty('failure');
});
