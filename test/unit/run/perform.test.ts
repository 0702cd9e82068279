import type { IDataObject } from 'n8n-workflow';

import type { Thing } from '../../../nodes/Crazytel/api/body';
import type { Client, Sending } from '../../../nodes/Crazytel/api/client';
import { clock, Stopped } from '../../../nodes/Crazytel/api/clock';
import { InvalidInput } from '../../../nodes/Crazytel/input/invalidInput';
import type { Known } from '../../../nodes/Crazytel/run/known';
import { ledgerOf, nextMoment, noteMade, noteOpen } from '../../../nodes/Crazytel/run/ledger';
import { perform } from '../../../nodes/Crazytel/run/perform';
import type { Gather, Make, Plan } from '../../../nodes/Crazytel/run/plan';
import { listRequest, setRequest } from '../api/endpoints';
import {
	acting,
	asking,
	failed,
	gathering,
	giving,
	knownOf,
	lost,
	making,
	makingNamed,
	named,
	performingWith,
	removing,
	type Sent,
	setting,
	things,
} from './things';

const real = { ...clock };

beforeAll(() => {
	Object.assign(clock, { wait: async () => undefined });
});

afterAll(() => {
	Object.assign(clock, real);
});

const THING: Thing = { id: 'a-1', serial: 'S1', name: 'Lamp', colour: 'red' };

/** Each request, in short. */
const wordsOf = (sent: Sent[]) => sent.map(({ request }) => [request.method, request.path, request.body]);

/** The thing as the run knows it by now. */
const now = (known: Known, id = 'a-1') => known.soFar(things)?.find(id);

/** What comes of performing a plan where the server answers so. */
async function performed(
	plan: Plan,
	replies: unknown[],
	{ known = undefined as Known | undefined, doubt = undefined as typeof lost | undefined } = {},
) {
	const account = performingWith(replies, known ?? (await knownOf()), { doubt });
	const end = await perform(plan, account.performing).catch((error: Error) => error);
	return { ...account, end };
}

describe('give', () => {
	test('sends nothing, and nothing was written', async () => {
		const found = [{ id: 'a-1' }, { id: 'b-2' }];
		const { end, sent } = await performed(giving(...found), []);
		expect(end).toStrictEqual({ output: found });
		expect(sent).toEqual([]);
	});

	test('gives nothing where nothing was found', async () => {
		expect((await performed(giving(), [])).end).toStrictEqual({ output: [] });
	});

	test('gives what is of a kind in the order in which people read it, and all else as it was found', async () => {
		const found = { colour: 'red', name: 'Lamp', id: 'a-1' };
		const orderOf = async (plan: Plan) => {
			const { output } = (await performed(plan, [])).end as { output: IDataObject[] };
			expect(output).toEqual([found]);
			return output.map(Object.keys);
		};
		expect(await orderOf({ ...giving(found), kind: things })).toEqual([['id', 'name', 'colour']]);
		expect(await orderOf(giving(found))).toEqual([['colour', 'name', 'id']]);
	});
});

describe('gather', () => {
	/** Asks until nothing comes. */
	const read: Gather['read'] = async (send) => {
		const all: IDataObject[] = [];
		for (;;) {
			const page = await send(listRequest());
			if (page.length === 0) return all;
			all.push(...page);
		}
	};

	test('sends one request after the other, as long as it wants to, and nothing was written', async () => {
		const { end, sent } = await performed(gathering(read), [[THING], [THING], []]);
		expect(end).toStrictEqual({ output: [THING, THING] });
		expect(sent).toEqual([1, 2, 3].map(() => ({ request: listRequest(), earlier: undefined })));
	});

	test('fails as the request that has failed', async () => {
		const error = failed('gone');
		const { end, sent } = await performed(gathering(read), [[THING], error, []]);
		expect(end).toBe(error);
		expect(sent).toHaveLength(2);
	});

	test('is shared by the items that want the same', async () => {
		const { performing, sent } = performingWith([[THING], [], [], []], await knownOf());
		const plans = [gathering(read, 'a'), gathering(read, 'a'), gathering(read, 'b')];
		const outputs = await Promise.all(plans.map(async (plan) => (await perform(plan, performing)).output));
		expect(outputs[1]).toBe(outputs[0]);
		expect(outputs[2]).not.toBe(outputs[0]);
		expect(sent.length).toBeGreaterThan(2);
	});
});

