import type { INode } from 'n8n-workflow';

import { clock } from '../../../nodes/Crazytel/api/clock';
import { createRedactor, nodeWithoutSecrets, redactorsOf } from '../../../nodes/Crazytel/api/redaction';

/** Every character that some escaping changes. */
const SECRET = 'Ab1 "q"\\/<&>\'ü+=?~😀Z';

const hex = (text: string) => Buffer.from(text).toString('hex');
const base64 = (text: string) => Buffer.from(text).toString('base64');
const json = (text: string) => JSON.stringify(text).slice(1, -1);
const percent = (text: string) => encodeURIComponent(text);
const strictPercent = (text: string) =>
	encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
const lowerHex = (text: string) => text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
const asciiJson = (text: string, upper = false) =>
	json(text).replace(/[\u0080-\uffff]/g, (c) => {
		const code = c.charCodeAt(0).toString(16).padStart(4, '0');
		return `\\u${upper ? code.toUpperCase() : code}`;
	});
const html = (text: string, quote = '&quot;', apostrophe = '&#x27;') =>
	text
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/"/g, quote)
		.replace(/'/g, apostrophe);

const forms: Array<[string, string]> = [
	['as it is', SECRET],
	['JSON-escaped', json(SECRET)],
	['escaped twice', json(json(SECRET))],
	['with escaped slashes', json(SECRET).replace(/\//g, '\\/')],
	['in ASCII JSON, as Python writes it', asciiJson(SECRET)],
	['URL-encoded', percent(SECRET)],
	['URL-encoded in lower case', lowerHex(percent(SECRET))],
	['URL-encoded as a form', percent(SECRET).replace(/%20/g, '+')],
	['HTML-escaped, as Python does it', html(SECRET)],
	['HTML-escaped with &#39;', html(SECRET, '&quot;', '&#39;')],
	['in base64', base64(SECRET)],
	['in base64 without padding', base64(SECRET).replace(/=+$/, '')],
	['in base64url', Buffer.from(SECRET).toString('base64url')],
	['in hex', hex(SECRET)],
];

/** Forms that common servers and libraries write, which are just as readable. */
const furtherForms: Array<[string, string, string]> = [
	['URL-encoded strictly (RFC 3986, as Python does it)', 'Canary!7(Abc)*x', strictPercent('Canary!7(Abc)*x')],
	['with a tab, URL-encoded', 'Canary\t7Abc', 'Canary%097Abc'],
	['URL-encoded as a form in lower case', 'Canary 7/Abc', lowerHex(percent('Canary 7/Abc')).replace(/%20/g, '+')],
	['HTML-escaped with &#34; (as Jinja and Go do it)', 'Canary"7"Abc', html('Canary"7"Abc', '&#34;', '&#39;')],
	['HTML-escaped with &apos;', "Canary'7'Abc", html("Canary'7'Abc", '&quot;', '&apos;')],
	// With a / or a +, which base64url does not have.
	['in base64 without its one =', 'Ca?>~ry7', base64('Ca?>~ry7').slice(0, -1)],
	['in base64 without its two =', 'Canar~7', base64('Canar~7').slice(0, -2)],
	['in hex in upper case', 'Canary7Abc', hex('Canary7Abc').toUpperCase()],
	['in ASCII JSON in upper case', 'Canaryä7Üß', asciiJson('Canaryä7Üß', true)],
	['in JSON made safe for HTML (as Go and PHP do it)', 'Canary<7>&Abc', 'Canary\\u003c7\\u003e\\u0026Abc'],
];

test.each(forms)('a secret %s is masked in a text', (_name, form) => {
	const { text } = createRedactor([SECRET]);
	expect(text(`before ${form} between ${form} after`)).toBe('before *** between *** after');
});

test.each(furtherForms)('a secret %s is masked in a text', (_name, secret, form) => {
	const { text } = createRedactor([secret]);
	expect(text(`before ${form} after`)).toBe('before *** after');
});

test.each(forms)('a secret %s is masked in data: in values, in keys, in lists, nested', (_name, form) => {
	const { data } = createRedactor([SECRET]);
	const masked = data({ a: form, [`key ${form}`]: 1, list: [form, [{ deep: { deeper: `x${form}x` } }]] });
	expect(masked).toEqual({ a: '***', 'key ***': 1, list: ['***', [{ deep: { deeper: 'x***x' } }]] });
});

test('several secrets are masked, the longer first, so that no rest of it stays', () => {
	const { text } = createRedactor(['Secret', 'SecretLonger1']);
	expect(text('SecretLonger1 and Secret')).toBe('*** and ***');
});

test('a name alone is masked too', () => {
	expect(createRedactor(['Canary7Abc']).data({ 'key Canary7Abc': 1, other: 2 })).toEqual({ 'key ***': 1, other: 2 });
});

test('a secret with space around it is also masked without', () => {
	expect(createRedactor([' Canary7Abc\n']).text('got Canary7Abc.')).toBe('got ***.');
});

test('characters that mean something in patterns are taken literally', () => {
	const secret = '.*+?^${}()|[]\\$&';
	expect(createRedactor([secret]).text(`a${secret}b other`)).toBe('a***b other');
});

test('a secret that contains the mask still ends', () => {
	expect(createRedactor(['***x***']).text('a ***x*** b')).toBe('a *** b');
});

test.each([
	'password',
	'Password',
	'PASSWORD',
	'sip_password',
	'passwd',
	'new-password',
	'secret',
	'clientSecret',
	'apiKey',
	'api_key',
	'x-crazytel-api-key',
	'API-Key',
	'token',
	'access_token',
	'Authorization',
])('whatever stands under %s is masked', (key) => {
	const { data } = createRedactor([]);
	expect(data({ [key]: 'anything' })).toEqual({ [key]: '***' });
	expect(data({ [key]: 12345 })).toEqual({ [key]: '***' });
	expect(data({ [key]: { inner: ['anything'] } })).toEqual({ [key]: '***' });
	expect(data([{ deep: { [key]: 'anything' } }])).toEqual([{ deep: { [key]: '***' } }]);
});

test('a secret key without a value stays without one', () => {
	expect(createRedactor([]).data({ password: null })).toEqual({ password: null });
});

test('a secret that is a number is masked, other numbers are not', () => {
	const { data } = createRedactor(['12345678']);
	expect(data({ a: 12345678, b: 123456789, c: 1234, d: -1.5 })).toEqual({ a: '***', b: 123456789, c: 1234, d: -1.5 });
});

test.each(['', 'a', 'abc'])('the short secret %p is not masked, it would turn up in ordinary words', (secret) => {
	const { text, data } = createRedactor([secret]);
	expect(text('abc alphabet')).toBe('abc alphabet');
	expect(data({ abc: 'abc' })).toEqual({ abc: 'abc' });
});

test('a plus stands for a space, and for nothing else', () => {
	const { text } = createRedactor(['ab1Z', 'cd 2Y']);
	expect(text('++++ cd+2Y')).toBe('++++ ***');
});

test('four characters are a secret', () => {
	expect(createRedactor(['ab1Z']).text('x ab1Z x')).toBe('x *** x');
});

test('without a secret nothing but secret keys is touched', () => {
	const { text, data } = createRedactor([]);
	const body = { id: '1', enabled: false, nothing: null, list: [1, 'two', true], nested: { a: undefined } };
	expect(text('undefined words stay')).toBe('undefined words stay');
	expect(data(body)).toEqual(body);
	expect(data(body)).toBe(body);
});

test('the data that was given stays as it was', () => {
	const body = { a: 'Canary7Abc', list: ['Canary7Abc'] };
	createRedactor(['Canary7Abc']).data(body);
	expect(body).toEqual({ a: 'Canary7Abc', list: ['Canary7Abc'] });
});

test('fifty levels are kept, what is deeper is masked whole, and ten thousand do not exhaust the stack', () => {
	const nest = (levels: number) => {
		let body: unknown = 'Canary7Abc';
		for (let level = 0; level < levels; level += 1) body = level % 2 === 0 ? [body] : { inner: body };
		return body;
	};
	const { data } = createRedactor([]);
	expect(JSON.stringify(data(nest(50)))).toContain('Canary7Abc');
	expect(JSON.stringify(data(nest(51)))).not.toContain('Canary7Abc');
	expect(JSON.stringify(data(nest(10_000)))).toContain('***');
});

test('prototype keys in the data neither pollute nor hide a secret', () => {
	const body = JSON.parse('{"__proto__":{"polluted":"Canary7Abc"},"constructor":{"prototype":"Canary7Abc"}}') as object;
	const masked = createRedactor(['Canary7Abc']).data(body);
	expect(JSON.stringify(masked)).toBe('{"__proto__":{"polluted":"***"},"constructor":{"prototype":"***"}}');
	expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	expect(Object.getPrototypeOf(masked)).toBe(Object.prototype);
});

test('ordinary data that ends like a secret begins stays as it is', () => {
	const redactor = createRedactor(['Acme1234x', '4567-key']);
	const body = { description: 'Fleet Acme', number: '61291234567' };
	expect(redactor.answer({ status: 200, body })).toEqual({ status: 200, body });
});

test.each([
	[199, '***'],
	[200, 'Hunter2xyz'],
	[299, 'Hunter2xyz'],
	[300, '***'],
])('what words say of a secret is masked in a refusal, and data of a success stays (%d)', (status, shown) => {
	const { answer } = createRedactor([]);
	expect(answer({ status, body: { detail: '{"password":"Hunter2xyz"}' } }).body).toEqual({
		detail: `{"password":"${shown}"}`,
	});
});

test('a success that is text, as it was cut off, is masked like words', () => {
	const { answer } = createRedactor([]);
	expect(answer({ status: 200, body: '{"password":"Hunter2xyz","na' }).body).toBe('{"password":"***","na');
});

test('of two secrets that a text may have been cut off in, the longer one is masked', () => {
	const { answer } = createRedactor(['Acme1234x', 'zAcme1234xy']);
	expect(answer({ body: 'got zAcme' }).body).toBe('got ***');
});

test('the beginning of a secret at the end of a text that was cut off is masked', () => {
	const { answer } = createRedactor(['Acme1234x']);
	expect(answer({ body: '{"input":"Acme1234' })).toEqual({ body: '{"input":"***' });
	expect(answer({ body: '{"input":"Acme' })).toEqual({ body: '{"input":"***' });
	expect(answer({ body: '{"input":"Acm' })).toEqual({ body: '{"input":"Acm' });
});

describe('at ease', () => {
	const real = { ...clock };
	let breaths = 0;
	beforeEach(() => {
		breaths = 0;
		Object.assign(clock, { breather: () => async () => void breaths++ });
	});
	afterAll(() => Object.assign(clock, real));

	const list = (length: number, entry: unknown = 'Canary7Abc'): unknown[] => Array.from({ length }, () => entry);
	const nest = (levels: number): unknown => {
		let inner: unknown = 'deepest';
		for (let level = 0; level < levels; level++) inner = { inner };
		return inner;
	};

	test.each<[string, unknown]>([
		['text', 'got Canary7Abc'],
		['a number', 12345678],
		['nothing', null],
		['a secret without a value', { password: null, token: 'x', name: 'Canary7Abc' }],
		['a short list', { things: list(3) }],
		['a long list', { things: list(1_000, { pin: 1, name: 'a Canary7Abc' }) }],
		['a long list under a secret name', { password: list(1_000, 'x') }],
		...[44, 45, 46, 47, 48, 49, 50, 51].flatMap(
			(levels): Array<[string, unknown]> => [
				[`${levels} levels`, nest(levels)],
				[`${levels} levels in a short list`, [nest(levels)]],
				[`${levels} levels in a long list`, list(1_000, nest(levels))],
			],
		),
	])('%s is masked as ever', async (_name, body) => {
		const { answer, answerAtEase } = createRedactor(['Canary7Abc', '12345678']);
		expect(await answerAtEase({ status: 200, body })).toEqual(answer({ status: 200, body }));
	});

	test.each([
		[999, 0],
		[1_000, 10],
		[1_250, 12],
	])('a list of %i lets all else have its turn %i times', async (length, expected) => {
		await createRedactor(['Canary7Abc']).answerAtEase({ status: 200, body: list(length) });
		expect(breaths).toBe(expected);
	});

	test.each<[string, unknown, number]>([
		['two names', { data: { things: list(1_000) } }, 10],
		['three names, where no list of this API stands', { all: { data: { things: list(1_000) } } }, 0],
	])('also below %s', async (_name, body, expected) => {
		await createRedactor(['Canary7Abc']).answerAtEase({ status: 200, body });
		expect(breaths).toBe(expected);
	});
});

test('a client masks each answer alike, whatever names it has met, and however long they are', () => {
	const long = `${'x'.repeat(200)}Canary7Abc`;
	const redactorFor = redactorsOf(['Canary7Abc']);
	const body = { Canary7Abc: 1, password: 'of a trunk', [long]: 2, name: 'Lamp' };
	for (const secrets of [[], ['Other7Xyz'], []]) {
		const { data } = redactorFor(secrets);
		const masked = { '***': 1, password: '***', [`${'x'.repeat(200)}***`]: 2, name: 'Lamp' };
		expect(data(body)).toEqual(masked);
		expect(data({ Other7Xyz: 1 })).toEqual(secrets.length === 0 ? { Other7Xyz: 1 } : { '***': 1 });
	}
});

test('a node is stored without what its parameters hold of secrets, wherever they stand, and else as it is', () => {
	const node = {
		name: 'Crazytel',
		parameters: {
			password: 'Canary7Abc',
			list: [{ password: 'is not looked into' }],
			nothing: null,
			fields: { password: 'Canary7Abc', deeper: { password: 'Canary7Abc', name: 'Lamp' } },
		},
	} as unknown as INode;
	const before = JSON.stringify(node);
	expect(nodeWithoutSecrets(node, ['password'])).toEqual({
		name: 'Crazytel',
		parameters: {
			password: '***',
			list: [{ password: 'is not looked into' }],
			nothing: null,
			fields: { password: '***', deeper: { password: '***', name: 'Lamp' } },
		},
	});
	expect(JSON.stringify(node)).toBe(before);
});
