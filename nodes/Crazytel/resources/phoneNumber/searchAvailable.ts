import type { INodeProperties } from 'n8n-workflow';

import { isWhole } from '../../api/pages';
import { readAll } from '../../input/invalidInput';
import { text } from '../../input/text';
import type { Operation } from '../../run/operation';
import { limit, readMost, returnAll } from '../shared/fields';
import { type Filter, filtersField, readFilters } from '../shared/filters';
import { searchRequest } from './endpoints';

const STATES = ['ACT', 'NSW', 'NT', 'QLD', 'SA', 'TAS', 'VIC', 'WA'];

/** The API filters by it (docs/crazytel-api.md#phone-numbers); its values are not documented. */
function filter(of: string, field: INodeProperties): Filter {
	return { field, label: field.displayName, of, reads: text, fits: () => true };
}

const filters: Filter[] = [
	filter('city', {
		displayName: 'City',
		name: 'city',
		type: 'string',
		default: '',
		placeholder: 'e.g. Sydney',
		description:
			'Only numbers of this city, as Crazytel writes it: some names have an underscore, such as Coffs_Harbour',
	}),
	filter('country', {
		displayName: 'Country',
		name: 'country',
		type: 'string',
		default: 'AU',
		placeholder: 'e.g. AU',
		description: 'Only numbers of this country, as Crazytel writes it',
	}),
	filter('number_type', {
		displayName: 'Number Type',
		name: 'numberType',
		type: 'string',
		default: '',
		placeholder: 'e.g. the type of a number that a search has given',
		description: 'Only numbers of this type, as Crazytel writes it',
	}),
	filter('state', {
		displayName: 'State',
		name: 'state',
		type: 'options',
		options: STATES.map((state) => ({ name: state, value: state })),
		allowArbitraryValues: true,
		default: 'NSW',
		description: 'Only numbers of this state; an expression may give one that is not in the list',
	}),
];

const filtersOfSearch = filtersField(filters);

export const searchAvailable: Operation = {
	value: 'searchAvailable',
	name: 'Search Available',
	action: 'Search available phone numbers',
	description: 'Search for phone numbers to buy; each search shows a sample that changes, not the whole stock',
	properties: [returnAll, limit, filtersOfSearch],
	async prepare(item) {
		const { most, wanted } = readAll({
			most: () => readMost(item),
			wanted: () => readFilters(filters, item.collection(filtersOfSearch)),
		});
		const query = Object.fromEntries(wanted.map(({ filter: { of }, value }) => [of, String(value)]));
		const found = await item.known.once(searchRequest(query));
		if (!isWhole(found)) {
			item.hint(
				`Crazytel says that its answer goes on, and not how to get the rest of it. The output has what could be read: ${found.length}.`,
			);
		}
		return { do: 'give', found: found.slice(0, most) };
	},
};
