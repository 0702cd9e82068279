import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { API_KEY, type Battlefield, goodCreate, goodUpdate, ID, leaks, openBattlefield, PASSWORD } from './attack';

let field: Battlefield;
beforeAll(async () => {
	field = await openBattlefield();
});
beforeEach(() => field.sandbox.reset());
afterAll(async () => await field.close());

/** Texts that no field but a description can hold; the description's own come below. */
const texts: Array<[string, string]> = [
	['a header line', '61291234567\r\nX-Evil: 1'],
	['a line break inside', 'ab\ncd'],
	['NUL', 'ab\0cd'],
	['NUL at its end', 'true\0'],
	['Arabic-Indic digits', '٠٤١٢٣٤٥٦٧٨'],
	['full-width digits', '０２'],
	['a full-width word', 'ｔｒｕｅ'],
	['a right-to-left override', '\u202E76543219216'],
	['a zero-width space inside a word', 'tr\u200Bue'],
	['half an emoji', '\uD83D'],
	['a path', '../../balance'],
	['an encoded path', '..%2F..%2Fbalance'],
	['a path twice encoded', '%252e%252e%252f'],
	['__proto__', '__proto__'],
	['constructor', 'constructor'],
	['a formula', '\t=HYPERLINK("https://evil.example")'],
	['a plus formula', '+SUM(1;2)'],
	['an at formula', '@SUM(1)'],
	['JSON', '{"$ne":null}'],
	['a script', '<script>alert(1)</script>'],
	['a template', '${7*7}'],
	['SQL', "' OR 1=1 --"],
];

const megabyte = 'Aa1'.padEnd(1_000_000, 'x');
const json = '={{ $json.value }}';

const strictFields: Array<[string, INodeParameters]> = [
	['Caller ID', { ...goodCreate, callerIdNumber: json }],
	['Area Code', { ...goodCreate, additionalFields: { areaCode: json } }],
	['Enabled', { ...goodCreate, additionalFields: { enabled: json } }],
	['Hide Caller ID', { ...goodCreate, additionalFields: { hideCallerId: json } }],
	['SMS Sender', { ...goodCreate, additionalFields: { smsSender: json } }],
	['Softphone Show Balance', { ...goodCreate, additionalFields: { softphoneShowBalance: json } }],
	['Softphone Sync SMS', { ...goodCreate, additionalFields: { softphoneSyncSms: json } }],
	['Area Code', { ...goodUpdate, updateFields: { areaCode: json } }],
	['Caller ID', { ...goodUpdate, updateFields: { callerIdNumber: json } }],
	['Enabled', { ...goodUpdate, updateFields: { enabled: json } }],
	['SMS Sender', { ...goodUpdate, updateFields: { smsSender: json } }],
	['Trunk', { ...goodUpdate, trunk: { __rl: true, mode: 'id', value: json } }],
	['Trunk', { operation: 'suspend', trunk: { __rl: true, mode: 'list', value: json } }],
	['Password Source', { ...goodCreate, passwordSource: json }],
	['Check Numbers', { ...goodCreate, options: { checkNumbers: json } }],
	['Include Password', { ...goodCreate, options: { includePassword: json } }],
];

const aMegabyte: [string, string] = ['a megabyte', megabyte];

test.each(strictFields)(
	'%s refuses every hostile text, each in a short line that names it (%#)',
	async (label, parameters) => {
		const values = [...texts, aMegabyte];
		const { errors, run, outputs } = await field.attack({ parameters, items: values.map(([, value]) => ({ value })) });
		expect(errors).toHaveLength(values.length);
		for (const [index, message] of errors.entries()) {
			expect([values[index]?.[0], message]).toEqual([values[index]?.[0], expect.stringContaining(label)]);
			expect(message?.length).toBeLessThan(600);
			expect(message).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
		}
		expect(outputs.map(({ pairedItem }) => pairedItem)).toEqual(values.map((_value, item) => ({ item })));
		expect(field.writes()).toEqual([]);
		expect(leaks(run, [API_KEY, PASSWORD])).toEqual([]);
	},
);

const badPasswords: Array<[string, string]> = [
	['a header line', 'Canary7Abc\r\nX-Evil: 1'],
	['NUL', 'Canary7\0Abc'],
	['a zero-width space', 'Canary7\u200BAbc'],
	['a right-to-left override', '\u202ECanary7Abc'],
	['half an emoji', 'Canary7Abc\uD83D'],
	['space around it', ' Canary7Abc '],
	['full-width digits', 'CanaryＡbc７７'],
	['129 characters', 'Canary7'.padEnd(129, 'x')],
	['a megabyte', 'Canary7'.padEnd(1_000_000, 'x')],
];

