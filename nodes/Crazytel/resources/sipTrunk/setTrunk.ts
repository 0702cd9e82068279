import type { IDataObject } from 'n8n-workflow';

import { differences } from '../../run/differences';
import type { Item } from '../../run/item';
import type { SetValues } from '../../run/plan';
import { listed, listedForDryRun } from '../shared/listed';
import type { Given } from '../shared/settings';
import { checkNumbers } from '../shared/verifiedNumbers/check';
import { trunks } from '../shared/trunks/kind';
import type { TrunkLocator } from '../shared/trunks/locator';
import { settings, type TrunkSettings } from '../shared/trunks/settings';
import { trunkWithId, whichTrunk } from '../shared/trunks/trunk';

/** What is asked for beside the settings. */
interface Asked {
	isDryRun: boolean;
	onlyIfChanged?: boolean;
	/** Whether to compare the numbers with the verified ones. */
	checksNumbers?: boolean;
	/** The settings as they were written. */
	given?: () => Given<typeof settings>;
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
	{ isDryRun, onlyIfChanged = false, checksNumbers = false, given = () => ({}), shown }: Asked,
): Promise<SetValues> {
	const { id, called } = await whichTrunk(item, locator);
	const all = onlyIfChanged
		? await listed(item, trunks, 'Only If Changed', 'Switch Only If Changed off.')
		: isDryRun
			? await listedForDryRun(item, trunks)
			: undefined;
	if (isDryRun && all !== undefined) trunkWithId(all, id, called);
	// A number that the trunk has already is not sent, so it needs no check, and no request for one.
	if (checksNumbers) {
		await checkNumbers(item, settings, onlyIfChanged ? differences(trunks, all?.find(id), values) : values, given);
	}
	return {
		do: 'set',
		kind: trunks,
		id,
		called,
		values,
		onlyDifferences: onlyIfChanged,
		tellsChanges: onlyIfChanged,
		isDryRun,
		shown,
	};
}
