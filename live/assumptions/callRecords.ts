import { FAR_MS, markOf, readTime, timesOf, voicePage } from '../requests';
import { isObject, isRead, listOf, records, type Answers, type Seen } from '../seen';
import { countClass, isRound } from '../shapes';
import type { Assumption, Finding, SwitchValue } from './assumption';
import { shownKey } from './trunks';

const HOUR_MS = 3_600_000;

const LISTS = [
	'cdr-voice-1000',
	'cdr-voice-500',
	'cdr-voice-250',
	'cdr-voice-200',
	'cdr-voice-100',
	'cdr-did',
	'cdr-smsin',
	'cdr-smsout',
];

function lists(answers: Answers): Seen[] {
	return LISTS.map((id) => answers[id]).filter((seen): seen is Seen => isRead(seen));
}

function listForm(answers: Answers): Finding | undefined {
	const [first] = lists(answers);
	if (first === undefined) return undefined;
	const list = listOf(first);
	if (list === undefined) return { isAsAssumed: false, saw: 'an answer without exactly one list in it' };
	if (list.key === undefined) return { switches: { 'callRecords.wrapper': '' } };
	const key = shownKey(list.key);
	return key === undefined
		? { isAsAssumed: false, saw: 'a wrapped list, under a key that is no word that may be shown' }
		: { switches: { 'callRecords.wrapper': key } };
}

/** The number that a refusal names, such as "less than or equal to 500", if it lies between what was taken and what was not. */
function namedBound(seen: Seen | undefined, taken: number, refused: number): number | undefined {
	return boundsIn(seen).find((bound) => Number.isInteger(bound) && bound >= taken && bound < refused);
}

function boundsIn(seen: Seen | undefined): number[] {
	const detail = isObject(seen?.body) && Array.isArray(seen.body.detail) ? (seen.body.detail as unknown[]) : [];
	return detail.filter(isObject).flatMap((issue) => {
		const bound = isObject(issue.ctx) ? issue.ctx.le : undefined;
		if (typeof bound === 'number') return [bound];
		const told = /less than or equal to (\d{1,5})$/.exec(typeof issue.msg === 'string' ? issue.msg : '');
		return told ? [Number(told[1])] : [];
	});
}

function limits(answers: Answers): Finding | undefined {
	const page = voicePage(answers);
	if (page === undefined) return undefined;
	const switches: Record<string, SwitchValue> = {};
	const open: string[] = [];
	const first = answers['cdr-voice-1000'];
	const above = answers['cdr-1001'];
	if (page.limit < 1_000) switches['callRecords.largestLimit'] = namedBound(first, page.limit, 1_000) ?? page.limit;
	else if (above?.status === 422 || above?.status === 400)
		switches['callRecords.largestLimit'] = namedBound(above, 1_000, 1_001) ?? 1_000;
	else if (isRead(above)) switches['callRecords.largestLimit'] = 0;
	else open.push('the largest limit');

	const shown = listOf(page.seen)?.rows.length ?? 0;
	const older = timesOf(records(listOf(answers['cdr-older'])));
	const mark = markOf(answers);
	const oldest = mark === undefined ? undefined : readTime(mark.oldest);
	const isCut =
		shown > 0 && shown < page.limit && oldest !== undefined && older?.some(({ at }) => at < oldest) === true;
	// A number that is not round may be the account's own count, such as of a month's calls: two answers of that length say that it is not.
	const isCap = isCut && (isRound(shown) || older.length === shown);
	if (isCap) switches['callRecords.cap'] = shown;
	else open.push('how many rows one answer has at most');
	if (Object.keys(switches).length === 0 && !isCut) return undefined;
	if (isCut && !isCap)
		return {
			switches,
			open,
			isAsAssumed: false,
			saw: `${countClass(shown)} rows in an answer, and older ones in another`,
		};
	return {
		switches,
		open,
		...(!isCut && shown >= page.limit && { saw: `and as many rows as were asked for, ${String(page.limit)}` }),
	};
}

