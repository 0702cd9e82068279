import { InvalidInput } from '../../../nodes/Crazytel/input/invalidInput';

/** What a schema says of a value: its problems, or none and what was read. */
export function outcome(
	schema: {
		safeParse(
			value: unknown,
		):
			| { success: true; data: unknown }
			| { success: false; error: { issues: Array<{ message: string }> } };
	},
	value: unknown,
): { read?: unknown; problems: string[] } {
	const parsed = schema.safeParse(value);
	return parsed.success
		? { read: parsed.data, problems: [] }
		: { problems: parsed.error.issues.map(({ message }) => message) };
}

/** The InvalidInput that a reader throws; fails the test when it throws none. */
export function refusal(read: () => unknown): InvalidInput {
	let thrown: unknown;
	try {
		read();
	} catch (error) {
		thrown = error;
	}
	expect(thrown).toBeInstanceOf(InvalidInput);
	return thrown as InvalidInput;
}

/** What expressions yield instead of the text or number that a field wants. */
export const wrongTypes: Array<[string, unknown]> = [
	['a list', ['61291234567']],
	['an object', { number: '61291234567' }],
	['a date', new Date(0)],
	['NaN', Number.NaN],
	['Infinity', Number.POSITIVE_INFINITY],
	['a function', () => '61291234567'],
	['a symbol', Symbol('61291234567')],
];
