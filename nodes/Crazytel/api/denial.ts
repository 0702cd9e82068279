import { isRecord } from './body';

/** Words for how it went, where they say that it did not. */
const FAILURE = /^(?:(?:api|validation|server|client)[ _-]?)?(?:error|err|errors|fail(?:ed|ure)?|denied|declined|rejected|refused|invalid|forbidden|unauthori[sz]ed|not[ _-]?ok|nok|ko)$/i;

/** Flags that are set when it went well. */
const WENT_WELL_FLAGS = ['success', 'succeeded', 'successful', 'ok'];

/** Flags that beside a thing may only say that there was nothing to do. */
const DONE_FLAGS = ['created', 'updated', 'deleted', 'removed'];

/** A text under `detail` is an error's, unless it says so otherwise: FastAPI's own form for it. */
const WENT_WELL = /\b(?:deleted|removed|updated|created|success\w*|ok|done|accepted|queued|scheduled)\b/i;
const WENT_WRONG = /\b(?:not|no|never|cannot|can't|un\w+|fail\w*|error\w*|denied|already)\b/i;

/** Around the answer proper. */
const WRAPPERS = ['data', 'result', 'response', 'meta'];

/**
 * Whether the body of a 2xx says in so many words that the request has failed, e.g.
 * `{ "success": false, "message": "Insufficient credit" }` or `{ "status": "error", … }`. Services that
 * answer so are common; whether this one does is not known (docs/crazytel-api.md#what-an-answer-says).
 *
 * @param body of any shape; a list never says so
 */
export function saysFailed(body: unknown): boolean {
	if (!isRecord(body)) return false;
	const has = (value: unknown) => isRecord(value) && saysFailed(value);
	return isDenial(body) || (body.id === undefined && WRAPPERS.some((name) => has(body[name])));
}

function isDenial(body: Record<string, unknown>): boolean {
	const isThing = body.id !== undefined;
	if ([...WENT_WELL_FLAGS, ...(isThing ? [] : DONE_FLAGS)].some((name) => isNo(body[name]))) return true;
	if (isFilled(body.error) || isFilled(body.errors)) return true;
	const { detail } = body;
	// A thing may have a status of its own, e.g. of its last registration; words beside it are no thing's.
	const hasWords = ['message', 'msg', 'detail', 'reason', 'error_description'].some((name) => isText(body[name]));
	if (!isThing || hasWords) {
		if ([body.status, body.result, body.code, body.statusCode, body.status_code].some(isFailure)) return true;
	}
	if (isThing) return false;
	if (typeof detail === 'string') return detail.trim() !== '' && (WENT_WRONG.test(detail) || !WENT_WELL.test(detail));
	return isFilled(detail);
}

function isNo(value: unknown): boolean {
	return value === false || (typeof value === 'string' && /^(?:false|no)$/i.test(value.trim()));
}

function isFailure(value: unknown): boolean {
	if (typeof value === 'string') return FAILURE.test(value.trim()) || /^[45]\d\d$/.test(value.trim());
	return typeof value === 'number' && value >= 400 && value <= 599;
}

function isText(value: unknown): boolean {
	return typeof value === 'string' && value.trim() !== '';
}

function isFilled(value: unknown): boolean {
	if (typeof value === 'string') return !/^(?:|none|null|no|false|0)$/i.test(value.trim());
	if (Array.isArray(value)) return value.length > 0;
	if (isRecord(value)) return Object.keys(value).length > 0;
	return value === true || (typeof value === 'number' && value !== 0);
}
