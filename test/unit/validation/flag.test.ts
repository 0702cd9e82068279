import { describeWithEachZod, outcome, wrongTypes } from './eachZod';

describeWithEachZod('an on-off field', ({ flag, readFlag, InvalidInput }) => {
	test.each([
		[true, true],
		[false, false],
		['true', true],
		['false', false],
		['TRUE', true],
		['False', false],
		[' false\r\n', false],
	])('%p is %p', (value, expected) => {
		expect(outcome(flag, value)).toEqual({ read: expected, problems: [] });
	});

	test.each([1, 0, '1', '0', 'yes', 'no', 'on', 'off', '', 'falsch', 't', 'ｔｒｕｅ', 'tr\u200Bue', 'true false', 'true\0', null])(
		'%p could be guessed at, and is refused',
		(value) => {
			expect(outcome(flag, value).problems).toEqual([
				expect.stringMatching(/^must be true or false, and it is .+\.$/) as string,
			]);
		},
	);

	test.each(wrongTypes)('%s is refused', (_name, value) => {
		expect(outcome(flag, value).problems).toHaveLength(1);
	});

	test('a Boolean object is no boolean', () => {
		expect(outcome(flag, Object(false)).problems).toEqual(['must be true or false, and it is an object.']);
	});

	test('an option is read, and its refusal names it', () => {
		expect(readFlag('Check Numbers', 'checkNumbers', 'false')).toBe(false);
		const read = () => readFlag('Check Numbers', 'checkNumbers', 'maybe');
		expect(read).toThrow(InvalidInput);
		expect(read).toThrow("Check Numbers must be true or false, and it is 'maybe'.");
	});
});
