import type { Operation } from '../../run/operation';
import { listed } from '../shared/listed';
import { numbers } from './kind';
import { ownedNumber, phoneNumberField, phoneNumberOf } from './locator';

/** The API is not known to give a single number, so it is taken from the list (docs/crazytel-api.md#phone-numbers). */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get phone number',
	description: "Retrieve a phone number; not in Crazytel's public documentation, so it may not work for your account",
	properties: [phoneNumberField],
	async prepare(item) {
		const number = phoneNumberOf(item);
		return { do: 'give', kind: numbers, found: [ownedNumber(await listed(item, numbers, 'Get'), number)] };
	},
};
