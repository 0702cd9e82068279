import type { INodeParameters } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../sandbox';
import { hintsOf, play, writes } from './scene';

const TRUNK_ID = '3f2b8c1e-5a4d-4c6b-9e7f-0a1b2c3d4e5f';
/** As an expression: an empty field is refused by n8n before the node runs. */
const byId = (value: string) => ({ __rl: true, mode: 'id', value: `={{ "${value}" }}` });

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await startSandbox();
});

afterEach(async () => {
	await sandbox.close();
});

/** What is refused before anything leaves, and what the message must say. */
const refused: Array<[string, INodeParameters, RegExp]> = [
	[
		'a password that breaks the rule',
		{ operation: 'create', passwordSource: 'enter', password: 'short', callerIdNumber: '61291234567' },
		/^Password cannot be used: it has 5 characters, has no upper-case letter.* Crazytel wants at least 8 characters/,
	],
	[
		'no password where one is to be entered',
		{ operation: 'create', passwordSource: 'enter', password: '={{ $json.none }}', callerIdNumber: '61291234567' },
		/^Password is empty\. Fill it in/,
	],
	[
		'a number that cannot be read',
		{ operation: 'create', callerIdNumber: 'ask Jim' },
		/^Caller ID 'ask Jim' cannot be read as a phone number\. Use a number such as 61291234567/,
	],
	['no number at all', { operation: 'create', callerIdNumber: '={{ "" }}' }, /^Caller ID is empty\. Fill it in/],
	[
		'a sender that is not 614…',
		{ operation: 'create', callerIdNumber: '61291234567', additionalFields: { smsSender: '0291234567' } },
		/^SMS Sender '0291234567' cannot send SMS: .*starts with 614/,
	],
	['no trunk', { operation: 'enable', trunk: byId('') }, /^Trunk is empty\. Choose the trunk from the list/],
	[
		'an update without a field',
		{ operation: 'update', trunk: byId(TRUNK_ID), updateFields: {} },
		/^Update Fields has no field\. Add at least one/,
	],
	[
		'an update whose expression found nothing',
		{ operation: 'update', trunk: byId(TRUNK_ID), updateFields: { callerIdNumber: '={{ $json.none }}' } },
		/^Caller ID is empty\..*expression/,
	],
	[
		'a switch that is neither on nor off',
		{ operation: 'update', trunk: byId(TRUNK_ID), updateFields: { enabled: '={{ "Y" }}' } },
		/^Enabled must be true or false, and it is 'Y'\. Say in an expression which value means on, e\.g\. \{\{ \$json\.x === 'Active' \}\}\./,
	],
	[
		'an unticked box that a table leaves out, in a new trunk',
		{ operation: 'create', callerIdNumber: '61291234567', additionalFields: { enabled: '={{ $json.Active }}' } },
		/^Enabled is empty\. Fill it in, or remove the field\. .*for an unticked box write \{\{ \$json\.Active \?\? false \}\}\./,
	],
	[
		'an unticked box that a table leaves out, in an update',
		{ operation: 'update', trunk: byId(TRUNK_ID), updateFields: { enabled: '={{ $json.Active }}' } },
		/^Enabled is empty\. .*Ignore Empty.*for an unticked box write \{\{ \$json\.Active \?\? false \}\}\./,
	],
	[
		'a whole locator that is an object without an id',
		{ operation: 'suspend', trunk: '={{ ({ username: "CT123456" }) }}' },
		/^Trunk is an object without an id\. Choose the trunk from the list/,
	],
	[
		'a whole locator that is a list',
		{ operation: 'suspend', trunk: '={{ [$json] }}' },
		/^Trunk is a list, and one trunk is meant\. Choose the trunk from the list/,
	],
	[
		'a description that was nothing before it became a text',
		{ operation: 'create', callerIdNumber: '61291234567', trunkDescription: '={{ String($json.name ?? null) }}' },
		/^Description 'null' is what stands for a missing value, not a text\./,
	],
	[
		"n8n's own choice among the operations",
		{ operation: '__CUSTOM_API_CALL__' },
		/^Custom API Call is made by another node\. Add an HTTP Request, set its Authentication to Predefined Credential Type, and choose Crazytel API\./,
	],
	[
		"n8n's own choice among the resources",
		{ resource: '__CUSTOM_API_CALL__' },
		/^Custom API Call is made by another node/,
	],
	[
		'an area code that does not exist',
		{ operation: 'update', trunk: byId(TRUNK_ID), updateFields: { areaCode: '99' } },
		/^Area Code '99' is not an Australian area code\. Use 02, 03, 07 or 08\./,
	],
	[
		'an unknown way to choose the password',
		{
			operation: 'create',
			passwordSource: '={{ "none" }}',
			password: 'unused',
			callerIdNumber: '61291234567',
		},
		/^Password Source is neither generate nor enter\. Use one of them\./,
	],
];

