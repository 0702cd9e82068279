import type { IDataObject } from 'n8n-workflow';

import { ApiError } from '../../api/apiError';
import { caught } from '../../api/caught';
import { whyPartial } from '../../api/pages';
import { messageOf } from '../../input/words';
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

/**
 * What is said where something needs a list that is not whole.
 *
 * @param otherwise what to do, where another try will not help
 */
export function partialWords(
	kind: Pick<Kind, 'noun'>,
	{ listed }: Pick<CollectionView, 'listed'>,
	otherwise = '',
): string {
	const cure = whyPartial(listed) === 'doubted' ? 'Run it again in a minute.' : otherwise;
	return messageOf({ happened: `${whyNotWhole(kind, listed)}, so this node does not see all of them.`, cure });
}

function whyNotWhole({ noun }: Pick<Kind, 'noun'>, listed: object): string {
	return whyPartial(listed) === 'doubted'
		? `The list of ${noun.many} is suddenly much shorter than it was, and another one each time`
		: `Crazytel says that the list of ${noun.many} goes on, and not how to get the rest of it`;
}

/**
 * @param so what does not work without it: a hint says it, and why
 * @returns undefined where the list cannot be read, or not all of it, and can be done without
 */
export async function ifListed<Values extends IDataObject, KeyName extends string>(
	item: Item,
	kind: Kind<Values, KeyName>,
	so?: string,
): Promise<CollectionView<KeyName> | undefined> {
	const result = await caught(item.known.of(kind));
	if ('value' in result && result.value.isWhole) return result.value;
	// The write would fail for the same reason, e.g. a wrong key.
	if ('error' in result && (!(result.error instanceof ApiError) || result.error.stopsEverything)) throw result.error;
	const why =
		'value' in result ? whyNotWhole(kind, result.value.listed) : `The list of ${kind.noun.many} could not be read`;
	if (so !== undefined) item.hint(`${why}, so ${so}`);
	return undefined;
}

/** @returns the list where it shows a part only: what it does not show may be there all the same */
export async function ifPartlyListed<Values extends IDataObject, KeyName extends string>(
	item: Item,
	kind: Kind<Values, KeyName>,
): Promise<CollectionView<KeyName> | undefined> {
	const result = await caught(item.known.of(kind));
	return 'value' in result && !result.value.isWhole ? result.value : undefined;
}

/** The list with which a dry run is compared; without it the plan is shown as it is. */
export async function listedForDryRun<Values extends IDataObject, KeyName extends string>(
	item: Item,
	kind: Kind<Values, KeyName>,
): Promise<CollectionView<KeyName> | undefined> {
	return await ifListed(
		item,
		kind,
		`the dry run does not show what would change, and not whether each ${kind.noun.one} exists.`,
	);
}
