import type { TrunkId } from '../validation/trunkId';
import type { TrunkSettings } from '../validation/trunkSettings';
import {
	readTrunk,
	readTrunkList,
	readVerifiedNumbers,
	type Trunk,
	type VerifiedNumber,
} from './answers';

/** What a request is for. Words, retries and pacing are chosen by it. */
export type RequestKind = 'listVerifiedNumbers' | 'listTrunks' | 'createTrunk' | 'updateTrunk';

/** One request to Crazytel. The path is exact: a slash too many or too few is answered by a redirect. */
export interface ApiRequest<Answer> {
	kind: RequestKind;
	method: 'GET' | 'POST' | 'PATCH';
	path: string;
	body?: TrunkSettings;
	/** Reads the body of a 2xx answer; undefined when it is not what the endpoint promises. */
	read(body: unknown): Answer | undefined;
}

/** The account's verified numbers (docs/crazytel-api.md#endpoints). */
export function verifiedNumbersRequest(): ApiRequest<VerifiedNumber[]> {
	return {
		kind: 'listVerifiedNumbers',
		method: 'GET',
		path: '/api/v1/account/verified-cli/',
		read: readVerifiedNumbers,
	};
}

/** All trunks of the account (docs/crazytel-api.md#endpoints). */
export function trunkListRequest(): ApiRequest<Trunk[]> {
	return { kind: 'listTrunks', method: 'GET', path: '/api/v1/sip-trunks/', read: readTrunkList };
}

/** Creates a trunk: the body needs a password and a caller ID (docs/crazytel-api.md#sip-trunk). */
export function createTrunkRequest(settings: TrunkSettings): ApiRequest<Trunk> {
	return {
		kind: 'createTrunk',
		method: 'POST',
		path: '/api/v1/sip-trunks/',
		body: settings,
		read: readTrunk,
	};
}

/** Changes what the body names and nothing else (docs/crazytel-api.md#sip-trunk). */
export function updateTrunkRequest(id: TrunkId, settings: TrunkSettings): ApiRequest<Trunk> {
	return {
		kind: 'updateTrunk',
		method: 'PATCH',
		path: `/api/v1/sip-trunks/${encodeURIComponent(id)}`,
		body: settings,
		read: readTrunk,
	};
}
