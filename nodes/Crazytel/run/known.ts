import type { IDataObject } from 'n8n-workflow';

import type { Thing } from '../api/body';
import type { Client } from '../api/client';
import { clock } from '../api/clock';
import { asPartial, isWhole } from '../api/pages';
import type { ReadRequest } from '../api/request';
import { type Collection, collectionOf } from './collection';
import type { Kind } from './kind';
import { SECOND_LOOK_MS } from './lag';
import { nextMoment } from './ledger';
import { recentOf } from './recent';

/** What the items of a run share: each list, and each answer, is fetched at most once, and only when it is needed. */
export interface Known {
	/**
	 * @param use `isForMaking` where a thing is made because the list has none: a list that has lost most of what it
	 *   had is then read a second time
	 * @throws ApiError when the list cannot be read, the same one for every item
	 */
	of<Values extends IDataObject, KeyName extends string>(kind: Kind<Values, KeyName>, use?: { isForMaking?: boolean }): Promise<Collection<KeyName>>;
	/** The same, if an item has asked for it and it could be read. */
	soFar(kind: Kind): Collection | undefined;
	/**
	 * Any other read, by its endpoint, path and query.
	 *
	 * @throws ApiError when it fails, the same one for every item
	 */
	once<Answer>(request: ReadRequest<Answer>): Promise<Answer>;
}

export function createKnown(client: Pick<Client, 'send' | 'accountId'> & Partial<Pick<Client, 'signal'>>): Known {
	const answers = new Map<string, Promise<unknown>>();
	const readings = new Map<string, Promise<Collection>>();
	const collections = new Map<string, Collection>();

	const read = async (kind: Kind, isForMaking: boolean): Promise<Collection> => {
		const recent = recentOf(client.accountId, kind);
		const fewest = recent.fewest();
		const isDoubtful = (list: Thing[]) => isWhole(list) && list.length < fewest;
		let moment = nextMoment();
		let listed = await client.send(kind.requests.list());
		// Where most of what was there is missing, more likely the list is than the things.
		const isDoubted = isDoubtful(listed);
		if (isDoubted && isForMaking) {
			await clock.wait(SECOND_LOOK_MS, client.signal);
			moment = nextMoment();
			const again = await client.send(kind.requests.list());
			// Two that differ are not believed either.
			listed = isDoubtful(again) && again.length !== listed.length ? asPartial(again) : again;
		}
		if (!isDoubted || isForMaking) recent.saw(listed);
		const collection = collectionOf(kind, listed, moment, recent);
		collections.set(kind.name, collection);
		return collection;
	};

	return {
		of: async <KeyName extends string>(declared: Kind<never, KeyName>, { isForMaking = false } = {}) => {
			const kind = declared as unknown as Kind;
			const name = isForMaking ? `${kind.name} for making` : kind.name;
			return (await once(readings, name, async () => await read(kind, isForMaking))) as Collection<KeyName>;
		},
		soFar: ({ name }) => collections.get(name),
		once: async <Answer>(request: ReadRequest<Answer>) =>
			(await once(answers, JSON.stringify([request.endpoint.name, request.path, request.query]), async () => await client.send(request))) as Answer,
	};
}

async function once<T>(results: Map<string, Promise<T>>, key: string, fetch: () => Promise<T>): Promise<T> {
	const result = results.get(key) ?? fetch();
	results.set(key, result);
	return await result;
}
