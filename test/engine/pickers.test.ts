import type { ICredentialDataDecryptedObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { Crazytel } from '../../nodes/Crazytel/Crazytel.node';
import { startSandbox, type Sandbox } from '../../sandbox';
import { credentialOf, play, theEngine } from './scene';

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
const searchPage = async (filter?: string, token?: string) =>
	await (await theEngine()).searchList('searchTrunks', credential, filter, token);
const search = async (filter?: string) => (await searchPage(filter)).results;

function everyField(fields: INodeProperties[]): INodeProperties[] {
	return fields.flatMap((field) => [
		field,
		...everyField((field.options ?? []).filter((inner): inner is INodeProperties => 'type' in inner)),
	]);
}

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
		sandbox.fault({
			on: 'verified',
			play: { status: 200, body: [{ number: '61291234567', description: ' Front desk ' }] },
		});

		expect(await load('getVerifiedNumbers')).toStrictEqual([
			{ name: '02 9123 4567 · Front desk · +61 2 9123 4567 · 61291234567', value: '61291234567' },
		]);
	});

	test('are shown as people know them, those of Australia first', async () => {
		sandbox.fault({
			on: 'verified',
			play: { status: 200, body: ['442079460958', '614123', '61131114', '61412345678', '61291234567'] },
		});

		expect(await load('getVerifiedNumbers')).toStrictEqual([
			{ name: '02 9123 4567 · +61 2 9123 4567 · 61291234567', value: '61291234567' },
			{ name: '0412 345 678 · SMS · +61 412 345 678 · 61412345678', value: '61412345678' },
			{ name: '13 11 14 · +61 13 11 14 · 61131114', value: '61131114' },
			{ name: '614123 · SMS', value: 'verified:614123' },
			{ name: '+44 2079460958 · 442079460958', value: '+442079460958' },
		]);
	});

	// n8n looks for what is typed in the names alone, as it stands.
	test.each([
		['02 9', '61291234567'],
		['+61 2', '61291234567'],
		['612', '61291234567'],
		['0412', '61412345678'],
		['+61 4', '61412345678'],
		['sms', '61412345678'],
	])('are found by %p', async (typed, number) => {
		const found = (await load('getVerifiedNumbers')).filter(({ name }) => name.toLowerCase().includes(typed));

		expect(found.map(({ value }) => value)).toStrictEqual([number]);
	});
});

describe.each(['getVerifiedNumbers', 'getSmsSenders'])(
	'%s without a credential, as n8n asks for a node that was just added',
	(method) => {
		const unloaded = async () => await (await theEngine()).loadOptions(method);

		test('asks Crazytel nothing, and offers the one entry that has the list loaded', async () => {
			const name = 'Load the numbers, then choose one';

			expect(await unloaded()).toStrictEqual([
				{ name, value: name, description: 'Choose a credential above, take this, then open the list again' },
			]);
			expect(sandbox.requests).toStrictEqual([]);
		});

		test('is refused where that entry was taken and no number after it', async () => {
			const [entry] = await unloaded();
			const { told } = await play(sandbox, {
				items: [{}],
				parameters: { operation: 'create', callerIdNumber: entry?.value as string },
			});

			expect(told).toMatch(
				/^Caller ID 'Load the numbers, then choose one' cannot be read as a phone number\. Use a number such as/,
			);
			expect(sandbox.requests).toStrictEqual([]);
		});

		test('has n8n load the list when that entry is taken, and not when a number is', async () => {
			sandbox.fault({
				on: 'verified',
				times: 9,
				play: { status: 200, body: ['61412345678', '442079460958', '614123', '123456789012345'] },
			});
			const fields = everyField(new Crazytel().description.properties).filter(
				({ typeOptions }) => typeOptions?.loadOptionsMethod === method,
			);
			expect(fields.length).toBeGreaterThan(2);
			for (const { name, typeOptions } of fields) {
				const [, dropdown, place] = /^&(\w+)\[(\d+)\]$/.exec(String(typeOptions?.loadOptionsDependsOn)) ?? [];
				expect(dropdown).toBe(name);
				const there = (options: INodePropertyOptions[]) => options.map(({ value }) => String(value)[Number(place)]);

				expect(there(await unloaded())).toStrictEqual([expect.any(String)]);
				expect(new Set(there(await load(method)))).toStrictEqual(new Set([undefined]));
			}
		});
	},
);

