import { isSameNumber, isSmsSender, phoneNumber, readPhoneNumber, smsSender } from '../../../nodes/Crazytel/input/phoneNumber';
import { outcome, wrongTypes } from './outcome';

describe('a phone number', () => {
	test.each([
		["the API's form", '61291234567', '61291234567'],
		['a plus and groups', '+61 2 9123 4567', '61291234567'],
		['an area code in brackets', '(02) 9123 4567', '61291234567'],
		['a mobile with its zero', '0412 345 678', '61412345678'],
		['a mobile without its zero', '412345678', '61412345678'],
		['a landline without its zero', '2 9123 4567', '61291234567'],
		['the zero in brackets after the country', '+61 (0)2 9123 4567', '61291234567'],
		['the zero in brackets without a space', '+61(0)412345678', '61412345678'],
		['the country in brackets', '(+61) 412 345 678', '61412345678'],
		['the Australian prefix for abroad', '0011 61 412 345 678', '61412345678'],
		['the European prefix for abroad', '0061412345678', '61412345678'],
		['hyphens', '02-9123-4567', '61291234567'],
		['dots', '02.9123.4567', '61291234567'],
		['en dashes', '02\u20139123\u20134567', '61291234567'],
		['no-break hyphens', '02\u20119123\u20114567', '61291234567'],
		['no-break spaces', '02\u00A09123\u00A04567', '61291234567'],
		['narrow spaces', '02\u202F9123\u20094567', '61291234567'],
		['tabs', '02\t91234567', '61291234567'],
		['space around it', '  0412345678\r\n', '61412345678'],
		['marks of a contact card around it', '\u202A+61 412 345 678\u202C', '61412345678'],
		['a byte order mark', '\uFEFF0412345678', '61412345678'],
		['a zero-width space inside', '0412\u200B345678', '61412345678'],
		['03', '0398765432', '61398765432'],
		['07', '0731234567', '61731234567'],
		['08', '0870101234', '61870101234'],
		['a 1300 number', '1300 123 456', '611300123456'],
		['a 1800 number', '1800 123 456', '611800123456'],
		['a 1300 number with its country', '+61 1300 123 456', '611300123456'],
		['a short number of another country with a plus', '+47 22 12 34 56', '4722123456'],
		['another country with a plus', '+1 415 555 2671', '14155552671'],
		['another country without a plus', '442079460958', '442079460958'],
		['fifteen digits', '+882123456789012', '882123456789012'],
	])('%s is read', (_name, value, expected) => {
		expect(outcome(phoneNumber, value)).toEqual({ read: expected, problems: [] });
	});

	test.each([
		["the API's form", 61291234567, '61291234567'],
		['a mobile whose zero is lost', 412345678, '61412345678'],
		['a landline whose zero is lost', 291234567, '61291234567'],
		['a 1300 number', 1300123456, '611300123456'],
	])("a spreadsheet's number is read: %s", (_name, value, expected) => {
		expect(outcome(phoneNumber, value)).toEqual({ read: expected, problems: [] });
	});

	test('every form of one number gives the same number', () => {
		const forms = ['+61 412 345 678', '0412 345 678', 412345678, '(04) 1234 5678', 61412345678, '0011-61-412345678'];
		expect(new Set(forms.map(readPhoneNumber))).toEqual(new Set(['61412345678']));
	});

	test.each([
		['nothing', ''],
		['a word', 'reception'],
		['a digit too few', '041234567'],
		['a digit too many', '04123456789'],
		['a digit too many and its zero lost', '4123456789'],
		['another country in ten digits without a plus', '4722123456'],
		['an Australian number that begins with 9', '+61912345678'],
		['an Australian number with its zero inside', '+61 0412 345 678'],
		['a short service number', '13 11 14'],
		['an emergency number', '000'],
		['sixteen digits', '+8821234567890123'],
		['a country that begins with 0', '+0412345678'],
		['two plus signs', '++61412345678'],
		['a plus inside', '0412+345678'],
		['an extension', '02 9123 4567 ext 12'],
		['an extension after #', '02 9123 4567#12'],
		['a name in front', 'Office 02 9123 4567'],
		['two numbers', '0412345678, 0498765432'],
		['two numbers with a slash', '0412345678/0498765432'],
		['a SIP address', 'sip:61412345678'],
		['a line break inside', '0412\n345678'],
		['a header line behind it', '0412345678\r\nX-Evil: 1'],
		['NUL inside', '0412\x00345678'],
		['NUL behind it', '0412345678\0'],
		['Arabic-Indic digits', '٠٤١٢٣٤٥٦٧٨'],
		['full-width digits', '０４１２３４５６７８'],
		['a full-width plus', '＋61412345678'],
		['one full-width digit', '041234567８'],
		['a minus in front', '-412345678'],
		['letters of a vanity number', '1300 FLOWER'],
		['a formula', '=0412345678'],
		['a formula of a spreadsheet', '="0412345678"'],
		['65 characters that would be a number', `0412345678${' '.repeat(55)}`.padStart(66)],
		['a megabyte of digits', '4'.repeat(1_000_000)],
		['a megabyte of spaces', ' '.repeat(1_000_000)],
		['a prototype key', '__proto__'],
	])('%s is refused', (_name, value) => {
		const { problems } = outcome(phoneNumber, value);
		expect(problems).toHaveLength(1);
		expect(problems[0]).toMatch(
			/cannot be read as a phone number\. Use a number such as 61291234567, \+61 2 9123 4567 or 0412 345 678\.$/,
		);
		expect(problems[0]?.length).toBeLessThan(600);
	});

	test.each([
		...wrongTypes,
		['true', true],
		['null', null],
		['a negative number', -412345678],
		['a fraction', 412345678.5],
		['a number beyond 2^53', 1e21],
	])('%s is refused', (_name, value) => {
		expect(outcome(phoneNumber, value).problems).toHaveLength(1);
	});

	test.each(['6.12E+10', '6.12912E+10', '6,12e+10', ' 6.1e10 '])(
		'%s was rounded by a spreadsheet, and the refusal says so',
		(value) => {
			expect(outcome(phoneNumber, value).problems).toEqual([
				expect.stringContaining('was rounded by a spreadsheet, so its last digits are lost.') as string,
			]);
		},
	);
});

