import type { INodeParameters } from 'n8n-workflow';

import { crazytelNode } from '../../engine';
import { Crazytel } from '../../nodes/Crazytel/Crazytel.node';
import { startSandbox, type Sandbox, type Switches } from '../../sandbox';
import { countOf, credentialOf, hintsOf, play, type Scene, theEngine, time } from '../engine/scene';

const NUMBER = '61291234567';
const ADDRESS = 'a1f0c3d2-1111-4a11-8a11-0000000000a1';
const OWNER = 'b2e0c3d2-1111-4b11-8b11-0000000000b1';
const OFFER = '61291110000';

let sandbox: Sandbox;

afterEach(async () => void (await sandbox.close()));

async function open(switches: Partial<Switches> = {}): Promise<void> {
	sandbox = await startSandbox({ now: time.now, switches: { rateLimit: 0, ...switches } });
	sandbox.numbers.add({
		did_number: NUMBER,
		description: 'Sales',
		primary_route: 'server',
		primary_destination: 'CT000001',
		backup_route: 'congestion',
	});
	sandbox.numbers.offer({ did_number: OFFER });
}

async function run(operation: string, parameters: INodeParameters, items = [{}]): Promise<Scene> {
	return await play(sandbox, { items, parameters: { resource: 'phoneNumber', operation, ...parameters } });
}

const sent = () =>
	sandbox.requests.map(({ method, path, rawBody }) => `${method} ${path}${rawBody === '' ? '' : ` ${rawBody}`}`);
const writes = () => sent().filter((line) => !line.startsWith('GET'));
const outputs = ({ good }: Scene) =>
	good.map((output) => Object.fromEntries(Object.entries(output).filter(([name]) => name !== 'looked')));

const LIST = 'GET /api/v1/phone-numbers/';
const byNumber = { phoneNumber: { __rl: true, mode: 'number', value: '(02) 9123 4567' } as unknown as string };
const purchase: INodeParameters = {
	number: OFFER,
	addressId: ADDRESS,
	ownerId: OWNER,
	route: 'device',
	destination: 'CT000001',
	acceptCharge: true,
};

describe('each operation sends exactly what is documented', () => {
	beforeEach(async () => await open());

	test('Search Available: what was added as a filter, and one request for equal ones', async () => {
		const filters = { city: '={{ $json.city }}', country: 'AU', numberType: 'local', state: 'NSW' };
		await run('searchAvailable', { filters }, [{ city: 'Sydney' }, { city: 'Sydney' }, { city: 'Coffs_Harbour' }]);
		const path = 'GET /api/v1/phone-numbers/available-numbers/';
		const query = (city: string) => `?city=${city}&country=AU&number_type=local&state=NSW`;
		expect(sent()).toStrictEqual([`${path}${query('Sydney')}`, `${path}${query('Coffs_Harbour')}`]);
		await run('searchAvailable', {});
		expect(sent()[2]).toBe(path);
	});

	test.each(['get', 'getAll'])('%s: one list, however many items', async (operation) => {
		await run(operation, byNumber, [{}, {}, {}]);
		expect(sent()).toStrictEqual([LIST]);
	});

	test('Update: the number in the body, and the fields that were added', async () => {
		await run('update', {
			...byNumber,
			updateFields: { description: '', timeout: '45', backupDestination: 'CT000002' },
		});
		expect(sent()).toStrictEqual([
			LIST,
			`PATCH /api/v1/phone-numbers {"did_number":"${NUMBER}","backup_destination":"CT000002","description":"","primary_timeout":45}`,
		]);
	});

	test('Route to Trunk: the route and the username of the trunk', async () => {
		const { id } = sandbox.addTrunk({ username: 'CT123456' });
		await run('routeToTrunk', { ...byNumber, trunk: { __rl: true, mode: 'id', value: id } as unknown as string });
		expect(sent().sort()).toStrictEqual(
			[
				LIST,
				'GET /api/v1/sip-trunks/',
				`PATCH /api/v1/phone-numbers {"did_number":"${NUMBER}","primary_route":"device","primary_destination":"CT123456"}`,
			].sort(),
		);
	});

	test('Buy: nothing but what was filled in', async () => {
		await run('buy', { ...purchase, number: '(02) 9111 0000' });
		expect(sent()).toStrictEqual([
			LIST,
			`POST /api/v1/phone-numbers/purchase {"did_number":"${OFFER}","address_id":"${ADDRESS}","person_id":"${OWNER}","primary_route":"device","primary_destination":"CT000001"}`,
			LIST,
		]);
	});
});

