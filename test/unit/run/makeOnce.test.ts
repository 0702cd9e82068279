import type { IDataObject } from 'n8n-workflow';

import type { ApiError } from '../../../nodes/Crazytel/api/apiError';
import type { Thing } from '../../../nodes/Crazytel/api/body';
import type { Client } from '../../../nodes/Crazytel/api/client';
import { clock, Stopped } from '../../../nodes/Crazytel/api/clock';
import { asPartial } from '../../../nodes/Crazytel/api/pages';
import type { ApiRequest } from '../../../nodes/Crazytel/api/request';
import { type Ledger, ledgerOf, nextMoment, noteMade, noteOpen, openSince } from '../../../nodes/Crazytel/run/ledger';
import { makeOnce } from '../../../nodes/Crazytel/run/makeOnce';
import type { Make } from '../../../nodes/Crazytel/run/plan';
import { failed, knownOf, lost, making, makingNamed, notedWaits, performingWith, setting, things } from './things';

const waits = notedWaits();

const SENT = { name: 'Lamp', colour: 'red' };
const MADE: Thing = { ...SENT, id: 'made', serial: 'S1' };

/** A make of a run that has found these things in the list, or none. */
const planOf = (values: IDataObject = {}, more: Partial<Make> = {}): Make =>
	making({ ...SENT, pin: 'Secret1Pin', ...values }, { before: before(), ...more });

/** The same of Create or Update, which knows it by its name. */
const namedPlan = (values: IDataObject = {}): Make => makingNamed('Lamp', values, { before: before() });

const before = (...ids: string[]) => ({ ids: new Set(ids), moment: nextMoment() });

/** An account in which the reply to every make is lost, and each look finds the next list; the last one stays. */
async function accountWith(...lists: Array<Thing[] | Error>) {
	const looks: Array<ApiRequest<unknown>> = [];
	const made: Array<ApiRequest<unknown>> = [];
	const client: Partial<Client> = {
		send: (async (request: ApiRequest<unknown>) => {
			if (request.endpoint.effect === 'make') {
				made.push(request);
				throw lost;
			}
			const list = lists[Math.min(looks.length, lists.length - 1)] ?? [];
			looks.push(request);
			if (list instanceof Error) throw list;
			return list;
		}) as Client['send'],
	};
	const account = performingWith([], await knownOf(), { client });
	return { ...account, looks, made, ledger: ledgerOf(account.performing.client.accountId, things) };
}

const unknown = (candidates: string) =>
	`The reply was lost. These new strange things may be the one: ${candidates}. Look.`;

describe('a make that is answered', () => {
	test('is sent once, and what was made is the answer', async () => {
		const { performing, sent, doubts, hints } = performingWith([MADE], await knownOf());
		const plan = planOf();
		expect(await makeOnce(plan, performing)).toStrictEqual({ made: MADE });
		expect(sent.map(({ request }) => [request.method, request.body])).toEqual([['POST', plan.values]]);
		expect([doubts, hints]).toEqual([[], []]);
	});

	test('with a thing of other settings is in doubt where nobody can tell whether it was there before', async () => {
		const other = { ...MADE, name: 'Chair', colour: 'blue' };
		const { performing, doubts } = performingWith([other], await knownOf());
		await expect(makeOnce(planOf({}, { before: undefined }), performing)).rejects.toThrow(
			'Crazytel answered making the strange thing with one that has other settings than were sent (name, colour), S1 (made). It may have been there before, so it was left as it is. The list of strange things could not be read, so this node could not look for it. It is unknown whether the strange thing exists.',
		);
		expect(doubts).toHaveLength(1);
	});

	test('with a thing that was there before is in doubt: another one is looked for', async () => {
		const { performing, doubts } = performingWith([MADE, [MADE], [MADE]], await knownOf());
		await expect(makeOnce(planOf({}, { before: before('made') }), performing)).rejects.toMatchObject({
			message:
				'Crazytel answered making the strange thing with one that was there before, S1 (made). No trace of the strange thing was found: no new strange thing has these settings. Most likely it was not created. Check the Crazytel portal, then run this item again in a new execution.',
			kind: 'unreadable',
			httpCode: '200',
		});
		expect(doubts).toHaveLength(1);
	});

	test('belongs to its item from then on', async () => {
		const { performing } = performingWith([MADE], await knownOf());
		await makeOnce(planOf(), performing);
		const { made, open } = ledgerOf(performing.client.accountId, things);
		expect([...made.keys()]).toEqual(['made']);
		expect(open.size).toBe(0);
	});

	test.each<[string, Error]>([
		...(['refused', 'gone', 'limited', 'undelivered', 'unsent'] as const).map((kind): [string, Error] => [
			kind,
			failed(kind),
		]),
		['no failure of the API', new Error('Odd')],
	])('with a failure that did nothing (%s) is not looked for', async (_, error) => {
		const { performing, sent, doubts } = performingWith([error], await knownOf());
		await expect(makeOnce(planOf(), performing)).rejects.toBe(error);
		expect(sent).toHaveLength(1);
		expect(doubts).toEqual([]);
		expect(ledgerOf(performing.client.accountId, things).open.size).toBe(0);
	});
});

