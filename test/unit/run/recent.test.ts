import type { Thing } from '../../../nodes/Crazytel/api/body';
import { clock } from '../../../nodes/Crazytel/api/clock';
import { asPartial } from '../../../nodes/Crazytel/api/pages';
import { LAG_MS } from '../../../nodes/Crazytel/run/lag';
import { nextMoment } from '../../../nodes/Crazytel/run/ledger';
import { type Recent, recentOf } from '../../../nodes/Crazytel/run/recent';
import { others, things } from './things';

const real = { ...clock };
const HOUR_MS = 3_600_000;

let now = 0;

beforeEach(() => {
	now = 1_000_000;
	Object.assign(clock, { now: () => now });
});

afterAll(() => {
	Object.assign(clock, real);
});

let accounts = 0;
const newRecent = () => recentOf(`account of recent ${++accounts}`, things);

const LAMP: Thing = { id: 'a', name: 'Lamp', colour: 'red' };
const CHAIR: Thing = { id: 'b', name: 'Chair', colour: 'red' };

/** A list that is asked for now. */
const amended = (recent: Recent, ...listed: Thing[]) => recent.amend(listed, nextMoment());

test('an account has one for each kind, and no other account has it', () => {
	expect(recentOf('one', things)).toBe(recentOf('one', { ...things }));
	expect(recentOf('one', things)).not.toBe(recentOf('two', things));
	expect(recentOf('one', things)).not.toBe(recentOf('one', others));
});

test('where nothing was written a list is as it was read', () => {
	const recent = newRecent();
	const list = amended(recent, LAMP, CHAIR);
	expect(list).toEqual([LAMP, CHAIR]);
	expect(list[0]).toBe(LAMP);
	expect(recent.isContradicted(LAMP)).toBe(false);
	expect(recent.sent('a')).toEqual({});
});

describe('what was made', () => {
	test('is in a list that does not show it yet, behind the others', () => {
		const recent = newRecent();
		recent.made(LAMP, { name: 'Lamp' }, nextMoment());
		expect(amended(recent, CHAIR)).toEqual([CHAIR, LAMP]);
	});

	test('is there once, as the list has it, whatever the case of its id', () => {
		const recent = newRecent();
		recent.made(LAMP, { name: 'Lamp' }, nextMoment());
		expect(amended(recent, { ...LAMP, id: 'A', serial: 'S1' })).toEqual([{ ...LAMP, id: 'A', serial: 'S1' }]);
	});

	test('is not in a list that was asked for before', () => {
		const recent = newRecent();
		const moment = nextMoment();
		recent.made(LAMP, { name: 'Lamp' }, nextMoment());
		expect(recent.amend([CHAIR], moment)).toEqual([CHAIR]);
	});

	test('is in none after two minutes: then the list is right', () => {
		const recent = newRecent();
		recent.made(LAMP, { name: 'Lamp' }, nextMoment());
		now += LAG_MS;
		expect(amended(recent)).toEqual([LAMP]);
		now += 1;
		expect(amended(recent)).toEqual([]);
	});

	test('is as its last answer has shown it', () => {
		const recent = newRecent();
		recent.made(LAMP, { name: 'Lamp', colour: 'red' }, nextMoment());
		recent.set('A', { colour: 'blue' }, { ...LAMP, colour: 'BLUE' });
		expect(amended(recent)).toEqual([{ ...LAMP, colour: 'BLUE' }]);
	});

	test('and was set without an answer is not known to be so, but is found by its key', () => {
		const recent = newRecent();
		recent.made(LAMP, { name: 'Lamp', colour: 'red' }, nextMoment());
		recent.set('a', { name: 'Chair', colour: 'blue' });
		expect(amended(recent)).toStrictEqual([{ id: 'a', name: 'Chair', colour: undefined }]);
	});

	test('and was set keeps the moment at which it was made', () => {
		const recent = newRecent();
		const before = nextMoment();
		recent.made(LAMP, {}, nextMoment());
		recent.set('a', { colour: 'blue' }, { ...LAMP, colour: 'blue' });
		expect(recent.amend([], before)).toEqual([]);
		expect(amended(recent)).toEqual([{ ...LAMP, colour: 'blue' }]);
	});

	test('and was removed is there no more', () => {
		const recent = newRecent();
		recent.made(LAMP, { name: 'Lamp' }, nextMoment());
		recent.removed('A');
		expect(amended(recent, CHAIR)).toEqual([CHAIR]);
		expect(amended(recent, CHAIR, LAMP)).toEqual([CHAIR]);
	});
});