describe('ask', () => {
	test('sends its request, and nothing was written', async () => {
		const plan = asking();
		const { end, sent } = await performed(plan, [[THING]]);
		expect(end).toStrictEqual({ output: [THING] });
		expect(sent).toEqual([{ request: plan.request, earlier: undefined }]);
	});

	test('fails as its request does', async () => {
		const error = failed('gone');
		expect((await performed(asking(), [error])).end).toBe(error);
	});
});

describe('make', () => {
	const made: Thing = { id: 'new', serial: 'S9', name: 'Lamp' };

	test('sends all its values, once, and is written', async () => {
		const { end, sent } = await performed(making(), [made]);
		expect(end).toStrictEqual({ output: made, written: 'S9 new', state: 'created' });
		expect(wordsOf(sent)).toEqual([['POST', '/api/v1/things/', { name: 'Lamp', pin: 'Secret1Pin' }]]);
	});

	test('is named by its id alone where the thing has no name', async () => {
		expect((await performed(making(), [{ id: 'new' }])).end).toMatchObject({ written: 'new' });
	});

	test('shows the secrets that are to be shown, and says what to do where a report cannot', async () => {
		const { end } = await performed(making(undefined, { shown: { pin: 'Secret1Pin' } }), [made]);
		expect(end).toStrictEqual({
			output: { ...made, pin: 'Secret1Pin' },
			written: 'S9 new',
			state: 'created',
			lostSecrets: 'Their PINs are lost.',
		});
	});

	test('tells what was changed where it is asked to: all that was sent', async () => {
		const { end } = await performed(making(undefined, { tellsChanges: true }), [made]);
		expect(end).toMatchObject({
			output: {
				...made,
				changed: true,
				changes: { name: { from: null, to: 'Lamp' }, pin: { from: '***', to: '***' } },
			},
		});
	});

	test('is known to the items after it', async () => {
		const known = await knownOf([]);
		await performed(making(), [made], { known });
		expect(now(known, 'new')).toEqual(made);
	});

	test('whose reply was lost says that it was found, and the items after it do not', async () => {
		const known = await knownOf([]);
		const { end, hints } = await performed(
			making({ name: 'Lamp' }, { before: { ids: new Set(), moment: nextMoment() } }),
			[lost, [made]],
			{ known },
		);
		expect(end).toStrictEqual({ output: { ...made, recovered: true }, written: 'S9 new', state: 'created' });
		expect(hints).toHaveLength(1);
		expect(now(known, 'new')).toEqual(made);
	});

	test('in doubt from an earlier try is looked for, not sent', async () => {
		const plan = making({ name: 'Lamp' }, { before: { ids: new Set(), moment: nextMoment() } });
		const { end, sent } = await performed(plan, [[made]], { doubt: lost });
		expect(end).toMatchObject({ output: { id: 'new', recovered: true } });
		expect(sent.map(({ request }) => request.method)).toEqual(['GET']);
	});

	test('that is refused fails, and nothing is known of it', async () => {
		const known = await knownOf([]);
		const error = failed('refused');
		expect((await performed(making(), [error], { known })).end).toBe(error);
		expect(now(known, 'new')).toBeUndefined();
	});
});

