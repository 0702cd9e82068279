import type { Sandbox } from '../../sandbox';
import { credentialOf, theEngine, writes } from '../engine/scene';
import { openAccount, patches, playOne, stored, trunkBy } from './account';

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await openAccount();
});

afterEach(async () => {
	await sandbox.close();
});

test.each(['={{ $json }}', '={{ $json.trunk }}'])(
	'a whole trunk in the place of the locator stands for its ID: %s',
	async (whole) => {
		const trunk = sandbox.addTrunk();
		const item = { id: trunk.id, username: trunk.username, trunk: { id: trunk.id } };
		const { error } = await playOne(sandbox, { operation: 'suspend', trunk: whole }, item);
		expect(error).toBeUndefined();
		expect(stored(sandbox, trunk)?.enabled).toBe(false);
	},
);

test('By ID takes a whole trunk, too', async () => {
	const trunk = sandbox.addTrunk();
	const { error } = await playOne(
		sandbox,
		{ operation: 'suspend', ...trunkBy('id', '={{ $json }}') },
		{ id: trunk.id },
	);
	expect(error).toBeUndefined();
	expect(stored(sandbox, trunk)?.enabled).toBe(false);
});

test.each([
	['Yes', true],
	['NO', false],
	[1, true],
	['0', false],
	[' off ', false],
])('%j switches as it says, in a field and in an option', async (value, isOn) => {
	const trunk = sandbox.addTrunk({ enabled: !isOn });
	const parameters = {
		operation: 'update',
		...trunkBy('id', trunk.id),
		updateFields: { enabled: '={{ $json.value }}' },
		options: { dryRun: '={{ $json.dry }}' },
	};
	await playOne(sandbox, parameters, { value, dry: 'Yes' });
	expect(writes(sandbox)).toStrictEqual([]);
	await playOne(sandbox, parameters, { value, dry: 'No' });
	expect(patches(sandbox)).toStrictEqual([{ enabled: isOn }]);
});

test('a state is sent as its area code', async () => {
	const trunk = sandbox.addTrunk();
	await playOne(
		sandbox,
		{ operation: 'update', ...trunkBy('id', trunk.id), updateFields: { areaCode: '={{ $json.state }}' } },
		{ state: 'Qld' },
	);
	expect(patches(sandbox)).toStrictEqual([{ area_code: '07' }]);
});

test('all that the dropdowns offer can be chosen, however odd, and is sent as the account has it', async () => {
	await sandbox.close();
	const verifiedNumbers = [
		'61291234567',
		'61412345678',
		'61131114',
		'611300123456',
		'442079460958',
		'4722123456',
		'61912345678',
		'614123',
		'999',
	];
	sandbox = await openAccount({ verifiedNumbers });
	const load = async (method: string) =>
		(await (await theEngine()).loadOptions(method, credentialOf(sandbox))).map(({ value }) => value);
	const callers = await load('getVerifiedNumbers');
	expect(callers).toHaveLength(verifiedNumbers.length);

	const trunk = sandbox.addTrunk();
	const update = { operation: 'update', ...trunkBy('id', trunk.id) };
	for (const callerIdNumber of callers) await playOne(sandbox, { ...update, updateFields: { callerIdNumber } });
	for (const smsSender of await load('getSmsSenders'))
		await playOne(sandbox, { ...update, updateFields: { smsSender } });
	const sent = patches(sandbox) as Array<{ caller_id_number?: string; sms_sender?: string }>;
	expect(sent.flatMap((body) => body.caller_id_number ?? []).sort()).toStrictEqual([...verifiedNumbers].sort());
	expect(sent.flatMap((body) => body.sms_sender ?? []).sort()).toStrictEqual(['614123', '61412345678']);
});
