import type { INode } from 'n8n-workflow';

import type { Sandbox } from '../../sandbox';
import { countOf, play } from '../engine/scene';
import { costOf, openAccount, outputsOf, patches, playOne, shownOf, stored, trunkBy } from './account';

const rotate = { operation: 'rotatePassword', ...trunkBy('id') };
const entered = { ...rotate, passwordSource: 'enter', password: '={{ $json.secret }}' };

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await openAccount();
});

afterEach(async () => {
	await sandbox.close();
});

test('a generated password is set and shown, and nothing else changes', async () => {
	const trunk = sandbox.addTrunk({ description: 'Acme', enabled: false });
	const scene = await playOne(sandbox, rotate, { trunk: trunk.id });

	const password = stored(sandbox, trunk)?.password;
	expect(password).toMatch(/^[A-HJ-NP-Za-hjkmnp-z2-9]{24}$/);
	expect(password).not.toBe(trunk.password);
	expect(patches(sandbox)).toStrictEqual([{ password }]);
	expect(outputsOf(scene)).toStrictEqual([{ ...shownOf(trunk), password }]);
	expect(costOf(sandbox)).toStrictEqual({ lists: 0, writes: 1 });
	// In the output, and in nothing else that n8n keeps.
	expect(scene.stored.split(String(password))).toHaveLength(3);
});

test('each run makes another one, and each item its own', async () => {
	const trunks = [sandbox.addTrunk(), sandbox.addTrunk()];
	const items = trunks.map(({ id }) => ({ trunk: id }));
	const scenes = [
		await play(sandbox, { items, parameters: rotate }),
		await play(sandbox, { items, parameters: rotate }),
	];

	expect(new Set(scenes.flatMap(({ good }) => good.map(({ password }) => password))).size).toBe(4);
	expect(scenes[1]?.good.map(({ password }) => password)).toStrictEqual(
		sandbox.trunks().map(({ password }) => password),
	);
});

test('an entered password is shown only when asked for, also when the API echoes it', async () => {
	sandbox.set({ echoPassword: true });
	const trunk = sandbox.addTrunk();
	const silent = await playOne(sandbox, entered, { trunk: trunk.id, secret: 'Entered1Pass' });
	const asked = await playOne(
		sandbox,
		{ ...entered, options: { includePassword: true } },
		{ trunk: trunk.id, secret: 'Entered2Pass' },
	);

	expect(silent.good[0]).not.toHaveProperty('password');
	expect(silent.stored).not.toContain('Entered1Pass');
	expect(asked.good).toMatchObject([{ password: 'Entered2Pass' }]);
	expect(stored(sandbox, trunk)?.password).toBe('Entered2Pass');
});

test.each([
	['nothing', undefined, /^Password is empty\./],
	['too weak', 'weak', /^Password cannot be used: it has 4 characters, has no upper-case letter/],
	['a number', 12345678, /^Password must be text, and it is a number\./],
])('an entered password that is %s is refused, and nothing is sent', async (_, secret, words) => {
	const trunk = sandbox.addTrunk();
	const { told } = await playOne(sandbox, entered, { trunk: trunk.id, secret } as never);

	expect(told).toMatch(words);
	expect(sandbox.requests).toStrictEqual([]);
});

test('a Password Source that is neither is refused in words that do not show it', async () => {
	const { id } = sandbox.addTrunk();
	const { told } = await playOne(
		sandbox,
		{ ...rotate, passwordSource: '={{ "Misplaced1" }}', password: '={{ $json.none }}' },
		{ trunk: id },
	);

	expect(told).toBe('Password Source is neither generate nor enter. Use one of them. Nothing was written.');
});

test("two items of one trunk: the last one's password stands, and is the one that its output shows", async () => {
	const trunk = sandbox.addTrunk();
	const { good } = await play(sandbox, { items: [{ trunk: trunk.id }, { trunk: trunk.id }], parameters: rotate });

	expect(good[0]?.password).not.toBe(good[1]?.password);
	expect(stored(sandbox, trunk)?.password).toBe(good[1]?.password);
});

