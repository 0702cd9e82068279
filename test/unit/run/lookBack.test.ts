import type { IDataObject } from 'n8n-workflow';

import { ApiError, type FailureKind } from '../../../nodes/Crazytel/api/apiError';
import type { Thing } from '../../../nodes/Crazytel/api/body';
import { clock, Stopped } from '../../../nodes/Crazytel/api/clock';
import { asPartial } from '../../../nodes/Crazytel/api/pages';
import { hasToBeSeen, lookBack } from '../../../nodes/Crazytel/run/lookBack';
import { nextMoment } from '../../../nodes/Crazytel/run/ledger';
import type { Unseen } from '../../../nodes/Crazytel/run/performing';
import { recentOf } from '../../../nodes/Crazytel/run/recent';
import { failed, knownOf, performingWith, removing, setting, things } from './things';

const real = { ...clock };
let waits: Array<[number, AbortSignal | undefined]> = [];

beforeEach(() => {
	waits = [];
	Object.assign(clock, { wait: async (ms: number, signal?: AbortSignal) => void waits.push([ms, signal]) });
});

afterAll(() => {
	Object.assign(clock, real);
});

const LAMP: Thing = { id: 'a-1', serial: 'S1', name: 'Lamp', colour: 'red' };
const BLUE: Thing = { ...LAMP, colour: 'blue' };

/** A write that has ended so; of a set, what was sent. */
const unseenSet = (
	kind: FailureKind,
	values: IDataObject = { colour: 'blue' },
	more: Partial<Unseen['plan']> = {},
): Unseen => ({
	plan: { ...setting('A-1', values), ...more } as Unseen['plan'],
	values,
	changes: { colour: { from: 'red', to: 'blue' } },
	error: failed(kind, 'It was taken.'),
});
const unseenRemove = (id = 'A-1', kind: FailureKind = 'accepted'): Unseen => ({
	plan: removing(id),
	values: {},
	changes: {},
	error: failed(kind, 'It was taken.'),
});

/** What comes of looking for these, where each look is answered so; the last answer stays. */
async function look(all: Unseen[], ...lists: Array<Thing[] | Error>) {
	const account = performingWith([...lists, ...lists.slice(-1)], await knownOf());
	const verdicts = await lookBack(all, things, account.performing);
	const [verdict] = verdicts;
	const error = verdict !== undefined && 'error' in verdict ? (verdict.error as ApiError) : undefined;
	const value = verdict !== undefined && 'value' in verdict ? verdict.value : undefined;
	return { ...account, verdicts, error, value, recent: recentOf(account.performing.client.accountId, things) };
}

test.each<[Error, boolean]>([
	...(['accepted', 'unreadable', 'overtaken'] as const).map((kind): [Error, boolean] => [failed(kind), true]),
	...(['uncertain', 'denied', 'contrary', 'refused', 'gone', 'limited', 'undelivered'] as const).map(
		(kind): [Error, boolean] => [failed(kind), false],
	),
	[new Stopped(), false],
	[Object.assign(new Error('Odd'), { kind: 'accepted' }), false],
])('whether the list can tell of %p: %j', (error, expected) => {
	expect(hasToBeSeen(error)).toBe(expected);
});

