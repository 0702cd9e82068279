import { isRead, listOf, records, type Answers } from './seen';

/**
 * One request of the check. All of them are GET: there is no other method in here, nor in the transport that sends them.
 */
export interface LiveRequest {
	id: string;
	/** The core set is asked always, the others with --all, and those of the SMS key where there is one. */
	set: 'core' | 'all' | 'sms key' | 'wrong key';
	/** The path and what stands for the account's own values in it, as a report shows it. */
	shown: string;
	/**
	 * The path and query to ask.
	 *
	 * @returns undefined where an earlier answer makes it needless or impossible
	 */
	path: (context: Context) => string | undefined;
	/** With another host: the one that the vendor's pages name as well. */
	otherHost?: true;
}

/** What the paths are made of. */
export interface Context {
	answers: Answers;
	/** Milliseconds since 1970. */
	now: number;
}

const DAY_MS = 86_400_000;

/** A call record's list goes back so far: under the three months that one answer may span. */
const DAYS_BACK = 80;

/** What limits of call records are tried, until one is taken. */
export const LIMITS = [1_000, 500, 250, 200, 100] as const;

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
const startOf = ({ now }: Context): string => dayOf(now - DAYS_BACK * DAY_MS);

/** Half of a pair of surrogates, as JSON may have it, cannot be encoded. */
const encode = (value: string): string => encodeURIComponent(value.replace(/[\ud800-\udfff]/gu, '\ufffd'));

function query(path: string, fields: Record<string, string | undefined>): string {
	const pairs = Object.entries(fields).filter((pair): pair is [string, string] => pair[1] !== undefined);
	return `${path}?${pairs.map(([name, value]) => `${name}=${encode(value).replace(/\*/g, '%2A')}`).join('&')}`;
}

const cdrs = (fields: Record<string, string | undefined>): string => query('/api/v1/cdrs/', fields);

/** The first value of a text field in a list. */
function first(answers: Answers, id: keyof Answers, ...fields: string[]): string | undefined {
	const [row] = records(listOf(answers[id]));
	return fields
		.map((field) => row?.[field])
		.find((value): value is string => typeof value === 'string' && value !== '');
}

/** The answer of the largest limit that was taken. */
export function voicePage(answers: Answers): { limit: number; seen: NonNullable<Answers[string]> } | undefined {
	for (const limit of LIMITS) {
		const seen = answers[`cdr-voice-${String(limit)}`];
		if (isRead(seen)) return { limit, seen };
	}
	return undefined;
}

/** A time that other questions are asked around, as the server wrote it. */
export interface Mark {
	/** The middle one: there are rows within the hour before it, and after it. */
	middle: string;
	newest: string;
	oldest: string;
	limit: number;
}

const timeOf = (row: Record<string, unknown>): string | undefined =>
	typeof row.setup_time === 'string' && row.setup_time !== '' ? row.setup_time : undefined;

/**
 * A time of the server's as milliseconds, its zone left aside where it has none.
 *
 * @returns undefined for a form that cannot be read
 */
export function readTime(text: string): number | undefined {
	const dayFirst = /^(\d\d)\/(\d\d)\/(\d{4}) (\d\d:\d\d:\d\d)$/.exec(text);
	if (dayFirst)
		return Date.parse(`${dayFirst[3] ?? ''}-${dayFirst[2] ?? ''}-${dayFirst[1] ?? ''}T${dayFirst[4] ?? ''}Z`);
	const form = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d{1,6})?(Z|[+-]\d\d:?\d\d)?$/.exec(text);
	if (!form) return undefined;
	const zone = (form[4] ?? 'Z').replace(/^([+-]\d\d):?(\d\d)$/, '$1:$2');
	const at = Date.parse(`${form[1] ?? ''}T${form[2] ?? ''}${(form[3] ?? '').slice(0, 4)}${zone}`);
	return Number.isNaN(at) ? undefined : at;
}

/** The times of an answer's rows, in its order; undefined where there is none, or one cannot be read. */
export function timesOf(rows: Array<Record<string, unknown>>): Array<{ text: string; at: number }> | undefined {
	const times = rows.map((row) => {
		const text = timeOf(row);
		const at = text === undefined ? undefined : readTime(text);
		return text === undefined || at === undefined ? undefined : { text, at };
	});
	return times.every((time) => time !== undefined) ? times : undefined;
}

const HOUR_MS = 3_600_000;
const NEIGHBOUR_MS = HOUR_MS - 60_000;
/** So far apart two clocks can be. */
const CLOCKS_MS = 14 * HOUR_MS;
/** A row so much newer than a bound is not explained by clocks. */
export const FAR_MS = 27 * HOUR_MS;

