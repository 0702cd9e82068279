import { isWhole } from '../../api/pages';
import { flag } from '../../input/flag';
import { readAll } from '../../input/invalidInput';
import { isSmsSender } from '../../input/phoneNumber';
import type { Operation } from '../../run/operation';
import { limit, readMost, returnAll } from '../shared/fields';
import { type Filter, filtersField, readFilters } from '../shared/filters';
import { verifiedNumbers } from '../shared/verifiedNumbers/endpoint';

const filters: Filter[] = [
	{
		field: {
			displayName: 'SMS Only',
			name: 'smsOnly',
			type: 'boolean',
			default: true,
			description: 'Whether to get only numbers that can send SMS: Australian mobile numbers, which start with 614',
		},
		label: 'SMS Only',
		of: 'number',
		reads: flag,
		fits: (number, isWanted) => isWanted !== true || isSmsSender(String(number)),
	},
];

const filtersOfNumbers = filtersField(filters);

export const getMany: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many verified numbers',
	description: 'Retrieve a list of the numbers that are verified for the account, which can be a caller ID',
	properties: [returnAll, limit, filtersOfNumbers],
	async prepare(item) {
		const { most, wanted } = readAll({
			most: () => readMost(item),
			wanted: () => readFilters(filters, item.collection(filtersOfNumbers)),
		});
		const all = await item.known.once(verifiedNumbers);
		if (!isWhole(all)) {
			item.hint(
				`Crazytel says that the list of verified numbers goes on, and not how to get the rest of it. The output has what could be read: ${all.length}.`,
			);
		}
		const found = all.filter(({ number }) => wanted.every(({ filter, value }) => filter.fits(number, value)));
		return {
			do: 'give',
			found: found
				.slice(0, most)
				.map(({ number, entry }) => ({ number, ...entry, ...(entry !== undefined && { number }) })),
		};
	},
};