describe('the look for a thing whose reply was lost', () => {
	test('finds it, says how, and the failure does not count', async () => {
		const { performing, hints, made, looks, done, ledger } = await accountWith([{ ...SENT, id: 'old' }, MADE]);
		const plan = planOf({}, { before: before('old') });

		expect(await makeOnce(plan, performing)).toStrictEqual({ made: { ...MADE, recovered: true } });
		expect([made, looks].map(({ length }) => length)).toEqual([1, 1]);
		expect(waits.all).toEqual([0]);
		expect(hints).toEqual([
			'The reply to creating strange thing S1 (made) was lost. It was found in the list of strange things, as the only new one with these settings.',
		]);
		expect(done).toMatchObject([{ endpoint: { name: 'makeThing' } }]);
		expect([[...ledger.made.keys()], ledger.open.size]).toEqual([['made'], 0]);
	});

	test('waits two seconds for a list that is late, and looks no third time', async () => {
		const late = await accountWith([], [MADE]);
		expect(await makeOnce(planOf(), late.performing)).toMatchObject({ made: { id: 'made' } });
		const never = await accountWith([]);
		await expect(makeOnce(planOf(), never.performing)).rejects.toThrow(
			'The reply was lost. No trace of the strange thing was found: no new strange thing has these settings. Most likely it was not created. Check the Crazytel portal, then run this item again in a new execution.',
		);
		expect(waits.all).toEqual([0, 2_000, 0, 2_000]);
	});

	test('masks what was sent: a list may show it', async () => {
		const { performing, looks } = await accountWith([MADE]);
		await makeOnce(planOf(), performing);
		expect(looks.map(({ path, secrets }) => [path, secrets])).toEqual([['/api/v1/things/', ['Secret1Pin']]]);
	});

	test('masks nothing of a kind without secrets', async () => {
		const open: typeof things = {
			...things,
			requests: { ...things.requests, make: (values) => ({ ...things.requests.make(values), secrets: undefined }) },
		};
		const { performing, looks } = await accountWith([MADE]);
		await makeOnce(planOf({}, { kind: open }), performing);
		expect(looks.map(({ secrets }) => secrets)).toEqual([[]]);
	});

	test('leaves a doubt to the next try before anything else, and the thing open to others', async () => {
		const { performing, doubts, ledger } = await accountWith(failed('refused', 'No list.'));
		const plan = planOf();
		await expect(makeOnce(plan, performing)).rejects.toThrow(
			'The reply was lost. This node could not look for it. No list. Look. Look.',
		);
		expect(doubts).toEqual([{ error: lost, plan }]);
		expect(doubts[0]?.plan).toBe(plan);
		expect(openSince(ledger, 0)).toEqual([SENT]);
	});

	test('takes no list that is not whole for all that there is', async () => {
		const { performing } = await accountWith(asPartial([MADE]));
		await expect(makeOnce(planOf(), performing)).rejects.toMatchObject({
			message: 'The reply was lost. This node could not look for it. The list is not whole. Look.',
			mayHaveActed: true,
		});
	});

	test('is not begun where there was no list', async () => {
		const { performing, looks } = await accountWith([MADE]);
		await expect(makeOnce(planOf({}, { before: undefined }), performing)).rejects.toMatchObject({
			message:
				'The reply was lost. The list of strange things could not be read, so this node could not look for it. Look.',
			mayHaveActed: true,
		});
		expect(looks).toEqual([]);
	});

	test('that is stopped says so', async () => {
		const { performing } = await accountWith(new Stopped());
		await expect(makeOnce(planOf(), performing)).rejects.toMatchObject({
			message: 'The reply was lost. The execution was canceled before this node could look for it. Look.',
			mayHaveActed: true,
		});
	});

	test('that is stopped while it waits says so, too', async () => {
		Object.assign(clock, {
			wait: async (ms: number, signal?: AbortSignal) => {
				expect(signal).toBe(stop.signal);
				if (ms > 0) throw new Stopped();
			},
		});
		const stop = new AbortController();
		const { performing } = await accountWith([]);
		await expect(
			makeOnce(planOf(), { ...performing, client: { ...performing.client, signal: stop.signal } }),
		).rejects.toThrow('The execution was canceled before this node could look for it.');
	});

	test('takes nothing that was there before, or that is the thing of another item', async () => {
		const { performing, ledger } = await accountWith([
			{ ...MADE, id: 'old' },
			{ ...MADE, id: 'taken' },
		]);
		noteMade(ledger, planOf(), { id: 'taken' });
		await expect(makeOnce(planOf({}, { before: before('old') }), performing)).rejects.toThrow(
			'No trace of the strange thing was found',
		);
	});

	test('finds it beside another make in doubt that has sent other settings', async () => {
		const { ledger, performing } = await accountWith([MADE]);
		const plan = planOf();
		noteOpen(ledger, planOf({ colour: 'blue' }));

		expect(await makeOnce(plan, performing)).toStrictEqual({ made: { ...MADE, recovered: true } });
	});

	test('does not take it where another make in doubt since may have made it as well', async () => {
		const { ledger, performing } = await accountWith([MADE]);
		const plan = planOf();
		noteOpen(ledger, planOf());

		await expect(makeOnce(plan, performing)).rejects.toThrow(unknown('S1 (made)'));
	});

	test('takes it in spite of one in doubt from before the list was read: that would be in the list', async () => {
		const { ledger, performing } = await accountWith([MADE]);
		noteOpen(ledger, planOf());

		expect(await makeOnce(planOf(), performing)).toMatchObject({ made: { id: 'made' } });
	});

	test('finds it by its name beside new things that have another one, and another colour', async () => {
		const stranger = { ...MADE, id: 'stranger', name: 'Chair', colour: 'blue' };
		const { performing } = await accountWith([stranger, MADE]);

		expect(await makeOnce(namedPlan(), performing)).toMatchObject({ made: { id: 'made' } });
	});

	test('does not take one that has its name and another colour: the next item with that name may have painted it', async () => {
		const { performing } = await accountWith([{ ...MADE, colour: 'blue' }]);
		await expect(makeOnce(namedPlan(), performing)).rejects.toThrow(unknown('S1 (made)'));
		// Of Create the name alone says nothing.
		const create = await accountWith([{ ...MADE, colour: 'blue' }]);
		await expect(makeOnce(planOf(), create.performing)).rejects.toThrow('No trace of the strange thing was found');
	});

	test('does not find it by what is no key of its kind', async () => {
		const known = { key: 'tag', value: 'Lamp', idIn: () => undefined, instead: (id: string) => setting(id) };
		const { performing } = await accountWith([{ ...MADE, tag: 'Lamp', colour: 'blue' }]);
		await expect(makeOnce(planOf({}, { known }), performing)).rejects.toThrow(
			'No trace of the strange thing was found',
		);
	});

	test('names all that may be it, with their names where they have one', async () => {
		const { performing } = await accountWith([MADE, { ...SENT, id: 'bare' }, { ...SENT, id: 'empty', serial: ' ' }]);
		await expect(makeOnce(planOf(), performing)).rejects.toThrow(unknown('S1 (made), bare, empty'));
	});

	test.each<[string, Partial<Thing>]>([
		['is listed as null', { colour: null }],
		['is not listed', { colour: undefined }],
	])('does not take one of which a setting %s: that may not be shown', async (_, listed) => {
		const { performing } = await accountWith([{ ...MADE, ...listed }]);
		await expect(makeOnce(planOf(), performing)).rejects.toThrow(unknown('S1 (made)'));
	});

	test('compares settings as their kind does, and no secret', async () => {
		const { performing } = await accountWith([{ ...MADE, colour: 'RED', pin: 'Other1Pin' }]);
		expect(await makeOnce(planOf(), performing)).toMatchObject({ made: { id: 'made' } });
	});

	test('names the new things that are certainly others', async () => {
		const { performing } = await accountWith([
			{ ...MADE, colour: 'blue' },
			{ id: 'bare', colour: 'blue' },
		]);
		await expect(makeOnce(planOf(), performing)).rejects.toThrow(
			'No trace of the strange thing was found: no new strange thing has these settings. New strange things with other settings: S1 (made), bare. Most likely it was not created, unless Crazytel has made it with other settings than were sent: look at those that are named before you run this item again.',
		);
	});
});

