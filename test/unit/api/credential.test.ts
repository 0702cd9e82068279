/* eslint-disable @n8n/community-nodes/require-node-api-error -- a test fails with the error as it is */
import { CrazytelApi } from '../../../credentials/CrazytelApi.credentials';
import { CREDENTIAL, readCredential } from '../../../nodes/Crazytel/api/credential';
import { InvalidInput } from '../../../nodes/Crazytel/input/invalidInput';

const KEY = 'Canary-key-7f3a';
const URL_OF_API = 'https://crazytel.io';

const NO_ADDRESS =
	'Base URL of the credential is not a web address.\nIt is https://crazytel.io, with https:// in front.';
const MORE_THAN_AN_ADDRESS =
	'Base URL of the credential has more than an address: it must hold no login, no ? and no #.\nIt is https://crazytel.io.';
const UNENCRYPTED = 'Base URL of the credential must begin with https://, or the API key would travel unencrypted.';

/** As n8n shows it, in one line. */
const inOneLine = (words: string) => words.replaceAll('\n', ' ');

function refusalOf(credential: Parameters<typeof readCredential>[0]): InvalidInput {
	try {
		readCredential(credential);
	} catch (error) {
		if (error instanceof InvalidInput) return error;
		throw error;
	}
	throw new Error('Nothing was refused');
}

test('the key joins the other headers of a request, without the line break that was pasted with it', async () => {
	const request = { url: '/api/v1/balance/', method: 'GET' as const, headers: { accept: 'application/json' } };

	await expect(new CrazytelApi().authenticate({ apiKey: ` ${KEY}\n`, baseUrl: URL_OF_API }, request)).resolves.toEqual({
		...request,
		headers: { accept: 'application/json', 'x-crazytel-api-key': KEY },
	});
	expect(request.headers).toEqual({ accept: 'application/json' });
});

test.each(['crazytel.io', 'www.crazytel.io/api', '//crazytel.io', 'localhost:8080', 'ftp://crazytel.io', ''])(
	'no request leaves for %j, which is told in the words of the node',
	async (baseUrl) => {
		const told = refusalOf({ apiKey: KEY, baseUrl }).message;
		expect(told).toBe(inOneLine(NO_ADDRESS));
		await expect(new CrazytelApi().authenticate({ apiKey: KEY, baseUrl }, { url: '/' })).rejects.toThrow(
			new Error(told),
		);
	},
);

test.each(['http://crazytel.io', ' HTTP://www.crazytel.io/api', 'http:\\\\crazytel.io:80', 'http://crazytel.io.'])(
	'no request leaves for %j, where the key would travel unencrypted',
	async (baseUrl) => {
		const told = refusalOf({ apiKey: KEY, baseUrl }).message;
		expect(told).toBe(UNENCRYPTED);
		await expect(new CrazytelApi().authenticate({ apiKey: KEY, baseUrl }, { url: '/' })).rejects.toThrow(
			new Error(told),
		);
	},
);

test.each([' https://crazytel.io', 'HTTP://127.0.0.1:8080', '\u00a0https://crazytel.io'])(
	'%j is taken as an address',
	async (baseUrl) => {
		await expect(new CrazytelApi().authenticate({ apiKey: KEY, baseUrl }, { url: '/' })).resolves.toHaveProperty(
			'headers',
		);
	},
);

test('no words of the credential have markup, which its form would show as it is', () => {
	const { properties } = new CrazytelApi();
	expect(
		properties
			.map(({ displayName, description = '' }) => `${displayName} ${description}`)
			.filter((words) => /[<>]/.test(words)),
	).toEqual([]);
});

test('the credential has its way to authenticate for its own, or n8n would not offer Custom API Call', () => {
	expect(Object.keys(new CrazytelApi())).toContain('authenticate');
});

test('the credential is called crazytelApi, as saved workflows have it', () => {
	expect(CREDENTIAL).toBe('crazytelApi');
});