describe('trunks', () => {
	beforeEach(() => {
		sandbox.addTrunk({
			username: 'CT200000',
			description: 'Sales team',
			caller_id_number: '61291234567',
			enabled: false,
		});
		sandbox.addTrunk({ username: 'CT100000', description: 'Front desk', caller_id_number: '61398765432' });
		sandbox.addTrunk({ username: '90210', caller_id_number: '61412345678' });
	});

	test.each(['bare', 'wrapped'] as const)('%s, sorted, the suspended ones marked', async (trunkListShape) => {
		sandbox.set({ trunkListShape });

		expect(await search()).toStrictEqual([
			{ name: '90210 · +61 412 345 678', value: sandbox.trunks()[2]?.id },
			{ name: 'CT100000 · Front desk · +61 3 9876 5432', value: sandbox.trunks()[1]?.id },
			{ name: 'CT200000 · Sales team · +61 2 9123 4567 (suspended)', value: sandbox.trunks()[0]?.id },
		]);
	});

	test.each([
		['ct1000', ['CT100000 · Front desk · +61 3 9876 5432']],
		['SALES', ['CT200000 · Sales team · +61 2 9123 4567 (suspended)']],
		['suspended', ['CT200000 · Sales team · +61 2 9123 4567 (suspended)']],
		['desk · +61 3 9', ['CT100000 · Front desk · +61 3 9876 5432']],
		['6139876', ['CT100000 · Front desk · +61 3 9876 5432']],
		['+61 3 98', ['CT100000 · Front desk · +61 3 9876 5432']],
		['+61 (0)3 9876 5432', ['CT100000 · Front desk · +61 3 9876 5432']],
		['0412', ['90210 · +61 412 345 678']],
		['04123', ['90210 · +61 412 345 678']],
		['0412-345', ['90210 · +61 412 345 678']],
		['0412 345 678', ['90210 · +61 412 345 678']],
		['(02) 91', ['CT200000 · Sales team · +61 2 9123 4567 (suspended)']],
		// Digits are no beginning of a number where they stand in its middle.
		['12 3456', []],
		['nothing like it', []],
	])('found by %p', async (filter, names) => {
		expect((await search(filter)).map(({ name }) => name)).toStrictEqual(names);
	});

	test.each(['cafe', 'CAFÉ', 'café lune', 'cafe\u0301'])('found by %p, whatever the accents', async (filter) => {
		sandbox.addTrunk({ username: 'CT300000', description: 'Café Lune', caller_id_number: '61412345678' });

		expect((await search(filter)).map(({ name }) => name)).toStrictEqual(['CT300000 · Café Lune · +61 412 345 678']);
	});

	test('of one name are told apart by their caller ID', async () => {
		const body = ['61412345678', '442079460958', null].map((number, index) => ({
			id: `trunk ${index}`,
			description: 'Sales',
			caller_id_number: number,
		}));
		sandbox.fault({ on: 'list', play: { status: 200, body } });

		expect((await search()).map(({ name }) => name)).toStrictEqual([
			'Sales',
			'Sales · +44 2079460958',
			'Sales · +61 412 345 678',
		]);
	});

	test('of no name goes by its ID', async () => {
		sandbox.fault({ on: 'list', play: { status: 200, body: [{ id: 'trunk 1', username: null, description: '' }] } });

		expect((await search()).map(({ name }) => name)).toStrictEqual(['trunk 1']);
	});

	test('are handed out a page at a time, each once, also among those that were searched for', async () => {
		const body = Array.from({ length: 1_001 }, (_, index) => ({
			id: `trunk ${index}`,
			username: String(index),
			description: index % 2 ? 'odd' : 'even',
		}));
		sandbox.fault({ on: 'list', times: 99, play: { status: 200, body } });
		const pages = async (filter?: string) => {
			const read = [await searchPage(filter)];
			for (let token = read[0]?.paginationToken; token !== undefined; token = read.at(-1)?.paginationToken) {
				read.push(await searchPage(filter, token as string));
			}
			return read.map(({ results }) => results);
		};

		const all = await pages();
		expect(all.map(({ length }) => length)).toStrictEqual([200, 200, 200, 200, 200, 1]);
		expect(new Set(all.flat().map(({ value }) => value)).size).toBe(1_001);
		const odd = await pages('odd');
		expect(odd.map(({ length }) => length)).toStrictEqual([200, 200, 100]);
		expect(odd.flat().every(({ name }) => name.endsWith(' · odd'))).toBe(true);
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

		await expect(open()).rejects.toThrow(
			/^Crazytel does not accept the API key \(401\).*account API key, not the SMS API key/,
		);
	});

	test('the SMS key', async () => {
		credential = { ...credential, apiKey: sandbox.smsApiKey };

		await expect(open()).rejects.toThrow(/^Crazytel does not accept the API key \(403\)/);
	});

	test.each([404, 405])('no such list (%d)', async (status) => {
		sandbox.fault({ on: list, times: 10, play: { status } });

		await expect(open()).rejects.toThrow(new RegExp(`^Crazytel has no address for reading .* \\(${status} at http`));
	});

	test.each([{ ok: true }, [[]], [{ colour: 'red' }], 'text', 7, { a: [], b: [] }])(
		'an unexpected answer: %j',
		async (body) => {
			sandbox.fault({ on: list, times: 10, play: { status: 200, body } });

			await expect(open()).rejects.toThrow(
				/^Crazytel answered reading .* with (?:data in an unknown form|text that is not whole JSON) \(200\)/,
			);
		},
	);

	test('an empty list', async () => {
		sandbox.fault({ on: list, times: 10, play: { status: 200, body: [] } });

		await expect(open()).rejects.toThrow(/^(?:This account has no|None of the 0 verified numbers)/);
	});

	test('no server', async () => {
		await sandbox.refuse();

		await expect(open()).rejects.toThrow(/^Crazytel cannot be reached at 127\.0\.0\.1:\d+: the connection was refused/);
	});
});

