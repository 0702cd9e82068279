import type { IDataObject } from 'n8n-workflow';

import type { Thing } from '../../../nodes/Crazytel/api/body';
import { changesOf, contradictions, differences, isSame } from '../../../nodes/Crazytel/run/differences';
import { things } from './things';

describe('the same', () => {
	test.each<[string, unknown, unknown, boolean]>([
		['name', 'Lamp', 'Lamp', true],
		['name', ' Lamp\n', 'Lamp', true],
		['name', 'lamp', 'Lamp', false],
		['name', null, '', true],
		['colour', 'RED', 'red', true],
		['colour', 'blue', 'red', false],
	])('%s listed as %j and sent as %j: %j, as the setting has it', (name, listed, sent, expected) => {
		expect(isSame(things.settings, { id: 'a', [name]: listed } as Thing, name, sent)).toBe(expected);
	});

	test.each<[unknown, unknown, boolean]>([
		[7, 7, true],
		['7', 7, false],
		[undefined, 7, false],
	])('of what is no setting, listed as %j and sent as %j: %j, and nothing is guessed', (listed, sent, expected) => {
		expect(isSame(things.settings, { id: 'a', weight: listed } as Thing, 'weight', sent)).toBe(expected);
	});
});

const THING: Thing = { id: 'a', name: null, colour: 'RED' };
const WANTED: IDataObject = { name: 'Lamp', colour: 'red', weight: 7, pin: 'Secret1Pin' };

test('what differs: what the thing has otherwise, what it does not show, and every secret', () => {
	expect(differences(things, THING, WANTED)).toEqual({ name: 'Lamp', weight: 7, pin: 'Secret1Pin' });
	expect(differences(things, { ...THING, pin: 'Secret1Pin' }, { pin: 'Secret1Pin' })).toEqual({ pin: 'Secret1Pin' });
	expect(differences(things, undefined, WANTED)).toEqual(WANTED);
	expect(differences(things, THING, { name: '' })).toEqual({});
	expect(differences(things, THING, {})).toEqual({});
});

test('what contradicts: only what the thing shows otherwise, and never a secret', () => {
	expect(contradictions(things, THING, WANTED)).toEqual({ name: 'Lamp' });
	expect(contradictions(things, { ...THING, pin: 'Other1Pin' }, { pin: 'Secret1Pin' })).toEqual({});
});

test.each<[string, unknown, boolean]>([
	['an object', { shade: 'red' }, false],
	['a list', ['red'], false],
	['not there', undefined, false],
	['null, a setting that was never made', null, true],
	['nothing but a text', '', true],
	['false', false, true],
	['0', 0, true],
])(
	'what is %s is shown, or not: it is sent in any case, and contradicts only where it is shown',
	(_, colour, isShown) => {
		const thing = { id: 'a', colour } as Thing;
		expect(differences(things, thing, { colour: 'red' })).toEqual({ colour: 'red' });
		expect(contradictions(things, thing, { colour: 'red' })).toEqual(isShown ? { colour: 'red' } : {});
	},
);

test('what is not shown is sent, even if it is the same by the words of its setting', () => {
	const { settings } = things;
	const kind = { ...things, settings: { ...settings, colour: { ...settings.colour!, isSame: () => true } } };
	for (const colour of [undefined, {}, []])
		expect(differences(kind, { id: 'a', colour } as Thing, { colour: 'red' })).toEqual({ colour: 'red' });
	expect(differences(kind, { id: 'a', colour: null }, { colour: 'red' })).toEqual({});
});

test('changes: from what was known to what is asked for, with secrets masked', () => {
	const changes = {
		name: { from: null, to: 'Lamp' },
		colour: { from: 'RED', to: 'red' },
		weight: { from: null, to: 7 },
		pin: { from: '***', to: '***' },
	};
	expect(changesOf(things, { ...THING, pin: 'Other1Pin' }, WANTED)).toEqual(changes);
	expect(changesOf(things, undefined, { colour: 'red', name: undefined })).toEqual({
		colour: { from: null, to: 'red' },
		name: { from: null, to: null },
	});
});
