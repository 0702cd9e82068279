import { isRecord } from './body';
import { saysDone, saysUndone, withPlainNames } from './saying';

/** Words for how it went, where they say that it did not. */
const FAILURE =
	/^(?:(?:api|validation|server|client)[ _-]?)?(?:errors?|err|fail(?:ed|ure)?|denied|declined|rejected|refused|invalid|forbidden|unauthori[sz]ed|not[ _-]?ok|nok|ko)\b/i;

/** Flags that are set when it went well. */
const WENT_WELL_FLAGS = ['success', 'issuccess', 'succeeded', 'successful', 'ok'];

/** Flags that beside a thing may only say that there was nothing to do. */
const DONE_FLAGS = ['created', 'updated', 'deleted', 'removed'];

const WORDS = ['message', 'msg', 'detail', 'reason', 'errordescription', 'errormessage', 'title'];

/** Around the answer proper. */
const WRAPPERS = ['data', 'result', 'response', 'meta'];

/** A record of so many fields beside its id is a thing, and what it has under `error` is its own. */
const FIELDS_OF_A_THING = 4;

/**
 * Whether the body of a 2xx says in so many words that the request has failed, e.g.
 * `{ "success": false, "message": "Insufficient credit" }` or `{ "status": "error", … }`. Services that
 * answer so are common; whether this one does is not known (docs/crazytel-api.md#what-an-answer-says).
 *
 * @param body of any shape; a list says so only where all it has are errors
 */
export function saysFailed(body: unknown): boolean {
	if (body === false) return true;
	if (Array.isArray(body))
		return body.length > 0 && body.every((entry) => isRecord(entry) && entry.id === undefined && saysFailed(entry));
	if (!isRecord(body)) return false;
	const said = withPlainNames(body);
	return (
		isDenial(said) || (said.id === undefined && WRAPPERS.some((name) => isRecord(said[name]) && saysFailed(said[name])))
	);
}

function isDenial(said: Record<string, unknown>): boolean {
	const isThing = said.id !== undefined;
	if ([...WENT_WELL_FLAGS, ...(isThing ? [] : DONE_FLAGS)].some((name) => isNo(said[name]))) return true;
	const isClear = WENT_WELL_FLAGS.some((name) => said[name] === true);
	const hasOwnError = isThing && Object.keys(said).length > FIELDS_OF_A_THING;
	if (
		!isClear &&
		!hasOwnError &&
		['error', 'errors', 'fault', 'errorcode', 'errormessage'].some((name) => isFilled(said[name]))
	)
		return true;
	// A thing may have a status of its own, e.g. of its last registration; words beside it are no thing's.
	const words = WORDS.map((name) => said[name]).find(isText);
	if (!isThing || words !== undefined) {
		if ([said.status, said.result, said.code, said.statuscode, said.type].some(isFailure)) return true;
	}
	if (isThing || isClear) return false;
	if (said.status === false || said.result === false) return true;
	// A number of its own for what went wrong, and the words for it.
	if (
		typeof said.code === 'number' &&
		![0, 1].includes(said.code) &&
		(said.code < 200 || said.code > 299) &&
		words !== undefined
	)
		return true;
	if (isText(said.detail)) return !saysDone(said.detail);
	if (isFilled(said.detail)) return true;
	return words !== undefined && saysUndone(words);
}

function isNo(value: unknown): boolean {
	if (value === 0 || value === false) return true;
	return typeof value === 'string' && /^(?:false|no|0)$/i.test(value.trim());
}

function isFailure(value: unknown): boolean {
	if (typeof value === 'string') return FAILURE.test(value.trim()) || /^[45]\d\d$/.test(value.trim());
	return typeof value === 'number' && value >= 400 && value <= 599;
}

function isText(value: unknown): value is string {
	return typeof value === 'string' && value.trim() !== '';
}

function isFilled(value: unknown): boolean {
	if (typeof value === 'string') return !/^(?:|none|null|no|no errors?|ok|false|0)$/i.test(value.trim());
	if (Array.isArray(value)) return value.length > 0;
	if (isRecord(value)) return Object.keys(value).length > 0;
	return value === true || (typeof value === 'number' && value !== 0);
}