describe('the list of owned numbers', () => {
	test.each([[307], [404], [405]] as const)(
		'is found in the form without a slash where the other one answers %d, and once',
		async (ownedListOther) => {
			await open({ ownedListSlash: false, ownedListOther });
			expect(outputs(await run('get', byNumber))).toMatchObject([{ did_number: NUMBER }]);
			expect(outputs(await run('get', byNumber))).toMatchObject([{ did_number: NUMBER }]);
			expect(sent()).toStrictEqual([LIST, LIST.slice(0, -1), LIST.slice(0, -1)]);
		},
	);

	test.each(['did_number', 'number', 'did', 'phone_number'] as const)(
		'is given as the API gives it, with the number under %s',
		async (numberKey) => {
			await open({ numberKey, numberListShape: 'wrapped' });
			const rest = Object.fromEntries(
				Object.entries(sandbox.numbers.find(NUMBER) ?? {}).filter(([name]) => name !== 'did_number'),
			);
			expect(outputs(await run('get', byNumber))).toStrictEqual([{ [numberKey]: NUMBER, ...rest }]);
		},
	);

	test('shows an id where the API has one, and invents none', async () => {
		await open({ numberIds: true });
		expect(outputs(await run('get', byNumber))[0]).toHaveProperty('id', '00000000-0000-4000-8000-061291234567');
		sandbox.set({ numberIds: false });
		expect(outputs(await run('get', byNumber))[0]).not.toHaveProperty('id');
	});

	test('comes in pages', async () => {
		await open({ pageSize: 1, pageStyle: 'next' });
		sandbox.numbers.add({ did_number: '61398765432' });
		expect(outputs(await run('getAll', {}))).toHaveLength(2);
	});
});

