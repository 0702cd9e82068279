import { hostOf, isObject, isRead, listOf, records, type Answers, type Seen } from '../seen';
import { countClass } from '../shapes';
import { maskName } from '../words';
import type { Assumption, Finding } from './assumption';

/** A service's own word for a list, if it can be shown. */
export function shownKey(key: string): string | undefined {
	return maskName(key) === key ? key : undefined;
}

/** Whether an address is there, from the answer to a GET. */
export function presence(seen: Seen | undefined): 'present' | 404 | 405 | undefined {
	if (seen === undefined) return undefined;
	if (seen.status === 404 || seen.status === 405) return seen.status;
	return isRead(seen) ? 'present' : undefined;
}

const SETTINGS = ['caller_id_number', 'enabled', 'area_code', 'description', 'hide_caller_id', 'sms_sender', 'softphone_show_balance', 'softphone_sync_sms'];

/** What tells that a list goes on, by the style of it. */
function pagingOf(seen: Seen): { style: string; goesOn: boolean } | undefined {
	const { headers, body } = seen;
	const list = listOf(seen);
	if (list === undefined) return undefined;
	const count = list.rows.length;
	if (/rel="?next"?/.test(headers.link ?? '')) return { style: 'link', goesOn: true };
	const totals: Array<[style: string, total: number]> = [
		['content-range', Number(/\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1] ?? NaN)],
		['x-total-count', Number(headers['x-total-count'] ?? NaN)],
	];
	for (const [style, total] of totals) if (!Number.isNaN(total)) return { style, goesOn: total > count };
	if (!isObject(body)) return undefined;
	const { beside } = list;
	const inside: Array<Record<string, unknown>> = [beside, ...Object.values(beside).filter(isObject)];
	const find = (...names: string[]): unknown => inside.flatMap((part) => names.map((name) => part[name])).find((value) => value !== undefined);
	const total = Number(find('total', 'total_count') ?? NaN);

	const next = find('next', 'next_url');
	if (typeof next === 'string') {
		if (!/^https?:/i.test(next)) return { style: 'next path', goesOn: true };
		return { style: seen.asked?.host !== undefined && hostOf(next) !== seen.asked.host ? 'next elsewhere' : 'next', goesOn: true };
	}
	const nextPage = find('next_page');
	if (nextPage !== undefined) return { style: 'next_page', goesOn: nextPage !== null };
	const cursor = find('next_cursor', 'cursor');
	if (cursor !== undefined) return { style: 'cursor', goesOn: cursor !== null && cursor !== '' };
	const more = find('has_more', 'more');
	if (typeof more === 'boolean') return { style: 'has_more', goesOn: more };
	const page = find('page', 'current_page');
	const pages = Number(find('pages', 'total_pages', 'last_page') ?? NaN);
	if (page !== undefined) return { style: 'page', goesOn: Number(page) < pages || total > count };
	if (find('offset') !== undefined) return { style: 'offset', goesOn: total > count + Number(find('offset')) };
	if (next === null) return { style: 'next', goesOn: false };
	return Number.isNaN(total) ? undefined : { style: 'total', goesOn: total > count };
}

/** The first list that says that it goes on. */
function longList(answers: Answers): { seen: Seen; style: string } | undefined {
	for (const id of ['trunks', 'owned-slash', 'owned', 'available-1']) {
		const seen = answers[id];
		const paging = seen === undefined ? undefined : pagingOf(seen);
		if (seen !== undefined && paging?.goesOn === true) return { seen, style: paging.style };
	}
	return undefined;
}

function listForm({ trunks }: Answers): Finding | undefined {
	const list = listOf(trunks);
	if (list === undefined) {
		return isRead(trunks) ? { saw: 'an answer without exactly one list in it', isAsAssumed: false } : undefined;
	}
	// In pages, the form belongs to them.
	const isPaged = trunks !== undefined && pagingOf(trunks)?.goesOn === true;
	const key = list.key === undefined ? undefined : shownKey(list.key);
	return {
		switches: { ...(!isPaged && { trunkListShape: list.key === undefined ? 'bare' : 'wrapped' }), ...(key !== undefined && { trunkListKey: key }) },
		open: list.key !== undefined && key === undefined ? ['the key of the list, which is no word that may be shown'] : [],
	};
}

function shownSettings({ trunks }: Answers): Finding | undefined {
	const rows = records(listOf(trunks));
	if (rows.length === 0) return undefined;
	const hidden = SETTINGS.filter((name) => !rows.some((row) => Object.hasOwn(row, name)));
	const others = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) => ![...SETTINGS, 'id', 'username', 'password'].includes(name));
	return { switches: { listHides: hidden }, ...(others.length > 0 && { saw: `and other fields: ${[...new Set(others.map(maskName))].sort().slice(0, 20).join(', ')}` }) };
}

function filters({ trunks, ...answers }: Answers): Finding | undefined {
	const rows = records(listOf(trunks));
	const seen = ['trunks-by-username', 'trunks-by-id'].map((id) => records(listOf(answers[id])).length);
	if (rows.length < 2 || !isRead(answers['trunks-by-username']) || !isRead(answers['trunks-by-id'])) return undefined;
	const isFiltered = seen.every((count) => count === 1);
	return { isAsAssumed: isFiltered, saw: isFiltered ? 'one trunk for each' : `${seen.map(countClass).join(' and ')} trunks by username and by ID` };
}

