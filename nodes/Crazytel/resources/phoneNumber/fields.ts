import type { INodeProperties } from 'n8n-workflow';

import { updateFieldsOf } from '../shared/settings';
import { settings } from './settings';

export const updateFields: INodeProperties = {
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: updateFieldsOf(settings),
};

export const onlyIfChanged: INodeProperties = {
	displayName: 'Only If Changed',
	name: 'onlyIfChanged',
	type: 'boolean',
	default: true,
	description: 'Whether to leave a number alone that is as asked for already; the output says what was changed',
};
