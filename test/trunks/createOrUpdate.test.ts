/* eslint-disable @n8n/community-nodes/no-restricted-globals, @typescript-eslint/no-require-imports -- a test does something meanwhile, as somebody else */
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { itemsOf } from '../../engine';
import type { Play, Sandbox, StoredTrunk, Switches } from '../../sandbox';
import { countOf, hintsOf, play, type Scene, time, writes } from '../engine/scene';
import { costOf, listWithout, openAccount, outputsOf, patches, playOne, shownOf, stored, trunkBy } from './account';

/** How long the built node waits for an answer: less in the mutation check. */
const { TIMEOUT_MS } = require('../../dist/nodes/Crazytel/api/timeout.js') as { TIMEOUT_MS: number };

/** Create or Update of the trunk with the item's `name`; the item's other values are its settings. */
const upsert: INodeParameters = {
	operation: 'upsert',
	trunkDescription: '={{ $json.name }}',
	callerIdNumber: '={{ $json.number ?? "61291234567" }}',
	additionalFields: { enabled: '={{ $json.enabled ?? true }}', areaCode: '={{ $json.area ?? "02" }}' },
};

/** A trunk that has all that `upsert` asks for. */
const RIGHT = { description: 'Acme', caller_id_number: '61291234567', enabled: true, area_code: '02' };

/** What loses a reply after the trunk was made. */
const LOST_AFTER: Play[] = ['lostReplyAfter', 'error500After', 'cutOff', 'truncatedJson', 'empty200'];

/** What fails without a trace, but nobody can know. */
const LOST_BEFORE: Play[] = ['lostReplyBefore', 'error500Before', 'html', 'html200', { status: 504 }];

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await openAccount();
});

afterEach(async () => {
	time.onWait = undefined;
	await sandbox.close();
});

async function sync(items: IDataObject[], more: INodeParameters = {}, node?: Partial<INode>): Promise<Scene> {
	return await play(sandbox, { items, parameters: { ...upsert, ...more }, node });
}

function described(description: string): StoredTrunk[] {
	return sandbox.trunks().filter((trunk) => trunk.description === description);
}

const onErrorOutput: Partial<INode> = { onError: 'continueErrorOutput' };

describe('no trunk has the description', () => {
	test('one is created, with the settings, and with a generated password that is shown', async () => {
		const other = sandbox.addTrunk({ description: 'Acme Pty Ltd' });
		const { good } = await sync([{ name: 'Acme', area: 3 }]);

		const [untouched, made] = sandbox.trunks();
		expect(untouched).toStrictEqual(other);
		expect(made).toMatchObject({ ...RIGHT, area_code: '03' });
		expect(good).toMatchObject([{ id: made?.id, username: made?.username, password: made?.password }]);
		expect(made?.password).toMatch(/^\w{24}$/);
		expect(good[0]).not.toHaveProperty('changed');
		// The second list is read to see that nobody else has made one with the description.
		expect(costOf(sandbox)).toStrictEqual({ lists: 2, writes: 1 });
	});

	test('an entered password is set, and shown only when asked for', async () => {
		const entered = { passwordSource: 'enter', password: 'Entered1Pass' };
		const silent = await sync([{ name: 'One' }], entered);
		const asked = await sync([{ name: 'Two' }], { ...entered, options: { includePassword: true } });

		expect(sandbox.trunks().map(({ password }) => password)).toStrictEqual(['Entered1Pass', 'Entered1Pass']);
		expect(silent.good[0]).not.toHaveProperty('password');
		expect(silent.stored).not.toContain('Entered1Pass');
		expect(asked.good).toMatchObject([{ password: 'Entered1Pass' }]);
	});

	test.each(['Update Password on', 'Update Password off'])('the new trunk has a password, with %s', async (words) => {
		const { good } = await sync([{ name: 'Acme' }], { options: { updatePassword: words.endsWith('on') } });
		expect(good).toMatchObject([{ password: sandbox.trunks()[0]?.password }]);
	});

	test.each<Partial<Switches>>([
		{ trunkListShape: 'bare' },
		{ trunkListShape: 'wrapped', trunkListKey: 'rows' },
		{ echoPassword: true },
		{ createStatus: 201 },
	])('the second run finds what the first one has made: %j', async (switches) => {
		sandbox.set(switches);
		sandbox.addTrunk({ description: 'Other' });
		const first = await sync([{ name: 'Acme' }, { name: 'Beta' }]);
		const second = await sync([{ name: 'Acme' }, { name: 'Beta' }]);

		expect(second.good.map(({ id }) => id)).toStrictEqual(first.good.map(({ id }) => id));
		expect(second.good[0]).not.toHaveProperty('password');
		expect(sandbox.trunks()).toHaveLength(3);
		expect(writes(sandbox)).toHaveLength(2);
	});
});

