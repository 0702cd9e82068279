import { text } from '../../../api/body';
import { shown, shownId } from '../../../input/shown';
import type { CollectionView } from '../../../run/collection';
import type { Item } from '../../../run/item';
import { listed, partialWords } from '../listed';
import type { Trunk } from './endpoints';
import { trunks } from './kind';
import { readTrunkLocator, refused, sendableId, type TrunkId, type TrunkLocator } from './locator';
import { trunksLike } from './nearMatches';

/** What a run knows of the account's trunks. */
export type Trunks = CollectionView<'username' | 'description'>;

/** So many trunks fit into a message that a person reads. */
const TRUNKS_IN_MESSAGE = 5;

/** What to do where a username is of no use. */
const INSTEAD = 'Give the ID of the trunk instead (By ID).';

/** @throws InvalidInput when the Trunk field holds nothing usable */
export function trunkOf(item: Item): TrunkLocator {
	return readTrunkLocator(item.locator('trunk'));
}

/**
 * Finds the trunk that is meant; a username is looked up in the run's list.
 *
 * @returns its id as it is sent, and how the user calls it, where that is otherwise
 * @throws InvalidInput when no trunk, or more than one, has the username, or its id is none
 * @throws ApiError when the list is needed and cannot be read
 */
export async function whichTrunk(
	item: Item,
	locator: TrunkLocator,
): Promise<{ id: TrunkId; called?: string | undefined }> {
	if ('id' in locator) return locator;
	const all = await listed(item, trunks, 'Finding a trunk by its username', INSTEAD);
	return { id: sendableId(trunkWithUsername(all, locator).id), called: locator.username };
}

/**
 * Finds the trunk itself in the run's list.
 *
 * @throws InvalidInput when it is not there
 * @throws ApiError when the list cannot be read
 */
export async function findTrunk(
	item: Item,
	locator: TrunkLocator,
	{ needer, otherwise }: { needer: string; otherwise?: string },
): Promise<Trunk> {
	const all = await listed(item, trunks, needer, otherwise);
	return 'username' in locator ? trunkWithUsername(all, locator) : trunkWithId(all, locator.id, locator.called);
}

/** @throws InvalidInput when it is not in the list */
export function trunkWithId(all: Trunks, id: TrunkId, called?: string): Trunk {
	// What was written a moment ago and is not listed so yet is not known, but it is there.
	const trunk = all.find(id) ?? all.listed.find((one) => one.id.toLowerCase() === id);
	if (trunk !== undefined) return trunk;
	const name = shownId(id, called);
	if (!all.isWhole) throw refused(`${name} may be among those that are not seen. ${partialWords(trunks, all)}`);
	throw refused(
		`${name} is not in the account's list of trunks.\nCheck its ID, or choose it again; it may have been deleted.`,
	);
}

/** @returns e.g. `CT123456 (Sales team), CT654321 and 3 more` */
export function nameTrunks(some: Trunk[]): string {
	return inShort(some, (trunk) => {
		const description = text(trunk.description);
		return description === '' ? nameOf(trunk) : `${nameOf(trunk)} (${shown(description)})`;
	});
}

/** @returns e.g. `CT123456, CT654321 and 3 more` */
export function shortNames(some: Trunk[]): string {
	return inShort(some, nameOf);
}

function inShort(some: Trunk[], named: (trunk: Trunk) => string): string {
	const more = some.length - TRUNKS_IN_MESSAGE;
	return `${some.slice(0, TRUNKS_IN_MESSAGE).map(named).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function nameOf({ id, username }: Trunk): string {
	return text(username) || id;
}

function trunkWithUsername(all: Trunks, locator: Extract<TrunkLocator, { username: string }>): Trunk {
	const { username, isGuess } = locator;
	const name = isGuess ? `${shown(username)} is no trunk ID, and` : shown(username);
	const [found, ...others] = all.by('username', username);
	if (found === undefined && !all.shows('username')) {
		throw refused(
			`${name} cannot be found as a username: the list of trunks of this account shows no usernames.\n${INSTEAD}`,
		);
	}
	if (found === undefined && !all.isWhole) {
		throw refused(`${name} may be among those that are not seen. ${partialWords(trunks, all, INSTEAD)}`);
	}
	if (found === undefined) {
		const isNone = isGuess ? 'is neither a trunk ID nor a username' : 'is no username';
		throw refused(`${shown(username)} ${isNone} of this account.\n${nearMatches(all, username)}`);
	}
	if (others.length > 0) {
		const ids = [found, ...others].map(({ id }) => id).join(', ');
		throw refused(
			`${shown(username)} is the username of several trunks.\nGive one of these IDs instead (By ID): ${ids}.`,
		);
	}
	return found;
}

function nearMatches(all: Trunks, username: string): string {
	if (all.listed.length === 0) return 'The account has no trunk.';
	const near = trunksLike(all, username);
	if (near.length === 0)
		return `None of its ${all.listed.length} trunks has one like it. Choose the trunk from the list, or check the username.`;
	return `Near matches: ${nameTrunks(near)}. Check the username.`;
}
