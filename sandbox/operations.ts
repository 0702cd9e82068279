import type { Account } from './account';
import { answerWithoutTrunk, type History, kept } from './careless';
import {
	emptyAnswer,
	errorAnswer,
	jsonAnswer,
	showTrunk,
	trunkList,
	validationAnswer,
	verifiedList,
	type Answer,
} from './answers';
import { balanceAnswer } from './balance';
import { listCallRecords } from './callRecords';
import { findEndpoint } from './endpoints';
import { pageOf } from './pages';
import { performOnNumbers } from './phoneNumbers';
import { checkBody, checkTrunkId, refuseNumbers } from './rules';
import type { Sms } from './sms';
import type { Switches } from './switches';

/** A request that passed the key and the limit. */
export interface AdmittedRequest {
	method: string;
	/** Without the query. */
	path: string;
	/** The whole address, without the query. */
	url: string;
	query: URLSearchParams;
	rawBody: string;
	contentType: string | undefined;
	/** The header Idempotency-Key. */
	idempotencyKey: string | undefined;
}

function missingEndpoint(status: 404 | 405, allow: string, switches: Switches): Answer {
	return status === 404
		? errorAnswer(404, 'Not Found', switches)
		: errorAnswer(405, 'Method Not Allowed', switches, { allow });
}

function createTrunk(account: Account, request: AdmittedRequest, switches: Switches): Answer {
	const checked = checkBody('create', request.rawBody, request.contentType);
	if ('issues' in checked) return validationAnswer(checked.issues, switches);
	const refusal = refuseNumbers(checked.value, account.verifiedNumbers());
	if (refusal) return errorAnswer(400, refusal, switches);
	return jsonAnswer(switches.createStatus, showTrunk(account.add(kept(checked.value, switches)), switches));
}

function updateTrunk(
	account: Account,
	trunkId: string,
	request: AdmittedRequest,
	switches: Switches,
): Answer {
	const checked = checkBody('update', request.rawBody, request.contentType);
	const issues = checkTrunkId(trunkId);
	if ('issues' in checked) return validationAnswer([...issues, ...checked.issues], switches);
	if (issues.length > 0) return validationAnswer(issues, switches);
	const stored = account.find(trunkId);
	if (!stored) return errorAnswer(404, 'SIP trunk not found', switches);
	const refusal = refuseNumbers(checked.value, account.verifiedNumbers());
	if (refusal) return errorAnswer(400, refusal, switches);
	const updated = account.update(stored, kept(checked.value, switches));
	const other = account.trunks().find(({ id }) => id !== stored.id);
	return answerWithoutTrunk(switches, other) ?? jsonAnswer(200, showTrunk(updated, switches));
}

function deleteTrunk(account: Account, trunkId: string, switches: Switches): Answer {
	if (switches.deleteEndpoint !== 'present') {
		return missingEndpoint(switches.deleteEndpoint, 'PATCH', switches);
	}
	const issues = checkTrunkId(trunkId);
	if (issues.length > 0) return validationAnswer(issues, switches);
	if (!account.remove(trunkId)) return errorAnswer(404, 'SIP trunk not found', switches);
	return emptyAnswer(204);
}

function listTrunks(history: History, { query, url }: AdmittedRequest, switches: Switches): Answer {
	if (switches.trunkListEndpoint !== 'present') {
		return missingEndpoint(switches.trunkListEndpoint, 'POST', switches);
	}
	const username = query.get('username');
	const id = query.get('id');
	const trunks = history
		.before(switches.listLagMs)
		.filter((trunk) => username === null || trunk.username === username)
		.filter((trunk) => id === null || trunk.id === id);
	if (switches.pageSize === 0) return jsonAnswer(200, trunkList(trunks, switches));
	const shown = trunks.map((trunk) => showTrunk(trunk, switches));
	return pageOf(shown, switches.trunkListKey, switches, query, url);
}

/**
 * Lets a request take effect on the account.
 *
 * @returns the answer that the API gives when nothing goes wrong on the way
 * Source: docs/crazytel-api.md, "Endpoints" and "SIP trunk".
 */
export function perform(account: Account, sms: Sms, history: History, request: AdmittedRequest, switches: Switches): Answer {
	const match = findEndpoint(request.method, request.path);
	if (match.found === 'wrongMethod') {
		return errorAnswer(405, 'Method Not Allowed', switches, { allow: match.allow });
	}
	if (match.found !== 'endpoint') return errorAnswer(404, 'Not Found', switches);
	switch (match.kind) {
		case 'balance':
			return jsonAnswer(200, balanceAnswer(account, switches));
		case 'callRecords':
			return listCallRecords(account.callRecords(), request.query, switches);
		case 'verified':
			return jsonAnswer(200, verifiedList(account.verifiedNumbers(), switches));
		case 'list':
			return listTrunks(history, request, switches);
		case 'create':
			return createTrunk(account, request, switches);
		case 'update':
			return updateTrunk(account, match.trunkId, request, switches);
		case 'delete':
			return deleteTrunk(account, match.trunkId, switches);
		case 'sms':
			return sms.send(account, request, switches);
		default:
			return performOnNumbers(account, match.kind, request, switches);
	}
}
