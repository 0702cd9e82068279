import { startSandbox, type Sandbox } from '../../sandbox';
import { failureOf, fetchTestEvent, pollerOf, time } from './scene';

let sandbox: Sandbox;
const numbers = ['61291234567', '61398765432', '61412345678'];

beforeEach(
	async () =>
		void (sandbox = await startSandbox({ now: time.now, verifiedNumbers: numbers, switches: { rateLimit: 0 } })),
);
afterEach(async () => void (await sandbox.close()));

const event = { event: 'numberVerified' };

describe.each(['default', 'scheduled', 'durable'] as const)('%s', (keeping) => {
	test('tells which number was added, and which was removed', async () => {
		const poller = await pollerOf(sandbox, event, keeping);
		await poller.activate();
		expect(await poller.tick()).toBeNull();
		sandbox.verify([...numbers, '61498765432']);
		expect(await poller.tick()).toEqual([{ change: 'added', number: '61498765432' }]);
		sandbox.verify(['61291234567', '61412345678', '61498765432']);
		expect(await poller.tick()).toBeNull();
		expect(await poller.tick()).toEqual([{ change: 'removed', number: '61398765432' }]);
		await poller.restart();
		expect(poller.givenAtActivation()).toBeNull();
		expect(await poller.tick()).toBeNull();
	});
});

test('a number that is missing once was not removed', async () => {
	const poller = await pollerOf(sandbox, event);
	await poller.activate();
	sandbox.verify(numbers.slice(1));
	expect(await poller.tick()).toBeNull();
	sandbox.verify(numbers);
	expect(await poller.tick()).toBeNull();
	sandbox.verify([]);
	expect(await poller.tick()).toBeNull();
	sandbox.verify(numbers);
	expect(await poller.tick()).toBeNull();
	expect(await poller.tick()).toBeNull();
});

test('a number that is missing after an empty list is missing for the first time', async () => {
	const poller = await pollerOf(sandbox, event);
	await poller.activate();
	sandbox.verify([]);
	expect(await poller.tick()).toBeNull();
	sandbox.verify(numbers.slice(1));
	expect(await poller.tick()).toBeNull();
	expect(await poller.tick()).toEqual([{ change: 'removed', number: '61291234567' }]);
});

test('an empty first list is read again before all counts as new', async () => {
	sandbox.fault({ on: 'verified', play: { status: 200, body: [] } });
	const poller = await pollerOf(sandbox, event);
	await poller.activate();
	expect(await poller.tick()).toBeNull();
});

test('of a first list that is not whole, what comes after it is not new', async () => {
	sandbox.fault({
		on: 'verified',
		play: { status: 200, body: { data: numbers.slice(1), has_more: true, cursor: 'x' } },
	});
	const poller = await pollerOf(sandbox, event);
	await poller.activate();
	expect(await poller.tick()).toBeNull();
	sandbox.verify([...numbers, '61498765432']);
	expect(await poller.tick()).toEqual([{ change: 'added', number: '61498765432' }]);
});

test('what the account gives of a number hides nothing of ours', async () => {
	const poller = await pollerOf(sandbox, event);
	await poller.activate();
	sandbox.fault({
		on: 'verified',
		play: { status: 200, body: [...numbers, { number: '61 498 765 432', name: 'Office', change: 'none' }] },
	});
	expect(await poller.tick()).toEqual([{ change: 'added', number: '61498765432', name: 'Office' }]);
});

test('what is kept shows no number, and with another key it begins anew', async () => {
	const poller = await pollerOf(sandbox, event);
	await poller.activate();
	expect(JSON.stringify(poller.saved())).not.toMatch(/6129|6139|6141/);
	const other = await startSandbox({
		now: time.now,
		apiKey: 'another-key',
		verifiedNumbers: ['61870101234'],
		switches: { rateLimit: 0 },
	});
	poller.setCredential({ apiKey: other.apiKey, baseUrl: other.url });
	expect(await poller.tick()).toBeNull();
	expect(await poller.tick()).toBeNull();
	await other.close();
});

test('Fetch Test Event shows the last one, with what else the account gives', async () => {
	sandbox.set({ verifiedShape: 'objects' });
	expect(await fetchTestEvent(sandbox, event)).toEqual([
		expect.objectContaining({ change: 'added', number: '61412345678' }),
	]);
	sandbox.verify([]);
	expect((await failureOf(fetchTestEvent(sandbox, event))).told).toContain('The account has no verified number.');
});
