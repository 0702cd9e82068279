import type { VerifiedNumber } from '../api/answers';
import type { Client } from '../api/client';
import { trunkListRequest, verifiedNumbersRequest } from '../api/endpoints';

/** What the items of a run share: each list is fetched at most once, and only when it is needed. */
export interface Lookups {
	/** @throws ApiError when the list cannot be read, the same one for every item */
	verifiedNumbers(): Promise<VerifiedNumber[]>;
	/** @throws ApiError when the list cannot be read, the same one for every item */
	trunkIds(): Promise<ReadonlySet<string>>;
}

export function createLookups(client: Client): Lookups {
	return {
		verifiedNumbers: once(async () => await client.send(verifiedNumbersRequest())),
		trunkIds: once(async () => new Set((await client.send(trunkListRequest())).map(({ id }) => id))),
	};
}

function once<T>(fetch: () => Promise<T>): () => Promise<T> {
	let result: Promise<T> | undefined;
	return async () => await (result ??= fetch());
}
