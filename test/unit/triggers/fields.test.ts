import type { INodeProperties } from 'n8n-workflow';

import { readChoice, readChoices, readNumber } from '../../../nodes/Crazytel/triggers/fields';

const field = (type: INodeProperties['type']): INodeProperties => ({
	displayName: 'Field',
	name: 'field',
	type,
	default: '',
	options: [
		{ name: 'One', value: 'one' },
		{ name: 'Two', value: 'two' },
	],
});
const hours = (value: unknown) => readNumber(field('number'), value, { least: 0, most: 24, of: 'hours', example: '4' });

test.each([
	[4, 4],
	['4', 4],
	[' 0.5 ', 0.5],
	[0, 0],
])('%p is a number', (given, read) => expect(hours(given)).toBe(read));

test.each([
	[undefined, 'is empty'],
	['', 'is empty'],
	['four', "is 'four'"],
	[-1, "is '-1'"],
	[25, "is '25'"],
	[NaN, "is 'NaN'"],
	[true, "is 'true'"],
])('%p is none', (given, is) => {
	expect(() => hours(given)).toThrow(
		`Field must be a number of hours from 0 to 24, and it ${is}. Give a number such as 4.`,
	);
});

test('several of a list, in its order; one alone too', () => {
	expect(readChoices(field('multiOptions'), ['two', 'one'])).toEqual(['one', 'two']);
	expect(readChoices(field('multiOptions'), 'two')).toEqual(['two']);
	expect(() => readChoices(field('multiOptions'), [])).toThrow(
		'Field is empty, so that nothing would ever come. Choose at least one of One, Two.',
	);
	expect(() => readChoices(field('multiOptions'), ['one', 'three'])).toThrow(
		"Field holds 'three', which is unknown. Give at least one of one, two.",
	);
});

test('one of a list', () => {
	expect(readChoice(field('options'), 'two')).toBe('two');
	expect(() => readChoice(field('options'), 'three')).toThrow("Field 'three' is unknown. Use one of one, two.");
});