describe('one trunk has the description', () => {
	test('what differs is sent, and nothing else', async () => {
		const trunk = sandbox.addTrunk({ ...RIGHT, enabled: false, hide_caller_id: true });
		const { good } = await sync([{ name: 'Acme' }]);

		expect(writes(sandbox)).toStrictEqual([`PATCH /api/v1/sip-trunks/${trunk.id} {"enabled":true}`]);
		expect(stored(sandbox, trunk)).toStrictEqual({ ...trunk, enabled: true });
		expect(good).toMatchObject([{ id: trunk.id, enabled: true, hide_caller_id: true }]);
	});

	test('nothing is sent when nothing differs, and the output is the trunk as it is', async () => {
		const trunk = sandbox.addTrunk(RIGHT);
		const scene = await sync([{ name: 'Acme' }]);

		expect(outputsOf(scene)).toStrictEqual([shownOf(trunk)]);
		expect(sandbox.requests.map(({ kind }) => kind)).toStrictEqual(['list']);
	});

	test.each([
		['with space around it', '  Acme \t'],
		['that the account holds with space around it', 'Acme', ' Acme  '],
		['that is a number', 4711, '4711'],
		['with space inside', 'Acme  Pty', 'Acme  Pty'],
		['that is a key of every object', 'constructor', 'constructor'],
		['that is the key of prototypes', '__proto__', '__proto__'],
		['in another alphabet', 'Ακμή 株式会社 🦘', 'Ακμή 株式会社 🦘'],
	])('a description %s is the same', async (_, name, held = 'Acme') => {
		const trunk = sandbox.addTrunk({ ...RIGHT, description: held });
		const scene = await sync([{ name }]);

		expect(outputsOf(scene)).toStrictEqual([shownOf(trunk)]);
		expect(writes(sandbox)).toStrictEqual([]);
	});

	test.each([
		['with more behind it', 'Acme 2'],
		['with less of it', 'Acm'],
	])('a description %s is another one', async (_, name) => {
		sandbox.addTrunk(RIGHT);
		sandbox.addTrunk({ ...RIGHT, description: 'Acme Pty' });
		sandbox.addTrunk({ ...RIGHT, description: 'Acm\u00e9' });
		await sync([{ name }]);

		expect(countOf(sandbox, 'create')).toBe(1);
		expect(described(name)).toHaveLength(1);
	});

	test.each([
		['a description that reads like the same phone number', '0412 345 678', '61412345678'],
		['a number that lost its zero', '412345678', '0412345678'],
	])('%s is another one', async (_, name, held) => {
		sandbox.addTrunk({ ...RIGHT, description: held });
		await sync([{ name }]);
		expect(sandbox.trunks().map(({ description }) => description)).toStrictEqual([held, name]);
	});

	test('its password is left alone, entered or generated', async () => {
		const trunk = sandbox.addTrunk({ ...RIGHT, enabled: false });
		const generated = await sync([{ name: 'Acme' }]);
		const entered = await sync([{ name: 'Acme', enabled: false }], {
			passwordSource: 'enter',
			password: 'Entered1Pass',
			options: { includePassword: true },
		});

		expect(stored(sandbox, trunk)?.password).toBe(trunk.password);
		for (const { good } of [generated, entered]) expect(good[0]).not.toHaveProperty('password');
	});

	test('with Update Password it gets the password in each run: a generated one is shown', async () => {
		const trunk = sandbox.addTrunk(RIGHT);
		const { good } = await sync([{ name: 'Acme' }], { options: { updatePassword: true } });

		const now = stored(sandbox, trunk)?.password;
		expect(now).toMatch(/^\w{24}$/);
		expect(good).toMatchObject([{ id: trunk.id, password: now }]);
		expect(patches(sandbox)).toStrictEqual([{ password: now }]);
	});

	test('with Update Password an entered one is shown only when asked for', async () => {
		const trunk = sandbox.addTrunk(RIGHT);
		const entered = { passwordSource: 'enter', password: 'Entered1Pass' };
		const silent = await sync([{ name: 'Acme' }], { ...entered, options: { updatePassword: true } });
		const asked = await sync([{ name: 'Acme' }], {
			...entered,
			options: { updatePassword: true, includePassword: true },
		});

		expect(stored(sandbox, trunk)?.password).toBe('Entered1Pass');
		expect(silent.good[0]).not.toHaveProperty('password');
		expect(asked.good).toMatchObject([{ password: 'Entered1Pass' }]);
	});

	test('numbers that differ are checked, and those that the trunk has already are not', async () => {
		const trunk = sandbox.addTrunk({ ...RIGHT, caller_id_number: '61299999999' });
		const kept = await sync([{ name: 'Acme', number: '02 9999 9999', enabled: false }]);
		expect(kept.error).toBeUndefined();
		expect(countOf(sandbox, 'verified')).toBe(0);

		const { told } = await sync([{ name: 'Acme', number: '61288888888' }]);
		expect(told).toContain("Caller ID '61288888888' is not verified for this account.");
		expect(stored(sandbox, trunk)).toMatchObject({ caller_id_number: '61299999999', enabled: false });
	});

	test('with Check Numbers off, the API decides', async () => {
		sandbox.addTrunk(RIGHT);
		const { told } = await sync([{ name: 'Acme', number: '61288888888' }], { options: { checkNumbers: false } });

		expect(told).toMatch(/^Crazytel refuses the Caller ID \(400\)/);
		expect(countOf(sandbox, 'verified')).toBe(0);
	});

	test('a trunk that somebody else changes between reading and writing ends with all the values asked for', async () => {
		const trunk = sandbox.addTrunk({ ...RIGHT, enabled: false });
		sandbox.set({ latencyMs: 20 });
		const running = sync([{ name: 'Acme' }]);
		// The list shows the area code that is asked for; the write meets another one.
		while (countOf(sandbox, 'list') === 0) await new Promise(setImmediate);
		await disturb(trunk.id, { area_code: '08', caller_id_number: '61398765432' });
		const { good } = await running;

		expect(stored(sandbox, trunk)).toStrictEqual({ ...trunk, ...RIGHT });
		expect(good).toMatchObject([RIGHT]);
	});

	test('a trunk that somebody else deletes between reading and writing: the error says that it is gone', async () => {
		const trunk = sandbox.addTrunk({ ...RIGHT, enabled: false });
		sandbox.fault({
			on: 'list',
			play: { status: 200, body: [shownOf(trunk), { ...shownOf(trunk), id: UNKNOWN, description: 'Beta' }] },
		});
		const { good, failed } = await sync([{ name: 'Beta' }, { name: 'Acme' }], {}, onErrorOutput);

		expect(good).toMatchObject([{ looked: 1, id: trunk.id }]);
		expect(failed).toMatchObject([
			{ looked: 0, error: expect.stringContaining('does not exist in this account (404)') },
		]);
		expect(countOf(sandbox, 'create')).toBe(0);
	});
});

