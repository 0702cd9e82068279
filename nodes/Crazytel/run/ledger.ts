import type { Trunk } from '../api/answers';
import { until } from '../api/clock';
import type { TrunkSettings } from '../validation/trunkSettings';
import type { WritePlan } from './operation';

/** So many trunks of this process are remembered for an account. */
const MOST_MADE = 10_000;

/** So many creates whose outcome is unknown are remembered for an account. */
const MOST_OPEN = 1_000;

/** A trunk that this process has made. */
interface Made {
	/** When that was known. */
	moment: number;
	description: string | undefined;
}

/** What this process knows of the creates of one account. */
export interface Ledger {
	/** By id, oldest first. Each belongs to an item, so that no other item takes it for its own. */
	made: Map<string, Made>;
	/** Creates that may have made a trunk which was not found, oldest first, by when they were sent. */
	open: Map<number, TrunkSettings>;
	/** Ends when the last create in line, and the look for its trunk, have ended. */
	tail: Promise<void>;
}

const ledgers = new Map<string, Ledger>();

/** @param accountId tells address and key apart, and reveals neither */
export function ledgerOf(accountId: string): Ledger {
	const known = ledgers.get(accountId) ?? { made: new Map(), open: new Map(), tail: Promise.resolve() };
	ledgers.set(accountId, known);
	return known;
}

let lastMoment = 0;

/** Counts what happens in this process, to tell what came first. */
export function nextMoment(): number {
	return ++lastMoment;
}

/** When a plan was sent, if its outcome is unknown. */
const sentAt = new WeakMap<WritePlan, number>();

/** Notes that a trunk of the plan may exist now. */
export function noteOpen(ledger: Ledger, plan: WritePlan): void {
	const moment = nextMoment();
	sentAt.set(plan, moment);
	// Kept for longer than the run, so without the password.
	ledger.open.set(moment, { ...plan.request.body, password: undefined });
	keepYoungest(ledger.open, MOST_OPEN);
}

/** Notes the trunk that came of the plan. */
export function noteMade(ledger: Ledger, plan: WritePlan, { id }: Trunk): void {
	ledger.made.set(id, { moment: nextMoment(), description: plan.request.body?.description });
	keepYoungest(ledger.made, MOST_MADE);
	ledger.open.delete(sentAt.get(plan) ?? 0);
}

/** The creates of others that may have made a trunk since that moment. */
export function openSince(ledger: Ledger, moment: number, plan?: WritePlan): TrunkSettings[] {
	const own = plan && sentAt.get(plan);
	return [...ledger.open].flatMap(([at, settings]) => (at > moment && at !== own ? [settings] : []));
}

/** The ids of the trunks that were made with that description since that moment. */
export function madeSince(ledger: Ledger, moment: number, description: string | undefined): string[] {
	return [...ledger.made].flatMap(([id, made]) =>
		made.moment > moment && made.description === description ? [id] : [],
	);
}

function keepYoungest<Key>(entries: Map<Key, unknown>, most: number): void {
	const [oldest] = entries.keys();
	if (entries.size > most && oldest !== undefined) entries.delete(oldest);
}

/**
 * Creates of one account go one after the other in the whole process: while one looks for its
 * trunk, no other one can make a trunk that looks the same.
 *
 * @throws Stopped when the execution is stopped while it waits for its turn
 */
export async function oneAfterTheOther<T>(
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