describe('an SMS sender', () => {
	test.each([
		['0412 345 678', '61412345678'],
		[412345678, '61412345678'],
		['+61 412 345 678', '61412345678'],
	])('the mobile number %p is read', (value, expected) => {
		expect(outcome(smsSender, value)).toEqual({ read: expected, problems: [] });
	});

	test.each(['02 9123 4567', '1300 123 456', '+1 415 555 2671', '+64 21 123 4567'])(
		'%s is a number, but none that can send SMS',
		(value) => {
			expect(outcome(smsSender, value).problems).toEqual([
				`'${value}' cannot send SMS: an SMS sender is an Australian mobile number and starts with 614, e.g. 61412345678.`,
			]);
		},
	);

	test.each(['MyCompany', '', null, true, ['0412345678']])('%p is no number at all', (value) => {
		expect(outcome(smsSender, value).problems).toEqual([
			expect.stringContaining('cannot be read as a phone number.') as string,
		]);
	});

	test('only 614 sends SMS', () => {
		expect(['61412345678', '61291234567', '41412345678', '0412345678'].map(isSmsSender)).toEqual([
			true,
			false,
			false,
			false,
		]);
	});
});

test.each([
	['61291234567', '61291234567', true],
	[61291234567, '61291234567', true],
	['+61 2 9123 4567', '61291234567', true],
	['0291234567', '61291234567', true],
	['0412 345 678', '61412345678', true],
	['61291234568', '61291234567', false],
	['anonymous', '61291234567', false],
	[' 131114 ', '131114', true],
	['131115', '131114', false],
	[null, '61291234567', false],
	[undefined, '61291234567', false],
])('listed as %j, it is the same as a sent %j: %j', (listed, sent, expected) => {
	expect(isSameNumber(listed, sent)).toBe(expected);
});