describe('make, where a thing with its name was made meanwhile', () => {
	/** Makes a lamp; another item has made one since the list was read. */
	async function instead(
		replies: unknown[],
		more: Partial<Make> = {},
		happen = noteMade as (...args: Parameters<typeof noteMade>) => void,
	) {
		const known = await knownOf([]);
		const plan = makingNamed('Lamp', {}, { before: { ids: new Set(), moment: nextMoment() }, ...more });
		const account = performingWith(replies, known);
		happen(ledgerOf(account.performing.client.accountId, things), makingNamed('Lamp'), { id: 'b-2' });
		const end = await perform(plan, account.performing).catch((error: Error) => error);
		return { ...account, end, known };
	}

	test('sets that one, and is written as it', async () => {
		const answer = { id: 'b-2', serial: 'S2', name: 'Lamp', colour: 'red' };
		const { end, sent, doubts, known } = await instead([answer]);
		expect(end).toStrictEqual({ output: answer, written: 'S2 b-2', state: 'updated' });
		expect(wordsOf(sent)).toEqual([['PATCH', '/api/v1/things/b-2', { colour: 'red' }]]);
		expect(doubts).toEqual([]);
		expect(now(known, 'b-2')).toEqual(answer);
	});

	test('remembers a doubt of that set, so that the next try looks for nothing', async () => {
		const { end, doubts } = await instead([lost]);
		expect(end).toBe(lost);
		expect(doubts).toEqual([{ error: lost, plan: expect.objectContaining({ do: 'set', id: 'b-2' }) as unknown }]);
	});

	test.each<[string, Error]>([
		['refused', failed('refused')],
		['stopped', new Stopped()],
	])('remembers none of a set that was %s', async (_, error) => {
		const { end, doubts } = await instead([error]);
		expect(end).toBe(error);
		expect(doubts).toEqual([]);
	});

	test('sends nothing where nobody knows whether there is one', async () => {
		const { end, sent } = await instead([], {}, (ledger, plan) => noteOpen(ledger, plan));
		expect(end).toBeInstanceOf(InvalidInput);
		expect(sent).toEqual([]);
	});
});

describe('set', () => {
	const answer: Thing = { ...THING, colour: 'blue' };

	test('sends all its values, and is written', async () => {
		const { end, sent } = await performed(setting('a-1', { colour: 'blue', name: 'Lamp' }), [answer]);
		expect(end).toStrictEqual({ output: answer, written: 'S1 a-1', state: 'updated' });
		expect(wordsOf(sent)).toEqual([['PATCH', '/api/v1/things/a-1', { colour: 'blue', name: 'Lamp' }]]);
	});

	test('sends again what an earlier try has left in doubt: it sets the same values', async () => {
		const { end, sent } = await performed(setting('a-1', { colour: 'blue' }), [answer], { doubt: lost });
		expect(end).toMatchObject({ output: answer });
		expect(sent).toMatchObject([{ request: { body: { colour: 'blue' } } }]);
	});

	test('sends the request that its plan has for it', async () => {
		const by = (id: string, values: object) => ({ ...setRequest(id, { ...values }), path: `/paint/${id}` });
		const { sent } = await performed(setting('a-1', { colour: 'blue' }, { by }), [answer]);
		expect(wordsOf(sent)).toEqual([['PATCH', '/paint/a-1', { colour: 'blue' }]]);
	});

	test('shows the secrets that are to be shown, and says what to do where a report cannot', async () => {
		const { end } = await performed(setting('a-1', { pin: 'Secret1Pin' }, { shown: { pin: 'Secret1Pin' } }), [answer]);
		expect(end).toStrictEqual({
			output: { ...answer, pin: 'Secret1Pin' },
			written: 'S1 a-1',
			state: 'updated',
			lostSecrets: 'Their PINs are lost.',
		});
	});

	test('tells what was changed where it is asked to', async () => {
		const known = await knownOf([THING]);
		const { end } = await performed(setting('a-1', { colour: 'blue' }, { tellsChanges: true }), [answer], { known });
		expect(end).toMatchObject({
			output: { ...answer, changed: true, changes: { colour: { from: 'red', to: 'blue' } } },
		});
	});

	test('is known to the items after it', async () => {
		const known = await knownOf([THING]);
		await performed(setting('a-1', { colour: 'blue' }), [answer], { known });
		expect(now(known)).toBe(answer);
	});

	test('that fails leaves unknown what the thing is', async () => {
		const known = await knownOf([THING]);
		const { end } = await performed(setting('a-1', { colour: 'blue' }), [failed('refused')], { known });
		expect(end).toMatchObject({ kind: 'refused' });
		expect(now(known)).toBeUndefined();
	});

	test('leaves unknown what the thing is while it is under way', async () => {
		const known = await knownOf([THING]);
		let meanwhile: unknown = 'not asked';
		const send = (async () => {
			meanwhile = now(known);
			return answer;
		}) as never;
		await perform(setting('a-1', { colour: 'blue' }), performingWith([], known, { client: { send } }).performing);
		expect(meanwhile).toBeUndefined();
	});
});

