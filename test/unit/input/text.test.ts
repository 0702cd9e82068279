import { lineOfText, text } from '../../../nodes/Crazytel/input/text';
import { outcome, wrongTypes } from './outcome';

describe('a line of text', () => {
	const line = lineOfText(1000);

	test.each([
		['words', 'Sales team'],
		['nothing', ''],
		['other scripts', 'مبيعات 営業 Größe'],
		['an emoji of several parts', '👩‍💻 support'],
		['a formula', '=HYPERLINK("https://evil.example")'],
		['a tag', '<script>alert(1)</script>'],
		['an expression', '{{ $json.secret }}'],
		['a prototype key', '__proto__'],
		['1,000 characters', 'x'.repeat(1000)],
	])('%s goes through as it is', (_name, value) => {
		expect(outcome(line, value)).toEqual({ read: value, problems: [] });
	});

	test('surrounding space goes', () => {
		expect(outcome(line, '  Sales team\r\n')).toEqual({ read: 'Sales team', problems: [] });
	});

	test.each([
		[1042, '1042'],
		[0, '0'],
		[-0, '0'],
		[-1.5, '-1.5'],
	])("a customer's number %p is text", (value, expected) => {
		expect(outcome(line, value)).toEqual({ read: expected, problems: [] });
	});

	test.each(['null', 'undefined', 'NULL', ' Undefined\n', '[object Object]'])(
		'%j is what a program wrote for nothing, and refused',
		(value) => {
			expect(outcome(line, value).problems).toEqual([
				`'${value.trim()}' is what stands for a missing value, not a text. Look at the item's input, and give the text, or leave the field out.`,
			]);
		},
	);

	test.each(['null and void', 'Nullarbor', 'undefined behaviour', 'none', '0', 'false'])(
		'%s is a text like others',
		(value) => {
			expect(outcome(line, value)).toEqual({ read: value, problems: [] });
		},
	);

	test('a pasted document is refused with its length', () => {
		expect(outcome(line, 'x'.repeat(1001)).problems).toEqual([
			'has 1001 characters, more than the 1000 that this node sends. Shorten it.',
		]);
	});

	test.each([
		['a line break', 'Sales\nteam', 'Sales<U+000A>team'],
		['CRLF', 'Sales\r\nX-Evil: 1', 'Sales<U+000D><U+000A>X-Evil: 1'],
		['NUL', 'Sales\0team', 'Sales<U+0000>team'],
		['a tab', 'Sales\tteam', 'Sales<U+0009>team'],
		['an escape', 'Sales\x1B[31m', 'Sales<U+001B>[31m'],
		['a C1 control', 'Sales\x85team', 'Sales<U+0085>team'],
		['a line separator', 'Sales\u2028team', 'Sales<U+2028>team'],
		['a paragraph separator', 'Sales\u2029team', 'Sales<U+2029>team'],
		['half an emoji', 'Sales\uD83D team', 'Sales<U+D83D> team'],
	])('%s is refused and made visible', (_name, value, seen) => {
		expect(outcome(line, value).problems).toEqual([
			`'${seen}' has a line break or another control character. Make it one line of text.`,
		]);
	});

	test.each([...wrongTypes, ['true', true], ['null', null], ['minus Infinity', -Infinity]])(
		'%s is not text',
		(_name, value) => {
			expect(outcome(line, value).problems).toEqual([
				expect.stringMatching(/^must be text, and it is .+\.$/) as string,
			]);
		},
	);

	test('a refusal of a megabyte is still short', () => {
		const { problems } = outcome(line, 'a\n'.repeat(500_000));
		expect(problems).toHaveLength(1);
		expect(problems[0]?.length).toBeLessThan(600);
	});
});

describe('a text', () => {
	test.each([
		[' Sales\nteam\r\n', 'Sales\nteam'],
		['', ''],
		['x'.repeat(2000), 'x'.repeat(2000)],
		[1042, '1042'],
	])('may have any length and any lines: %#', (value, expected) => {
		expect(outcome(text, value)).toEqual({ read: expected, problems: [] });
	});

	test.each([...wrongTypes, ['true', true], ['null', null]])('%s is none', (_name, value) => {
		expect(outcome(text, value).problems).toEqual([expect.stringMatching(/^must be text, and it is .+\.$/) as string]);
	});
});
