import { ApiError } from '../../api/apiError';
import type { TrunksBefore } from '../../run/createOnce';
import type { Item } from '../../run/item';

/**
 * Notes the trunks that exist before the run creates its first one.
 *
 * @returns undefined where they cannot be listed, which matters only if a reply is lost
 * @throws ApiError when the create would fail for the same reason, e.g. a wrong key
 */
export async function trunksBefore(item: Item): Promise<TrunksBefore | undefined> {
	const result = await item.lookups.trunksBefore().catch((error: Error) => error);
	if (!(result instanceof Error)) return result;
	if (!(result instanceof ApiError) || result.stopsEverything) throw result;
	return undefined;
}
