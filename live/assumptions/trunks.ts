import { pagingOf } from '../paging';
import { isRead, listOf, records, type Answers, type Seen } from '../seen';
import { countClass, isRound } from '../shapes';
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

const SETTINGS = [
	'caller_id_number',
	'enabled',
	'area_code',
	'description',
	'hide_caller_id',
	'sms_sender',
	'softphone_show_balance',
	'softphone_sync_sms',
];

/** The lists that say that they go on. */
function longLists(answers: Answers): Array<{ of: string; count: number; style: string }> {
	return ['trunks', 'owned-slash', 'owned', 'available-1'].flatMap((id) => {
		const seen = answers[id];
		const paging = seen === undefined ? undefined : pagingOf(seen);
		return paging?.goesOn === true
			? [{ of: id.replace('-slash', ''), count: listOf(seen)?.rows.length ?? 0, style: paging.style }]
			: [];
	});
}

function pages(answers: Answers): Finding | undefined {
	const long = longLists(answers);
	const [first] = long;
	if (first !== undefined) {
		// A length that is not round may be the account's own count: two lists of that length say that it is not.
		const size = long.find(
			({ of, count }) => isRound(count) || long.some((other) => other.of !== of && other.count === count),
		)?.count;
		const switches = { pageStyle: first.style, ...(size !== undefined && { pageSize: size }) };
		return {
			switches,
			...(size === undefined && {
				isAsAssumed: false,
				saw: `a list that goes on after ${countClass(first.count)} entries`,
				open: ['how long a page is'],
			}),
		};
	}
	const lists = ['trunks', 'owned-slash', 'owned'].flatMap((id) =>
		listOf(answers[id]) === undefined ? [] : [answers[id]],
	);
	const styles = lists.flatMap((seen) => (seen === undefined ? [] : (pagingOf(seen)?.style ?? [])));
	if (lists.every((seen) => records(listOf(seen)).length === 0)) return undefined;
	return styles[0] === undefined
		? { switches: { pageSize: 0 } }
		: {
				isAsAssumed: false,
				saw: `signs of pages (${styles[0]}), on a list that fits into one`,
				open: ['how long a page is'],
			};
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
		switches: {
			...(!isPaged && { trunkListShape: list.key === undefined ? 'bare' : 'wrapped' }),
			...(key !== undefined && { trunkListKey: key }),
		},
		open:
			list.key !== undefined && key === undefined ? ['the key of the list, which is no word that may be shown'] : [],
	};
}

function shownSettings({ trunks }: Answers): Finding | undefined {
	const rows = records(listOf(trunks));
	if (rows.length === 0) return undefined;
	const hidden = SETTINGS.filter((name) => !rows.some((row) => Object.hasOwn(row, name)));
	const others = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter(
		(name) => ![...SETTINGS, 'id', 'username', 'password'].includes(name),
	);
	return {
		switches: { listHides: hidden },
		...(others.length > 0 && {
			saw: `and other fields: ${[...new Set(others.map(maskName))].sort().slice(0, 20).join(', ')}`,
		}),
	};
}

function filters({ trunks, ...answers }: Answers): Finding | undefined {
	const rows = records(listOf(trunks));
	const seen = ['trunks-by-username', 'trunks-by-id'].map((id) => records(listOf(answers[id])).length);
	if (rows.length < 2 || !isRead(answers['trunks-by-username']) || !isRead(answers['trunks-by-id'])) return undefined;
	const isFiltered = seen.every((count) => count === 1);
	return {
		isAsAssumed: isFiltered,
		saw: isFiltered ? 'one trunk for each' : `${seen.map(countClass).join(' and ')} trunks by username and by ID`,
	};
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
		read: (answers) =>
			/\bDELETE\b/.test(answers['trunk-that-is-not']?.headers.allow ?? '')
				? { switches: { deleteEndpoint: 'present' } }
				: undefined,
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
			return rows.length === 0
				? undefined
				: { switches: { echoPassword: rows.some((row) => Object.hasOwn(row, 'password')) } };
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
		read: pages,
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
	{
		id: 'create-status',
		question: 'With which status is a create answered?',
		mark: '–',
		settledBy: 'a throwaway trunk',
		switches: { createStatus: 200 },
		requests: [],
	},
	{
		id: 'update-answer',
		question: 'Is an update answered with the trunk?',
		mark: 'D',
		settledBy: 'a throwaway trunk',
		switches: { updateAnswer: 'trunk', ignoredSettings: [] },
		rows: ['An update takes any of the nine'],
		requests: [],
	},
	{
		id: 'update-by-node',
		question: "Does the node's own update do what it says?",
		mark: '–',
		settledBy: 'a throwaway trunk',
		switches: {},
		requests: [],
	},
	{
		id: 'description-form',
		question: 'Is a description kept as it was sent?',
		mark: '–',
		settledBy: 'a throwaway trunk',
		switches: { descriptionForm: 'as sent' },
		requests: [],
	},
	{
		id: 'trunk-list-lag',
		question: 'Does the list of trunks show at once what was written?',
		mark: '–',
		settledBy: 'a throwaway trunk',
		switches: { listLagMs: 0 },
		requests: [],
	},
	{
		id: 'new-trunk-listed',
		question: 'How soon does a new trunk stand in the list?',
		mark: '–',
		settledBy: 'a throwaway trunk',
		switches: {},
		requests: [],
	},
	{
		id: 'trunk-clear',
		question: 'Does null or an empty text clear a setting?',
		mark: '–',
		settledBy: 'a throwaway trunk',
		switches: { emptyText: 'stored', nullSetting: 'refused' },
		requests: [],
	},
	{
		id: 'trunk-unknown-settings',
		question: 'Are unknown settings of a trunk ignored?',
		mark: '–',
		settledBy: 'a throwaway trunk',
		switches: { unknownSettings: 'refused' },
		requests: [],
	},
];
