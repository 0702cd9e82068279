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

/** @returns the error for an answer with a status other than 2xx; its body is redacted already */
export function errorOfAnswer(request: ApiRequest<unknown>, answer: Answered, baseUrl: string): ApiError {
	const { status } = answer;
	const said = readErrorBody(answer.body);
	const retryAfterMs = readRetryAfter(answer.headers['retry-after']);
	const { happened, cure, kind, fields } = {
		...generalVerdict(request, answer, said, baseUrl),
		...betterVerdict(request, status, said),
	};
	const quoted = isRedirect(status) ? '' : quote(said, request.endpoint.labels);
	return new ApiError(`${happened}${quoted}`, cure, kind, {
		httpCode: String(status),
		fields: fields ?? [],
		...(retryAfterMs !== undefined && { retryAfterMs }),
	});
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
	if (status >= 500 || status === 408) {
		return { happened: `Crazytel failed while ${doing} (${status}).`, cure: afterUnknown(endpoint, 'Try again later.'), kind: 'uncertain' };
	}
	if (status === 422 || said.fields.length > 0) {
		return {
			happened: `Crazytel refuses the settings (${status}).`,
			cure: 'Correct it and run again.',
			kind: 'refused',
			fields: said.fields.map(({ field }) => field),
		};
	}
	return { happened: `Crazytel refused ${doing} (${status}).`, cure: 'Check the values and run again.', kind: 'refused' };
}

/** What the endpoint knows better. A web page was not written by the API, so nothing can be made of its status. */
function betterVerdict(
	{ endpoint, body, subject }: ApiRequest<unknown>,
	status: number,
	said: ErrorBody,
): Partial<Verdict> {
	if (said.isWebPage || status < 400) return {};
	const fields = said.fields.map(({ field }) => field);
	const { isGone, ...better } = endpoint.explain?.({ status, fields, request: { body, subject } }) ?? {};
	return { ...better, ...(isGone && { kind: 'gone' as const }) };
}

/** @returns the error for a 2xx answer that is not what the endpoint promises */
export function errorOfUnreadable({ endpoint }: ApiRequest<unknown>, { status, body }: Answered): ApiError {
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
		`Crazytel answered ${endpoint.words.doing} with ${what} (${status}).`,
		afterUnknown(endpoint, 'Check the Base URL in the credential, or try again later.'),
		isDamaged ? 'uncertain' : 'unreadable',
		{ httpCode: String(status) },
	);
}

/** @returns the error for a request that was not sent, because others have failed before it */
export function errorOfNotTrying(error: ApiError, failures: number): ApiError {
	const why = failures > 1 ? `the last ${failures} requests failed` : 'the one before failed';
	// What to do about those that may have acted is not what to do about this one.
	const cure = error.mayHaveActed ? 'Run this item again later.' : error.cure;
	return error.retold(`Not sent, because ${why}: ${error.happened}`, cure, 'unsent');
}

function quote({ isWebPage, text, fields }: ErrorBody, labels: Readonly<Record<string, string>> = {}): string {
	if (isWebPage) {
		return ` It answered with a web page${text === undefined ? '' : ` titled "${text}"`}, as a proxy in between does.`;
	}
	const named = fields.map(({ field, text: words }) => `${Object.hasOwn(labels, field) ? labels[field] : field}: ${words}`);
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