const UNKNOWN = '00000000-0000-4000-8000-000000000000';

/** Somebody else changes a trunk, with the same key; the request is answered before this returns. */
async function disturb(id: string, settings: IDataObject): Promise<void> {
	const response = await fetch(`${sandbox.url}/api/v1/sip-trunks/${id}`, {
		method: 'PATCH',
		headers: { 'x-crazytel-api-key': sandbox.apiKey, 'content-type': 'application/json' },
		body: JSON.stringify(settings),
	});
	expect(response.status).toBe(200);
}

describe('several trunks have the description', () => {
	test('an error names their usernames, and none of them is touched', async () => {
		const trunks = ['CT111111', 'CT222222', 'CT333333'].map((username) =>
			sandbox.addTrunk({ ...RIGHT, username, enabled: false }),
		);
		const { told } = await sync([{ name: 'Acme' }]);

		expect(told).toBe(
			"Description 'Acme' belongs to 3 trunks, and it is unknown which one is meant: CT111111, CT222222, CT333333. Give each of them a description of its own, or use Update. Nothing was written.",
		);
		expect(sandbox.trunks()).toStrictEqual(trunks);
		expect(writes(sandbox)).toStrictEqual([]);
	});

	test('also when they differ in the space around it; and where they have no username, their ids are named', async () => {
		const body = [
			{ id: 'a-1', description: 'Acme ' },
			{ id: 'b-2', description: ' Acme', username: null },
		];
		sandbox.fault({ on: 'list', play: { status: 200, body } });
		const { told } = await sync([{ name: 'Acme' }]);
		expect(told).toContain('belongs to 2 trunks, and it is unknown which one is meant: a-1, b-2.');
	});

	test('fails its own item only', async () => {
		for (let count = 0; count < 2; count++) sandbox.addTrunk(RIGHT);
		const { good, failed } = await sync([{ name: 'Acme' }, { name: 'Beta' }], {}, onErrorOutput);

		expect(good).toMatchObject([{ looked: 1, description: 'Beta' }]);
		expect(failed).toMatchObject([{ looked: 0, details: { field: 'Description', parameter: 'trunkDescription' } }]);
	});
});

