import { assumptions, type Assumption, type Finding, type SwitchValue } from './assumptions';
import { errorShapeOf } from './assumptions/account';
import { liveRequests } from './requests';
import { isObject, type Answers, type Seen } from './seen';
import { shapeOf, type Shape } from './shapes';
import { maskName, maskText } from './words';

export type Verdict = 'confirmed' | 'refuted' | 'not visible' | 'not asked';

/** What became of one assumption. */
export interface Judged {
	id: string;
	question: string;
	verdict: Verdict;
	/** In words; of switches, by their names. */
	saw?: string;
	switches?: Record<string, SwitchValue>;
	/** What of it was not visible. */
	open?: string[];
	/** What would settle it, where this check cannot. */
	settledBy?: string;
}

/** One answer, without anything of the account. */
export interface Shown {
	id: string;
	request: string;
	status: number;
	kind: string;
	silence?: string;
	/** Names, and the values of the few that matter. */
	headers: Record<string, string>;
	shape?: Shape;
	/** An error's words. */
	said?: string;
	took: string;
}

/** What a person may share. */
export interface Report {
	report: 'n8n-nodes-crazytel live check';
	version: 1;
	/** The day, by UTC. */
	date: string;
	host: string;
	asked: number;
	/** Why it ended early, if it did. */
	ended?: string;
	verdicts: Judged[];
	answers: Shown[];
	/** What the throwaway trunk has shown, if there was one. */
	throwaway?: { steps: object[]; ended?: string; left?: string };
}

/** Headers whose values say something of the service and nothing of the account. */
const TELLING: Record<string, (value: string) => string> = {
	allow: (value) =>
		value
			.split(/\s*,\s*/)
			.filter((method) => /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(method))
			.join(', '),
	'retry-after': (value) => (/^\d{1,5}$/.test(value) ? value : 'a date'),
	'content-type': (value) =>
		/^[a-z]+\/[a-z+-]+/i
			.exec(value)?.[0]
			.toLowerCase()
			.replace(/[a-z]+/g, maskName) ?? 'unreadable',
	server: (value) => maskText(value.replace(/\/.*/, '')),
	location: (value) => placeOf(value),
	link: (value) => (/rel="?next"?/.test(value) ? 'with a next page' : 'without a next page'),
};

const LIMITS = /^(x-)?rate-?limit(-(limit|remaining|reset))?$/;

function placeOf(location: string): string {
	const parts = /^(?:(https?):)?\/\/([^/?#]*)/i.exec(location);
	return parts === null
		? 'a path of the same host'
		: `${(parts[1] ?? 'the same').toLowerCase()} on ${hostShown(parts[2] ?? '')}`;
}

/** A host's name where it is one of Crazytel's, or of this computer. */
function hostShown(host: string): string {
	const name = host.toLowerCase().replace(/:\d+$/, '');
	return [
		'crazytel.io',
		'www.crazytel.io',
		'crazytel.com.au',
		'www.crazytel.com.au',
		'127.0.0.1',
		'localhost',
		'[::1]',
	].includes(name)
		? name
		: 'another host';
}

function headersOf({ headers }: Seen): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers)
			.map(([name, value]): [string, string] => {
				const tell =
					TELLING[name] ??
					(LIMITS.test(name) ? (text: string) => /^\d{1,4}(?=$|[,;])/.exec(text)?.[0] ?? '' : undefined);
				return [maskName(name), tell?.(value) ?? ''];
			})
			.sort(([a], [b]) => (a < b ? -1 : 1)),
	);
}

/** The sentence of an error, wherever it stands. */
export function saidBy(seen: Pick<Seen, 'status' | 'body'>): string | undefined {
	if (seen.status < 400 || !isObject(seen.body)) return undefined;
	const { error, message, detail } = seen.body;
	if (Array.isArray(detail)) {
		const issues = (detail as unknown[]).filter(isObject).slice(0, 5);
		return issues
			.map(({ loc, msg, type }) =>
				[
					Array.isArray(loc)
						? (loc as unknown[])
								.slice(0, 6)
								.filter((part) => typeof part === 'string')
								.map(maskName)
								.join('.')
						: '',
					typeof msg === 'string' ? maskText(msg) : '',
					typeof type === 'string' ? `(${maskName(type)})` : '',
				]
					.join(' ')
					.trim(),
			)
			.join('; ');
	}
	const text = [isObject(error) ? error.message : error, detail, message].find((part) => typeof part === 'string');
	return typeof text === 'string' ? maskText(text) : undefined;
}

function timeClass(ms: number): string {
	const bound = [200, 500, 1_000, 2_000, 5_000, 10_000].find((most) => ms <= most);
	return bound === undefined ? 'over 10 s' : `up to ${String(bound / 1_000)} s`;
}

