import type { TrunkId } from '../validation/trunkId';
import type { TrunkSettings } from '../validation/trunkSettings';
import {
	type Deleted,
	readDeleted,
	readTrunk,
	readTrunkList,
	readVerifiedNumbers,
	type Trunk,
	type VerifiedNumber,
} from './answers';

/** What a request is for. Words, retries and pacing are chosen by it. */
export type RequestKind =
	| 'listVerifiedNumbers'
	| 'listTrunks'
	| 'createTrunk'
	| 'updateTrunk'
	| 'setPassword'
	| 'deleteTrunk';

/** Whether a request of this kind changes something. */
export function isWrite(kind: RequestKind): boolean {
	return kind !== 'listVerifiedNumbers' && kind !== 'listTrunks';
}

/** One request to Crazytel. The path is exact: a slash too many or too few is answered by a redirect. */
export interface ApiRequest<Answer> {
	kind: RequestKind;
	method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
	path: string;
	/** The trunk that it is about, where that exists already. */
	trunkId?: TrunkId;
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
	return { kind: 'updateTrunk', method: 'PATCH', ...trunkAddress(id), body: settings, read: readTrunk };
}

/** An update of the password alone, in words of its own (docs/crazytel-api.md#sip-trunk). */
export function setPasswordRequest(id: TrunkId, password: string): ApiRequest<Trunk> {
	return { ...updateTrunkRequest(id, { password }), kind: 'setPassword' };
}

/** Deletes a trunk; the answer may have no body (docs/crazytel-api.md#endpoints). */
export function deleteTrunkRequest(id: TrunkId): ApiRequest<Deleted> {
	return { kind: 'deleteTrunk', method: 'DELETE', ...trunkAddress(id), read: readDeleted };
}

function trunkAddress(id: TrunkId): { path: string; trunkId: TrunkId } {
	return { path: `/api/v1/sip-trunks/${encodeURIComponent(id)}`, trunkId: id };
}