describe('nothing at all leaves for', () => {
	test.each(refused)('%s', async (_what, parameters, words) => {
		const { error, told, good } = await play(sandbox, { items: [{}], parameters });

		expect(told).toMatch(words);
		expect(error?.name).toBe('NodeOperationError');
		expect(error?.description).toContain('Nothing was written.');
		expect(good).toStrictEqual([]);
		expect(sandbox.requests).toStrictEqual([]);
	});
});

test('every problem of an item is in one message', async () => {
	const { told } = await play(sandbox, {
		items: [{}],
		parameters: {
			operation: 'create',
			passwordSource: 'enter',
			password: 'nodigitsHere',
			callerIdNumber: '12',
			additionalFields: { areaCode: 'x' },
		},
	});

	expect(told).toMatch(/Area Code 'x' .*Caller ID '12' .*Password cannot be used/);
});

describe('an error about the description names the field of that form', () => {
	const continued = { onError: 'continueErrorOutput' as const };

	test.each<[string, INodeParameters, string]>([
		[
			'Create',
			{ operation: 'create', callerIdNumber: '61291234567', trunkDescription: 'x'.repeat(1_001) },
			'trunkDescription',
		],
		[
			'Create or Update',
			{ operation: 'upsert', callerIdNumber: '61291234567', trunkDescription: '={{ $json.none }}' },
			'trunkDescription',
		],
		[
			'Update',
			{ operation: 'update', trunk: byId(TRUNK_ID), updateFields: { description: '={{ $json.none }}' } },
			'updateFields.description',
		],
	])('that cannot be used, in %s', async (_operation, parameters, parameter) => {
		const { failed } = await play(sandbox, { items: [{}], parameters, node: continued });
		expect(failed).toMatchObject([
			{ error: expect.stringMatching(/^Description /) as unknown, details: { field: 'Description', parameter } },
		]);
	});

	test.each<[string, 'create' | 'update', INodeParameters, string]>([
		[
			'Create',
			'create',
			{ operation: 'create', callerIdNumber: '61291234567', trunkDescription: 'Acme' },
			'trunkDescription',
		],
		[
			'Create or Update of a new trunk',
			'create',
			{ operation: 'upsert', callerIdNumber: '61291234567', trunkDescription: 'Acme' },
			'trunkDescription',
		],
		[
			'Update',
			'update',
			{ operation: 'update', trunk: byId(TRUNK_ID), updateFields: { description: 'Acme' } },
			'updateFields.description',
		],
	])('that Crazytel refuses, in %s', async (_operation, on, parameters, parameter) => {
		sandbox.addTrunk({ id: TRUNK_ID });
		sandbox.fault({
			on,
			play: { status: 422, body: { detail: [{ loc: ['body', 'description'], msg: 'too odd', type: 'value_error' }] } },
		});
		const { failed } = await play(sandbox, { items: [{}], parameters, node: continued });
		expect(failed).toMatchObject([
			{
				error: expect.stringContaining('too odd') as unknown,
				details: { httpCode: '422', field: 'Description', parameter },
			},
		]);
	});
});

test('Create: a description that is empty is left out, as by somebody who gives none', async () => {
	for (const trunkDescription of ['', '={{ $json.none }}', '={{ "  " }}']) {
		await play(sandbox, {
			items: [{}],
			parameters: { operation: 'create', callerIdNumber: '61291234567', trunkDescription },
		});
	}
	const bodies = sandbox.requests
		.filter(({ kind }) => kind === 'create')
		.map(({ body }) => Object.keys(body as object).sort());
	expect(bodies).toEqual(Array(3).fill(['caller_id_number', 'password']));
});

test.each(['create', 'upsert', 'rotatePassword'])(
	'%s: a password that is to be entered is required where it is shown, and n8n starts nothing without',
	async (operation) => {
		const others = { callerIdNumber: '61291234567', trunkDescription: 'Acme', trunk: byId(TRUNK_ID) };
		const run = play(sandbox, { items: [{}], parameters: { operation, ...others, passwordSource: 'enter' } });
		await expect(run).rejects.toThrow(/Parameter "Password" is required/);
		expect(sandbox.requests).toEqual([]);
	},
);

test('a password source that an expression chooses: n8n wants a password there too, and a generated one is taken all the same', async () => {
	const parameters = {
		operation: 'create',
		callerIdNumber: '61291234567',
		passwordSource: '={{ $json.source }}',
		options: { includePassword: true },
	};
	await expect(play(sandbox, { items: [{ source: 'generate' }], parameters })).rejects.toThrow(
		/Parameter "Password" is required/,
	);

	const items = [{ source: 'generate' }, { source: 'enter', secret: 'Correct1Horse' }];
	const { good } = await play(sandbox, { items, parameters: { ...parameters, password: '={{ $json.secret }}' } });
	expect(good).toMatchObject([
		{ password: expect.stringMatching(/^[A-Za-z0-9]{24}$/) as unknown },
		{ password: 'Correct1Horse' },
	]);
});

