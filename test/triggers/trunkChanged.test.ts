import type { IDataObject } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../sandbox';
import { call, trunksPath } from '../sandbox/client';
import { failureOf, fetchTestEvent, pollerOf, time } from './scene';

let sandbox: Sandbox;

beforeEach(async () => {
	const trunks = ['Bakery', 'Florist', 'Pharmacy', 'School', 'Workshop'].map((description, index) => ({
		description,
		username: `CT10000${index}`,
	}));
	sandbox = await startSandbox({ now: time.now, trunks, switches: { rateLimit: 0 } });
});
afterEach(async () => void (await sandbox.close()));

const event = { event: 'trunkChanged' };
const idOf = (description: string) => sandbox.trunks().find((trunk) => trunk.description === description)?.id ?? '';
const change = async (description: string, body: object) =>
	void (await call(sandbox, { method: 'PATCH', path: `${trunksPath}${idOf(description)}`, body }));
const remove = async (...descriptions: string[]) => {
	for (const description of descriptions)
		await call(sandbox, { method: 'DELETE', path: `${trunksPath}${idOf(description)}` });
};
/** What has happened to which trunk. */
const told = (items: IDataObject[] | null) =>
	items?.map(({ change: what, trunk, fields }) => [
		what,
		(trunk as IDataObject).description ?? (trunk as IDataObject).username,
		fields,
	]) ?? null;

describe.each(['default', 'scheduled', 'durable'] as const)('%s', (keeping) => {
	test('tells what was created, changed, suspended, enabled, and what is gone', async () => {
		const poller = await pollerOf(sandbox, event, keeping);
		await poller.activate();
		expect(poller.givenAtActivation()).toBeNull();
		expect(await poller.tick()).toBeNull();

		sandbox.addTrunk({ description: 'Butcher' });
		await change('Bakery', { enabled: false });
		await change('Florist', { caller_id_number: '61398765432', hide_caller_id: true });
		expect(told(await poller.tick())).toEqual([
			['suspended', 'Bakery', ['enabled']],
			['changed', 'Florist', ['caller_id_number', 'hide_caller_id']],
			['created', 'Butcher', []],
		]);
		expect(await poller.tick()).toBeNull();

		await change('Bakery', { enabled: true, description: 'Bakery and Café' });
		expect(told(await poller.tick())).toEqual([
			['enabled', 'Bakery and Café', ['enabled']],
			['changed', 'Bakery and Café', ['description']],
		]);

		await remove('School');
		expect(await poller.tick()).toBeNull();
		expect(told(await poller.tick())).toEqual([['gone', 'CT100003', []]]);
		expect(await poller.tick()).toBeNull();
	});

	test('what n8n has not saved when it dies is told again', async () => {
		const poller = await pollerOf(sandbox, event, keeping);
		await poller.activate();
		expect(await poller.tick()).toBeNull();
		await change('Bakery', { enabled: false });
		poller.loseNextEmission();
		expect(await poller.tick()).toBeNull();
		await poller.restart();
		expect([...(told(poller.givenAtActivation()) ?? []), ...(told(await poller.tick()) ?? [])]).toEqual([
			['suspended', 'Bakery', ['enabled']],
		]);
	});

	test('a restart forgets nothing of it, and tells nothing twice', async () => {
		const poller = await pollerOf(sandbox, event, keeping);
		await poller.activate();
		// In durable mode n8n drops what the poll at activation leaves.
		expect(await poller.tick()).toBeNull();
		await change('Bakery', { enabled: false });
		expect(told(await poller.tick())).toEqual([['suspended', 'Bakery', ['enabled']]]);
		await change('Bakery', { enabled: true });
		await poller.restart();
		const atOnce = told(poller.givenAtActivation());
		expect([...(atOnce ?? []), ...(told(await poller.tick()) ?? [])]).toEqual([['enabled', 'Bakery', ['enabled']]]);
		expect(await poller.tick()).toBeNull();
	});
});

