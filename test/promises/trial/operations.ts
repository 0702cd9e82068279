import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { isRecord } from '../../../nodes/Crazytel/api/body';
import type { Endpoint } from '../../../nodes/Crazytel/api/request';
import { isEmpty } from '../../../nodes/Crazytel/input/empty';
import { InvalidInput } from '../../../nodes/Crazytel/input/invalidInput';
import { dryRun, options } from '../../../nodes/Crazytel/resources/shared/fields';
import type { Item } from '../../../nodes/Crazytel/run/item';
import type { Operation } from '../../../nodes/Crazytel/run/operation';

/** What is said of an act whose outcome nobody knows. */
export const AFTER_UNKNOWN = 'It is unknown whether the bell was rung. Ask at the door before you ring again.';

function read(body: unknown): IDataObject | undefined {
	return isRecord(body) && typeof body.of === 'string' ? body : undefined;
}

const ringBell: Endpoint<IDataObject, 'act'> = {
	name: 'ringBell',
	effect: 'act',
	words: { doing: 'ringing the bell', afterUnknown: AFTER_UNKNOWN },
	read,
};

const whoIsThere: Endpoint<IDataObject, 'read'> = {
	name: 'whoIsThere',
	effect: 'read',
	words: { doing: 'asking who is there' },
	read,
};

function houseOf(item: Item): string {
	const house = item.parameter('house');
	if (!isEmpty(house) && typeof house === 'string') return house;
	throw new InvalidInput([{ field: 'house', message: 'House is empty. Give the name of a house.' }]);
}

const house = {
	displayName: 'House',
	name: 'house',
	type: 'string',
	default: '',
	description: 'Whose door it is',
} as const;

/** Acts once: nothing can be looked for afterwards. */
const ring: Operation = {
	value: 'ring',
	name: 'Ring',
	action: 'Ring a bell',
	description: 'Ring the bell of a house',
	properties: [
		house,
		{ displayName: 'Password', name: 'password', type: 'string', typeOptions: { password: true }, default: '' },
		{ displayName: 'Key', name: 'key', type: 'string', default: '' },
		options(dryRun),
	],
	async prepare(item) {
		const of = houseOf(item);
		const password = String(item.parameter('password'));
		const key = String(item.parameter('key'));
		return {
			do: 'act',
			name: `the bell of ${of}`,
			isDryRun: item.option(dryRun),
			request: {
				endpoint: ringBell,
				method: 'POST',
				path: '/trial/bells',
				body: { of, ...(password !== '' && { password }) },
				...(password !== '' && { secrets: [password] }),
				...(key !== '' && { idempotencyKey: key }),
			},
		};
	},
};

/** Asks for this item alone, with a query. */
const call: Operation = {
	value: 'call',
	name: 'Call',
	action: 'Call at a door',
	description: 'Ask who is in a house',
	properties: [house],
	async prepare(item) {
		return {
			do: 'ask',
			request: { endpoint: whoIsThere, method: 'GET', path: '/trial/doors', query: { of: houseOf(item), knocks: 3 } },
		};
	},
};

/** They stand in no registry; only the tests have them. */
export const trialOperations: Operation[] = [ring, call];

const menu = (name: string): INodeProperties => ({ displayName: name, name, type: 'string', default: '' });

const fields = new Map(trialOperations.flatMap(({ properties }) => properties.map((field) => [field.name, field])));

export const trialProperties: INodeProperties[] = [menu('resource'), menu('operation'), ...fields.values()];

/** Looks up an operation of the trial resource, as the registry does. */
export function findTrial(_resource: unknown, value: unknown): Operation {
	const operation = trialOperations.find((one) => one.value === value);
	if (operation !== undefined) return operation;
	throw new InvalidInput([{ field: 'operation', message: 'There is no such trial.' }]);
}
