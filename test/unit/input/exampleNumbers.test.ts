import { PhoneNumberFormat, PhoneNumberType, PhoneNumberUtil } from 'google-libphonenumber';

import { readPhoneNumber } from '../../../nodes/Crazytel/input/phoneNumber';

const util = PhoneNumberUtil.getInstance();

const TYPES = Object.values(PhoneNumberType).filter((type): type is PhoneNumberType => Number(type) >= 0);

/** A number of a country, as libphonenumber has it for an example. */
interface Example {
	region: string;
	/** What is meant: code and number, digits only. */
	digits: string;
	code: string;
	national: string;
	/** As it is written for people abroad, e.g. `+44 121 234 5678`. */
	international: string;
	/** As it is dialled inside, with the zero where there is one. */
	local: string;
}

function examplesOf(region: string): Example[] {
	const found = new Map<string, Example>();
	for (const type of TYPES) {
		const number = util.getExampleNumberForType(region, type);
		if (number === null || number === undefined || number.getCountryCode() === undefined) continue;
		const code = String(number.getCountryCode());
		const national = util.getNationalSignificantNumber(number);
		found.set(`${code}${national}`, {
			region,
			digits: `${code}${national}`,
			code,
			national,
			international: util.format(number, PhoneNumberFormat.INTERNATIONAL),
			local: util.format(number, PhoneNumberFormat.NATIONAL),
		});
	}
	return [...found.values()];
}

const examples = util.getSupportedRegions().flatMap(examplesOf);
const australian = examples.filter(({ region }) => region === 'AU');

/** Whether the zero is dialled inside the country only: libphonenumber knows it as the national prefix. */
const dropsZero = ({ region }: Example) => util.getNddPrefixForRegion(region, true) === '0';

const fullwidth = (text: string) =>
	text.replace(/[\d+]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));

/** The international form in other hands; each says which number is meant. */
const notations: Array<[string, (example: Example) => string | number]> = [
	["the API's form", ({ digits }) => digits],
	['a number of a spreadsheet', ({ digits }) => Number(digits)],
	['a fraction of a spreadsheet', ({ digits }) => `${digits}.0`],
	['E.164', ({ digits }) => `+${digits}`],
	['00', ({ digits }) => `00${digits}`],
	['0011', ({ digits }) => `0011 ${digits}`],
	['spaces', ({ international }) => international],
	['spaces and no plus', ({ international }) => international.slice(1)],
	['hyphens', ({ international }) => international.replace(/ /g, '-')],
	['dots', ({ international }) => international.replace(/[ -]/g, '.')],
	['minus signs', ({ international }) => international.replace(/[ -]/g, '\u2212')],
	['no-break spaces', ({ international }) => international.replace(/ /g, '\u00a0')],
	['the code in brackets', ({ code, national }) => `(+${code}) ${national}`],
	['the area in brackets', ({ international }) => international.replace(/^(\+\d+) (\d+)/, '$1 ($2)')],
	['a link', ({ international }) => `tel:${international.replace(/ /g, '-')}`],
	['an apostrophe in front', ({ digits }) => `'+${digits}`],
	['a comma behind', ({ international }) => `${international},`],
	['full-width', ({ international }) => fullwidth(international)],
	['marks around it', ({ international }) => `\u202a${international}\u202c`],
	['a name in front', ({ international }) => `"Acme 24" <${international}>`],
	['a SIP address', ({ digits }) => `"Acme" <sip:+${digits}@sip.example.com>`],
];

/** The zero that is dialled inside the country, left where it does not belong. */
const withZero: Array<[string, (example: Example) => string]> = [
	['in brackets', ({ code, national }) => `+${code} (0)${national}`],
	['in brackets behind 00', ({ code, national }) => `00${code} (0)${national}`],
	['in brackets between hyphens', ({ code, national }) => `+${code}-(0)-${national}`],
	['bare', ({ code, national }) => `+${code} 0${national}`],
	['without a plus', ({ code, national }) => `${code} (0)${national}`],
];

/** Nine digits without a plus are a landline or a mobile of Australia, whose zero a spreadsheet has dropped. */
const looksAustralian = (text: unknown) => /^[23478]\d{8}$/.test(String(text).replace(/\.0$|\D/g, ''));

/** The examples that are read as another number than the one that is meant. */
function mistaken(write: (example: Example) => string | number, of = examples): unknown[] {
	return of.flatMap((example) => {
		const text = write(example);
		const read = readPhoneNumber(text);
		const needsPlus = looksAustralian(text) && /^[^+]+$/.test(String(text)) && !String(text).startsWith('00');
		return needsPlus || read === undefined || read === example.digits ? [] : [[example.region, write(example), read]];
	});
}

test('there are examples of every country and sort of number', () => {
	expect(new Set(examples.map(({ region }) => region)).size).toBeGreaterThan(240);
	expect(examples.length).toBeGreaterThan(900);
	expect(australian.map(({ digits }) => digits)).toEqual(
		expect.arrayContaining(['61212345678', '61412345678', '611300123456', '611800123456']),
	);
});

test.each(notations)('%s: no number is taken for another', (_name, write) => {
	expect(mistaken(write)).toEqual([]);
});

