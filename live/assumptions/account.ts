import { isObject, isRead, type Answers, type Seen } from '../seen';
import { maskName } from '../words';
import type { Assumption, Finding } from './assumption';
import { presence, shownKey } from './trunks';

function balanceForm({ balance }: Answers): Finding | undefined {
	if (!isRead(balance) || !isObject(balance.body))
		return isRead(balance) ? { saw: 'something else than an object', isAsAssumed: false } : undefined;
	const { balance: amount } = balance.body;
	if (typeof amount === 'number') return { switches: { balanceShape: 'documented' } };
	if (typeof amount === 'string' && /^-?\d+(\.\d+)?$/.test(amount.trim()))
		return { switches: { balanceShape: 'texts' } };
	const isInside = Object.values(balance.body).some((inner) => isObject(inner) && Object.hasOwn(inner, 'balance'));
	return { switches: { balanceShape: isInside ? 'wrapped' : 'missing' } };
}

const NUMBER_KEYS = ['number', 'caller_id', 'caller_id_number', 'cli', 'did_number', 'phone_number'];

function verifiedForm({ verified }: Answers): Finding | undefined {
	if (!isRead(verified)) return undefined;
	const lists = isObject(verified.body)
		? Object.entries(verified.body).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]))
		: [];
	const [key, rows] = Array.isArray(verified.body) ? [undefined, verified.body as unknown[]] : (lists[0] ?? []);
	if (rows === undefined) return { saw: 'an answer without a list in it', isAsAssumed: false };
	const wrapped = key === undefined ? '' : 'wrapped-';
	const shown = key === undefined ? undefined : shownKey(key);
	const listKey = shown === undefined ? {} : { verifiedListKey: shown };
	const [entry] = rows;
	if (entry === undefined)
		return wrapped === ''
			? undefined
			: {
					switches: listKey,
					saw: 'a wrapped list without entries',
					isAsAssumed: false,
					open: ['the form of an entry'],
				};
	if (!isObject(entry)) return { switches: { verifiedShape: `${wrapped}strings`, ...listKey } };
	const numberKey = NUMBER_KEYS.find((name) => Object.hasOwn(entry, name));
	if (numberKey === undefined)
		return {
			saw: `entries without a number under a key that the node reads; they have ${Object.keys(entry).map(maskName).slice(0, 12).join(', ')}`,
			isAsAssumed: false,
		};
	return { switches: { verifiedShape: `${wrapped}objects`, verifiedKey: numberKey, ...listKey } };
}

/** The form of an error's body, where it is one that the node reads. */
export function errorShapeOf(seen: Seen): string | undefined {
	if (seen.kind === 'empty') return 'empty';
	if (seen.kind === 'web page') return 'html';
	if (!isObject(seen.body)) return undefined;
	const { error, message, detail } = seen.body;
	if (isObject(error) && typeof error.message === 'string') return 'error.message';
	if (typeof detail === 'string') return 'detail';
	if (typeof error === 'string') return 'error';
	return typeof message === 'string' ? 'message' : undefined;
}

function isFailed(seen: Seen | undefined): seen is Seen {
	return seen !== undefined && seen.status >= 400;
}

function errorForm(answers: Answers): Finding | undefined {
	const refused = answers['cdr-bad-type'];
	const others = Object.values(answers).filter((seen): seen is Seen => isFailed(seen) && seen.status !== 422);
	// What FastAPI itself answers for an address (404, 405) may have another form than what the service says.
	const own = [
		...(isFailed(refused) && !(isObject(refused.body) && Array.isArray(refused.body.detail)) ? [refused] : []),
		...others.filter(({ status }) => ![404, 405].includes(status)),
		...others,
	];
	const shapes = [...new Set(own.map(errorShapeOf).filter((shape) => shape !== undefined))];
	const validation =
		refused?.status === 422
			? { validationErrors: isObject(refused.body) && Array.isArray(refused.body.detail) ? 'list' : 'plain' }
			: {};
	const [shape] = shapes;
	if (shape === undefined && Object.keys(validation).length === 0)
		return own.length === 0 ? undefined : { saw: 'errors in a form that the node does not read', isAsAssumed: false };
	return {
		switches: { ...(shape !== undefined && { errorShape: shape }), ...validation },
		...(shapes.length > 1 && {
			saw: `and other errors in the form ${shapes
				.slice(1)
				.map((one) => `“${one}”`)
				.join(', ')}`,
		}),
		open: shape === undefined ? ['the form of other errors'] : [],
	};
}

function retryAfter(answers: Answers): Finding | undefined {
	const limited = Object.values(answers).find((seen) => seen?.status === 429);
	if (limited === undefined) return undefined;
	const text = limited.headers['retry-after'];
	return { switches: { retryAfter: text === undefined ? 'none' : /^\d+$/.test(text) ? 'seconds' : 'date' } };
}

/** Headers in which services tell their limit. */
const LIMIT_HEADERS = ['x-ratelimit-limit', 'ratelimit-limit', 'x-rate-limit-limit'];

function limit(answers: Answers): Finding | undefined {
	const found = Object.values(answers)
		.flatMap((seen) => LIMIT_HEADERS.map((name) => seen?.headers[name]))
		.find((text) => text !== undefined);
	const asked = /^\d{1,4}(?=$|[,;])/.exec(found ?? '')?.[0];
	return asked === undefined
		? undefined
		: { switches: { rateLimit: Number(asked) }, open: ['whether the minute is fixed or sliding'] };
}

const LONGEST_ANSWER_MS = 30_000;

