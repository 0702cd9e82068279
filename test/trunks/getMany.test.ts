import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { itemsOf } from '../../engine';
import type { Sandbox, StoredTrunk, Switches } from '../../sandbox';
import { play, type Scene } from '../engine/scene';
import { costOf, listWithout, openAccount, outputsOf, playOne, shownOf } from './account';

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await openAccount();
});

afterEach(async () => {
	await sandbox.close();
});

async function find(parameters: INodeParameters = {}, item: IDataObject = {}): Promise<Scene> {
	return await playOne(sandbox, { operation: 'getAll', ...parameters }, item);
}

/** The descriptions of the trunks that a filter finds. */
async function named(filters: IDataObject): Promise<unknown[]> {
	const scene = await find({ returnAll: true, filters: filters as INodeParameters });
	expect(scene.error).toBeUndefined();
	return outputsOf(scene).map(({ description }) => description);
}

async function refusalOf(parameters: INodeParameters, item: IDataObject = {}): Promise<string> {
	const { error, told } = await find(parameters, item);
	return error === undefined ? 'nothing was refused' : told.replace(/ Nothing was written\.$/, '');
}

describe('without filters', () => {
	test.each<Partial<Switches>>([
		{ trunkListShape: 'bare' },
		{ trunkListShape: 'wrapped' },
		{ trunkListShape: 'wrapped', trunkListKey: 'items' },
		{ echoPassword: true },
	])('every trunk as the API shows it, in its order, without passwords: %j', async (switches) => {
		sandbox.set(switches);
		const trunks = ['Hidden1Pass', 'Hidden2Pass', 'Hidden3Pass'].map((password) => sandbox.addTrunk({ password }));
		const scene = await find({ returnAll: true });

		expect(outputsOf(scene)).toStrictEqual(trunks.map(shownOf));
		expect(scene.stored).not.toMatch(/Hidden\dPass/);
		expect(sandbox.requests.map(({ kind }) => kind)).toStrictEqual(['list']);
	});

	test('50 trunks unless another limit is given, and all with Return All', async () => {
		for (let count = 0; count < 60; count++) sandbox.addTrunk();

		expect((await find()).good).toHaveLength(50);
		expect((await find({ limit: 7 })).good.map(({ id }) => id)).toStrictEqual(
			sandbox
				.trunks()
				.slice(0, 7)
				.map(({ id }) => id),
		);
		expect((await find({ limit: 61 })).good).toHaveLength(60);
		expect((await find({ limit: '={{ "3" }}' as never })).good).toHaveLength(3);
		expect((await find({ returnAll: true })).good).toHaveLength(60);
		expect((await find({ returnAll: '={{ "true" }}' })).good).toHaveLength(60);
		expect((await find({ returnAll: '={{ "False" }}', limit: 1 })).good).toHaveLength(1);
	});

	test('an account without trunks has no output, and no error', async () => {
		const { error, good, run } = await find();

		expect(error).toBeUndefined();
		expect(run.status).toBe('success');
		expect(good).toStrictEqual([]);
	});
});

test.each([
	['zero', 0, "'0'"],
	['a negative number', -1, "'-1'"],
	['a part', 1.5, "'1.5'"],
	['a word', '={{ "many" }}', "'many'"],
	['nothing', '={{ "" }}', "''"],
	['null', '={{ null }}', 'nothing'],
	['a list', '={{ [5] }}', 'a list'],
	['true', '={{ true }}', "'true'"],
	['infinity', '={{ "Infinity" }}', "'Infinity'"],
])('a limit that is %s is refused', async (_, limit, shown) => {
	sandbox.addTrunk();
	expect(await refusalOf({ limit })).toBe(
		`Limit must be a whole number of at least 1, and it is ${shown}. Give a number such as 50, or switch on Return All.`,
	);
	expect(sandbox.requests).toStrictEqual([]);
});

test('Return All must be true or false', async () => {
	expect(await refusalOf({ returnAll: '={{ "maybe" }}' })).toMatch(
		/^Return All must be true or false, and it is 'maybe'\./,
	);
});

