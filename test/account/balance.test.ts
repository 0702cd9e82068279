import { startSandbox, type Sandbox } from '../../sandbox';
import { countOf, play } from '../engine/scene';

const parameters = { resource: 'account', operation: 'getBalance' };

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox({ switches: { rateLimit: 0 } });
});
afterEach(async () => await sandbox.close());

test('300 items cost one request, to the path with its slash', async () => {
	const items = Array.from({ length: 300 }, () => ({}));
	const { good } = await play(sandbox, { items, parameters });

	expect(good).toHaveLength(300);
	expect(sandbox.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /api/v1/balance/']);
});

test.each([2405.4415187741, 0, -12.5, 0.1])(
	'a balance of %d keeps its decimals and its sign, the code its zeros',
	async (balance) => {
		sandbox.set({ balance });
		const { good } = await play(sandbox, { items: [{}], parameters });
		expect(good).toEqual([{ account_code: '0031742', balance, looked: 0 }]);
	},
);

test('a balance that comes as text stays text', async () => {
	sandbox.set({ balance: -12.5, balanceShape: 'texts' });
	const { good } = await play(sandbox, { items: [{}], parameters });
	expect(good).toEqual([{ account_code: '0031742', balance: '-12.5', looked: 0 }]);
});

test.each(['missing', 'wrapped'] as const)(
	'an answer in which it cannot be found is an error, not an empty success (%s)',
	async (balanceShape) => {
		sandbox.set({ balanceShape });
		const { good, told } = await play(sandbox, { items: [{}], parameters });
		expect(good).toEqual([]);
		expect(told).toContain('Crazytel answered reading the balance with data in an unknown form (200).');
		expect(countOf(sandbox, 'balance')).toBe(1);
	},
);

test.each(['1e999', '-1e999', `"-${'9'.repeat(400)}"`])(
	'a balance that no number can hold is an error, too (%s)',
	async (text) => {
		sandbox.fault({
			on: 'balance',
			play: {
				status: 200,
				body: `{"account_code":"1","balance":${text}}`,
				headers: { 'content-type': 'application/json' },
			},
		});
		const { good, told } = await play(sandbox, { items: [{}], parameters });
		expect(good).toEqual([]);
		expect(told).toContain('Crazytel answered reading the balance with data in an unknown form (200).');
	},
);
