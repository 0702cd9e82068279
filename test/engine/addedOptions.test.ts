import { type INodeParameters, type INodeProperties, NodeHelpers } from 'n8n-workflow';

import { loadPackage } from '../../engine';
import { type Sandbox, startSandbox, type StoredTrunk } from '../../sandbox';
import { countOf, hintsOf, play, type Scene, writes } from './scene';

const PASSWORD = 'Correct1Horse';

let sandbox: Sandbox;
let trunk: StoredTrunk;

beforeEach(async () => {
	sandbox = await startSandbox({ switches: { rateLimit: 0 } });
	trunk = sandbox.addTrunk({
		description: 'Acme',
		caller_id_number: '61291234567',
		enabled: false,
		area_code: '02',
		password: 'Before1Pass',
	});
});

afterEach(async () => {
	await sandbox.close();
});

/**
 * The parameters as n8n saves them when somebody adds options by Add Option and touches nothing else.
 *
 * @param added names of the options; one that is switched off again has `false` behind it
 */
async function saved(
	operation: string,
	parameters: INodeParameters,
	added: Record<string, boolean | undefined>,
): Promise<INodeParameters> {
	const { description } = (await loadPackage()).node;
	const field = description.properties.find(
		({ name, displayOptions }) => name === 'options' && displayOptions?.show?.operation?.includes(operation),
	);
	const offered = (field?.options ?? []) as INodeProperties[];
	const options = Object.fromEntries(
		Object.entries(added).map(([name, chosen]) => {
			const option = offered.find((one) => one.name === name);
			if (option === undefined) throw new Error(`${operation} offers no option ${name}`);
			return [name, chosen ?? (option.default as boolean)];
		}),
	);
	const whole = { resource: 'sipTrunk', operation, ...parameters, options };
	return (
		NodeHelpers.getNodeParameters(description.properties, whole, false, false, { typeVersion: 1 }, description) ?? {}
	);
}

/** Runs one item with some options added, and checks that n8n kept them. */
async function run(
	operation: string,
	parameters: INodeParameters,
	added: Record<string, boolean | undefined> = {},
): Promise<Scene> {
	const kept = await saved(operation, parameters, added);
	expect(Object.keys(kept.options as INodeParameters)).toEqual(Object.keys(added));
	return await play(sandbox, { items: [{}], parameters: { operation, ...kept } });
}

const ON = undefined;
const chosen = (): INodeParameters => ({ trunk: { __rl: true, mode: 'id', value: trunk.id } as unknown as string });
const entered = { passwordSource: 'enter', password: PASSWORD };
const acme = { trunkDescription: 'Acme', callerIdNumber: '61291234567' };

describe('Dry Run', () => {
	test.each<[string, () => INodeParameters]>([
		['delete', chosen],
		['enable', chosen],
		['suspend', chosen],
		['rotatePassword', chosen],
		['update', () => ({ ...chosen(), updateFields: { areaCode: '03' } })],
		['create', () => ({ callerIdNumber: '61291234567' })],
		['upsert', () => ({ ...acme, additionalFields: { areaCode: '03' } })],
	])('added to %s, writes nothing; not added, or switched off again, it writes', async (operation, parameters) => {
		const scene = await run(operation, parameters(), { dryRun: ON });
		expect(scene.good).toMatchObject([{ dryRun: true, operation }]);
		expect(hintsOf(scene)).toContain('Dry Run is on: nothing was written. The output shows what would be sent.');
		expect(writes(sandbox)).toEqual([]);

		await run(operation, parameters(), { dryRun: false });
		expect(writes(sandbox)).toHaveLength(1);
	});

	test('not added, Delete deletes', async () => {
		expect((await run('delete', chosen())).good).toMatchObject([{ deleted: true }]);
		expect(sandbox.trunks()).toEqual([]);
	});
});

test('Only If Changed, added, sends nothing for a trunk that is as asked for', async () => {
	expect((await run('suspend', chosen(), { onlyIfChanged: ON })).good).toMatchObject([
		{ id: trunk.id, changed: false, changes: {} },
	]);
	expect(writes(sandbox)).toEqual([]);
	expect((await run('suspend', chosen())).good[0]).not.toHaveProperty('changed');
	expect(writes(sandbox)).toHaveLength(1);
});

test('Ignore Empty, added, leaves out what is empty; without it the item is refused', async () => {
	const parameters = (): INodeParameters => ({
		...chosen(),
		updateFields: { areaCode: '={{ $json.none }}', enabled: true },
	});
	expect((await run('update', parameters())).error?.message).toMatch(/^Area Code is empty/);
	expect((await run('update', parameters(), { ignoreEmpty: ON })).good).toMatchObject([
		{ area_code: '02', enabled: true },
	]);
});

test('Include Password, added, shows a password that was entered', async () => {
	expect((await run('rotatePassword', { ...chosen(), ...entered })).good[0]).not.toHaveProperty('password');
	expect((await run('rotatePassword', { ...chosen(), ...entered }, { includePassword: ON })).good).toMatchObject([
		{ password: PASSWORD },
	]);
});

test('Update Password, added, gives a trunk that exists the password', async () => {
	await run('upsert', { ...acme, ...entered });
	expect(sandbox.trunks()).toMatchObject([{ password: 'Before1Pass' }]);
	await run('upsert', { ...acme, ...entered }, { updatePassword: ON });
	expect(sandbox.trunks()).toMatchObject([{ password: PASSWORD }]);
});

test('Check Numbers is on, added or not, until it is switched off', async () => {
	const parameters = { callerIdNumber: '61299999999' };
	for (const added of [{}, { checkNumbers: ON }]) {
		expect((await run('create', parameters, added)).error?.message).toBe(
			"Caller ID '61299999999' is not verified for this account.",
		);
	}
	const checks = countOf(sandbox, 'verified');
	expect(checks).toBe(2);
	await run('create', parameters, { checkNumbers: false });
	expect(countOf(sandbox, 'verified')).toBe(checks);
});
