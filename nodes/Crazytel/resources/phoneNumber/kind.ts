import type { Kind } from '../../run/kind';
import { listRequest, updateRequest } from './endpoints';
import { asGiven } from './entry';
import { type NumberSettings, settings } from './settings';

/** The account's phone numbers, as a run knows them. */
export const numbers: Kind<NumberSettings, 'number'> = {
	name: 'phoneNumber',
	noun: { one: 'phone number', many: 'phone numbers' },
	settings,
	keys: { number: { of: ({ id }) => id } },
	first: ['id', 'did_number', 'description', 'primary_route', 'primary_destination'],
	nameOf: () => '',
	mayResetOthers: true,
	asGiven,
	summaryOf: (number) => asGiven(number),
	afterLostSecrets: '',
	requests: { list: listRequest, set: updateRequest },
};
