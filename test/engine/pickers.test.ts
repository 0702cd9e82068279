import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../sandbox';
import { credentialOf, theEngine } from './scene';

let sandbox: Sandbox;
let credential: ICredentialDataDecryptedObject;

beforeEach(async () => {
	sandbox = await startSandbox({ verifiedNumbers: ['61412345678', '61291234567', '61398765432'] });
	credential = credentialOf(sandbox);
});

afterEach(async () => {
	await sandbox.close();
});

const load = async (method: string) => await (await theEngine()).loadOptions(method, credential);
const search = async (filter?: string) =>
	(await (await theEngine()).searchList('searchTrunks', credential, filter)).results;

describe('verified numbers', () => {
	test.each(['strings', 'objects', 'wrapped-strings', 'wrapped-objects'] as const)('as %s', async (verifiedShape) => {
		sandbox.set({ verifiedShape });

		expect((await load('getVerifiedNumbers')).map(({ value }) => value)).toStrictEqual([
			'61291234567',
			'61398765432',
			'61412345678',
		]);
		expect((await load('getSmsSenders')).map(({ value }) => value)).toStrictEqual(['61412345678']);
	});

	test.each(['number', 'caller_id', 'caller_id_number', 'cli', 'did_number', 'phone_number'] as const)(
		'in objects under the key %s',
		async (verifiedKey) => {
			sandbox.set({ verifiedShape: 'objects', verifiedKey });

			expect(await load('getVerifiedNumbers')).toHaveLength(3);
		},
	);

	test('show the name that the account gave them', async () => {
		sandbox.fault({ on: 'verified', play: { status: 200, body: [{ number: '61291234567', description: ' Front desk ' }] } });

		expect(await load('getVerifiedNumbers')).toStrictEqual([
			{ name: '61291234567 · Front desk', value: '61291234567' },
		]);
	});
});

describe('trunks', () => {
	beforeEach(() => {
		sandbox.addTrunk({ username: 'CT200000', description: 'Sales team', caller_id_number: '61291234567', enabled: false });
		sandbox.addTrunk({ username: 'CT100000', description: 'Front desk', caller_id_number: '61398765432' });
		sandbox.addTrunk({ username: '90210', caller_id_number: '61412345678' });
	});

	test.each(['bare', 'wrapped'] as const)('%s, sorted, the suspended ones marked', async (trunkListShape) => {
		sandbox.set({ trunkListShape });

		expect(await search()).toStrictEqual([
			{ name: '90210', value: sandbox.trunks()[2]?.id },
			{ name: 'CT100000 · Front desk', value: sandbox.trunks()[1]?.id },
			{ name: 'CT200000 · Sales team (suspended)', value: sandbox.trunks()[0]?.id },
		]);
	});

	test.each([
		['ct1000', ['CT100000 · Front desk']],
		['SALES', ['CT200000 · Sales team (suspended)']],
		['6139876', ['CT100000 · Front desk']],
		['0412 345 678', ['90210']],
		['nothing like it', []],
	])('found by %p', async (filter, names) => {
		expect((await search(filter)).map(({ name }) => name)).toStrictEqual(names);
	});
});

const dropdowns: Array<[string, () => Promise<unknown>]> = [
	['getVerifiedNumbers', async () => await load('getVerifiedNumbers')],
	['getSmsSenders', async () => await load('getSmsSenders')],
	['searchTrunks', async () => await search()],
];

describe.each(dropdowns)('%s says what is wrong instead of showing an empty list', (method, open) => {
	const list = method === 'searchTrunks' ? 'list' : 'verified';

	test('a wrong key', async () => {
		credential = { ...credential, apiKey: 'not-the-key' };

		await expect(open()).rejects.toThrow(/^Crazytel does not accept the API key \(401\).*account API key, not the SMS API key/);
	});

	test('the SMS key', async () => {
		credential = { ...credential, apiKey: sandbox.smsApiKey };

		await expect(open()).rejects.toThrow(/^Crazytel does not accept the API key \(403\)/);
	});

	test.each([404, 405])('no such list (%d)', async (status) => {
		sandbox.fault({ on: list, times: 10, play: { status } });

		await expect(open()).rejects.toThrow(new RegExp(`^Crazytel has no address for reading .* \\(${status} at http`));
	});

	test.each([{ ok: true }, [[]], [{ colour: 'red' }], 'text', 7, { a: [], b: [] }])('an unexpected answer: %j', async (body) => {
		sandbox.fault({ on: list, times: 10, play: { status: 200, body } });

		await expect(open()).rejects.toThrow(/^Crazytel answered reading .* with (?:data in an unknown form|text that is not whole JSON) \(200\)/);
	});

	test('an empty list', async () => {
		sandbox.fault({ on: list, times: 10, play: { status: 200, body: [] } });

		await expect(open()).rejects.toThrow(/^(?:This account has no|None of the 0 verified numbers)/);
	});

	test('no server', async () => {
		await sandbox.refuse();

		await expect(open()).rejects.toThrow(/^Crazytel cannot be reached at 127\.0\.0\.1:\d+: the connection was refused/);
	});
});
