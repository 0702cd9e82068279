import type { Thing } from '../../../nodes/Crazytel/api/body';
import type { Client, Sending } from '../../../nodes/Crazytel/api/client';
import { clock, Stopped } from '../../../nodes/Crazytel/api/clock';
import { Outdated } from '../../../nodes/Crazytel/api/outdated';
import type { ApiRequest } from '../../../nodes/Crazytel/api/request';
import { InvalidInput } from '../../../nodes/Crazytel/input/invalidInput';
import { createKnown } from '../../../nodes/Crazytel/run/known';
import { ledgerOf, noteOpen } from '../../../nodes/Crazytel/run/ledger';
import { makeOnce } from '../../../nodes/Crazytel/run/makeOnce';
import type { Make } from '../../../nodes/Crazytel/run/plan';
import { failed, lost, makingNamed, performingWith, things } from './things';

const real = { ...clock };
let time = 0;

beforeEach(() => {
	time = 1_000_000;
	Object.assign(clock, { now: () => time, wait: async (ms: number) => void (time += ms) });
});

afterAll(() => {
	Object.assign(clock, real);
});

const MADE: Thing = { id: 'made', name: 'Lamp', colour: 'red' };
let accounts = 0;

/**
 * A run whose requests have their turn after so many milliseconds each, and whose lists are these; the last one stays.
 * A make is answered with a lamp, or fails so.
 */
async function runWith(
	waits: number[],
	lists: Array<Thing[] | Error>,
	{ reply = MADE as Thing | Error, accountId = `account of missing ${++accounts}` } = {},
) {
	const sent: string[] = [];
	const left = [...waits];
	let reads = 0;
	const send = async (request: ApiRequest<unknown>, _?: unknown, { onTurn }: Sending = {}) => {
		time += left.shift() ?? 0;
		if (onTurn?.() === false) throw new Outdated();
		sent.push(request.method);
		if (request.method !== 'GET') {
			if (reply instanceof Error) throw reply;
			return reply;
		}
		const list = lists[Math.min(reads++, lists.length - 1)] ?? [];
		if (list instanceof Error) throw list;
		return list;
	};
	const client = { send: send as Client['send'], accountId };
	const known = createKnown(client);
	const { performing, doubts } = performingWith([], known, { client });
	const before = await known.of(things, { isForMaking: true });
	const plan = (more: Partial<Make> = {}): Make => makingNamed('Lamp', {}, { before, ...more });
	return {
		performing,
		doubts,
		sent,
		plan,
		known,
		ledger: ledgerOf(accountId, things),
		make: async (more?: Partial<Make>) => await makeOnce(plan(more), performing),
	};
}

test('a list that is young when the turn of the make comes is not read again', async () => {
	const { make, sent } = await runWith([0, 10_000], [[]]);
	expect(await make()).toEqual({ made: MADE });
	expect(sent).toEqual(['GET', 'POST']);
});

test('one that is older is read again, and then the make is sent', async () => {
	const { make, sent } = await runWith([0, 10_001], [[]]);
	expect(await make()).toEqual({ made: MADE });
	expect(sent).toEqual(['GET', 'GET', 'POST']);
});

test('it is read again once for an item, however long the turns take', async () => {
	const { make, sent } = await runWith([60_000, 60_000, 60_000, 60_000], [[]]);
	expect(await make()).toEqual({ made: MADE });
	expect(sent).toEqual(['GET', 'GET', 'POST']);
});

test('the next item asks the list that was read for the one before', async () => {
	const { make, sent, plan, performing } = await runWith([0, 60_000, 0, 0, 5_000], [[]]);
	await make();
	const next = makingNamed('Chair', {}, { before: plan().before });
	expect(
		await makeOnce(next, {
			...performing,
			client: {
				...performing.client,
				send: async (...args) => ({ ...(await performing.client.send(...args)), id: 'chair' }),
			},
		}),
	).toMatchObject({ made: { id: 'chair' } });
	expect(sent).toEqual(['GET', 'GET', 'POST', 'POST']);
});

test('a list is young for ten times as long as its reading has taken', async () => {
	const slow = async (age: number) => {
		const run = await runWith([0, age], [[]]);
		// As if its pages had taken five seconds.
		const known = createKnown({
			accountId: `slow ${++accounts}`,
			send: (async (request: ApiRequest<unknown>, earlier: undefined, more: Sending) => {
				if (request.method === 'GET') {
					more.onTurn?.();
					time += 5_000;
					return [];
				}
				return await (run.performing.client.send as never as (...args: unknown[]) => Promise<unknown>)(
					request,
					earlier,
					more,
				);
			}) as Client['send'],
		});
		const before = await known.of(things, { isForMaking: true });
		const again = jest.spyOn(known, 'again');
		await makeOnce(makingNamed('Lamp', {}, { before }), { ...run.performing, known });
		return again.mock.calls.length;
	};
	expect(await slow(45_000)).toBe(0);
	expect(await slow(45_001)).toBe(1);
});

test('what the new list shows is set instead, and nothing is made', async () => {
	const { make, sent, known } = await runWith([0, 60_000], [[], [{ id: 'theirs', name: 'Lamp', colour: 'blue' }]]);
	expect(await make()).toMatchObject({ instead: { do: 'set', id: 'theirs' } });
	expect(sent).toEqual(['GET', 'GET']);
	// And it is known, so that what it has is not sent.
	expect(known.soFar(things)?.find('theirs')).toMatchObject({ colour: 'blue' });
});

test('a list that another execution has read is asked, and not read a second time', async () => {
	const one = await runWith([0, 60_000], [[]]);
	const accountId = one.performing.client.accountId;
	const two = await runWith([], [[], [{ id: 'theirs', name: 'Lamp' }]], { accountId });
	await two.known.again(things);
	expect(await one.make()).toMatchObject({ instead: { id: 'theirs' } });
	expect(one.sent).toEqual(['GET']);
});