describe('a make that an earlier try has left in doubt', () => {
	test('is only looked for, never sent again', async () => {
		const { performing, made, looks } = await accountWith([MADE]);
		expect(await makeOnce(planOf(), { ...performing, doubt: lost })).toStrictEqual({
			made: { ...MADE, recovered: true },
		});
		expect([made, looks].map(({ length }) => length)).toEqual([0, 1]);
	});

	test('is looked for, also where another thing with its name was made meanwhile', async () => {
		const { performing, ledger } = await accountWith([MADE]);
		const plan = namedPlan();
		noteMade(ledger, namedPlan(), { id: 'meanwhile' });
		expect(await makeOnce(plan, { ...performing, doubt: lost })).toMatchObject({ made: { id: 'made' } });
	});

	test('keeps the words of that try', async () => {
		const { performing } = await accountWith([]);
		const doubt = failed('uncertain', 'It broke.');
		await expect(makeOnce(planOf(), { ...performing, doubt })).rejects.toMatchObject({
			message: expect.stringMatching(/^It broke\. No trace of the strange thing was found/) as string,
			kind: 'uncertain',
			httpCode: '400',
		});
	});
});

describe('makes of one kind in one account', () => {
	test('go one after the other, so that none takes the thing of another', async () => {
		const { performing } = await accountWith();
		const steps: string[] = [];
		const client: Client = {
			...performing.client,
			send: (async ({ body }: ApiRequest<unknown>) => {
				steps.push(`${body?.name} begins`);
				await Promise.resolve();
				steps.push(`${body?.name} ends`);
				return { id: String(body?.name) };
			}) as Client['send'],
		};
		await Promise.all(['one', 'two'].map(async (name) => await makeOnce(planOf({ name }), { ...performing, client })));
		expect(steps).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
	});
});

