import type { IDataObject } from 'n8n-workflow';

import type { Plan } from '../../../nodes/Crazytel/run/plan';
import { hintsOfShownOnce } from '../../../nodes/Crazytel/run/shownOnce';
import { workOf } from '../../../nodes/Crazytel/run/work';
import { giving, making, operation, removing, setting } from './things';

const SECRET = { shown: { pin: 'Made1Pin' }, shownOnce: 'Keep them.' };
const hintsOf = (...done: Array<[Plan, IDataObject]>) =>
	hintsOfShownOnce(
		done.map(([plan, output], index) => workOf(index, {}, { value: { operation, plan, done: { output } } })),
	);

test('secrets that were made anew are told of once, however many there are', () => {
	expect(
		hintsOf([making({}, SECRET), { pin: 'Made1Pin' }], [setting('a', {}, SECRET), { pin: 'Made1Pin' }]),
	).toStrictEqual(['Keep them.']);
});

test('those of each thing that was made, and of each that was set, are told of in the words of its plan', () => {
	expect(hintsOf([making({}, SECRET), { pin: 'Made1Pin' }])).toStrictEqual(['Keep them.']);
	expect(hintsOf([setting('a', {}, SECRET), { pin: 'Made1Pin' }])).toStrictEqual(['Keep them.']);
	expect(
		hintsOf(
			[making({}, SECRET), { pin: 'Made1Pin' }],
			[setting('a', {}, { ...SECRET, shownOnce: 'Keep those.' }), { pin: 'Made2Pin' }],
		),
	).toStrictEqual(['Keep them.', 'Keep those.']);
});

test('one secret that the output has is enough, also where it does not have another one', () => {
	const shown = { pin: 'Made1Pin', code: 'Made1Code' };
	expect(hintsOf([setting('a', {}, { ...SECRET, shown }), { pin: 'Made1Pin' }])).toStrictEqual(['Keep them.']);
});

test.each<[string, Plan, IDataObject]>([
	['that was entered', making({}, { shown: { pin: 'Mine1Pin' } }), { pin: 'Mine1Pin' }],
	[
		'of which there is nothing to tell',
		setting('a', {}, { shown: { pin: 'Mine1Pin' }, shownOnce: undefined }),
		{ pin: 'Mine1Pin' },
	],
	['that the output does not have, because there was a thing already', making({}, SECRET), { id: 'a' }],
	['that is to be shown by a plan that has none', making({}, { shownOnce: 'Keep them.' }), { pin: 'x' }],
	['of a dry run', making({}, { ...SECRET, isDryRun: true }), { pin: '***' }],
	['of what is found', giving(), { pin: 'x' }],
	['of what is removed', removing('a'), { pin: 'x' }],
])('there is no hint of one %s', (_, plan, output) => {
	expect(hintsOf([plan, output])).toStrictEqual([]);
});

test('there is none of an item that has failed, whose error takes the place of the output', () => {
	const work = workOf(0, {}, { value: { operation, plan: making({}, SECRET) } });
	expect(
		hintsOfShownOnce([
			{ ...work, outcome: { failure: { message: 'No.' } } },
			workOf(1, {}, { failure: { message: 'No.' } }),
		]),
	).toStrictEqual([]);
});
