import type { Account } from './account';
import { answerWithoutTrunk, type History, kept } from './careless';
import {
	emptyAnswer,
	errorAnswer,
	jsonAnswer,
	showListed,
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
import { answerWithoutEndpoint } from './presence';
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

function createTrunk(account: Account, request: AdmittedRequest, switches: Switches): Answer {
	const checked = checkBody('create', request.rawBody, request.contentType, switches);
	if ('issues' in checked) return validationAnswer(checked.issues, switches);
	const refusal = refuseNumbers(checked.value, account.verifiedNumbers());
	if (refusal) return errorAnswer(400, refusal, switches);
	return jsonAnswer(switches.createStatus, showTrunk(account.add(kept(checked.value, switches)), switches));
}

function updateTrunk(account: Account, trunkId: string, request: AdmittedRequest, switches: Switches): Answer {
	const checked = checkBody('update', request.rawBody, request.contentType, switches);
	const issues = checkTrunkId(trunkId);
	if ('issues' in checked) return validationAnswer([...issues, ...checked.issues], switches);
	if (issues.length > 0) return validationAnswer(issues, switches);
	const stored = account.find(trunkId);
	if (!stored) return errorAnswer(404, 'SIP trunk not found', switches);
	const refusal = refuseNumbers(checked.value, account.verifiedNumbers());
	if (refusal) return errorAnswer(400, refusal, switches);
	const updated = account.update(stored, kept(checked.value, switches));
	// All trunks of a large account for each request would cost more than the rest of it.
	const findOther = () => account.trunks().find(({ id }) => id !== stored.id);
	return answerWithoutTrunk(switches, findOther) ?? jsonAnswer(200, showTrunk(updated, switches));
}

function deleteTrunk(account: Account, trunkId: string, switches: Switches): Answer {
	const issues = checkTrunkId(trunkId);
	if (issues.length > 0) return validationAnswer(issues, switches);
	if (!account.remove(trunkId)) return errorAnswer(404, 'SIP trunk not found', switches);
	return emptyAnswer(204);
}

function listTrunks(history: History, { query, url }: AdmittedRequest, switches: Switches): Answer {
	const username = query.get('username');
	const id = query.get('id');
	const trunks = history
		.before(switches.listLagMs)
		.filter((trunk) => username === null || trunk.username === username)
		.filter((trunk) => id === null || trunk.id === id);
	const shown = trunks.map((trunk) => showListed(trunk, switches));
	if (switches.pageSize === 0) return jsonAnswer(200, trunkList(shown, switches));
	return pageOf(shown, switches.trunkListKey, switches, query, url);
}

/**
 * Lets a request take effect on the account.
 *
 * @returns the answer that the API gives when nothing goes wrong on the way
 * Source: docs/crazytel-api.md, "Endpoints" and "SIP trunk".
 */
export function perform(
	account: Account,
	sms: Sms,
	history: History,
	request: AdmittedRequest,
	switches: Switches,
): Answer {
	const match = findEndpoint(request.method, request.path);
	if (match.found === 'endpoint' || match.found === 'wrongMethod') {
		const kind = match.found === 'endpoint' ? match.kind : undefined;
		const answer = answerWithoutEndpoint(kind, match.methods, request, switches);
		if (answer !== undefined) return answer;
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