const FORMS: Array<[pattern: RegExp, form: string]> = [
	[/^\d{4}-\d\d-\d\dT[\d:]{8}$/, 'T'],
	[/^\d{4}-\d\d-\d\d [\d:]{8}$/, 'space'],
	[/^\d{4}-\d\d-\d\d[T ][\d:]{8}(\.\d+)?Z$/, 'Z'],
	[/^\d{4}-\d\d-\d\d[T ][\d:]{8}(\.\d+)?[+-]\d\d:?\d\d$/, 'offset'],
	[/^\d{4}-\d\d-\d\d[T ][\d:]{8}\.\d+$/, 'fraction'],
	[/^\d\d\/\d\d\/\d{4} [\d:]{8}$/, 'day first'],
];

function orderOf(times: Array<{ at: number }>): string | undefined {
	const steps = times
		.slice(1)
		.map(({ at }, index) => Math.sign(at - (times[index]?.at ?? at)))
		.filter((step) => step !== 0);
	if (steps.length === 0) return undefined;
	if (steps.every((step) => step < 0)) return 'newest first';
	return steps.every((step) => step > 0) ? 'oldest first' : 'mixed';
}

/** How the bound of a question lies to the rows around it: whole hours between the clock that is asked by and the one that is shown. */
function boundOf(asked: number, all: number[], shown: number[]): { hours: number; isIncluded: boolean } | undefined {
	const newest = Math.max(...shown);
	const next = Math.min(...all.filter((at) => at > newest));
	const fits: Array<{ hours: number; isIncluded: boolean }> = [];
	for (let hours = -26; hours <= 26; hours++) {
		const bound = asked - hours * HOUR_MS;
		if (newest < bound && next >= bound) fits.push({ hours, isIncluded: next !== bound });
		if (newest === bound) fits.push({ hours, isIncluded: true });
	}
	const [only, ...others] = fits;
	return others.length > 0 ? undefined : only;
}

function time(answers: Answers, now: number): Finding | undefined {
	const page = voicePage(answers);
	const rows =
		page === undefined ? lists(answers).flatMap((seen) => records(listOf(seen))) : records(listOf(page.seen));
	const texts = rows.map((row) => row.setup_time);
	if (texts.length === 0) return undefined;
	if (texts.every((text) => text === null || text === undefined))
		return { switches: { 'callRecords.timeForm': 'none' } };
	const text = texts.find((one) => typeof one === 'string');
	const form = typeof text === 'string' ? FORMS.find(([pattern]) => pattern.test(text))?.[1] : undefined;
	if (form === undefined) return { isAsAssumed: false, saw: 'a setup_time in a form that the sandbox cannot play' };

	const switches: Record<string, SwitchValue> = { 'callRecords.timeForm': form };
	const open: string[] = [];
	const times = timesOf(rows);
	const order = times === undefined ? undefined : orderOf(times);
	if (order === undefined) open.push('the order');
	else switches['callRecords.order'] = order;

	const isZoned = form === 'Z' || form === 'offset';
	const newest = Math.max(...(times ?? []).map(({ at }) => at));
	const mark = markOf(answers);
	const asked = mark === undefined ? undefined : readTime(mark.middle);
	/** Where the answer to a question with that end lies: undefined where that cannot be told. */
	const boundIn = (id: string): ReturnType<typeof boundOf> => {
		const shown = (timesOf(records(listOf(answers[id]))) ?? []).map(({ at }) => at);
		const known = (times ?? []).map(({ at }) => at);
		// Below the first page there may be rows that nobody has shown.
		const isKnown = shown.length > 0 && Math.max(...shown) >= Math.min(...known);
		return asked === undefined || !isKnown ? undefined : boundOf(asked, known, shown);
	};

	const until = answers['cdr-until'];
	const isFar = asked !== undefined && newest - asked > FAR_MS;
	let bound: ReturnType<typeof boundOf>;
	if (isRead(until) && isFar && order === 'newest first') {
		const isIgnored = timesOf(records(listOf(until)))?.some(({ at }) => at === newest) === true;
		switches['callRecords.ignoresEnd'] = isIgnored;
		if (!isIgnored) bound = boundIn('cdr-until');
	}
	if (bound === undefined) open.push('whether end_date is included');
	else switches['callRecords.isEndIncluded'] = bound.isIncluded;

	if (form === 'offset' && typeof text === 'string')
		switches['callRecords.hoursAhead'] = Number(/([+-]\d\d):?\d\d$/.exec(text)?.[1] ?? 0);
	const words: string[] = [];
	if (!isZoned) {
		const atLeast = Math.ceil((newest - now) / HOUR_MS - 0.1);
		const utc = bound === undefined ? undefined : boundIn('cdr-until-utc');
		// Where a zone makes no difference, it may not be looked at; a row of this very hour then shows the clock.
		if (
			utc !== undefined &&
			bound !== undefined &&
			(utc.hours !== bound.hours || (atLeast > 0 && atLeast === -utc.hours))
		) {
			switches['callRecords.hoursAhead'] = 0 - utc.hours;
			switches['callRecords.hoursAheadAsked'] = bound.hours - utc.hours;
		} else {
			if (atLeast > 0) words.push(`a clock at least ${String(atLeast)} hours ahead of UTC`);
			else open.push('the zone');
			if (bound !== undefined && bound.hours !== 0)
				words.push(`dates that are read by a clock ${String(bound.hours)} hours ahead of the one that is shown`);
		}
	}

	const from = timesOf(records(listOf(answers['cdr-from'])));
	const oldest = Math.min(...(times ?? []).map(({ at }) => at));
	if (isRead(answers['cdr-from']) && newest - oldest > FAR_MS)
		switches['callRecords.ignoresStart'] = (from ?? []).some(({ at }) => newest - at > FAR_MS);
	else open.push('whether start_date is looked at');

	const isOtherClock = words.length > 0;
	const isRepeated = new Set(rows.map((row) => JSON.stringify(row))).size < rows.length;
	if (isRepeated) words.push('records that are equal');
	return {
		switches,
		open,
		...(words.length > 0 && { saw: words.join(', ') }),
		...(isOtherClock && { isAsAssumed: false }),
	};
}

