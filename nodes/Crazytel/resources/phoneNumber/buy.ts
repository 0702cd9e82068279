import type { INodeProperties } from 'n8n-workflow';

import { isEmpty } from '../../input/empty';
import { flag } from '../../input/flag';
import { InvalidInput, readAll } from '../../input/invalidInput';
import type { Item } from '../../run/item';
import type { Operation } from '../../run/operation';
import { dryRun, options } from '../shared/fields';
import { ifListed, ifPartlyListed, partialWords } from '../shared/listed';
import { givenIn, readNew } from '../shared/settings';
import { numbers } from './kind';
import { type Purchase, purchaseRequest, purchaseSettings, REQUIRED } from './purchase';
import { nameOfRoute, ROUTES_TO_TRUNK } from './settings';

const { address_id, description, did_number, person_id, primary_destination, primary_route } = purchaseSettings;

/** No expression: what a person has not switched on, neither an item nor a model can. */
const acceptCharge: INodeProperties = {
	displayName: 'Accept Charge',
	name: 'acceptCharge',
	type: 'boolean',
	noDataExpression: true,
	default: false,
	description:
		'Whether the account may be charged for the number: once for the setup, and then every month, with no way back from here',
};

const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [description.field],
};

/** Money, every month: the one operation that cannot be undone, so it is done once, and only with a person's consent. */
export const buy: Operation = {
	value: 'buy',
	name: 'Buy',
	action: 'Buy phone number',
	description: 'Buy a phone number, charged for at once and every month; one that the account has is not bought again',
	properties: [
		did_number.field,
		address_id.field,
		person_id.field,
		{ ...primary_route.field, required: true },
		primary_destination.field,
		acceptCharge,
		additionalFields,
		options(dryRun),
	],
	async prepare(item) {
		const { purchase, accepts, isDryRun } = readAll({
			purchase: () => readPurchase(item),
			accepts: () => readAccepted(item),
			isDryRun: () => item.option(dryRun),
		});
		if (!accepts && !isDryRun)
			throw refused(
				'Accept Charge is off: nothing was bought.\nSwitch it on if the account may be charged for the number, once and every month.',
			);
		if (!accepts) item.hint('Accept Charge is off: without Dry Run nothing would be bought.');
		const { did_number: number } = purchase;
		// What a part of the list does not show may be in the rest of it, and would be paid for a second time.
		const part = await ifPartlyListed(item, numbers);
		if (part !== undefined && part.there(number) === undefined && !isDryRun) {
			const happened = `The account may have the number ${number} already: nothing was bought. ${partialWords(numbers, part, 'Buy it in the Crazytel portal.')}`;
			throw new InvalidInput([{ field: did_number.parameter, message: happened }]);
		}
		const isShown = part?.there(number) !== undefined;
		const before = isShown
			? part
			: await ifListed(
					item,
					numbers,
					'this node could not see whether the account has a number already. Check the numbers of the account in the Crazytel portal.',
				);
		const settings = {
			description: purchase.description,
			primary_route: purchase.primary_route,
			primary_destination: purchase.primary_destination,
		};
		return {
			do: 'obtain',
			kind: numbers,
			id: purchase.did_number,
			values: Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)),
			request: purchaseRequest(purchase),
			before,
			field: did_number.parameter,
			done: 'bought',
			mark: 'alreadyOwned',
			isDryRun,
		};
	},
};

function readPurchase(item: Item): Purchase {
	const byThemselves = { did_number, address_id, person_id, primary_route, primary_destination };
	const given = {
		...Object.fromEntries(
			Object.entries(byThemselves).map(([name, { parameter }]) => [name, item.parameter(parameter)]),
		),
		...givenIn({ description }, item.collection(additionalFields)),
	};
	const { purchase } = readAll({
		purchase: () => readNew(purchaseSettings, given, REQUIRED) as Purchase,
		destination: () => expectDestination(given),
	});
	return purchase;
}

/** With a route to a trunk it is certain that one has to be named. */
function expectDestination({ primary_route: given, primary_destination: destination }: Record<string, unknown>): void {
	const { data: route } = primary_route.reads.safeParse(given);
	if (route === undefined || !ROUTES_TO_TRUNK.includes(route) || !isEmpty(destination)) return;
	const message = `Destination is empty, and the Route ${nameOfRoute(route)} needs one.\nGive the username of a trunk, or choose the Route Congestion until there is one.`;
	throw new InvalidInput([{ field: primary_destination.parameter, message }]);
}

/**
 * What stands in the node itself, also in a workflow that was edited by hand: an expression might be a model's, or an
 * item's. n8n hands one that it does not evaluate over as it is written.
 */
function readAccepted(item: Item): boolean {
	const value = item.parameter(acceptCharge.name);
	if (item.isExpression(acceptCharge.name) || (typeof value === 'string' && value.includes('{{'))) {
		throw refused(
			'Accept Charge is set by an expression: nothing was bought.\nSwitch it on by hand: only a person may accept a charge, and no item or model.',
		);
	}
	const read = flag.safeParse(value);
	return read.success && read.data;
}

function refused(message: string): InvalidInput {
	return new InvalidInput([{ field: acceptCharge.name, message }]);
}
