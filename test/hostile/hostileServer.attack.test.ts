import type { IDataObject } from 'n8n-workflow';

import type { FaultRule, Play } from '../../sandbox';
import { API_KEY, type Battlefield, goodCreate, goodUpdate, ID, leaks, openBattlefield, PASSWORD, textsIn } from './attack';

/** A password that every kind of escaping changes. */
const AWKWARD = `Canary7 "q"\\/<&>'ü+!(x)`;
const escaped = JSON.stringify(AWKWARD).slice(1, -1);
const bytes = Buffer.from(AWKWARD);

let field: Battlefield;
beforeAll(async () => {
	field = await openBattlefield();
});
beforeEach(() => field.sandbox.reset());
afterAll(async () => await field.close());

const create = { ...goodCreate, password: AWKWARD };
const update = { ...goodUpdate, updateFields: { password: AWKWARD } };

/** Every way in which the secrets can be read, whole; base64 and hex of the key among them. */
const readable = [
	API_KEY,
	encodeURIComponent(API_KEY),
	Buffer.from(API_KEY).toString('base64').replace(/=+$/, ''),
	Buffer.from(API_KEY).toString('hex'),
	AWKWARD,
	escaped,
	JSON.stringify(escaped).slice(1, -1),
	encodeURIComponent(AWKWARD),
	bytes.toString('base64').replace(/=+$/, ''),
	bytes.toString('base64url'),
	bytes.toString('hex'),
	'Canary7',
];

function nested(levels: number, open: string, close: string, middle: string): string {
	return open.repeat(levels) + middle + close.repeat(levels);
}

