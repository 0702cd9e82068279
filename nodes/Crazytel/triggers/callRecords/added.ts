import type { INodeProperties } from 'n8n-workflow';

import { readFlag } from '../../input/flag';
import { readAll } from '../../input/invalidInput';
import { HOUR_MS } from '../../input/moment';
import { TYPES } from '../../resources/callRecord/endpoints';
import { extension, readExtension, simplify, typeChoices } from '../../resources/callRecord/fields';
import { SIZES } from '../../resources/callRecord/pagesBack';
import type { Event, Settings } from '../event';
import { readChoices, readNumber } from '../fields';
import { type Bounds, type Filter, newestOf, pollOnce, state, type State } from './addedPoll';

const types: INodeProperties = {
	displayName: 'Types',
	name: 'types',
	type: 'multiOptions',
	options: typeChoices,
	default: ['did', 'smsIn', 'smsOut', 'voice'],
	description:
		'Which records start the workflow; all of them together cost one request a poll, two or three of them one each',
};

const includePast: INodeProperties = {
	displayName: 'Include Past Records (Days)',
	name: 'includePast',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 90 },
	default: 0,
	description:
		'How many days of call records from before the workflow was published start it too, once; Crazytel shows three months at most',
};

const longestCall: INodeProperties = {
	displayName: 'Longest Call (Hours)',
	name: 'longestCall',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 24 },
	default: 4,
	description:
		'How long a call may last and still be noticed when it ends: Crazytel files it under the time at which it began',
};

const minimumCost: INodeProperties = {
	displayName: 'Minimum Cost',
	name: 'minimumCost',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description:
		'Only records that cost at least so many dollars; one without a cost waits for it as long as a call may last, then it starts the workflow all the same',
};

const BOUNDS: Readonly<Bounds> = { sizes: SIZES, pages: 20, items: 500, remembered: 5_000 };

/** Each call and message, once, when it is filed. @param bounds for the tests */
export function callRecordAddedWithin(bounds: Bounds): Event<State> {
	return {
		value: 'callRecordAdded',
		name: 'Call Record Added',
		description: 'A call or a message was filed, with what it costs',
		preview: 'how late a call is filed',
		properties: [types],
		options: [extension, includePast, longestCall, minimumCost, simplify],
		state,
		noExample:
			'Among the newest 100 call records of the last three months there is none that fits Types and Options. Make a call or send an SMS, or change them.',
		prepare(settings) {
			const filter = readFilter(settings);
			return {
				// What is filtered here needs no new beginning when it changes.
				query: { types: filter.names, extension: filter.of ?? '' },
				poll: async (look, before) => await pollOnce(look, before, filter, bounds),
				example: async (look) => await newestOf(look, filter, bounds),
			};
		},
	};
}

export const callRecordAdded = callRecordAddedWithin(BOUNDS);

function readFilter(settings: Settings): Filter {
	const { chosen, ...rest } = readAll({
		chosen: () => readChoices(types, settings.parameter(types.name)),
		of: () => readExtension(settings.option(extension)),
		days: () =>
			readNumber(includePast, settings.option(includePast), {
				least: 0,
				most: 90,
				of: 'days',
				example: '7, or 0 for none',
			}),
		longestMs: () =>
			readNumber(longestCall, settings.option(longestCall), { least: 1, most: 24, of: 'hours', example: '4' }) *
			HOUR_MS,
		leastCost: () => readNumber(minimumCost, settings.option(minimumCost), { least: 0, of: 'dollars', example: '0.5' }),
		isSimple: () => readFlag(simplify.displayName, simplify.name, settings.option(simplify)),
	});
	return { names: chosen.length === Object.keys(TYPES).length ? ['all'] : chosen, ...rest };
}
