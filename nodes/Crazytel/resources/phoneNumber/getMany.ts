import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { text as textOf } from '../../api/body';
import { readAll } from '../../input/invalidInput';
import { readPhoneNumber } from '../../input/phoneNumber';
import { shown } from '../../input/shown';
import { text } from '../../input/text';
import { withWords } from '../../input/words';
import type { Operation } from '../../run/operation';
import { limit, readMost, returnAll } from '../shared/fields';
import { contains, type Filter, filtered, filtersField, readFilters } from '../shared/filters';
import { listed, partialWords } from '../shared/listed';
import { numbers } from './kind';
import { settings } from './settings';

/** A filter by a setting: it looks for the same value, unless it says otherwise. */
function bySetting(of: keyof typeof settings, description: string, more: Partial<Filter> = {}): Filter {
	const { field, label, isSame } = settings[of];
	return { field: { ...field, description }, label, of, reads: text, fits: isSame, ...more };
}

const number: INodeProperties = {
	displayName: 'Number',
	name: 'number',
	type: 'string',
	default: '',
	placeholder: 'e.g. (02) 9123 4567',
	description:
		'Only this number, however it is written, or those that have these digits; with 0 or + in front, those that begin so',
};

const withDigits = withWords(
	text.pipe(z.string().regex(/\d/)),
	(value) => `must have digits to look for, and it is ${shown(value)}.`,
);

/** A whole number is that one, a part is looked for among the digits: from their beginning, where it is a number's beginning. */
function hasDigits(listed: unknown, wanted: unknown): boolean {
	const whole = readPhoneNumber(wanted);
	if (whole !== undefined) return listed === whole;
	const [, prefix = '', rest = ''] = /^(\+|0011|00|0)?(\d*)$/.exec(String(wanted).replace(/[^\d+]/g, '')) ?? [];
	if (prefix === '') return textOf(listed).includes(rest);
	return textOf(listed).startsWith(prefix === '0' ? `61${rest}` : rest);
}

const filters: Filter[] = [
	bySetting('description', 'Only numbers whose description contains this text, whatever its case', { fits: contains }),
	bySetting(
		'primary_destination',
		'Only numbers whose destination contains this text, such as the username of a trunk',
		{ fits: contains },
	),
	{ field: number, label: 'Number', of: 'id', reads: withDigits, fits: hasDigits },
	bySetting('primary_route', 'Only numbers with this route; an expression may give a route that is not in the list', {
		reads: settings.primary_route.reads,
	}),
];

const filtersOfNumbers = filtersField(filters);

export const getMany: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many phone numbers',
	description:
		"Retrieve a list of phone numbers; not in Crazytel's public documentation, so it may not work for your account",
	properties: [returnAll, limit, filtersOfNumbers],
	async prepare(item) {
		const { most, wanted } = readAll({
			most: () => readMost(item),
			wanted: () => readFilters(filters, item.collection(filtersOfNumbers)),
		});
		const all = await listed(item, numbers, 'Get Many');
		if (!all.isWhole)
			item.hint(`${partialWords(numbers, all)} The output has what could be read: ${all.listed.length}.`);
		return { do: 'give', kind: numbers, found: filtered(all, numbers.noun.many, wanted, most) };
	},
};