test.each(withZero)(
	'the zero %s: no number is taken for another, and it is dropped where it is one',
	(_name, write) => {
		expect(mistaken(write, examples.filter(dropsZero))).toEqual([]);
		// 1300 and the like have no zero to drop. In Rwanda a number may begin with a zero, or have one in front.
		const read = examples.filter(
			(example) =>
				dropsZero(example) &&
				readPhoneNumber(`+${example.digits}`) === example.digits &&
				!/^61?1|^250/.test(example.digits),
		);
		expect(read.length).toBeGreaterThan(400);
		const abroad = read.filter((example) => /^(?:\+|00)/.test(write(example)));
		expect(abroad.filter((example) => readPhoneNumber(write(example)) !== example.digits).map(write)).toEqual([]);
	},
);

test('a number as it is dialled in its country is taken for no other one abroad', () => {
	// What is a whole number of Australia as well is no foreign number without its country.
	const wrong = examples.filter(({ local, digits, region }) => {
		const read = readPhoneNumber(local);
		return region !== 'AU' && read !== undefined && read !== digits && !read.startsWith('61');
	});
	// These begin with what is a country's code elsewhere, set apart. Nothing tells that they lack their own.
	expect(wrong.map(({ region, local }) => [region, local])).toEqual([
		['CZ', '93 123 456 789'],
		['HN', '800 2123 4567'],
	]);
});

test('with its plus and its spaces nearly every number is read', () => {
	const refused = examples.filter(({ international }) => readPhoneNumber(international) === undefined);
	// What is refused is a service that shows on no call, or cannot be dialled from abroad.
	expect(refused.filter(({ digits }) => digits.length >= 8).map(({ international }) => international)).toEqual([
		'+61 1900 123 456',
		'+61 16 312 34',
		'+375 801 123 4567',
		'+375 902 123 4567',
		'+1 310-1234',
		'+61 1900 123 456',
		'+61 1900 123 456',
	]);
});

describe('in Australia', () => {
	/** Of those that Crazytel may verify: a place, a mobile, and the numbers without a place. */
	const numbers = [
		'61291234567',
		'61398765432',
		'61731234567',
		'61870101234',
		'61412345678',
		'61491570156',
		'611300123456',
		'611800123456',
		'61131114',
	];
	const service = (national: string) => national.startsWith('1');
	const grouped = (national: string, separator: string): string[] => {
		const cut = (...sizes: number[]) => {
			let from = 0;
			return sizes.map((size) => national.slice(from, (from += size))).join(separator);
		};
		if (national.length === 6) return [cut(2, 2, 2), cut(3, 3), cut(2, 4), cut(6)];
		if (service(national)) return [cut(4, 3, 3), cut(4, 2, 2, 2), cut(4, 6), cut(10)];
		return [cut(1, 4, 4), cut(3, 3, 3), cut(1, 8), cut(9)];
	};
	/** A number in the ways that people write it. */
	const waysOf = (digits: string): Array<string | number> => {
		const national = digits.slice(2);
		const groups = [' ', '-', '.', '\u00a0', '\u2212', '\u2011'].flatMap((separator) => grouped(national, separator));
		const abroad = groups.flatMap((group) => [
			`+61 ${group}`,
			`+61${group}`,
			`+61-${group}`,
			`0061 ${group}`,
			`0011 61 ${group}`,
			`61 ${group}`,
			`(+61) ${group}`,
		]);
		const zeroed = service(national)
			? []
			: groups.flatMap((group) => [
					`0${group}`,
					`+61 0${group}`,
					`+61 (0)${group}`,
					`61 (0)${group}`,
					`0061 (0)${group}`,
					`0011 61 0${group}`,
				]);
		const area = service(national)
			? []
			: [
					`(0${national[0]}) ${national.slice(1)}`,
					`(0${national[0]})${national.slice(1, 5)}-${national.slice(5)}`,
					`+61 (${national[0]}) ${national.slice(1)}`,
					`+61 (0${national[0]}) ${national.slice(1)}`,
				];
		const written = [...groups, ...abroad, ...zeroed, ...area, digits];
		const around = written.flatMap((way) => [
			way,
			`'${way}`,
			` ${way}\r\n`,
			`${way},`,
			`${way};`,
			`tel:${way}`,
			`"Acme" <${way}>`,
			`Acme <${way}>`,
			fullwidth(way),
			`\u202a${way}\u202c`,
		]);
		return [...around, Number(digits), Number(national), `${digits}.0`, `${national}.0`, `+${digits}.0`];
	};

	test.each(numbers)('%s is read in every way that people write it', (digits) => {
		const ways = waysOf(digits);
		expect(ways.length).toBeGreaterThan(300);
		expect(ways.filter((way) => readPhoneNumber(way) !== digits)).toEqual([]);
	});

	test.each(australian)(
		'the example $international is read, from here and from abroad',
		({ digits, international, local, national }) => {
			const isCaller = !/^(?:19|1802|13000|16)/.test(national);
			expect([digits, `+${digits}`, international, local].map(readPhoneNumber)).toEqual(
				Array(4).fill(isCaller ? digits : undefined),
			);
		},
	);
});