describe('set of differences', () => {
	const wanted = { name: 'Lamp', colour: 'blue' };
	const plan = setting('a-1', wanted, { onlyDifferences: true, tellsChanges: true });

	test('sends what differs, and tells that', async () => {
		const answer = { ...THING, colour: 'blue' };
		const { end, sent } = await performed(plan, [answer], { known: await knownOf([THING]) });
		expect(end).toStrictEqual({
			output: { ...answer, changed: true, changes: { colour: { from: 'red', to: 'blue' } } },
			written: 'S1 a-1',
			state: 'updated',
		});
		expect(wordsOf(sent)).toEqual([['PATCH', '/api/v1/things/a-1', { colour: 'blue' }]]);
	});

	test('sends nothing where all is right, gives the thing as it is, and nothing was written', async () => {
		const right = { ...THING, colour: 'blue' };
		const known = await knownOf([right]);
		const { end, sent } = await performed({ ...plan, shown: { pin: 'Secret1Pin' } }, [], { known });
		expect(end).toStrictEqual({ output: { ...right, pin: 'Secret1Pin', changed: false, changes: {} } });
		expect(sent).toEqual([]);
		expect(now(known)).toBe(right);
	});

	test('tells nothing of changes where it is not asked to', async () => {
		const known = await knownOf([{ ...THING, colour: 'blue' }]);
		expect((await performed({ ...plan, tellsChanges: undefined }, [], { known })).end).toStrictEqual({
			output: { ...THING, colour: 'blue' },
		});
	});

	describe('where somebody else has changed the thing meanwhile', () => {
		/** What was left out, because the list had it right. */
		const changed = { ...THING, colour: 'blue', name: 'Chair' };
		const mended = { ...THING, colour: 'blue', name: 'Lamp' };

		test('puts that right as well, and tells both', async () => {
			const known = await knownOf([THING]);
			const { end, sent } = await performed(plan, [changed, mended], { known });
			expect(end).toStrictEqual({
				output: {
					...mended,
					changed: true,
					changes: { colour: { from: 'red', to: 'blue' }, name: { from: 'Chair', to: 'Lamp' } },
				},
				written: 'S1 a-1',
				state: 'updated',
			});
			expect(wordsOf(sent)).toEqual([
				['PATCH', '/api/v1/things/a-1', { colour: 'blue' }],
				['PATCH', '/api/v1/things/a-1', { name: 'Lamp' }],
			]);
			expect(now(known)).toBe(mended);
		});

		test('leaves it where all was sent: the answer is what the thing is then', async () => {
			const { sent } = await performed(setting('a-1', wanted), [changed], { known: await knownOf([THING]) });
			expect(sent).toHaveLength(1);
		});

		test('sends the rest by the request that the plan has for it', async () => {
			const by = (id: string, values: object) => ({ ...setRequest(id, { ...values }), path: `/paint/${id}` });
			const { sent } = await performed({ ...plan, by }, [changed, mended], { known: await knownOf([THING]) });
			expect(sent.map(({ request }) => request.path)).toEqual(['/paint/a-1', '/paint/a-1']);
		});

		test('the rest is masked like what was sent first: an answer may repeat either', async () => {
			const withPin = { ...plan, values: { ...plan.values, pin: 'Secret1Pin' } };
			const { sent } = await performed(withPin, [changed, mended], { known: await knownOf([THING]) });
			expect(sent.map(({ request }) => request.secrets)).toEqual([['Secret1Pin'], ['Secret1Pin']]);
			expect(sent[1]?.request.body).not.toHaveProperty('pin');
		});

		test.each<[string, Error, string, string]>([
			['is refused', failed('refused', 'No.'), 'No.', '400'],
			['is stopped', new Stopped(), 'The execution was canceled before that.', 'ABORTED'],
		])('says that the change was written where the rest %s', async (_, error, why, httpCode) => {
			const known = await knownOf([THING]);
			const { end } = await performed(plan, [changed, error], { known });
			expect(end).toMatchObject({
				name: 'ApiError',
				message: `The change was written, but somebody else has changed the strange thing meanwhile, and these settings could not be put right: name. ${why} Run this item again: it sets the same values.`,
				kind: 'uncertain',
				mayHaveActed: true,
				httpCode,
			});
			expect(now(known)).toBeUndefined();
		});

		test('names all settings that are left, and the fields that the server has refused', async () => {
			const known = await knownOf([{ ...THING, name: 'Lamp', colour: 'blue' }]);
			const all = setting('a-1', { ...wanted, pin: 'Secret1Pin' }, { onlyDifferences: true });
			const { end } = await performed(
				all,
				[{ ...THING, name: 'Chair', colour: 'green' }, failed('refused', 'No.', ['name'])],
				{ known },
			);
			expect(end).toMatchObject({
				message: expect.stringContaining('could not be put right: name, colour. No.') as string,
				fields: ['name'],
			});
		});

		test('hands on what is no failure of the API', async () => {
			const error = new Error('Odd');
			expect((await performed(plan, [changed, error], { known: await knownOf([THING]) })).end).toBe(error);
		});
	});
});

