import type { INodeProperties } from 'n8n-workflow';

import { InvalidInput } from '../input/invalidInput';
import { shown } from '../input/shown';
import { balanceLow } from './balanceLow';
import { callRecordAdded } from './callRecords/added';
import { spendHigh } from './callRecords/spendHigh';
import type { Event } from './event';
import { numberVerified } from './numberVerified';
import { trunkChanged } from './trunkChanged';

/** The only list of events, in the alphabetical order of their names: the menu and the fields are derived from it. */
export const events: Event[] = [balanceLow, callRecordAdded, numberVerified, spendHigh, trunkChanged];

const EVENT = 'event';

/** The menu, then what is said of a preview, the fields and the options of each event, shown for it alone. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Trigger On',
		name: EVENT,
		type: 'options',
		noDataExpression: true,
		options: events.map(({ name, value, description, preview }) => ({
			name,
			value,
			// n8n shows two lines of it; on what a preview rests the form says.
			description: preview === undefined ? description : `${description} (preview)`,
		})),
		default: 'balanceLow',
	},
	...events.flatMap(({ value, properties: fields, preview }) =>
		[...noticeOf(preview), ...fields].map((field) => shownFor(value, field)),
	),
	...events.flatMap(({ value, options }) => (options.length === 0 ? [] : [shownFor(value, optionsOf(options))])),
];

/**
 * Looks up an event.
 *
 * @throws InvalidInput when there is none of that name, as after a workflow was edited by hand
 */
export function findEvent(value: unknown): Event {
	const event = events.find((one) => one.value === value);
	if (event !== undefined) return event;
	throw new InvalidInput([
		{
			field: EVENT,
			message: `Trigger On ${shown(value)} is unknown to this version of the node.\nChoose it from the list again.`,
		},
	]);
}

function restsOn(undocumented: string): string {
	return `A preview: it rests on what Crazytel does not document, such as ${undocumented}.`;
}

/** Who has come by another way than the menu is told in the form. */
function noticeOf(preview: string | undefined): INodeProperties[] {
	return preview === undefined ? [] : [{ displayName: restsOn(preview), name: 'preview', type: 'notice', default: '' }];
}

function shownFor(event: string, field: INodeProperties): INodeProperties {
	return {
		...field,
		displayOptions: { ...field.displayOptions, show: { [EVENT]: [event], ...field.displayOptions?.show } },
	};
}

function optionsOf(inside: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: inside,
	};
}
