import { reportOn, type Report } from './report';
import { liveRequests, type LiveRequest } from './requests';
import { hostOf, type Answers, type Seen } from './seen';

/** Milliseconds between the starts of two requests: two thirds of what the account may send. */
export const PACE_MS = 1_500;
/** Milliseconds for one answer. */
export const ANSWER_MS = 8_000;
/** So many requests in a row that nobody answers end the check. */
const MOST_SILENT = 3;

export interface CheckOptions {
	/** http(s)://host, without a slash at the end. */
	baseUrl: string;
	apiKey: string;
	smsApiKey?: string;
	/** All requests, and not only the core set. */
	all: boolean;
	/** One more request at the end with a key that is wrong on purpose. */
	wrongKey?: boolean;
	/** How an answer is fetched. */
	get: (id: string, url: string, key: string, withinMs: number) => Promise<Seen>;
	/** Milliseconds since 1970. */
	now: () => number;
	/** Waits so many milliseconds. */
	pause: (ms: number) => Promise<void>;
	/** Told of each request before it is sent, and of what came. */
	onStep?: (step: { index: number; most: number; request: LiveRequest; seen?: Seen }) => void;
}

/** The requests that may be sent, in their order. Some turn out to be needless. */
export function requestsOf({
	all,
	smsApiKey,
	wrongKey,
	baseUrl,
}: Pick<CheckOptions, 'all' | 'smsApiKey' | 'wrongKey' | 'baseUrl'>): LiveRequest[] {
	return liveRequests.filter(({ set, otherHost }) => {
		if (otherHost && otherHostOf(baseUrl) === undefined) return false;
		return (
			set === 'core' ||
			(set === 'all' && all) ||
			(set === 'sms key' && smsApiKey !== undefined) ||
			(set === 'wrong key' && wrongKey === true)
		);
	});
}

/** The other of the two hosts that the vendor's pages name. */
export function otherHostOf(baseUrl: string): string | undefined {
	const others: Record<string, string> = {
		'https://crazytel.io': 'https://www.crazytel.io',
		'https://www.crazytel.io': 'https://crazytel.io',
	};
	return others[baseUrl];
}

/** Milliseconds that the whole check may take. */
export function longestOf(options: Pick<CheckOptions, 'all'>): number {
	return options.all ? 150_000 : 58_000;
}

const SILENT: Record<NonNullable<Seen['silence']>, string> = {
	'nobody there': 'nobody listens there',
	'no such host': 'there is no such host, or no network',
	'too slow': `no answer within ${String(ANSWER_MS / 1_000)} s`,
	'broken off': 'the connection broke off',
	'too large': 'the answer was larger than any list can be',
	'not encrypted rightly': 'its certificate is not to be trusted',
};

/** Where a redirect leads, and what to do about it. */
function redirectOf({ headers, asked }: Seen): [to: string, advice: string] {
	const location = headers.location ?? '';
	const host = hostOf(location);
	if (
		(!/^([a-z][a-z0-9+.-]*:|[\\/]{2})/i.test(location) && location !== '') ||
		(host !== '' && host === asked?.host && /^https:/i.test(location))
	)
		return ['to another page of its own', 'The API is not at this address as it is documented: share the report.'];
	if (/^(www\.)?crazytel\.io$/.test(host) && /^https:/i.test(location))
		return [`to https://${host}`, `Give that address with --base-url.`];
	return ['to an address that is none of Crazytel’s, or not encrypted', 'Check the address.'];
}

/** Why the check ends after an answer, in words for the person; undefined where it goes on. */
function endAfter(seen: Seen, silent: number): string | undefined {
	if (seen.status === 429)
		return 'Crazytel asked for fewer requests (429). Wait a minute, and do not run the check beside a workflow.';
	if (silent >= MOST_SILENT)
		return `No answer ${String(MOST_SILENT)} times in a row: ${SILENT[seen.silence ?? 'broken off']}.`;
	if (seen.id !== 'balance') return undefined;
	if (seen.silence !== undefined && seen.silence !== 'too slow')
		return `No answer: ${SILENT[seen.silence]}. Check the address.`;
	if (seen.status === 401 || seen.status === 403)
		return `The API key was refused (${String(seen.status)}). Copy it anew from the portal: it must be the account's key, not the one for SMS.`;
	if (seen.status >= 300 && seen.status < 400) {
		const [to, advice] = redirectOf(seen);
		return `This host redirects (${String(seen.status)}) ${to}. No redirect is followed, as the key would go along. ${advice}`;
	}
	if (seen.kind === 'web page') return 'A web page answered in the place of the API. Check the address.';
	return undefined;
}

/**
 * Asks the account's own server what of our assumptions holds.
 *
 * @returns the report, and the answers that it is made of; it ends early, and says why, where going on would be pointless or unkind. Never throws for what a server does
 */
export async function check(options: CheckOptions): Promise<{ report: Report; answers: Answers }> {
	const { baseUrl, apiKey, smsApiKey, get, now, pause, onStep } = options;
	const requests = requestsOf(options);
	const answers: Answers = {};
	const start = now();
	const end = start + longestOf(options);
	let ended: string | undefined;
	let silent = 0;
	let lastAt = -Infinity;

	for (const [index, request] of requests.entries()) {
		const path = request.path({ answers, now: now() });
		if (path === undefined) continue;
		const wait = lastAt + PACE_MS - now();
		if (wait > 0) await pause(wait);
		const left = end - now();
		if (left < 1_000) {
			ended = 'The time was over before all was asked: the answers came slowly.';
			break;
		}
		onStep?.({ index, most: requests.length, request });
		lastAt = now();
		const host = request.otherHost ? (otherHostOf(baseUrl) ?? baseUrl) : baseUrl;
		const key = request.set === 'sms key' ? (smsApiKey ?? '') : request.set === 'wrong key' ? 'not-a-key' : apiKey;
		const seen = await get(request.id, `${host}${path}`, key, Math.min(ANSWER_MS, left));
		answers[request.id] = seen;
		silent = seen.status === 0 ? silent + 1 : 0;
		onStep?.({ index, most: requests.length, request, seen });
		ended = endAfter(seen, silent);
		if (ended !== undefined) break;
	}
	return { answers, report: reportOn(answers, { host: hostOf(baseUrl), now: now(), ended }) };
}
