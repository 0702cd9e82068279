import { InvalidInput, readAll } from '../../../nodes/Crazytel/input/invalidInput';
import { refusal } from './outcome';

const refused = (...fields: string[]) =>
	new InvalidInput(fields.map((field) => ({ field, message: `${field} is wrong.` })));
const throwing = (error: Error) => (): never => {
	throw error;
};

test('a refusal of input is an error with a name, whose message holds every problem in order', () => {
	const error = refused('one', 'two');
	expect(error).toBeInstanceOf(Error);
	expect(error).toMatchObject({ name: 'InvalidInput', message: 'one is wrong. two is wrong.' });
	expect(error.problems.map(({ field }) => field)).toEqual(['one', 'two']);
});

describe('what is read together', () => {
	test('stands under the name of its reader, an undefined too', () => {
		expect(readAll({ a: () => 1, b: () => undefined, c: () => false })).toStrictEqual({ a: 1, b: undefined, c: false });
		expect(readAll({})).toEqual({});
	});

	test('is refused together: one bad field does not hide the next, in the order of the readers', () => {
		const read = jest.fn();
		const { problems } = refusal(() =>
			readAll({ a: throwing(refused('one', 'two')), b: read, c: throwing(refused('three')) }),
		);
		expect(problems.map(({ field }) => field)).toEqual(['one', 'two', 'three']);
		expect(read).toHaveBeenCalledTimes(1);
	});

	test('fails with the first error that is no refusal, whatever else is refused', () => {
		const [first, second] = [new Error('The expression failed'), new Error('Another one')];
		const read = () => readAll({ a: throwing(refused('one')), b: throwing(first), c: throwing(second) });
		expect(read).toThrow(first);
	});
});
