import { startSandbox, type Sandbox } from '../../sandbox';
import { call, json } from './client';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ switches: { rateLimit: 0 } });
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const PATH = '/api/v1/phone-numbers';
const good = () => ({
	did_number: sandbox.numbers.available()[0]?.did_number ?? '',
	address_id: sandbox.numbers.addresses[0]?.id,
	person_id: sandbox.numbers.owners[0]?.id,
	primary_route: 'device',
	primary_destination: 'CT000001',
});
const buy = async (body: object) => await call(sandbox, { method: 'POST', path: `${PATH}/purchase`, body });

test.each(['/available-numbers', '/addresses', '/owners', '/destinations', '/purchase/'])(
	'%s with the wrong last slash is answered by a redirect',
	async (path) => {
		const method = path.startsWith('/purchase') ? 'POST' : 'GET';
		expect((await call(sandbox, { method, path: `${PATH}${path}` })).status).toBe(307);
	},
);

test('the owned numbers are listed in one form of the address, and the other one redirects to it', async () => {
	expect((await call(sandbox, { path: `${PATH}/` })).status).toBe(200);
	expect((await call(sandbox, { path: PATH })).status).toBe(307);
	sandbox.set({ ownedListSlash: false, ownedListOther: 404 });
	expect((await call(sandbox, { path: `${PATH}/` })).status).toBe(404);
	expect((await call(sandbox, { path: PATH })).status).toBe(200);
});

test('a purchase is answered by a message, charged for, and done once', async () => {
	const first = await buy(good());
	const again = good();
	expect([first.status, json(first)]).toEqual([200, { message: 'DID number successfully purchased' }]);
	expect(sandbox.numbers.purchases()).toEqual([{ did_number: '61292001000', cost: 7 }]);
	expect((await buy({ ...again, did_number: '61292001000' })).status).toBe(404);
});

test('a number that is bought is verified by that, and no other one', async () => {
	const before = sandbox.verifiedNumbers();
	await buy(good());
	expect(sandbox.verifiedNumbers()).toEqual([...before, '61292001000']);
	expect(json(await call(sandbox, { path: '/api/v1/account/verified-cli/' }))).toEqual([...before, '61292001000']);
	sandbox.reset();
	expect(sandbox.verifiedNumbers()).toEqual(before);
});

test.each<[number, object]>([
	[422, { address_id: 'home' }],
	[422, { primary_route: '' }],
	[422, { country: 'AU' }],
	[400, { person_id: '00000000-0000-4000-8000-000000000000' }],
	[404, { did_number: '61000000000' }],
])('a purchase is refused (%d) with %j, and costs nothing', async (status, change) => {
	expect((await buy({ ...good(), ...change })).status).toBe(status);
	expect(sandbox.numbers.purchases()).toEqual([]);
});

test('a purchase beyond the credit is refused', async () => {
	sandbox.set({ balance: 6 });
	expect((await buy(good())).status).toBe(400);
});

test.each([true, false])('an update, partial: %p', async (partialNumberUpdate) => {
	sandbox.set({ partialNumberUpdate });
	sandbox.numbers.add({ did_number: '61291234567', primary_route: 'device', primary_destination: 'CT000001' });
	const reply = await call(sandbox, {
		method: 'PATCH',
		path: PATH,
		body: { did_number: '61291234567', description: 'Sales' },
	});
	expect(json(reply)).toMatchObject({
		description: 'Sales',
		primary_route: partialNumberUpdate ? 'device' : 'congestion',
	});
});

test('a search shows another part of the stock each time, where it is a sample', async () => {
	sandbox.set({ availableSample: 2 });
	const search = async () => json(await call(sandbox, { path: `${PATH}/available-numbers/?state=NSW` })) as object[];
	const [first, second] = [await search(), await search()];
	expect([first.length, second.length]).toEqual([2, 2]);
	expect(first).not.toEqual(second);
});

test('a number can be routed to the trunks of the account', async () => {
	const { username } = sandbox.addTrunk({ description: 'Front desk' });
	const answer = await call(sandbox, { path: `${PATH}/destinations/` });
	expect([answer.status, json(answer)]).toEqual([
		200,
		[{ route: 'device', destination: username, description: 'Front desk' }],
	]);
});