test('only what was asked for starts the workflow, and the rest is known all the same', async () => {
	const poller = await pollerOf(sandbox, { ...event, changes: ['suspended'] });
	await poller.activate();
	await change('Bakery', { description: 'Baker' });
	sandbox.addTrunk({ description: 'Butcher' });
	expect(await poller.tick()).toBeNull();
	await change('Baker', { enabled: false, description: 'Bakery' });
	expect(told(await poller.tick())).toEqual([['suspended', 'Bakery', ['enabled']]]);
	await change('Bakery', { enabled: true });
	expect(await poller.tick()).toBeNull();
});

describe('a list that cannot be right', () => {
	const listAs = (body: unknown, times: number) => sandbox.fault({ on: 'list', times, play: { status: 200, body } });
	const list = () => sandbox.trunks().map(({ password, ...trunk }) => (void password, trunk));

	test.each([
		['empty', () => []],
		['less than half', () => list().slice(0, 2)],
	])('%s, once: nothing is told, then or afterwards', async (_name, of) => {
		const poller = await pollerOf(sandbox, event);
		await poller.activate();
		listAs(of(), 1);
		expect(await poller.tick()).toBeNull();
		await change('Bakery', { enabled: false });
		expect(told(await poller.tick())).toEqual([['suspended', 'Bakery', ['enabled']]]);
		expect(await poller.tick()).toBeNull();
	});

	test('less than half, and then another half: still not believed', async () => {
		const poller = await pollerOf(sandbox, event);
		await poller.activate();
		listAs(list().slice(0, 2), 1);
		expect(await poller.tick()).toBeNull();
		sandbox.clearFaults();
		listAs(list().slice(3), 1);
		expect(await poller.tick()).toBeNull();
		expect(await poller.tick()).toBeNull();
	});

	test('empty, and then without one: that one is missing for the first time', async () => {
		const poller = await pollerOf(sandbox, event);
		await poller.activate();
		listAs([], 1);
		expect(await poller.tick()).toBeNull();
		listAs(list().slice(1), 1);
		expect(await poller.tick()).toBeNull();
		expect(await poller.tick()).toBeNull();
	});

	test('empty twice: all are gone', async () => {
		const poller = await pollerOf(sandbox, event);
		await poller.activate();
		await remove('Bakery', 'Florist', 'Pharmacy', 'School', 'Workshop');
		expect(await poller.tick()).toBeNull();
		expect(told(await poller.tick())?.map(([what]) => what)).toEqual(['gone', 'gone', 'gone', 'gone', 'gone']);
	});

	test.each([
		['a web page', { on: 'list', play: 'html200', times: 2 }],
		['cut JSON', { on: 'list', play: 'truncatedJson', times: 2 }],
		['a 500', { on: 'list', play: 'error500Before', times: 2 }],
		['entries without an id', { on: 'list', play: { status: 200, body: [{ description: 'Bakery' }] } }],
	] as const)('%s is told as a failure, and changes nothing', async (_name, fault) => {
		const poller = await pollerOf(sandbox, event);
		await poller.activate();
		const before = JSON.stringify(poller.saved());
		sandbox.fault(fault);
		await failureOf(poller.tick());
		expect(JSON.stringify(poller.saved())).toBe(before);
		sandbox.clearFaults();
		await change('Bakery', { enabled: false });
		expect(told(await poller.tick())).toEqual([['suspended', 'Bakery', ['enabled']]]);
	});

	test('of a list that goes on, and does not say how, nothing is gone', async () => {
		const poller = await pollerOf(sandbox, event);
		await poller.activate();
		sandbox.fault({
			on: 'list',
			times: 3,
			play: { status: 200, body: { data: list().slice(0, 3), has_more: true, cursor: 'x' } },
		});
		expect(await poller.tick()).toBeNull();
		expect(await poller.tick()).toBeNull();
		expect(await poller.tick()).toBeNull();
	});

	test('an empty one, at first, is read again before all counts as new', async () => {
		listAs([], 1);
		const poller = await pollerOf(sandbox, event);
		await poller.activate();
		expect(await poller.tick()).toBeNull();
		await remove('Bakery', 'Florist', 'Pharmacy', 'School', 'Workshop');
		const empty = await pollerOf(sandbox, event);
		await empty.activate();
		sandbox.addTrunk({ description: 'First' });
		expect(told(await empty.tick())).toEqual([['created', 'First', []]]);
	});

	test.each(['default', 'scheduled', 'durable'] as const)(
		'of one that goes on, and does not say how, nothing is new until all was seen (%s)',
		async (keeping) => {
			const part = (from: number, to: number) =>
				listAs({ data: list().slice(from, to), has_more: true, cursor: 'x' }, 1);
			part(0, 3);
			const poller = await pollerOf(sandbox, event, keeping);
			await poller.activate();
			part(1, 4);
			expect(await poller.tick()).toBeNull();
			await change('Bakery', { enabled: false });
			expect(told(await poller.tick())).toEqual([['suspended', 'Bakery', ['enabled']]]);
			sandbox.addTrunk({ description: 'Butcher' });
			part(3, 6);
			expect(told(await poller.tick())).toEqual([['created', 'Butcher', []]]);
		},
	);

	test('the same values in another form, or left out for a while, are no change', async () => {
		const poller = await pollerOf(sandbox, event);
		await poller.activate();
		listAs(
			list().map((trunk) => ({
				...trunk,
				enabled: 'true',
				hide_caller_id: 0,
				caller_id_number: Number(trunk.caller_id_number),
				description: ` ${trunk.description ?? ''}`,
			})),
			1,
		);
		expect(await poller.tick()).toBeNull();
		listAs(
			list().map(({ id, username }) => ({ id, username })),
			1,
		);
		expect(await poller.tick()).toBeNull();
		expect(await poller.tick()).toBeNull();
	});
});

