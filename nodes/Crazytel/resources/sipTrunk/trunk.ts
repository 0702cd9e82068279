import { text } from '../../api/body';
import { shown } from '../../input/shown';
import type { CollectionView } from '../../run/collection';
import type { Item } from '../../run/item';
import { listed, partialWords } from '../shared/listed';
import type { Trunk } from './endpoints';
import { trunks } from './kind';
import { readTrunkLocator, refused, type TrunkId, type TrunkLocator } from './locator';
import { trunksLike } from './nearMatches';

/** What a run knows of the account's trunks. */
export type Trunks = CollectionView<'username' | 'description'>;

/** So many trunks fit into a message that a person reads. */
const TRUNKS_IN_MESSAGE = 5;

/** @throws InvalidInput when the Trunk field holds nothing usable */
export function trunkOf(item: Item): TrunkLocator {
	return readTrunkLocator(item.locator('trunk'));
}

/**
 * Finds the id of the trunk that is meant; a username is looked up in the run's list.
 *
 * @throws InvalidInput when no trunk, or more than one, has the username
 * @throws ApiError when the list is needed and cannot be read
 */
export async function findTrunkId(item: Item, locator: TrunkLocator): Promise<TrunkId> {
	if ('id' in locator) return locator.id;
	const all = await listed(item, trunks, 'By Username', 'Choose By ID and give the ID instead.');
	return trunkWithUsername(all, locator.username).id.toLowerCase();
}

/**
 * Finds the trunk itself in the run's list.
 *
 * @throws InvalidInput when it is not there
 * @throws ApiError when the list cannot be read
 */
export async function findTrunk(item: Item, locator: TrunkLocator): Promise<Trunk> {
	const all = await listed(item, trunks, 'Get');
	if ('username' in locator) return trunkWithUsername(all, locator.username);
	return trunkWithId(all, locator.id);
}

/** @throws InvalidInput when it is not in the list */
export function trunkWithId(all: Trunks, id: TrunkId): Trunk {
	// What was written a moment ago and is not listed so yet is not known, but it is there.
	const trunk = all.find(id) ?? all.listed.find((one) => one.id.toLowerCase() === id);
	if (trunk !== undefined) return trunk;
	if (!all.isWhole) throw refused(`'${id}' may be among those that are not seen. ${partialWords(trunks)}.`);
	throw refused(`'${id}' is not in the account's list of trunks. Check its ID, or choose it again; it may have been deleted.`);
}

/** @returns e.g. `CT123456 (Sales team), CT654321 and 3 more` */
export function nameTrunks(some: Trunk[]): string {
	const names = some.slice(0, TRUNKS_IN_MESSAGE).map(({ id, username, description }) => {
		const name = text(username) === '' ? id : text(username);
		return text(description) === '' ? name : `${name} (${shown(text(description))})`;
	});
	const more = some.length - names.length;
	return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function trunkWithUsername(all: Trunks, username: string): Trunk {
	const [found, ...others] = all.by('username', username);
	if (found === undefined && !all.shows('username')) {
		throw refused(
			'cannot be found by its username: the list of trunks of this account shows no usernames. Choose By ID and give the ID instead.',
		);
	}
	if (found === undefined && !all.isWhole) {
		throw refused(`${shown(username)} may be among those that are not seen. ${partialWords(trunks)}. Choose By ID and give the ID instead.`);
	}
	if (found === undefined) throw refused(`${shown(username)} is no username of this account. ${nearMatches(all, username)}`);
	if (others.length > 0) {
		const ids = [found, ...others].map(({ id }) => id).join(', ');
		throw refused(`${shown(username)} is the username of several trunks. Choose By ID and give one of these: ${ids}.`);
	}
	return found;
}

function nearMatches(all: Trunks, username: string): string {
	if (all.listed.length === 0) return 'The account has no trunk.';
	const near = trunksLike(all, username);
	if (near.length === 0) return `None of its ${all.listed.length} trunks has one like it. Choose the trunk from the list, or check the username.`;
	return `Near matches: ${nameTrunks(near)}. Check the username.`;
}
