import type { INodeProperties } from 'n8n-workflow';

import { readAll } from '../../input/invalidInput';
import type { Operation } from '../../run/operation';
import { dryRun, ignoreEmpty, onlyIfChanged, options } from '../shared/fields';
import { givenIn, readUpdate, updateFieldsOf } from '../shared/settings';
import { phoneNumberField, phoneNumberOf } from './locator';
import { setNumber } from './setNumber';
import { settings } from './settings';

const updateFields: INodeProperties = {
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: updateFieldsOf(settings),
};

export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update phone number',
	description:
		'Change what is added below; if Crazytel changes anything else, which it does not document, you are told',
	properties: [phoneNumberField, updateFields, options(dryRun, ignoreEmpty, onlyIfChanged)],
	async prepare(item) {
		const { number, values, ...asked } = readAll({
			number: () => phoneNumberOf(item),
			values: () =>
				readUpdate(settings, givenIn(settings, item.collection(updateFields)), item.option(ignoreEmpty), (parameter) =>
					item.isExpression(updateFields.name, parameter),
				),
			isDryRun: () => item.option(dryRun),
			onlyIfChanged: () => item.option(onlyIfChanged),
		});
		return await setNumber(item, number, values, asked);
	},
};