describe('an update', () => {
	const change = { ...byNumber, updateFields: { description: 'Support' } };

	test('that resets what it does not name is told, with what was there', async () => {
		await open({ partialNumberUpdate: false });
		const scene = await run('update', change);
		expect(scene.error).toBeUndefined();
		const words = `The phone number ${NUMBER} was also changed where nobody has asked for it: its Backup Route is nothing now and was 'congestion', its Destination is nothing now and was 'CT000001', its Route is 'congestion' now and was 'server'`;
		expect(
			hintsOf(scene)
				.join(' ')
				.replace(/&#(\d+);/g, (__, code: string) => String.fromCharCode(Number(code))),
		).toContain(words);
	});

	test('that leaves the rest alone has no hint', async () => {
		await open();
		expect(hintsOf(await run('update', change))).toStrictEqual([]);
	});

	test.each(['message', 200, 204] as const)(
		'whose answer (%p) shows nothing is seen in the list',
		async (numberUpdateAnswer) => {
			await open({ numberUpdateAnswer });
			expect(outputs(await run('update', change))).toMatchObject([{ did_number: NUMBER, description: 'Support' }]);
		},
	);

	test('to a trunk without naming one is refused where the number has none', async () => {
		await open();
		sandbox.numbers.add({ did_number: '61398765432' });
		const parameters = {
			phoneNumber: { __rl: true, mode: 'number', value: '61398765432' } as unknown as string,
			updateFields: { route: 'device' },
		};
		expect((await run('update', parameters)).told).toContain(
			'Route SIP Trunk Device needs a Destination, and the number has none.',
		);
		expect(writes()).toStrictEqual([]);
	});

	test('with Only If Changed sends nothing where all is so', async () => {
		await open();
		const scene = await run('update', {
			...byNumber,
			updateFields: { description: 'Sales' },
			options: { onlyIfChanged: true },
		});
		expect(outputs(scene)).toMatchObject([{ changed: false, changes: {} }]);
		expect(writes()).toStrictEqual([]);
	});
});

describe('Route to Trunk', () => {
	test('says when the trunk is suspended, and refuses one that is not there', async () => {
		await open();
		sandbox.addTrunk({ username: 'CT123456', enabled: false });
		const to = (value: string) => ({
			...byNumber,
			trunk: { __rl: true, mode: 'username', value } as unknown as string,
		});
		expect(hintsOf(await run('routeToTrunk', to('CT123456')))).toStrictEqual([
			'The trunk CT123456 is suspended: it takes no calls until it is enabled.',
		]);
		expect((await run('routeToTrunk', to('CT999999'))).told).toContain("'CT999999' is no username of this account");
		expect(writes()).toHaveLength(1);
	});
});

describe('Get Many', () => {
	test.each([
		['0', ['61291234567', '61312300002']],
		['02', ['61291234567']],
		['(02) 91', ['61291234567']],
		['+61 3', ['61312300002']],
		['+64', ['6491230002']],
		['0011 64', ['6491230002']],
		['9123', ['61291234567', '6491230002']],
		['02 9123 4567', ['61291234567']],
		['0400', []],
	])('the filter Number with %s', async (number, expected) => {
		await open();
		for (const did_number of ['61312300002', '6491230002']) sandbox.numbers.add({ did_number });
		expect(outputs(await run('getAll', { filters: { number } })).map(({ did_number }) => did_number)).toStrictEqual(
			expected,
		);
	});

	test('the filter Route by the name that the editor shows', async () => {
		await open();
		expect(outputs(await run('getAll', { filters: { route: '={{ "SIP Trunk Server" }}' } }))).toMatchObject([
			{ did_number: NUMBER },
		]);
	});
});

describe('Buy', () => {
	beforeEach(async () => await open());
	const spent = () => sandbox.numbers.purchases().length;

	test('is refused while Accept Charge is off, before anything is sent', async () => {
		const { told } = await run('buy', { ...purchase, acceptCharge: false });
		expect(told).toContain('Accept Charge is off: nothing was bought.');
		expect(sent()).toStrictEqual([]);
	});

	test.each(['={{ true }}', "={{ $fromAI('accept', '', 'boolean') }}", '={{ $json.accept }}'])(
		'is refused where an expression accepts the charge: %s',
		async (acceptCharge) => {
			const { told } = await run('buy', { ...purchase, acceptCharge }, [{ accept: true }]);
			expect(told).toContain('Accept Charge is set by an expression: nothing was bought.');
			expect(sent()).toStrictEqual([]);
		},
	);

	test.each([[true], { a: true }, null, '', 'perhaps'])(
		'is refused where it stands there neither on nor off: %j',
		async (acceptCharge) => {
			const { told } = await run('buy', { ...purchase, acceptCharge: acceptCharge as never });
			expect(told).toContain('Accept Charge is off: nothing was bought. Switch it on');
			expect(sent()).toStrictEqual([]);
		},
	);

	test.each([
		['Device', 'device'],
		['SIP Trunk Server', 'server'],
		['CONGESTION', 'congestion'],
		['Premium Ring Group', 'Premium Ring Group'],
	])('a route by the name that the editor shows, or in other letters, is that route: %s', async (route, expected) => {
		await run('buy', { ...purchase, route });
		expect(writes()[0]).toContain(`"primary_route":"${expected}"`);
		const { told } = await run('buy', { ...purchase, number: '61299990000', route, destination: '' });
		const name = { device: 'SIP Trunk Device', server: 'SIP Trunk Server' }[expected];
		expect(/^Destination is empty, and the Route (.*) needs one\./.exec(told)?.[1]).toBe(name);
	});

	test('of a route that is none only that is told', async () => {
		const { told } = await run('buy', { ...purchase, route: '={{ ["device"] }}', destination: '' });
		expect(told).toBe('Route must be text, and it is a list. Nothing was written.');
	});

	test('a model can choose a number, and buys nothing that the person has not accepted', async () => {
		const tool = {
			resource: 'phoneNumber',
			operation: 'buy',
			...purchase,
			number: "={{ $fromAI('number', '', 'string') }}",
		};
		const use = async (more: INodeParameters) =>
			JSON.stringify(
				await (await theEngine())
					.callTool(
						crazytelNode('Crazytel', { ...tool, ...more }),
						{ number: OFFER, accept: true },
						credentialOf(sandbox),
					)
					.catch(({ message }: Error) => message),
			);
		expect(await use({ acceptCharge: false })).toContain('Accept Charge is off');
		expect(await use({ acceptCharge: "={{ $fromAI('accept', '', 'boolean') }}" })).toContain(
			'Accept Charge is set by an expression',
		);
		expect(spent()).toBe(0);
		expect(await use({})).toContain(OFFER);
		expect(spent()).toBe(1);
	});

	test('a dry run needs no consent, and says that it would be needed', async () => {
		const scene = await run('buy', { ...purchase, acceptCharge: false, options: { dryRun: true } });
		expect(outputs(scene)).toMatchObject([{ dryRun: true, alreadyOwned: false }]);
		expect(hintsOf(scene)).toContain('Accept Charge is off: without Dry Run nothing would be bought.');
		expect(writes()).toStrictEqual([]);
	});

	test('gives what the list shows of what was bought, with what was sent', async () => {
		expect(outputs(await run('buy', { ...purchase, additionalFields: { description: 'New' } }))).toMatchObject([
			{
				did_number: OFFER,
				description: 'New',
				primary_destination: 'CT000001',
				address_id: ADDRESS,
				person_id: OWNER,
				status: 'active',
				alreadyOwned: false,
			},
		]);
	});

	test('does not buy what the account has, nor a number of two items twice', async () => {
		const owned = await run('buy', { ...purchase, number: NUMBER });
		expect(outputs(owned)).toMatchObject([{ did_number: NUMBER, description: 'Sales', alreadyOwned: true }]);
		expect(hintsOf(owned)).toStrictEqual([
			'A phone number that was there already was not bought again; in its output alreadyOwned is true.',
		]);
		const both = outputs(
			await run('buy', { ...purchase, number: '={{ $json.number }}' }, [
				{ number: OFFER },
				{ number: '(02) 9111 0000' },
			] as never),
		);
		expect(both).toMatchObject([
			{ did_number: OFFER, alreadyOwned: false },
			{ did_number: OFFER, alreadyOwned: true },
		]);
		expect(spent()).toBe(1);
	});

	test('has words for too little credit, and for a number that is gone', async () => {
		sandbox.set({ balance: 1 });
		expect((await run('buy', purchase)).told).toContain('the account has too little credit');
		expect((await run('buy', { ...purchase, number: '61891110000' })).told).toContain(
			"The number '61891110000' is not for sale, or not any more (404). Nothing was bought.",
		);
		expect(spent()).toBe(0);
	});

	test('names every field that cannot be used', async () => {
		const { told } = await run('buy', {
			...purchase,
			number: 'none',
			addressId: 'Home',
			ownerId: '={{ undefined }}',
			destination: '',
		});
		for (const field of ['Number', 'Address', 'Owner', 'Destination']) expect(told).toContain(field);
		expect(sent()).toStrictEqual([]);
	});

	test('buys once where the list cannot be read, and says what to check', async () => {
		sandbox.fault({ on: 'ownedNumbers', times: 100, play: { status: 403 } });
		const scene = await run('buy', purchase, [{}, {}]);
		expect(outputs(scene)).toMatchObject([
			{ did_number: OFFER, alreadyOwned: false },
			{ did_number: OFFER, alreadyOwned: true },
		]);
		expect(hintsOf(scene).join(' ')).toContain('Check the numbers of the account in the Crazytel portal.');
		expect(spent()).toBe(1);
	});

	test('buys nothing where the list goes on, unless what it shows has the number', async () => {
		sandbox.set({ pageSize: 1, pageStyle: 'cursor', sellsTwice: true });
		for (const did_number of ['61291110008', '61291110009']) sandbox.numbers.add({ did_number });
		const [first] = sandbox.numbers.owned();
		const { told } = await run('buy', purchase);
		expect(told).toMatch(
			new RegExp(
				`^The account may have the number ${OFFER} already: nothing was bought\\. .* Buy it in the Crazytel portal\\.`,
			),
		);
		expect(outputs(await run('buy', { ...purchase, number: first?.did_number }))).toMatchObject([
			{ did_number: first?.did_number, alreadyOwned: true },
		]);
		expect(countOf(sandbox, 'purchase')).toBe(0);
	});

	test('of a list that goes on it is not said that it could not be read', async () => {
		sandbox.set({ pageSize: 1, pageStyle: 'cursor', numberListShape: 'wrapped' });
		sandbox.numbers.add({ did_number: '61299990000' });
		const dryRun = { options: { dryRun: true } };
		const goesOn = 'Crazytel says that the list of phone numbers goes on, and not how to get the rest of it';
		const [forBuy] = hintsOf(await run('buy', { ...purchase, ...dryRun }));
		expect(forBuy).toBe(
			`${goesOn}, so this node could not see whether the account has a number already. Check the numbers of the account in the Crazytel portal.`,
		);
		const [forDryRun] = hintsOf(await run('update', { ...byNumber, updateFields: { description: 'New' }, ...dryRun }));
		expect(forDryRun).toBe(
			`${goesOn}, so the dry run does not show what would change, and not whether each phone number exists.`,
		);
	});

	test('where the list cannot be read, buys nothing that another execution may have bought', async () => {
		sandbox.fault({ on: 'purchase', play: 'lostReplyAfter' });
		sandbox.fault({ on: 'ownedNumbers', times: 100, play: { status: 403 } });
		expect((await run('buy', purchase)).told).toContain('It is unknown whether the number was bought');
		expect((await run('buy', purchase)).told).toContain(`The phone number ${OFFER} may have been bought a moment ago`);
		expect(countOf(sandbox, 'purchase')).toBe(1);
	});

	test('the people and places of the account turn up in no output', async () => {
		const scenes = [await run('buy', purchase), await run('getAll', {})];
		for (const { stored } of scenes) expect(stored).not.toMatch(/Canar/i);
	});
});

describe('the dropdowns', () => {
	beforeEach(async () => await open({ peopleShape: 'named' }));

	test.each([
		['getAddresses', ADDRESS, '12 Canary Street Sydney NSW 2000'],
		['getOwners', OWNER, 'Canaria Holder'],
	])('%s has the ids, named so that they can be told apart', async (method, value, name) => {
		expect(await (await theEngine()).loadOptions(method, credentialOf(sandbox))).toContainEqual({ name, value });
	});

	test.each(['getAddresses', 'getOwners'])(
		'%s offers, without a credential, the one entry that has the list loaded, and asks nothing',
		async (method) => {
			const [entry, ...others] = await (await theEngine()).loadOptions(method);
			expect([entry?.name, others]).toStrictEqual([
				expect.stringMatching(/^Load the \w+ of the account, then choose one$/),
				[],
			]);
			expect(sandbox.requests).toStrictEqual([]);
			const field = new Crazytel().description.properties.find(
				({ typeOptions }) => typeOptions?.loadOptionsMethod === method,
			);
			const [, name, place] = /^&(\w+)\[(\d+)\]$/.exec(String(field?.typeOptions?.loadOptionsDependsOn)) ?? [];
			expect(name).toBe(field?.name);
			// Taking the entry has n8n ask again, and no id reaches so far.
			expect([String(entry?.value)[Number(place)], ADDRESS[Number(place)]]).toStrictEqual([
				expect.any(String),
				undefined,
			]);
		},
	);

	test.each([
		['getAddresses', 'addresses', 'This account has no address for numbers. Add one in the Crazytel portal'],
		['getOwners', 'owners', 'This account has no owner for numbers. Add one in the Crazytel portal'],
		['searchPhoneNumbers', 'ownedNumbers', 'This account has no phone number yet. Buy one first'],
	] as const)('%s says that there is nothing to choose', async (method, list, words) => {
		sandbox.fault({ on: list, play: { status: 200, body: [] } });
		const engine = await theEngine();
		const opened =
			method === 'searchPhoneNumbers'
				? engine.searchList(method, credentialOf(sandbox))
				: engine.loadOptions(method, credentialOf(sandbox));
		await expect(opened).rejects.toThrow(words);
	});

	test('of two ids the one is taken that Buy can send', async () => {
		sandbox.fault({ on: 'addresses', play: { status: 200, body: [{ id: 17, uuid: ADDRESS, street: 'Canary' }] } });
		expect(await (await theEngine()).loadOptions('getAddresses', credentialOf(sandbox))).toStrictEqual([
			{ name: 'Canary', value: ADDRESS },
		]);
	});

	test('one without a name goes by its id', async () => {
		sandbox.fault({ on: 'addresses', play: { status: 200, body: [{ id: ADDRESS, street: ' ' }] } });
		expect(await (await theEngine()).loadOptions('getAddresses', credentialOf(sandbox))).toStrictEqual([
			{ name: ADDRESS, value: ADDRESS },
		]);
	});

	test('the entry that has the list loaded is no address', async () => {
		const { told } = await run('buy', { ...purchase, addressId: 'Load the addresses of the account, then choose one' });
		expect(told).toMatch(/Address 'Load the addresses of the account.*' is not an ID\. Choose it from the list/);
		expect(sent()).toStrictEqual([]);
	});

	test('the list of numbers reads as people know them, and is searched in every form', async () => {
		const search = async (filter: string) =>
			(await (await theEngine()).searchList('searchPhoneNumbers', credentialOf(sandbox), filter)).results;
		const entry = { name: '+61 2 9123 4567 · Sales · to CT000001', value: NUMBER };
		for (const filter of ['', 'sales', '(02) 9123', '0291234567', 'CT000001'])
			expect(await search(filter)).toStrictEqual([entry]);
		expect(await search('Support')).toStrictEqual([]);
	});
});
