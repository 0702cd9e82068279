import { clock } from '../../../nodes/Crazytel/api/clock';
import { givenKeysOf } from '../../../nodes/Crazytel/run/givenKeys';
import { acting } from './things';

const DAY_MS = 86_400_000;

let accounts = 0;
let account: string;
let now = 5_000;

beforeEach(() => {
	account = `account ${++accounts}`;
	now = 5_000;
	jest.spyOn(clock, 'now').mockImplementation(() => now);
});

afterEach(() => {
	jest.restoreAllMocks();
});

const ring = (idempotencyKey: string, house = 'Hill') =>
	acting({ idempotencyKey, body: { house } }, { givenKey: { field: 'key', label: 'Key' } });

test('what was done under a key is given again for the same act, for a day, in its account', () => {
	givenKeysOf(account).note(ring('a'), { id: 1 });
	expect(givenKeysOf(account).doneBy(ring('a'))).toEqual({ id: 1 });
	expect(givenKeysOf(`${account} of another`).doneBy(ring('a'))).toBeUndefined();
	now += DAY_MS - 1;
	expect(givenKeysOf(account).doneBy(ring('a'))).toEqual({ id: 1 });
	expect(givenKeysOf(account).isOfAnother(ring('a', 'Moor'))).toBe(true);
	now += 1;
	expect(givenKeysOf(account).doneBy(ring('a'))).toBeUndefined();
	expect(givenKeysOf(account).isOfAnother(ring('a', 'Moor'))).toBe(false);
});

test('what may have been done is not called done, and its key is taken', () => {
	givenKeysOf(account).note(ring('a'));
	expect(givenKeysOf(account).doneBy(ring('a'))).toBeUndefined();
	expect(givenKeysOf(account).isOfAnother(ring('a'))).toBe(false);
	expect(givenKeysOf(account).isOfAnother(ring('a', 'Moor'))).toBe(true);
});

test('a key that the user has not given is not remembered', () => {
	const plan = acting({ idempotencyKey: 'a' });
	givenKeysOf(account).note(plan, { id: 1 });
	expect(givenKeysOf(account).doneBy(plan)).toBeUndefined();
	expect(givenKeysOf(account).isOfAnother(ring('a', 'Moor'))).toBe(false);
});

test('a key that the user has not given is none that another item was given, though it is the same text', () => {
	givenKeysOf(account).note(ring('a'), { id: 1 });
	const plan = acting({ idempotencyKey: 'a', body: { house: 'Hill' } });
	expect(givenKeysOf(account).doneBy(plan)).toBeUndefined();
	expect(givenKeysOf(account).isOfAnother(acting({ idempotencyKey: 'a' }))).toBe(false);
});

test('of more than a thousand accounts the one that was asked for longest ago is forgotten', () => {
	givenKeysOf(account).note(ring('a'), { id: 1 });
	for (let number = 1; number < 1_000; number++) givenKeysOf(`account ${++accounts}`);
	expect(givenKeysOf(account).doneBy(ring('a'))).toEqual({ id: 1 });
	for (let number = 0; number < 1_000; number++) givenKeysOf(`account ${++accounts}`);
	expect(givenKeysOf(account).doneBy(ring('a'))).toBeUndefined();
});

test('of more than a thousand keys the oldest is forgotten', () => {
	for (let number = 0; number <= 1_000; number++) givenKeysOf(account).note(ring(`key ${number}`), { number });
	expect(givenKeysOf(account).doneBy(ring('key 0'))).toBeUndefined();
	expect(givenKeysOf(account).doneBy(ring('key 1'))).toEqual({ number: 1 });
});
