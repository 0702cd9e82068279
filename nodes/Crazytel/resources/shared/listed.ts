import type { IDataObject } from 'n8n-workflow';

import { ApiError } from '../../api/apiError';
import { caught } from '../../api/caught';
import type { CollectionView } from '../../run/collection';
import type { Item } from '../../run/item';
import type { Kind } from '../../run/kind';

/**
 * The run's list of a kind, for something that cannot do without.
 *
 * @param needer what needs it, as the editor calls it
 * @param otherwise what to do on an account that has no list
 * @throws ApiError that says so
 */
export async function listed<Values extends IDataObject, KeyName extends string>(
	item: Item,
	kind: Kind<Values, KeyName>,
	needer: string,
	otherwise = 'It cannot be used with this account.',
	use?: { isForMaking: boolean },
): Promise<CollectionView<KeyName>> {
	const result = await caught(item.known.of(kind, use));
	if ('value' in result) return result.value;
	const { error } = result;
	if (!(error instanceof ApiError)) throw error;
	const hasNoList = error.httpCode === '404' || error.httpCode === '405';
	// That concerns more than the list.
	if (error.stopsEverything) throw error;
	const needs = `${needer} needs the list of ${kind.noun.many}.`;
	throw error.retold(
		error.isRefusedKey ? `${error.happened} ${needs}` : `${needs} ${error.happened}`,
		hasNoList ? `This account may have no list. ${otherwise} Or check the Base URL in the credential.` : error.cure,
	);
}

/** What is said where something needs a list that is not whole. */
export function partialWords({ noun }: Pick<Kind, 'noun'>): string {
	return `Crazytel says that the list of ${noun.many} goes on, and not how to get the rest of it, so this node does not see all of them`;
}

/** @returns undefined where the list cannot be read, or not all of it, and can be done without */
export async function ifListed<Values extends IDataObject, KeyName extends string>(
	item: Item,
	kind: Kind<Values, KeyName>,
): Promise<CollectionView<KeyName> | undefined> {
	const result = await caught(item.known.of(kind));
	if ('value' in result) return result.value.isWhole ? result.value : undefined;
	const { error } = result;
	// The write would fail for the same reason, e.g. a wrong key.
	if (!(error instanceof ApiError) || error.stopsEverything) throw error;
	return undefined;
}

/** The list with which a dry run is compared; without it the plan is shown as it is. */
export async function listedForDryRun<Values extends IDataObject, KeyName extends string>(
	item: Item,
	kind: Kind<Values, KeyName>,
): Promise<CollectionView<KeyName> | undefined> {
	const { one, many } = kind.noun;
	const collection = await ifListed(item, kind);
	if (collection === undefined) {
		item.hint(`The list of ${many} could not be read, so the dry run does not show what would change, and not whether each ${one} exists.`);
	}
	return collection;
}