/** Where in the call records to ask on, if there are enough of them. */
export function markOf(answers: Answers): Mark | undefined {
	const page = voicePage(answers);
	const times = timesOf(records(listOf(page?.seen)));
	if (page === undefined || times === undefined) return undefined;
	const sorted = [...new Map(times.map((time) => [time.at, time])).values()].sort((a, b) => a.at - b.at);
	const [oldest] = sorted;
	const newest = sorted[sorted.length - 1];
	if (oldest === undefined || newest === undefined || oldest === newest) return undefined;
	const fit = sorted.filter((time, index) => {
		const before = sorted[index - 1];
		const after = sorted[index + 1];
		return (
			before !== undefined &&
			after !== undefined &&
			time.at - before.at < NEIGHBOUR_MS &&
			after.at - time.at < NEIGHBOUR_MS
		);
	});
	// Far from the newest one, so that a filter that is not looked at shows; and from the oldest, so that a clock that is behind does.
	const far = fit.filter(({ at }) => newest.at - at > FAR_MS);
	const middle = far.find(({ at }) => at - oldest.at > CLOCKS_MS) ?? far[0] ?? fit[0];
	return { middle: (middle ?? oldest).text, newest: newest.text, oldest: oldest.text, limit: page.limit };
}

const NO_ONE = '00000000-0000-4000-8000-000000000000';
const fixed = (path: string) => ({ shown: path, path: () => path });
const VOICE = '*voice';

const voice = LIMITS.map(
	(limit, index): LiveRequest => ({
		id: `cdr-voice-${String(limit)}`,
		set: 'core',
		shown: `/api/v1/cdrs/?type=*voice&limit=${String(limit)}&start_date=(${String(DAYS_BACK)} days ago)`,
		path: (context) => {
			const before = LIMITS[index - 1];
			const isNeeded =
				before === undefined || [400, 422].includes(context.answers[`cdr-voice-${String(before)}`]?.status ?? 0);
			return isNeeded ? cdrs({ type: VOICE, limit: String(limit), start_date: startOf(context) }) : undefined;
		},
	}),
);

const kinds = ['*did', '*smsin', '*smsout'].map(
	(type): LiveRequest => ({
		id: `cdr-${type.slice(1)}`,
		set: 'core',
		shown: `/api/v1/cdrs/?type=${type}&limit=1`,
		path: () => cdrs({ type, limit: '1' }),
	}),
);

const cities = ['Coffs_Harbour', 'Coffs Harbour'].map(
	(city): LiveRequest => ({
		id: city.includes('_') ? 'available-city-underscore' : 'available-city-space',
		set: 'all',
		shown: `/api/v1/phone-numbers/available-numbers/?country=AU&state=NSW&city=${city}`,
		path: () => query('/api/v1/phone-numbers/available-numbers/', { country: 'AU', state: 'NSW', city }),
	}),
);

const sydney = ['available-1', 'available-2'].map(
	(id): LiveRequest => ({
		id,
		set: 'all',
		shown: '/api/v1/phone-numbers/available-numbers/?country=AU&state=NSW&city=Sydney',
		path: () => query('/api/v1/phone-numbers/available-numbers/', { country: 'AU', state: 'NSW', city: 'Sydney' }),
	}),
);

/** Where a POST would send or buy. A GET is answered with 405 where the address exists, and can do nothing: the required fields are missing. */
const forWritingOnly = (
	[
		['sms-send', 'core', '/api/v2/sms/send'],
		['purchase', 'all', '/api/v1/phone-numbers/purchase'],
		['sms-send-v1', 'all', '/api/v1/sms/send'],
		['sms-bulk-send', 'all', '/api/v2/sms/bulk-send'],
		['sms-schedule-send', 'all', '/api/v2/sms/schedule-send'],
	] as const
).map(([id, set, path]): LiveRequest => ({ id, set, ...fixed(path) }));

const trunksBy = ['username', 'id'].map(
	(field): LiveRequest => ({
		id: `trunks-by-${field}`,
		set: 'all',
		shown: `/api/v1/sip-trunks/?${field}=(the first one)`,
		path: ({ answers }) => {
			const value = first(answers, 'trunks', field);
			return value && query('/api/v1/sip-trunks/', { [field]: value });
		},
	}),
);

const until = (
	[
		['cdr-older', 'oldest', 'the oldest one shown'],
		['cdr-until', 'middle', 'one in the middle'],
	] as const
).map(
	([id, which, words]): LiveRequest => ({
		id,
		set: 'all',
		shown: `/api/v1/cdrs/?type=*voice&end_date=(${words})`,
		path: (context) => {
			const mark = markOf(context.answers);
			return (
				mark && cdrs({ type: VOICE, limit: String(mark.limit), start_date: startOf(context), end_date: mark[which] })
			);
		},
	}),
);

