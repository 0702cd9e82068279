import { done, outputOf } from '../../../nodes/Crazytel/run/done';
import { making, makingNamed, named, setting, things } from './things';

const LAMP = { id: 'a', serial: 'S1', name: 'Lamp' };
const CHANGES = { name: { from: null, to: 'Lamp' } };
const SHOWN = { pin: 'Secret1Pin' };

describe('the output', () => {
	test('is the thing, and nothing is said that was not asked for', () => {
		for (const plan of [making(), setting('a'), setting('a', {}, { tellsChanges: false, shown: undefined })]) {
			expect(outputOf(plan, LAMP, CHANGES)).toStrictEqual(LAMP);
		}
	});

	test('is another object than the thing, which the run goes on with', () => {
		expect(outputOf(making(), LAMP, CHANGES)).not.toBe(LAMP);
	});

	test('has the secrets that are to be shown, whatever the thing has there', () => {
		expect(outputOf(making({}, { shown: SHOWN }), { ...LAMP, pin: '***' }, {})).toStrictEqual({ ...LAMP, ...SHOWN });
	});

	test('has the changes where they are asked for, also where there are none', () => {
		expect(outputOf(making({}, { tellsChanges: true }), LAMP, CHANGES)).toStrictEqual({
			...LAMP,
			changed: true,
			changes: CHANGES,
		});
		expect(outputOf(setting('a', {}, { tellsChanges: true }), LAMP, {})).toStrictEqual({
			...LAMP,
			changed: false,
			changes: {},
		});
	});
});

describe('what was done', () => {
	test('is named by the thing and its id', () => {
		expect(done(making(), LAMP, CHANGES)).toStrictEqual({ output: LAMP, written: 'S1 a', state: 'created' });
	});

	test('is named by the id alone where it has no name', () => {
		expect(done(setting('a'), { id: 'a' }, CHANGES)).toStrictEqual({
			output: { id: 'a' },
			written: 'a',
			state: 'updated',
		});
	});

	test('keeps what was made where it is known by a key, also where it was put right afterwards', () => {
		const make = makingNamed('Lamp');
		expect(done(make, LAMP, CHANGES).made).toStrictEqual({ plan: make, known: make.known, thing: LAMP });
		const set = setting('a', {}, { known: named('Lamp'), isOfMade: true });
		expect(done(set, LAMP, CHANGES).made).toStrictEqual({ plan: set, known: named('Lamp'), thing: LAMP });
		for (const plan of [making(), setting('a', {}, { known: named('Lamp') }), setting('a', {}, { isOfMade: true })]) {
			expect(done(plan, LAMP, CHANGES)).not.toHaveProperty('made');
		}
	});

	test('keeps which thing has kept its secrets', () => {
		const plan = setting('a', {}, { keepsSecrets: 'Make new ones.' });
		expect(done(plan, LAMP, CHANGES).kept).toStrictEqual({ plan, id: 'a' });
		expect(done(setting('a'), LAMP, CHANGES)).not.toHaveProperty('kept');
	});

	test('says what to do of secrets that only the output has', () => {
		expect(done(making({}, { shown: SHOWN, tellsChanges: true }), LAMP, CHANGES)).toStrictEqual({
			output: { ...LAMP, ...SHOWN, changed: true, changes: CHANGES },
			written: 'S1 a',
			state: 'created',
			lostSecrets: things.afterLostSecrets,
		});
	});
});