describe('the look', () => {
	test('is one for all, at once, where all is seen', async () => {
		const { sent, verdicts } = await look([unseenSet('accepted'), unseenRemove('gone')], [BLUE]);
		expect(verdicts).toMatchObject([{ value: { written: 'S1 a-1' } }, { value: { written: 'deleted gone' } }]);
		expect(sent.map(({ request }) => [request.method, request.path])).toEqual([['GET', '/api/v1/things/']]);
		expect(waits.map(([ms]) => ms)).toEqual([0]);
	});

	test('is done twice more, two seconds apart, for what is not seen', async () => {
		const late = await look([unseenSet('accepted'), unseenRemove('b-2')], [LAMP, { id: 'b-2' }], [BLUE]);
		expect(late.verdicts).toMatchObject([{ value: {} }, { value: {} }]);
		const never = await look([unseenSet('accepted')], [LAMP]);
		expect(never.verdicts).toMatchObject([{ error: { kind: 'contrary' } }]);
		expect(waits.map(([ms]) => ms)).toEqual([0, 2_000, 0, 2_000, 2_000]);
	});

	test('of what was seen is believed: the second one is for the others', async () => {
		const { verdicts } = await look([unseenSet('accepted'), unseenRemove('b-2')], [BLUE, { id: 'b-2' }], [LAMP]);
		expect(verdicts).toMatchObject([{ value: { output: BLUE } }, { value: { written: 'deleted b-2' } }]);
	});

	test('is not done for nothing', async () => {
		const { sent, verdicts } = await look([], [BLUE]);
		expect([sent, verdicts]).toEqual([[], []]);
	});

	test('masks what was sent: a list may show it', async () => {
		const { sent } = await look(
			[unseenSet('accepted', { pin: 'Secret1Pin' }), unseenRemove('b-2'), unseenSet('accepted', { pin: 'Other1Pin' })],
			[LAMP],
		);
		expect(sent[0]?.request.secrets).toEqual(['Secret1Pin', 'Other1Pin']);
		// What else was sent may stand in it as it is.
		const named = await look(
			[unseenSet('accepted', { name: 'Chair', pin: 'Secret1Pin' }), unseenSet('accepted')],
			[LAMP],
		);
		expect(named.sent[0]?.request.ownTexts).toEqual(['Chair', 'blue']);
	});

	test('masks nothing of a kind without secrets', async () => {
		const { performing, sent } = performingWith([[BLUE]], await knownOf());
		const set = (id: string, values: IDataObject) => ({ ...things.requests.set(id, values), secrets: undefined });
		await lookBack([unseenSet('accepted')], { ...things, requests: { ...things.requests, set } }, performing);
		expect(sent[0]?.request.secrets).toEqual([]);
	});

	test('ends with Stop', async () => {
		const stop = new AbortController();
		const { performing } = performingWith([[BLUE]], await knownOf());
		await lookBack([unseenSet('accepted')], things, {
			...performing,
			client: { ...performing.client, signal: stop.signal },
		});
		expect(waits).toEqual([[0, stop.signal]]);
	});

	test('gives each its own, in their order', async () => {
		const all = [unseenRemove('a-1'), unseenSet('accepted'), unseenRemove('b-2')];
		expect((await look(all, [BLUE])).verdicts).toMatchObject([
			{ error: {} },
			{ value: { output: BLUE } },
			{ value: { written: 'deleted b-2' } },
		]);
	});
});

describe('what was removed', () => {
	test('is gone where the list does not show it, and this process knows', async () => {
		const { value, hints, recent } = await look([unseenRemove()], []);
		expect(value).toStrictEqual({ output: { deleted: true }, written: 'deleted A-1', state: 'deleted' });
		expect(hints).toEqual(['It was taken. The strange thing is not in the list of strange things any more.']);
		expect(recent.amend([LAMP], nextMoment())).toEqual([]);
	});

	test('is there where the list shows it still', async () => {
		const { error, hints, recent } = await look([unseenRemove()], [LAMP]);
		expect(error).toMatchObject({
			message: 'It was taken. The list of strange things still shows it. Look.',
			kind: 'accepted',
		});
		expect(hints).toEqual([]);
		expect(recent.amend([LAMP], nextMoment())).toEqual([LAMP]);
	});

	test('is in doubt where the list is not whole', async () => {
		const all = [unseenRemove()];
		const { error, hints } = await look(all, asPartial([]));
		expect(error).toBe(all[0]?.error);
		expect(hints).toEqual([]);
	});

	test('is in doubt where there is no list, whatever it was answered with', async () => {
		const none = new ApiError('No list.', '', 'gone', { httpCode: '404' });
		for (const kind of ['accepted', 'unreadable'] as const) {
			expect((await look([unseenRemove('A-1', kind)], none)).error).toMatchObject({
				message: 'It was taken. The list of strange things could not be read afterwards: No list. Look.',
				kind,
			});
		}
	});
});

