import type { Sending } from '../../../nodes/Crazytel/api/client';
import { clock } from '../../../nodes/Crazytel/api/clock';
import { asPartial, whyPartial } from '../../../nodes/Crazytel/api/pages';
import type { ApiRequest, ReadRequest } from '../../../nodes/Crazytel/api/request';
import { createKnown } from '../../../nodes/Crazytel/run/known';
import { nextMoment } from '../../../nodes/Crazytel/run/ledger';
import { recentOf } from '../../../nodes/Crazytel/run/recent';
import { listRequest } from '../api/endpoints';
import { acting, failed, others, things } from './things';

let accounts = 0;

/** What a run knows, and what it has sent to know it. */
function knownWith(reply: (path: string) => unknown = (path) => [{ id: path }]) {
	const sent: string[] = [];
	const send = async ({ path, query }: ApiRequest<unknown>) => {
		sent.push(query === undefined ? path : `${path} ${JSON.stringify(query)}`);
		const answer = reply(path);
		if (answer instanceof Error) throw answer;
		return answer;
	};
	const client = { send: send as never, accountId: `account of known ${++accounts}` };
	return { known: createKnown(client), client, sent };
}

const LIST = '/api/v1/things/';

describe('what is read in several requests', () => {
	test('is read once for all of one name, and fails for all', async () => {
		const { known } = knownWith();
		const reads: string[] = [];
		const read = (name: string, end: unknown) => async () => {
			reads.push(name);
			if (end instanceof Error) throw end;
			return end;
		};
		const error = failed('refused');
		expect(
			await Promise.all([
				known.together('a', read('a', 1)),
				known.together('a', read('a', 2)),
				known.together('b', read('b', 3)),
			]),
		).toEqual([1, 1, 3]);
		await expect(known.together('c', read('c', error))).rejects.toBe(error);
		await expect(known.together('c', read('c', 4))).rejects.toBe(error);
		expect(reads).toEqual(['a', 'b', 'c']);
	});
});

describe('the list of a kind', () => {
	test('is read once, however many items ask for it, and at once', async () => {
		const { known, sent } = knownWith();
		const [one, two] = await Promise.all([known.of(things), known.of(things)]);
		expect(one.listed).toEqual([{ id: LIST }]);
		expect(two).toBe(one);
		expect(await known.of(things)).toBe(one);
		expect(sent).toEqual([LIST]);
	});

	test('of each kind is another one', async () => {
		const { known, sent } = knownWith();
		expect((await known.of(others)).listed).toEqual([{ id: '/others' }]);
		expect((await known.of(things)).listed).toEqual([{ id: LIST }]);
		expect(sent).toEqual(['/others', LIST]);
	});

	test('is not asked for by whoever only wants what is known so far', async () => {
		const { known, sent } = knownWith();
		expect(known.soFar(things)).toBeUndefined();
		expect(sent).toEqual([]);
		const collection = await known.of(things);
		expect(known.soFar(things)).toBe(collection);
		expect(known.soFar(others)).toBeUndefined();
	});

	test('that cannot be read is the same error for every item, and nothing is known', async () => {
		const error = failed('refused');
		const { known, sent } = knownWith(() => error);
		await expect(known.of(things)).rejects.toBe(error);
		await expect(known.of(things)).rejects.toBe(error);
		expect(known.soFar(things)).toBeUndefined();
		expect(sent).toEqual([LIST]);
	});

	test('has the moment at which it was asked for: what is made while it is under way came after it', async () => {
		let meanwhile = 0;
		const { known } = knownWith(() => {
			meanwhile = nextMoment();
			return [];
		});
		const before = nextMoment();
		const { moment } = await known.of(things);
		expect(moment).toBeGreaterThan(before);
		expect(moment).toBeLessThan(meanwhile);
	});

	test('is grouped by the keys of its kind', async () => {
		const { known } = knownWith(() => [{ id: 'a', name: 'Lamp' }]);
		expect((await known.of(things)).by('name', 'Lamp')).toEqual([{ id: 'a', name: 'Lamp' }]);
	});
});

