import type { Thing } from '../../../nodes/Crazytel/api/body';
import { inOrder, withoutSecrets } from '../../../nodes/Crazytel/run/kind';
import { things } from './things';

test('the values that are no secret are all others, also those that are no setting', () => {
	const values = { name: 'Lamp', pin: 'Secret1Pin', colour: null, id: 'a-1' };
	expect(withoutSecrets(things, values)).toStrictEqual({ name: 'Lamp', colour: null, id: 'a-1' });
	expect(values.pin).toBe('Secret1Pin');
});

describe('an output in the order in which people read it', () => {
	const namesOf = (output: object) => Object.keys(inOrder(things, output as never));

	test('begins with what comes first, then has the other settings, and then whatever else there is', () => {
		const output = { weight: 3, colour: 'red', name: 'Lamp', id: 'a-1', found: true, serial: 'S1', pin: 'Secret1Pin' };
		expect(namesOf(output)).toStrictEqual(['id', 'serial', 'pin', 'name', 'colour', 'weight', 'found']);
		expect(inOrder(things, output)).toEqual(output);
	});

	test('has nothing that was not there, and loses nothing that was', () => {
		expect(namesOf({ weight: null, id: 'a-1' })).toStrictEqual(['id', 'weight']);
		expect(inOrder(things, {})).toStrictEqual({});
		const odd = JSON.parse('{"__proto__":{"a":1},"constructor":2,"colour":null,"name":"","7":1,"id":"a-1"}') as object;
		expect(namesOf(odd).sort()).toStrictEqual(Object.keys(odd).sort());
		expect(JSON.parse(JSON.stringify(inOrder(things, odd as never)))).toEqual(odd);
		expect(inOrder(things, Object.create({ colour: 'inherited' }) as never)).toStrictEqual({});
	});

	test('is as the API gives the thing, where the kind goes by an id that the API does not know', () => {
		const kind = {
			...things,
			first: ['number', 'name'],
			asGiven: ({ id, ...rest }: Thing) => ({ ...rest, number: id }),
		};
		const output = inOrder(kind, { id: '61400', colour: 'red', name: 'Lamp' });
		expect(output).toStrictEqual({ number: '61400', name: 'Lamp', colour: 'red' });
		expect(Object.keys(output)).toStrictEqual(['number', 'name', 'colour']);
		// What came without one, or with one that is no text, is no such thing.
		for (const other of [{ name: 'Lamp' }, { id: 5, name: 'Lamp' }]) {
			expect(inOrder(kind, other)).toStrictEqual(other);
		}
	});
});