describe('Stop while a make waits for its turn', () => {
	async function stopped(doubt?: ApiError): Promise<unknown> {
		const { ledger, performing } = await accountWith([MADE]);
		// The one before it never ends.
		ledger.tail = new Promise(() => {});
		const stop = new AbortController();
		const client = { ...performing.client, signal: stop.signal };
		const result = makeOnce(planOf(), { ...performing, client, doubt }).catch((error: unknown) => error);
		stop.abort();
		return await result;
	}

	test('nothing was sent', async () => {
		expect(await stopped()).toBeInstanceOf(Stopped);
	});

	test('what an earlier try has sent is in doubt still, and it was not looked for', async () => {
		expect(await stopped(lost)).toMatchObject({
			message: 'The reply was lost. The execution was canceled before this node could look for it. Look.',
			mayHaveActed: true,
		});
	});
});

describe('a thing with the same name that was made a moment ago', () => {
	test('is what the item is about: it is set instead, and nothing is made', async () => {
		const { ledger, performing, made } = await accountWith();
		const plan = namedPlan();
		noteMade(ledger, namedPlan(), { id: 'meanwhile' });

		expect(await makeOnce(plan, performing)).toMatchObject({
			instead: { do: 'set', id: 'meanwhile', values: { colour: 'red' } },
		});
		expect(made).toEqual([]);
	});

	test.each<[string, (ledger: Ledger) => Make]>([
		[
			'has another name',
			(ledger) => {
				const plan = namedPlan();
				noteMade(ledger, makingNamed('Chair'), { id: 'meanwhile' });
				noteOpen(ledger, makingNamed('Table'));
				return plan;
			},
		],
		[
			'was in the list already',
			(ledger) => {
				noteMade(ledger, namedPlan(), { id: 'meanwhile' });
				return namedPlan();
			},
		],
		[
			'is of no concern to an item that is known by no name',
			(ledger) => {
				const plan = planOf();
				noteMade(ledger, planOf(), { id: 'meanwhile' });
				noteOpen(ledger, planOf());
				return plan;
			},
		],
		[
			'cannot be told, because there is no list',
			(ledger) => {
				noteMade(ledger, namedPlan(), { id: 'meanwhile' });
				return { ...namedPlan(), before: undefined };
			},
		],
	])('that %s is another matter', async (_, happen) => {
		const { performing, sent } = performingWith([MADE], await knownOf());
		const plan = happen(ledgerOf(performing.client.accountId, things));
		expect(await makeOnce(plan, performing)).toStrictEqual({ made: MADE });
		expect(sent).toHaveLength(1);
	});

	test.each<[string, (ledger: Ledger, plan: Make) => void, string]>([
		[
			'may belong to one that nobody knows of',
			noteOpen,
			'may belong to a strange thing that was sent a moment ago, and it is unknown whether that exists. Nothing was sent for this item.\nLook for it in the Crazytel portal, then run this item again in two minutes.',
		],
		[
			'was given to several',
			(ledger, plan) => ['a', 'b'].forEach((id) => noteMade(ledger, plan, { id })),
			'was given to several strange things a moment ago. Nothing was sent for this item.\nGive each strange thing a name of its own.',
		],
	])('that %s: it is refused, and the field is named', async (_, happen, words) => {
		const { ledger, performing, made } = await accountWith();
		const plan = namedPlan();
		happen(ledger, namedPlan());

		await expect(makeOnce(plan, performing)).rejects.toMatchObject({
			problems: [{ field: 'thingName', message: `Name 'Lamp' ${words}` }],
		});
		expect(made).toEqual([]);
	});

	test('is spoken of by its key where that is no setting', async () => {
		const { ledger, performing } = await accountWith();
		const known = { key: 'tag', value: 'Lamp', idIn: () => undefined, instead: (id: string) => setting(id) };
		const plan = making({ tag: 'Lamp' }, { before: before(), known });
		noteOpen(ledger, making({ tag: 'Lamp' }));

		await expect(makeOnce(plan, performing)).rejects.toMatchObject({
			problems: [{ field: 'tag', message: expect.stringMatching(/^tag 'Lamp' may belong/) as string }],
		});
	});
});
