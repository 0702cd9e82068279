import type { VerifiedNumber } from '../api/answers';
import type { Client } from '../api/client';
import { verifiedNumbersRequest } from '../api/endpoints';
import { noteTrunks, type TrunksBefore } from './createOnce';

/** What the items of a run share: each list is fetched at most once, and only when it is needed. */
export interface Lookups {
	/** @throws ApiError when the list cannot be read, the same one for every item */
	verifiedNumbers(): Promise<VerifiedNumber[]>;
	/** @throws ApiError when the list cannot be read, the same one for every item */
	trunksBefore(): Promise<TrunksBefore>;
}

export function createLookups(client: Client): Lookups {
	return {
		verifiedNumbers: once(async () => await client.send(verifiedNumbersRequest())),
		trunksBefore: once(async () => await noteTrunks(client)),
	};
}

function once<T>(fetch: () => Promise<T>): () => Promise<T> {
	let result: Promise<T> | undefined;
	return async () => await (result ??= fetch());
}
