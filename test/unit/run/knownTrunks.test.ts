import type { Trunk } from '../../../nodes/Crazytel/api/answers';
import { text } from '../../../nodes/Crazytel/api/answers';
import { knownTrunks } from '../../../nodes/Crazytel/run/knownTrunks';

const ONE: Trunk = { id: 'ABC', username: 'CT1', description: 'Acme' };
const TWO: Trunk = { id: 'def', username: 'ct1', description: ' Acme ' };
const THREE: Trunk = { id: 'ghi', username: 42, description: 42 };
const BARE: Trunk = { id: 'jkl' };

const known = () => knownTrunks([ONE, TWO, THREE, BARE], 7);

test('keeps the list as it was read, and when', () => {
	const { listed, moment, ids } = known();
	expect(listed).toEqual([ONE, TWO, THREE, BARE]);
	expect(moment).toBe(7);
	expect([...ids]).toEqual(['ABC', 'def', 'ghi', 'jkl']);
});

test('finds a trunk by its id, whatever the case', () => {
	expect(known().find('abc')).toBe(ONE);
	expect(known().find('DEF')).toBe(TWO);
	expect(known().find('nobody')).toBeUndefined();
	expect(known().find('__proto__')).toBeUndefined();
});

test('finds trunks by username: exactly, or else in any case', () => {
	expect(known().withUsername('CT1')).toEqual([ONE]);
	expect(known().withUsername('ct1')).toEqual([TWO]);
	expect(known().withUsername('Ct1')).toEqual([ONE, TWO]);
	expect(known().withUsername('42')).toEqual([THREE]);
	expect(known().withUsername('constructor')).toEqual([]);
});

test('finds trunks by description: exactly, space around it aside', () => {
	expect(known().withDescription('Acme')).toEqual([ONE, TWO]);
	expect(known().withDescription('acme')).toEqual([]);
	expect(known().withDescription('42')).toEqual([THREE]);
	expect(known().withDescription('__proto__')).toEqual([]);
});

test('knows what the list shows: a setting of any trunk, or any setting where there is none', () => {
	expect(known().shows('username')).toBe(true);
	expect(known().shows('enabled')).toBe(false);
	expect(knownTrunks([{ id: 'a', enabled: null }], 0).shows('enabled')).toBe(true);
	expect(knownTrunks([], 0).shows('enabled')).toBe(true);
});

test('keeps what a write has answered, and forgets what a write has left unknown', () => {
	const trunks = known();
	trunks.note({ id: 'abc', username: 'CT1', description: 'New' });
	expect(trunks.find('ABC')).toMatchObject({ description: 'New' });
	trunks.forget('aBc');
	expect(trunks.find('ABC')).toBeUndefined();
	trunks.note({ id: 'new' });
	expect(trunks.find('new')).toEqual({ id: 'new' });
	// What was there before the run, and who is meant by a name, stays as it was read.
	expect([...trunks.ids]).toEqual(['ABC', 'def', 'ghi', 'jkl']);
	expect(trunks.withDescription('Acme')).toEqual([ONE, TWO]);
});

test.each([
	[' a ', 'a'],
	[7, '7'],
	[null, ''],
	[undefined, ''],
	[true, ''],
	[['a'], ''],
])('the text of %p is %p', (value, expected) => {
	expect(text(value)).toBe(expected);
});