describe('the list', () => {
	test.each([404, 405] as const)(
		'is missing (%d): an honest error, and nothing is written',
		async (trunkListEndpoint) => {
			sandbox.set({ trunkListEndpoint });
			const { told } = await sync([{ name: 'Acme' }]);

			expect(told).toMatch(/^Create or Update needs the list of trunks\. .*It cannot be used with this account\./);
			expect(writes(sandbox)).toStrictEqual([]);
		},
	);

	test('shows no descriptions: an honest error, and nothing is written', async () => {
		sandbox.addTrunk(RIGHT);
		listWithout(sandbox, 'description');
		const { told } = await sync([{ name: 'Acme' }]);

		expect(told).toBe(
			'Create or Update cannot be used with this account: its list of trunks shows no descriptions, so nobody can tell whether the trunk exists. Use the operations Create and Update, each on its own. Nothing was written.',
		);
		expect(writes(sandbox)).toStrictEqual([]);
	});

	test('shows descriptions of which none was ever made: the trunk is created', async () => {
		sandbox.addTrunk({ description: null });
		await sync([{ name: 'Acme' }]);
		expect(described('Acme')).toHaveLength(1);
	});

	test('does not show a setting: it is sent, because nobody knows', async () => {
		const trunk = sandbox.addTrunk(RIGHT);
		listWithout(sandbox, 'enabled');
		const { good } = await sync([{ name: 'Acme' }]);

		expect(patches(sandbox)).toStrictEqual([{ enabled: true }]);
		expect(good).toMatchObject([{ id: trunk.id, enabled: true }]);
	});

	test.each([
		['html200', /^Create or Update needs the list of trunks\. Crazytel /],
		[{ status: 500 }, /^Create or Update needs the list of trunks\. Crazytel /],
		['truncatedJson', /^Create or Update needs the list of trunks\. Crazytel /],
		// It concerns more than the list.
		[{ status: 401 }, /^Crazytel does not accept the API key \(401\)\.(?!.*needs the list)/],
		[
			{ status: 403 },
			/^Crazytel does not accept the API key \(403\)\..* Create or Update needs the list of trunks\. Put the account API key/,
		],
	] as const)('cannot be read (%j): an error, and nothing is written', async (fault, words) => {
		sandbox.addTrunk(RIGHT);
		sandbox.fault({ on: 'list', times: 10, play: fault });
		const { told } = await sync([{ name: 'Acme', enabled: false }]);

		expect(told).toMatch(words);
		expect(writes(sandbox)).toStrictEqual([]);
	});

	test('writes the numbers in another form: nothing is sent', async () => {
		const trunk = sandbox.addTrunk({ ...RIGHT, sms_sender: '61412345678' });
		for (const caller_id_number of ['+61 2 9123 4567', 61291234567, '0291234567']) {
			const body = [{ ...shownOf(trunk), caller_id_number, sms_sender: '0412 345 678' }];
			sandbox.fault({ on: 'list', play: { status: 200, body } });
			await sync([{ name: 'Acme' }], { additionalFields: { smsSender: '61412345678' } });
		}
		expect(writes(sandbox)).toStrictEqual([]);
	});
});

describe('what cannot be used is refused before anything is read', () => {
	test.each([
		['nothing', undefined],
		['null', null],
		['an empty text', ''],
		['space', ' \u00a0\u200b'],
	])('a description that is %s', async (_, name) => {
		const { told } = await sync([{ name }] as never);
		expect(told).toBe(
			'Description is empty. Fill it in. An expression may have found nothing in this item. Nothing was written.',
		);
		expect(sandbox.requests).toStrictEqual([]);
	});

	test.each([
		['a list', ['Acme']],
		['an object', { name: 'Acme' }],
		['true', true],
		['two lines', 'Acme\nPty'],
		['a document', 'x'.repeat(1_001)],
	])('a description that is %s', async (_, name) => {
		const { told } = await sync([{ name }] as never);
		expect(told).toMatch(/^Description (must be text|'Acme‹U\+000A›Pty' has a line break|has 1001 characters)/);
		expect(sandbox.requests).toStrictEqual([]);
	});

	test('all problems at once, in the words of the editor', async () => {
		const { told } = await sync([{ name: '', number: 'Jim', area: '99' }], {
			passwordSource: 'enter',
			password: 'short',
			options: { updatePassword: '={{ "maybe" }}', onlyIfChanged: '={{ 2 }}' },
		});
		for (const words of [
			'Description is empty.',
			"Caller ID 'Jim'",
			"Area Code '99'",
			'Password cannot be used',
			"Update Password must be true or false, and it is 'maybe'.",
			"Only If Changed must be true or false, and it is '2'.",
		]) {
			expect(told).toContain(words);
		}
	});
});

