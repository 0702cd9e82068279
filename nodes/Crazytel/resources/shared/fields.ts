import type { INodeProperties } from 'n8n-workflow';

import { readFlag } from '../../input/flag';
import { readLimit } from '../../input/limit';
import type { Item } from '../../run/item';

export const returnAll: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

export const limit: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	description: 'Max number of results to return',
	displayOptions: { show: { returnAll: [false] } },
};

/**
 * How many results are wanted.
 *
 * @throws InvalidInput when either field cannot be read
 */
export function readMost(item: Item): number {
	return readFlag(returnAll.displayName, returnAll.name, item.parameter(returnAll.name))
		? Infinity
		: readLimit(item.parameter(limit.name));
}

export const dryRun: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: true,
	description: 'Whether to check everything and show what would be sent, without writing anything',
};

export const ignoreEmpty: INodeProperties = {
	displayName: 'Ignore Empty',
	name: 'ignoreEmpty',
	type: 'boolean',
	default: true,
	description:
		'Whether to leave out fields that are empty in an item, such as the holes in a table, instead of refusing the item',
};

export const onlyIfChanged: INodeProperties = {
	displayName: 'Only If Changed',
	name: 'onlyIfChanged',
	type: 'boolean',
	default: true,
	description:
		'Whether to send nothing where all is as asked for already, which is looked up with one request a run; the output says what was changed',
};

/**
 * The collection of an operation's options. An added one gets its default, so that is what its name says: true
 * (run/item.ts has the rule for one that was not added).
 *
 * @param inside in alphabetical order
 */
export function options(...inside: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: inside,
	};
}
