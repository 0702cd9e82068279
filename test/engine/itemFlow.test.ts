import { itemsOf } from '../../engine';
import { startSandbox, type Sandbox } from '../../sandbox';
import { linesOf, play, writes } from './scene';

/** Five customers; the second has a number that cannot be read, the fourth one that is not verified. */
const CUSTOMERS = [
	{ number: '0291234567' },
	{ number: 'none' },
	{ number: 61398765432 },
	{ number: '0299999999' },
	{ number: '0412 345 678' },
];

const parameters = { operation: 'create', callerIdNumber: '={{ $json.number }}' };

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await startSandbox();
});

afterEach(async () => {
	await sandbox.close();
});

test('Continue (using error output): three good and two failed items, each with its own input', async () => {
	const { good, failed, error } = await play(sandbox, {
		items: CUSTOMERS,
		parameters,
		node: { onError: 'continueErrorOutput' },
	});

	expect(error).toBeUndefined();
	// `looked` is what $('Rows').item finds behind each branch.
	expect(good.map(({ looked }) => looked)).toStrictEqual([0, 2, 4]);
	expect(good.map(({ caller_id_number }) => caller_id_number)).toStrictEqual([
		'61291234567',
		'61398765432',
		'61412345678',
	]);
	expect(failed).toMatchObject([
		{
			looked: 1,
			row: 1,
			number: 'none',
			error: expect.stringMatching(/^Caller ID 'none' cannot be read/),
			details: { field: 'Caller ID Name or ID', parameter: 'callerIdNumber' },
		},
		{
			looked: 3,
			row: 3,
			number: '0299999999',
			error: expect.stringMatching(
				/^Caller ID '0299999999' \(read as 61299999999\) is not verified for this account\. Use one of the verified numbers: /,
			),
			details: { field: 'Caller ID Name or ID', parameter: 'callerIdNumber' },
		},
	]);
});

test('Continue: the five outputs stand in the order of the input, each paired with its own', async () => {
	const { run, good } = await play(sandbox, {
		items: CUSTOMERS,
		parameters,
		node: { onError: 'continueRegularOutput' },
	});

	const output = itemsOf(run, 'Crazytel');
	expect(output.map(({ pairedItem }) => pairedItem)).toStrictEqual([0, 1, 2, 3, 4].map((item) => ({ item })));
	expect(output.map(({ json }) => Object.keys(json).includes('error'))).toStrictEqual([
		false,
		true,
		false,
		true,
		false,
	]);
	expect(good.map(({ looked }) => looked)).toStrictEqual([0, 1, 2, 3, 4]);
	for (const { json } of output.filter(({ json }) => json.error)) {
		expect(Object.keys(json).sort()).toStrictEqual(['details', 'error']);
	}
});

test('stop mode: one bad item stops the run before any item is written, and the others are named', async () => {
	const { error, told, good } = await play(sandbox, { items: CUSTOMERS, parameters });

	expect(told).toMatch(/^Caller ID 'none' cannot be read/);
	expect(error?.context.itemIndex).toBe(1);
	expect(linesOf(error?.description)).toStrictEqual([
		'Nothing was written: 2 of 5 items cannot be used (counted from 0):',
		expect.stringMatching(
			/^Item 1: Caller ID 'none' cannot be read as a phone number\. Use a number such as /,
		) as string,
		expect.stringMatching(
			/^Item 3: Caller ID '0299999999' \(read as 61299999999\) is not verified for this account\. Use one of the /,
		) as string,
		'With On Error set to Continue, in the Settings of this node, the other 3 items would be done.',
	]);
	expect(good).toStrictEqual([]);
	expect(writes(sandbox)).toStrictEqual([]);
});

test('stop mode: an error of the API half-way says what was already written, with the ids', async () => {
	sandbox.fault({ on: 'create', nth: 3, play: { status: 400, body: { detail: 'SMS sender is not verified' } } });
	const { error } = await play(sandbox, {
		items: [{}, {}, {}, {}, {}],
		parameters: { operation: 'create', callerIdNumber: '61291234567' },
	});

	expect(error?.name).toBe('NodeApiError');
	expect(error?.message).toMatch(
		/^Crazytel refuses the Caller ID.* 2 of 5 items were written; see the details for which\.$/,
	);
	expect(error?.context.itemIndex).toBe(2);
	expect(sandbox.trunks()).toHaveLength(2);
	for (const { id, username } of sandbox.trunks()) expect(error?.description).toContain(`${username} ${id}`);
	expect(error?.description).toContain('Not sent: 2 items.');
});

test('Continue: an error of the API fails its own item only', async () => {
	const trunks = [sandbox.addTrunk(), sandbox.addTrunk()];
	const { good, failed } = await play(sandbox, {
		items: [{ id: trunks[0]?.id }, { id: '00000000-0000-0000-0000-000000000000' }, { id: trunks[1]?.id }],
		parameters: { operation: 'suspend', trunk: { __rl: true, mode: 'id', value: '={{ $json.id }}' } },
		node: { onError: 'continueErrorOutput' },
	});

	expect(good.map(({ looked }) => looked)).toStrictEqual([0, 2]);
	expect(failed).toMatchObject([
		{
			looked: 1,
			error: expect.stringMatching(
				/^Trunk '00000000-0000-0000-0000-000000000000' does not exist in this account \(404\)\..* Check its ID, or choose it again/,
			),
			details: { httpCode: '404' },
		},
	]);
	expect(sandbox.trunks().map(({ enabled }) => enabled)).toStrictEqual([false, false]);
});

test('an expression that fails names its field and stops nobody else', async () => {
	const { good, failed } = await play(sandbox, {
		items: [{ number: '0291234567' }, {}],
		parameters: { operation: 'create', callerIdNumber: '={{ $json.number.trim() }}' },
		node: { onError: 'continueErrorOutput' },
	});

	expect(good.map(({ looked }) => looked)).toStrictEqual([0]);
	expect(failed).toMatchObject([{ looked: 1, error: expect.stringMatching(/^Caller ID/) }]);
});