describe('what was removed', () => {
	test('is not in a list that still shows it, whatever the case of its id', () => {
		const recent = newRecent();
		recent.removed('A');
		expect(amended(recent, LAMP, CHAIR)).toEqual([CHAIR]);
	});

	test('is in the list that shows it after two minutes', () => {
		const recent = newRecent();
		recent.removed('a');
		now += LAG_MS;
		expect(amended(recent, LAMP)).toEqual([]);
		now += 1;
		expect(amended(recent, LAMP)).toEqual([LAMP]);
	});

	test('is nothing that was sent', () => {
		const recent = newRecent();
		recent.set('a', { colour: 'blue' });
		recent.removed('a');
		expect(recent.sent('a')).toEqual({});
	});
});

describe('what was set', () => {
	test('counts above a list that shows something else, and contradicts it', () => {
		const recent = newRecent();
		recent.set('A', { colour: 'blue' });
		expect(amended(recent, LAMP, CHAIR)).toEqual([LAMP, { ...LAMP, colour: 'blue' }, CHAIR]);
		expect([LAMP, CHAIR].map((thing) => recent.isContradicted(thing))).toEqual([true, false]);
		// What was read is not changed.
		expect(LAMP.colour).toBe('red');
	});

	test('contradicts nothing that the list shows in another form, or does not show', () => {
		const recent = newRecent();
		recent.set('a', { colour: 'blue', weight: 7 });
		const listed = { ...LAMP, colour: 'BLUE' };
		expect(amended(recent, listed)).toEqual([listed]);
		expect(recent.isContradicted(listed)).toBe(false);
	});

	test('makes no thing that the list does not have', () => {
		const recent = newRecent();
		recent.set('a', { colour: 'blue' }, { ...LAMP, colour: 'blue' });
		expect(amended(recent, CHAIR)).toEqual([CHAIR]);
	});

	test('counts for two minutes after the last time', () => {
		const recent = newRecent();
		recent.set('a', { colour: 'blue' });
		now += LAG_MS;
		expect(recent.isContradicted(LAMP)).toBe(true);
		now += 1;
		expect(recent.isContradicted(LAMP)).toBe(false);
		expect(amended(recent, LAMP)).toEqual([LAMP]);
	});

	test('has the last value of each setting, whatever the case of the id', () => {
		const recent = newRecent();
		recent.made(LAMP, { name: 'Lamp', colour: 'red' }, nextMoment());
		recent.set('A', { colour: 'blue' });
		recent.set('a', { weight: 7 });
		expect(recent.sent('A')).toEqual({ name: 'Lamp', colour: 'blue', weight: 7 });
		expect(recent.sent('b')).toEqual({});
	});

	test('has no secret, nor has what was made', () => {
		const recent = newRecent();
		recent.made(LAMP, { name: 'Lamp', pin: 'Secret1Pin' }, nextMoment());
		recent.set('a', { colour: 'blue', pin: 'Other1Pin' });
		recent.set('b', { pin: 'Other1Pin' });
		expect(recent.sent('a')).toEqual({ name: 'Lamp', colour: 'blue' });
		expect(recent.sent('b')).toEqual({});
		expect(JSON.stringify(amended(recent))).not.toMatch(/Pin/);
	});

	test('is remembered for an hour, and what was written since for longer', () => {
		const recent = newRecent();
		recent.set('a', { colour: 'blue' });
		now += HOUR_MS;
		recent.set('b', { colour: 'blue' });
		expect(recent.sent('a')).toEqual({ colour: 'blue' });
		now += 1;
		recent.set('c', { colour: 'blue' });
		expect(recent.sent('a')).toEqual({});
		expect(recent.sent('b')).toEqual({ colour: 'blue' });
	});

	test('again is the youngest again', () => {
		const recent = newRecent();
		recent.set('a', { colour: 'blue' });
		recent.set('b', { colour: 'blue' });
		now += HOUR_MS;
		recent.set('A', { colour: 'green' });
		now += 1;
		recent.set('c', { colour: 'blue' });
		expect([recent.sent('a'), recent.sent('b')]).toEqual([{ colour: 'green' }, {}]);
	});
});

test('what is remembered has a bound: the oldest are forgotten', () => {
	const recent = newRecent();
	for (let index = 0; index < 10_001; index++) recent.set(`id-${index}`, { colour: 'blue' });
	expect(recent.sent('id-0')).toEqual({});
	expect(recent.sent('id-1')).toEqual({ colour: 'blue' });
});