describe('a list of which most is missing', () => {
	const real = { ...clock };
	let waits: number[];

	beforeEach(() => {
		waits = [];
		Object.assign(clock, { wait: async (ms: number) => void waits.push(ms) });
	});

	afterEach(() => {
		Object.assign(clock, real);
	});

	const listOf = (length: number) => Array.from({ length }, (_, index) => ({ id: `id-${index}` }));

	/** What comes of reading the list in several runs of one account, where it has so many things each time. */
	async function readInRuns(...lengths: number[]) {
		const left = [...lengths];
		const { client, sent } = knownWith(() => listOf(left.shift() ?? 0));
		const read: number[] = [];
		while (left.length > 0) read.push((await createKnown(client).of(things, { isForMaking: true })).listed.length);
		return { read, requests: sent.length, left };
	}

	test('is read again, and believed then', async () => {
		expect(await readInRuns(10, 4, 10)).toMatchObject({ read: [10, 10], requests: 3 });
		expect(await readInRuns(10, 4, 3)).toMatchObject({ read: [10, 3], requests: 3 });
		expect(waits).toEqual([2_000, 2_000]);
	});

	test('is believed the next time as well', async () => {
		expect(await readInRuns(10, 3, 3, 3, 2)).toMatchObject({ read: [10, 3, 3, 2], requests: 5 });
	});

	test('is no whole one where the second differs from the first as well', async () => {
		const left = [10, 3, 4, 3, 3];
		const { client } = knownWith(() => listOf(left.shift() ?? 0));
		const readForMaking = async () => (await createKnown(client).of(things, { isForMaking: true })).listed;
		await readForMaking();
		expect(whyPartial(await readForMaking())).toBe('doubted');
		expect(whyPartial(await readForMaking())).toBeUndefined();
	});

	test('is read again also where it was read before in this run', async () => {
		const left = [10, 4, 10];
		const { known, sent } = knownWith(() => listOf(left.shift() ?? 0));
		await known.of(things, { isForMaking: true });
		expect((await known.again(things)).listed).toHaveLength(10);
		expect(sent).toHaveLength(3);
	});

	test('is taken as it is where nothing is made by it, and is not what the next one is held against', async () => {
		const left = [10, 4, 4, 10];
		const { client, sent } = knownWith(() => listOf(left.shift() ?? 0));
		const first = createKnown(client);
		await first.of(things, { isForMaking: true });
		const looking = createKnown(client);
		expect((await looking.of(things)).listed).toHaveLength(4);
		expect(sent).toHaveLength(2);
		expect(first.newest(things)?.all.listed).toHaveLength(10);
		expect((await looking.of(things, { isForMaking: true })).listed).toHaveLength(10);
		expect(sent).toHaveLength(4);
	});

	test('is not, where half of it is there', async () => {
		expect(await readInRuns(10, 5)).toMatchObject({ read: [10, 5], requests: 2 });
		expect(waits).toEqual([]);
	});

	test('is of one kind in one account', async () => {
		const { client, sent } = knownWith((path) => (path === LIST ? listOf(10) : []));
		await createKnown(client).of(things);
		await createKnown(client).of(others);
		await createKnown({ ...client, accountId: 'another account of known' }).of(others);
		expect(sent).toEqual([LIST, '/others', '/others']);
	});

	test('has the moment at which it was asked for the second time', async () => {
		const asked: number[] = [];
		const { client } = knownWith(() => {
			asked.push(nextMoment());
			return listOf(asked.length === 2 ? 1 : 10);
		});
		await createKnown(client).of(things);
		const { moment } = await createKnown(client).of(things, { isForMaking: true });
		const [, first = 0, second = 0] = asked;
		expect(moment).toBeGreaterThan(first);
		expect(moment).toBeLessThan(second);
	});
});

