import { sleep } from 'n8n-workflow';

import { type Sandbox, startSandbox, type StoredTrunk } from '../../sandbox';
import { type OwnProcess, type Played, startOwnProcesses } from '../engine/ownProcess';

/* Processes with n8n's engine, real time, and one account. */

const LATENCY_MS = 30;

const customers = Array.from({ length: 20 }, (_, index) => ({
	name: `Customer ${index + 1}`,
	secret: `Entered1Pass${index}`,
}));

const parameters = {
	operation: 'upsert',
	trunkDescription: '={{ $json.name }}',
	callerIdNumber: '61291234567',
	options: { checkNumbers: false },
};
const entered = { ...parameters, passwordSource: 'enter', password: '={{ $json.secret }}' };

let one: OwnProcess;
let two: OwnProcess;
let three: OwnProcess;
let sandbox: Sandbox;
const sandboxes: Sandbox[] = [];

beforeAll(async () => {
	[one, two, three] = (await startOwnProcesses(3)) as [OwnProcess, OwnProcess, OwnProcess];
}, 60_000);

beforeEach(async () => void (sandbox = await accountOf([])));

afterEach(async () => void (await Promise.all(sandboxes.splice(0).map(async (each) => await each.close()))));

afterAll(async () => void (await Promise.all([one, two, three].map(async (each) => await each?.kill()))));

/** An account with these trunks, and their passwords. */
async function accountOf(trunks: StoredTrunk[]): Promise<Sandbox> {
	const account = await startSandbox({ trunks, switches: { rateLimit: 0, latencyMs: LATENCY_MS } });
	sandboxes.push(account);
	return account;
}

const sync = async (process: OwnProcess, { url, apiKey }: Sandbox, more = {}): Promise<Played> =>
	await process.play({
		url,
		apiKey,
		items: customers,
		parameters: { ...parameters, ...more },
		node: { onError: 'continueErrorOutput' },
	});

/** Runs it, and kills the process when the account has seen the ninth create. @returns what is there then */
async function killedHalfWay(process: OwnProcess, more = {}): Promise<StoredTrunk[]> {
	let creates = 0;
	const { requests } = sandbox;
	const push = requests.push.bind(requests);
	requests.push = (...added) => {
		creates += added.filter(({ kind }) => kind === 'create').length;
		// It has no answer yet.
		if (creates === 9) void process.kill();
		return push(...added);
	};
	await expect(sync(process, sandbox, more)).rejects.toThrow('The process has ended.');
	// What was under way may still land.
	await sleep(5 * LATENCY_MS);
	const left = sandbox.trunks();
	expect([8, 9]).toContain(left.length);
	return left;
}

const KEPT = /^(\d+) trunks were there already, and each keeps the Password that it has/;
const keptIn = ({ hints }: Played) => hints.flatMap((hint) => KEPT.exec(hint)?.[1] ?? []);

/** Each description has one trunk, and each output that shows a password shows the one in the account. */
function expectOneEach(account: Sandbox, { good, failed, error }: Played): void {
	expect([failed, error]).toStrictEqual([[], undefined]);
	expect(good).toHaveLength(customers.length);
	expect(
		account
			.trunks()
			.map(({ description }) => description)
			.sort(),
	).toStrictEqual(customers.map(({ name }) => name).sort());
	for (const { id, password } of good) {
		if (password !== undefined) expect(account.trunks().find((trunk) => trunk.id === id)?.password).toBe(password);
	}
}

test('two processes create the same at one moment: one trunk for each description, or an error that names both', async () => {
	const played = await Promise.all([one, two].map(async (process) => await sync(process, sandbox)));
	const errors = played.flatMap(({ failed, error }) => [
		...failed.map((item) => String(item.error)),
		...(error === undefined ? [] : [error]),
	]);
	for (const { name } of customers) {
		const ids = sandbox.trunks().flatMap(({ id, description }) => (description === name ? [id] : []));
		expect(ids.length).toBeGreaterThan(0);
		const isTold = errors.some((words) => ids.every((id) => words.includes(id)));
		expect({ name, ids, isTold: ids.length === 1 || isTold }).toStrictEqual({ name, ids, isTold: true });
	}
	// Nobody has made more than its own, and nobody has deleted anything.
	expect(sandbox.requests.filter(({ kind }) => kind === 'create')).toHaveLength(sandbox.trunks().length);
	for (const { good, failed } of played) expect(good.length + failed.length).toBe(customers.length);
}, 30_000);

describe('a process is killed in the middle of 20 creates, and another one runs them again', () => {
	test('with generated passwords: 20 trunks, and a hint says how many have a password that nobody knows', async () => {
		const left = await killedHalfWay(one);
		const again = await sync(three, sandbox);
		expectOneEach(sandbox, again);
		expect(keptIn(again)).toStrictEqual([String(left.length)]);
		expect(again.good.filter(({ password }) => password === undefined)).toHaveLength(left.length);

		// The same, where every trunk is given a password.
		const other = await accountOf(left);
		const updated = await sync(three, other, { options: { checkNumbers: false, updatePassword: true } });
		expectOneEach(other, updated);
		expect(keptIn(updated)).toStrictEqual([]);
		expect(updated.good.every(({ password }) => typeof password === 'string')).toBe(true);
	}, 30_000);

	test('with passwords of the table: 20 trunks, each with its own, and no hint', async () => {
		await killedHalfWay(two, entered);
		const again = await sync(three, sandbox, entered);
		expectOneEach(sandbox, again);
		expect(keptIn(again)).toStrictEqual([]);
		for (const { name, secret } of customers) {
			expect(sandbox.trunks().find(({ description }) => description === name)?.password).toBe(secret);
		}
	}, 30_000);
});
