import { pagingOf } from '../paging';
import { isRead, listOf, records, type Answers, type Seen } from '../seen';
import { countClass } from '../shapes';
import { maskName } from '../words';
import type { Assumption, Finding } from './assumption';

const NUMBER_KEYS = ['did_number', 'number', 'did', 'phone_number'] as const;

function ownedSlash(answers: Answers): Finding | undefined {
	const slash = answers['owned-slash'];
	const bare = answers.owned;
	if (slash === undefined || bare === undefined) return undefined;
	if (isRead(slash) && isRead(bare)) return { isAsAssumed: false, saw: 'that both forms list the numbers' };
	if (!isRead(slash) && !isRead(bare))
		return {
			isAsAssumed: false,
			saw: `no list: status ${String(slash.status)} with the slash, ${String(bare.status)} without`,
		};
	const other = isRead(slash) ? bare.status : slash.status;
	return {
		switches: { ownedListSlash: isRead(slash), ...([307, 404, 405].includes(other) && { ownedListOther: other }) },
		...(![307, 404, 405].includes(other) && { saw: `and status ${String(other)} for the other form` }),
	};
}

function numberForm(answers: Answers): Finding | undefined {
	const lists = ['owned-slash', 'owned', 'available-1']
		.map((id) => ({ id, list: listOf(answers[id]) }))
		.filter(({ list }) => list !== undefined);
	const [first] = lists;
	if (first?.list === undefined) return undefined;
	const owned = records(lists.find(({ id }) => id !== 'available-1')?.list)[0];
	const any = owned ?? records(lists.find(({ id }) => id === 'available-1')?.list)[0];
	const key = any === undefined ? undefined : NUMBER_KEYS.find((name) => Object.hasOwn(any, name));
	if (any !== undefined && key === undefined)
		return {
			isAsAssumed: false,
			saw: `numbers under none of the keys that the node reads; they have ${Object.keys(any).map(maskName).slice(0, 20).join(', ')}`,
		};
	// What a list in pages has beside it is the pages' matter.
	const isWrapped = first.list.key !== undefined;
	const seen = answers[first.id];
	const isPaged = Object.keys(first.list.beside).length > 0 || (seen !== undefined && pagingOf(seen) !== undefined);
	return {
		switches: {
			...(!isPaged && { numberListShape: isWrapped ? 'wrapped' : 'bare' }),
			...(key !== undefined && { numberKey: key }),
			...(owned !== undefined && { numberIds: Object.hasOwn(owned, 'id') }),
		},
		open: [
			...(key === undefined ? ['the key of a number'] : []),
			...(owned === undefined ? ['whether an owned number has an id'] : []),
		],
	};
}

function sample(answers: Answers): Finding | undefined {
	const [one, two] = ['available-1', 'available-2'].map((id) => listOf(answers[id]));
	if (one === undefined || two === undefined || one.rows.length === 0) return undefined;
	const numbers = [one, two].map((list) =>
		records(list)
			.map((row) => NUMBER_KEYS.map((key) => row[key]).find((value) => typeof value === 'string'))
			.sort()
			.join(),
	);
	if (numbers[0] === numbers[1]) return { switches: { availableSample: 0 } };
	if (one.rows.length !== two.rows.length)
		return { isAsAssumed: false, saw: 'another part, of another length, in each of two equal searches' };
	return { switches: { availableSample: one.rows.length } };
}

function cities(answers: Answers): Finding | undefined {
	const counts = ['available-city-underscore', 'available-city-space'].map((id) => listOf(answers[id])?.rows.length);
	if (counts.some((count) => count === undefined) || counts.every((count) => count === 0)) return undefined;
	const [underscore = 0, space = 0] = counts;
	return {
		isAsAssumed: underscore > 0 && space === 0,
		saw: `${countClass(underscore)} numbers for Coffs_Harbour, ${countClass(space)} for “Coffs Harbour”`,
	};
}

