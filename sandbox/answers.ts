/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { STATUS_CODES } from 'node:http';
import type { StoredTrunk } from './account';
import type { ValidationIssue } from './rules';
import type { Switches } from './switches';

/** An answer as it goes out. An empty `text` is an answer without a body. */
export interface Answer {
	status: number;
	headers: Record<string, string>;
	text: string;
}

/** An answer with a JSON body. */
export function jsonAnswer(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
	return {
		status,
		headers: { 'content-type': 'application/json', ...headers },
		text: JSON.stringify(value),
	};
}

/** An answer without a body, e.g. 204. */
export function emptyAnswer(status: number, headers: Record<string, string> = {}): Answer {
	return { status, headers, text: '' };
}

/** The page that a proxy in front of the API would send. */
export function htmlAnswer(status: number, headers: Record<string, string> = {}): Answer {
	const title = `${status} ${STATUS_CODES[status] ?? 'Unknown'}`;
	return {
		status,
		headers: { 'content-type': 'text/html', ...headers },
		text: [
			'<html>',
			`<head><title>${title}</title></head>`,
			'<body>',
			`<center><h1>${title}</h1></center>`,
			'<hr><center>nginx</center>',
			'</body>',
			'</html>',
			'',
		].join('\r\n'),
	};
}

/**
 * An error in the shape that the switches ask for.
 *
 * @param status HTTP status
 * @param message one sentence, without a full stop
 */
export function errorAnswer(
	status: number,
	message: string,
	{ errorShape }: Switches,
	headers: Record<string, string> = {},
): Answer {
	switch (errorShape) {
		case 'html':
			return htmlAnswer(status, headers);
		case 'empty':
			return emptyAnswer(status, headers);
		case 'error.message':
			return jsonAnswer(status, { error: { message } }, headers);
		case 'detail':
		case 'error':
		case 'message':
			return jsonAnswer(status, { [errorShape]: message }, headers);
	}
}

/** A 422: FastAPI's list with the echo of the input, or one sentence, as the switches say. */
export function validationAnswer(issues: ValidationIssue[], switches: Switches): Answer {
	if (switches.validationErrors === 'list') return jsonAnswer(422, { detail: issues });
	const sentence = issues.map(({ loc, msg }) => `${loc.slice(1).join('.')}: ${msg}`).join('; ');
	return errorAnswer(422, sentence, switches);
}

/**
 * A 429 with the Retry-After that the switches ask for.
 *
 * @param waitMs milliseconds until a request is let through again
 * @param now the sandbox's clock, milliseconds since 1970
 */
export function limitedAnswer(waitMs: number, now: number, switches: Switches): Answer {
	const headers: Record<string, string> = {};
	const seconds = Math.max(1, Math.ceil(waitMs / 1000));
	if (switches.retryAfter === 'seconds') headers['retry-after'] = String(seconds);
	if (switches.retryAfter === 'date') {
		// An HTTP date has whole seconds: rounded up, so that it is never too early.
		const end = Math.ceil((now + waitMs) / 1000) * 1000;
		headers['retry-after'] = new Date(end).toUTCString();
	}
	return errorAnswer(429, 'Too Many Requests', switches, headers);
}

/** A trunk as answers show it: with its password only if the switches say so. */
export function showTrunk(
	{ password, ...trunk }: StoredTrunk,
	{ echoPassword }: Pick<Switches, 'echoPassword'>,
): object {
	return echoPassword ? { ...trunk, password } : trunk;
}

/** A trunk as the list shows it: without what the switches hide. */
export function showListed(trunk: StoredTrunk, switches: Switches): object {
	const hidden: readonly string[] = switches.listHides;
	return Object.fromEntries(Object.entries(showTrunk(trunk, switches)).filter(([name]) => !hidden.includes(name)));
}

/** The list of trunks in the shape that the switches ask for. */
export function trunkList(shown: object[], switches: Switches): unknown {
	if (switches.trunkListShape === 'bare') return shown;
	return { [switches.trunkListKey]: shown, count: shown.length };
}

/** The verified numbers in the shape that the switches ask for. */
export function verifiedList(numbers: string[], switches: Switches): unknown {
	const { verifiedShape, verifiedKey, verifiedListKey } = switches;
	const entries = verifiedShape.endsWith('objects') ? numbers.map((number) => ({ [verifiedKey]: number })) : numbers;
	if (!verifiedShape.startsWith('wrapped')) return entries;
	return { [verifiedListKey]: entries, count: entries.length };
}
