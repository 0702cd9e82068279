import { hintBeyondAsked } from '../../../nodes/Crazytel/run/beyondAsked';
import { things } from './things';

const careless = { ...things, mayResetOthers: true } as const;
const before = { id: 'a', serial: 'S1', name: 'Lamp', colour: 'red' };

test('what has changed and was not sent is named, with both values', () => {
	expect(hintBeyondAsked(careless, before, { ...before, name: 'Light', colour: 'blue' }, { name: 'Light' })).toBe(
		"The strange thing S1 was also changed where nobody has asked for it: its Colour is 'blue' now and was 'red'. Somebody else may have changed that meanwhile, or Crazytel resets what an update does not name. Set it again if it is missed.",
	);
	expect(hintBeyondAsked(careless, before, { ...before, name: 'Light', colour: 'blue' }, {})).toContain(
		": its Name is 'Light' now and was 'Lamp', its Colour is 'blue' now and was 'red'. Somebody",
	);
});

test.each([
	['nothing else has changed', careless, before, { ...before, name: 'Light' }],
	['it was not known before', careless, undefined, { ...before, colour: 'blue' }],
	['the answer does not show it', careless, before, { id: 'a' }],
	['an empty value is told in another way', careless, { ...before, colour: '' }, { ...before, colour: null }],
	['what was never set is told as empty', careless, { ...before, colour: null }, { ...before, colour: '' }],
	['the kind leaves the rest alone', things, before, { ...before, colour: 'blue' }],
])('nothing is told where %s', (_, kind, then, now) => {
	expect(hintBeyondAsked(kind, then, now, { name: 'Light' })).toBeUndefined();
});
