import type { Thing } from '../api/body';
import { byAccount } from '../api/perAccount';
import type { Kind } from './kind';

/**
 * A list is taken as it is for so long before something is made because it does not show it, in milliseconds. Who
 * else makes it in that time is met at the end of the run. Shorter, and a run that keeps to 60 requests a minute
 * would spend more than a tenth of them on lists.
 */
const YOUNG_MS = 10_000;

/** One that took long to read, page by page, is taken for so many times that long. */
const TIMES_ITS_READING = 10;

/** A list as it was read. */
export interface Reading {
	listed: readonly Thing[];
	/** When it was asked for, as the ledger counts. */
	moment: number;
	/** Until when it is young, as the clock goes. */
	youngUntil: number;
}

/**
 * The newest whole list of each kind and account that this process has read. Held weakly: it is there for the
 * executions that run at one time, and goes with them.
 */
const newest = byAccount((): { reading?: WeakRef<Reading>; readonly isInUse: boolean } => ({
	get isInUse() {
		return this.reading?.deref() !== undefined;
	},
}));

/** @param startedAt when its request was sent, as the clock goes */
export function youngUntil(startedAt: number, endedAt: number): number {
	return startedAt + Math.max(YOUNG_MS, TIMES_ITS_READING * (endedAt - startedAt));
}

/** Offers a list to the other executions of this process. */
export function share(accountId: string, { name }: Pick<Kind, 'name'>, reading: Reading): void {
	newest(`${accountId} ${name}`).reading = new WeakRef(reading);
}

/** @returns undefined where nobody has read one, or nobody has it any more */
export function newestOf(accountId: string, { name }: Pick<Kind, 'name'>): Reading | undefined {
	return newest(`${accountId} ${name}`).reading?.deref();
}
