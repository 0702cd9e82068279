import type { ApiError } from '../../../../../nodes/Crazytel/api/apiError';
import { errorOfAnswer } from '../../../../../nodes/Crazytel/api/explain';
import type { ApiRequest } from '../../../../../nodes/Crazytel/api/request';
import {
	createRequest,
	deleteRequest,
	listRequest,
	passwordRequest,
	updateRequest,
} from '../../../../../nodes/Crazytel/resources/shared/trunks/endpoints';

const ID = '3f2b8c1e-5a4d-4c6b-9e7f-0a1b2c3d4e5f';
const BASE = 'https://crazytel.io';

const settings = { caller_id_number: '61291234567', sms_sender: '61412345678', password: 'Secret1Pass' };
const create = createRequest(settings);
const update = updateRequest(ID, { enabled: false });
const rotate = passwordRequest(ID, { password: 'Secret1Pass' });
const remove = deleteRequest(ID);
const list = listRequest();

function answered(request: ApiRequest<unknown>, status: number, body: unknown = ''): ApiError {
	return errorOfAnswer(request, { status, headers: {}, body }, BASE);
}

describe('a request', () => {
	test.each<[string, ApiRequest<unknown>, object]>([
		[
			'lists all trunks',
			list,
			{ method: 'GET', path: '/api/v1/sip-trunks/', endpoint: { name: 'listTrunks', effect: 'read' } },
		],
		[
			'creates a trunk',
			create,
			{
				method: 'POST',
				path: '/api/v1/sip-trunks/',
				body: settings,
				endpoint: { name: 'createTrunk', effect: 'make' },
			},
		],
		[
			'changes a trunk',
			update,
			{
				method: 'PATCH',
				path: `/api/v1/sip-trunks/${ID}`,
				body: { enabled: false },
				endpoint: { name: 'updateTrunk', effect: 'set' },
			},
		],
		[
			'sets a password',
			rotate,
			{ method: 'PATCH', path: `/api/v1/sip-trunks/${ID}`, endpoint: { name: 'setPassword', effect: 'set' } },
		],
		[
			'deletes a trunk',
			remove,
			{ method: 'DELETE', path: `/api/v1/sip-trunks/${ID}`, endpoint: { name: 'deleteTrunk', effect: 'remove' } },
		],
	])('%s at the address of the API, to the last slash', (_, request, expected) => {
		expect(request).toMatchObject(expected);
	});

	test('knows the password that it sends, and no other secret', () => {
		expect([create, update, rotate].map(({ secrets }) => secrets)).toEqual([['Secret1Pass'], [], ['Secret1Pass']]);
	});

	test.each([updateRequest('../balance?x=1', {}), deleteRequest('../balance?x=1')])(
		'of $endpoint.name cannot leave its address',
		({ path }) => {
			expect(path).toBe('/api/v1/sip-trunks/..%2Fbalance%3Fx%3D1');
		},
	);

	test.each(['.', '..', '../balance?x=1', '', ' ', ID.slice(1), `${ID}/`, `${ID}\n`])(
		'to a trunk with the id %j is not sent',
		(id) => {
			for (const request of [updateRequest(id, {}), passwordRequest(id, {}), deleteRequest(id)]) {
				expect(request.unsendable).toMatch(
					/^Crazytel shows '.*' as the ID of this trunk, and that is no trunk ID\. Nothing was sent for it\./,
				);
			}
		},
	);

	test.each([ID, ID.toUpperCase()])('to a trunk with the id %j is', (id) => {
		for (const request of [updateRequest(id, {}), passwordRequest(id, {}), deleteRequest(id), create, list])
			expect(request.unsendable).toBeUndefined();
	});
});

describe('an answer', () => {
	const trunk = { id: ID, username: 'CT123456', enabled: false };

	test('is read without its password, of whatever request', () => {
		const body = { ...trunk, password: 'Canary7Abc' };
		for (const { endpoint } of [create, update, rotate]) expect(endpoint.read(body)).toStrictEqual(trunk);
		expect(list.endpoint.read([body])).toStrictEqual([trunk]);
	});

	test('to a delete may have no body', () => {
		expect(remove.endpoint.read(undefined)).toEqual({ deleted: true });
	});
});

