import { SETTING_NAMES, type TrunkSetting } from '../validation/trunkSettings';
import { clock } from './clock';
import type { ApiRequest, RequestKind } from './endpoints';
import { type ErrorBody, readErrorBody } from './errorBody';
import type { Answered, Unanswered } from './exchange';
import { TIMEOUT_MS } from './timeout';

/** How a request failed; retries and reconciliation are chosen by it. */
export type FailureKind =
	/** The server understood and said no, or sent the request elsewhere. Nothing was done. */
	| 'refused'
	/** The trunk that it is about does not exist. Nothing was done. */
	| 'gone'
	/** Too many requests. Nothing was done. */
	| 'limited'
	/** The request never reached the server. Nothing was done. */
	| 'undelivered'
	/** No answer, a broken one, or a failure behind the API: it may have been done. */
	| 'uncertain'
	/** It was done, says the status, but the answer is not in a form that this node knows. */
	| 'unreadable'
	/** It was not sent, because the requests before it have failed. */
	| 'unsent';

/** A request that Crazytel did not carry out, or whose outcome is not known. */
export class ApiError extends Error {
	/** The status, e.g. `422`, or Node's code, e.g. `ECONNREFUSED`. */
	readonly httpCode: string;
	/** The settings that the server named, by the API's names. */
	readonly fields: string[];
	/** What the server asked to wait, in milliseconds. */
	readonly retryAfterMs: number | undefined;
	/** Whether trying again cannot help. */
	readonly isLasting: boolean;

	constructor(
		/** What happened, without secrets. */
		readonly happened: string,
		/** What to do. */
		readonly cure: string,
		readonly kind: FailureKind,
		details: { httpCode: string; fields?: string[]; retryAfterMs?: number; isLasting?: boolean },
	) {
		super(`${happened} ${cure}`.trim());
		this.name = 'ApiError';
		this.httpCode = details.httpCode;
		this.fields = details.fields ?? [];
		this.retryAfterMs = details.retryAfterMs;
		this.isLasting = details.isLasting ?? false;
	}

	/** Whether a write may have been made. */
	get mayHaveActed(): boolean {
		return this.kind === 'uncertain' || this.kind === 'unreadable';
	}

	/** Whether it says nothing of what an earlier try of the same request may have done. */
	get saysNothingOfEarlierTries(): boolean {
		const isRefusedKey = this.httpCode === '401' || this.httpCode === '403';
		return isRefusedKey || this.kind === 'limited' || this.kind === 'undelivered' || this.kind === 'unsent';
	}

	/** Whether every further request of the run would fail in the same way. */
	get stopsEverything(): boolean {
		// Not a 403: an account may be allowed to write and not to list.
		return this.httpCode === '401' || this.kind === 'undelivered';
	}
}

/** How each kind of request is spoken of. */
const WORDS: Record<RequestKind, { doing: string; afterUnknown?: string }> = {
	listVerifiedNumbers: { doing: 'reading the verified numbers' },
	listTrunks: { doing: 'reading the list of trunks' },
	createTrunk: {
		doing: 'creating the trunk',
		afterUnknown:
			'It is unknown whether the trunk exists. Look for it in the Crazytel portal before you run this again, or a second one may be made.',
	},
	setPassword: {
		doing: 'setting the password',
		afterUnknown:
			'It is unknown whether the trunk has its new password. Run this again: it sets a password once more, and shows that one if it was generated.',
	},
	deleteTrunk: {
		doing: 'deleting the trunk',
		afterUnknown:
			'It is unknown whether the trunk is gone. Running it again is safe: of a trunk that is gone it says so.',
	},
	updateTrunk: {
		doing: 'changing the trunk',
		afterUnknown:
			'It is unknown whether the change was made. Running it again is safe: it sets the same values.',
	},
};