describe('remove', () => {
	test('sends its request, and is written by its id: the thing has no name any more', async () => {
		const { end, sent } = await performed(removing('a-1'), [{ deleted: true }], { known: await knownOf([THING]) });
		expect(end).toStrictEqual({ output: { deleted: true }, written: 'deleted a-1', state: 'deleted' });
		expect(wordsOf(sent)).toEqual([['DELETE', '/api/v1/things/a-1', undefined]]);
		expect(sent).toMatchObject([{ earlier: undefined }]);
	});

	test('in doubt from an earlier try is sent again, and the client is told so: gone means done then', async () => {
		const { end, sent } = await performed(removing('a-1'), [{ deleted: true }], { doubt: lost });
		expect(end).toMatchObject({ written: 'deleted a-1' });
		expect(sent[0]?.earlier).toBe(lost);
	});

	test('fails as its request does', async () => {
		const error = failed('gone');
		expect((await performed(removing('a-1'), [error])).end).toBe(error);
	});
});

describe('act', () => {
	test('sends its request, once, and is written by its name', async () => {
		const plan = acting();
		const { end, sent } = await performed(plan, [{ id: 'bell' }]);
		expect(end).toStrictEqual({ output: { id: 'bell' }, written: 'the bell', state: 'done' });
		expect(sent).toEqual([{ request: plan.request, earlier: undefined }]);
	});

	test('in doubt from an earlier try is not sent again: what that try said still holds', async () => {
		for (const idempotencyKey of [undefined, '']) {
			const { end, sent } = await performed(acting({ idempotencyKey }), [{ id: 'bell' }], { doubt: lost });
			expect(end).toBe(lost);
			expect(sent).toEqual([]);
		}
	});

	test('in doubt is sent again with a key by which the server knows it', async () => {
		const plan = acting({ idempotencyKey: 'key-1' });
		const { end, sent } = await performed(plan, [{ id: 'bell' }], { doubt: lost });
		expect(end).toStrictEqual({ output: { id: 'bell', sentAgain: true }, written: 'the bell', state: 'done' });
		expect(sent).toEqual([{ request: plan.request, earlier: lost }]);
	});

	test('that was answered in a way that nobody understands is not sent again, not even with a key', async () => {
		const doubt = failed('unreadable');
		const { end, sent } = await performed(acting({ idempotencyKey: 'key-1' }), [{ id: 'bell' }], { doubt });
		expect([end, sent]).toEqual([doubt, []]);
	});

	test('adds to the answer what it does not hold, and warns of nothing', async () => {
		const { end, hints } = await performed(acting({}, { adds: { id: 'other', house: 'Hill' } }), [{ id: 'bell' }]);
		expect(end).toStrictEqual({ output: { id: 'bell', house: 'Hill' }, written: 'the bell', state: 'done' });
		expect(hints).toStrictEqual([]);
	});

	test('whose answer shows something else than was sent is done, and warns of it: it cannot be taken back', async () => {
		const { settings } = things;
		const { end, hints } = await performed(acting({}, { settings, adds: { colour: 'red' } }), [{ colour: 'blue' }]);
		const warning =
			"By what Crazytel answered about the bell, its Colour is 'blue', not 'red'. Look for it in the Crazytel portal.";
		expect(end).toStrictEqual({ output: { colour: 'blue', warning }, written: 'the bell', state: 'done' });
		expect(hints).toStrictEqual([warning]);
	});

	describe('with words for where it was sent again', () => {
		const afterRepeat = 'Whether it rang twice is not known.';
		/** The client repeats it in this run after a try that may have rung. */
		const repeating: Partial<Client> = {
			send: (async (_request: unknown, _earlier: unknown, more?: Sending) => {
				more?.onRepeatInDoubt?.();
				return { id: 'bell' };
			}) as never,
		};

		test.each<[string, boolean, Parameters<typeof performingWith>[2]]>([
			['tells nothing where it was sent once', false, {}],
			['tells them where this run has sent it again', true, { client: repeating }],
			['tells them where an earlier try has sent it', true, { doubt: lost }],
		])('%s', async (_, isAgain, more) => {
			const { performing, hints } = performingWith([{ id: 'bell' }], await knownOf(), more);
			const { output } = await perform(acting({ idempotencyKey: 'key-1' }, { afterRepeat }), performing);
			expect(output).toStrictEqual({ id: 'bell', ...(isAgain && { sentAgain: true }) });
			expect(hints).toStrictEqual(isAgain ? [afterRepeat] : []);
		});

		test('tells nothing where it has none', async () => {
			const { performing, hints } = performingWith([], await knownOf(), { client: repeating });
			expect((await perform(acting(), performing)).output).toStrictEqual({ id: 'bell', sentAgain: true });
			expect(hints).toStrictEqual([]);
		});
	});

	describe('under a key that the user has given', () => {
		const ring = acting({ idempotencyKey: 'key-1' }, { givenKey: { field: 'key', label: 'Key' } });

		test('is done once: what came of it is given again, nothing is sent, and nothing was written', async () => {
			const known = await knownOf();
			const first = await performed(ring, [{ id: 'bell' }], { known });
			expect(first.end).toStrictEqual({ output: { id: 'bell' }, written: 'the bell', state: 'done' });
			const { end, sent } = await performed(ring, [], { known });
			expect(end).toStrictEqual({ output: { id: 'bell', sentBefore: true } });
			expect(sent).toEqual([]);
		});

		test('is sent anew where it has failed: nothing was done under the key', async () => {
			const known = await knownOf();
			await performed(ring, [failed('refused')], { known });
			const { sent } = await performed(ring, [{ id: 'bell' }], { known });
			expect(sent).toHaveLength(1);
		});
	});

	test('fails as its request does', async () => {
		const error = failed('refused');
		expect((await performed(acting(), [error])).end).toBe(error);
	});
});

test('no plan but that of its thing is compared: one that is known by another name is not', async () => {
	const known = await knownOf([THING]);
	const plan = setting('b-2', { colour: 'red' }, { onlyDifferences: true, known: named('Lamp') });
	const { sent } = await performed(plan, [{ id: 'b-2', colour: 'red' }], { known });
	expect(wordsOf(sent)).toEqual([['PATCH', '/api/v1/things/b-2', { colour: 'red' }]]);
	expect(now(known)).toBe(THING);
});