describe('a list is doubtful', () => {
	const listOf = (length: number): Thing[] => Array.from({ length }, (_, index) => ({ id: `id-${index}` }));

	/** What was seen of a list that has had so many things. */
	function after(count: number): Recent {
		const recent = newRecent();
		recent.saw(listOf(count));
		return recent;
	}

	test('if most of what was there is missing', () => {
		expect([5, 4, 0].map((left) => listOf(left).length < after(10).fewest())).toEqual([false, true, true]);
		expect([2, 1].map((left) => listOf(left).length < after(3).fewest())).toEqual([false, true]);
		expect([].length < after(1).fewest()).toBe(true);
	});

	test('and no first one is, nor one after an empty one', () => {
		expect([].length < newRecent().fewest()).toBe(false);
		expect([].length < after(0).fewest()).toBe(false);
	});

	test('only by what was believed last', () => {
		const recent = after(10);
		recent.saw(listOf(2));
		expect([1, 0].map((left) => listOf(left).length < recent.fewest())).toEqual([false, true]);
	});

	test('not by one that is not whole', () => {
		const recent = after(10);
		recent.saw(asPartial(listOf(2)));
		expect([5, 4].map((left) => listOf(left).length < recent.fewest())).toEqual([false, true]);
	});

	test('by what this process has made since as well, or may have made', () => {
		const made = after(2);
		expect(listOf(1).length < made.fewest()).toBe(false);
		made.made(LAMP, {}, nextMoment());
		expect([2, 1].map((left) => listOf(left).length < made.fewest())).toEqual([false, true]);
		const open = after(2);
		open.mayHaveMade();
		expect([2, 1].map((left) => listOf(left).length < open.fewest())).toEqual([false, true]);
	});

	test('once for a thing that stands there in two forms', () => {
		const recent = newRecent();
		recent.set('a', { colour: 'blue' });
		recent.saw([LAMP, CHAIR]);
		expect(listOf(1).length < recent.fewest()).toBe(false);
	});

	test('not for what this process has removed itself', () => {
		const recent = after(3);
		recent.removed('id-0');
		recent.removed('id-1');
		expect(listOf(1).length < recent.fewest()).toBe(false);
		expect([].length < recent.fewest()).toBe(true);
		recent.removed('id-2');
		expect([].length < recent.fewest()).toBe(false);
	});

	test('for an hour', () => {
		const recent = after(10);
		now += HOUR_MS;
		expect([].length < recent.fewest()).toBe(true);
		now += 1;
		expect([].length < recent.fewest()).toBe(false);
	});
});

test('it is in use for an hour after the last writing, or the last list', () => {
	for (const use of [
		(recent: Recent) => recent.set('a', { colour: 'blue' }),
		(recent: Recent) => recent.saw([LAMP]),
		(recent: Recent) => recent.noteAlias('name Chair', { id: 'a', kept: 'Lamp' }),
	]) {
		const recent = newRecent();
		now += HOUR_MS * 2;
		expect(recent.isInUse).toBe(false);
		use(recent);
		now += HOUR_MS;
		expect(recent.isInUse).toBe(true);
		now += 1;
		expect(recent.isInUse).toBe(false);
	}
});

test('what was sent long ago does not count again because something else was sent since', () => {
	const recent = newRecent();
	recent.set('a', { name: 'Lamp' });
	now += 1_800_000;
	recent.set('a', { colour: 'red' }, { id: 'a', name: 'Chair', colour: 'red' });
	expect(recent.isContradicted({ id: 'a', name: 'Chair', colour: 'red' })).toBe(false);
	expect(recent.isContradicted({ id: 'a', name: 'Chair', colour: 'blue' })).toBe(true);
	// For who looks for what was written it still does.
	expect(recent.sent('a')).toEqual({ name: 'Lamp', colour: 'red' });
});

test('a thing whose answer does not show its key is found by the one that was sent', () => {
	const recent = newRecent();
	recent.made({ id: 'c', serial: 'S3' }, { name: 'Desk', colour: 'red' }, nextMoment());
	expect(amended(recent)).toEqual([{ id: 'c', serial: 'S3', name: 'Desk' }]);
});

test('a list that lags is not taken for how many there are: what it does not show yet counts', () => {
	const recent = newRecent();
	recent.made(LAMP, { name: 'Lamp' }, nextMoment());
	recent.saw([]);
	now += LAG_MS * 2;
	expect([].length < recent.fewest()).toBe(true);
});
