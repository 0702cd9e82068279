import {
	choiceOf,
	isListedNumber,
	isSameNumber,
	isSmsSender,
	phoneNumber,
	readListedNumber,
	readPhoneNumber,
	smsRecipient,
	smsSender,
} from '../../../nodes/Crazytel/input/phoneNumber';
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
		['the zero after the country, with and without brackets', '+61 0412 345 678', '61412345678'],
		['the zero in the brackets of the area', '+61 (02) 9123 4567', '61291234567'],
		['the zero in brackets without a plus', '61 (0)2 9123 4567', '61291234567'],
		['the zero in brackets between hyphens', '+61-(0)2-9123-4567', '61291234567'],
		['the zero in brackets after 0061', '0061 (0)2 9123 4567', '61291234567'],
		['the zero in brackets after 0011 61', '0011 61 (0)412 345 678', '61412345678'],
		['the British zero in brackets', '+44 (0)20 7946 0958', '442079460958'],
		['the British zero', '+44 020 7946 0958', '442079460958'],
		['the British zero without a plus', '44 (0)20 7946 0958', '442079460958'],
		['the German zero', '0049 (0)30 123456', '4930123456'],
		['the Italian zero, which is part of the number', '+39 06 6982 1234', '390669821234'],
		['the Italian zero in brackets', '+39 (0)6 6982 1234', '390669821234'],
		['the zero of San Marino', '+378 0549 882345', '3780549882345'],
		['the zero of the Vatican', '+379 06 6982 1234', '3790669821234'],
		['the zero of the Ivory Coast', '+225 01 23 45 67 89', '2250123456789'],
		['the zero of Gabon', '+241 01 23 45 67', '24101234567'],
		['the zero of the Congo', '+242 06 612 34 56', '242066123456'],
		["a spreadsheet's fraction", '61291234567.0', '61291234567'],
		["a spreadsheet's fraction of a foreign number", '442079460958.0', '442079460958'],
		["a spreadsheet's fraction of a 1300 number", '1300123456.0', '611300123456'],
		["a spreadsheet's fraction with a comma", '412345678,00', '61412345678'],
		["a spreadsheet's mark of text", "'0412345678", '61412345678'],
		['a typographic mark of text', '\u20190412345678', '61412345678'],
		['quotes', '"0412345678"', '61412345678'],
		['a link', 'tel:+61-2-9123-4567', '61291234567'],
		['a link in capitals', 'TEL:0412345678', '61412345678'],
		['the comma of a list', '0412 345 678,', '61412345678'],
		['the semicolon of a list', '0412 345 678 ; ', '61412345678'],
		['the end of a sentence', '0412 345 678.', '61412345678'],
		['minus signs', '02\u22129123\u22124567', '61291234567'],
		['a soft hyphen', '04\u00AD12345678', '61412345678'],
		['an Arabic letter mark', '\u061C0412345678', '61412345678'],
		['full-width digits', '０４１２ ３４５ ６７８', '61412345678'],
		['full-width signs', '（０２）９１２３－４５６７', '61291234567'],
		['a full-width plus', '＋61412345678', '61412345678'],
		['one full-width digit', '041234567８', '61412345678'],
		['a name in front, as in a SIP header', '"Acme" <0291234567>', '61291234567'],
		['a name without quotes', 'Acme 2000 Pty Ltd <+61 2 9123 4567>', '61291234567'],
		['the number for a name', '"(02) 9123 4567" <0291234567>', '61291234567'],
		['a SIP address with a plus', '<sip:+61291234567@sip.example.com>', '61291234567'],
		['a SIP address for a name', '"sip:+61291234567@sip.example.com" <0291234567>', '61291234567'],
		['a whole SIP header', '"Acme" <sip:+61291234567@sip.example.com;user=phone>;tag=1928', '61291234567'],
		['a 13 number', '13 11 14', '61131114'],
		["a 13 number in the API's form", '61131114', '61131114'],
		['a 13 number with its country', '+61 13 11 14', '61131114'],
		['a 13 number behind 61', '61 131 114', '61131114'],
		['a 13 number that begins with 1345', '134512', '61134512'],
		['groups from which no code can be told', '6129 1234567', '61291234567'],
		['a number that ends with zeros', '61291200000', '61291200000'],
		['a short foreign number whose code is set apart', '+46 8 12 34 56', '468123456'],
		['a number exactly as the account has it', 'verified:61912345678', '61912345678'],
		['fifteen digits', '+882123456789012', '882123456789012'],
	])('%s is read', (_name, value, expected) => {
		expect(outcome(phoneNumber, value)).toEqual({ read: expected, problems: [] });
	});

	test.each([
		["the API's form", 61291234567, '61291234567'],
		['a mobile whose zero is lost', 412345678, '61412345678'],
		['a landline whose zero is lost', 291234567, '61291234567'],
		['a 1300 number', 1300123456, '611300123456'],
		['a 13 number', 131114, '61131114'],
		['four zeros at its end', 291230000, '61291230000'],
	])("a spreadsheet's number is read: %s", (_name, value, expected) => {
		expect(outcome(phoneNumber, value)).toEqual({ read: expected, problems: [] });
	});

	test('every form of one number gives the same number', () => {
		const forms = ['+61 412 345 678', '0412 345 678', 412345678, '(04) 1234 5678', 61412345678, '0011-61-412345678'];
		expect(new Set(forms.map(readPhoneNumber))).toEqual(new Set(['61412345678']));
	});

	const USE = 'Use a number such as 61291234567, +61 2 9123 4567 or 0412 345 678.';

	test.each([
		['nothing', ''],
		['a word', 'reception'],
		['a line break inside', '0412\n345678'],
		['NUL inside', '0412\x00345678'],
		['NUL behind it', '0412345678\0'],
		['Arabic-Indic digits', '٠٤١٢٣٤٥٦٧٨'],
		['a superscript digit', '041234567²8'],
		['two plus signs', '++61412345678'],
		['a plus inside', '0412+345678'],
		['a minus in front', '-412345678'],
		['a minus sign in front', '\u2212412345678'],
		['a formula', '=0412345678'],
		['a formula of a spreadsheet', '="0412345678"'],
		['a last zero behind a dot that may be a digit', '02 9123 456.0'],
		['65 characters that would be a number', `0412345678${' '.repeat(55)}`.padStart(66)],
		['a megabyte of digits', '4'.repeat(1_000_000)],
		['a megabyte of spaces', ' '.repeat(1_000_000)],
		['a prototype key', '__proto__'],
		['nothing that is verified', 'verified:'],
	])('%s is refused', (_name, value) => {
		const { problems } = outcome(phoneNumber, value);
		expect(problems).toEqual([expect.stringContaining(` cannot be read as a phone number. ${USE}`) as string]);
		expect(problems[0]?.length).toBeLessThan(600);
	});

	const TWO = 'it holds two numbers. Give one of them.';
	const EXTENSION = 'it has an extension, which a number that calls show cannot have. Give the number without it.';
	const LETTERS = 'it has letters in it.';
	const CORRECT = 'Correct the number where it comes from.';
	const LACKS_61 = "Australia's 61 is missing behind the plus, or some digits of a foreign number are.";
	const LACKS_PLUS =
		'it may be a foreign number without its plus, or an Australian one with a digit too many or missing.';

	test.each([
		['0412345678, 0498765432', TWO],
		['0412345678/0498765432', TWO],
		['02 9123 4567 or 0412 345 678', TWO],
		['0412 345 678\n0498 765 432', TWO],
		['+61 2 9123 4567 +61 412 345 678', TWO],
		['"0412345678" <0291234567>', TWO],
		['0291234567 0412345678', 'it has 20 digits, more than any number. If it holds two numbers, give one of them.'],
		['02 9123 4567 ext 12', EXTENSION],
		['02 9123 4567 Ext. 12', EXTENSION],
		['(02) 9123-4567 extension 1234', EXTENSION],
		['02 9123 4567x12', EXTENSION],
		['02 9123 4567#12', EXTENSION],
		['tel:+61-2-9123-4567;ext=12', EXTENSION],
		['0291234567,,12', EXTENSION],
		['1300 FLOWERS', LETTERS],
		['1800 MY PIZZA', LETTERS],
		['Office 02 9123 4567', LETTERS],
		['0412 345 678 (home)', LETTERS],
		['0412345678\r\nX-Evil: 1', LETTERS],
		['verified:61\n291234567', LETTERS],
		['sip:61412345678', 'it is a SIP address. Give the number alone.'],
		['<sip:0291234567@sip.example.com>', 'it is a SIP address. Give the number alone.'],
		['9123 4567', 'it has no area code. Put 02, 03, 07 or 08 in front.'],
		['6113 1114', 'it has no area code. Put 02, 03, 07 or 08 in front.'],
		['+61 9123 4567', 'it has no area code. Put 02, 03, 07 or 08 in front.'],
		['4123 4567', 'it has no area code, or a digit missing if it is a mobile number.'],
		['041234567', `it has a digit missing for an Australian number. ${CORRECT}`],
		['02 9123 45', `it has 2 digits missing for an Australian number. ${CORRECT}`],
		['04123456789', `it has a digit too many for an Australian number. ${CORRECT}`],
		['+614123456789', `it has a digit too many for an Australian number. ${CORRECT}`],
		['1300 123 4569', `it has a digit too many for a 1300 number. ${CORRECT}`],
		['1800 123 4567', `it has a digit too many for a 1800 number. ${CORRECT}`],
		['+61 1300 123 4569', `it has a digit too many for a 1300 number. ${CORRECT}`],
		['1300 123 45', `it has a digit missing for a 1300 number. ${CORRECT}`],
		['61 1300 12 34 5', `it has a digit missing for a 1300 number. ${CORRECT}`],
		['13 11 145', `it has a digit too many for a 13 number. ${CORRECT}`],
		['000', `it has too few digits. ${CORRECT}`],
		['12', `it has too few digits. ${CORRECT}`],
		['+290 1234', `it has too few digits. ${CORRECT}`],
		['1900 123 456', 'it is a premium number, which makes no calls. Give another number.'],
		['+61912345678', `no Australian number begins like this. ${CORRECT}`],
		['+0412345678', 'it has a plus in front of a zero. Take the plus away, or put +61 in the place of the zero.'],
		['+412345678', LACKS_61],
		['00412345678', LACKS_61],
		['0011 412 345 678', LACKS_61],
		['+291234567', LACKS_61],
		['+468123456', LACKS_61],
		['+41 2345678', LACKS_61],
		['+1300 123 456', LACKS_61],
		['4722123456', LACKS_PLUS],
		['4123456789', LACKS_PLUS],
		['99912345678', LACKS_PLUS],
		['+999 1234 5678', 'no country has its code. Check the digits behind the plus.'],
		['0011 0412 345 678', 'no country has its code. Check the digits behind the plus.'],
		['+49 00 30 123456', 'no number begins with 0 after +49. Take the 0 away.'],
		['+36 (06) 1 123 4567', 'no number begins with 0 after +36. Take the 0 away.'],
		['+1 415 555 267', `it has digits missing for +1. ${CORRECT}`],
		['+7 (8) 495 123-45-67', `it has digits too many for +7. ${CORRECT}`],
		['+8821234567890123', `it has digits too many for +882. ${CORRECT}`],
		['4420 7946 0958', LACKS_PLUS],
		['131 2345 6789', LACKS_PLUS],
		['8 (800) 123-45-67', LACKS_PLUS],
	])('%j is refused, and told what is wrong: %s', (value, words) => {
		const { problems } = outcome(phoneNumber, value);
		expect(problems).toEqual([expect.stringContaining(` cannot be read as a phone number: ${words}`) as string]);
		expect(problems[0]).toMatch(/^'.*\.$/);
		expect(problems[0]?.length).toBeLessThan(600);
	});

	test.each([
		...wrongTypes,
		['true', true],
		['null', null],
		['a negative number', -412345678],
		['a fraction', 412345678.5],
		['a fraction whose digits are those of a number', 4123456.78],
		['a number beyond 2^53', 1e21],
	])('%s is refused', (_name, value) => {
		expect(outcome(phoneNumber, value).problems).toHaveLength(1);
	});

	test('in a list nothing is looked for', () => {
		expect(outcome(phoneNumber, ['0412345678', '0498765432']).problems).toEqual([
			`a list cannot be read as a phone number. ${USE}`,
		]);
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

test.each([61291200000, 6.13e10, 412300000, '61291200000.0', 442079000000])(
	'%p was a number in a spreadsheet, and its zeros may be lost digits: it is refused, and as a text it is read',
	(value) => {
		expect(outcome(phoneNumber, value).problems).toEqual([
			`'${value}' was rounded by a spreadsheet, so its last digits are lost. Format the column as text and export it again. Should its zeros be right, give it as text, such as +61 2 9120 0000.`,
		]);
		expect(outcome(phoneNumber, String(value).replace('.0', '')).problems).toEqual([]);
	},
);

test.each(['61291234567', '61131114', '4722123456', '14155552671', '61912345678', '000', '131', 'CT-61 2 (old)'])(
	'what a dropdown offers for the listed %j is read as exactly that',
	(listed) => {
		const number = readListedNumber(listed);
		expect(number).toBe(listed);
		expect(outcome(phoneNumber, choiceOf(number))).toEqual({ read: listed, problems: [] });
	},
);

describe('the recipient of an SMS', () => {
	test.each([
		['0412 345 678', '61412345678'],
		[412345678, '61412345678'],
		['+61 (0)412 345 678', '61412345678'],
		['"Acme" <0412345678>', '61412345678'],
		['+64 21 123 4567', '64211234567'],
		['+1 415 555 2671', '14155552671'],
	])('%p is read', (value, expected) => {
		expect(outcome(smsRecipient, value)).toEqual({ read: expected, problems: [] });
	});

	test.each(['02 9123 4567', '1300 123 456', '13 11 14', '61291234567'])(
		'%s is a number in Australia, and none of a mobile',
		(value) => {
			expect(outcome(smsRecipient, value).problems).toEqual([
				`'${value}' is no mobile number, and in Australia only those get SMS. Use one that begins with 04, such as 0412 345 678.`,
			]);
		},
	);

	test.each([
		'MyCompany',
		'verified:614 12 x',
		'verified:CT 61412345678',
		'0412 345 67',
		'0412345678, 0498765432',
		'',
		null,
		['0412345678'],
	])('%p is no number, or two', (value) => {
		expect(outcome(smsRecipient, value).problems).toEqual([
			expect.stringContaining('cannot be read as a phone number') as string,
		]);
	});
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
				`'${value}' cannot send SMS: an SMS sender is an Australian mobile number. Use one that starts with 614, e.g. 61412345678.`,
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
	[' CT-61 (old) ', 'CT-61 (old)', true],
	['131115', '131114', false],
	['131114', '61131114', true],
	[61291200000, '61291200000', true],
	['61912345678', '61912345678', true],
	[null, '61291234567', false],
	[undefined, '61291234567', false],
])('listed as %j, it is the same as a sent %j: %j', (listed, sent, expected) => {
	expect(isSameNumber(listed, sent)).toBe(expected);
});

test.each([
	[null, true],
	['', true],
	['02 9123 4567', true],
	[61291234567, true],
	['131', true],
	['+999', true],
	[' 131 ', true],
	[undefined, false],
	['anonymous', false],
	['131 (old)', false],
	['x131', false],
	[true, false],
])('of %j it can be told which number is listed, or that none is: %j', (listed, expected) => {
	expect(isListedNumber(listed)).toBe(expected);
});