/** @returns the error for an answer with a status other than 2xx; its body is redacted already */
export function errorOfAnswer(request: ApiRequest<unknown>, answer: Answered, baseUrl: string): ApiError {
	const { status } = answer;
	const { doing, afterUnknown } = WORDS[request.kind];
	const said = readErrorBody(answer.body);
	const quoted = quote(said);
	const retryAfterMs = readRetryAfter(answer.headers['retry-after']);
	const fail = (happened: string, cure: string, kind: FailureKind = 'refused', fields: string[] = []) =>
		new ApiError(happened, cure, kind, { httpCode: String(status), fields, retryAfterMs });

	if (status >= 300 && status < 400) return fail(...redirectWords(answer, baseUrl));
	if (status === 401 || status === 403) {
		return fail(
			`Crazytel does not accept the API key (${status}).${quoted}`,
			'Put the account API key, not the SMS API key, into the credential.',
		);
	}
	if (status === 404 && request.trunkId !== undefined && !said.isWebPage) {
		return request.kind === 'deleteTrunk'
			? fail(
					`Trunk '${request.trunkId}' is already gone (404): this account has no trunk with this ID.${quoted}`,
					'Nothing is left to delete, unless the ID is wrong. If every trunk is gone, check the Base URL in the credential.',
					'gone',
				)
			: fail(
					`Trunk '${request.trunkId}' does not exist in this account (404).${quoted}`,
					'Check its ID, or choose it again; it may have been deleted. If every trunk is missing, check the Base URL in the credential.',
					'gone',
				);
	}
	if (status === 404 || status === 405) {
		return fail(
			`Crazytel has no address for ${doing} (${status} at ${baseUrl}${request.path}).${quoted}`,
			request.kind === 'listTrunks'
				? "Give the trunk's ID instead of choosing it: this account may have no list. Or check the Base URL in the credential: it is https://crazytel.io."
				: 'Check the Base URL in the credential: it is https://crazytel.io.',
		);
	}
	const numbers = (['caller_id_number', 'sms_sender'] as const).filter(
		(name) => request.body?.[name] !== undefined,
	);
	if (status === 400 && numbers.length > 0 && said.fields.length === 0) {
		return fail(
			`Crazytel refuses the ${numbers.map((name) => SETTING_NAMES[name]).join(' or the ')} (400).${quoted}`,
			'Choose a verified number from the list, or verify this one in the Crazytel portal first.',
			'refused',
			numbers,
		);
	}
	if (status === 429) {
		return fail(
			`Crazytel's limit of requests is reached (429): 60 a minute for the whole account.${quoted}`,
			`${waitWords(retryAfterMs)} Nothing was written by this request.`,
			'limited',
		);
	}
	if (status >= 500 || status === 408) {
		return fail(
			`Crazytel failed while ${doing} (${status}).${quoted}`,
			afterUnknown ?? 'Try again later.',
			'uncertain',
		);
	}
	if (status === 422 || said.fields.length > 0) {
		const fields = said.fields.map(({ field }) => field);
		const likely = request.body?.password === undefined ? '' : ', in most cases the Password';
		const happened = fields.length > 0 ? ` (${status}).${quoted}` : `${likely} (${status}).${quoted}`;
		return fail(`Crazytel refuses the settings${happened}`, 'Correct it and run again.', 'refused', fields);
	}
	return fail(`Crazytel refused ${doing} (${status}).${quoted}`, 'Check the values and run again.');
}

/** @returns the error for a 2xx answer that is not what the endpoint promises */
export function errorOfUnreadable(request: ApiRequest<unknown>, { status, body }: Answered): ApiError {
	const { doing, afterUnknown } = WORDS[request.kind];
	const said = readErrorBody(body);
	const isDamaged = typeof body === 'string' || body === undefined || body === null;
	const what = !isDamaged
		? 'data in an unknown form'
		: said.isWebPage
			? `a web page${said.text === undefined ? '' : ` titled "${said.text}"`}`
			: typeof body === 'string' && body !== ''
				? 'text that is not whole JSON'
				: 'an empty answer';
	return new ApiError(
		`Crazytel answered ${doing} with ${what} (${status}).`,
		afterUnknown ?? 'Check the Base URL in the credential, or try again later.',
		isDamaged ? 'uncertain' : 'unreadable',
		{ httpCode: String(status) },
	);
}