test('what is kept holds no password, no number and no name, and is small', async () => {
	for (let index = 0; index < 1_995; index++)
		sandbox.addTrunk({
			description: `Customer ${index}`,
			username: `CT2${String(index).padStart(5, '0')}`,
			password: 'Hidden1pass',
		});
	const poller = await pollerOf(sandbox, event);
	await poller.activate();
	const kept = JSON.stringify(poller.saved());
	expect(/61291234567|Customer|Bakery|CT[12]\d{5}|Hidden1pass|Sandbox1pass|sandbox-account-key/.exec(kept)).toBeNull();
	expect(kept.length).toBeLessThan(200_000);
	expect(await poller.tick()).toBeNull();
});

test('a poll costs one request, and shows no password', async () => {
	sandbox.set({ echoPassword: true });
	const poller = await pollerOf(sandbox, event);
	await poller.activate();
	await change('Bakery', { enabled: false, password: 'Changed1pass' });
	const items = await poller.tick();
	expect(JSON.stringify(items)).not.toMatch(/Changed1pass|Sandbox1pass/);
	expect(sandbox.requests.filter(({ method }) => method === 'GET')).toHaveLength(2);
});

test('Fetch Test Event shows the newest trunk, and of an account without one says what to do', async () => {
	expect(told(await fetchTestEvent(sandbox, event))).toEqual([['created', 'Workshop', []]]);
	await remove('Bakery', 'Florist', 'Pharmacy', 'School', 'Workshop');
	expect((await failureOf(fetchTestEvent(sandbox, event))).told).toBe(
		'No data with the current filter could be found The account has no trunk. Create one, with the Crazytel node or in the Crazytel portal.',
	);
});

test('nothing chosen is refused in the words of the editor', async () => {
	const poller = await pollerOf(sandbox, { ...event, changes: [] });
	const failed = await failureOf(poller.activate());
	expect(failed.told).toContain(
		'Changes is empty, so that nothing would ever come. Choose at least one of Changed, Created, Enabled, Gone, Suspended.',
	);
});
