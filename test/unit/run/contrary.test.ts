import type { Thing } from '../../../nodes/Crazytel/api/body';
import { contraryOf, contraryWords, errorOfContrary, isShownAsSent } from '../../../nodes/Crazytel/run/contrary';
import type { Kind } from '../../../nodes/Crazytel/run/kind';
import { acting, things } from './things';

/** Things that are on or off, which people say rather than a value. */
const lamps: Kind = {
	...things,
	noun: { one: 'lamp', many: 'lamps' },
	settings: {
		...things.settings,
		on: {
			label: 'Light',
			parameter: 'on',
			state: (value) => (value === true ? 'on' : 'off'),
			isSame: (listed, sent) => listed === sent,
		},
		broken: {
			label: 'State',
			parameter: 'broken',
			state: (value) => (value === true ? 'broken' : 'whole'),
			isSame: (listed, sent) => listed === sent,
		},
	},
};

const LAMP: Thing = { id: 'a', name: 'Lamp', colour: 'red', on: true, broken: true };

test.each<[object, string]>([
	[{ colour: 'blue' }, `the lamp's Colour is 'red', not 'blue'`],
	[{ on: false }, 'the lamp is still on'],
	[{ name: 'Chair', colour: 'blue' }, `the lamp's Name is 'Lamp', not 'Chair', and its Colour is 'red', not 'blue'`],
	[{ colour: 'blue', on: false }, `the lamp is still on, and its Colour is 'red', not 'blue'`],
	[{ on: false, broken: false }, 'the lamp is still on, and is still broken'],
	[
		{ colour: 'blue', on: false, name: 'Chair', broken: false },
		`the lamp is still on, and is still broken, and its Colour is 'red', not 'blue', and its Name is 'Lamp', not 'Chair'`,
	],
	[{ weight: 7 }, `the lamp's weight is nothing, not '7'`],
	[{ colour: null }, `the lamp's Colour is 'red', not nothing`],
	[{ colour: { shade: 'blue' } }, `the lamp's Colour is 'red', not an object`],
])('what is not as %j was sent: %s', (wrong, words) => {
	expect(contraryWords(lamps, LAMP, { ...wrong })).toBe(words);
});

test('the state that is told is that of the thing', () => {
	expect(contraryWords(lamps, { ...LAMP, on: false }, { on: true })).toBe('the lamp is still off');
});

test('a label that has another word for its own is left as it is', () => {
	const { settings } = lamps;
	const kind = {
		...lamps,
		settings: { ...settings, colour: { ...things.settings.colour!, label: 'Colour of its shade' } },
	};
	expect(contraryWords(kind, LAMP, { colour: 'blue' })).toBe(`the lamp's Colour of its shade is 'red', not 'blue'`);
});

describe('the error', () => {
	test('says what was answered and what is so, names the fields, and that it may be run again', () => {
		const error = errorOfContrary(lamps, LAMP, { on: false, colour: 'blue' });
		expect(error).toMatchObject({ kind: 'contrary', mayHaveActed: true, httpCode: '200', fields: ['on', 'colour'] });
		expect(error.message).toBe(
			`Crazytel answered 200, but the lamp is still on, and its Colour is 'red', not 'blue'. Check the lamp in the Crazytel portal. Running this again is safe: it sets the same values.`,
		);
	});

	test('may say what else has answered so', () => {
		expect(errorOfContrary(lamps, LAMP, { on: false }, 'It was queued').happened).toBe(
			'It was queued, but the lamp is still on.',
		);
		expect(errorOfContrary(lamps, LAMP, { on: false }, 'It was queued', 'by the list of lamps ').happened).toBe(
			'It was queued, but by the list of lamps the lamp is still on.',
		);
	});
});

test.each<[string, unknown, unknown, boolean]>([
	['colour', 'RED', 'red', true],
	['colour', 'blue', 'red', false],
	['colour', undefined, undefined, false],
	['name', undefined, '', false],
	['name', null, '', true],
	['pin', 'Secret1Pin', 'Secret1Pin', false],
	['weight', 7, 7, true],
	['weight', undefined, undefined, false],
])('%s, shown as %j and sent as %j, is shown as sent: %j', (name, listed, sent, expected) => {
	expect(isShownAsSent(things, { id: 'a', [name]: listed } as Thing, name, sent)).toBe(expected);
});

describe('the answer to an act', () => {
	const plan = acting({}, { settings: things.settings, adds: { colour: 'blue', name: 'Chair', weight: 7 } });

	test('that shows what was sent, or nothing of it, is no contradiction', () => {
		expect(contraryOf(plan, { colour: 'blue', name: 'Chair' })).toBeUndefined();
		expect(contraryOf(plan, { rung: true })).toBeUndefined();
		expect(contraryOf(acting(), { colour: 'red' })).toBeUndefined();
	});

	test('that shows something else is told of, setting by setting', () => {
		expect(contraryOf(plan, { colour: 'red', name: 'Lamp' })).toBe(
			"By what Crazytel answered about the bell, its Colour is 'red', not 'blue', and its Name is 'Lamp', not 'Chair'. Look for it in the Crazytel portal.",
		);
	});

	test('is not held against what is no setting', () => {
		expect(contraryOf(plan, { weight: 8 })).toBeUndefined();
	});
});
