import { ApiError, type FailureKind } from './apiError';
import { clock } from './clock';
import { type ErrorBody, readErrorBody } from './errorBody';
import type { Answered } from './exchange';
import { afterUnknown, type ApiRequest } from './request';
import { redirectWords } from './redirect';

/** What is said of a failure, and what kind it is. */
interface Verdict {
	happened: string;
	cure: string;
	kind: FailureKind;
	fields?: string[];
}

/**
 * @param byOtherKey whether it was asked with the other key of the credential
 * @returns the error for an answer with a status other than 2xx; its body is redacted already
 */
export function errorOfAnswer(
	request: ApiRequest<unknown>,
	answer: Answered,
	baseUrl: string,
	byOtherKey = false,
): ApiError {
	const { status } = answer;
	const said = readErrorBody(answer.body);
	const retryAfterMs = readRetryAfter(answer.headers['retry-after']);
	const { happened, cure, kind, fields } = {
		...generalVerdict(request, answer, said, baseUrl),
		...betterVerdict(request, status, said, byOtherKey),
	};
	const quoted = isRedirect(status) ? '' : quote(said, request.endpoint.labels);
	return new ApiError(`${happened}${quoted}`, cure, kind, {
		httpCode: String(status),
		fields: fields ?? [],
		retryAfterMs,
		// A proxy that wants a password will want it in a minute as well.
		isLasting: status === PROXY_WANTS_KEY,
		isFromBetween: isFromBetween(status, said),
	});
}

const PROXY_WANTS_KEY = 407;

/** Whether a firewall, a proxy or a check for robots has answered in the place of the API. */
function isFromBetween(status: number, { isWebPage }: ErrorBody): boolean {
	return status === PROXY_WANTS_KEY || (isWebPage && [401, 403, 503].includes(status));
}

/** A conflict with what is going on will pass; one with what is there, or with a rule, will not. */
const IS_GOING_ON =
	/\b(?:progress|busy|locked|lock|pending|processing|concurrent\w*|retry|try again|temporar\w*|another (?:operation|request|change|update|process)|being (?:changed|updated|modified|processed))\b/i;
const IS_THERE_ALREADY = /\b(?:already|exists?|existing|duplicates?|taken|unique)\b/i;

/** The words of the status itself. */
const PLAIN = /^(?:409 )?conflict\.?$/i;

function isBusy(status: number, { text = '', fields }: ErrorBody): boolean {
	if (status !== 409 || fields.length > 0) return status === 423;
	return text === '' || PLAIN.test(text) || (IS_GOING_ON.test(text) && !IS_THERE_ALREADY.test(text));
}

function isRedirect(status: number): boolean {
	return status >= 300 && status < 400;
}

/** What the status says, whatever the endpoint is. */
function generalVerdict(
	{ endpoint, path }: ApiRequest<unknown>,
	answer: Answered,
	said: ErrorBody,
	baseUrl: string,
): Verdict {
	const { status } = answer;
	const { doing } = endpoint.words;
	if (isRedirect(status)) {
		const [happened, cure] = redirectWords(answer, baseUrl);
		return { happened, cure, kind: 'refused' };
	}
	if (status < 500 && isFromBetween(status, said)) {
		return {
			happened: `Something between this server and Crazytel has answered in its place (${status}), while ${doing}.`,
			cure: `${
				status === PROXY_WANTS_KEY
					? 'Put the user and the password of the proxy into its address (HTTPS_PROXY) on this server.'
					: 'A firewall or a check for robots does so. Run it again later; if it stays, have this server let through.'
			} Nothing was written by this request.`,
			kind: 'blocked',
		};
	}
	if (status === 401 || status === 403) {
		return {
			happened: `Crazytel does not accept the API key (${status}).`,
			cure: 'Put the account API key, not the SMS API key, into the credential.',
			kind: 'refused',
		};
	}
	if (status === 404 || status === 405) {
		return {
			happened: `Crazytel has no address for ${doing} (${status} at ${baseUrl}${path}).`,
			cure: 'Check the Base URL in the credential: it is https://crazytel.io.',
			kind: 'refused',
		};
	}
	if (status === 429) {
		return {
			happened: "Crazytel's limit of requests is reached (429): 60 a minute for the whole account.",
			cure: `${waitWords(readRetryAfter(answer.headers['retry-after']))} Nothing was written by this request.`,
			kind: 'limited',
		};
	}
	if (isBusy(status, said)) {
		return {
			happened: `Crazytel is busy with something else and did not take this: ${doing} (${status}).`,
			cure: `${waitWords(readRetryAfter(answer.headers['retry-after']))} Nothing was written by this request.`,
			kind: 'busy',
		};
	}
	if (status >= 500 || status === 408) {
		return {
			happened: `Crazytel failed while ${doing} (${status}).`,
			cure: afterUnknown(endpoint, 'Try again later.'),
			kind: 'uncertain',
		};
	}
	if (status === 422 || said.fields.length > 0) {
		return {
			happened: `Crazytel refuses the settings (${status}).`,
			cure: 'Correct it and run again.',
			kind: 'refused',
			fields: said.fields.map(({ field }) => field),
		};
	}
	return {
		happened: `Crazytel refused ${doing} (${status}).`,
		cure: 'Check the values and run again.',
		kind: 'refused',
	};
}

/** What the endpoint knows better. A web page was not written by the API, so nothing can be made of its status. */
function betterVerdict(
	{ endpoint, body, subject, called }: ApiRequest<unknown>,
	status: number,
	said: ErrorBody,
	byOtherKey: boolean,
): Partial<Verdict> {
	if (said.isWebPage || status < 400) return {};
	const fields = said.fields.map(({ field }) => field);
	const { isGone, ...better } =
		endpoint.explain?.({ status, fields, request: { body, subject, called }, byOtherKey }) ?? {};
	return { ...better, ...(isGone && { kind: 'gone' as const }) };
}

/** @returns the error for a write that was refused when it was sent again: what the first try has done is open */
export function errorOfOvertaken(first: ApiError, refusal: ApiError): ApiError {
	return refusal.retold(
		`${first.happened} It was sent again, and refused: ${refusal.happened} The first try may have been carried out.`,
		first.cure,
		'overtaken',
	);
}

/** @returns the error for a request that was not sent, because others have failed before it */
export function errorOfNotTrying(error: ApiError, failures: number): ApiError {
	const why = failures > 1 ? `the last ${failures} requests failed` : 'the one before failed';
	// What to do about those that may have acted is not what to do about this one.
	const cure = error.mayHaveActed ? 'Run this item again later.' : error.cure;
	return error.retold(`Not sent, because ${why}: ${error.happened}`, cure, 'unsent');
}

export function quote({ isWebPage, text, fields }: ErrorBody, labels: Readonly<Record<string, string>> = {}): string {
	if (isWebPage) {
		return ` It answered with a web page${text === undefined ? '' : ` titled "${text}"`}, as a proxy in between does.`;
	}
	const named = fields.map(
		({ field, text: words }) => `${Object.hasOwn(labels, field) ? labels[field] : field}: ${words}`,
	);
	return `${named.length === 0 ? '' : ` ${named.join('; ')}.`}${text === undefined ? '' : ` Crazytel says: "${text}".`}`;
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
