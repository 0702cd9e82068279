import type { Look } from './event';

/** What was noticed of a list, and is not believed yet. */
export interface Unsure {
	/** What the last list did not have: gone if the next one has not got it either. */
	missing: string[];
	/** A hash of what was missing where that was so much that the list was not believed; empty where it was. */
	doubted: string;
}

/** What a list is against the one before it. */
export interface ListChanges {
	appeared: string[];
	gone: string[];
	/** Whether anything of this list counts. */
	isBelieved: boolean;
	unsure: Unsure;
}

/**
 * Compares a list with the one before it. What is missing once may be so by a slip of the server: it is gone when two
 * lists in a row have not got it. A list that has lost more than half of its entries counts when the next one has lost the
 * very same.
 *
 * @param known what counts as there
 * @param listed what is listed now
 * @param isWhole whether the server has shown all of it; otherwise nothing is missing
 */
export function changesOf(look: Look, known: string[], before: Unsure, listed: string[], isWhole: boolean): ListChanges {
	const now = new Set(listed);
	const then = new Set(known);
	const absent = isWhole ? known.filter((key) => !now.has(key)) : [];
	const doubted = absent.length * 2 > known.length ? look.hash(absent.join('\n'), 16) : '';
	if (doubted !== '' && doubted !== before.doubted) {
		return { appeared: [], gone: [], isBelieved: false, unsure: { missing: absent, doubted } };
	}
	const wasMissing = new Set(before.missing);
	const gone = absent.filter((key) => wasMissing.has(key));
	return {
		appeared: [...now].filter((key) => !then.has(key)),
		gone,
		isBelieved: true,
		unsure: { missing: absent.filter((key) => !wasMissing.has(key)), doubted: '' },
	};
}
