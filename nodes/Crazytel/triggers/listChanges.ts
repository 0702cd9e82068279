import { isWhole } from '../api/pages';
import type { ReadRequest } from '../api/request';
import type { Look } from './event';

/** What was noticed of a list, and is not believed yet. */
export interface Unsure {
	/** What the last list did not have: gone if the next one has not got it either. */
	missing: string[];
	/** A hash of what was missing where that was so much that the list was not believed; empty where it was. */
	doubted: string;
	/** Whether all was seen once. Until then nobody knows whether what appears is new. */
	hasSeenAll: boolean;
}

/** What a list is against the one before it. */
export interface ListChanges {
	/** What was not known. */
	appeared: string[];
	/** Whether that is new. */
	isNew: boolean;
	gone: string[];
	/** Whether anything of this list counts. */
	isBelieved: boolean;
	unsure: Unsure;
}

const PARTIAL =
	'Crazytel says that its list goes on, and not how to read the rest. Until a list is whole, nothing of it can be told to be new or gone.';

/**
 * Reads a list. The first one is read again where it is empty: all would be new to it, and it may be so by a slip.
 *
 * @throws ApiError, Stopped
 */
export async function readWatched<Entry>(
	look: Look,
	request: ReadRequest<Entry[]>,
	isFirst: boolean,
): Promise<Entry[]> {
	let listed = await look.read(request);
	if (isFirst && listed.length === 0) listed = await look.read(request);
	if (isFirst && !isWhole(listed)) look.warn(PARTIAL);
	return listed;
}

/**
 * Compares a list with the one before it. What is missing once may be so by a slip of the server: it is gone when two
 * lists in a row have not got it. A list that has lost more than half of its entries counts when the next one has lost the
 * very same.
 *
 * @param known what counts as there
 * @param listed what is listed now
 * @param isAll whether the server has shown all of it; otherwise nothing is missing, and what a later one has may not be new
 */
export function changesOf(look: Look, known: string[], before: Unsure, listed: string[], isAll: boolean): ListChanges {
	const now = new Set(listed);
	const then = new Set(known);
	const absent = isAll ? known.filter((key) => !now.has(key)) : [];
	const doubted = absent.length * 2 > known.length ? look.hash(absent.join('\n'), 16) : '';
	if (doubted !== '' && doubted !== before.doubted) {
		return {
			appeared: [],
			isNew: false,
			gone: [],
			isBelieved: false,
			unsure: { missing: absent, doubted, hasSeenAll: before.hasSeenAll },
		};
	}
	// What a list that was not believed has not got, counts only together with all that it has not got.
	const wasMissing = new Set(before.doubted === doubted ? before.missing : []);
	const gone = absent.filter((key) => wasMissing.has(key));
	return {
		appeared: [...now].filter((key) => !then.has(key)),
		isNew: before.hasSeenAll,
		gone,
		isBelieved: true,
		unsure: {
			missing: absent.filter((key) => !wasMissing.has(key)),
			doubted: '',
			hasSeenAll: before.hasSeenAll || isAll,
		},
	};
}