describe('the newest list for making', () => {
	const listOf = (...ids: string[]) => ids.map((id) => ({ id }));

	/** A run that reads these lists, one after the other. */
	function readingLists(lists: Array<Array<{ id: string }>>, accountId = `account of the newest ${++accounts}`) {
		const left = [...lists];
		const { sent, client } = knownWith(() => left.shift() ?? []);
		return { known: createKnown({ ...client, accountId }), sent, accountId };
	}

	test('is none where no item has asked for one, whoever else has', async () => {
		const { known, accountId } = readingLists([listOf('a')]);
		await known.of(things);
		expect(known.newest(things)).toBeUndefined();
		await createKnown({ send: (async () => listOf('a')) as never, accountId }).of(things, { isForMaking: true });
		expect(known.newest(things)).toBeUndefined();
	});

	test('is the one that was read for it, until it is read again', async () => {
		const { known, sent } = readingLists([listOf('a'), listOf('a', 'b')]);
		const first = await known.of(things, { isForMaking: true });
		expect(known.newest(things)?.all).toBe(first);
		const again = await known.again(things);
		expect(known.newest(things)?.all).toBe(again);
		expect(again.moment).toBeGreaterThan(first.moment);
		expect(sent).toHaveLength(2);
		// What the items are compared with is the one that was there first.
		expect(await known.of(things, { isForMaking: true })).toBe(first);
		expect(known.soFar(things)).toBe(first);
		expect(first.find('b')).toEqual({ id: 'b' });
	});

	test('knows all that was ever there, and since when', async () => {
		const { known } = readingLists([listOf('a', 'b'), listOf('b', 'c'), listOf('c', 'd')]);
		const { moment } = await known.of(things, { isForMaking: true });
		await known.again(things);
		const { ids, since } = await known.again(things);
		expect([...ids].sort()).toEqual(['a', 'b', 'c', 'd']);
		expect(since).toBe(moment);
	});

	test('may be the first that is read', async () => {
		const { known } = readingLists([listOf('a')]);
		const { ids, since, moment } = await known.again(things);
		expect([...ids]).toEqual(['a']);
		expect(since).toBeUndefined();
		expect(known.newest(things)?.all.moment).toBe(moment);
	});

	test('of each kind is another one', async () => {
		const { known, sent } = readingLists([listOf('a'), listOf('b')]);
		expect((await known.of(things, { isForMaking: true })).listed).toEqual(listOf('a'));
		expect((await known.of(others, { isForMaking: true })).listed).toEqual(listOf('b'));
		expect(sent).toEqual([LIST, '/others']);
	});

	test('is the own one where nobody has read a whole one', async () => {
		const { known } = readingLists([asPartial(listOf('a'))]);
		const all = await known.of(things, { isForMaking: true });
		expect(known.newest(things)?.all).toBe(all);
	});

	test('may be that of another run with the same account, and of no other', async () => {
		const one = readingLists([listOf('a')]);
		await one.known.of(things, { isForMaking: true });
		const two = readingLists([listOf('a', 'b')], one.accountId);
		await two.known.of(things);
		await readingLists([listOf('x')]).known.of(things);
		await two.known.of(others);
		expect([...(one.known.newest(things)?.all.ids ?? [])]).toEqual(['a', 'b']);
		expect(one.known.newest(things)).toBe(one.known.newest(things));
		expect(one.sent).toHaveLength(1);
	});

	test('is none of another run that is not whole', async () => {
		const one = readingLists([listOf('a')]);
		const first = await one.known.of(things, { isForMaking: true });
		await readingLists([asPartial(listOf('a', 'b'))], one.accountId).known.of(things);
		expect(one.known.newest(things)?.all).toBe(first);
	});

	test('is as it was where it cannot be read again', async () => {
		const { client } = knownWith();
		const error = failed('refused');
		let isBroken = false;
		const known = createKnown({
			...client,
			send: (async () => {
				if (isBroken) throw error;
				return listOf('a');
			}) as never,
		});
		const first = await known.of(things, { isForMaking: true });
		isBroken = true;
		await expect(known.again(things)).rejects.toBe(error);
		expect(known.newest(things)?.all).toBe(first);
	});

	test('is young from when its request was sent, not from when it was asked for', async () => {
		let now = 0;
		const real = { ...clock };
		Object.assign(clock, { now: () => now });
		const send = async (_: unknown, __: unknown, { onTurn }: Sending) => {
			now += 60_000;
			expect(onTurn?.()).toBe(true);
			now += 500;
			return listOf('a');
		};
		const known = createKnown({ send: send as never, accountId: `account of the newest ${++accounts}` });
		await known.of(things, { isForMaking: true });
		expect(known.newest(things)?.youngUntil).toBe(70_000);
		Object.assign(clock, real);
	});
});

