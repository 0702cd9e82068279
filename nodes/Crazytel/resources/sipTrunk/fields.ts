import type { INodeProperties } from 'n8n-workflow';

import type { Item } from '../../run/item';
import { fieldsOf, updateFieldsOf } from '../shared/settings';
import { settingsOfNew } from './kind';
import { settings } from './settings';

/** The trunk to work on. */
export const trunk: INodeProperties = {
	displayName: 'Trunk',
	name: 'trunk',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The SIP trunk to work on: from the list, by its ID, or by its username such as CT123456',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a trunk...',
			typeOptions: { searchListMethod: 'searchTrunks', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			// No validation: what is dropped on the field comes here, also a username.
			placeholder: 'e.g. 3f2b8c1e-5a4d-4c6b-9e7f-0a1b2c3d4e5f or CT123456',
		},
		{
			// The editor shows as much of it as of From List.
			displayName: 'By User',
			name: 'username',
			type: 'string',
			placeholder: 'e.g. CT123456',
		},
	],
};

export const passwordSource: INodeProperties = {
	displayName: 'Password Source',
	name: 'passwordSource',
	type: 'options',
	options: [
		{
			name: 'Generate',
			value: 'generate',
			description: 'Let the node make a strong password and show it in the output, once',
		},
		{
			name: 'Enter',
			value: 'enter',
			description: 'Use a password of your own',
		},
	],
	default: 'generate',
	description: 'Where the password comes from that devices register with',
};

export const password: INodeProperties = {
	...settings.password.field,
	required: true,
	displayOptions: { show: { passwordSource: ['enter'] } },
};

export const callerIdNumber: INodeProperties = { ...settings.caller_id_number.field, required: true };

/** The name of a new trunk. */
export const trunkDescription: INodeProperties = settingsOfNew.description.field;

/** The settings of a new trunk that do not stand by themselves in the form. */
export const additionalFields: INodeProperties = collection(
	'Additional Fields',
	'additionalFields',
	fieldsOf(settings, ['caller_id_number', 'description', 'password']),
);

export const updateFields: INodeProperties = collection('Update Fields', 'updateFields', updateFieldsOf(settings));

function collection(displayName: string, name: string, inside: INodeProperties[]): INodeProperties {
	return { displayName, name, type: 'collection', placeholder: 'Add Field', default: {}, options: inside };
}

export const checkNumbers: INodeProperties = {
	displayName: 'Check Numbers',
	name: 'checkNumbers',
	type: 'boolean',
	default: true,
	description:
		'Whether to compare the caller ID and the SMS sender with the verified numbers of the account before anything is written, at the cost of one request a run; on unless it is added and switched off',
};

/** The one option that is on unless it is added and switched off. */
export function checksNumbers(item: Item): boolean {
	return item.option(checkNumbers, true);
}

export const includePassword: INodeProperties = {
	displayName: 'Include Password',
	name: 'includePassword',
	type: 'boolean',
	default: true,
	description:
		'Whether the output holds the password that was entered; a generated one is always there, because it would be lost otherwise',
};

export const onlyIfChanged: INodeProperties = {
	displayName: 'Only If Changed',
	name: 'onlyIfChanged',
	type: 'boolean',
	default: true,
	description:
		'Whether to leave a trunk alone that is as asked for already, at the cost of one request a run; the output says what was changed',
};

export const updatePassword: INodeProperties = {
	displayName: 'Update Password',
	name: 'updatePassword',
	type: 'boolean',
	default: true,
	description:
		'Whether a trunk that exists gets the password too, each time this runs; its devices drop off until they are given it',
};
