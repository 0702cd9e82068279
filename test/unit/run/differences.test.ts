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