/** Every request of the check, in the order in which they are sent. Source: docs/crazytel-api.md, "Endpoints" and "Phone numbers". */
export const liveRequests: readonly LiveRequest[] = [
	{ id: 'balance', set: 'core', ...fixed('/api/v1/balance/') },
	{ id: 'verified', set: 'core', ...fixed('/api/v1/account/verified-cli/') },
	{ id: 'trunks', set: 'core', ...fixed('/api/v1/sip-trunks/') },
	{ id: 'trunk-that-is-not', set: 'core', ...fixed(`/api/v1/sip-trunks/${NO_ONE}`) },
	{ id: 'owned-slash', set: 'core', ...fixed('/api/v1/phone-numbers/') },
	{ id: 'owned', set: 'core', ...fixed('/api/v1/phone-numbers') },
	...voice,
	...kinds,
	{
		id: 'cdr-bad-type',
		set: 'core',
		shown: '/api/v1/cdrs/?type=*none&limit=1',
		path: () => cdrs({ type: '*none', limit: '1' }),
	},
	...forWritingOnly.filter(({ set }) => set === 'core'),
	{ id: 'balance-no-slash', set: 'all', ...fixed('/api/v1/balance') },
	{ id: 'balance-other-host', set: 'all', ...fixed('/api/v1/balance/'), otherHost: true },
	{ id: 'addresses', set: 'all', ...fixed('/api/v1/phone-numbers/addresses/') },
	{ id: 'owners', set: 'all', ...fixed('/api/v1/phone-numbers/owners/') },
	{ id: 'destinations', set: 'all', ...fixed('/api/v1/phone-numbers/destinations/') },
	...sydney,
	...cities,
	...trunksBy,
	{
		id: 'trunk',
		set: 'all',
		shown: '/api/v1/sip-trunks/(the first one)',
		path: ({ answers }) => {
			const id = first(answers, 'trunks', 'id');
			// Dots would lead to another address.
			return id && !/^\.+$/.test(id) ? `/api/v1/sip-trunks/${encode(id)}` : undefined;
		},
	},
	{ id: 'trunk-not-a-uuid', set: 'all', ...fixed('/api/v1/sip-trunks/not-a-uuid') },
	{
		id: 'owned-by-number',
		set: 'all',
		shown: '/api/v1/phone-numbers/?did_number=(the first one)',
		path: ({ answers }) => {
			const isSlash = isRead(answers['owned-slash']);
			const number = first(answers, isSlash ? 'owned-slash' : 'owned', 'did_number', 'number', 'did', 'phone_number');
			return number && query(isSlash ? '/api/v1/phone-numbers/' : '/api/v1/phone-numbers', { did_number: number });
		},
	},
	...until,
	{
		id: 'cdr-until-utc',
		set: 'all',
		shown: '/api/v1/cdrs/?type=*voice&end_date=(the same, called UTC)',
		path: (context) => {
			const mark = markOf(context.answers);
			const at = mark && readTime(mark.middle);
			if (at === undefined || /Z$|[+-]\d\d:?\d\d$/.test(mark?.middle ?? '')) return undefined;
			return cdrs({
				type: VOICE,
				limit: String(mark?.limit),
				start_date: startOf(context),
				end_date: new Date(at).toISOString().replace('.000', ''),
			});
		},
	},
	{
		id: 'cdr-from',
		set: 'all',
		shown: '/api/v1/cdrs/?type=*voice&start_date=(the newest one)',
		path: ({ answers }) => {
			const mark = markOf(answers);
			return mark && cdrs({ type: VOICE, limit: String(mark.limit), start_date: mark.newest });
		},
	},
	{
		id: 'cdr-upside-down',
		set: 'all',
		shown: '/api/v1/cdrs/?type=*voice&start_date=(today)&end_date=(yesterday)',
		path: ({ now }) => cdrs({ type: VOICE, limit: '1', start_date: dayOf(now), end_date: dayOf(now - DAY_MS) }),
	},
	{
		id: 'cdr-1001',
		set: 'all',
		shown: '/api/v1/cdrs/?type=*voice&limit=1001&start_date=(today)&end_date=(today)',
		path: ({ now }) => cdrs({ type: VOICE, limit: '1001', start_date: dayOf(now), end_date: dayOf(now) }),
	},
	...forWritingOnly.filter(({ set }) => set === 'all'),
	{ id: 'sms-key-balance', set: 'sms key', ...fixed('/api/v1/balance/') },
	{ id: 'wrong-key-balance', set: 'wrong key', ...fixed('/api/v1/balance/') },
];
