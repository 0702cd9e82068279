import { hintBeyondAsked } from '../../../nodes/Crazytel/run/beyondAsked';
import { things } from './things';

const careless = { ...things, mayResetOthers: true } as const;
const before = { id: 'a', serial: 'S1', name: 'Lamp', colour: 'red' };

test('what has changed and was not sent is named, with both values', () => {
	expect(hintBeyondAsked(careless, before, { ...before, name: 'Light', colour: 'blue' }, { name: 'Light' })).toContain(
		"The strange thing S1 was also changed where nobody has asked for it: its Colour is 'blue' now and was 'red'.",
	);
});

test.each([
	['nothing else has changed', careless, before, { ...before, name: 'Light' }],
	['it was not known before', careless, undefined, { ...before, colour: 'blue' }],
	['the answer does not show it', careless, before, { id: 'a' }],
	['an empty value is told in another way', careless, { ...before, colour: '' }, { ...before, colour: null }],
	['the kind leaves the rest alone', things, before, { ...before, colour: 'blue' }],
])('nothing is told where %s', (_, kind, then, now) => {
	expect(hintBeyondAsked(kind, then, now, { name: 'Light' })).toBeUndefined();
});
