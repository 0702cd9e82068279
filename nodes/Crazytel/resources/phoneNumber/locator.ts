import type { INodeProperties } from 'n8n-workflow';

import { isEmpty } from '../../input/empty';
import { InvalidInput } from '../../input/invalidInput';
import { type PhoneNumber, phoneNumber } from '../../input/phoneNumber';
import { isRecord } from '../../api/body';
import type { CollectionView } from '../../run/collection';
import type { Item } from '../../run/item';
import { partialWords } from '../shared/listed';
import { numberIn, type OwnedNumber } from './entry';

/**
 * The owned number to work on. No mode is named `id`, and none has to be: the number is what it goes by. Whatever the
 * mode, also one that the editor or a model has put in, what stands there is read as a number.
 */
export const phoneNumberField: INodeProperties = {
	displayName: 'Phone Number',
	name: 'phoneNumber',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The phone number to work on: from the list, or as it is written anywhere, such as (02) 9123 4567',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a phone number...',
			typeOptions: { searchListMethod: 'searchPhoneNumbers', searchable: true },
		},
		{
			displayName: 'By Number',
			name: 'number',
			type: 'string',
			placeholder: 'e.g. (02) 9123 4567',
		},
	],
};

/** @throws InvalidInput when the Phone Number field holds none */
export function phoneNumberOf(item: Item): PhoneNumber {
	const { value } = item.locator('phoneNumber');
	// An expression may give a whole entry.
	const written = isRecord(value) ? numberIn(value) : value;
	if (isEmpty(written)) {
		throw refused(
			'is empty.\nChoose it from the list, or give it, e.g. (02) 9123 4567. An expression may have found nothing in this item.',
		);
	}
	const parsed = phoneNumber.safeParse(written);
	if (parsed.success) return parsed.data;
	throw refused(parsed.error.issues[0]?.message ?? 'is no phone number.');
}

/**
 * @param all the account's numbers
 * @throws InvalidInput when it is not among them
 */
export function ownedNumber(all: CollectionView, number: PhoneNumber): OwnedNumber {
	// What was written a moment ago and is not listed so yet is not known, but it is there.
	const found = all.find(number) ?? all.listed.find(({ id }) => id === number);
	if (found !== undefined) return found;
	if (!all.isWhole)
		throw refused(
			`${number} may be among those that are not seen. ${partialWords({ noun: { one: '', many: 'phone numbers' } }, all)}`,
		);
	throw refused(`${number} is not in the account's list of phone numbers.\nCheck it, or choose it from the list.`);
}

/** @param words follow the field's name */
function refused(words: string): InvalidInput {
	return new InvalidInput([{ field: 'phoneNumber', message: `Phone Number ${words}` }]);
}