describe('a filter', () => {
	beforeEach(() => {
		const seeds: Array<Partial<StoredTrunk>> = [
			{ description: 'Acme Sydney', username: 'CT100001', caller_id_number: '61291234567', sms_sender: '61412345678' },
			{ description: 'acme Melbourne', username: 'CT100002', caller_id_number: '61398765432', enabled: false },
			{
				description: 'Other',
				username: '2000003',
				caller_id_number: '61291234567',
				enabled: false,
				sms_sender: '61498765432',
			},
			{ description: null, username: 'ct100004', caller_id_number: '61412345678' },
		];
		for (const seed of seeds) sandbox.addTrunk(seed);
	});

	test.each<[IDataObject, unknown[]]>([
		[{ description: 'acme' }, ['Acme Sydney', 'acme Melbourne']],
		[{ description: '  SYDNEY ' }, ['Acme Sydney']],
		[{ description: 'e S' }, ['Acme Sydney']],
		[{ description: '.*' }, []],
		[{ description: '__proto__' }, []],
		[{ description: 0 }, []],
		[{ enabled: true }, ['Acme Sydney', null]],
		[{ enabled: false }, ['acme Melbourne', 'Other']],
		[{ enabled: '={{ "TRUE" }}' }, ['Acme Sydney', null]],
		[{ username: 'CT1' }, ['Acme Sydney', 'acme Melbourne', null]],
		[{ username: 'ct100004' }, [null]],
		[{ username: '={{ 2000003 }}' }, ['Other']],
		[{ callerIdNumber: '61291234567' }, ['Acme Sydney', 'Other']],
		[{ callerIdNumber: '(02) 9123 4567' }, ['Acme Sydney', 'Other']],
		[{ callerIdNumber: '+61 2 9123 4567' }, ['Acme Sydney', 'Other']],
		[{ callerIdNumber: '={{ 291234567 }}' }, ['Acme Sydney', 'Other']],
		[{ callerIdNumber: '61299999999' }, []],
		[{ smsSender: '0412 345 678' }, ['Acme Sydney']],
		[{ smsSender: '={{ 61498765432 }}' }, ['Other']],
	])('%j finds %j', async (filters, expected) => {
		expect(await named(filters)).toStrictEqual(expected);
	});

	test.each<[IDataObject, unknown[]]>([
		[{ callerIdNumber: '61291234567', enabled: true }, ['Acme Sydney']],
		[{ description: 'acme', enabled: false }, ['acme Melbourne']],
		[{ description: 'acme', username: 'CT100001', enabled: false }, []],
		[
			{ smsSender: '61498765432', callerIdNumber: '0291234567', description: 'oth', enabled: false, username: '3' },
			['Other'],
		],
		[{ smsSender: '61412345678', callerIdNumber: '61398765432' }, []],
	])('with others: every one must fit: %j finds %j', async (filters, expected) => {
		expect(await named(filters)).toStrictEqual(expected);
	});

	test('finds a foreign number in the form in which the list has it', async () => {
		sandbox.addTrunk({ description: 'Oslo', caller_id_number: '4722123456' });
		expect(await named({ callerIdNumber: '+47 22 12 34 56' })).toStrictEqual(['Oslo']);
	});

	test.each([
		[true, ['On', 'One']],
		[false, ['Off', 'Zero']],
	])('finds enabled %j in whatever form the list has it', async (enabled, expected) => {
		const states = { On: 'true', One: 1, Off: 'False', Zero: 0, Nobody: null };
		const body = Object.entries(states).map(([description, state]) => ({
			id: description,
			description,
			enabled: state,
		}));
		sandbox.fault({ on: 'list', play: { status: 200, body } });
		expect(await named({ enabled })).toStrictEqual(expected);
	});

	test('the limit counts what is found, not what is looked at', async () => {
		const { good } = await find({ limit: 1, filters: { enabled: false } });
		expect(good.map(({ description }) => description)).toStrictEqual(['acme Melbourne']);
	});

	test('that finds nothing has no output, and no error', async () => {
		const { good, error } = await find({ filters: { description: 'nobody' } });
		expect(error).toBeUndefined();
		expect(good).toStrictEqual([]);
	});

	test.each([
		['callerIdNumber', 'Caller ID'],
		['description', 'Description'],
		['enabled', 'Enabled'],
		['smsSender', 'SMS Sender'],
		['username', 'Username'],
	])('%s that is empty is refused: it would let every trunk through', async (filter, name) => {
		for (const empty of ['', '={{ $json.missing }}', '={{ null }}', '={{ " \u200b " }}']) {
			expect(await refusalOf({ filters: { [filter]: empty } })).toBe(
				`${name} is empty. Fill it in, or remove the filter. An expression may have found nothing in this item.`,
			);
		}
		expect(sandbox.requests).toStrictEqual([]);
	});

	test('every filter that cannot be used is named at once, with the limit', async () => {
		const message = await refusalOf({
			limit: 0,
			filters: { callerIdNumber: 'Jim', description: '', enabled: '={{ "Y" }}', username: '={{ ["x"] }}' },
		});
		for (const words of [
			'Limit must be a whole number',
			"Caller ID 'Jim' cannot be read as a phone number.",
			'Description is empty.',
			"Enabled must be true or false, and it is 'Y'.",
			'Username must be text, and it is a list.',
		]) {
			expect(message).toContain(words);
		}
	});

	test.each([
		['callerIdNumber', '61291234567', 'caller_id_number'],
		['description', 'acme', 'description'],
		['enabled', true, 'enabled'],
		['smsSender', '61412345678', 'sms_sender'],
		['username', 'CT', 'username'],
	])(
		'on a setting that the list does not show (%s) is refused: it would find nothing',
		async (filter, value, setting) => {
			listWithout(sandbox, setting);
			expect(await refusalOf({ filters: { [filter]: value } })).toBe(
				`The list of trunks of this account does not show ${setting}, so it cannot be filtered by that. Remove the filter.`,
			);
			expect((await find()).good).toHaveLength(4);
		},
	);

	test('on a setting that no trunk has made is not refused', async () => {
		sandbox.fault({ on: 'list', play: { status: 200, body: [{ id: '1', description: null }, { id: '2' }] } });
		expect((await find({ filters: { description: 'x' } })).error).toBeUndefined();
	});

	test('finds numbers that the list writes in another form', async () => {
		const body = ['+61 2 9123 4567', 61291234567, '0291234567', null, 'anonymous'].map((caller_id_number, id) => ({
			id,
			caller_id_number,
		}));
		sandbox.fault({ on: 'list', play: { status: 200, body } });
		expect((await find({ filters: { callerIdNumber: '02 9123 4567' } })).good.map(({ id }) => id)).toStrictEqual([
			'0',
			'1',
			'2',
		]);
	});
});