describe('items of one run with the same description', () => {
	test('equal ones: one create, and the second sees the first', async () => {
		const { good } = await sync([{ name: 'Acme' }, { name: ' Acme' }, { name: 'Acme' }]);

		expect(described('Acme')).toHaveLength(1);
		expect(writes(sandbox)).toHaveLength(1);
		expect(new Set(good.map(({ id }) => id)).size).toBe(1);
		// Only the first one has made a password.
		expect(good.map(({ password }) => password)).toStrictEqual([sandbox.trunks()[0]?.password, undefined, undefined]);
		// One before the create, and one after it.
		expect(costOf(sandbox).lists).toBe(2);
	});

	test("different ones: the last one's values stand, and what differs is sent", async () => {
		const { good } = await sync([
			{ name: 'Acme', area: '02' },
			{ name: 'Other' },
			{ name: 'Acme', area: '03', enabled: false },
			{ name: 'Acme', area: '03' },
		]);

		expect(described('Acme')).toMatchObject([{ area_code: '03', enabled: true }]);
		expect(patches(sandbox)).toStrictEqual([{ area_code: '03', enabled: false }, { enabled: true }]);
		expect(good.map(({ looked, area_code, enabled }) => [looked, area_code, enabled])).toStrictEqual([
			[0, '02', true],
			[1, '02', true],
			[2, '03', false],
			[3, '03', true],
		]);
	});

	test("of a trunk that exists: the last one's values stand", async () => {
		sandbox.addTrunk({ ...RIGHT, area_code: '08' });
		await sync([
			{ name: 'Acme', area: '03' },
			{ name: 'Acme', area: '08' },
			{ name: 'Acme', area: '07' },
			{ name: 'Acme', area: '07' },
		]);

		expect(patches(sandbox)).toStrictEqual([{ area_code: '03' }, { area_code: '08' }, { area_code: '07' }]);
		expect(described('Acme')).toMatchObject([{ area_code: '07' }]);
	});

	test('the first one is refused: the second one creates the trunk', async () => {
		sandbox.fault({ on: 'create', play: { status: 400, body: { detail: 'Not now' } } });
		const { good, failed } = await sync([{ name: 'Acme' }, { name: 'Acme', area: '03' }], {}, onErrorOutput);

		expect(described('Acme')).toMatchObject([{ area_code: '03' }]);
		expect(failed).toMatchObject([{ looked: 0 }]);
		expect(good).toMatchObject([{ looked: 1, password: described('Acme')[0]?.password }]);
	});

	test.each(LOST_AFTER)(
		'the reply to the first one is lost (%j): it is found, and the second one updates it',
		async (fault) => {
			sandbox.fault({ on: 'create', play: fault });
			const { good } = await sync(
				[{ name: 'Acme' }, { name: 'Acme' }, { name: 'Acme', area: '03' }],
				{},
				onErrorOutput,
			);

			expect(countOf(sandbox, 'create')).toBe(1);
			expect(described('Acme')).toMatchObject([{ area_code: '03' }]);
			expect(good).toMatchObject([
				{ looked: 0, recovered: true, area_code: '02' },
				{ looked: 1, area_code: '02' },
				{ looked: 2, area_code: '03' },
			]);
			// Those that did not look for it have not recovered it.
			expect(good.map(({ recovered }) => recovered)).toStrictEqual([true, undefined, undefined]);
		},
	);

	test.each(LOST_BEFORE)(
		'the first one left no trace (%j): nobody knows, so the others send nothing',
		async (fault) => {
			sandbox.fault({ on: 'create', play: fault });
			const { failed } = await sync([{ name: 'Acme' }, { name: 'Acme' }, { name: 'Beta' }], {}, onErrorOutput);

			expect(failed).toMatchObject([
				{ looked: 0, error: expect.stringContaining('No trace of the trunk was found') },
				{
					looked: 1,
					error: expect.stringMatching(
						/^Description 'Acme' may belong to a trunk that was sent a moment ago, and it is unknown whether that exists\. Nothing was sent for this item\./,
					),
				},
			]);
			expect(sandbox.trunks().map(({ description }) => description)).toStrictEqual(['Beta']);
			expect(countOf(sandbox, 'create')).toBe(2);
		},
	);

	test('each answer says what was changed, when that is asked for', async () => {
		const { good } = await sync([{ name: 'Acme' }, { name: 'Acme' }, { name: 'Acme', area: '03' }], {
			options: { onlyIfChanged: true },
		});

		expect(good.map(({ changed }) => changed)).toStrictEqual([true, false, true]);
		expect(good[0]?.changes).toStrictEqual({
			area_code: { from: null, to: '02' },
			caller_id_number: { from: null, to: '61291234567' },
			description: { from: null, to: 'Acme' },
			enabled: { from: null, to: true },
			password: { from: '***', to: '***' },
		});
		expect(good[1]?.changes).toStrictEqual({});
		expect(good[2]?.changes).toStrictEqual({ area_code: { from: '02', to: '03' } });
	});
});