/** What is assumed of trunks. */
export const trunkAssumptions: Assumption[] = [
	{
		id: 'trunk-list-form',
		question: 'In what form does the list of trunks come?',
		mark: 'I',
		settledBy: 'reading',
		switches: { trunkListShape: 'bare', trunkListKey: 'sip_trunks' },
		requests: ['trunks'],
		read: listForm,
	},
	{
		id: 'trunk-list-exists',
		question: 'Can trunks be listed?',
		mark: 'M and I',
		settledBy: 'reading',
		switches: { trunkListEndpoint: 'present' },
		rows: ['GET `/api/v1/sip-trunks/`'],
		requests: ['trunks'],
		read: ({ trunks }) => {
			const found = presence(trunks);
			return found === undefined ? undefined : { switches: { trunkListEndpoint: found } };
		},
	},
	{
		id: 'trunk-list-filters',
		question: 'Do the filters of the list of trunks work?',
		mark: 'M',
		settledBy: 'reading',
		switches: {},
		requests: ['trunks', 'trunks-by-username', 'trunks-by-id'],
		read: filters,
	},
	{
		id: 'trunk-by-id',
		question: 'Can one trunk be read by its ID?',
		mark: '–',
		settledBy: 'reading',
		switches: {},
		rows: ['GET `/api/v1/sip-trunks/{trunk_id}`'],
		requests: ['trunk', 'trunk-that-is-not'],
		read: (answers) => {
			const seen = answers.trunk ?? answers['trunk-that-is-not'];
			if (isRead(seen)) return { isAsAssumed: false, saw: 'a trunk' };
			return seen?.status === 405 ? { isAsAssumed: true, saw: 'status 405' } : undefined;
		},
	},
	{
		id: 'trunk-delete',
		question: 'Can trunks be deleted, and what is answered?',
		mark: 'M and I',
		settledBy: 'a throwaway trunk',
		switches: { deleteEndpoint: 'present' },
		rows: ['DELETE `/api/v1/sip-trunks/{trunk_id}`'],
		requests: ['trunk-that-is-not'],
		// An Allow that does not name DELETE proves nothing: FastAPI names the methods of the first route alone.
		read: (answers) => (/\bDELETE\b/.test(answers['trunk-that-is-not']?.headers.allow ?? '') ? { switches: { deleteEndpoint: 'present' } } : undefined),
	},
	{
		id: 'password-echo',
		question: 'Does a trunk in an answer have its password?',
		mark: '–',
		settledBy: 'reading',
		switches: { echoPassword: false },
		requests: ['trunks'],
		read: ({ trunks }) => {
			const rows = records(listOf(trunks));
			return rows.length === 0 ? undefined : { switches: { echoPassword: rows.some((row) => Object.hasOwn(row, 'password')) } };
		},
	},
	{
		id: 'list-pages',
		question: 'Do lists come in pages?',
		mark: '–',
		settledBy: 'reading',
		switches: { pageSize: 0, pageStyle: 'next' },
		rows: ['v1 documents no pages for lists.'],
		requests: ['trunks', 'owned-slash', 'owned', 'available-1'],
		read: (answers) => {
			const long = longList(answers);
			if (long !== undefined) return { switches: { pageSize: listOf(long.seen)?.rows.length ?? 0, pageStyle: long.style } };
			const lists = ['trunks', 'owned-slash', 'owned'].flatMap((id) => (listOf(answers[id]) === undefined ? [] : [answers[id]]));
			const styles = lists.flatMap((seen) => (seen === undefined ? [] : (pagingOf(seen)?.style ?? [])));
			if (lists.every((seen) => records(listOf(seen)).length === 0)) return undefined;
			return styles[0] === undefined ? { switches: { pageSize: 0 } } : { isAsAssumed: false, saw: `signs of pages (${styles[0]}), on a list that fits into one`, open: ['how long a page is'] };
		},
	},
	{
		id: 'trunk-settings-shown',
		question: 'Which settings does the list of trunks show?',
		mark: 'I',
		settledBy: 'reading',
		switches: { listHides: [] },
		requests: ['trunks'],
		read: shownSettings,
	},
	{ id: 'create-status', question: 'With which status is a create answered?', mark: '–', settledBy: 'a throwaway trunk', switches: { createStatus: 200 }, requests: [] },
	{ id: 'update-answer', question: 'Is an update answered with the trunk?', mark: 'D', settledBy: 'a throwaway trunk', switches: { updateAnswer: 'trunk', ignoredSettings: [] }, rows: ['An update takes any of the nine'], requests: [] },
	{ id: 'description-form', question: 'Is a description kept as it was sent?', mark: '–', settledBy: 'a throwaway trunk', switches: { descriptionForm: 'as sent' }, requests: [] },
	{ id: 'trunk-list-lag', question: 'Does the list of trunks show at once what was written?', mark: '–', settledBy: 'a throwaway trunk', switches: { listLagMs: 0 }, requests: [] },
	{ id: 'new-trunk-listed', question: 'How soon does a new trunk stand in the list?', mark: '–', settledBy: 'a throwaway trunk', switches: {}, requests: [] },
	{ id: 'trunk-clear', question: 'Does null or an empty text clear a setting?', mark: '–', settledBy: 'a throwaway trunk', switches: { emptyText: 'stored', nullSetting: 'refused' }, requests: [] },
	{ id: 'trunk-unknown-settings', question: 'Are unknown settings of a trunk ignored?', mark: '–', settledBy: 'a throwaway trunk', switches: { unknownSettings: 'refused' }, requests: [] },
];
