import { InvalidInput } from '../../input/invalidInput';
import type { PhoneNumber } from '../../input/phoneNumber';
import type { Item } from '../../run/item';
import type { SetValues } from '../../run/plan';
import { ifListed, listed, listedForDryRun } from '../shared/listed';
import type { OwnedNumber } from './entry';
import { numbers } from './kind';
import { ownedNumber } from './locator';
import { nameOfRoute, type NumberSettings, ROUTES_TO_TRUNK, settings } from './settings';

/** What is asked for beside the settings. */
interface Asked {
	isDryRun: boolean;
	onlyIfChanged: boolean;
}

/**
 * Plans to set some settings of one number. The list is read in any case: without it nobody could tell whether an
 * update leaves alone what it does not name.
 *
 * @throws InvalidInput when the number is not there, or a route has nowhere to go
 * @throws ApiError when the list is needed and cannot be read
 */
export async function setNumber(
	item: Item,
	number: PhoneNumber,
	values: NumberSettings,
	{ isDryRun, onlyIfChanged }: Asked,
): Promise<SetValues> {
	const all = onlyIfChanged
		? await listed(item, numbers, 'Only If Changed', 'Switch Only If Changed off.')
		: isDryRun
			? await listedForDryRun(item, numbers)
			: await ifListed(item, numbers);
	if (isDryRun && all !== undefined) ownedNumber(all, number);
	expectDestinations(values, all?.find(number));
	return {
		do: 'set',
		kind: numbers,
		id: number,
		values,
		onlyDifferences: onlyIfChanged,
		tellsChanges: onlyIfChanged,
		isDryRun,
	};
}

/** Refuses a route to a trunk where it is certain that no trunk is named. @param now the number, as far as it is known */
function expectDestinations(values: NumberSettings, now: OwnedNumber | undefined): void {
	const pairs = [
		['primary_route', 'primary_destination'],
		['backup_route', 'backup_destination'],
	] as const;
	const problems = pairs.flatMap(([route, destination]) => {
		const wanted = values[route];
		const hasNone = now !== undefined && [null, ''].includes(now[destination] as null);
		if (wanted === undefined || !ROUTES_TO_TRUNK.includes(wanted) || values[destination] !== undefined || !hasNone)
			return [];
		const { label, parameter } = settings[destination];
		const message = `${settings[route].label} ${nameOfRoute(wanted)} needs a ${label}, and the number has none.\nAdd ${label}, e.g. the username of a trunk, or use Route to Trunk.`;
		return [{ field: parameter, message }];
	});
	if (problems.length > 0) throw new InvalidInput(problems);
}