test.each([
	['https://crazytel.io', URL_OF_API],
	['https://crazytel.io/', URL_OF_API],
	['https://crazytel.io//', URL_OF_API],
	['  https://crazytel.io\n', URL_OF_API],
	['\u00a0https://crazytel.io', URL_OF_API],
	['https://crazytel.io/api', URL_OF_API],
	['https://crazytel.io/api/', URL_OF_API],
	['https://crazytel.io/api/v1', URL_OF_API],
	['https://crazytel.io/api/v1/', URL_OF_API],
	['https://crazytel.io/api/v2/', URL_OF_API],
	['https://crazytel.io/api/v10', URL_OF_API],
	['HTTPS://CRAZYTEL.IO', URL_OF_API],
	['https://crazytel.io:443/', URL_OF_API],
	['https://www.crazytel.io/api/', 'https://www.crazytel.io'],
	['https://proxy.example/crazytel/', 'https://proxy.example/crazytel'],
	['https://proxy.example/crazytel/api/v1', 'https://proxy.example/crazytel'],
	['https://proxy.example/api/crazytel', 'https://proxy.example/api/crazytel'],
	['http://crazytel.io.example', 'http://crazytel.io.example'],
	['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
	['http://[::1]:8080/', 'http://[::1]:8080'],
	['http://notcrazytel.io', 'http://notcrazytel.io'],
	['https://crazytel.io/../api/', URL_OF_API],
])('the address %j leads to %s', (baseUrl, expected) => {
	expect(readCredential({ apiKey: KEY, baseUrl })).toMatchObject({ apiKey: KEY, baseUrl: expected });
});

test.each([
	'',
	' ',
	'crazytel.io',
	'www.crazytel.io/api',
	'//crazytel.io',
	'ftp://crazytel.io',
	'shttp://crazytel.io',
	'file:///etc/passwd',
	'javascript:alert(1)',
	'data:text/html,x',
	'https://',
	'https://crazytel.io:99999',
	'https://[::1',
	'\0',
	'https://exa mple.com',
	'https://crazytel.io\0.evil.example',
	'__proto__',
])('%j is refused as an address', (baseUrl) => {
	expect(refusalOf({ apiKey: KEY, baseUrl }).problems).toEqual([{ field: 'baseUrl', message: NO_ADDRESS }]);
});

test.each([
	'https://crazytel.io?key=1',
	'https://crazytel.io/#/api',
	'https://user@crazytel.io',
	'https://user:pass@crazytel.io',
])('%j is refused as more than an address', (baseUrl) => {
	expect(refusalOf({ apiKey: KEY, baseUrl }).problems).toEqual([{ field: 'baseUrl', message: MORE_THAN_AN_ADDRESS }]);
});

test.each([undefined, null, 1, true, [URL_OF_API], { url: URL_OF_API }])('%p is refused as an address', (baseUrl) => {
	expect(refusalOf({ apiKey: KEY, baseUrl: baseUrl as unknown as string }).problems).toEqual([
		{ field: 'baseUrl', message: NO_ADDRESS },
	]);
});

test.each([
	'http://crazytel.io',
	'http://www.crazytel.io/api/',
	'HTTP://CRAZYTEL.IO',
	'http://crazytel.io:80',
	'http://crazytel.io:8080',
	'http://crazytel.io./',
	'http://www.crazytel.io.',
])('a key never travels unencrypted to Crazytel: %s', (baseUrl) => {
	expect(refusalOf({ apiKey: KEY, baseUrl }).problems).toEqual([
		{
			field: 'baseUrl',
			message: UNENCRYPTED,
		},
	]);
});

test.each([
	['a password', 'https://user:Canary7Abc@crazytel.io'],
	['a password without a user', 'https://:Canary7Abc@crazytel.io'],
	['a key', 'https://crazytel.io?api_key=Canary7Abc'],
])('an address that holds %s is refused without showing it', (_name, baseUrl) => {
	expect(refusalOf({ apiKey: KEY, baseUrl }).message).toBe(inOneLine(MORE_THAN_AN_ADDRESS));
});

test('a key that was pasted into the address by mistake is not shown', () => {
	expect(refusalOf({ apiKey: KEY, baseUrl: KEY }).message).toBe(inOneLine(NO_ADDRESS));
});

test.each([KEY, ` ${KEY} `, `${KEY}\r\n`, `\t${KEY}`, `\uFEFF${KEY}`])(
	'the key %j is read without the space around it',
	(apiKey) => {
		expect(readCredential({ apiKey, baseUrl: URL_OF_API }).apiKey).toBe(KEY);
	},
);

test.each(['', '  ', '\r\n', undefined, null, true, {}, []])('the key %j is empty', (apiKey) => {
	const { problems } = refusalOf({ apiKey: apiKey as unknown as string, baseUrl: URL_OF_API });
	expect(problems).toEqual([
		{
			field: 'apiKey',
			message: 'API Key of the credential is empty.\nPut the account API key from the Crazytel portal there.',
		},
	]);
});

test.each([
	['a space', 'Canary 7f3a'],
	['CRLF and a header', 'Canary\r\nX-Evil: 1'],
	['a line break', 'Canary\n7f3a'],
	['NUL', 'Canary\x007f3a'],
	['a zero-width space behind it', 'Canary7f3a\u200B'],
	['a right-to-left override', '\u202ECanary7f3a'],
	['a full-width digit', 'Canary７f3a'],
	['a letter beyond ASCII', 'Canäry7f3a'],
	['dots of a shortened text', 'Canary…'],
	['DEL', 'Canary\x7f'],
])('a key with %s is refused, and not shown', (_name, apiKey) => {
	const { problems, message } = refusalOf({ apiKey, baseUrl: URL_OF_API });
	expect(problems.map(({ field }) => field)).toEqual(['apiKey']);
	expect(message).toBe(
		'API Key of the credential has a space, a line break or another character that no key has, or is too long. Copy the account API key again.',
	);
});

describe('the SMS API Key', () => {
	const filledIn = { apiKey: KEY, smsApiKey: ' Canary-sms-key\n', baseUrl: URL_OF_API };
	const keyFor = async (credential: object, url: string) =>
		(await new CrazytelApi().authenticate(credential as typeof filledIn, { url })).headers?.['x-crazytel-api-key'];

	test.each([
		'https://crazytel.io/api/v2/sms/send',
		'https://crazytel.io/api/v1/sms/send?message=x',
		'https://proxy.example/crazytel/api/v2/sms/bulk-send',
		'/api/v2/sms/send',
	])('is sent to %s', async (url) => {
		expect(await keyFor(filledIn, url)).toBe('Canary-sms-key');
		for (const smsApiKey of [undefined, null, '', ' ']) expect(await keyFor({ ...filledIn, smsApiKey }, url)).toBe(KEY);
	});

	test.each([
		'https://crazytel.io/api/v1/balance/',
		'https://crazytel.io/api/v1/sip-trunks/',
		'https://crazytel.io/api/v1/sip-trunks/?next=/api/v2/sms/send',
		'https://crazytel.io/api/v1/balance/#/api/v2/sms/',
		'https://crazytel.io/sms/',
		'https://crazytel.io/api/v2/smsx/send',
	])('is not sent to %s', async (url) => {
		expect(await keyFor(filledIn, url)).toBe(KEY);
	});

	test('is read without the space around it, and is none where it is empty', () => {
		expect(readCredential(filledIn).otherKey).toBe('Canary-sms-key');
		for (const smsApiKey of [undefined, null, '', ' \n']) {
			expect(
				readCredential({ ...filledIn, smsApiKey } as Parameters<typeof readCredential>[0]).otherKey,
			).toBeUndefined();
		}
	});

	test.each(['Canary 7f3a', 'Canary\r\nX-Evil: 1', 'k'.repeat(1_001)])('%j is refused, and not shown', (smsApiKey) => {
		const { problems, message } = refusalOf({ ...filledIn, smsApiKey });
		expect(problems.map(({ field }) => field)).toEqual(['smsApiKey']);
		expect(message).toBe(
			'SMS API Key of the credential has a space, a line break or another character that no key has, or is too long. Copy it again, or leave the field empty.',
		);
	});

	test('is optional and hidden, and does not tell accounts apart: both keys share the limit of the account', () => {
		const field = new CrazytelApi().properties.find(({ name }) => name === 'smsApiKey');
		expect(field).toMatchObject({ type: 'string', typeOptions: { password: true }, default: '' });
		expect(field).not.toHaveProperty('required');
		expect(readCredential(filledIn).id).toBe(readCredential({ apiKey: KEY, baseUrl: URL_OF_API }).id);
	});

	test('the fields of the credential keep their names, and their order in the form', () => {
		expect(new CrazytelApi().properties.map(({ name }) => name)).toEqual([
			'keyNotice',
			'apiKey',
			'smsApiKey',
			'baseUrl',
			'requestsPerMinute',
		]);
	});
});

test('a key may have 1,000 characters, and not one more', () => {
	const keyOf = (length: number) => ({ apiKey: 'k'.repeat(length), baseUrl: URL_OF_API });
	expect(readCredential(keyOf(1_000)).apiKey).toHaveLength(1_000);
	expect(refusalOf(keyOf(1_001)).message).toBe(
		'API Key of the credential has a space, a line break or another character that no key has, or is too long. Copy the account API key again.',
	);
});

test.each([
	[undefined, 60],
	[null, 60],
	['', 60],
	[' ', 60],
	[0, 0],
	[1, 1],
	['120', 120],
])('Requests per Minute %j is %d', (requestsPerMinute, expected) => {
	const credential = { apiKey: KEY, baseUrl: URL_OF_API, requestsPerMinute } as Parameters<typeof readCredential>[0];
	expect(readCredential(credential).requestsPerMinute).toBe(expected);
});

test.each([-1, 1.5, 'many', true, Number.NaN, Infinity])('Requests per Minute %p is refused', (requestsPerMinute) => {
	expect(refusalOf({ apiKey: KEY, baseUrl: URL_OF_API, requestsPerMinute }).problems).toEqual([
		{
			field: 'requestsPerMinute',
			message: `Requests per Minute of the credential is '${requestsPerMinute}'.\nUse a whole number such as 60, or 0 for no limit.`,
		},
	]);
});

test('an account is known by its address and key together, and by neither in clear', () => {
	const idOf = (apiKey: string, baseUrl = URL_OF_API) => readCredential({ apiKey, baseUrl }).id;
	expect(idOf(KEY)).toBe(idOf(` ${KEY}`, 'https://crazytel.io/api/'));
	expect(new Set([idOf(KEY), idOf('other-key'), idOf(KEY, 'http://127.0.0.1')]).size).toBe(3);
	expect(idOf(KEY)).toMatch(/^[0-9a-f]{64}$/);
});
