import type { VerifiedNumber } from '../api/answers';
import type { Client } from '../api/client';
import { verifiedNumbersRequest } from '../api/endpoints';
import { type KnownTrunks, readKnownTrunks } from './knownTrunks';

/** What the items of a run share: each list is fetched at most once, and only when it is needed. */
export interface Lookups {
	/** @throws ApiError when the list cannot be read, the same one for every item */
	verifiedNumbers(): Promise<VerifiedNumber[]>;
	/** @throws ApiError when the list cannot be read, the same one for every item */
	trunks(): Promise<KnownTrunks>;
	/** The trunks, if an item has asked for them and they could be read. */
	readonly knownTrunks: KnownTrunks | undefined;
}

export function createLookups(client: Client): Lookups {
	let knownTrunks: KnownTrunks | undefined;
	return {
		verifiedNumbers: once(async () => await client.send(verifiedNumbersRequest())),
		trunks: once(async () => (knownTrunks = await readKnownTrunks(client))),
		get knownTrunks() {
			return knownTrunks;
		},
	};
}

function once<T>(fetch: () => Promise<T>): () => Promise<T> {
	let result: Promise<T> | undefined;
	return async () => await (result ??= fetch());
}