/** Reads both lists of people: they are assumed to be alike. */
function peopleForm(answers: Answers): Finding | undefined {
	const seen = ['addresses', 'owners'].map((id) => ({ id, list: listOf(answers[id]) }));
	if (seen.every(({ list }) => list === undefined)) return undefined;
	const shapes = new Set(
		seen.flatMap(({ id, list }) =>
			list === undefined
				? []
				: [list.key === undefined ? 'bare' : list.key === id ? 'named' : list.key === 'results' ? 'results' : 'other'],
		),
	);
	const [shape, ...others] = shapes;
	const isOther = shape === undefined || shape === 'other' || others.length > 0;
	const idless = seen.filter(({ list }) =>
		records(list).some((row) => !Object.keys(row).some((key) => /(^|_)(id|uuid)$/i.test(key))),
	);
	return {
		...(isOther
			? {
					isAsAssumed: false,
					saw: `lists under other keys, or in two forms: ${seen.map(({ list }) => (list?.key === undefined ? 'bare' : maskName(list.key))).join(' and ')}`,
				}
			: { switches: { peopleShape: shape } }),
		...(idless.length > 0 && { saw: `${idless.map(({ id }) => id).join(' and ')} without an id`, isAsAssumed: false }),
	};
}

/** Whether a GET says that something may be posted there. */
export function takesPost(seen: Seen | undefined): 'present' | 404 | 405 | undefined {
	if (seen?.status === 404) return 404;
	if (seen?.status !== 405) return undefined;
	const { allow } = seen.headers;
	if (allow === undefined) return undefined;
	return /\bPOST\b/.test(allow) ? 'present' : 405;
}

/** What is assumed of phone numbers. */
export const numberAssumptions: Assumption[] = [
	{
		id: 'owned-slash',
		question: 'Which form of the address lists the owned numbers?',
		mark: 'C',
		settledBy: 'reading',
		switches: { ownedListSlash: true, ownedListOther: 307 },
		rows: ['GET `/api/v1/phone-numbers/`, or without the slash'],
		requests: ['owned-slash', 'owned'],
		read: ownedSlash,
	},
	{
		id: 'number-form',
		question: 'In what form do owned and available numbers come?',
		mark: 'I',
		settledBy: 'reading',
		switches: { numberListShape: 'bare', numberKey: 'did_number', numberIds: false },
		requests: ['owned-slash', 'owned', 'available-1'],
		read: numberForm,
	},
	{
		id: 'available-sample',
		question: 'Is one search all that can be bought?',
		mark: 'C',
		settledBy: 'reading',
		switches: { availableSample: 0 },
		requests: ['available-1', 'available-2'],
		read: sample,
	},
	{
		id: 'available-cities',
		question: 'How are cities of two words written?',
		mark: 'C',
		settledBy: 'reading',
		switches: {},
		requests: ['available-city-underscore', 'available-city-space'],
		read: cities,
	},
	{
		id: 'number-update-partial',
		question: 'Does an update of a number leave alone what it does not name?',
		mark: 'I',
		settledBy: "a number of one's own",
		switches: { partialNumberUpdate: true },
		requests: [],
	},
	{
		id: 'number-update-answer',
		question: 'What is an update of a number answered with?',
		mark: '–',
		settledBy: "a number of one's own",
		switches: { numberUpdateAnswer: 'number' },
		requests: [],
	},
	{
		id: 'purchase-address',
		question: 'Are numbers bought at that address?',
		mark: 'D',
		settledBy: 'reading',
		switches: {},
		rows: ['POST `/api/v1/phone-numbers/purchase`'],
		requests: ['purchase'],
		read: ({ purchase }) => {
			const found = takesPost(purchase);
			return found === undefined
				? undefined
				: { isAsAssumed: found === 'present', saw: `status ${String(purchase?.status)}` };
		},
	},
	{
		id: 'purchase-lost',
		question: 'Was a purchase made whose reply was lost?',
		mark: 'I',
		settledBy: 'a purchase',
		switches: { ownedListLagMs: 0 },
		requests: [],
	},
	{
		id: 'purchase-twice',
		question: 'Can a number that is owned be bought again?',
		mark: '–',
		settledBy: 'Crazytel',
		switches: { sellsTwice: false },
		requests: [],
	},
	{
		id: 'number-cost',
		question: 'Does a purchase say what it costs?',
		mark: '–',
		settledBy: 'a purchase',
		switches: {},
		requests: [],
	},
	{
		id: 'people-form',
		question: 'In what form do addresses and owners come?',
		mark: 'I',
		settledBy: 'reading',
		switches: { peopleShape: 'bare' },
		rows: ['GET `/api/v1/phone-numbers/addresses/`'],
		requests: ['addresses', 'owners'],
		read: peopleForm,
	},
];
