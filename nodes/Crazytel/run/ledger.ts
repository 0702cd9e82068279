import type { IDataObject } from 'n8n-workflow';

import type { Thing } from '../api/body';
import { clock, until } from '../api/clock';
import { byAccount } from '../api/perAccount';
import { type Kind, withoutSecrets } from './kind';
import { LAG_MS, REMEMBERED_MS } from './lag';
import type { Make, Obtain } from './plan';
import { keepYoungest } from './youngest';

/** So many things of this process are remembered for an account and a kind. */
const MOST_MADE = 10_000;

/** So many makes whose outcome is unknown are remembered for an account and a kind. */
const MOST_OPEN = 1_000;

/** A thing that this process has made. */
interface Made {
	/** When that was known. */
	moment: number;
	/** What was sent, without secrets. */
	values: IDataObject;
}

/** A make whose outcome is unknown. */
interface Open {
	/** When it was sent, as the clock goes. */
	at: number;
	/** Of what goes by an id that was known beforehand. */
	id?: string;
	/** What was sent, without secrets. */
	values: IDataObject;
}

/** What this process knows of the makes of one kind in one account. */
export interface Ledger {
	/** By id in lower case, oldest first. Each belongs to an item, so that no other item takes it for its own. */
	made: Map<string, Made>;
	/** Makes that may have made a thing which was not found, oldest first, by when they were sent. */
	open: Map<number, Open>;
	/** Ends when the last make in line, and the look for its thing, have ended. */
	tail: Promise<void>;
	/** When it was last needed, as the clock goes. */
	usedAt: number;
	/** Whether what it knows may still count. */
	readonly isInUse: boolean;
}

const ledgers = byAccount(
	(): Ledger => ({
		made: new Map(),
		open: new Map(),
		tail: Promise.resolve(),
		usedAt: clock.now(),
		get isInUse() {
			return clock.now() - this.usedAt <= REMEMBERED_MS;
		},
	}),
);

/** @param accountId tells address and key apart, and reveals neither */
export function ledgerOf(accountId: string, { name }: Pick<Kind, 'name'>): Ledger {
	const ledger = ledgers(`${accountId} ${name}`);
	ledger.usedAt = clock.now();
	return ledger;
}

let lastMoment = 0;

/** Counts what happens in this process, to tell what came first. */
export function nextMoment(): number {
	return ++lastMoment;
}

/** When a plan was sent, if its outcome is unknown. */
const sentAt = new WeakMap<object, number>();

/** Notes that a thing of the plan may exist now, or, of one that was noted before, that it still may. */
export function noteOpen(ledger: Ledger, plan: Make | Obtain): void {
	const moment = nextMoment();
	ledger.open.delete(sentAt.get(plan) ?? 0);
	sentAt.set(plan, moment);
	ledger.open.set(moment, { at: clock.now(), values: kept(plan), ...(plan.do === 'obtain' && { id: plan.id }) });
	keepYoungest(ledger.open, MOST_OPEN);
}

/** Notes the thing that came of the plan. */
export function noteMade(ledger: Ledger, plan: Make | Obtain, { id }: Thing): void {
	ledger.made.set(id.toLowerCase(), { moment: nextMoment(), values: kept(plan) });
	keepYoungest(ledger.made, MOST_MADE);
	ledger.open.delete(sentAt.get(plan) ?? 0);
}

/** Kept for longer than the run, so without secrets. */
function kept({ kind, values }: Make | Obtain): IDataObject {
	return withoutSecrets(kind, values);
}

/** The makes of others that may have made a thing since that moment. */
export function openSince(ledger: Ledger, moment: number, plan?: Make): IDataObject[] {
	const own = plan && sentAt.get(plan);
	return [...ledger.open].flatMap(([sent, { values }]) => (sent > moment && sent !== own ? [values] : []));
}

/** The youngest make of a thing with this id that may have been carried out. */
export function openWith(ledger: Ledger, id: string): { moment: number; at: number } | undefined {
	const [newest] = [...ledger.open].reverse().filter(([, open]) => open.id === id);
	return newest && { moment: newest[0], at: newest[1].at };
}

/** Whether another plan has made the thing of this one since this one was sent. */
export function wasMadeByOther(ledger: Ledger, plan: Obtain): boolean {
	const made = ledger.made.get(plan.id.toLowerCase());
	return made !== undefined && made.moment > (sentAt.get(plan) ?? Infinity);
}

/** The makes that a list may not show yet: those that were sent a moment ago. */
export function openLately(ledger: Ledger): IDataObject[] {
	return [...ledger.open.values()].flatMap(({ at, values }) => (clock.now() - at <= LAG_MS ? [values] : []));
}

/** The ids of the things that were made since that moment, with values of which that is true. */
export function madeSince(ledger: Ledger, moment: number, fits: (values: IDataObject) => boolean): string[] {
	return [...ledger.made].flatMap(([id, made]) => (made.moment > moment && fits(made.values) ? [id] : []));
}

/**
 * Makes of one kind in one account go one after the other in the whole process: while one looks for its
 * thing, no other one can make a thing that looks the same.
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
