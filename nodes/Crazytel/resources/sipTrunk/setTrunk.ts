import type { IDataObject } from 'n8n-workflow';

import { differences } from '../../run/differences';
import type { Item } from '../../run/item';
import type { SetValues } from '../../run/plan';
import { listed, listedForDryRun } from '../shared/listed';
import { checkNumbers } from '../shared/verifiedNumbers/check';
import { trunks } from './kind';
import { sendableId, type TrunkLocator } from './locator';
import { settings, type TrunkSettings } from './settings';
import { findTrunkId, trunkWithId } from './trunk';

/** What is asked for beside the settings. */
interface Asked {
	isDryRun: boolean;
	onlyIfChanged?: boolean;
	/** Whether to compare the numbers with the verified ones. */
	checksNumbers?: boolean;
	shown?: IDataObject | undefined;
}

/**
 * Plans to set some settings of one trunk.
 *
 * @throws InvalidInput when the trunk or a number cannot be used
 * @throws ApiError when a list is needed and cannot be read
 */
export async function setTrunk(
	item: Item,
	locator: TrunkLocator,
	values: TrunkSettings,
	{ isDryRun, onlyIfChanged = false, checksNumbers = false, shown }: Asked,
): Promise<SetValues> {
	const id = sendableId(await findTrunkId(item, locator));
	const all = onlyIfChanged
		? await listed(item, trunks, 'Only If Changed', 'Switch Only If Changed off.')
		: isDryRun
			? await listedForDryRun(item, trunks)
			: undefined;
	if (isDryRun && all !== undefined) trunkWithId(all, id);
	// A number that the trunk has already is not sent, so it needs no check, and no request for one.
	if (checksNumbers) {
		await checkNumbers(item, settings, onlyIfChanged ? differences(trunks, all?.find(id), values) : values);
	}
	return {
		do: 'set',
		kind: trunks,
		id,
		values,
		onlyDifferences: onlyIfChanged,
		tellsChanges: onlyIfChanged,
		isDryRun,
		shown,
	};
}