describe('what was set', () => {
	test('is done where the list shows it, as the list shows the thing', async () => {
		const { value, hints } = await look([unseenSet('accepted', undefined, { tellsChanges: true })], [BLUE]);
		expect(value).toStrictEqual({
			output: { ...BLUE, changed: true, changes: { colour: { from: 'red', to: 'blue' } } },
			written: 'S1 a-1',
			state: 'updated',
		});
		expect(hints).toEqual(['It was taken. The list of strange things shows what was asked for.']);
	});

	test('is done where the list does not show it all, with a hint that only the answer says so', async () => {
		const byAnswer =
			'It was taken. What the list of strange things does not show, such as a password, is known to be set by that answer alone.';
		for (const values of [{ weight: 7 }, { pin: 'Secret1Pin' }, { colour: 'blue', pin: 'Secret1Pin' }]) {
			for (const kind of ['accepted', 'unreadable'] as const) {
				const { value, hints } = await look([unseenSet(kind, values)], [BLUE]);
				expect([value?.written, hints]).toEqual(['S1 a-1', [byAnswer]]);
			}
		}
	});

	test('is in doubt where an empty text was to clear what the list does not show', async () => {
		const { error } = await look([unseenSet('accepted', { colour: 'blue', weight: '' })], [BLUE]);
		expect(error).toMatchObject({ kind: 'accepted' });
	});

	test('is not done where the list shows something else', async () => {
		const { error, hints } = await look([unseenSet('accepted', { colour: 'blue', name: 'Chair' })], [LAMP]);
		expect(error).toMatchObject({
			kind: 'contrary',
			happened:
				"It was taken, but by the list of strange things the strange thing's Colour is 'red', not 'blue', and its Name is 'Lamp', not 'Chair'.",
			fields: ['colour', 'name'],
		});
		expect(hints).toEqual([]);
	});

	test('is not done where the list shows something else, and the secrets that were made for it are lost', async () => {
		const { error } = await look([unseenSet('accepted', undefined, { shown: { pin: 'Secret1Pin' } })], [LAMP]);
		expect(error?.cure).toMatch(/^Check the strange thing .*: it sets the same values\. Their PINs are lost\.$/);
		const without = await look([unseenSet('accepted')], [LAMP]);
		expect(without.error?.cure).toMatch(/it sets the same values\.$/);
	});

	test('is not done where nothing was sent of late, and the list shows what is as good as nothing', async () => {
		const isSame = (listed: unknown, sent: unknown) => (listed ?? '') === (sent ?? '');
		const colour = { ...things.settings.colour!, isSame };
		const kind = { ...things, settings: { ...things.settings, colour } };
		const { error } = await look([unseenSet('accepted', undefined, { kind })], [{ ...LAMP, colour: '' }]);
		expect(error).toMatchObject({ kind: 'contrary', fields: ['colour'] });
	});

	test('is told with all else that has changed, where the API may reset what is not named', async () => {
		const { performing, hints } = performingWith([[{ ...BLUE, name: 'Chair' }]], await knownOf());
		const kind = { ...things, mayResetOthers: true } as const;
		const unseen = { ...unseenSet('accepted', undefined, { kind }), before: LAMP };
		expect(await lookBack([unseen], kind, performing)).toMatchObject([{ value: {} }]);
		expect([...hints][0]).toMatch(/was also changed .*: its Name is 'Chair' now and was 'Lamp'/);
	});

	test('is told with the whole of what was answered before', async () => {
		const unseen = { ...unseenSet('accepted'), error: failed('accepted', 'It was taken (v. 1).') };
		expect((await look([unseen], [LAMP])).error?.happened).toMatch(/^It was taken \(v\. 1\), but by the list /);
	});

	test('is an error where the thing is not in the list', async () => {
		const { error } = await look([unseenSet('accepted')], [{ ...BLUE, id: 'b-2' }]);
		expect(error).toMatchObject({
			message: 'It was taken. The strange thing is not in the list of strange things. Look.',
			kind: 'accepted',
		});
	});

	test('is shown with its id and its secret where the thing is not in the list', async () => {
		const { value } = await look([unseenSet('accepted', undefined, { shown: { pin: 'Secret1Pin' } })], []);
		expect(value).toMatchObject({ output: { id: 'A-1', pin: 'Secret1Pin' }, state: 'updated, in doubt' });
	});

	test('is in doubt where the thing is not in a list that is not whole', async () => {
		const { error } = await look([unseenSet('unreadable')], asPartial([]));
		expect(error).toMatchObject({
			message: 'It was taken. The list of strange things could not be read afterwards: it is not whole. Look.',
		});
		// An empty answer is all that can be had then.
		expect((await look([unseenSet('accepted')], asPartial([]))).value).toMatchObject({ output: { id: 'A-1' } });
		expect((await look([unseenSet('accepted')], asPartial([BLUE]))).value).toMatchObject({ output: BLUE });
	});

	test('is compared by what was sent of it last: another item may have set it since', async () => {
		const account = performingWith([[LAMP], [LAMP], [LAMP]], await knownOf());
		const recent = recentOf(account.performing.client.accountId, things);
		recent.set('a-1', { colour: 'blue' });
		recent.set('a-1', { colour: 'red' });
		const verdicts = await lookBack(
			[unseenSet('accepted'), unseenSet('accepted', { colour: 'red' })],
			things,
			account.performing,
		);
		expect(verdicts).toMatchObject([{ value: {} }, { value: {} }]);
		const [wrong] = await lookBack(
			[unseenSet('accepted', { colour: 'blue', name: 'Chair' })],
			things,
			account.performing,
		);
		expect(wrong).toMatchObject({ error: { fields: ['name'] } });
	});
});