describe('executions at the same time', () => {
	test('20 webhooks with the same description make one trunk', async () => {
		sandbox.set({ latencyMs: 5 });
		const scenes = await Promise.all(Array.from({ length: 20 }, async () => await sync([{ name: 'Acme' }])));

		const [made, ...others] = sandbox.trunks();
		expect(others).toStrictEqual([]);
		expect(countOf(sandbox, 'create')).toBe(1);
		expect(scenes.map(({ error }) => error?.message)).toStrictEqual(scenes.map(() => undefined));
		expect(scenes.flatMap(({ good }) => good.map(({ id }) => id))).toStrictEqual(scenes.map(() => made?.id));
		// The one that has made it knows its password.
		expect(scenes.flatMap(({ good }) => good.map(({ password }) => password)).filter(Boolean)).toStrictEqual([
			made?.password,
		]);
	});

	test('with different descriptions each makes its own', async () => {
		await Promise.all(['A', 'B', 'C', 'A', 'B', 'C'].map(async (name) => await sync([{ name }])));
		expect(
			sandbox
				.trunks()
				.map(({ description }) => description)
				.sort(),
		).toStrictEqual(['A', 'B', 'C']);
	});

	test.each(['lostReplyAfter', 'lostReplyBefore'] as const)(
		'the create is lost (%s): never two trunks, and each is told the truth',
		async (fault) => {
			sandbox.set({ latencyMs: 5 });
			sandbox.fault({ on: 'create', play: fault });
			const scenes = await Promise.all(Array.from({ length: 6 }, async () => await sync([{ name: 'Acme' }])));

			expect(countOf(sandbox, 'create')).toBe(1);
			const ids = scenes.flatMap(({ good }) => good.map(({ id }) => id));
			expect(ids).toStrictEqual(fault === 'lostReplyAfter' ? scenes.map(() => sandbox.trunks()[0]?.id) : []);
		},
	);

	/** Runs Create or Update, and the operation Create after its list was read and before its write. */
	async function withCreated(count: number): Promise<Scene> {
		// Long enough for the creates, and shorter than the node waits for an answer.
		sandbox.fault({ on: 'list', nth: 1, play: { slowMs: Math.min(1_000, TIMEOUT_MS / 2) } });
		const running = sync([{ name: 'Acme', area: '03' }]);
		while (countOf(sandbox, 'list') === 0) await new Promise(setImmediate);
		await play(sandbox, {
			items: Array.from({ length: count }, () => ({})),
			parameters: { operation: 'create', callerIdNumber: '61291234567', trunkDescription: 'Acme' },
		});
		return await running;
	}

	test('a trunk of the operation Create, made meanwhile, counts as well', async () => {
		const { good } = await withCreated(1);

		expect(described('Acme')).toMatchObject([{ area_code: '03' }]);
		expect(good[0]?.id).toBe(described('Acme')[0]?.id);
	});

	test('several such trunks: none of them is touched, and no further one is made', async () => {
		const { told } = await withCreated(2);

		expect(told).toBe(
			"Description 'Acme' was given to several trunks a moment ago. Nothing was sent for this item. Give each trunk a description of its own.",
		);
		expect(described('Acme')).toHaveLength(2);
		expect(countOf(sandbox, 'update')).toBe(0);
	});
});

