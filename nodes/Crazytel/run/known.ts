import type { IDataObject } from 'n8n-workflow';

import type { Thing } from '../api/body';
import type { Client } from '../api/client';
import { clock } from '../api/clock';
import { asPartial, isWhole } from '../api/pages';
import type { ReadRequest } from '../api/request';
import { type Collection, collectionOf } from './collection';
import { createGivenKeys, type GivenKeys, givenKeysOf } from './givenKeys';
import type { Kind } from './kind';
import { SECOND_LOOK_MS } from './lag';
import { nextMoment } from './ledger';
import type { Act } from './plan';
import { newestOf, type Reading, share, youngUntil } from './readings';
import { recentOf } from './recent';

/** What the items of a run share: each list, and each answer, is fetched at most once, and only when it is needed. */
export interface Known {
	/**
	 * @param use `isForMaking` where a thing is made because the list has none: a list that has lost most of what it
	 *   had is then read a second time
	 * @throws ApiError when the list cannot be read, the same one for every item
	 */
	of<Values extends IDataObject, KeyName extends string>(
		kind: Kind<Values, KeyName>,
		use?: { isForMaking?: boolean },
	): Promise<Collection<KeyName>>;
	/** The same, if an item has asked for it and it could be read. */
	soFar(kind: Kind): Collection | undefined;
	/** The newest list for making, which another execution may have read; undefined where no item has asked for one. */
	newest(kind: Kind): Newest | undefined;
	/**
	 * Reads the list for making once more.
	 *
	 * @throws ApiError when it cannot be read, Stopped when the execution was stopped before
	 */
	again(kind: Kind): Promise<Collection>;
	/** What was done under keys that the user has given; what a dry run foresees counts in this run. */
	acts: Pick<GivenKeys, 'doneBy' | 'note'> & { foresee(plan: Act): void };
	/**
	 * Any other read, by its endpoint, path and query.
	 *
	 * @throws ApiError when it fails, the same one for every item
	 */
	once<Answer>(request: ReadRequest<Answer>): Promise<Answer>;
	/**
	 * What is read in several requests, by a name for it.
	 *
	 * @throws what `read` has thrown, the same for every item
	 */
	together<Answer>(name: string, read: () => Promise<Answer>): Promise<Answer>;
}

/** A list by which it is decided whether a thing is made. Its ids are all that the run has ever seen. */
export interface Newest {
	all: Collection;
	/** Until when it is taken as it is, as the clock goes. */
	youngUntil: number;
}

export function createKnown(client: Pick<Client, 'send' | 'accountId'> & Partial<Pick<Client, 'signal'>>): Known {
	const answers = new Map<string, Promise<unknown>>();
	const gathered = new Map<string, Promise<unknown>>();
	const readings = new Map<string, Promise<Collection>>();
	const collections = new Map<string, Collection>();
	const given = givenKeysOf(client.accountId);
	const foreseen = createGivenKeys();
	/** Of each kind of which something may be made, with the reading, which is kept by that. */
	const forMaking = new Map<string, Newest & { reading: Reading }>();

	const request = async (kind: Kind): Promise<Reading> => {
		const moment = nextMoment();
		let startedAt = clock.now();
		const onTurn = (): boolean => {
			startedAt = clock.now();
			return true;
		};
		const listed = await client.send(kind.requests.list(), undefined, { onTurn });
		return { listed, moment, youngUntil: youngUntil(startedAt, clock.now()) };
	};

	const read = async (kind: Kind, isForMaking: boolean): Promise<Reading> => {
		const recent = recentOf(client.accountId, kind);
		const fewest = recent.fewest();
		const isDoubtful = (list: readonly Thing[]) => isWhole(list) && list.length < fewest;
		let reading = await request(kind);
		// Where most of what was there is missing, more likely the list is than the things.
		const isDoubted = isDoubtful(reading.listed);
		if (isDoubted && isForMaking) {
			await clock.wait(SECOND_LOOK_MS, client.signal);
			const again = await request(kind);
			// Two that differ are not believed either.
			const isBelieved = !isDoubtful(again.listed) || again.listed.length === reading.listed.length;
			reading = isBelieved ? again : { ...again, listed: asPartial(again.listed, 'doubted') };
		}
		if (isDoubted && !isForMaking) return reading;
		recent.saw(reading.listed);
		if (isWhole(reading.listed)) share(client.accountId, kind, reading);
		return reading;
	};

	const collect = (kind: Kind, { listed, moment }: Reading): Collection =>
		collectionOf(kind, listed, moment, recentOf(client.accountId, kind));

	/** Takes a newer list for the decisions to come; what the run knows of the things that it had stays. */
	const take = (kind: Kind, reading: Reading): Newest => {
		const before = forMaking.get(kind.name)?.all;
		const all = collect(kind, reading);
		const ids = new Set([...(before?.ids ?? []), ...all.ids]);
		const taken = {
			all: { ...all, ids, since: before?.since ?? before?.moment },
			youngUntil: reading.youngUntil,
			reading,
		};
		forMaking.set(kind.name, taken);
		collections.get(kind.name)?.learn(reading.listed);
		return taken;
	};

	return {
		of: async <KeyName extends string>(declared: Kind<never, KeyName>, { isForMaking = false } = {}) => {
			const kind = declared as unknown as Kind;
			const name = isForMaking ? `${kind.name} for making` : kind.name;
			return (await once(readings, name, async () => {
				const reading = await read(kind, isForMaking);
				const collection = collect(kind, reading);
				collections.set(kind.name, collection);
				if (isForMaking) forMaking.set(kind.name, { all: collection, youngUntil: reading.youngUntil, reading });
				return collection;
			})) as Collection<KeyName>;
		},
		soFar: ({ name }) => collections.get(name),
		newest(kind) {
			const mine = forMaking.get(kind.name);
			const shared = newestOf(client.accountId, kind);
			if (mine === undefined || shared === undefined || shared.moment <= mine.all.moment) return mine;
			return take(kind, shared);
		},
		again: async (kind) => take(kind, await read(kind, true)).all,
		acts: {
			doneBy: (plan) => given.doneBy(plan) ?? foreseen.doneBy(plan),
			note: (plan, output) => given.note(plan, output),
			foresee: (plan) => foreseen.note(plan, {}),
		},
		once: async <Answer>(request: ReadRequest<Answer>) =>
			(await once(
				answers,
				JSON.stringify([request.endpoint.name, request.path, request.query]),
				async () => await client.send(request),
			)) as Answer,
		together: async <Answer>(name: string, read: () => Promise<Answer>) => (await once(gathered, name, read)) as Answer,
	};
}

async function once<T>(results: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
	const result = results.get(key) ?? ask();
	results.set(key, result);
	return await result;
}