describe('Check Numbers', () => {
	test('refuses an unverified number and lists the verified ones; no write leaves', async () => {
		const { told } = await play(sandbox, {
			items: [{}],
			parameters: { operation: 'create', callerIdNumber: '0299999999' },
		});

		expect(told).toBe(
			`Caller ID '0299999999' (read as 61299999999) is not verified for this account. Use one of the verified numbers: ${sandbox.verifiedNumbers().join(', ')}. Nothing was written.`,
		);
		expect(writes(sandbox)).toStrictEqual([]);
	});

	test('offers only mobile numbers for the SMS sender', async () => {
		const { told } = await play(sandbox, {
			items: [{}],
			parameters: {
				operation: 'create',
				callerIdNumber: '61291234567',
				additionalFields: { smsSender: '0400000000' },
			},
		});

		expect(told).toBe(
			"SMS Sender '0400000000' (read as 61400000000) is not verified for this account. Use one of the verified numbers: 61412345678, 61498765432. Nothing was written.",
		);
		expect(writes(sandbox)).toStrictEqual([]);
	});

	test('is off when the user says so: then the API decides, and its words arrive', async () => {
		const { error, told } = await play(sandbox, {
			items: [{}],
			parameters: {
				operation: 'create',
				callerIdNumber: '0299999999',
				options: { checkNumbers: '={{ "false" }}' },
			},
		});

		expect(sandbox.requests.map(({ kind }) => kind)).toStrictEqual(['list', 'create']);
		expect(told).toMatch(/^Crazytel refuses the Caller ID \(400\)\. Crazytel says: "/);
		expect(error?.httpCode).toBe('400');
	});

	test.each([404, 405, 500, 502])('lets the API decide where the list answers %d, and says so', async (status) => {
		sandbox.fault({ on: 'verified', times: 10, play: { status } });
		const scene = await play(sandbox, {
			items: [{}, {}],
			parameters: { operation: 'create', callerIdNumber: '61291234567' },
		});

		expect(scene.good).toHaveLength(2);
		expect(hintsOf(scene)[0]).toMatch(/^The numbers were not checked before writing/);
	});

	test.each(['wrapped-strings', 'objects', 'wrapped-objects', 'strings'] as const)(
		'reads the list as %s',
		async (verifiedShape) => {
			sandbox.set({ verifiedShape, verifiedKey: 'did_number' });
			const { good, error } = await play(sandbox, {
				items: [{}],
				parameters: { operation: 'create', callerIdNumber: '+61 2 9123 4567' },
			});

			expect(error).toBeUndefined();
			expect(good).toHaveLength(1);
		},
	);

	test('says it in one message, without a write, when the key is wrong', async () => {
		const { told } = await play(sandbox, {
			items: [{}, {}],
			parameters: { operation: 'create', callerIdNumber: '61291234567' },
			credential: { apiKey: 'not-the-key', baseUrl: sandbox.url, requestsPerMinute: 0 },
		});

		expect(told).toMatch(/^Crazytel does not accept the API key \(401\)\..*account API key, not the SMS API key/);
		expect(writes(sandbox)).toStrictEqual([]);
	});

	test('the SMS key is refused at the first write, with the same words', async () => {
		const { told } = await play(sandbox, {
			items: [{}, {}],
			parameters: { operation: 'create', callerIdNumber: '61291234567' },
			credential: { apiKey: sandbox.smsApiKey, baseUrl: sandbox.url, requestsPerMinute: 0 },
		});

		expect(told).toMatch(/^Crazytel does not accept the API key \(403\)\..*account API key, not the SMS API key/);
		expect(writes(sandbox)).toHaveLength(1);
		expect(sandbox.trunks()).toStrictEqual([]);
	});
});

test.each([
	[{ apiKey: '', baseUrl: 'http://127.0.0.1:1' }, /^API Key of the credential is empty\./],
	[{ apiKey: 'two words', baseUrl: 'http://127.0.0.1:1' }, /^API Key of the credential has a space/],
	[{ apiKey: 'k-123456', baseUrl: 'crazytel' }, /^Base URL of the credential is not a web address/],
	[{ apiKey: 'k-123456', baseUrl: 'http://crazytel.io' }, /^Base URL of the credential must begin with https/],
])('a credential that cannot work is refused before any request (%#)', async (credential, words) => {
	const { told } = await play(sandbox, {
		items: [{}],
		parameters: { operation: 'suspend', trunk: byId(TRUNK_ID) },
		credential,
	});

	expect(told).toMatch(words);
});

test('a node without a credential fails each item in Continue mode, not the run', async () => {
	const { failed, run } = await play(sandbox, {
		items: [{}, {}],
		parameters: { operation: 'suspend', trunk: byId(TRUNK_ID) },
		node: { credentials: undefined, onError: 'continueErrorOutput' },
	});

	expect(run.data.resultData.error).toBeUndefined();
	expect(failed).toMatchObject([
		{ row: 0, error: expect.stringMatching(/credential/i) },
		{ row: 1, error: expect.stringMatching(/credential/i) },
	]);
});