test('of several newer lists the newest is asked, at the very turn: no place is given back for one that decides nothing', async () => {
	const one = await runWith([0, 5_000], [[]]);
	const two = await runWith([], [[], [{ id: 'chair', name: 'Chair' }]], { accountId: one.performing.client.accountId });
	await two.known.again(things);
	expect(await one.make()).toEqual({ made: MADE });
	expect(one.sent).toEqual(['GET', 'POST']);
});

test('a list that another execution has read is asked also while that of the run is young', async () => {
	const one = await runWith([0, 5_000], [[]]);
	const two = await runWith([], [[], [{ id: 'theirs', name: 'Lamp' }]], { accountId: one.performing.client.accountId });
	await two.known.again(things);
	expect(await one.make()).toMatchObject({ instead: { id: 'theirs' } });
	expect(one.sent).toEqual(['GET']);
});

test('a refusal by the new list says that nothing was sent, and names the field', async () => {
	const { make, sent } = await runWith([0, 60_000], [[]]);
	let asked = 0;
	const known = {
		...makingNamed('Lamp').known!,
		idIn: () => {
			asked++;
			throw new InvalidInput([{ field: 'thingName', message: 'Name is odd.' }]);
		},
	};
	await expect(make({ known })).rejects.toMatchObject({
		problems: [{ field: 'thingName', message: 'Name is odd. Nothing was sent for this item.' }],
	});
	expect([asked, sent]).toEqual([1, ['GET', 'GET']]);
});

test('what goes wrong otherwise while the list decides is thrown as it is', async () => {
	const { make } = await runWith([0, 60_000], [[]]);
	const odd = new Error('Odd');
	const known = {
		...makingNamed('Lamp').known!,
		idIn: (): never => {
			throw odd;
		},
	};
	await expect(make({ known })).rejects.toBe(odd);
});

test.each<[string, Error]>([
	['the API', failed('uncertain', 'No list.')],
	['a key that is refused', failed('refused', 'No list.')],
])(
	'where it cannot be read again (%s) nothing is sent, nothing is in doubt, and the item says so',
	async (_, error) => {
		const { make, sent, doubts } = await runWith([0, 60_000], [[], error]);
		await expect(make()).rejects.toMatchObject({
			message:
				'Nothing was sent for this item. It has waited for some time, and whether somebody else has made a strange thing with its Name meanwhile could not be seen. No list. Look.',
			kind: 'unsent',
			mayHaveActed: false,
		});
		expect([sent, doubts]).toEqual([['GET', 'GET'], []]);
	},
);

test('where it cannot be read again, a key that is no setting is spoken of by its own name', async () => {
	const { make } = await runWith([0, 60_000], [[], failed('refused', 'No list.')]);
	const known = { ...makingNamed('Lamp').known!, key: 'serial' };
	await expect(make({ known })).rejects.toThrow(' a strange thing with its serial meanwhile could not be seen.');
});

test('Stop while it is read again is Stop', async () => {
	const { make } = await runWith([0, 60_000], [[], new Stopped()]);
	await expect(make()).rejects.toBeInstanceOf(Stopped);
});

describe('a reply that was lost after the list was read again', () => {
	const TABLE: Thing = { id: 'table', name: 'Table' };
	const theirs: Thing = { ...MADE, id: 'theirs', name: 'Chair' };

	test('is looked for against that list: what others made before it is not taken', async () => {
		const { make, doubts } = await runWith([0, 60_000], [[], [theirs], [{ ...theirs, name: 'Lamp' }]], { reply: lost });
		await expect(make()).rejects.toThrow('No trace of the strange thing was found');
		// The next try looks against the same list.
		expect((doubts[0]?.plan as Make).before?.ids).toEqual(new Set(['theirs']));
	});

	test('what was there at the start counts as there, also where the new list has lost it', async () => {
		const { make } = await runWith([0, 60_000], [[theirs, TABLE], [TABLE], [{ ...theirs, name: 'Lamp' }, TABLE]], {
			reply: lost,
		});
		await expect(make()).rejects.toThrow('No trace of the strange thing was found');
	});

	test('is in doubt where another make was lost since the first list, not the new one', async () => {
		const { make, ledger, plan } = await runWith([0, 60_000], [[], [], [MADE]], { reply: lost });
		noteOpen(ledger, { ...plan(), values: { colour: 'red' } });
		await expect(make()).rejects.toThrow('These new strange things may be the one: made.');
	});
});

test('a make in doubt since the first list bars its key, also after a newer one that does not show it', async () => {
	const { make, ledger, plan, sent } = await runWith([0, 200_000], [[]]);
	noteOpen(ledger, plan());
	// Within two minutes it is barred without a look at the list; after that the run remembers it still.
	time += 200_000;
	await expect(make()).rejects.toThrow('may belong to a strange thing that was sent a moment ago');
	expect(sent).toEqual(['GET']);
});

test('a make that is known by no key, or without a list, asks for no list', async () => {
	for (const more of [{ known: undefined }, { before: undefined }]) {
		const { make, sent } = await runWith([0, 60_000], [[]]);
		await make(more);
		expect(sent).toEqual(['GET', 'POST']);
	}
});

test('a make of a run that has read no list for it is sent at its turn', async () => {
	const { plan, performing, known, sent } = await runWith([0, 60_000], [[]]);
	expect(await makeOnce(plan(), { ...performing, known: { ...known, newest: () => undefined } })).toEqual({
		made: MADE,
	});
	expect(sent).toEqual(['GET', 'POST']);
});
