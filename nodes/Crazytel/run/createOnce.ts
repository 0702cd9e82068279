import { ApiError } from '../api/apiError';
import type { Trunk } from '../api/answers';
import type { Client } from '../api/client';
import { clock, Stopped, until } from '../api/clock';
import { trunkListRequest } from '../api/endpoints';
import { readPhoneNumber } from '../validation/phoneNumber';
import type { TrunkSetting, TrunkSettings } from '../validation/trunkSettings';
import type { Plan, Writing } from './operation';

/** How long a trunk may take to turn up in the list, in milliseconds. */
const SECOND_LOOK_MS = 2_000;

/** So many trunks of this process are remembered for an account. */
const MOST_CLAIMED = 10_000;

/** So many creates whose outcome is unknown are remembered for an account. */
const MOST_OPEN = 1_000;

const STOPPED_LOOKING = 'The execution was canceled before this node could look for it.';

/** What this process knows of the creates of one account. */
interface Ledger {
	/** The ids of trunks that belong to an item, so that no other item takes them for its own. */
	claimed: Set<string>;
	/** Creates that may have made a trunk which was not found, oldest first, by when they were sent. */
	open: Map<number, TrunkSettings>;
	/** Ends when the last create in line, and the look for its trunk, have ended. */
	tail: Promise<void>;
}

const ledgers = new Map<string, Ledger>();

/** Counts what happens in this process, to tell what came first. */
let moment = 0;

/** When a plan was sent, if its outcome is unknown. */
const sentAt = new WeakMap<Plan, number>();

/** The trunks that were there before the run created its first one. */
export interface TrunksBefore {
	ids: ReadonlySet<string>;
	/** When the list was asked for. */
	moment: number;
}

/**
 * Notes the trunks that exist.
 *
 * @throws ApiError when they cannot be listed
 */
export async function noteTrunks(client: Client): Promise<TrunksBefore> {
	const asked = ++moment;
	const trunks = await client.send(trunkListRequest());
	return { ids: new Set(trunks.map(({ id }) => id)), moment: asked };
}

/**
 * Creates the trunk of a plan, once. Where the reply is lost, or says that something failed behind
 * the API, the request is never sent again: the trunk is looked for in the list instead.
 *
 * @returns the trunk; with `recovered: true` where it was found in the list
 * @throws ApiError, whose words say whether a trunk may exist and what to check
 * @throws Stopped before anything was sent
 */
export async function createOnce(plan: Plan, writing: Writing): Promise<Trunk> {
	const { client, uncertain } = writing;
	const ledger = ledgerOf(client.accountId);
	const result = await oneAfterTheOther(ledger, client.signal, async () => {
		const trunk =
			uncertain === undefined
				? await sendOrLook(plan, ledger, writing)
				: await lookFor(plan, uncertain, ledger, writing);
		ledger.claimed.add(trunk.id);
		keepYoungest(ledger.claimed, MOST_CLAIMED);
		ledger.open.delete(sentAt.get(plan) ?? 0);
		return trunk;
	}).catch((error: Error) => error);
	if (!(result instanceof Error)) return result;
	// Stopped while it waited for its turn to look: it was sent in an earlier try.
	throw result instanceof Stopped && uncertain !== undefined ? told(uncertain, STOPPED_LOOKING) : result;
}

async function sendOrLook(plan: Plan, ledger: Ledger, writing: Writing): Promise<Trunk> {
	const result = await writing.client.send(plan.request).catch((error: unknown) => error);
	if (!(result instanceof Error)) return result as Trunk;
	if (!(result instanceof ApiError) || !result.mayHaveActed) throw result;
	writing.rememberUncertain(result);
	sentAt.set(plan, ++moment);
	// Kept for longer than the run, so without the password.
	ledger.open.set(moment, { ...plan.request.body, password: undefined });
	keepYoungest(ledger.open, MOST_OPEN);
	return await lookFor(plan, result, ledger, writing);
}

