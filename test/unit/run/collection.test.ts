import type { Thing } from '../../../nodes/Crazytel/api/body';
import { asPartial } from '../../../nodes/Crazytel/api/pages';
import { collectionOf, formOf, nameWithId } from '../../../nodes/Crazytel/run/collection';
import { nextMoment } from '../../../nodes/Crazytel/run/ledger';
import { recentOf } from '../../../nodes/Crazytel/run/recent';
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

test('finds things by a key that only looks the same, where none is exactly so', () => {
	const plain = { id: 'a', name: 'Lamps & Co' };
	const escaped = { id: 'b', name: 'Lamps &amp; Co' };
	const { by } = collectionOf(things, [plain, escaped], 0);
	expect(by('name', 'Lamps & Co')).toEqual([plain]);
	expect(by('name', 'Lamps &amp; Co')).toEqual([escaped]);
	expect(by('name', 'Lamps  & Co')).toEqual([plain, escaped]);
});

test('finds things whose key may be what the API has made of one, each key apart', () => {
	const cut = { id: 'a', name: 'Caf?', serial: 'Zo?' };
	const whole = { id: 'b', name: 'Zoë', serial: 'Café' };
	const { near } = collectionOf(things, [cut, whole, BARE], 0);
	expect(near('name', 'Café')).toEqual([cut]);
	expect(near('serial', 'Café')).toEqual([whole]);
	expect(near('name', 'Zoë')).toEqual([whole]);
	expect(near('name', 'Lamp')).toEqual([]);
});

test.each<[true | undefined, string, string]>([
	[true, ' AB\u200B1 ', 'ab1'],
	[undefined, ' AB\u200B1 ', 'AB1'],
])('the form of a key that ignores case (%j) of %j is %j', (ignoresCase, value, expected) => {
	expect(formOf({ ignoresCase }, value)).toBe(expected);
});

test('is whole as its list is', () => {
	expect(known().isWhole).toBe(true);
	expect(collectionOf(things, asPartial([ONE]), 0).isWhole).toBe(false);
});

test('keeps one key apart from the other, whichever is asked for first', () => {
	const { by } = collectionOf(
		things,
		[
			{ id: 'a', name: 'S1' },
			{ id: 'b', serial: 'S1' },
		],
		0,
	);
	expect([by('name', 'S1'), by('serial', 'S1'), by('name', 'S1')].map(([found]) => found?.id)).toEqual(['a', 'b', 'a']);
});

