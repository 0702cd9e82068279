import { withoutSecrets } from '../../../nodes/Crazytel/run/kind';
import { things } from './things';

test('the values that are no secret are all others, also those that are no setting', () => {
	const values = { name: 'Lamp', pin: 'Secret1Pin', colour: null, id: 'a-1' };
	expect(withoutSecrets(things, values)).toStrictEqual({ name: 'Lamp', colour: null, id: 'a-1' });
	expect(values.pin).toBe('Secret1Pin');
});
