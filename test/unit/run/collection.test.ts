import type { Thing } from '../../../nodes/Crazytel/api/body';
import { collectionOf, nameWithId } from '../../../nodes/Crazytel/run/collection';
import { things } from './things';

const ONE: Thing = { id: 'ABC', serial: 'AB1', name: 'Lamp' };
const TWO: Thing = { id: 'def', serial: 'ab1', name: ' Lamp ' };
const THREE: Thing = { id: 'ghi', serial: 42, name: 42 };
const BARE: Thing = { id: 'jkl' };

const known = () => collectionOf(things, [ONE, TWO, THREE, BARE], 7);

test('keeps the list as it was read, and when', () => {
	const { listed, moment, ids } = known();
	expect(listed).toEqual([ONE, TWO, THREE, BARE]);
	expect(moment).toBe(7);
	expect([...ids]).toEqual(['ABC', 'def', 'ghi', 'jkl']);
});

test('finds a thing by its id, whatever the case', () => {
	expect(known().find('abc')).toBe(ONE);
	expect(known().find('DEF')).toBe(TWO);
	expect(known().find('nobody')).toBeUndefined();
	expect(known().find('__proto__')).toBeUndefined();
});

test('finds things by a key that ignores case: exactly, or else in any case', () => {
	const { by } = known();
	expect(by('serial', 'AB1')).toEqual([ONE]);
	expect(by('serial', 'ab1')).toEqual([TWO]);
	expect(by('serial', 'Ab1')).toEqual([ONE, TWO]);
	expect(by('serial', '42')).toEqual([THREE]);
	expect(by('serial', 'constructor')).toEqual([]);
	expect(by('serial', 'AB2')).toEqual([]);
});

test('finds things by another key exactly, space around it aside', () => {
	const { by } = known();
	expect(by('name', 'Lamp')).toEqual([ONE, TWO]);
	expect(by('name', 'lamp')).toEqual([]);
	expect(by('name', '42')).toEqual([THREE]);
	expect(by('name', '__proto__')).toEqual([]);
});

test('keeps one key apart from the other, whichever is asked for first', () => {
	const { by } = collectionOf(things, [{ id: 'a', name: 'S1' }, { id: 'b', serial: 'S1' }], 0);
	expect([by('name', 'S1'), by('serial', 'S1'), by('name', 'S1')].map(([found]) => found?.id)).toEqual(['a', 'b', 'a']);
});

test('groups the list by a key once, however often it is asked', () => {
	const of = jest.fn(({ name }: Thing) => String(name));
	const { by } = collectionOf({ keys: { name: { of } } }, Array.from({ length: 1_000 }, (_, index) => ({ id: String(index), name: `Name ${index}` })), 0);
	for (let index = 0; index < 1_000; index++) expect(by('name', `Name ${index}`)).toHaveLength(1);
	// Once for the groups, and once for each of those that were found.
	expect(of).toHaveBeenCalledTimes(2_000);
});

test('knows what the list shows: a field of any thing, or any field where there is none', () => {
	expect(known().shows('serial')).toBe(true);
	expect(known().shows('colour')).toBe(false);
	expect(collectionOf(things, [{ id: 'a', colour: null }], 0).shows('colour')).toBe(true);
	expect(collectionOf(things, [], 0).shows('colour')).toBe(true);
});

test('looks for a field of the list once, also for one that is not there', () => {
	let looks = 0;
	const thing = Object.defineProperty({ id: 'a' }, 'colour', { get: () => void looks++ });
	const { shows } = collectionOf(things, [thing], 0);
	expect([shows('colour'), shows('colour'), shows('name')]).toEqual([false, false, false]);
	expect(looks).toBe(1);
});

test('keeps what a write has answered, and forgets what a write has left unknown', () => {
	const collection = known();
	collection.note({ id: 'abc', serial: 'AB1', name: 'New' });
	expect(collection.find('ABC')).toMatchObject({ name: 'New' });
	collection.forget('aBc');
	expect(collection.find('ABC')).toBeUndefined();
	collection.note({ id: 'new' });
	expect(collection.find('NEW')).toEqual({ id: 'new' });
	// What was there before the run, and who is meant by a key, stays as it was read.
	expect([...collection.ids]).toEqual(['ABC', 'def', 'ghi', 'jkl']);
	expect(collection.by('name', 'Lamp')).toEqual([ONE, TWO]);
});

test.each<[Thing, string]>([
	[ONE, 'AB1 (ABC)'],
	[BARE, 'jkl'],
	[{ id: 'a', serial: ' ' }, 'a'],
	[THREE, '42 (ghi)'],
])('the name of %j is %s', (thing, expected) => {
	expect(nameWithId(things, thing)).toBe(expected);
});

test('a name of space is none', () => {
	expect(nameWithId({ nameOf: () => ' ' }, ONE)).toBe('ABC');
});