/** What every dropdown of the registry shows: numbers as its values, numbers beside something else, or none at all. */
const SHOWS: Record<string, 'numbers' | 'things with a number' | 'no numbers'> = {
	getAddresses: 'no numbers',
	getOwners: 'no numbers',
	getSmsSenders: 'numbers',
	getVerifiedNumbers: 'numbers',
	searchPhoneNumbers: 'numbers',
	searchTrunks: 'things with a number',
};

describe('every dropdown shows numbers as people know them', () => {
	const { loadOptions, listSearch } = new Crazytel().methods;

	test('none is forgotten', () => {
		expect(Object.keys({ ...loadOptions, ...listSearch }).sort()).toStrictEqual(Object.keys(SHOWS).sort());
	});

	test.each(Object.entries(SHOWS))('%s: %s', async (method, shows) => {
		for (const number of sandbox.verifiedNumbers()) {
			sandbox.addTrunk({ username: `CT${number.slice(-6)}`, caller_id_number: number });
			sandbox.numbers.add({ did_number: number });
		}
		const engine = await theEngine();
		const entries = Object.hasOwn(loadOptions, method)
			? await engine.loadOptions(method, credential)
			: (await engine.searchList(method, credential)).results;
		const known: Record<string, string> = {
			'+61 2 9123 4567': '61291234567',
			'+61 3 9876 5432': '61398765432',
			'+61 412 345 678': '61412345678',
		};

		expect(entries.length).toBeGreaterThan(0);
		for (const { name, value } of entries) {
			const found = Object.keys(known).filter((number) => name.split(' · ').includes(number));
			expect(found).toHaveLength(shows === 'no numbers' ? 0 : 1);
			// A number as the API has it stands at the end at most, for whoever types it.
			expect(name.replace(/ · 61\d+$/, '')).not.toMatch(/\d{8}/);
			if (shows === 'numbers') expect(value).toBe(known[found[0] ?? '']);
		}
	});
});
