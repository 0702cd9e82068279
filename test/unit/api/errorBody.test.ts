import { readErrorBody } from '../../../nodes/Crazytel/api/errorBody';

test.each([
	['a detail', { detail: 'Not verified' }],
	['an error with a message', { error: { message: 'Not verified' } }],
	['an error', { error: 'Not verified' }],
	['a message', { message: 'Not verified' }],
	['a detail with a message', { detail: { message: 'Not verified' } }],
	['a detail with a msg', { detail: { msg: 'Not verified' } }],
	['a description', { description: 'Not verified' }],
	['an OAuth error', { error_description: 'Not verified' }],
	['an error within an error', { error: { error: { message: 'Not verified' } } }],
	['a detail of space beside a message', { detail: ' \n', message: 'Not verified' }],
	['an empty detail beside a message', { detail: '', message: 'Not verified' }],
	['an empty object beside a message', { error: {}, message: 'Not verified' }],
	['errors that are no list', { errors: 'Not verified' }],
	['a reason', { reason: 'Not verified' }],
	['a title', { title: 'Not verified' }],
	['an error in data', { data: { error: 'Not verified' } }],
	['an error in a result', { result: { error: 'Not verified' } }],
	['an error in a response', { response: { error: 'Not verified' } }],
	['words in five objects', { error: { error: { error: { error: { error: { error: 'Not verified' } } } } } }],
	['a list of words', { detail: ['Not verified'] }],
	['a list of errors', { errors: [{ message: 'Not verified' }] }],
	['a list of errors without a place', { detail: [{ msg: 'Not verified', type: 'x' }] }],
	['text', 'Not verified'],
	['text on several lines', '\r\n  Not\n\tverified \0'],
])('%s is read', (_name, body) => {
	expect(readErrorBody(body)).toEqual({ text: 'Not verified', fields: [], isWebPage: false });
});

test("FastAPI's list names its fields, and what was sent is not repeated", () => {
	const said = readErrorBody({
		detail: [
			{ loc: ['body', 'password'], msg: 'Too short', type: 'value_error', input: 'Canary7Abc' },
			{ loc: ['path', 'trunk_id'], msg: 'No UUID', type: 'uuid_parsing', input: 'Canary7Abc' },
			{ loc: ['body'], msg: 'Field required', type: 'missing', input: null },
		],
	});
	expect(said).toEqual({
		text: 'Field required',
		fields: [
			{ field: 'password', text: 'Too short' },
			{ field: 'trunk_id', text: 'No UUID' },
		],
		isWebPage: false,
	});
});

test.each([
	['the body as a whole', ['body']],
	['the path as a whole', ['path']],
	['an entry of a list', ['body', 'numbers', 0]],
])('words about %s are of no field', (_name, loc) => {
	expect(readErrorBody({ detail: [{ loc, msg: 'Bad' }] })).toEqual({ text: 'Bad', fields: [], isWebPage: false });
});

test('of a list the first ten entries are read, and words that belong to no field stand in a row', () => {
	const many = <Entry>(entry: Entry) => ({ detail: Array.from({ length: 11 }, () => entry) });
	expect(readErrorBody(many({ loc: ['body', 'password'], msg: 'Bad' })).fields).toHaveLength(10);
	expect(readErrorBody(many('Bad')).text).toBe('Bad; Bad; Bad; Bad; Bad; Bad; Bad; Bad; Bad; Bad');
});

test.each([
	['null', null],
	['nothing', undefined],
	['a number', 500],
	['a boolean', false],
	['a bare list', ['Not verified']],
	['an empty object', {}],
	['an empty list', { detail: [] }],
	['an empty text', ''],
	['space', ' \n'],
	['entries that are none', { detail: [null, 1, true, [], {}, { loc: 'body', msg: 5 }, { message: 5 }] }],
	['words in six objects', { error: { error: { error: { error: { error: { error: { error: 'No' } } } } } } }],
	['words under unknown keys', { cause: 'Not verified' }],
	['words that are a number', { detail: 42, message: null, error: true }],
])('%s says nothing', (_name, body) => {
	expect(readErrorBody(body)).toEqual({ fields: [], isWebPage: false });
});

test.each([
	'<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head></html>',
	'<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center>nginx</center></body>',
	'\uFEFF  <HTML lang="en"><TITLE id="x">\n502 Bad\tGateway </TITLE>',
	'<?xml version="1.0"?><html><title>502 Bad Gateway</title>',
	'<head><title>502 Bad Gateway</title>',
	'<!-- a proxy --><html><head><title>502 Bad Gateway</title></head></html>',
])('a web page is known as one, and only its title is shown: %j', (body) => {
	expect(readErrorBody(body)).toEqual({ text: '502 Bad Gateway', fields: [], isWebPage: true });
});

test.each(['<html><body>Hello</body></html>', '<!doctype html>', '<html><title></title>', '<html><title>never closed'])(
	'a web page without a title has no words: %j',
	(body) => {
		expect(readErrorBody(body)).toEqual({ fields: [], isWebPage: true });
	},
);

test('the title of a web page is looked for at its beginning only, as a page may be long', () => {
	expect(readErrorBody(`<html>${' '.repeat(10_000)}<title>Too late</title>`)).toEqual({ fields: [], isWebPage: true });
});

test('text with a < in it is no web page', () => {
	expect(readErrorBody('5 < 8 characters')).toEqual({ text: '5 < 8 characters', fields: [], isWebPage: false });
});

test.each([
	[300, 'x'.repeat(300)],
	[301, `${'x'.repeat(300)}…`],
])('words of %d characters', (length, expected) => {
	expect(readErrorBody('x'.repeat(length)).text).toBe(expected);
	expect(readErrorBody({ detail: 'x'.repeat(length) }).text).toBe(expected);
});

test('JSON that was cut off is text', () => {
	expect(readErrorBody('{"detail":"Not ver')).toEqual({ text: '{"detail":"Not ver', fields: [], isWebPage: false });
});

test.each([
	['text', 'x'.repeat(5_000_000)],
	['a detail', { detail: 'x'.repeat(5_000_000) }],
	['a message deep inside', { error: { message: 'x'.repeat(5_000_000) } }],
	['a title', `<html><title>${'x'.repeat(9000)}</title>`],
	['many words', { detail: Array.from({ length: 100_000 }, () => 'xxxx') }],
])('five megabytes are cut to a line: %s', (_name, body) => {
	const { text } = readErrorBody(body);
	expect(text).toMatch(/^x/);
	expect(text?.length).toBeLessThanOrEqual(301);
});

test('only the first 1,200 characters are looked at, most of which may be spaces', () => {
	expect(readErrorBody(`a${' '.repeat(1_198)}bc`).text).toBe('a b');
});

test('a field is not longer than a line either', () => {
	const { fields, text } = readErrorBody({
		detail: [{ loc: ['body', 'f'.repeat(5_000_000)], msg: 'x'.repeat(5_000_000) }],
	});
	expect(fields).toEqual([]);
	expect(text?.length).toBe(301);
});

test('ten thousand levels do not exhaust the stack', () => {
	const body = JSON.parse(`${'{"detail":'.repeat(10_000)}"deep"${'}'.repeat(10_000)}`) as unknown;
	expect(readErrorBody(body)).toEqual({ fields: [], isWebPage: false });
});

test('what no one can see is not shown', () => {
	expect(readErrorBody({ detail: 'a\u202Eb\u200Bc\0d\u2028e' }).text).toBe('a b c d e');
});
