import { flag, isSameFlag, readFlag } from '../../../nodes/Crazytel/input/flag';
import { outcome, refusal, wrongTypes } from './outcome';

describe('an on-off field', () => {
	test.each([
		[true, true],
		[false, false],
		['true', true],
		['false', false],
		['TRUE', true],
		['False', false],
		[' false\r\n', false],
		['Yes', true],
		['NO', false],
		[' on ', true],
		['Off', false],
		['1', true],
		['0', false],
		[1, true],
		[0, false],
		[-0, false],
		['1.0', true],
		['0.0', false],
	])('%p is %p', (value, expected) => {
		expect(outcome(flag, value)).toEqual({ read: expected, problems: [] });
	});

	test.each([
		'Y',
		'N',
		'active',
		'ACTIVE',
		'disabled',
		'enabled',
		'x',
		'checked',
		'falsch',
		't',
		'ｔｒｕｅ',
		'tr\u200Bue',
		'true false',
		'true\0',
		2,
		-1,
		0.5,
		'01',
		'2.0',
		'constructor',
		'__proto__',
		'toString',
	])('%p could be guessed at, and is refused with the expression that says which value means on', (value) => {
		expect(outcome(flag, value).problems).toEqual([
			expect.stringMatching(
				/^must be true or false, and it is '.+'\. Say in an expression which value means on, e\.g\. \{\{ \$json\.x === 'Active' \}\}\.$/,
			) as string,
		]);
	});

	test.each([null, undefined, '', ' \u200b'])(
		'%p is empty, and refused with what to write for an unticked box',
		(value) => {
			expect(outcome(flag, value).problems).toEqual([
				expect.stringMatching(
					/^must be true or false, and it is .+ for an unticked box write \{\{ \$json\.Active \?\? false \}\}\.$/,
				) as string,
			]);
		},
	);

	test.each(wrongTypes)('%s is refused', (_name, value) => {
		expect(outcome(flag, value).problems).toHaveLength(1);
	});

	test('a Boolean object is no boolean', () => {
		expect(outcome(flag, Object(false)).problems).toEqual([
			expect.stringMatching(/^must be true or false, and it is an object\./) as string,
		]);
	});

	test('an option is read, and its refusal names it', () => {
		expect(readFlag('Check Numbers', 'checkNumbers', 'false')).toBe(false);
		expect(refusal(() => readFlag('Check Numbers', 'checkNumbers', 'maybe')).problems).toEqual([
			{
				field: 'checkNumbers',
				message: expect.stringMatching(/^Check Numbers must be true or false, and it is 'maybe'\./) as string,
			},
		]);
	});
});

test.each([
	[true, true, true],
	[true, false, false],
	[false, false, true],
	['True', true, true],
	['untrue', true, false],
	['false', false, true],
	['no', false, true],
	['suspended', false, true],
	['maybe', false, false],
	[1, true, true],
	[1, false, false],
	[0, false, true],
	[10, true, false],
	[10, false, false],
	[null, false, false],
	[undefined, false, false],
])('listed as %j, it is the same as a sent %j: %j', (listed, sent, expected) => {
	expect(isSameFlag(listed, sent)).toBe(expected);
});