function answerTime(answers: Answers): Finding | undefined {
	const seen = Object.values(answers).filter((one): one is Seen => one !== undefined);
	if (seen.length === 0) return undefined;
	const slow = seen.find(({ silence }) => silence === 'too slow');
	if (slow !== undefined) return { isAsAssumed: false, saw: 'an answer that did not come in time' };
	const longest = Math.max(...seen.map(({ ms }) => ms));
	const bound = [500, 1_000, 2_000, 5_000, 10_000].find((most) => longest <= most) ?? LONGEST_ANSWER_MS;
	return { isAsAssumed: true, saw: `each within ${String(bound / 1000)} s` };
}

function broken(answers: Answers): Finding | undefined {
	const good = Object.values(answers).filter(
		(seen): seen is Seen => seen !== undefined && seen.status >= 200 && seen.status < 300,
	);
	if (good.length === 0) return undefined;
	const other = good.filter(({ kind }) => kind !== 'json');
	return other.length === 0
		? { isAsAssumed: true, saw: 'JSON in every success' }
		: { isAsAssumed: false, saw: `a success that was ${other[0]?.kind ?? ''}` };
}

function hosts(answers: Answers): Finding | undefined {
	const seen = [answers.balance, answers['balance-other-host']].filter((one): one is Seen => one !== undefined);
	const away = seen.filter(({ status }) => status >= 300 && status < 400);
	if (answers['balance-other-host'] === undefined && away.length === 0) return undefined;
	if (away.length === 0) return { isAsAssumed: true, saw: 'that both hosts answer' };
	return {
		isAsAssumed: false,
		saw: away
			.map(({ id, status }) => `${id === 'balance' ? 'this host' : 'the other host'} redirects with ${String(status)}`)
			.join(', '),
	};
}

/** What is assumed of the account, of errors and of the way there. */
export const accountAssumptions: Assumption[] = [
	{
		id: 'balance-form',
		question: 'In what form does the balance come?',
		mark: 'D',
		settledBy: 'reading',
		switches: { balanceShape: 'documented' },
		rows: ['GET `/api/v1/balance/`'],
		requests: ['balance'],
		read: balanceForm,
	},
	{
		id: 'verified-form',
		question: 'In what form do the verified numbers come?',
		mark: 'I',
		settledBy: 'reading',
		switches: { verifiedShape: 'strings', verifiedKey: 'number', verifiedListKey: 'verified_numbers' },
		rows: ['GET `/api/v1/account/verified-cli/`'],
		requests: ['verified'],
		read: verifiedForm,
	},
	{
		id: 'verified-readable',
		question: 'Can the verified numbers be read?',
		mark: 'D',
		settledBy: 'reading',
		switches: {},
		requests: ['verified'],
		read: ({ verified }) => {
			const found = presence(verified);
			return found === undefined
				? undefined
				: {
						isAsAssumed: found === 'present',
						saw: found === 'present' ? 'a 2xx with JSON' : `status ${String(found)}`,
					};
		},
	},
	{
		id: 'error-form',
		question: 'In what form do errors come?',
		mark: 'C',
		settledBy: 'reading',
		switches: { errorShape: 'detail', validationErrors: 'list' },
		requests: ['cdr-bad-type', 'trunk-that-is-not', 'trunk-not-a-uuid', 'cdr-upside-down', 'wrong-key-balance'],
		read: errorForm,
	},
	{
		id: 'retry-after',
		question: 'Does a 429 say how long to wait?',
		mark: '–',
		settledBy: 'time',
		switches: { retryAfter: 'none' },
		requests: ['balance'],
		read: retryAfter,
	},
	{
		id: 'limit-window',
		question: 'How many requests a minute, and in what kind of minute?',
		mark: 'D',
		settledBy: 'Crazytel',
		switches: { rateLimit: 60, rateWindow: 'fixed', rateWindowMs: 60_000 },
		rows: ['One account may send 60 requests a minute.'],
		requests: ['balance'],
		read: limit,
	},
	{
		id: 'refused-count',
		question: 'Do refused requests count against the limit?',
		mark: '–',
		settledBy: 'Crazytel',
		switches: { refusedCount: false },
		requests: [],
	},
	{
		id: 'write-after-failure',
		question: 'Was a write made whose answer is a 500, or was lost?',
		mark: 'I',
		settledBy: 'Crazytel',
		switches: {},
		requests: [],
	},
	{
		id: 'answer-time',
		question: 'How long does an answer take?',
		mark: '–',
		settledBy: 'reading',
		switches: { latencyMs: 0 },
		requests: ['balance'],
		read: answerTime,
	},
	{
		id: 'answer-size',
		question: 'How long and how large can a whole answer be?',
		mark: '–',
		settledBy: 'Crazytel',
		switches: {},
		requests: [],
	},
	{
		id: 'broken-answers',
		question: 'Is every success JSON?',
		mark: 'I',
		settledBy: 'reading',
		switches: {},
		requests: ['balance'],
		read: broken,
	},
	{
		id: 'failed-2xx',
		question: 'Can a 2xx say that it failed?',
		mark: '–',
		settledBy: 'Crazytel',
		switches: {},
		requests: [],
	},
	{ id: 'conflict', question: 'Does a 409 pass?', mark: '–', settledBy: 'Crazytel', switches: {}, requests: [] },
	{
		id: 'host-redirect',
		question: 'Which host redirects?',
		mark: '–',
		settledBy: 'reading',
		switches: {},
		rows: ['The reference pages use the host `crazytel.io`'],
		requests: ['balance', 'balance-other-host'],
		read: hosts,
	},
];
