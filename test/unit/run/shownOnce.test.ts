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

test.each<[string, Plan, IDataObject]>([
	['that was entered', making({}, { shown: { pin: 'Mine1Pin' } }), { pin: 'Mine1Pin' }],
	['that the output does not have, because there was a thing already', making({}, SECRET), { id: 'a' }],
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