describe('what was refused when it was sent again', () => {
	test('is done where the list shows all of it', async () => {
		const { value, hints } = await look([unseenSet('overtaken')], [BLUE]);
		expect(value).toMatchObject({ written: 'S1 a-1' });
		expect(hints).toEqual(['It was taken. The list of strange things shows what was asked for.']);
	});

	test('is in doubt where the list shows something else, and says what', async () => {
		expect((await look([unseenSet('overtaken')], [LAMP])).error).toMatchObject({
			kind: 'overtaken',
			message: "It was taken. By the list of strange things, the strange thing's Colour is 'red', not 'blue'. Look.",
		});
	});

	test.each<[string, IDataObject]>([
		['a secret', { colour: 'blue', pin: 'Secret1Pin' }],
		['what the list does not show', { colour: 'blue', weight: 7 }],
	])('is in doubt where it was about %s', async (_, values) => {
		const all = [unseenSet('overtaken', values)];
		const { error, hints } = await look(all, [BLUE]);
		expect(error).toBe(all[0]?.error);
		expect(hints).toEqual([]);
	});

	test('shows a secret that may be in effect, and says that it only may be', async () => {
		const plan = { shown: { pin: 'Secret1Pin', weight: 7 }, tellsChanges: true };
		const { value, hints } = await look([unseenSet('overtaken', { pin: 'Secret1Pin' }, plan)], [LAMP]);
		const warning = 'It is unknown whether this is in effect: PIN, weight. It was taken. Look.';
		expect(value).toStrictEqual({
			output: {
				...LAMP,
				pin: 'Secret1Pin',
				weight: 7,
				changed: true,
				changes: { colour: { from: 'red', to: 'blue' } },
				warning,
			},
			written: 'S1 a-1, if it was',
			state: 'updated, in doubt',
			lostSecrets: 'Their PINs are lost.',
		});
		expect(new Set(hints)).toEqual(new Set([warning]));
	});
});

describe('what another item has set anew since', () => {
	test.each<[string, string, object]>([
		['is so: that says nothing of this one', 'green', { value: { output: { colour: 'green' } } }],
		['is not so: nor is what this one has set', 'red', { error: { kind: 'contrary' } }],
		['is not so, and what this one has set is', 'blue', { value: { output: { colour: 'blue' } } }],
	])('%s', async (_, colour, expected) => {
		const { verdict, hints } = await afterGreen('unreadable', colour);
		expect(verdict).toMatchObject(expected);
		// Only what this one has set was asked for.
		expect(hints.some((hint) => hint.includes('shows what was asked for'))).toBe(colour === 'blue');
	});

	test('is so, and the repetition of this one was refused: it is in doubt', async () => {
		expect((await afterGreen('overtaken', 'green')).verdict).toMatchObject({ error: { kind: 'overtaken' } });
	});

	/** Blue was asked for, and green after it. */
	async function afterGreen(kind: FailureKind, colour: string) {
		const { performing, hints } = performingWith([[{ ...LAMP, colour }]], await knownOf());
		recentOf(performing.client.accountId, things).set('a-1', { colour: 'green' });
		const [verdict] = await lookBack([unseenSet(kind)], things, performing);
		return { verdict, hints: [...hints] };
	}
});

