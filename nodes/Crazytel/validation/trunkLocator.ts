import { InvalidInput } from './invalidInput';
import { shown } from './shown';
import { isEmpty } from './trunkSettings';
import { readTrunkId, TRUNK_ID, type TrunkId } from './trunkId';

/** Which trunk is meant. A username is as given; only the list of trunks can tell whether it exists. */
export type TrunkLocator = { id: TrunkId } | { username: string };

/**
 * Reads what a resource locator holds.
 *
 * @param mode `list`, `id` or `username`; a locator without one holds an id
 * @throws InvalidInput when it is empty, or cannot be what the mode says
 */
export function readTrunkLocator({ mode, value }: { mode: unknown; value: unknown }): TrunkLocator {
	return mode === 'username' ? { username: readUsername(value) } : { id: readTrunkId(value) };
}

/** Usernames of older accounts are numbers (docs/crazytel-api.md#sip-trunk), so no form is asked for. */
function readUsername(value: unknown): string {
	if (isEmpty(value)) {
		throw refused('is empty. Give its username, e.g. CT123456. An expression may have found nothing in this item.');
	}
	const username = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : undefined;
	if (username === undefined) throw refused(`must be a username such as CT123456, and it is ${shown(value)}.`);
	if (TRUNK_ID.test(username)) {
		throw refused(`${shown(username)} looks like a trunk ID, not a username. Choose By ID, or give the username, e.g. CT123456.`);
	}
	return username;
}

function refused(words: string): InvalidInput {
	return new InvalidInput([{ field: 'trunk', message: `Trunk ${words}` }]);
}
