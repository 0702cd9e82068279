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

/** What a text is, and what it says where it is JSON. */
export function readBody(text: string): Pick<Seen, 'kind' | 'body'> {
	if (text.trim() === '') return { kind: 'empty' };
	try {
		return { kind: 'json', body: JSON.parse(text) as unknown };
	} catch {
		return { kind: /^\s*<(!doctype|html|\?xml)/i.test(text) ? 'web page' : 'text' };
	}
}