describe('where the list cannot be read', () => {
	const none = (httpCode: string) => new ApiError('No list.', '', 'gone', { httpCode });
	const words = 'It was taken. The list of strange things could not be read afterwards: No list. Look.';

	test.each(['404', '405'])(
		'and there is none (%s), what was answered without content is done, by that alone',
		async (httpCode) => {
			const { value, hints, sent } = await look([unseenSet('accepted')], none(httpCode));
			expect(value).toStrictEqual({ output: { id: 'A-1' }, written: 'A-1', state: 'updated' });
			expect(hints).toEqual([
				'It was taken. That it was made is known by that alone. The list of strange things could not be read afterwards: No list.',
			]);
			expect(sent).toHaveLength(1);
		},
	);

	test.each<[string, Unseen, Error]>([
		['what was answered otherwise', unseenSet('unreadable'), none('404')],
		['what was refused', unseenSet('overtaken'), none('404')],
		['what the thing was made without', unseenSet('accepted', undefined, { isOfMade: true }), none('404')],
		['what an empty text was to clear', unseenSet('accepted', { name: '' }), none('404')],
		['what a list might still show', unseenSet('accepted'), none('500')],
	])('%s is in doubt', async (_, unseen, error) => {
		const looked = await look([unseen], error);
		expect(looked.error).toMatchObject({ message: words, kind: unseen.error.kind });
		expect(looked.hints).toEqual([]);
	});

	test('and the API may reset what is not named, it is told that this could not be seen', async () => {
		const kind = { ...things, mayResetOthers: true } as const;
		const { hints } = await look([unseenSet('accepted', undefined, { kind })], none('404'));
		expect(hints).toEqual([
			'It was taken. That it was made is known by that alone. The list of strange things could not be read afterwards: No list. Whether Crazytel has reset what was not named could not be seen.',
		]);
	});

	test('because of Stop, it is in doubt as well', async () => {
		expect((await look([unseenSet('accepted')], new Stopped())).error).toMatchObject({
			message:
				'It was taken. The list of strange things could not be read afterwards: The execution was canceled. Look.',
		});
	});

	test('no second look is taken, and each is told', async () => {
		const { sent, verdicts } = await look([unseenSet('unreadable'), unseenRemove()], none('500'));
		expect(sent).toHaveLength(1);
		expect(verdicts).toMatchObject([{ error: { message: words } }, { error: { message: words } }]);
	});

	test('a secret that may be in effect is shown', async () => {
		const { value } = await look(
			[unseenSet('unreadable', { pin: 'Secret1Pin' }, { shown: { pin: 'Secret1Pin' } })],
			none('500'),
		);
		expect(value).toMatchObject({
			output: { id: 'A-1', pin: 'Secret1Pin', warning: `It is unknown whether this is in effect: PIN. ${words}` },
			written: 'A-1, if it was',
			state: 'updated, in doubt',
		});
		const plan = { shown: { pin: 'Secret1Pin' }, isOfMade: true } as const;
		const made = await look([unseenSet('unreadable', { pin: 'Secret1Pin' }, plan)], none('500'));
		expect(made.value).toMatchObject({ state: 'created, in doubt' });
	});
});

test('where only the second look fails, what the first one has seen stays', async () => {
	const { verdicts } = await look(
		[unseenSet('accepted'), unseenRemove('b-2')],
		[BLUE, { id: 'b-2' }],
		failed('uncertain', 'No list.'),
	);
	expect(verdicts).toMatchObject([
		{ value: { output: BLUE } },
		{ error: { happened: 'It was taken. The list of strange things still shows it.' } },
	]);
});