/** What is assumed of call records. */
export const callRecordAssumptions: Assumption[] = [
	{
		id: 'call-record-limit',
		question: 'How many call records has one answer at most?',
		mark: '–',
		settledBy: 'reading',
		switches: { 'callRecords.cap': 0, 'callRecords.largestLimit': 0 },
		requests: [
			'cdr-voice-1000',
			'cdr-voice-500',
			'cdr-voice-250',
			'cdr-voice-200',
			'cdr-voice-100',
			'cdr-older',
			'cdr-1001',
		],
		read: limits,
	},
	{
		id: 'call-record-time',
		question: 'In what form, zone and order do call records come, and are the dates looked at?',
		mark: 'I',
		settledBy: 'reading',
		switches: {
			'callRecords.timeForm': 'T',
			'callRecords.hoursAhead': 0,
			'callRecords.hoursAheadAsked': 0,
			'callRecords.isEndIncluded': true,
			'callRecords.ignoresEnd': false,
			'callRecords.ignoresStart': false,
			'callRecords.order': 'newest first',
		},
		rows: ['Newest first by `setup_time`.', 'No id, no pages.'],
		requests: [...LISTS, 'cdr-until', 'cdr-until-utc', 'cdr-from'],
		read: time,
	},
	{
		id: 'call-record-repeated-hour',
		question: 'How is setup_time written in the hour that repeats when summer ends?',
		mark: '–',
		settledBy: 'time',
		switches: { 'callRecords.clockBackAt': 0, 'callRecords.repeatedHourIs': 'first' },
		requests: [],
	},
	{
		id: 'call-record-late',
		question: 'When is a call record filed, and what of it changes later?',
		mark: 'I',
		settledBy: 'time',
		switches: {},
		requests: [],
	},
	{
		id: 'call-record-list-form',
		question: 'Is the list of call records wrapped?',
		mark: 'I',
		settledBy: 'reading',
		switches: { 'callRecords.wrapper': '' },
		requests: LISTS,
		read: listForm,
	},
];