function show(seen: Seen): Shown {
	const said = saidBy(seen);
	const shape = seen.kind === 'json' ? shapeOf(seen.body) : undefined;
	return {
		id: seen.id,
		request: `GET ${liveRequests.find(({ id }) => id === seen.id)?.shown ?? ''}`,
		status: seen.status,
		kind: seen.kind,
		...(seen.silence !== undefined && { silence: seen.silence }),
		headers: headersOf(seen),
		...(shape !== undefined && { shape }),
		...(said !== undefined && { said }),
		...(seen.status >= 400 &&
			said === undefined && {
				said: errorShapeOf(seen) === undefined ? 'nothing that the node reads' : `(${errorShapeOf(seen) ?? ''})`,
			}),
		took: timeClass(seen.ms),
	};
}

function inWords(value: SwitchValue): string {
	return typeof value === 'string' ? `"${value}"` : JSON.stringify(value);
}

const isSame = (a: SwitchValue | undefined, b: SwitchValue): boolean => JSON.stringify(a) === JSON.stringify(b);

function seenSwitches({ switches = {} }: Finding): Record<string, SwitchValue> {
	return Object.fromEntries(
		Object.entries(switches).filter((entry): entry is [string, SwitchValue] => entry[1] !== undefined),
	);
}

/** Whether a finding is what the node takes for granted. */
function isAsAssumed({ switches: assumed }: Pick<Assumption, 'switches'>, finding: Finding): boolean {
	return (
		finding.isAsAssumed !== false &&
		Object.entries(seenSwitches(finding)).every(([name, value]) => isSame(assumed[name], value))
	);
}

/** The verdict on one finding; without one it was not visible. */
export function judge(assumption: Assumption, finding: Finding | undefined): Judged {
	const { id, question, settledBy } = assumption;
	if (finding === undefined)
		return { id, question, verdict: 'not visible', ...(settledBy !== 'reading' && { settledBy }) };
	const { saw, open = [] } = finding;
	const switches = seenSwitches(finding);
	const isRight = isAsAssumed(assumption, finding);
	const others = Object.entries(switches).filter(
		([name, value]) => isRight || !isSame(assumption.switches[name], value),
	);
	const words = [
		...others.map(([name, value]) => `${name} ${inWords(value)}`),
		...(saw === undefined ? [] : [saw]),
	].join(', ');
	return {
		id,
		question,
		verdict: isRight ? 'confirmed' : 'refuted',
		...(words !== '' && { saw: words }),
		...(Object.keys(switches).length > 0 && { switches }),
		...(open.length > 0 && { open }),
	};
}

/** What has requests sent that were not. */
function wayTo(requests: string[]): string {
	const sets = liveRequests.filter(({ id }) => requests.includes(id)).map(({ set }) => set);
	if (sets.includes('core')) return 'another run';
	return sets.includes('all') ? '--all' : 'CRAZYTEL_SMS_API_KEY';
}

/** Whether some of these requests are those of --all. */
function isOfAll(ids: string[]): boolean {
	return liveRequests.some(({ id, set }) => set === 'all' && ids.includes(id));
}

/** What the answers say of every assumption. */
function judgeAll(answers: Answers, now: number): Judged[] {
	const isAll = isOfAll(Object.keys(answers));
	return assumptions.map((assumption) => {
		const { id, question, settledBy, requests, read } = assumption;
		const isAsked = read !== undefined && requests.some((request) => (answers[request]?.status ?? 0) > 0);
		if (!isAsked)
			return {
				id,
				question,
				verdict: 'not asked',
				...(read === undefined ? settledBy !== 'reading' && { settledBy } : { settledBy: wayTo(requests) }),
			};
		const judged = judge(assumption, read(answers, now));
		const isForAll = judged.verdict === 'not visible' && judged.settledBy === undefined && !isAll && isOfAll(requests);
		return isForAll ? { ...judged, settledBy: '--all' } : judged;
	});
}

/**
 * The report on what came back.
 *
 * @param answers as they came; nothing of the account in them goes into the report
 * @param host the host that was asked
 * @param now milliseconds since 1970
 * @param ended why the check ended early, if it did
 */
export function reportOn(
	answers: Answers,
	{ host, now, ended }: { host: string; now: number; ended?: string },
): Report {
	const seen = Object.values(answers).filter((one): one is Seen => one !== undefined);
	return {
		report: 'n8n-nodes-crazytel live check',
		version: 1,
		date: new Date(now).toISOString().slice(0, 10),
		host: hostShown(host),
		asked: seen.length,
		...(ended !== undefined && { ended }),
		verdicts: judgeAll(answers, now),
		answers: seen.map(show),
	};
}
