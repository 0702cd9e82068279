import { text } from '../../api/body';
import { isSameFlag } from '../../input/flag';
import { InvalidInput, readAll } from '../../input/invalidInput';
import type { Operation } from '../../run/operation';
import { dryRun, onlyIfChanged, options } from '../shared/fields';
import { trunk as trunkField } from '../shared/trunks/field';
import { findTrunk, trunkOf } from '../shared/trunks/trunk';
import { phoneNumberField, phoneNumberOf } from './locator';
import { setNumber } from './setNumber';

/** An update with the route and the trunk's username (docs/crazytel-api.md#phone-numbers). */
export const routeToTrunk: Operation = {
	value: 'routeToTrunk',
	name: 'Route to Trunk',
	action: 'Route phone number to trunk',
	description:
		"Send a number's calls to a SIP trunk; not all of it is in Crazytel's public documentation, and it may not work",
	properties: [
		phoneNumberField,
		{
			...trunkField,
			description: 'The SIP trunk that takes the calls: from the list, by its ID, or by its username such as CT123456',
		},
		options(dryRun, onlyIfChanged),
	],
	async prepare(item) {
		const { number, trunk, ...asked } = readAll({
			number: () => phoneNumberOf(item),
			trunk: () => trunkOf(item),
			isDryRun: () => item.option(dryRun),
			onlyIfChanged: () => item.option(onlyIfChanged),
		});
		const { id, username, enabled } = await findTrunk(item, trunk, {
			needer: 'Route to Trunk',
			otherwise: "Use Update, with the Route SIP Trunk Device and the trunk's username as Destination.",
		});
		const destination = text(username);
		if (destination === '') {
			const message = `Trunk ${id} has no username in the account's list of trunks, so calls cannot be sent to it.\nUse Update, with the Route SIP Trunk Device and the trunk's username as Destination.`;
			throw new InvalidInput([{ field: 'trunk', message }]);
		}
		if (isSameFlag(enabled, false))
			item.hint(`The trunk ${destination} is suspended: it takes no calls until it is enabled.`);
		return await setNumber(item, number, { primary_route: 'device', primary_destination: destination }, asked);
	},
};
