import type { Ledger } from './ledger';
import type { Performing } from './performing';
import type { Make } from './plan';
import { recentOf } from './recent';

/** The same ids in lower case: one thing may be written in two ways. */
const lowered = new WeakMap<ReadonlySet<string>, ReadonlySet<string>>();

/** Whether an id stands there, in whatever case. */
export function hasId(ids: ReadonlySet<string> | undefined, id: string): boolean {
	if (ids === undefined || ids.has(id)) return ids !== undefined;
	const all = lowered.get(ids) ?? new Set([...ids].map((one) => one.toLowerCase()));
	lowered.set(ids, all);
	return all.has(id.toLowerCase());
}

/**
 * Whether a thing was there before a make of the plan was sent, by all that is known: the list before it, or what
 * could be read of it; and what this process has made, changed and removed.
 */
export function wasThere({ before, kind }: Make, id: string, ledger: Ledger, { client, known }: Performing): boolean {
	const listed = known.soFar(kind);
	// A list that is not whole is no `before`, but what it shows was there.
	const ids = before?.ids ?? (listed?.isWhole === false ? listed.ids : undefined);
	return hasId(ids, id) || ledger.made.has(id.toLowerCase()) || recentOf(client.accountId, kind).knows(id);
}