describe('a create that goes wrong', () => {
	test.each(LOST_AFTER)('%j: one trunk, returned as recovered, with its password', async (fault) => {
		sandbox.fault({ on: 'create', play: fault });
		const scene = await sync([{ name: 'Acme' }]);
		const [made, ...others] = sandbox.trunks();

		expect(others).toStrictEqual([]);
		expect(countOf(sandbox, 'create')).toBe(1);
		expect(scene.good).toMatchObject([{ id: made?.id, recovered: true, password: made?.password }]);
		expect(hintsOf(scene)).toContainEqual(expect.stringContaining('was lost. It was found in the list of trunks'));
	});

	test.each(LOST_BEFORE)('%j: no second POST, and the answer that no trace was found', async (fault) => {
		sandbox.fault({ on: 'create', play: fault });
		const { told } = await sync([{ name: 'Acme' }]);

		expect(told).toContain('No trace of the trunk was found');
		expect(countOf(sandbox, 'create')).toBe(1);
	});

	test('the list breaks after the lost reply: it is unknown, and the next run finds the trunk', async () => {
		sandbox.fault({ on: 'create', play: 'lostReplyAfter' });
		sandbox.fault({ on: 'list', nth: 2, times: 4, play: 'error500Before' });
		const first = await sync([{ name: 'Acme' }]);
		const second = await sync([{ name: 'Acme', area: '03' }]);

		expect(first.told).toMatch(/It is unknown whether the trunk exists/);
		expect(second.good).toMatchObject([{ area_code: '03' }]);
		expect(described('Acme')).toHaveLength(1);
	});

	test('a new trunk with this description and other settings is named, and it is not said that there is no trace', async () => {
		sandbox.fault({ on: 'create', play: 'lostReplyBefore' });
		time.onWait = () => {
			time.onWait = undefined;
			sandbox.addTrunk({ ...RIGHT, username: 'CT777777', enabled: false });
		};
		const { told } = await sync([{ name: 'Acme' }]);

		expect(told).toMatch(/These new trunks may be the one: CT777777 \(/);
		expect(told).not.toContain('No trace');
		expect(described('Acme')).toHaveLength(1);
	});

	test.each([
		[
			'a definite refusal',
			{ status: 400, body: { detail: 'Insufficient balance' } },
			/^Crazytel refuses the Caller ID \(400\)\. Crazytel says: "Insufficient balance"/,
		],
		['a key that may not write', { status: 403 }, /does not accept the API key \(403\)/],
	] as const)('%s is told as it is', async (_, play, words) => {
		sandbox.fault({ on: 'create', play });
		const { told } = await sync([{ name: 'Acme' }]);
		expect(told).toMatch(words);
		expect(sandbox.trunks()).toStrictEqual([]);
	});
});

describe.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
	'Retry On Fail with %s',
	(onError) => {
		const node: Partial<INode> = { onError, retryOnFail: true, maxTries: 4, waitBetweenTries: 1 };

		test('the first item is refused once: one trunk each, and every password that was made is told', async () => {
			sandbox.fault({ on: 'create', nth: 1, play: { status: 400 } });
			const { good, error, failed } = await sync([{ name: 'Acme' }, { name: 'Beta' }], {}, node);

			expect([error, failed]).toStrictEqual([undefined, []]);
			expect(sandbox.trunks()).toHaveLength(2);
			for (const { id, password } of good) {
				expect(sandbox.trunks().find((trunk) => trunk.id === id)?.password).toBe(password);
			}
		});

		test("the first of three with one description is refused once: the last one's values stand, and the password is told", async () => {
			sandbox.fault({ on: 'create', nth: 1, play: { status: 400 } });
			const items = ['02', '03', '07'].map((area) => ({ name: 'Acme', area }));
			const { good, error, failed } = await sync(items, {}, node);

			expect([error, failed]).toStrictEqual([undefined, []]);
			expect(described('Acme')).toMatchObject([{ area_code: '07' }]);
			expect(good.map(({ area_code }) => area_code)).toStrictEqual(['02', '03', '07']);
			expect(good.flatMap(({ password }) => password ?? [])).toStrictEqual([described('Acme')[0]?.password]);
		});

		test('a lost reply that could not be cleared up: cleared up in the next try, and the next item follows it', async () => {
			sandbox.fault({ on: 'create', nth: 1, play: 'lostReplyAfter' });
			sandbox.fault({ on: 'list', nth: 2, times: 4, play: 'error500Before' });
			// The look of the next try is late, so that the next item could overtake it.
			sandbox.fault({ on: 'list', nth: 7, times: 1, play: { slowMs: 100 } });
			const { good, error, failed } = await sync(
				[
					{ name: 'Acme', area: '02' },
					{ name: 'Acme', area: '03' },
				],
				{},
				node,
			);

			expect([error, failed]).toStrictEqual([undefined, []]);
			expect(countOf(sandbox, 'create')).toBe(1);
			expect(described('Acme')).toMatchObject([{ area_code: '03' }]);
			expect(good).toMatchObject([{ recovered: true, password: described('Acme')[0]?.password }, { area_code: '03' }]);
		});

		test.each(['error500After', 'lostReplyAfter'] as const)(
			'an update that is lost in each of its requests (%s) is sent again in the next try',
			async (fault) => {
				sandbox.addTrunk({ ...RIGHT, area_code: '08' });
				sandbox.fault({ on: 'update', times: 4, play: fault });
				const { good, error } = await sync([{ name: 'Acme', area: '03' }], {}, node);

				expect(error).toBeUndefined();
				expect(good).toMatchObject([{ area_code: '03' }]);
				expect(described('Acme')).toMatchObject([{ area_code: '03' }]);
				expect(countOf(sandbox, 'create')).toBe(0);
			},
		);

		test('an update that is lost, of a trunk that somebody else then deletes: the next try creates it, once', async () => {
			const trunk = sandbox.addTrunk({ ...RIGHT, area_code: '08' });
			sandbox.fault({ on: 'update', times: 4, play: { status: 500 } });
			sandbox.fault({ on: 'list', nth: 2, play: { slowMs: 200, after: false } });
			const running = sync([{ name: 'Acme', area: '03' }], {}, node);
			while (countOf(sandbox, 'list') < 2) await new Promise(setImmediate);
			await fetch(`${sandbox.url}/api/v1/sip-trunks/${trunk.id}`, {
				method: 'DELETE',
				headers: { 'x-crazytel-api-key': sandbox.apiKey },
			});
			const { good } = await running;

			expect(good).toMatchObject([{ area_code: '03', password: described('Acme')[0]?.password }]);
			expect(described('Acme')).toHaveLength(1);
			expect(countOf(sandbox, 'create')).toBe(1);
		});

		test('an update of what this run has created is lost: never a second trunk', async () => {
			sandbox.fault({ on: 'update', times: 4, play: 'error500After' });
			const { error, failed } = await sync(
				[
					{ name: 'Acme', area: '02' },
					{ name: 'Acme', area: '03' },
				],
				{},
				node,
			);

			if (onError === 'stopWorkflow') expect(error).toBeUndefined();
			else expect(failed.length + (onError === 'continueRegularOutput' ? 1 : 0)).toBe(1);
			expect(described('Acme')).toMatchObject([{ area_code: '03' }]);
		});

		test('with Update Password the password that is told is the one in effect', async () => {
			const trunk = sandbox.addTrunk(RIGHT);
			sandbox.fault({ on: 'update', times: 4, play: 'lostReplyAfter' });
			const { good } = await sync([{ name: 'Acme' }], { options: { updatePassword: true } }, node);
			expect(good).toMatchObject([{ password: stored(sandbox, trunk)?.password }]);
		});

		test('a create that left no trace is not sent again, by the next item with its description either', async () => {
			sandbox.fault({ on: 'create', nth: 1, play: 'lostReplyBefore' });
			await sync([{ name: 'Acme' }, { name: 'Acme' }], {}, node);
			expect(countOf(sandbox, 'create')).toBe(1);
		});

		test('a create that lands late is found, and there is no second one', async () => {
			sandbox.fault({ on: 'create', nth: 1, play: 'lostReplyBefore' });
			let looks = 0;
			time.onWait = (ms) => {
				if (ms === 2_000 && ++looks === 3) sandbox.addTrunk(RIGHT);
			};
			const { good } = await sync([{ name: 'Acme' }, { name: 'Acme' }], {}, node);

			expect(described('Acme')).toHaveLength(1);
			expect(good[0]).toMatchObject({ recovered: true });
		});
	},
);

