import { updateTrunkRequest } from '../../api/endpoints';
import { differences } from '../../run/differences';
import type { Item } from '../../run/item';
import type { WritePlan } from '../../run/operation';
import type { TrunkLocator } from '../../validation/trunkLocator';
import type { TrunkSettings } from '../../validation/trunkSettings';
import { findTrunkId, listedTrunks, missing, trunksIfListed } from './trunk';
import { checkNumbers } from './verifiedNumbers';

/** What is asked for beside the settings. */
interface Asked {
	isDryRun: boolean;
	onlyIfChanged: boolean;
	/** Whether to compare the numbers with the verified ones. */
	isToCheck?: boolean;
	shownPassword?: string | undefined;
}

/**
 * Plans an update of one trunk.
 *
 * @throws InvalidInput when the trunk or a number cannot be used
 * @throws ApiError when a list is needed and cannot be read
 */
export async function planUpdate(
	item: Item,
	locator: TrunkLocator,
	settings: TrunkSettings,
	{ isDryRun, onlyIfChanged, isToCheck = false, shownPassword }: Asked,
): Promise<WritePlan> {
	const id = await findTrunkId(item, locator);
	const trunks = onlyIfChanged
		? await listedTrunks(item, 'Only If Changed', 'Switch Only If Changed off.')
		: isDryRun
			? await listedForDryRun(item)
			: undefined;
	const before = trunks?.find(id);
	if (isDryRun && trunks !== undefined && before === undefined) throw missing(id);
	// A number that the trunk has already is not sent, so it needs no check, and no request for one.
	if (isToCheck) await checkNumbers(item, onlyIfChanged ? differences(before, settings) : settings);
	return {
		request: updateTrunkRequest(id, settings),
		isDryRun,
		sendsDifferences: onlyIfChanged,
		showsChanges: onlyIfChanged,
		...(shownPassword !== undefined && { shownPassword }),
	};
}

/** The list with which a dry run is compared; without it the plan is shown as it is. */
export async function listedForDryRun(item: Item): ReturnType<typeof trunksIfListed> {
	const trunks = await trunksIfListed(item);
	if (trunks === undefined) {
		item.hint('The list of trunks could not be read, so the dry run does not show what would change, and not whether each trunk exists.');
	}
	return trunks;
}
