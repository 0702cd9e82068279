import { InvalidInput } from '../../../nodes/Crazytel/input/invalidInput';
import { inOneLine } from '../../../nodes/Crazytel/input/words';

/** What a schema says of a value: its problems, each in one line, or none and what was read. */
export function outcome(
	schema: {
		safeParse(
			value: unknown,
		): { success: true; data: unknown } | { success: false; error: { issues: Array<{ message: string }> } };
	},
	value: unknown,
): { read?: unknown; problems: string[] } {
	const parsed = schema.safeParse(value);
	return parsed.success
		? { read: parsed.data, problems: [] }
		: { problems: parsed.error.issues.map(({ message }) => inOneLine(message)) };
}

/** The InvalidInput that a reader throws, its problems each in one line; fails the test when it throws none. */
export function refusal(read: () => unknown): InvalidInput {
	let thrown: unknown;
	try {
		read();
	} catch (error) {
		thrown = error;
	}
	expect(thrown).toBeInstanceOf(InvalidInput);
	const problems = (thrown as InvalidInput).problems.map((problem) => ({
		...problem,
		message: inOneLine(problem.message),
	}));
	return Object.assign(thrown as InvalidInput, { problems });
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
