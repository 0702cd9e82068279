import { isRecord } from './body';

/** What an error answer says, whatever shape it has (docs/crazytel-api.md#hosts-key-limits). */
export interface ErrorBody {
	/** The server's own words, one line; absent when it gave none. */
	text?: string;
	/** What it says of single fields, by the API's names. */
	fields: Array<{ field: string; text: string }>;
	/** Set when the answer was a web page, as a proxy in between sends it. */
	isWebPage: boolean;
}

const LONGEST = 300;

/** More entries than the API has fields say nothing new. */
const MOST_ENTRIES = 10;

/**
 * Reads the words of an error answer. Never throws; what cannot be read is left out.
 *
 * @param body the answer, redacted before: words are cut here, and half a secret could not be found
 */
export function readErrorBody(body: unknown): ErrorBody {
	if (typeof body === 'string') return readText(body);
	const nothing = { fields: [], isWebPage: false };
	if (!isRecord(body)) return nothing;
	const list = [body.detail, body.errors].find((value) => Array.isArray(value)) as unknown[] | undefined;
	if (list !== undefined) return { ...nothing, ...readDetails(list) };
	const text = firstText(body);
	return text === undefined ? nothing : { ...nothing, text: oneLine(text) };
}

/** FastAPI's list: `[{ loc: ['body', 'password'], msg: '…', input: … }]`; `input` echoes secrets. */
function readDetails(list: unknown[]): Pick<ErrorBody, 'text' | 'fields'> {
	const entries = list
		.slice(0, MOST_ENTRIES)
		.filter(isRecord)
		.map(({ loc, msg, message }) => ({
			field: fieldOf(loc),
			text: typeof msg === 'string' ? msg : typeof message === 'string' ? message : undefined,
		}));
	const fields: ErrorBody['fields'] = [];
	const others = list.slice(0, MOST_ENTRIES).filter((entry): entry is string => typeof entry === 'string');
	for (const { field, text } of entries) {
		if (text === undefined) continue;
		if (field === undefined) others.push(text);
		else fields.push({ field, text: oneLine(text) });
	}
	return { fields, ...(others.length > 0 && { text: oneLine(others.join('; ')) }) };
}

function fieldOf(loc: unknown): string | undefined {
	const last = Array.isArray(loc) ? loc.filter((part) => part !== 'body' && part !== 'path').pop() : undefined;
	return typeof last === 'string' && /^\w{1,40}$/.test(last) ? last : undefined;
}

/** The words under the keys that clients of this API have met, outermost first. */
function firstText(body: Record<string, unknown>, depth = 0): string | undefined {
	for (const key of [
		'detail',
		'error',
		'message',
		'msg',
		'error_description',
		'description',
		'errors',
		'reason',
		'title',
		'data',
		'result',
		'response',
	]) {
		const value = body[key];
		if (typeof value === 'string' && value.trim() !== '') return value;
		if (isRecord(value) && depth < 5) {
			const inner = firstText(value, depth + 1);
			if (inner !== undefined) return inner;
		}
	}
	return undefined;
}

function readText(body: string): ErrorBody {
	const isWebPage = /^\s*</.test(body);
	const text = isWebPage ? (/<title[^>]*>([^<]*)<\/title>/i.exec(body.slice(0, 10_000))?.[1] ?? '') : body;
	const line = oneLine(text);
	return { fields: [], isWebPage, ...(line !== '' && { text: line }) };
}

function oneLine(text: string): string {
	const line = text
		.slice(0, LONGEST * 4)
		.replace(/[\p{C}\p{Z}]+/gu, ' ')
		.trim();
	return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
