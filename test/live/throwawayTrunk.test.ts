import { updateByNode } from '../../live/byNode';
import { tryThrowawayTrunk, type ThrowawayOptions } from '../../live/throwawayTrunk';
import { get } from '../../live/transport';
import { write } from '../../live/write';
import { startSandbox, type Sandbox, type Switches } from '../../sandbox';
import { checkAt } from './scene';

let sandbox: Sandbox;
let at = Date.parse('2026-12-01T00:00:00Z');

beforeAll(async () => {
	sandbox = await startSandbox({ switches: { rateLimit: 0 }, now: () => at });
});

afterAll(async () => {
	await sandbox.close();
});

beforeEach(() => {
	sandbox.reset();
	sandbox.set({ rateLimit: 0 });
	sandbox.addTrunk({ username: 'CT100001', description: 'Somebody else' });
});

/** What the node would send, as its own tests prove that it does. */
async function update(id: string, description: string): Promise<string | undefined> {
	const { status } = await write(sandbox.url, sandbox.apiKey, { method: 'PATCH', id, body: { description } });
	return status < 300 ? undefined : 'refused';
}

async function tried(switches: Partial<Switches> = {}, more: Partial<ThrowawayOptions> = {}) {
	sandbox.set(switches);
	const { answers } = await checkAt(sandbox.url, sandbox.apiKey, { all: false });
	const result = await tryThrowawayTrunk({
		answers,
		write: async (request) => await write(sandbox.url, sandbox.apiKey, request),
		list: async () => await get('trunks', `${sandbox.url}/api/v1/sip-trunks/`, sandbox.apiKey, 5_000),
		updateByNode: update,
		pause: async (ms) => void (at += ms),
		isStopped: () => false,
		...more,
	});
	const found = Object.assign({}, ...result.verdicts.map(({ switches: seen }) => seen)) as Record<string, unknown>;
	return { ...result, found };
}

const others = () => sandbox.trunks().map(({ description }) => description);

test('the default: everything is as assumed, and the trunk is gone', async () => {
	const { verdicts, found, left, ended } = await tried();
	expect({ left, ended }).toEqual({});
	expect(verdicts.filter(({ verdict }) => verdict !== 'confirmed')).toEqual([]);
	expect(found).toEqual({
		createStatus: 200,
		echoPassword: false,
		updateAnswer: 'trunk',
		ignoredSettings: [],
		descriptionForm: 'as sent',
		listLagMs: 0,
		emptyText: 'stored',
		nullSetting: 'refused',
		unknownSettings: 'refused',
		deleteEndpoint: 'present',
	});
	expect(others()).toEqual(['Somebody else']);
});

test('it is created suspended, under a description of its own, once', async () => {
	await tried();
	const creates = sandbox.requests.filter(({ kind }) => kind === 'create');
	expect(creates).toHaveLength(1);
	expect(creates[0]?.body).toEqual({
		password: expect.stringMatching(/^Aa1[0-9a-f]{24}$/) as unknown,
		caller_id_number: '61291234567',
		enabled: false,
		description: expect.stringMatching(/^n8n live check [0-9a-f]{8}$/) as unknown,
	});
	const [other] = sandbox.trunks();
	expect(sandbox.requests.filter(({ method, path }) => method !== 'GET' && path.includes(other?.id ?? ''))).toEqual([]);
});

test.each<[Partial<Switches>]>([
	[{ createStatus: 201, echoPassword: true }],
	[{ updateAnswer: 204, descriptionForm: 'html' }],
	[{ updateAnswer: 200, descriptionForm: 'lower case' }],
	[{ updateAnswer: 'queued', descriptionForm: 'one space' }],
	[{ updateAnswer: 'another', descriptionForm: 'NFC' }],
	[{ descriptionForm: 'ASCII', emptyText: 'null' }],
	[{ descriptionForm: 'bare', emptyText: 'ignored' }],
	[{ descriptionForm: 40, emptyText: 'refused' }],
	[{ nullSetting: 'clears', unknownSettings: 'ignored' }],
	[{ nullSetting: 'ignored', unknownSettings: 'kept' }],
	[{ ignoredSettings: ['area_code', 'hide_caller_id'] }],
	[{ listLagMs: 3_000 }],
	[{ trunkListShape: 'wrapped', trunkListKey: 'results', updateAnswer: 205 }],
])('%j', async (switches) => {
	const { found, left } = await tried(switches);
	// How the list comes is the matter of the reading.
	expect(found).toMatchObject(
		Object.fromEntries(Object.entries(switches).filter(([name]) => !name.startsWith('trunkList'))),
	);
	expect(left).toBeUndefined();
	expect(others()).toEqual(['Somebody else']);
});

test.each([404, 405] as const)(
	'trunks cannot be deleted (%d): it says what is left, and how to find it',
	async (deleteEndpoint) => {
		const { left, found } = await tried({ deleteEndpoint });
		expect(found).toMatchObject({ deleteEndpoint });
		const [, mine] = sandbox.trunks();
		expect(mine?.enabled).toBe(false);
		expect(left).toMatch(
			/^The trunk could not be deleted\. It is suspended, so nobody can call with it\. Look in the Crazytel portal for a trunk with the description “(n8n live check [0-9a-f]{8})…”/,
		);
	},
);