test.each([
	'lostReplyAfter',
	'error500After',
	'cutOff',
	'truncatedJson',
	'lostReplyBefore',
	'error500Before',
	'limited',
] as const)('after %s it is sent again, and the password that is shown is in effect', async (fault) => {
	const trunk = sandbox.addTrunk();
	sandbox.fault({ on: 'update', times: 2, play: fault });
	const { good } = await playOne(sandbox, rotate, { trunk: trunk.id });

	expect(good).toMatchObject([{ password: stored(sandbox, trunk)?.password }]);
});

test('where it cannot be known whether it was set, the words say what to do, and no password is shown', async () => {
	const trunk = sandbox.addTrunk();
	sandbox.fault({ on: 'update', times: 4, play: 'error500After' });
	const { error, told, stored: kept } = await playOne(sandbox, rotate, { trunk: trunk.id });

	expect(told).toMatch(
		/^Crazytel failed while setting the password \(500\)\..* It is unknown whether the trunk has its new password\. Run this again: it sets a password once more, and shows that one if it was generated\.$/,
	);
	expect(kept).not.toContain(stored(sandbox, trunk)?.password);
	expect(JSON.stringify([error?.message, error?.description, error?.stack])).not.toContain(
		stored(sandbox, trunk)?.password,
	);
});

test('a trunk that does not exist is an error', async () => {
	const { told } = await playOne(sandbox, rotate, { trunk: '00000000-0000-4000-8000-000000000000' });
	expect(told).toContain('does not exist in this account (404)');
});

test('stop mode: the error says that passwords were set, and shows none', async () => {
	const trunks = Array.from({ length: 3 }, () => sandbox.addTrunk());
	sandbox.fault({ on: 'update', nth: 3, play: { status: 400 } });
	const {
		error,
		told,
		stored: kept,
	} = await play(sandbox, { items: trunks.map(({ id }) => ({ trunk: id })), parameters: rotate });

	expect(told).toContain('2 of 3 items were written');
	expect(error?.description).toContain('Their passwords are not shown here: set new ones with Rotate Password.');
	for (const { password } of sandbox.trunks()) {
		if (password !== 'Sandbox1pass') expect(kept).not.toContain(password);
	}
});

describe.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
	'Retry On Fail with %s',
	(onError) => {
		const node: Partial<INode> = { onError, retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

		test.each(['error500After', 'lostReplyAfter', 'error500Before'] as const)(
			'every request of the first try fails with %s: the password that is shown in the end is in effect',
			async (fault) => {
				const trunk = sandbox.addTrunk();
				sandbox.fault({ on: 'update', times: 4, play: fault });
				const { good, error } = await playOne(sandbox, rotate, { trunk: trunk.id }, node);

				expect(error).toBeUndefined();
				expect(countOf(sandbox, 'update')).toBe(5);
				// Whichever of them takes effect last, it is this one.
				expect(new Set(patches(sandbox).map((body) => JSON.stringify(body))).size).toBe(1);
				expect(good).toMatchObject([{ password: stored(sandbox, trunk)?.password }]);
			},
		);

		test('another item fails: what was rotated is not rotated again', async () => {
			const trunks = [sandbox.addTrunk(), sandbox.addTrunk(), sandbox.addTrunk()];
			sandbox.fault({ on: 'update', nth: 1, play: { status: 400 } });
			const { good, error } = await play(sandbox, {
				items: trunks.map(({ id }) => ({ trunk: id })),
				parameters: rotate,
				node,
			});

			expect(error).toBeUndefined();
			expect(countOf(sandbox, 'update')).toBe(4);
			expect(good.map(({ password }) => password)).toStrictEqual(sandbox.trunks().map(({ password }) => password));
		});

		test("of two items of one trunk the first one fails: the last one's password stands and is shown", async () => {
			const trunk = sandbox.addTrunk();
			sandbox.fault({ on: 'update', nth: 1, play: { status: 400 } });
			const { good } = await play(sandbox, {
				items: [{ trunk: trunk.id }, { trunk: trunk.id }],
				parameters: rotate,
				node,
			});

			expect(good.map(({ looked }) => looked)).toStrictEqual([0, 1]);
			expect(good[1]?.password).toBe(stored(sandbox, trunk)?.password);
		});
	},
);
