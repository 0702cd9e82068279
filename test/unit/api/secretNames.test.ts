import { createRedactor } from '../../../nodes/Crazytel/api/redaction';
import { isSecretName, withoutNamedSecrets } from '../../../nodes/Crazytel/api/secretNames';

const SECRET_NAMES = [
	...['sip_pass', 'auth_pass', 'passcode', 'pw', 'pin', 'ha1', 'psk', 'credentials', 'auth', 'key'],
	...[
		'sipPass',
		'sip-pass',
		'SIP_PASS',
		'SIPPass',
		'SIPPin',
		'pin_type_value',
		'sippass',
		'sip.pass',
		'pass',
		'pass2',
		'userPass',
		'user_pass_hash',
	],
	...['authKey', 'auth_key', 'auth-key', 'privateKey', 'key1', 'keys', 'KEY', 'x-key', 'key_value'],
	...['userPin', 'user_pin', 'PIN', 'pinCode', 'pins', 'voicemail-pin', 'userpin', 'sipPIN'],
	...[
		'HA1',
		'ha1b',
		'sip_ha1',
		'sipHa1',
		'PSK',
		'wpa_psk',
		'sipPw',
		'pw_hash',
		'credential',
		'sip_credentials',
		'creds',
		'sipAuth',
		'auth_data',
	],
	...[
		'password',
		'new-password',
		'sip_passwd',
		'pwd',
		'client_secret',
		'apiKey',
		'API-Key',
		'access_token',
		'Authorization',
		'userPasscode',
	],
];

const ORDINARY_NAMES = [
	...[
		'id',
		'sip_pin_required',
		'username',
		'description',
		'keyword',
		'keywords',
		'keyboard',
		'monkey',
		'turkey',
		'hotkeys',
		'author',
		'authors',
		'authorized',
		'authentic',
	],
	...[
		'pinned',
		'pinging',
		'shipping',
		'shipping_address',
		'opinion',
		'spin',
		'power',
		'pwr',
		'compass',
		'bypass',
		'passenger',
		'passed',
		'trespass',
	],
	...[
		'caller_id_number',
		'sms_sender',
		'enabled',
		'area_code',
		'happy',
		'mask',
		'task',
		'risk',
		'upskill',
		'incredible',
		'accredited',
		'haystack',
	],
	...[
		'auth_username',
		'authUser',
		'auth_type',
		'auth_realm',
		'pin_required',
		'pinLength',
		'key_type',
		'the key is gone',
		'',
	],
];

test.each(SECRET_NAMES)('%j names a secret', (name) => {
	expect(isSecretName(name)).toBe(true);
	expect(createRedactor([]).data({ [name]: 'anything' })).toEqual({ [name]: '***' });
	expect(createRedactor([]).data({ [name]: { inner: 1 } })).toEqual({ [name]: '***' });
});

test.each(ORDINARY_NAMES)('%j names none', (name) => {
	expect(isSecretName(name)).toBe(false);
	expect(createRedactor([]).data({ [name]: 'anything' })).toEqual({ [name]: 'anything' });
});

describe('in the words of an error', () => {
	test.each([
		['{"sip_pass": "abc", "id": 1}', '{"sip_pass": "***", "id": 1}'],
		["{'sip_pass': 'abc', 'id': 1}", "{'sip_pass': '***', 'id': 1}"],
		['{"sip_pass":"ab\\"c","id":1}', '{"sip_pass":"***","id":1}'],
		['"{\\"sip_pass\\": \\"abc\\", \\"id\\": 1}"', '"{\\"sip_pass\\": \\"***\\", \\"id\\": 1}"'],
		['{"pin": 1234}', '{"pin": ***}'],
		['{"sip_pass": "cut o', '{"sip_pass": "***"'],
		['bad pin=1234&user=me', 'bad pin=***&user=me'],
		['bad pin = 1234; user=me', 'bad pin = ***; user=me'],
		["array('auth_pass' => 'abc')", "array('auth_pass' => '***')"],
		['key="a b" and password=hunter2.', 'key="***" and password=***'],
		[`{"detail": "bad {'sip_pass': 'abc'}"}`, `{"detail": "bad {'sip_pass': '***'}"}`],
		['{"note": "pin=1234", "pin": "5678"}', '{"note": "pin=***", "pin": "***"}'],
		['"pin": "cut off\\', '"pin": "***"'],
		['"pin": "pin=1" pin=2', '"pin": "***" pin=***'],
		['userPin=12 auth-key=34', 'userPin=*** auth-key=***'],
	])('what stands under such a name is masked: %s', (text, expected) => {
		expect(withoutNamedSecrets(text, '***')).toBe(expected);
	});

	test.each([
		'Password: must have eight characters',
		'The key: see the portal',
		'{"description": "pin board", "author": "me"}',
		'monkey=1&keyword=2',
		'{"pin": null, "key": true}',
		'pin is 1234',
		'a = b',
	])('what names none stays: %s', (text) => {
		expect(withoutNamedSecrets(text, '***')).toBe(text);
	});

	test('that is a refusal or a text, and not in data, where a description may say pin=1234', () => {
		const { answer } = createRedactor([]);
		expect(answer({ status: 422, body: { detail: 'bad pin=1234' } }).body).toEqual({ detail: 'bad pin=***' });
		expect(answer({ status: 200, body: 'bad pin=1234' }).body).toBe('bad pin=***');
		expect(answer({ status: 200, body: [{ id: 'a', description: 'Gate, pin=1234' }] }).body).toEqual([
			{ id: 'a', description: 'Gate, pin=1234' },
		]);
	});
});