/** Looks for a trunk that is new since the run began, has all that was sent, and is nobody else's. */
async function lookFor(plan: Plan, error: ApiError, ledger: Ledger, writing: Writing): Promise<Trunk> {
	const { trunksBefore, request } = plan;
	if (trunksBefore === undefined) {
		throw told(error, 'The list of trunks could not be read, so this node could not look for it.');
	}
	let strangers: Trunk[] = [];
	for (const waitMs of [0, SECOND_LOOK_MS]) {
		const list = await readList(writing.client, waitMs, request.body?.password ?? '');
		if (list instanceof Error) {
			throw told(error, list instanceof Stopped ? STOPPED_LOOKING : `This node could not look for it. ${list.message}`);
		}
		const fresh = list.filter(({ id }) => !trunksBefore.ids.has(id) && !ledger.claimed.has(id));
		const likely = fresh.filter((trunk) => likeness(trunk, request.body ?? {}) !== 'other');
		const [only] = likely;
		// Another create that was lost since may have made it as well.
		const isDisputed = [...ledger.open].some(
			([at, settings]) =>
				at !== sentAt.get(plan) &&
				at > trunksBefore.moment &&
				likely.some((trunk) => likeness(trunk, settings) !== 'other'),
		);
		const isSame = only !== undefined && likeness(only, request.body ?? {}) === 'same';
		if (isSame && likely.length === 1 && !isDisputed) {
			writing.hint(
				`The reply to creating trunk ${nameOf(only)} was lost. It was found in the list of trunks, as the only new one with these settings.`,
			);
			writing.client.countAsDone(request);
			return { ...only, recovered: true };
		}
		if (likely.length > 0) {
			throw told(error, `These new trunks may be the one: ${likely.map(nameOf).join(', ')}.`);
		}
		strangers = fresh;
	}
	throw new ApiError(
		`${error.happened} No trace of the trunk was found: no new trunk has these settings.${
			strangers.length === 0 ? '' : ` New trunks with other settings: ${strangers.map(nameOf).join(', ')}.`
		}`,
		'Most likely it was not created. Check the Crazytel portal, then run this item again in a new execution.',
		error.kind,
		error,
	);
}

/** The outcome is unknown; the cure of the first error says what to do. */
function told(error: ApiError, why: string): ApiError {
	return new ApiError(`${error.happened} ${why}`, error.cure, error.kind, error);
}

async function readList(client: Client, waitMs: number, password: string): Promise<Trunk[] | Error> {
	try {
		await clock.wait(waitMs, client.signal);
		return await client.send(trunkListRequest(), [password]);
	} catch (error) {
		return error as Error;
	}
}

/** `same`: has every setting that was sent. `perhaps`: the list does not show all of them. */
function likeness(trunk: Trunk, sent: TrunkSettings): 'same' | 'perhaps' | 'other' {
	// A password is never listed.
	const names = (Object.keys(sent) as TrunkSetting[]).filter((name) => name !== 'password');
	const shown = names.filter((name) => trunk[name] !== undefined && trunk[name] !== null);
	if (!shown.every((name) => isEqual(trunk[name], sent[name]))) return 'other';
	return shown.length === names.length ? 'same' : 'perhaps';
}

function isEqual(listed: unknown, sent: unknown): boolean {
	if (typeof sent === 'boolean') return listed === sent;
	return (
		String(listed).trim() === String(sent) ||
		(readPhoneNumber(sent) !== undefined && readPhoneNumber(listed) === readPhoneNumber(sent))
	);
}

function nameOf({ id, username }: Trunk): string {
	return typeof username === 'string' && username !== '' ? `${username} (${id})` : id;
}

function ledgerOf(accountId: string): Ledger {
	const known = ledgers.get(accountId) ?? {
		claimed: new Set<string>(),
		open: new Map<number, TrunkSettings>(),
		tail: Promise.resolve(),
	};
	ledgers.set(accountId, known);
	return known;
}

function keepYoungest<Key>(entries: Set<Key> | Map<Key, unknown>, most: number): void {
	const [oldest] = entries.keys();
	if (entries.size > most && oldest !== undefined) entries.delete(oldest);
}

/**
 * Creates of one account go one after the other in the whole process: while one looks for its
 * trunk, no other one can make a trunk that looks the same.
 */
async function oneAfterTheOther<T>(
	ledger: Ledger,
	signal: AbortSignal | undefined,
	action: () => Promise<T>,
): Promise<T> {
	const before = ledger.tail;
	let done = (): void => {};
	const mine = new Promise<void>((resolve) => (done = resolve));
	ledger.tail = before.then(async () => await mine);
	try {
		await until(before, signal);
		return await action();
	} finally {
		done();
	}
}
