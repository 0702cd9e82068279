import type { INodeParameters } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../sandbox';
import { fetchTestEvent, HOUR_MS, pass, pollerOf, time } from './scene';

let sandbox: Sandbox;

beforeEach(async () => void (sandbox = await startSandbox({ now: time.now, switches: { rateLimit: 0, balance: 25 } })));
afterEach(async () => void (await sandbox.close()));

const event = { event: 'balanceLow', threshold: 10 };
const goes = (balance: number) => sandbox.set({ balance });

describe.each(['default', 'scheduled', 'durable'] as const)('%s', (keeping) => {
	test('starts once when the balance falls below the threshold, and again when it was well above it', async () => {
		const poller = await pollerOf(sandbox, event, keeping);
		await poller.activate();
		expect(await poller.tick()).toBeNull();
		goes(9.9999);
		expect(await poller.tick()).toEqual([
			{
				accountCode: expect.any(String) as string,
				balance: 9.9999,
				threshold: 10,
				previousBalance: 25,
				reminder: false,
			},
		]);
		expect(await poller.tick()).toBeNull();
		goes(10.9999);
		expect(await poller.tick()).toBeNull();
		goes(9);
		expect(await poller.tick()).toBeNull();
		goes(11);
		expect(await poller.tick()).toBeNull();
		goes(-3.5);
		expect(await poller.tick()).toEqual([expect.objectContaining({ balance: -3.5, reminder: false })]);
	});

	test('reminds after 24 hours, or as often as asked, or never', async () => {
		goes(5);
		const reminders = async (options: INodeParameters): Promise<number[]> => {
			const poller = await pollerOf(sandbox, { ...event, options }, keeping);
			await poller.activate();
			const at: number[] = [];
			for (let hour = 0; hour < 50; hour++) {
				const items = await poller.tick();
				if (items !== null) at.push(hour);
				await pass(HOUR_MS);
			}
			return at;
		};
		// The poll at activation has told it first.
		expect(await reminders({})).toEqual([24, 48]);
		expect(await reminders({ remindEvery: 10 })).toEqual([10, 20, 30, 40]);
		expect(await reminders({ remindEvery: 0 })).toEqual([]);
	});

	test('after a restart it knows what was told', async () => {
		const poller = await pollerOf(sandbox, event, keeping);
		await poller.activate();
		goes(5);
		expect(await poller.tick()).toHaveLength(1);
		await poller.restart();
		expect(await poller.tick()).toBeNull();
		await pass(24 * HOUR_MS);
		expect(await poller.tick()).toEqual([expect.objectContaining({ reminder: true })]);
	});
});

test('low at the first poll is told at once', async () => {
	goes(1);
	const poller = await pollerOf(sandbox, event);
	await poller.activate();
	// n8n starts an execution with what the poll at activation gives.
	expect(JSON.stringify(poller.saved())).toContain('"isLow":true');
	expect(poller.givenAtActivation()).toEqual([
		expect.objectContaining({ balance: 1, previousBalance: null, reminder: false }),
	]);
});

test('another threshold begins anew', async () => {
	goes(15);
	const poller = await pollerOf(sandbox, event);
	await poller.activate();
	expect(await poller.tick()).toBeNull();
	poller.setParameters({ ...event, threshold: 20 });
	await poller.restart();
	expect(poller.givenAtActivation()).toEqual([expect.objectContaining({ balance: 15, threshold: 20 })]);
});

test('a poll costs one request', async () => {
	const poller = await pollerOf(sandbox, event);
	await poller.activate();
	await poller.tick();
	expect(sandbox.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
		'GET /api/v1/balance/',
		'GET /api/v1/balance/',
	]);
});

test('Fetch Test Event shows the balance, and whether it would start', async () => {
	expect(await fetchTestEvent(sandbox, event)).toEqual([
		expect.objectContaining({ balance: 25, threshold: 10, wouldFire: false }),
	]);
	goes(2);
	expect(await fetchTestEvent(sandbox, event)).toEqual([expect.objectContaining({ balance: 2, wouldFire: true })]);
	// The editor's table shows few columns.
	expect(Object.keys((await fetchTestEvent(sandbox, event))[0] ?? {})[0]).toBe('wouldFire');
});