test('groups the list by a key once, however often it is asked', () => {
	const of = jest.fn(({ name }: Thing) => String(name));
	const { by } = collectionOf(
		{ keys: { name: { of } } },
		Array.from({ length: 1_000 }, (_, index) => ({ id: String(index), name: `Name ${index}` })),
		0,
	);
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

describe('those that share a key', () => {
	const listed: Thing[] = [
		{ id: 'a', name: 'Lamp  One' },
		{ id: 'b', name: 'Lamp One' },
		{ id: 'c', name: 'Lamp Two' },
	];

	test('are all whose key looks the same, also where one has it exactly', () => {
		const { by, sharing } = collectionOf(things, listed, 0);
		expect(by('name', 'Lamp One').map(({ id }) => id)).toEqual(['b']);
		expect(sharing('name', 'Lamp One').map(({ id }) => id)).toEqual(['a', 'b']);
		expect(sharing('name', 'Lamp')).toEqual([]);
	});

	test('are without one that was given another key a moment ago, whatever the list shows', () => {
		const recent = recentOf('account of sharing', things);
		recent.set('a', { name: 'Chair' });
		recent.set('b', { colour: 'red' });
		const { sharing } = collectionOf(
			things,
			[
				{ ...listed[0]!, colour: 'blue' },
				{ ...listed[1]!, colour: 'blue' },
			],
			0,
			recent,
		);
		expect(sharing('name', 'Lamp One').map(({ id }) => id)).toEqual(['b']);
		expect(sharing('name', 'Chair')).toEqual([]);
	});
});

test('learns from a newer list what it did not have, and nothing of what it had or has written', () => {
	const recent = recentOf('account of learning', things);
	recent.set('f', { colour: 'red' });
	const collection = collectionOf(things, [ONE], 0, recent);
	collection.note({ id: 'd', colour: 'red' });
	collection.forget('E');
	collection.learn([
		{ ...ONE, name: 'Newer' },
		{ id: 'New', colour: 'blue' },
		...['D', 'e', 'f'].map((id) => ({ id, colour: 'blue' })),
	]);
	expect(['abc', 'new', 'd', 'e', 'f'].map((id) => collection.find(id)?.colour ?? collection.find(id)?.name)).toEqual([
		'Lamp',
		'blue',
		'red',
		undefined,
		undefined,
	]);
	collection.learn([{ id: 'new', colour: 'green' }]);
	expect(collection.find('new')).toMatchObject({ colour: 'green' });
});

test('learns from a newer list also where nothing was written a moment ago', () => {
	const collection = known();
	collection.learn([{ id: 'New', colour: 'blue' }]);
	expect(collection.find('new')).toMatchObject({ colour: 'blue' });
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

describe('with what was written a moment ago', () => {
	const LAMP: Thing = { id: 'a', name: 'Lamp', colour: 'red' };
	const CHAIR: Thing = { id: 'b', name: 'Chair', colour: 'red' };

	let accounts = 0;
	const newRecent = () => recentOf(`account of collection ${++accounts}`, things);
	const read = (recent: ReturnType<typeof newRecent>, ...listed: Thing[]) =>
		collectionOf(things, listed, nextMoment(), recent);

	test('a thing that was made is found, though it is not listed', () => {
		const recent = newRecent();
		recent.made(LAMP, { name: 'Lamp' }, nextMoment());
		const all = read(recent, CHAIR);
		// What it is now no list has shown yet.
		expect(all.find('A')).toBeUndefined();
		expect(all.there('A')).toEqual(LAMP);
		expect(all.by('name', 'Lamp')).toEqual([LAMP]);
		expect(all.near('name', 'LAMP')).toEqual([LAMP]);
		// What the list has shown is another matter.
		expect(all.listed).toEqual([CHAIR]);
		expect([...all.ids]).toEqual(['b']);
	});

	test('a thing that was removed is not found, though it is listed still', () => {
		const recent = newRecent();
		recent.removed('a');
		const all = read(recent, LAMP, CHAIR);
		expect(all.find('a')).toBeUndefined();
		expect(all.by('name', 'Lamp')).toEqual([]);
		expect(all.near('name', 'Lamp')).toEqual([]);
		expect(all.find('b')).toBe(CHAIR);
		expect([...all.ids]).toEqual(['a', 'b']);
	});

	test('what a list contradicts is not known, and is found by the key that was sent', () => {
		const recent = newRecent();
		recent.set('A', { name: 'Table' });
		const all = read(recent, LAMP, CHAIR);
		expect(all.find('a')).toBeUndefined();
		// Who asks whether it is there at all is told what the list has shown.
		expect(all.there('a')).toBe(LAMP);
		expect(all.by('name', 'Table')).toEqual([{ ...LAMP, name: 'Table' }]);
		// Nobody knows which of the two is the older.
		expect(all.by('name', 'Lamp')).toEqual([LAMP]);
		expect(all.find('b')).toBe(CHAIR);
	});

	test('what a list shows as it was sent is known', () => {
		const recent = newRecent();
		recent.set('a', { colour: 'red', pin: 'Secret1Pin' });
		expect(read(recent, LAMP).find('a')).toEqual(LAMP);
	});

	test('a thing whose key the API keeps in another form is found by the one that was sent', () => {
		const recent = newRecent();
		recent.noteAlias('name Lamp & Co', { id: 'a', kept: 'Lamp' });
		const all = read(recent, LAMP, CHAIR);
		expect(all.by('name', 'Lamp &amp; Co')).toEqual([LAMP]);
		expect(all.by('serial', 'Lamp & Co')).toEqual([]);
		expect(read(recent, CHAIR).by('name', 'Lamp & Co')).toEqual([]);
	});

	test('but not one that was given another key since, nor another one with the key that it had', () => {
		const recent = newRecent();
		recent.noteAlias('name Lamp & Co', { id: 'a', kept: 'Lamp' });
		expect(read(recent, { ...LAMP, name: 'Desk' }, { ...CHAIR, name: 'Lamp' }).by('name', 'Lamp & Co')).toEqual([]);
	});

	test('but not where another one has that key itself', () => {
		const recent = newRecent();
		recent.noteAlias('name Chair', { id: 'a', kept: 'Lamp' });
		expect(read(recent, LAMP, CHAIR).by('name', 'Chair')).toEqual([CHAIR]);
		expect(read(recent, LAMP, { ...CHAIR, name: 'Chair\u200B' }).by('name', 'Chair')).toMatchObject([{ id: 'b' }]);
	});
});
