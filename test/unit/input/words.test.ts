import { z } from 'zod';

import { inOneLine, messageOf, partsOf, withWords } from '../../../nodes/Crazytel/input/words';
import { outcome } from './outcome';

const short = withWords(
	z
		.string()
		.transform((text) => text.trim())
		.pipe(z.string().min(2).max(3).regex(/^a/)),
	(value) => `was given as ${JSON.stringify(value)}.`,
);

test('what can be read is read by the schema', () => {
	expect(outcome(short, ' abc ')).toEqual({ read: 'abc', problems: [] });
});

test.each([' bbbb ', ' ', 5, null, ['abc']])(
	'a refusal is in our words alone, once, and they see the value as it was given: %j',
	(value) => {
		expect(outcome(short, value).problems).toEqual([`was given as ${JSON.stringify(value)}.`]);
	},
);

test('a value that is not there at all is refused in our words too', () => {
	expect(
		outcome(
			withWords(z.string(), () => 'is missing.'),
			undefined,
		).problems,
	).toEqual(['is missing.']);
});

test('a schema may read a value as nothing', () => {
	expect(
		outcome(
			withWords(z.string().optional(), () => 'is wrong.'),
			undefined,
		),
	).toEqual({ read: undefined, problems: [] });
});

describe('a message', () => {
	test.each([
		['Name is empty.\nFill it in.', { happened: 'Name is empty.', cure: 'Fill it in.' }, 'Name is empty. Fill it in.'],
		['Name is empty.', { happened: 'Name is empty.', cure: '' }, 'Name is empty.'],
		['', { happened: '', cure: '' }, ''],
	])('%j is taken apart and put together again', (message, parts, line) => {
		expect(partsOf(message)).toStrictEqual(parts);
		expect(messageOf(parts)).toBe(message);
		expect(inOneLine(message)).toBe(line);
	});

	test('with more lines than two, as a name of the account may bring, has one cure', () => {
		expect(partsOf('It is CT\n1.\nLook.')).toStrictEqual({ happened: 'It is CT', cure: '1. Look.' });
		expect(inOneLine('It is CT\n1.\nLook.')).toBe('It is CT 1. Look.');
	});
});