test('the list of a kind is kept up with what this process has written a moment ago', async () => {
	const { known, client } = knownWith(() => [{ id: 'a', name: 'Lamp' }]);
	recentOf(client.accountId, things).removed('a');
	recentOf(client.accountId, things).made({ id: 'b', name: 'Chair' }, {}, nextMoment());
	const all = await known.of(things);
	expect([all.find('a'), all.find('b')]).toEqual([undefined, undefined]);
	expect(all.by('name', 'Chair')).toEqual([{ id: 'b', name: 'Chair' }]);
});

describe('what was done under a key', () => {
	const ring = acting({ idempotencyKey: 'a' }, { givenKey: { field: 'key', label: 'Key' } });

	test('is known to all runs of the account', () => {
		const { known, client } = knownWith();
		expect(known.acts.doneBy(ring)).toBeUndefined();
		known.acts.note(ring, { id: 1 });
		expect(known.acts.doneBy(ring)).toEqual({ id: 1 });
		expect(createKnown(client).acts.doneBy(ring)).toEqual({ id: 1 });
	});

	test('is known to the run alone where a dry run foresees it, and tells nothing of what comes of it', () => {
		const { known, client } = knownWith();
		known.acts.foresee(ring);
		expect(known.acts.doneBy(ring)).toEqual({});
		expect(createKnown(client).acts.doneBy(ring)).toBeUndefined();
	});
});

describe('any other read', () => {
	const of = (path: string, query?: ApiRequest<unknown>['query']): ReadRequest<unknown> => ({
		...listRequest(),
		path,
		query,
	});

	test('is asked for once', async () => {
		const { known, sent } = knownWith((path) => `answer of ${path}`);
		expect(await Promise.all([known.once(of('/a')), known.once(of('/a'))])).toEqual(['answer of /a', 'answer of /a']);
		expect(await known.once(of('/a'))).toBe('answer of /a');
		expect(sent).toEqual(['/a']);
	});

	test('is another one with another path or another query', async () => {
		const { known, sent } = knownWith();
		for (const request of [of('/a'), of('/b'), of('/a', { page: 1 }), of('/a', { page: 2 }), of('/a', { page: 1 })])
			await known.once(request);
		expect(sent).toEqual(['/a', '/b', '/a {"page":1}', '/a {"page":2}']);
	});

	test('is another one of another endpoint, which reads the same answer otherwise', async () => {
		const { known, sent } = knownWith();
		const request = of('/a');
		await known.once(request);
		await known.once({ ...request, endpoint: { ...request.endpoint, name: 'listOtherwise' } });
		expect(sent).toEqual(['/a', '/a']);
	});

	test('that fails is the same error for every item', async () => {
		const error = failed('uncertain');
		const { known, sent } = knownWith(() => error);
		await expect(known.once(of('/a'))).rejects.toBe(error);
		await expect(known.once(of('/a'))).rejects.toBe(error);
		expect(sent).toEqual(['/a']);
	});

	test('is not taken for the list of a kind, even at the same address', async () => {
		const { known, sent } = knownWith();
		await known.once(listRequest());
		expect(known.soFar(things)).toBeUndefined();
		await known.of(things);
		expect(sent).toEqual([LIST, LIST]);
	});
});
