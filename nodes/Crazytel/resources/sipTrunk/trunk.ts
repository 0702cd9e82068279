import { text, type Trunk } from '../../api/answers';
import { ApiError } from '../../api/apiError';
import type { Item } from '../../run/item';
import type { KnownTrunks } from '../../run/knownTrunks';
import { InvalidInput } from '../../validation/invalidInput';
import { shown } from '../../validation/shown';
import type { TrunkId } from '../../validation/trunkId';
import { readTrunkLocator, type TrunkLocator } from '../../validation/trunkLocator';
import { trunksLike } from './nearMatches';

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
	const trunks = await listedTrunks(item, 'By Username', 'Choose By ID and give the ID instead.');
	return trunkWithUsername(trunks, locator.username).id;
}

/**
 * Finds the trunk itself in the run's list.
 *
 * @throws InvalidInput when it is not there
 * @throws ApiError when the list cannot be read
 */
export async function findTrunk(item: Item, locator: TrunkLocator): Promise<Trunk> {
	const trunks = await listedTrunks(item, 'Get');
	if ('username' in locator) return trunkWithUsername(trunks, locator.username);
	const trunk = trunks.find(locator.id);
	if (trunk === undefined) throw missing(locator.id);
	return trunk;
}

/** The error for an id that is not in the list. */
export function missing(id: TrunkId): InvalidInput {
	return refused(
		`'${id}' is not in the account's list of trunks. Check its ID, or choose it again; it may have been deleted.`,
	);
}

/**
 * The run's list of trunks, for something that cannot do without.
 *
 * @param needer what needs it, as the editor calls it
 * @param otherwise what to do on an account that has no list
 * @throws ApiError that says so
 */
export async function listedTrunks(
	item: Item,
	needer: string,
	otherwise = 'It cannot be used with this account.',
): Promise<KnownTrunks> {
	const result = await item.lookups.trunks().catch((error: Error) => error);
	if (!(result instanceof Error)) return result;
	if (!(result instanceof ApiError)) throw result;
	const hasNoList = result.httpCode === '404' || result.httpCode === '405';
	throw new ApiError(
		`${needer} needs the list of trunks. ${result.happened}`,
		hasNoList ? `This account may have no list. ${otherwise} Or check the Base URL in the credential.` : result.cure,
		result.kind,
		result,
	);
}

/** @returns undefined where the list cannot be read and can be done without */
export async function trunksIfListed(item: Item): Promise<KnownTrunks | undefined> {
	const result = await item.lookups.trunks().catch((error: Error) => error);
	if (!(result instanceof Error)) return result;
	// The write would fail for the same reason, e.g. a wrong key.
	if (!(result instanceof ApiError) || result.stopsEverything) throw result;
	return undefined;
}

/** @returns e.g. `CT123456 (Sales team), CT654321 and 3 more` */
export function nameTrunks(trunks: Trunk[]): string {
	const names = trunks.slice(0, TRUNKS_IN_MESSAGE).map(({ id, username, description }) => {
		const name = text(username) === '' ? id : text(username);
		return text(description) === '' ? name : `${name} (${shown(text(description))})`;
	});
	const more = trunks.length - names.length;
	return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function trunkWithUsername(trunks: KnownTrunks, username: string): Trunk {
	const [found, ...others] = trunks.withUsername(username);
	if (found === undefined && !trunks.shows('username')) {
		throw refused(
			'cannot be found by its username: the list of trunks of this account shows no usernames. Choose By ID and give the ID instead.',
		);
	}
	if (found === undefined) throw refused(`${shown(username)} is no username of this account. ${nearMatches(trunks, username)}`);
	if (others.length > 0) {
		const ids = [found, ...others].map(({ id }) => id).join(', ');
		throw refused(`${shown(username)} is the username of several trunks. Choose By ID and give one of these: ${ids}.`);
	}
	return found;
}

function nearMatches(trunks: KnownTrunks, username: string): string {
	if (trunks.listed.length === 0) return 'The account has no trunk.';
	const near = trunksLike(trunks, username);
	if (near.length === 0) return `None of its ${trunks.listed.length} trunks has one like it. Choose the trunk from the list, or check the username.`;
	return `Near matches: ${nameTrunks(near)}. Check the username.`;
}

function refused(words: string): InvalidInput {
	return new InvalidInput([{ field: 'trunk', message: `Trunk ${words}` }]);
}
