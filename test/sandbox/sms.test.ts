import { type Sandbox, startSandbox, type Switches } from '../../sandbox';
import { call, type Call, type Reply } from './client';

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await startSandbox({ switches: { balance: 1 } });
});

afterEach(async () => {
	await sandbox.close();
});

const good = { from: '61412345678', to: '61412000001', text: 'Hello' };

async function send(body: unknown = good, more: Partial<Call> = {}): Promise<Reply> {
	return await call(sandbox, { method: 'POST', path: '/api/v2/sms/send', body, ...more });
}

const withKey = (key: string) => ({ headers: { 'idempotency-key': key } });

test('a message is taken, kept and paid for', async () => {
	const { status, text } = await send(good, withKey('k'));
	const [message] = sandbox.messages();
	expect([status, JSON.parse(text)]).toEqual([200, { status: 'queued', uuid: message?.uuid }]);
	expect(message).toEqual({ ...good, uuid: message?.uuid, parts: 1, key: 'k' });
	expect(sandbox.balance()).toBeCloseTo(0.95);
});

test.each([
	['a'.repeat(160), 1],
	['a'.repeat(161), 2],
	['€'.repeat(81), 2],
	[`${'a'.repeat(152)}[${'a'.repeat(152)}`, 3],
	['🍕'.repeat(35), 1],
	['🍕'.repeat(36), 2],
	['🍕'.repeat(67), 3],
])('each part is paid for: %s', async (text, parts) => {
	await send({ ...good, text });
	expect(sandbox.messages()).toMatchObject([{ parts }]);
	expect(sandbox.balance()).toBeCloseTo(1 - 0.05 * parts);
});

test.each<[string, unknown]>([
	['a field more', { ...good, dlr: true }],
	['no text', { from: good.from, to: good.to }],
	['an empty text', { ...good, text: '' }],
	['1,601 characters', { ...good, text: 'a'.repeat(1_601) }],
	['a number in the place of a text', { ...good, to: 61412000001 }],
	['a sender that is not verified', { ...good, from: '61400000000' }],
	['a landline as the sender', { ...good, from: '61291234567' }],
	['no number', { ...good, to: 'Bob' }],
])('%s is a 422', async (_, body) => {
	expect((await send(body)).status).toBe(422);
	expect(sandbox.messages()).toEqual([]);
	expect(sandbox.balance()).toBe(1);
});

test('the recipient is converted, an opted-out one refused, and so is what the balance does not pay', async () => {
	await send({ ...good, to: '0412000001' });
	await send({ ...good, to: '+61412000001' });
	expect(sandbox.messages().map(({ to }) => to)).toEqual(['61412000001', '61412000001']);
	sandbox.set({ optedOut: ['61412000001'] });
	expect((await send()).status).toBe(422);
	expect((await send({ ...good, to: '61412000002', text: 'a'.repeat(1_600) })).status).toBe(200);
	expect((await send({ ...good, to: '61412000002', text: 'a'.repeat(1_600) })).status).toBe(402);
});

test.each<[Partial<Switches>, 'apiKey' | 'smsApiKey', number]>([
	[{}, 'apiKey', 200],
	[{}, 'smsApiKey', 200],
	[{ smsKey: 'sms' }, 'apiKey', 403],
	[{ smsKey: 'sms' }, 'smsApiKey', 200],
	[{ smsKey: 'account', smsKeyRefusal: 401 }, 'smsApiKey', 401],
	[{ smsKey: 'account' }, 'apiKey', 200],
])('with %j the %s gets %d', async (switches, key, status) => {
	sandbox.set(switches);
	expect((await send(good, { key: sandbox[key] })).status).toBe(status);
});

describe('an Idempotency-Key', () => {
	test('is honoured: the first answer again, and one message', async () => {
		expect((await send(good, withKey('k'))).text).toBe((await send(good, withKey('k'))).text);
		await send(good, withKey('other'));
		await send();
		expect(sandbox.messages().map(({ key }) => key)).toEqual(['k', 'other', undefined]);
	});

	test('or ignored', async () => {
		sandbox.set({ idempotencyKeys: 'ignored' });
		await send(good, withKey('k'));
		await send(good, withKey('k'));
		expect(sandbox.messages()).toHaveLength(2);
	});

	test.each([409, 422, 'first answer'] as const)('with another body: %s', async (keyWithOtherBody) => {
		sandbox.set({ keyWithOtherBody });
		await send(good, withKey('k'));
		const { status } = await send({ ...good, text: 'Other' }, withKey('k'));
		expect(status).toBe(keyWithOtherBody === 'first answer' ? 200 : keyWithOtherBody);
		expect(sandbox.messages()).toHaveLength(1);
	});

	test('of a message that was refused may be used again', async () => {
		expect((await send({ ...good, from: '61400000000' }, withKey('k'))).status).toBe(422);
		expect((await send(good, withKey('k'))).status).toBe(200);
	});
});

test.each(['failed', 'rejected', 'recipients', 'list of rejected'] as const)(
	'a recipient that is refused inside a 2xx costs nothing: %s',
	async (smsRefusal) => {
		sandbox.set({ smsRefusal });
		expect((await send()).status).toBe(200);
		expect([sandbox.messages(), sandbox.balance()]).toEqual([[], 1]);
	},
);

test('the state shows messages and balance, and a reset forgets them, and their keys', async () => {
	await send(good, withKey('k'));
	const state = async () => JSON.parse((await call(sandbox, { path: '/_sandbox/state' })).text) as object;
	expect(await state()).toMatchObject({ messages: [{ text: 'Hello' }], balance: 0.95, requests: { sms: 1 } });
	sandbox.reset();
	expect(await state()).toMatchObject({ messages: [], balance: 1 });
	await send(good, withKey('k'));
	expect(sandbox.messages()).toHaveLength(1);
});
