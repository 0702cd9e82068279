import type { INodeProperties } from 'n8n-workflow';

import { fieldsOf, updateFieldsOf } from '../shared/settings';
import { settingsOfNew } from '../shared/trunks/kind';
import { settings } from '../shared/trunks/settings';
import { checkNumbersOption } from '../shared/verifiedNumbers/option';

export { trunk } from '../shared/trunks/field';

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

export const checkNumbers = checkNumbersOption('the caller ID and the SMS sender', 'written');

export const includePassword: INodeProperties = {
	displayName: 'Include Password',
	name: 'includePassword',
	type: 'boolean',
	default: true,
	description:
		'Whether the output holds the password that was entered; a generated one is always there, because it would be lost otherwise',
};

export const updatePassword: INodeProperties = {
	displayName: 'Update Password',
	name: 'updatePassword',
	type: 'boolean',
	default: true,
	description:
		'Whether a trunk that exists gets the password too, each time this runs; its devices drop off until they are given it',
};
