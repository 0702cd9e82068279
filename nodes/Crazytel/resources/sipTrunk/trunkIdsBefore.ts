import { ApiError } from '../../api/apiError';
import type { Item } from '../../run/item';

/**
 * Notes the trunks that exist before the run creates its first one.
 *
 * @returns their ids; undefined where they cannot be listed, which matters only if a reply is lost
 * @throws ApiError when the create would fail for the same reason, e.g. a wrong key
 */
export async function trunkIdsBefore(item: Item): Promise<ReadonlySet<string> | undefined> {
	const result = await item.lookups.trunkIds().catch((error: unknown) => error);
	if (result instanceof Set) return result;
	if (!(result instanceof ApiError) || result.stopsEverything) throw result;
	return undefined;
}
