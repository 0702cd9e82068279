import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Router } from 'express';
import type { Account } from './account';
import type { History } from './careless';
import { emptyAnswer, errorAnswer, limitedAnswer, type Answer } from './answers';
import { hangUp, send } from './delivery';
import { findEndpoint } from './endpoints';
import type { Faults } from './faults';
import { perform } from './operations';
import { playFault } from './playFault';
import type { RateLimit } from './rateLimit';
import type { RecordedRequest, RequestLog } from './requestLog';
import type { Sms } from './sms';
import type { Switches } from './switches';
import { WaitCalledOff, type Wait } from './waiting';

/** What the API of a sandbox is made of. */
export interface ApiParts {
	apiKey: string;
	smsApiKey: string;
	account: Account;
	sms: Sms;
	history: History;
	faults: Faults;
	rateLimit: RateLimit;
	log: RequestLog;
	switches: () => Switches;
	now: () => number;
	wait: Wait;
}

const largestBody = 1024 * 1024;

function flatten(headers: Request['headers']): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
	);
}

function queryOf(request: Request): string {
	const start = request.originalUrl.indexOf('?');
	return start < 0 ? '' : request.originalUrl.slice(start);
}

/** The redirect of FastAPI for a path with the wrong last slash: it comes before any key check. */
function redirectSlash(request: Request): Answer | undefined {
	const match = findEndpoint(request.method, request.path);
	if (match.found !== 'otherSlash') return undefined;
	const location = `http://${request.headers.host ?? 'localhost'}${match.path}${queryOf(request)}`;
	return emptyAnswer(307, { location });
}

function refuseKey(request: Request, parts: ApiParts): Answer | undefined {
	const key = request.headers['x-crazytel-api-key'];
	const match = findEndpoint(request.method, request.path);
	if (match.found === 'endpoint' && match.kind === 'sms' && (key === parts.apiKey || key === parts.smsApiKey)) {
		return refuseSmsKey(key === parts.smsApiKey ? 'sms' : 'account', parts.switches());
	}
	if (key === parts.apiKey) return undefined;
	if (key === parts.smsApiKey) {
		return errorAnswer(403, 'This API key is for SMS only', parts.switches());
	}
	return errorAnswer(401, key ? 'Invalid API key' : 'API key is missing', parts.switches());
}

/** Which of the two keys sends messages is not known. */
function refuseSmsKey(kind: 'sms' | 'account', switches: Switches): Answer | undefined {
	if (switches.smsKey === 'either' || switches.smsKey === kind) return undefined;
	return errorAnswer(switches.smsKeyRefusal, 'SMS key not found', switches);
}

function refuseOverLimit(parts: ApiParts): Answer | undefined {
	const waitMs = parts.rateLimit.admit();
	return waitMs === 0 ? undefined : limitedAnswer(waitMs, parts.now(), parts.switches());
}

/**
 * The Crazytel API as an Express router: redirect, key, limit and faults in this order, then the
 * request itself. It answers every request that it gets.
 *
 * Source: docs/crazytel-api.md. That the key is checked before the limit is an assumption.
 */
export function createApi(parts: ApiParts): Router {
	const { account, sms, history, faults, log, now, wait } = parts;
	const records = new WeakMap<Request, RecordedRequest>();

	function recordOf(request: Request): RecordedRequest {
		const known = records.get(request);
		if (known) return known;
		const match = findEndpoint(request.method, request.path);
		const recorded: RecordedRequest = {
			method: request.method,
			path: request.originalUrl,
			headers: flatten(request.headers),
			rawBody: '',
			body: undefined,
			kind: match.found === 'endpoint' ? match.kind : 'other',
			at: now(),
			status: undefined,
		};
		records.set(request, recorded);
		log.add(recorded);
		return recorded;
	}

	const arrive: RequestHandler = (request, _response, next) => {
		recordOf(request);
		next();
	};

	const readBody = express.raw({ type: () => true, limit: largestBody });

	function takeEffect(request: Request, rawBody: string): Answer {
		const admitted = {
			method: request.method,
			path: request.path,
			url: `http://${request.headers.host ?? 'localhost'}${request.path}`,
			query: new URLSearchParams(queryOf(request)),
			rawBody,
			contentType: request.headers['content-type'],
			idempotencyKey: request.header('idempotency-key'),
		};
		const outcome = perform(account, sms, history, admitted, parts.switches());
		if (request.method !== 'GET') history.note();
		return outcome;
	}

	const answer: RequestHandler = async (request, response, next) => {
		const recorded = recordOf(request);
		const rawBody = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
		log.fill(recorded, rawBody);
		const reply = { response, recorded };
		const refusal = redirectSlash(request) ?? refuseKey(request, parts) ?? refuseOverLimit(parts);
		const play = refusal ? undefined : faults.take(recorded.kind);
		const effect = () => takeEffect(request, rawBody);
		try {
			if (play !== undefined) {
				const switches = parts.switches();
				await playFault(play, { reply, perform: effect, recorded, switches, now: now(), wait });
				return;
			}
			// The account changes in the order of arrival; only the answer is held back.
			const outcome = refusal ?? effect();
			await wait(parts.switches().latencyMs);
			send(reply, outcome);
		} catch (error) {
			if (error instanceof WaitCalledOff) hangUp(reply);
			else next(error);
		}
	};

	// Express knows an error handler by its four parameters.
	const fail: ErrorRequestHandler = (error: Error & { status?: number }, request, response, next) => {
		if (response.headersSent) return next(error);
		const status = error.status ?? 500;
		const message = status === 413 ? 'Request body is too large' : error.message;
		send({ response, recorded: recordOf(request) }, errorAnswer(status, message, parts.switches()));
	};

	return express.Router().use(arrive, readBody, answer).use(fail);
}
