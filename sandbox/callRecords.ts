import { jsonAnswer, validationAnswer, type Answer } from './answers';
import type { CallRecordSwitches } from './callRecordSwitches';
import type { ValidationIssue } from './rules';
import type { StoredCallRecord } from './storedCallRecord';
import type { Switches } from './switches';

const TYPES = ['*voice', '*did', '*smsin', '*smsout'];
const HOUR_MS = 3_600_000;
const MOST_MONTHS = 3;
const DEFAULT_LIMIT = 100;

/** A moment in the form that the switches ask for. */
function shownTime(
	at: number | null,
	{ timeForm, hoursAhead: atFirst, clockBackAt }: CallRecordSwitches,
): string | null {
	if (at === null || timeForm === 'none') return null;
	const hoursAhead = clockBackAt > 0 && at >= clockBackAt ? atFirst - 1 : atFirst;
	const text = new Date(at + hoursAhead * HOUR_MS).toISOString();
	const seconds = text.slice(0, 19);
	const sign = hoursAhead < 0 ? '-' : '+';
	switch (timeForm) {
		case 'T':
			return seconds;
		case 'space':
			return seconds.replace('T', ' ');
		case 'Z':
			return `${new Date(at).toISOString().slice(0, 19)}Z`;
		case 'offset':
			return `${seconds}${sign}${String(Math.abs(hoursAhead)).padStart(2, '0')}:00`;
		case 'fraction':
			return `${text.slice(0, 23)}000`;
		case 'day first':
			return `${text.slice(8, 10)}/${text.slice(5, 7)}/${text.slice(0, 4)} ${text.slice(11, 19)}`;
	}
}

/** A date of the query; of a day alone the first moment, or the last. */
function askedTime(
	text: string,
	isEnd: boolean,
	{ hoursAheadAsked, clockBackAt, repeatedHourIs }: CallRecordSwitches,
): number | undefined {
	const form = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d:\d\d(?:\.\d+)?))?(Z|[+-]\d\d:\d\d)?$/.exec(text);
	if (form === null) return undefined;
	const [, day = '', time, zone] = form;
	const read = Date.parse(`${day}T${time ?? (isEnd ? '23:59:59.999' : '00:00:00')}${zone ?? 'Z'}`);
	if (Number.isNaN(read)) return undefined;
	if (zone !== undefined) return read;
	const first = read - hoursAheadAsked * HOUR_MS;
	if (clockBackAt === 0) return first;
	const second = first + HOUR_MS;
	return first >= clockBackAt || (second >= clockBackAt && repeatedHourIs === 'second') ? second : first;
}

function monthsLater(at: number, months: number): number {
	const date = new Date(at);
	date.setUTCMonth(date.getUTCMonth() + months);
	return date.getTime();
}

function issue(field: string, msg: string, input: unknown): ValidationIssue {
	return { loc: ['query', field], msg, type: 'value_error', input };
}

/**
 * The call records that a query asks for.
 *
 * Source: docs/crazytel-api.md, "Call records". A span over three months or an unknown type is a 422.
 */
export function listCallRecords(
	records: readonly StoredCallRecord[],
	query: URLSearchParams,
	switches: Switches,
): Answer {
	const how = switches.callRecords;
	const limit = Number(query.get('limit') ?? DEFAULT_LIMIT);
	const type = query.get('type');
	const extension = query.get('extension');
	const read = (name: string, isEnd: boolean) => {
		const text = query.get(name);
		return text === null ? undefined : (askedTime(text, isEnd, how) ?? NaN);
	};
	const end = read('end_date', true);
	const start = read('start_date', false);
	const issues = [
		...(Number.isInteger(limit) && limit >= 1 && (how.largestLimit === 0 || limit <= how.largestLimit)
			? []
			: [issue('limit', 'Limit cannot be used', query.get('limit'))]),
		...(type === null || TYPES.includes(type) ? [] : [issue('type', 'Unknown type', type)]),
		...(Number.isNaN(end) ? [issue('end_date', 'Invalid date', query.get('end_date'))] : []),
		...(Number.isNaN(start) ? [issue('start_date', 'Invalid date', query.get('start_date'))] : []),
		...(start !== undefined && end !== undefined && start > end
			? [issue('start_date', 'Start is after end', query.get('start_date'))]
			: []),
		...(start !== undefined && end !== undefined && end > monthsLater(start, MOST_MONTHS)
			? [issue('start_date', 'The range is longer than 3 months', query.get('start_date'))]
			: []),
	];
	if (issues.length > 0) return validationAnswer(issues, switches);

	const isWanted = (record: StoredCallRecord): boolean => {
		if (type !== null && `*${record.type}` !== type) return false;
		if (extension !== null && record.extension !== extension) return false;
		if (record.at === null) return true;
		if (start !== undefined && !how.ignoresStart && record.at < start) return false;
		if (end === undefined || how.ignoresEnd) return true;
		return how.isEndIncluded ? record.at <= end : record.at < end;
	};
	const timeOf = ({ at }: StoredCallRecord): number => at ?? Infinity;
	const wanted = records.filter(isWanted).sort((a, b) => (timeOf(a) === timeOf(b) ? 0 : timeOf(b) - timeOf(a)));
	if (how.order === 'oldest first') wanted.reverse();
	if (how.order === 'mixed') wanted.sort((a, b) => ((a.at ?? 0) % 7) - ((b.at ?? 0) % 7));
	const rows = wanted
		.slice(0, how.cap === 0 ? limit : Math.min(limit, how.cap))
		.map(({ at, columns }) => ({ setup_time: shownTime(at, how), ...columns }));
	return jsonAnswer(200, how.wrapper === '' ? rows : { [how.wrapper]: rows, count: rows.length });
}
