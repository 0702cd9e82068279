import type { INodeProperties } from 'n8n-workflow';

import { readAll } from '../../input/invalidInput';
import { phoneNumber } from '../../input/phoneNumber';
import { text } from '../../input/text';
import type { Operation } from '../../run/operation';
import { limit, readMost, returnAll } from '../shared/fields';
import { contains, type Filter, filtered, filtersField, readFilters } from '../shared/filters';
import { listed, partialWords } from '../shared/listed';
import { trunks } from '../shared/trunks/kind';
import { settings } from '../shared/trunks/settings';

/** A filter by a setting: it looks for the same value, and is read like the setting unless it says otherwise. */
function bySetting(name: keyof typeof settings, description: string, more: Partial<Filter> = {}): Filter {
	const { field, label, reads, isSame } = settings[name];
	return { field: { ...field, description }, label, of: name, reads, fits: isSame, ...more };
}

const username: INodeProperties = {
	displayName: 'Username',
	name: 'username',
	type: 'string',
	default: '',
	placeholder: 'e.g. CT123456',
	description: 'Only trunks whose username, such as CT123456, contains this text, whatever its case',
};

const filters: Filter[] = [
	bySetting(
		'caller_id_number',
		'Only trunks with this caller ID, such as 61291234567. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	),
	bySetting('description', 'Only trunks whose description contains this text, whatever its case', {
		reads: text,
		fits: contains,
	}),
	bySetting('enabled', 'Whether to get only enabled trunks, as opposed to only suspended ones'),
	// Any number may be looked for; only one that is set must be able to send.
	bySetting(
		'sms_sender',
		'Only trunks with this SMS sender, such as 61412345678. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		{ reads: phoneNumber },
	),
	{ field: username, label: 'Username', of: 'username', reads: text, fits: contains },
];

const filtersOfTrunks = filtersField(filters);

export const getMany: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many SIP trunks',
	description: 'Retrieve a list of trunks of the account, all or those that fit the filters',
	properties: [returnAll, limit, filtersOfTrunks],
	async prepare(item) {
		const { most, wanted } = readAll({
			most: () => readMost(item),
			wanted: () => readFilters(filters, item.collection(filtersOfTrunks)),
		});
		const all = await listed(item, trunks, 'Get Many');
		if (!all.isWhole)
			item.hint(`${partialWords(trunks, all)} The output has what could be read: ${all.listed.length}.`);
		return { do: 'give', kind: trunks, found: filtered(all, trunks.noun.many, wanted, most) };
	},
};