/** What a server may do with what it was sent. */
const echoes: Array<[string, unknown]> = [
	['as it is', AWKWARD],
	['in a sentence', `The password ${AWKWARD} with the key ${API_KEY} is bad`],
	['in capitals of hex', `${bytes.toString('hex').toUpperCase()}`],
	['as JSON in a text', JSON.stringify({ p: AWKWARD, k: API_KEY })],
	['as JSON in JSON in a text', JSON.stringify(JSON.stringify({ p: AWKWARD, k: API_KEY }))],
	['in ASCII JSON in a text', JSON.stringify({ p: AWKWARD }).replace('ü', '\\u00fc')],
	['URL-encoded', `p=${encodeURIComponent(AWKWARD)}&k=${API_KEY}`],
	['URL-encoded in lower case', encodeURIComponent(AWKWARD).replace(/%../g, (code) => code.toLowerCase())],
	['URL-encoded as a form', new URLSearchParams({ p: AWKWARD }).toString()],
	['URL-encoded as Python does it', encodeURIComponent(AWKWARD).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)],
	['in base64', `${bytes.toString('base64')} ${Buffer.from(API_KEY).toString('base64')}`],
	['in base64url', bytes.toString('base64url')],
	['in hex', `${bytes.toString('hex')} ${Buffer.from(API_KEY).toString('hex')}`],
	['HTML-escaped', AWKWARD.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/'/g, '&#x27;')],
	['HTML-escaped with &#34;', AWKWARD.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&#34;').replace(/'/g, '&#39;')],
];

/** Bodies that repeat a text in every place from which words are taken. */
const carriers: Array<[string, (echo: unknown) => unknown]> = [
	['a detail', (echo) => ({ detail: echo })],
	['a message', (echo) => ({ error: { message: echo } })],
	["FastAPI's list", (echo) => ({ detail: [{ loc: ['body', 'area_code'], msg: echo, input: echo }] })],
	['the name of a field', (echo) => ({ detail: [{ loc: ['body', echo], msg: 'bad' }] })],
	['a list of words', (echo) => ({ detail: [echo, echo] })],
	['plain text', (echo) => `bad: ${String(echo)}`],
	['the title of a web page', (echo) => `<html><title>${String(echo)}</title></html>`],
];

/** No place of a run holds a secret. The node's own password parameter is the workflow's. */
async function staysSecret(run: Parameters<typeof leaks>[0]): Promise<void> {
	// The run does hold texts, so that an empty search means something.
	expect(textsIn(run).length).toBeGreaterThan(20);
	expect(leaks(run, readable)).toEqual([]);
}

describe.each(echoes)('a secret that the server repeats %s', (_echo, echo) => {
	test.each(carriers)('in %s is shown nowhere', async (_carrier, carry) => {
		for (const status of [400, 401, 409, 422, 500]) {
			for (const onError of ['continueRegularOutput', 'stopWorkflow'] as const) {
				field.sandbox.reset();
				field.sandbox.fault({ on: 'create', times: 99, play: { status, body: carry(echo) } });
				const { run, errors } = await field.attack({ parameters: { ...create, options: { checkNumbers: false } }, onError });
				expect(errors[0] ?? run.data.resultData.error?.message).toEqual(expect.stringMatching(/Crazytel/));
				await staysSecret(run);
			}
		}
	});

	test('in a trunk that was written, in its keys, in lists and deep inside is shown nowhere', async () => {
		const key = String(echo);
		const body = { id: ID, note: echo, [key]: 1, list: [echo, { [key]: [echo] }], a: { b: { c: echo } }, Password: echo, sip_password: echo };
		field.sandbox.fault({ on: 'update', times: 99, play: { status: 200, body } });
		const { run, outputs, errors } = await field.attack({ parameters: update });
		expect(errors).toEqual([undefined]);
		expect(outputs[0]?.json.id).toBe(ID);
		await staysSecret(run);
	});
});

describe('headers', () => {
	const bare = encodeURIComponent('Canary7SecretAbc');
	const locations = [
		`https://evil.example/${API_KEY}?p=${bare}`,
		`https://${API_KEY}:${bare}@evil.example/`,
		`https://${API_KEY}.evil.example/`,
		`https://${API_KEY.toUpperCase()}.evil.example/`,
		`/login?key=${API_KEY}`,
		`//${API_KEY}/`,
		`https://[${API_KEY}`,
		'javascript:alert(1)',
		'x'.repeat(8000),
	];

	test.each(locations)('a redirect is not followed and gives no secret away (%#)', async (redirectTo) => {
		for (const status of [301, 302, 307, 308] as const) {
			field.sandbox.reset();
			field.sandbox.fault({ on: 'create', times: 99, play: { redirectTo, status } });
			const { run, errors } = await field.attack({ parameters: goodCreate });
			expect(errors).toEqual([expect.stringContaining('redirects')]);
			expect(errors[0]?.length).toBeLessThan(1000);
			expect(field.writes()).toHaveLength(1);
			expect(field.sandbox.trunks()).toHaveLength(1);
			expect(leaks(run, [API_KEY, 'Canary7SecretAbc'])).toEqual([]);
		}
	});

	test.each(['Retry-After', 'WWW-Authenticate', 'Set-Cookie', 'X-Echo'])('what stands in %s is shown nowhere', async (name) => {
		for (const status of [401, 429, 500]) {
			field.sandbox.reset();
			field.sandbox.fault({ on: 'create', times: 99, play: { status, headers: { [name]: `${API_KEY}; ${bare}` } } });
			const { run, errors } = await field.attack({ parameters: goodCreate });
			expect(errors).toEqual([expect.any(String)]);
			expect(leaks(run, [API_KEY, 'Canary7SecretAbc'])).toEqual([]);
		}
	});
});

describe('what is cut off', () => {
	test.each([
		['an error', 500],
		['a refusal', 422],
		['a refusal of the key', 401],
	])('half a password at the end of %s is no more shown than a whole one', async (_name, status) => {
		const body = `{"detail":[{"loc":["body","password"],"msg":"bad","input":"${PASSWORD.slice(0, -3)}`;
		field.sandbox.fault({ on: 'create', times: 99, play: { status, body } });
		const { run, errors } = await field.attack({ parameters: goodCreate });
		expect(errors).toEqual([expect.stringContaining('Crazytel')]);
		expect(leaks(run, [PASSWORD.slice(0, -3)])).toEqual([]);
	});

	test('an answer that ends in the middle is unknown in outcome, and shows nothing', async () => {
		// Without a list of trunks the node cannot find out what became of the create.
		field.sandbox.set({ echoPassword: true, trunkListEndpoint: 404 });
		for (const play of ['truncatedJson', 'cutOff'] as const) {
			field.sandbox.fault({ on: 'create', times: 99, play });
			const { run, errors } = await field.attack({ parameters: goodCreate });
			expect(errors).toEqual([expect.stringContaining('It is unknown whether the trunk exists.')]);
			expect(leaks(run, [API_KEY, PASSWORD])).toEqual([]);
		}
	});
});

/** Bodies that want to break whoever reads them. */
const bodies: Array<[string, unknown]> = [
	['10,000 levels of lists', nested(10_000, '[', ']', '1')],
	['10,000 levels of objects', nested(10_000, '{"detail":', '}', '"x"')],
	['10,000 levels of unknown objects', nested(10_000, '{"a":', '}', '1')],
	['10,000 levels in a trunk', `{"id":"${ID}","deep":${nested(10_000, '{"a":', '}', '1')}}`],
	['10,000 levels that never end', '['.repeat(10_000)],
	['a prototype', '{"__proto__":{"polluted":true,"detail":"x"},"constructor":{"prototype":{"polluted":true}}}'],
	['a trunk with a prototype', `{"id":"${ID}","__proto__":{"polluted":true},"constructor":1,"hasOwnProperty":1,"toString":1,"toJSON":1}`],
	['fields named like prototype keys', { detail: [{ loc: ['body', 'constructor'], msg: 'bad' }, { loc: ['body', '__proto__'], msg: 'bad' }, { loc: ['body', 'toString'], msg: 'bad' }] }],
	['5 MB of text', 'x'.repeat(5_000_000)],
	['5 MB of words', { detail: 'x '.repeat(2_500_000) }],
	['5 MB of a web page', `<html><title>${'x'.repeat(5_000_000)}</title></html>`],
	['a web page', '<!DOCTYPE html><html><head><title>Sign in</title></head><body><script>alert(1)</script></body></html>'],
	['100,000 refusals', { detail: Array.from({ length: 100_000 }, () => ({ loc: ['body', 'password'], msg: 'bad' })) }],
	['a field of 5 MB', { detail: [{ loc: ['body', 'x'.repeat(5_000_000)], msg: 'bad' }] }],
	['a field with line breaks', { detail: [{ loc: ['body', 'a\r\nb\u202Ec\0'], msg: 'bad\r\nX: \u202E1\0' }] }],
	['null', 'null'],
	['a list of nulls', '[null,null]'],
	['a number', '1e400'],
	['half a surrogate', '"\\ud83d"'],
	['invalid JSON', '{"detail":'],
	['nothing', ''],
	['NUL', '\0'.repeat(1000)],
	['words under every key as objects', { detail: { detail: { detail: { detail: { detail: { detail: { detail: 'x' } } } } } } }],
];

describe.each(bodies)('a body of %s', (_name, body) => {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const headers = { 'content-type': 'application/json' };

	test.each([200, 201, 400, 401, 404, 422, 429, 500])('with the status %i crashes nothing and is told in a readable message', async (status) => {
		field.sandbox.fault({ on: 'create', times: 99, play: { status, body: text, headers } });
		const { run, outputs } = await field.attack({ parameters: goodCreate });
		expect(run.data.resultData.error).toBeUndefined();
		expect(outputs).toHaveLength(1);
		// The limit is the one refusal after which a create may be sent again.
		expect(field.writes()).toHaveLength(status === 429 ? 4 : 1);
		const { error, details, id } = outputs[0]?.json ?? {};
		if (error === undefined) {
			expect([status < 300, id]).toEqual([true, ID]);
		} else {
			expect(String(error)).toMatch(/Crazytel/);
			expect(String(error)).not.toMatch(/native code|\[object|undefined|[\p{Cc}\p{Cf}\p{Cs}]/u);
			expect(String(error).length).toBeLessThan(2000);
			expect(Object.keys((details ?? {}) as IDataObject)).toContain('httpCode');
		}
		expect(leaks(run, [API_KEY, PASSWORD])).toEqual([]);
		expect(({} as IDataObject).polluted).toBeUndefined();
	});

	test('in place of the verified numbers refuses readably or lets Crazytel decide', async () => {
		const play: Play = { status: 200, body: text, headers };
		field.sandbox.fault({ on: 'verified', times: 99, play });
		const { run, outputs } = await field.attack({ parameters: goodCreate });
		expect(run.data.resultData.error).toBeUndefined();
		expect(outputs).toHaveLength(1);
		expect(String(outputs[0]?.json.error ?? '').length).toBeLessThan(2000);
		expect(leaks(run, [API_KEY, PASSWORD])).toEqual([]);
	});

	test('in place of a list gives the editor an error or a list, and no crash', async () => {
		const credential = { apiKey: API_KEY, baseUrl: field.sandbox.url };
		const play: Play = { status: 200, body: text, headers };
		for (const on of ['list', 'verified'] as const) {
			field.sandbox.fault({ on, times: 99, play });
			const loading = on === 'list' ? field.engine.searchList('searchTrunks', credential) : field.engine.loadOptions('getVerifiedNumbers', credential);
			const outcome = await loading.then(
				() => 'a list',
				(error: Error) => error.message,
			);
			expect(outcome).toMatch(/^(?:a list|.*(?:Crazytel|account).*)$/s);
			expect(outcome.length).toBeLessThan(2000);
		}
	});
});

describe('verified numbers that are hostile', () => {
	const refuseWith = async (numbers: unknown): Promise<string> => {
		field.sandbox.fault({ on: 'verified', times: 99, play: { status: 200, body: numbers } satisfies FaultRule['play'] });
		const { errors, run } = await field.attack({ parameters: { ...goodCreate, callerIdNumber: '61299999999' } });
		expect(errors).toEqual([expect.stringContaining("Caller ID '61299999999' is not verified")]);
		expect(field.writes()).toEqual([]);
		expect(leaks(run, [API_KEY, PASSWORD])).toEqual([]);
		return errors[0] ?? '';
	};

	test('a megabyte in the list makes no megabyte of a message', async () => {
		expect((await refuseWith([`6${'1'.repeat(1_000_000)}`])).length).toBeLessThan(2000);
	});

	test('line breaks and invisible characters in the list do not reach the message', async () => {
		expect(await refuseWith(['6129\r\nX-Evil: 1\u202E\0'])).not.toMatch(/[\p{Cc}\p{Cf}]/u);
	});

	test('ten thousand numbers are named by a dozen', async () => {
		const numbers = Array.from({ length: 10_000 }, (_, index) => String(61290000000 + index));
		expect(await refuseWith(numbers)).toMatch(/61290000011 and 9988 more\.$/);
	});

	test('secrets in the list are not repeated', async () => {
		expect(await refuseWith([`${API_KEY}1`])).toContain('***');
	});
});

test('secrets in a list reach no dropdown', async () => {
	const credential = { apiKey: API_KEY, baseUrl: field.sandbox.url };
	field.sandbox.fault({ on: 'list', play: { status: 200, body: [{ id: ID, username: API_KEY, description: `key ${API_KEY}`, password: PASSWORD }] } });
	const trunks = await field.engine.searchList('searchTrunks', credential);
	expect(trunks.results).toEqual([{ name: '*** · key ***', value: ID }]);
	field.sandbox.fault({ on: 'verified', times: 99, play: { status: 200, body: [{ number: '61291234567', name: API_KEY }] } });
	const numbers = await field.engine.loadOptions('getVerifiedNumbers', credential);
	expect(numbers).toEqual([{ name: '61291234567 · ***', value: '61291234567' }]);
});

test('the output holds the password when it was asked for, and then only there', async () => {
	const { outputs, run } = await field.attack({ parameters: { ...goodCreate, options: { includePassword: true } } });
	expect(outputs[0]?.json.password).toBe(PASSWORD);
	expect(leaks(run, [PASSWORD]).every((place) => /\.json\.password: /.test(place))).toBe(true);
	expect(leaks(run, [PASSWORD]).length).toBeGreaterThan(0);
});
