import type { Seen, Silence } from './seen';

/** Bytes of an answer that are read at most: a thousand call records have about a fifth of it. */
export const MOST_BYTES = 5 * 1024 * 1024;

const SILENCES: Record<string, Silence> = {
	ECONNREFUSED: 'nobody there',
	EHOSTUNREACH: 'nobody there',
	ENETUNREACH: 'nobody there',
	ENOTFOUND: 'no such host',
	EAI_AGAIN: 'no such host',
	ETIMEDOUT: 'too slow',
	ECONNABORTED: 'too slow',
	TimeoutError: 'too slow',
	UND_ERR_CONNECT_TIMEOUT: 'too slow',
};

/**
 * What an error of the network means.
 *
 * @param code Node's code of it, or its name
 * @returns undefined for one that is not known
 */
export function silenceOf(code: string): Silence | undefined {
	return SILENCES[code] ?? (/CERT|SSL|TLS|ALTNAME/.test(code) ? 'not encrypted rightly' : undefined);
}

/** So deep no answer is. Deeper ones would be too deep for what reads them. */
const DEEPEST = 64;

function isTooDeep(value: unknown): boolean {
	let level = [value];
	for (let depth = 0; level.length > 0; depth++) {
		if (depth > DEEPEST) return true;
		level = level.flatMap((part) =>
			typeof part === 'object' && part !== null ? (Object.values(part) as unknown[]) : [],
		);
	}
	return false;
}

/** What a text is, and what it says where it is JSON. */
export function readBody(text: string): Pick<Seen, 'kind' | 'body'> {
	if (text.trim() === '') return { kind: 'empty' };
	try {
		const body = JSON.parse(text) as unknown;
		return isTooDeep(body) ? { kind: 'text' } : { kind: 'json', body };
	} catch {
		return { kind: /^\s*<(!doctype|html|\?xml)/i.test(text) ? 'web page' : 'text' };
	}
}
