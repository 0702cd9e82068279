import { startSandbox, type Sandbox } from '../../sandbox';
import { countOf, hintsOf, play } from '../engine/scene';

const parameters = { resource: 'verifiedNumber', operation: 'getAll' };

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox({
		switches: { rateLimit: 0 },
		verifiedNumbers: ['61291234567', '61412345678', '611300123456'],
	});
});
afterEach(async () => await sandbox.close());

test.each(['strings', 'objects', 'wrapped-strings', 'wrapped-objects'] as const)(
	'one item a number, whatever the list looks like (%s)',
	async (verifiedShape) => {
		sandbox.set({ verifiedShape });
		const { good } = await play(sandbox, { items: [{}], parameters });
		expect(good).toEqual(['61291234567', '61412345678', '611300123456'].map((number) => ({ number, looked: 0 })));
	},
);

test('the rest of an entry stays as Crazytel gives it, and the number is in its form', async () => {
	const entries = [
		{ cli: '0412 345 678', label: 'Front desk', expires: null, uses: [1] },
		{ number: '+61 2 9123 4567', sms: false },
	];
	sandbox.fault({ on: 'verified', play: { status: 200, body: entries } });
	const { good } = await play(sandbox, { items: [{}], parameters });
	expect(good).toEqual([
		{ number: '61412345678', cli: '0412 345 678', label: 'Front desk', expires: null, uses: [1], looked: 0 },
		{ number: '61291234567', sms: false, looked: 0 },
	]);
	expect(Object.keys(good[0] ?? {})[0]).toBe('number');
});

test('200 items cost one request, whatever they filter', async () => {
	const items = Array.from({ length: 200 }, (_, row) => ({ sms: row % 2 === 0 }));
	const { good } = await play(sandbox, {
		items,
		parameters: { ...parameters, returnAll: true, filters: { smsOnly: '={{ $json.sms }}' } },
	});
	expect(good).toHaveLength(100 * 1 + 100 * 3);
	expect(sandbox.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
		'GET /api/v1/account/verified-cli/',
	]);
});

test('a limit is kept to', async () => {
	const { good } = await play(sandbox, { items: [{}], parameters: { ...parameters, limit: 2 } });
	expect(good).toHaveLength(2);
});

test('an account without a verified number gives none', async () => {
	sandbox.fault({ on: 'verified', play: { status: 200, body: [] } });
	expect(await play(sandbox, { items: [{}], parameters })).toMatchObject({ good: [], failed: [], error: undefined });
});

test('an answer that is no list of numbers is an error, not an empty success', async () => {
	sandbox.fault({ on: 'verified', play: { status: 200, body: { count: 3 } } });
	const { good, told } = await play(sandbox, { items: [{}], parameters });
	expect(good).toEqual([]);
	expect(told).toContain('Crazytel answered reading the verified numbers with data in an unknown form (200).');
	expect(countOf(sandbox, 'verified')).toBe(1);
});

test('a list that goes on without saying how is told to be a part', async () => {
	sandbox.fault({ on: 'verified', play: { status: 200, body: { numbers: ['61291234567'], has_more: true } } });
	const scene = await play(sandbox, { items: [{}], parameters });
	expect(scene.good).toMatchObject([{ number: '61291234567' }]);
	expect(hintsOf(scene)).toEqual([expect.stringContaining('The output has what could be read: 1.')]);
});

test('an empty SMS Only is refused, as it would let every number through', async () => {
	const { told } = await play(sandbox, {
		items: [{}],
		parameters: { ...parameters, filters: { smsOnly: '={{ $json.nothing }}' } },
	});
	expect(told).toContain('SMS Only is empty.');
	expect(sandbox.requests).toEqual([]);
});
