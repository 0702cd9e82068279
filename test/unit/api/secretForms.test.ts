import { createRedactor } from '../../../nodes/Crazytel/api/redaction';
import { createFinder } from '../../../nodes/Crazytel/api/secretForms';
import { AWKWARD, echoesOf, readableForms } from './echoes';

const SECRET = 'Canary8Secret';

const masked = (text: string, secrets = [SECRET]): string => createFinder(secrets).replaced(text, '***');

describe('a piece of a secret, from its start', () => {
	test.each([8, 9, 11, 12, 13])('of %d characters is masked wherever it stands', (length) => {
		const piece = SECRET.slice(0, length);
		for (const [before, after] of [
			['', ''],
			["{'password': '", "...'}"],
			['"', '…" is too weak'],
			['x', 'Z'],
			['', '\n'],
		] as const) {
			expect(masked(`${before}${piece}${after}`)).toBe(`${before}***${after}`);
		}
	});

	test('of seven characters stays, and so does one from the middle', () => {
		expect(masked('Canary8... anary8Secret')).toBe('Canary8... anary8Secret');
	});

	test('is masked each time, in any case of letters', () => {
		expect(masked('CANARY8S, canary8secre and Canary8Secret')).toBe('***, *** and ***');
	});

	test('is masked as far as it goes, where two secrets begin alike', () => {
		expect(masked('Canary8SeXX Canary8SecretAndMore', [SECRET, 'Canary8SeXXX'])).toBe('*** ***AndMore');
		expect(masked('Secret Longer1 SecretLonger1', ['Secret', 'SecretLonger1'])).toBe('*** Longer1 ***');
	});

	test('of a long key is masked to its last character', () => {
		const key = Array.from({ length: 1_000 }, (_, at) => String.fromCharCode(97 + ((at * 7) % 26))).join('');
		for (const length of [8, 39, 40, 41, 72, 500, 999, 1_000])
			expect(masked(`${key.slice(0, length)}!`, [key])).toBe('***!');
	});

	test('of one that is shorter is no piece: only the whole of it is masked', () => {
		expect(masked('abcdef abcdefg', ['abcdefg'])).toBe('abcdef ***');
	});

	// Of those, each ends in whole characters.
	const whole = echoesOf('canary-key-9d2f61b07c').map(([name, echo]): [string, string] => [name, String(echo)]);

	test.each(whole)('is masked where a text with it %s was cut off anywhere', (_name, echo) => {
		const readable = readableForms('canary-key-9d2f61b07c').filter((form) => form !== 'Canary7');
		for (let length = 1; length <= echo.length; length++) {
			const text = masked(`${echo.slice(0, length)} ...`, [AWKWARD, 'canary-key-9d2f61b07c']);
			expect(readable.filter((form) => text.toLowerCase().includes(form.toLowerCase()))).toEqual([]);
			expect(text).not.toMatch(/Canary7.{1,6}q|canary-k/i);
		}
	});

	test.each([
		['in base64', Buffer.from(SECRET).toString('base64').slice(0, 12)],
		['in hex', Buffer.from(SECRET).toString('hex').slice(0, 18)],
		['URL-encoded', 'Canary8%53ecr'],
		['as JSON writes it', 'Canary8\\u0053ecr'],
		['as HTML writes it', 'Canary8&#83;ecr'],
	])('%s is masked', (_name, piece) => {
		expect(masked(`'${piece}...'`)).toBe("'***...'");
	});

	test('with backslashes in it is masked whole, though each may be written twice', () => {
		const secret = 'Canary8\\\\"\\x\\\\y';
		expect(masked(`a ${secret} b`, [secret])).toBe('a *** b');
		expect(masked(`a ${JSON.stringify(secret).slice(1, -1)} b`, [secret])).toBe('a *** b');
	});
});

describe('many secrets at once, as of a run that has set them all', () => {
	// All of them begin alike, as passwords by a rule do.
	const secrets = Array.from({ length: 600 }, (_, at) => `Company-${((at * 7919) % 100_003).toString(36)}-${at}Zz!`);
	const finder = createFinder(secrets);

	test('are masked, each to its end, in texts with and without escapes', () => {
		for (const secret of [secrets[0], secrets[300], secrets[599]] as string[]) {
			expect(finder.replaced(`a ${secret} b`, '***')).toBe('a *** b');
			expect(finder.replaced(`a & ${encodeURIComponent(secret)} b`, '***')).toBe('a & *** b');
			expect(finder.replaced(`ü ${Buffer.from(secret).toString('hex')} b`, '***')).toBe('ü *** b');
			expect(finder.replaced(`a ${Buffer.from(secret).toString('base64url')} b`, '***')).toMatch(/^a \*\*\* b$/);
			expect(finder.replaced(`a ${secret.slice(0, 9)}... b`, '***')).toBe('a ***... b');
		}
	});

	test('leave other texts as they are', () => {
		expect(finder.replaced('The Company, no. 7 & more; company', '***')).toBe('The Company, no. 7 & more; company');
	});

	test('that are short are masked whole', () => {
		const short = createFinder(Array.from({ length: 200 }, (_, at) => `q${1_000 + at}`));
		expect(short.replaced('q1000, Q1199 and q999', '***')).toBe('***, *** and q999');
	});
});

describe('data', () => {
	const { data, answer } = createRedactor([SECRET], ['Canary8Seaside']);

	test('has its pieces masked, in values and in keys', () => {
		expect(data({ note: 'got Canary8Secr...', Canary8Secre: 1 })).toEqual({ note: 'got ***...', '***': 1 });
	});

	test('that is exactly what was sent beside the secret stays, however it begins, and a longer text does not', () => {
		expect(data(['Canary8Seaside', 'Canary8Seaside!'])).toEqual(['Canary8Seaside', '***aside!']);
	});

	test('that was sent and holds the whole secret is masked all the same', () => {
		expect(createRedactor([SECRET], [`my ${SECRET}`]).data([`my ${SECRET}`])).toEqual(['my ***']);
	});

	test('without a secret stays the same object, so that a long list costs no copy', () => {
		const body = [{ id: 'a', list: [1, { b: 'two' }] }];
		expect(data(body)).toBe(body);
		expect(answer({ status: 200, body }).body).toBe(body);
	});

	test('of a long list is masked in turns as it is at once', async () => {
		const entries = Array.from({ length: 2_500 }, (_, at) => ({
			id: String(at),
			note: at % 900 === 0 ? 'Canary8Secr...' : 'fine',
			...(at === 5 && { password: 'x' }),
		}));
		for (const body of [
			entries,
			{ trunks: entries, count: 1 },
			{ data: { data: entries } },
			{ password: entries, other: null },
			'Canary8Sec',
		]) {
			for (const status of [200, 422]) {
				const redactor = createRedactor([SECRET]);
				expect(await redactor.answerAtEase({ status, body })).toEqual(redactor.answer({ status, body }));
			}
		}
	});
});