test('the reply to the create is lost: the trunk is found by its description, and deleted', async () => {
	sandbox.fault({ on: 'create', play: 'lostReplyAfter' });
	const { ended, left } = await tried();
	expect(ended).toBe('The answer to the create was lost; the trunk was there, and only its delete was tried.');
	expect(left).toBeUndefined();
	expect(others()).toEqual(['Somebody else']);
	expect(sandbox.requests.filter(({ kind }) => kind === 'create')).toHaveLength(1);
});

test('the create fails before it was made: nothing is there, and it says that this cannot be told', async () => {
	sandbox.fault({ on: 'create', play: 'error500Before' });
	const { ended, left } = await tried();
	expect(ended).toMatch(/cannot be told/);
	expect(left).toMatch(/Look in the Crazytel portal/);
	expect(sandbox.requests.filter(({ kind }) => kind === 'create')).toHaveLength(1);
});

test('the create is refused: nothing was created, and nothing is left', async () => {
	sandbox.fault({ on: 'create', play: { status: 400, body: { detail: 'No more trunks on this plan' } } });
	const { ended, left, steps } = await tried();
	expect(ended).toBe('The create was refused (400: see the report). Nothing was created.');
	expect(left).toBeUndefined();
	expect(steps).toEqual([
		{
			step: 'create',
			status: 400,
			kind: 'json',
			shape: expect.anything() as unknown,
			said: 'No more trunks on this plan',
		},
	]);
});