test.each([
	['create', { ...goodCreate, password: json }],
	['update', { ...goodUpdate, updateFields: { password: json } }],
])('a hostile password is refused and shown by no message (%s)', async (_name, parameters) => {
	const { errors, outputs } = await field.attack({ parameters, items: badPasswords.map(([, value]) => ({ value })) });
	expect(errors).toHaveLength(badPasswords.length);
	for (const message of errors) {
		expect(message).toMatch(/^Password cannot be used: /);
		expect(message?.length).toBeLessThan(400);
	}
	expect(JSON.stringify(outputs)).not.toMatch(/canary/i);
	expect(field.writes()).toEqual([]);
});

const unusableDescriptions: Array<[string, string]> = [
	['CRLF', 'Sales\r\nX-Evil: 1'],
	['NUL', 'Sales\0'],
	['a line separator', 'Sales\u2028team'],
	['half an emoji', 'Sales\uD83D'],
	['a megabyte', megabyte],
];

test.each([
	['create', { ...goodCreate, trunkDescription: json }],
	['update', { ...goodUpdate, updateFields: { description: json } }],
])('a description that is not a line of text is refused (%s)', async (_name, parameters) => {
	const { errors } = await field.attack({ parameters, items: unusableDescriptions.map(([, value]) => ({ value })) });
	expect(errors).toHaveLength(unusableDescriptions.length);
	for (const message of errors) {
		expect(message).toMatch(/^Description /);
		expect(message?.length).toBeLessThan(600);
	}
	expect(field.writes()).toEqual([]);
});

test('a description that only looks hostile is stored letter by letter', async () => {
	const descriptions = [
		'__proto__',
		'constructor',
		'<script>alert(1)</script>',
		'../../balance',
		"'; DROP TABLE trunks; --",
		'@SUM(1)',
		'${7*7}',
		'٠٤١٢',
		'０２',
		'مبيعات',
		'{"$ne":null}',
		'%00%0d%0a',
	];
	const { errors } = await field.attack({
		parameters: { ...goodCreate, trunkDescription: json },
		items: descriptions.map((value) => ({ value })),
	});
	expect(errors).toEqual(descriptions.map(() => undefined));
	expect(
		field.sandbox
			.trunks()
			.slice(1)
			.map(({ description }) => description),
	).toEqual(descriptions);
});

test('a formula that an expression yields is text, in the description only', async () => {
	const formula = '={{ "=1+1" }}';
	const { errors } = await field.attack({ parameters: { ...goodUpdate, updateFields: { description: formula } } });
	expect(errors).toEqual([undefined]);
	expect(field.writes().map(({ body }) => body)).toEqual([{ description: '=1+1' }]);
	const refused = await field.attack({ parameters: { ...goodUpdate, updateFields: { areaCode: formula } } });
	expect(refused.errors).toEqual(["Area Code '=1+1' is not an Australian area code. Use 02, 03, 07 or 08."]);
	expect(field.writes()).toHaveLength(1);
});

