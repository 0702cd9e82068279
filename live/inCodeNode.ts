import { MOST_BYTES, readBody, silenceOf } from './body';
import { ANSWER_MS, check } from './check';
import { rowsOf, summaryOf, type Row } from './print';
import type { Report } from './report';
import { hostOf, isObject, type Seen } from './seen';

/** What the Code node of examples/check-my-account.json gives. */
export interface CodeNodeResult {
	/** For the person: how it went, and a row for each assumption. */
	read: Array<Row | { verdict: 'ended early' | 'in all'; question: string; found: string }>;
	/** What may be shared. */
	share: Report;
}

/** An HTTP Request node's item: a full response with its body as text, or an error. */
interface Item {
	json: { error?: unknown; data?: unknown; headers?: unknown; statusCode?: unknown };
}

/** Headers as texts; n8n gives those that may come twice, such as cookies, as lists. */
function headersOf(headers: unknown): Record<string, string> {
	return Object.fromEntries(
		Object.entries(isObject(headers) ? headers : {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
	);
}

/** The words of n8n's errors that name no code. */
const WORDS: Array<[words: RegExp, silence: NonNullable<Seen['silence']>]> = [
	[/invalid url/i, 'no such host'],
	[/timeout of \d+ ?ms exceeded/, 'too slow'],
	[/\bcertificate\b|\bSSL\b/i, 'not encrypted rightly'],
	[/refused the connection|host is unreachable/, 'nobody there'],
	[/incorrect host \(domain\)|DNS server returned/, 'no such host'],
	[/connection (?:was aborted|timed out)/, 'too slow'],
];

/** Why no answer came. n8n puts the network's error into its own, by versions in different places. */
function silenceIn(error: unknown, depth = 0): Seen['silence'] {
	if (typeof error === 'string') {
		const [code] = (error.match(/\bE[A-Z_]{4,}\b/g) ?? []).flatMap((text) => silenceOf(text) ?? []);
		return code ?? WORDS.find(([words]) => words.test(error))?.[1];
	}
	if (!isObject(error) || depth > 3) return undefined;
	const { code, errorCode, cause, message, error: inner, messages } = error;
	const parts = [code, errorCode, cause, inner, message, ...(Array.isArray(messages) ? (messages as unknown[]) : [])];
	return parts.map((part) => silenceIn(part, depth + 1)).find((silence) => silence !== undefined);
}

function seenIn(id: string, host: string, { json }: Item): Seen {
	// Nobody measures the time in n8n: an answer is one that came within its bound.
	const given = { id, ms: ANSWER_MS };
	if (typeof json.statusCode !== 'number')
		return { ...given, status: 0, headers: {}, kind: 'none', silence: silenceIn(json.error) ?? 'broken off' };
	const text = typeof json.data === 'string' ? json.data : '';
	if (text.length > MOST_BYTES) return { ...given, status: 0, headers: {}, kind: 'none', silence: 'too large' };
	return { ...given, status: json.statusCode, headers: headersOf(json.headers), ...readBody(text), asked: { host } };
}

/** What the command's flags are called here. */
function inN8n(text: string): string {
	return text.replace('with --base-url', 'as the Address');
}

/**
 * The report on what n8n's HTTP Request has brought. The check goes through the answers as if it asked for them itself, so
 * that it leaves out, and ends, where it does with `npm run check:live`.
 *
 * @param address that was asked
 * @param ids of the requests
 * @param items the HTTP Request node's, in the order of the requests
 * @param now milliseconds since 1970
 * @throws Error when there is no item for each request
 */
export async function inCodeNode(address: string, ids: string[], items: Item[], now: number): Promise<CodeNodeResult> {
	if (ids.length !== items.length)
		throw new Error('There is not one answer for each request. Run the whole workflow from its start.');
	const baseUrl = address.trim().replace(/\/+$/, '');
	const seen = new Map(ids.map((id, at) => [id, seenIn(id, hostOf(baseUrl), items[at] ?? { json: {} })]));
	const { report } = await check({
		baseUrl,
		apiKey: '',
		all: false,
		get: async (id) => {
			const found = seen.get(id);
			if (found === undefined) throw new Error(`The request ${id} is missing. Import the workflow anew.`);
			return await Promise.resolve(found);
		},
		now: () => now,
		pause: async () => await Promise.resolve(),
	});
	const read = [
		...(report.ended === undefined ? [] : [{ verdict: 'ended early' as const, question: report.ended, found: '' }]),
		...rowsOf(report),
		{ verdict: 'in all' as const, question: summaryOf({ ...report, asked: ids.length }), found: '' },
	];
	return {
		read: read.map((row) => ({ ...row, question: inN8n(row.question), found: inN8n(row.found) })),
		share: report,
	};
}