describe('several items', () => {
	test('each has its own filter, its results are paired with it, and all cost one request', async () => {
		for (const description of ['Acme 1', 'Other', 'Acme 2']) sandbox.addTrunk({ description });
		const { run, good } = await play(sandbox, {
			items: [{ name: 'acme' }, { name: 'nobody' }, { name: 'other' }, { name: 'acme' }],
			parameters: { operation: 'getAll', filters: { description: '={{ $json.name }}' } },
		});

		expect(good.map(({ description, looked }) => [looked, description])).toStrictEqual([
			[0, 'Acme 1'],
			[0, 'Acme 2'],
			[2, 'Other'],
			[3, 'Acme 1'],
			[3, 'Acme 2'],
		]);
		expect(itemsOf(run, 'Crazytel').map(({ pairedItem }) => pairedItem)).toStrictEqual(
			[0, 0, 2, 3, 3].map((item) => ({ item })),
		);
		expect(costOf(sandbox)).toStrictEqual({ lists: 1, writes: 0 });
	});

	test('a bad one fails alone', async () => {
		sandbox.addTrunk({ description: 'Acme' });
		const { good, failed } = await play(sandbox, {
			items: [{ name: '' }, { name: 'acme' }],
			parameters: { operation: 'getAll', filters: { description: '={{ $json.name }}' } },
			node: { onError: 'continueErrorOutput' },
		});

		expect(good).toMatchObject([{ looked: 1, description: 'Acme' }]);
		expect(failed).toMatchObject([{ looked: 0, details: { field: 'Description', parameter: 'filters.description' } }]);
	});

	test('outputs of one trunk are not one object', async () => {
		sandbox.addTrunk();
		const { run } = await play(sandbox, { items: [{}, {}], parameters: { operation: 'getAll' } });
		const [first, second] = itemsOf(run, 'Crazytel');

		expect(first?.json).toStrictEqual(second?.json);
		expect(first?.json).not.toBe(second?.json);
	});
});

test.each([404, 405] as const)(
	'an account without a list (%d): an error, not an empty result',
	async (trunkListEndpoint) => {
		sandbox.set({ trunkListEndpoint });
		expect(await refusalOf({})).toMatch(/^Get Many needs the list of trunks\. .*It cannot be used with this account\./);
	},
);

test.each([
	'html200',
	'empty200',
	'truncatedJson',
	{ status: 500 },
	{ status: 200, body: { detail: 'soon' } },
] as const)('a list that cannot be read (%j): an error, not an empty result', async (fault) => {
	sandbox.addTrunk();
	sandbox.fault({ on: 'list', times: 10, play: fault });
	expect(await refusalOf({})).toMatch(/^Get Many needs the list of trunks\. Crazytel /);
});

test('a list that fails once is read again', async () => {
	sandbox.addTrunk();
	sandbox.fault({ on: 'list', play: 'lostReplyBefore' });
	expect((await find()).good).toHaveLength(1);
});