test('no verified number: nothing is tried', async () => {
	sandbox.verify([]);
	const { ended } = await tried();
	expect(ended).toMatch(/^No verified number/);
	expect(sandbox.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
});

test.each([1, 2, 3, 5])('stopped by the person after %d steps: it is deleted first', async (after) => {
	let steps = 0;
	const { ended, left } = await tried({}, { onStep: () => void steps++, isStopped: () => steps >= after });
	expect(ended).toMatch(/^Stopped by you/);
	expect(left).toBeUndefined();
	expect(others()).toEqual(['Somebody else']);
});

test('a delete whose reply is lost, or that fails once, is looked after', async () => {
	sandbox.fault({ on: 'delete', play: 'lostReplyAfter' });
	expect((await tried()).left).toBeUndefined();
	sandbox.fault({ on: 'delete', play: 'error500Before' });
	expect((await tried()).left).toBeUndefined();
	expect(others()).toEqual(['Somebody else']);
});

test("the package's own node, in n8n's engine", async () => {
	const { verdicts } = await tried(
		{},
		{ updateByNode: async (id, description) => await updateByNode(sandbox.url, sandbox.apiKey, id, description) },
	);
	expect(verdicts.find(({ id }) => id === 'update-by-node')).toMatchObject({
		verdict: 'confirmed',
		saw: 'the node said done, and it was so',
	});
	sandbox.fault({ on: 'update', play: { status: 400, body: { detail: 'Jacinta may not' } }, times: 9 });
	const refused = await updateByNode(sandbox.url, sandbox.apiKey, sandbox.trunks()[0]?.id ?? '', 'Anything');
	expect(refused).toMatch(/\w/);
	expect(refused).not.toContain('Jacinta');
});

test('the node says done of what is not: that is a refutation', async () => {
	const { verdicts } = await tried({}, { updateByNode: async () => undefined });
	expect(verdicts.find(({ id }) => id === 'update-by-node')).toMatchObject({
		verdict: 'refuted',
		saw: 'the node said done, and it was not so',
	});
});

test('an update that throws leaves no trunk behind, and the rest is told', async () => {
	const { ended, verdicts, left } = await tried(
		{},
		{
			updateByNode: async () => {
				throw new Error('Jacinta out of memory');
			},
		},
	);
	expect(ended).toMatch(/^The package's own node could not be run here/);
	expect(ended).not.toContain('Jacinta');
	expect(verdicts.map(({ id }) => id)).toEqual(expect.arrayContaining(['trunk-clear', 'trunk-delete']));
	expect(left).toBeUndefined();
	expect(others()).toEqual(['Somebody else']);
});

/** Methods and addresses of what was sent about trunks that were there before. */
const touched = () =>
	sandbox.requests
		.filter(({ method, path }) => method !== 'GET' && method !== 'POST' && path.includes(sandbox.trunks()[0]?.id ?? ''))
		.map(({ method }) => method);

test.each<[name: string, body: (other: string, mark: unknown) => unknown]>([
	['another trunk, as it is', (id) => ({ id, description: 'Somebody else' })],
	['another trunk, with our description', (id, description) => ({ id, description })],
	['an ID of dots', (_id, description) => ({ id: '..', description })],
	['an empty ID', (_id, description) => ({ id: '', description })],
	['a path', (id, description) => ({ id: `x/../${id}`, description })],
])('the create is answered with %s: no other trunk is touched', async (_name, body) => {
	const other = sandbox.trunks()[0]?.id ?? '';
	for (const isMade of [true, false]) {
		const { left } = await tried(
			{},
			{
				write: async (request) => {
					if (request.method !== 'POST') return await write(sandbox.url, sandbox.apiKey, request);
					if (isMade) await write(sandbox.url, sandbox.apiKey, request);
					return { status: 200, kind: 'json', body: body(other, request.body.description) };
				},
			},
		);
		expect(touched()).toEqual([]);
		expect(others()).toEqual(['Somebody else']);
		// What was made is found by its description, and deleted; else it is said what to look for.
		expect(left === undefined).toBe(isMade);
	}
});

test('a new trunk under another description is left alone', async () => {
	const { left, ended } = await tried(
		{},
		{
			write: async (request) => {
				if (request.method !== 'POST') return await write(sandbox.url, sandbox.apiKey, request);
				return {
					status: 200,
					kind: 'json',
					body: {
						id: sandbox.addTrunk({ username: 'CT100002', description: 'Made by somebody meanwhile' }).id,
						description: request.body.description,
					},
				};
			},
		},
	);
	expect(ended).toContain('it was left alone');
	expect(left).toMatch(/Look in the Crazytel portal/);
	expect(others()).toEqual(['Somebody else', 'Made by somebody meanwhile']);
});

test.each<[name: string, switches: Partial<Switches>]>([
	['there is no list', { trunkListEndpoint: 404 }],
	['the list comes in pages', { pageSize: 1 }],
])('%s: nothing is created', async (_name, switches) => {
	sandbox.addTrunk({ username: 'CT100002', description: 'One more' });
	const { ended, left } = await tried(switches);
	expect(ended).toMatch(/could not be listed.*Nothing was created/);
	expect(left).toBeUndefined();
	expect(sandbox.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('one create makes two trunks: both are deleted', async () => {
	const { ended, left } = await tried(
		{},
		{
			write: async (request) => {
				if (request.method === 'POST') await write(sandbox.url, sandbox.apiKey, request);
				return await write(sandbox.url, sandbox.apiKey, request);
			},
		},
	);
	expect(ended).toMatch(/several trunks/);
	expect(left).toBeUndefined();
	expect(others()).toEqual(['Somebody else']);
});

test('a create that is refused, and made all the same: it is deleted', async () => {
	const { ended, left } = await tried(
		{},
		{
			write: async (request) => {
				const written = await write(sandbox.url, sandbox.apiKey, request);
				return request.method === 'POST' ? { status: 409, kind: 'json', body: { detail: 'Conflict' } } : written;
			},
		},
	);
	expect(ended).toMatch(/^The create was refused; the trunk was there/);
	expect(left).toBeUndefined();
	expect(others()).toEqual(['Somebody else']);
});

test('a 429 in the middle: nothing is made of it, and the trunk is deleted after a rest', async () => {
	let updates = 0;
	const { ended, left, found } = await tried(
		{},
		{
			write: async (request) => {
				if (request.method === 'PATCH' && ++updates === 3)
					return { status: 429, kind: 'json', body: { detail: 'Too Many Requests' } };
				return await write(sandbox.url, sandbox.apiKey, request);
			},
		},
	);
	expect(ended).toMatch(/429/);
	expect(found).not.toHaveProperty('emptyText');
	expect(left).toBeUndefined();
	expect(others()).toEqual(['Somebody else']);
});

test('stopped before anything was created: nothing is; and what to look for is said before', async () => {
	expect((await tried({}, { isStopped: () => true })).ended).toBe('Stopped by you. Nothing was created.');
	expect(sandbox.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
	const said: string[] = [];
	await tried(
		{},
		{
			onStart: (words) =>
				said.push(`${words} ${String(sandbox.requests.filter(({ kind }) => kind === 'create').length)}`),
		},
	);
	expect(said).toEqual([expect.stringMatching(/with the description “n8n live check [0-9a-f]{8}…”.* 0$/)]);
});

test('a list that shows passwords stays seen so, whatever the create is answered with', async () => {
	const { found } = await tried(
		{},
		{
			answers: {
				verified: { id: 'verified', status: 200, headers: {}, kind: 'json', body: ['61291234567'], ms: 1 },
				trunks: { id: 'trunks', status: 200, headers: {}, kind: 'json', body: [{ id: 'a', password: 'b' }], ms: 1 },
			},
		},
	);
	expect(found).toMatchObject({ echoPassword: true });
});

test('no password, number or description of it is in what goes into the report', async () => {
	const { verdicts, steps } = await tried({ echoPassword: true });
	const out = JSON.stringify({ verdicts, steps });
	const bodies = sandbox.requests
		.filter(({ kind }) => kind === 'create')
		.map(({ body }) => body as Record<string, string>);
	expect(out).not.toContain(bodies[0]?.password);
	expect(out).not.toMatch(/61291234567|n8n live check [0-9a-f]/);
});