/** @returns the error for a request that brought no answer */
export function errorOfSilence(request: ApiRequest<unknown>, failure: Unanswered, baseUrl: string): ApiError {
	const { doing, afterUnknown } = WORDS[request.kind];
	const { host } = new URL(baseUrl);
	const httpCode = failure.code;
	if (failure.neverDelivered) {
		return new ApiError(
			`Crazytel cannot be reached at ${host}: ${unreachableReason(failure)}. Nothing was sent.`,
			"Check the Base URL in the credential and this server's network.",
			'undelivered',
			{ httpCode, isLasting: failure.isLasting },
		);
	}
	const happened = /^timeout|ETIMEDOUT/i.test(`${failure.reason} ${failure.code}`)
		? `Crazytel did not answer within ${TIMEOUT_MS / 1000} seconds while ${doing}.`
		: `The connection to ${host} broke while ${doing} (${failure.reason}).`;
	return new ApiError(happened, afterUnknown ?? 'Try again later.', 'uncertain', { httpCode });
}

/** @returns the error for a request that was not sent, because others have failed before it */
export function errorOfNotTrying(error: ApiError, failures: number): ApiError {
	const why = failures > 1 ? `the last ${failures} requests failed` : 'the one before failed';
	// What to do about those that may have acted is not what to do about this one.
	const cure = error.mayHaveActed ? 'Run this item again later.' : error.cure;
	return new ApiError(`Not sent, because ${why}: ${error.happened}`, cure, 'unsent', error);
}

function quote({ isWebPage, text, fields }: ErrorBody): string {
	if (isWebPage) {
		return ` It answered with a web page${text === undefined ? '' : ` titled "${text}"`}, as a proxy in between does.`;
	}
	const named = fields.map(
		({ field, text: words }) =>
			`${Object.hasOwn(SETTING_NAMES, field) ? SETTING_NAMES[field as TrunkSetting] : field}: ${words}`,
	);
	return `${named.length === 0 ? '' : ` ${named.join('; ')}.`}${text === undefined ? '' : ` Crazytel says: "${text}".`}`;
}

function unreachableReason({ code, reason }: Unanswered): string {
	if (code === 'ECONNREFUSED') return 'the connection was refused';
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'no such host name was found';
	if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return 'there is no way to it';
	return /before secure TLS/.test(reason)
		? 'it does not speak https there'
		: `its certificate is not trusted (${reason})`;
}

/** Says where a redirect points, by host only: the rest of the address may hold anything. */
function redirectWords({ status, headers }: Answered, baseUrl: string): [happened: string, cure: string] {
	const target = redirectTarget(headers.location, baseUrl);
	const from = new URL(baseUrl).host;
	if (target !== undefined && target.host !== from) {
		return [
			`${from} redirects to another host, ${target.host} (${status}). The request was not repeated there, and the API key was not sent to it.`,
			`If that host is Crazytel's, put ${target.origin} as Base URL into the credential.`,
		];
	}
	return [
		`${from} redirects the request (${status})${target === undefined ? '' : ` to ${target.origin}`}, and this node follows no redirect.`,
		'Check the Base URL in the credential: it is https://crazytel.io.',
	];
}

function redirectTarget(location: unknown, baseUrl: string): URL | undefined {
	return typeof location === 'string' && URL.canParse(location, baseUrl) ? new URL(location, baseUrl) : undefined;
}

function waitWords(retryAfterMs: number | undefined): string {
	return retryAfterMs === undefined
		? 'Run it again in a minute.'
		: `Run it again in ${Math.ceil(retryAfterMs / 1000)} seconds.`;
}

/** Reads Retry-After: seconds, or a date. @returns milliseconds; undefined when it says nothing usable */
function readRetryAfter(value: unknown): number | undefined {
	if (typeof value !== 'string' || value.trim() === '') return undefined;
	const seconds = Number(value);
	const ms = Number.isNaN(seconds) ? Date.parse(value) - clock.epoch() : seconds * 1000;
	return Number.isFinite(ms) && ms >= 0 ? ms : undefined;
}