test('a create in doubt that was cleared up is in no doubt any more, when the item before it follows in a later try', async () => {
	sandbox.fault({ on: 'create', nth: 1, play: { status: 400 } });
	sandbox.fault({ on: 'create', nth: 2, play: 'lostReplyAfter' });
	sandbox.fault({ on: 'list', nth: 2, times: 4, play: 'error500Before' });
	sandbox.fault({ on: 'update', nth: 1, play: { status: 400 } });
	const { good, failed } = await sync(
		[
			{ name: 'Acme', area: '02' },
			{ name: 'Acme', area: '03' },
		],
		{},
		{
			...onErrorOutput,
			retryOnFail: true,
			maxTries: 4,
			waitBetweenTries: 1,
		},
	);

	expect(failed).toStrictEqual([]);
	expect(described('Acme')).toMatchObject([{ area_code: '03' }]);
	expect(good).toMatchObject([{ area_code: '02' }, { area_code: '03', password: described('Acme')[0]?.password }]);
});

test('a create in doubt that was refused before: no other trunk is taken for it, and it is not said that there is no trace', async () => {
	// In the next try the first item finds the trunk of the second one, and changes it.
	sandbox.fault({ on: 'create', nth: 1, play: { status: 400 } });
	sandbox.fault({ on: 'create', nth: 2, play: 'lostReplyAfter' });
	sandbox.fault({ on: 'list', nth: 2, times: 4, play: 'error500Before' });
	const { good, failed } = await sync(
		[
			{ name: 'Acme', area: '02' },
			{ name: 'Acme', area: '03' },
		],
		{},
		{
			...onErrorOutput,
			retryOnFail: true,
			maxTries: 2,
			waitBetweenTries: 1,
		},
	);

	expect(described('Acme')).toHaveLength(1);
	expect(good).toMatchObject([{ looked: 0 }]);
	expect(failed).toMatchObject([
		{
			looked: 1,
			error: expect.stringMatching(
				/These new trunks may be the one: CT\d{6} \(.*It is unknown whether the trunk exists/,
			),
		},
	]);
});

describe('stop mode', () => {
	test('the error counts what was written, and not what was right already', async () => {
		sandbox.addTrunk({ ...RIGHT, description: 'One' });
		sandbox.addTrunk({ ...RIGHT, description: 'Two', enabled: false });
		// Creates come after the updates here: those are answered first.
		sandbox.fault({ on: 'create', play: { slowMs: 100 } });
		sandbox.fault({ on: 'create', nth: 2, play: { status: 400 } });
		const { error } = await sync([
			{ name: 'One' },
			{ name: 'Two' },
			{ name: 'Three' },
			{ name: 'Four' },
			{ name: 'Five' },
		]);

		expect(error?.message).toMatch(/ 2 of 5 items were written; see the details for which\.$/);
		expect(error?.description).not.toContain(described('One')[0]?.id);
		for (const name of ['Two', 'Three']) expect(error?.description).toContain(described(name)[0]?.id);
		expect(error?.description).toContain('Their passwords are not shown here: set new ones with Rotate Password.');
		expect(error?.description).toContain('Not sent: 1 item.');
		expect(error?.stack).not.toContain(described('Three')[0]?.password);
	});
});

test('every item has one output, in the order of the input, paired with it', async () => {
	sandbox.addTrunk({ ...RIGHT, description: 'B' });
	const { run } = await sync([{ name: 'A' }, { name: 'B' }, { name: 'C' }, { name: 'A' }, { name: 'B', area: '03' }]);

	expect(itemsOf(run, 'Crazytel').map(({ json, pairedItem }) => [json.description, pairedItem])).toStrictEqual(
		['A', 'B', 'C', 'A', 'B'].map((name, item) => [name, { item }]),
	);
});

test('nothing that is sent ever holds the description of a trunk that exists, or a setting that was not added', async () => {
	sandbox.addTrunk({ ...RIGHT, enabled: false, area_code: null });
	await playOne(sandbox, { operation: 'upsert', trunkDescription: 'Acme', callerIdNumber: '61398765432' });
	expect(patches(sandbox)).toStrictEqual([{ caller_id_number: '61398765432' }]);
});

test('Update can be used on what Create or Update has made', async () => {
	const { good } = await sync([{ name: 'Acme' }]);
	await playOne(sandbox, {
		operation: 'update',
		...trunkBy('id', good[0]?.id),
		updateFields: { description: 'Renamed' },
	});
	await sync([{ name: 'Acme' }]);
	expect(sandbox.trunks().map(({ description }) => description)).toStrictEqual(['Renamed', 'Acme']);
});
