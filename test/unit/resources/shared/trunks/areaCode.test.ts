import { areaCode, isSameAreaCode } from '../../../../../nodes/Crazytel/resources/shared/trunks/areaCode';
import { outcome, wrongTypes } from '../../../input/outcome';

describe('an area code', () => {
	test.each(['02', '03', '07', '08'])('%s is read as it is', (value) => {
		expect(outcome(areaCode, value)).toEqual({ read: value, problems: [] });
	});

	test.each([
		[2, '02'],
		['3', '03'],
		[7, '07'],
		['8 ', '08'],
	])('a lost leading zero is put back: %p becomes %s', (value, expected) => {
		expect(outcome(areaCode, value)).toEqual({ read: expected, problems: [] });
	});

	test.each([
		['(02)', '02'],
		[' 03\n', '03'],
		['(7)', '07'],
	])('%p as people write it is %s', (value, expected) => {
		expect(outcome(areaCode, value)).toEqual({ read: expected, problems: [] });
	});

	test.each([
		['02', 'NSW', 'nsw', ' ACT ', 'N.S.W.', 'New South Wales', 'new  south wales', 'Australian Capital Territory'],
		['03', 'VIC', 'Vic.', 'TAS', 'Victoria', 'tasmania'],
		['07', 'QLD', 'Qld', 'QUEENSLAND'],
		['08', 'SA', 'WA', 'NT', 'South Australia', 'Western Australia', 'Northern Territory'],
	])('%s is the area code of a state: %s, …', (code, ...states) => {
		for (const state of states) expect(outcome(areaCode, state)).toEqual({ read: code, problems: [] });
	});

	test.each([
		'NZ',
		'NSW 02',
		'Wales',
		'AUSTRALIA',
		'toString',
		'01',
		'04',
		'05',
		'06',
		'09',
		'00',
		'0',
		'20',
		'002',
		'2.0',
		'-2',
		'+612',
		'02 9123',
		'Sydney',
		'',
		'٠٢',
		'０２',
		'0\u200B2',
		'0\n2',
		'02\0',
		'=02',
		'__proto__',
		'constructor',
		'0x2',
		'2e0',
	])('%p is refused', (value) => {
		expect(outcome(areaCode, value).problems).toEqual([
			expect.stringMatching(/ is not an Australian area code\. Use 02, 03, 07 or 08\.$/) as string,
		]);
	});

	test.each([
		...wrongTypes,
		['true', true],
		['null', null],
		['a fraction', 2.5],
		['a negative number', -2],
		['1e21', 1e21],
	])('%s is refused', (_name, value) => {
		expect(outcome(areaCode, value).problems).toHaveLength(1);
	});
});

test.each([
	['02', '02', true],
	[' 02', '02', true],
	[2, '02', true],
	['3', '02', false],
	[null, '02', false],
	[undefined, '02', false],
])('listed as %j, it is the same as a sent %j: %j', (listed, sent, expected) => {
	expect(isSameAreaCode(listed, sent)).toBe(expected);
});