describe('a refusal, in words for people', () => {
	const page = '<html><title>Welcome</title></html>';
	const gone = 'If every trunk is missing, check the Base URL in the credential.';
	const address = 'Check the Base URL in the credential: it is https://crazytel.io.';
	const naming = (field: string) => ({ detail: [{ loc: ['body', field], msg: 'bad' }] });

	test.each<[string, ApiRequest<unknown>, number, unknown, string]>([
		[
			'404 of a trunk',
			update,
			404,
			{ detail: 'Not found' },
			`Trunk '${ID}' does not exist in this account (404). Crazytel says: "Not found". Check its ID, or choose it again; it may have been deleted. ${gone}`,
		],
		[
			'404 of a trunk whose password is set',
			rotate,
			404,
			'',
			`Trunk '${ID}' does not exist in this account (404). Check its ID, or choose it again; it may have been deleted. ${gone}`,
		],
		[
			'404 of a trunk to delete',
			remove,
			404,
			{ detail: 'Not found' },
			`Trunk '${ID}' is already gone (404), or Crazytel has no way to delete trunks. Crazytel says: "Not found". Look for it in the Crazytel portal: that trunks can be deleted is not in the public documentation. If every trunk is gone, check the Base URL in the credential.`,
		],
		[
			'404 with a web page says nothing of the trunk',
			update,
			404,
			page,
			`Crazytel has no address for changing the trunk (404 at https://crazytel.io/api/v1/sip-trunks/${ID}). It answered with a web page titled "Welcome", as a proxy in between does. ${address}`,
		],
		[
			'404 of the list',
			list,
			404,
			'',
			"Crazytel has no address for reading the list of trunks (404 at https://crazytel.io/api/v1/sip-trunks/). Give the trunk's ID instead of choosing it: this account may have no list. Or check the Base URL in the credential: it is https://crazytel.io.",
		],
		[
			'405 of the list',
			list,
			405,
			'',
			"Crazytel has no address for reading the list of trunks (405 at https://crazytel.io/api/v1/sip-trunks/). Give the trunk's ID instead of choosing it: this account may have no list. Or check the Base URL in the credential: it is https://crazytel.io.",
		],
		[
			'400 with two numbers',
			create,
			400,
			'',
			'Crazytel refuses the Caller ID or the SMS Sender (400). Choose a verified number from the list, or verify this one in the Crazytel portal first.',
		],
		[
			'400 with one number',
			updateRequest(ID, { sms_sender: '61412345678' }),
			400,
			{ detail: 'No' },
			'Crazytel refuses the SMS Sender (400). Crazytel says: "No". Choose a verified number from the list, or verify this one in the Crazytel portal first.',
		],
		[
			'400 with numbers, that names a field',
			create,
			400,
			naming('sms_sender'),
			'Crazytel refuses the settings (400). SMS Sender: bad. Correct it and run again.',
		],
		[
			'400 without a number',
			update,
			400,
			'',
			'Crazytel refused changing the trunk (400). Check the values and run again.',
		],
		[
			'422 with a password',
			create,
			422,
			'No',
			'Crazytel refuses the settings, in most cases the Password (422). Crazytel says: "No". Correct it and run again.',
		],
		[
			'422 with a password, that names another field',
			create,
			422,
			naming('area_code'),
			'Crazytel refuses the settings (422). Area Code: bad. Correct it and run again.',
		],
		['422 without a password', update, 422, '', 'Crazytel refuses the settings (422). Correct it and run again.'],
		[
			'500 of a creation',
			create,
			500,
			'',
			'Crazytel failed while creating the trunk (500). It is unknown whether the trunk exists. Look for it in the Crazytel portal before you run this again, or a second one may be made.',
		],
		[
			'500 of a change',
			update,
			500,
			'',
			'Crazytel failed while changing the trunk (500). It is unknown whether the change was made. Running it again is safe: it sets the same values.',
		],
		[
			'503 of a password',
			rotate,
			503,
			'',
			'Crazytel failed while setting the password (503). It is unknown whether the trunk has its new password. Run this again: it sets a password once more, and shows that one if it was generated.',
		],
		[
			'500 of a delete',
			remove,
			500,
			'',
			'Crazytel failed while deleting the trunk (500). It is unknown whether the trunk is gone. Running it again is safe: of a trunk that is gone it says so.',
		],
	])('%s', (_, request, status, body, words) => {
		expect(answered(request, status, body).message).toBe(words);
	});

	test('names the settings by which the editor marks the fields', () => {
		expect(answered(create, 400).fields).toStrictEqual(['caller_id_number', 'sms_sender']);
		expect(answered(create, 422, naming('password')).fields).toStrictEqual(['password']);
		expect(answered(create, 422).fields).toStrictEqual([]);
	});

	test('tells a trunk that is gone from a list that is not there', () => {
		expect([update, rotate, remove, create, list].map((request) => answered(request, 404).kind)).toEqual([
			'gone',
			'gone',
			'gone',
			'refused',
			'refused',
		]);
	});
});
