import { text, type Trunk } from '../../api/answers';
import { isSame } from '../../run/differences';
import type { KnownTrunks } from '../../run/knownTrunks';
import type { Operation, ReadPlan } from '../../run/operation';
import { readFlag } from '../../validation/flag';
import { InvalidInput, readAll } from '../../validation/invalidInput';
import { readLimit, readTrunkFilters, type TrunkFilter, type TrunkFilters } from '../../validation/trunkFilters';
import * as fields from './fields';
import { listedTrunks } from './trunk';

/** The setting that each filter looks at. */
const SETTING_OF_FILTER = {
	callerIdNumber: 'caller_id_number',
	description: 'description',
	enabled: 'enabled',
	smsSender: 'sms_sender',
	username: 'username',
} as const satisfies Record<TrunkFilter, string>;

export const getMany: Operation<ReadPlan> = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many SIP trunks',
	description: 'Get the trunks of the account, all or those that fit the filters',
	properties: [
		fields.returnAll,
		fields.limit,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{
					...fields.callerIdNumber,
					description:
						'Only trunks with this caller ID. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
				},
				{ ...fields.description, description: 'Only trunks whose description contains this text, whatever its case' },
				{ ...fields.enabled, description: 'Whether to get only enabled trunks, as opposed to only suspended ones' },
				{
					...fields.smsSender,
					description:
						'Only trunks with this SMS sender. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
				},
				{
					displayName: 'Username',
					name: 'username',
					type: 'string',
					default: '',
					placeholder: 'e.g. CT123456',
					description: 'Only trunks whose username contains this text, whatever its case',
				},
			],
		},
	],
	async prepare(item) {
		const [limit, filters] = readAll(
			() =>
				readFlag('Return All', 'returnAll', item.parameter('returnAll'))
					? Infinity
					: readLimit(item.parameter('limit')),
			() => readTrunkFilters(item.collection('filters', 'Filters')),
		);
		const trunks = await listedTrunks(item, 'Get Many');
		for (const filter of Object.keys(filters) as TrunkFilter[]) assertShown(trunks, filter);
		const found: Trunk[] = [];
		for (const trunk of trunks.listed) {
			if (found.length >= limit) break;
			if (fits(trunk, filters)) found.push(trunk);
		}
		return { found };
	},
	perform: async ({ found }) => found.map((trunk) => ({ ...trunk })),
};

function fits(trunk: Trunk, { callerIdNumber, description, enabled, smsSender, username }: TrunkFilters): boolean {
	return (
		(callerIdNumber === undefined || isSame(trunk, 'caller_id_number', callerIdNumber)) &&
		(smsSender === undefined || isSame(trunk, 'sms_sender', smsSender)) &&
		(enabled === undefined || isSame(trunk, 'enabled', enabled)) &&
		(description === undefined || contains(trunk.description, description)) &&
		(username === undefined || contains(trunk.username, username))
	);
}

function contains(value: unknown, part: string): boolean {
	return text(value).toLowerCase().includes(part.toLowerCase());
}

/** A list that never shows a setting would fit no filter, as if there were no such trunk. */
function assertShown(trunks: KnownTrunks, filter: TrunkFilter): void {
	const setting = SETTING_OF_FILTER[filter];
	if (trunks.shows(setting)) return;
	throw new InvalidInput([
		{
			field: filter,
			message: `The list of trunks of this account does not show ${setting}, so it cannot be filtered by that. Remove the filter.`,
		},
	]);
}