test.each([
	`../${ID}`,
	`${ID}/..`,
	`${ID}%2F..%2Fbalance`,
	`%2e%2e/${ID}`,
	`..\\${ID}`,
	`${ID}?x=1`,
	`${ID}#x`,
	`${ID};x`,
	`${ID}\0`,
	`/${ID}`,
	`//evil.example/${ID}`,
	`https://evil.example/${ID}`,
	`${ID}\r\nHost: evil.example`,
	`${ID}/`,
	'.',
	'..',
	'*',
	'balance/',
])('no trunk leads to another address: %j', async (value) => {
	for (const operation of ['suspend', 'enable', 'update']) {
		const { errors } = await field.attack({
			parameters: { ...goodUpdate, operation, trunk: { __rl: true, mode: 'id', value: '={{ $json.value }}' } },
			items: [{ value }],
		});
		expect(errors).toEqual([expect.stringMatching(/^Trunk .* is neither a trunk ID nor a username of this account\./)]);
	}
	// It may have been a username.
	expect(field.sandbox.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(
		Array(3).fill('GET /api/v1/sip-trunks/'),
	);
});

test.each([
	['another mode', { __rl: true, mode: 'url', value: '../x' }],
	['no mode', { value: '../x' }],
	['a prototype key as mode', { __rl: true, mode: '__proto__', value: '../x' }],
	['a list as value', { __rl: true, mode: 'id', value: '={{ ["x"] }}' }],
	['an expression that yields nothing', { __rl: true, mode: 'id', value: '={{ "" }}' }],
])('a trunk with %s is refused by its name', async (_name, trunk) => {
	const { errors } = await field.attack({ parameters: { operation: 'suspend', trunk: trunk as INodeParameters } });
	expect(errors).toEqual([expect.stringContaining('Trunk')]);
	expect(field.sandbox.requests).toEqual([]);
});

describe('prototype keys', () => {
	const polluted: IDataObject[] = [
		JSON.parse('{"value":{"__proto__":{"enabled":false,"areaCode":"02"} } }') as IDataObject,
		JSON.parse('{"value":{"constructor":{"prototype":{"enabled":false} } } }') as IDataObject,
	];

	test('in Update Fields are no fields', async () => {
		for (const key of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
			const updateFields = JSON.parse(`{"${key}":{"enabled":false}}`) as INodeParameters;
			const { errors } = await field.attack({ parameters: { ...goodUpdate, updateFields } });
			expect(errors).toEqual([expect.stringContaining('Update Fields has no field.')]);
		}
		expect(field.writes()).toEqual([]);
	});

	test('in Additional Fields and Options change nothing', async () => {
		const smuggled = JSON.parse(
			'{"__proto__":{"enabled":false,"checkNumbers":false,"includePassword":true}}',
		) as INodeParameters;
		const { errors, outputs } = await field.attack({
			parameters: { ...goodCreate, additionalFields: smuggled, options: smuggled },
		});
		expect(errors).toEqual([undefined]);
		expect(outputs[0]?.json).not.toHaveProperty('password');
		expect(field.writes().map(({ body }) => body)).toEqual([{ password: PASSWORD, caller_id_number: '61291234567' }]);
		expect(field.sandbox.requests.map(({ kind }) => kind)).toEqual(['list', 'verified', 'create']);
	});

	test('as values are refused, and the prototype of everything stays clean', async () => {
		const { errors } = await field.attack({
			parameters: { ...goodUpdate, updateFields: { enabled: json } },
			items: polluted,
		});
		expect(errors).toEqual(
			polluted.map(() => expect.stringMatching(/^Enabled must be true or false, and it is an object\./)),
		);
		expect(field.writes()).toEqual([]);
		expect(({} as IDataObject).enabled).toBeUndefined();
	});

	test.each(['__proto__', 'constructor', 'toString'])('as an operation are unknown: %s', async (operation) => {
		const { errors } = await field.attack({ parameters: { operation } });
		expect(errors).toEqual([
			`Operation '${operation}' is unknown to this version of the node. Choose it from the list again.`,
		]);
		expect(field.sandbox.requests).toEqual([]);
	});
});

describe('the credential', () => {
	test.each([
		['CRLF', `${API_KEY}\r\nX-Evil: 1`],
		['NUL', `${API_KEY}\0`],
		['a zero-width space', `${API_KEY}\u200B`],
		['a right-to-left override', `\u202E${API_KEY}`],
		['full-width digits', `${API_KEY}７`],
		['a space inside', `${API_KEY} x`],
		['nothing', ''],
		['space', ' \t'],
	])('a key with %s leaves nothing to send', async (_name, apiKey) => {
		const { errors, run } = await field.attack({ parameters: goodCreate, credential: { apiKey } });
		expect(errors).toEqual([expect.stringMatching(/^API Key of the credential /)]);
		expect(field.sandbox.requests).toEqual([]);
		expect(leaks(run, [API_KEY, PASSWORD])).toEqual([]);
	});

	test('a key that was pasted with a line break at its end is the key', async () => {
		const { errors } = await field.attack({ parameters: goodCreate, credential: { apiKey: ` ${API_KEY}\r\n` } });
		expect(errors).toEqual([undefined]);
		expect(field.sandbox.requests.map(({ headers }) => headers['x-crazytel-api-key'])).toEqual([
			API_KEY,
			API_KEY,
			API_KEY,
		]);
	});

	test('a key of a megabyte crashes nothing and is shown nowhere', async () => {
		const { errors, run } = await field.attack({
			parameters: goodCreate,
			credential: { apiKey: API_KEY.repeat(50_000) },
		});
		expect(errors).toEqual([expect.any(String)]);
		expect(field.sandbox.trunks()).toHaveLength(1);
		expect(leaks(run, [API_KEY, PASSWORD])).toEqual([]);
	});

	test.each([
		'',
		'__proto__',
		'ftp://crazytel.io',
		'file:///etc/passwd',
		'javascript:alert(1)',
		'https://',
		'//evil.example',
		'http://crazytel.io',
		'https://crazytel.io\0.evil.example',
		'https://crazy tel.io',
		'x'.repeat(1_000_000),
	])('an address that is none leaves nothing to send (%#)', async (baseUrl) => {
		const { errors, run } = await field.attack({ parameters: goodCreate, credential: { baseUrl } });
		expect(errors).toEqual([expect.stringMatching(/^Base URL of the credential /)]);
		expect(errors[0]?.length).toBeLessThan(600);
		expect(leaks(run, [API_KEY, PASSWORD])).toEqual([]);
	});

	test('a key in the place of the address is not shown', async () => {
		const { errors, run } = await field.attack({ parameters: goodCreate, credential: { baseUrl: API_KEY } });
		expect(errors).toEqual([expect.stringMatching(/^Base URL of the credential /)]);
		expect(leaks(run, [API_KEY, PASSWORD])).toEqual([]);
	});

	test('CRLF in the address adds no header and reaches no other host', async () => {
		const baseUrl = `${field.sandbox.url}\r\nX-Evil: 1`;
		const { errors } = await field.attack({ parameters: goodCreate, credential: { baseUrl } });
		expect(errors).toEqual([expect.stringMatching(/^Base URL of the credential /)]);
		expect(field.sandbox.requests).toEqual([]);
	});
});
