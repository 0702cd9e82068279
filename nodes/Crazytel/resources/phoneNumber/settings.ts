import { z } from 'zod';

import { isSameText } from '../../input/normalForm';
import { isSameNumber } from '../../input/phoneNumber';
import { shown } from '../../input/shown';
import { lineOfText } from '../../input/text';
import { withWords } from '../../input/words';
import { setting, type ValuesOf } from '../shared/settings';

/** No limit is documented; a longer text is a pasted document, not a name. */
const LONGEST = 1000;

/** The known routes; there are more (docs/crazytel-api.md#phone-numbers), so any other text is sent as it is. */
const ROUTES = [
	{ name: 'Congestion', value: 'congestion', description: 'No voice routing: callers get the tone of a busy network' },
	{ name: 'SIP Trunk Device', value: 'device', description: 'To the device that is registered with a trunk' },
	{ name: 'SIP Trunk Server', value: 'server', description: 'To the server of a trunk' },
];

/** One of the known by the name that the editor shows, or in other letters, is that one: it decides where calls go. */
const route = lineOfText(LONGEST).transform((text) => {
	const plain = text.toLowerCase();
	return ROUTES.find(({ name, value }) => [name.toLowerCase(), value].includes(plain))?.value ?? text;
});

const seconds = withWords(
	z
		.union([z.number(), z.string().transform((text) => (text.trim() === '' ? NaN : Number(text)))])
		.pipe(z.number().int().min(1)),
	(value) => `must be a whole number of seconds, at least 1, and it is ${shown(value)}.\nGive a number such as 30.`,
);

function isSameRoute(listed: unknown, sent: unknown): boolean {
	return (
		String(listed ?? '')
			.trim()
			.toLowerCase() === String(sent).toLowerCase()
	);
}

function isSameDestination(listed: unknown, sent: unknown): boolean {
	return isSameRoute(listed, sent) || isSameNumber(listed, sent);
}

const destinationField = {
	type: 'string',
	default: '',
	placeholder: 'e.g. CT123456',
} as const;

const routeField = {
	type: 'options',
	options: ROUTES,
	// Other routes come from an expression.
	allowArbitraryValues: true,
	default: 'device',
} as const;

/**
 * What an owned number can be given, by the API's names (docs/crazytel-api.md#phone-numbers). The address and the
 * owner, which are the record for emergency calls, can be chosen only when it is bought.
 */
export const settings = {
	backup_destination: setting({
		reads: lineOfText(LONGEST),
		isSame: isSameDestination,
		field: {
			...destinationField,
			displayName: 'Backup Destination',
			name: 'backupDestination',
			description: 'Where calls go by the backup route, such as the username of a trunk',
		},
	}),
	backup_route: setting({
		reads: route,
		isSame: isSameRoute,
		field: {
			...routeField,
			displayName: 'Backup Route',
			name: 'backupRoute',
			description: 'What takes calls that the route does not; an expression may give a route that is not in the list',
		},
	}),
	description: setting({
		reads: lineOfText(LONGEST),
		isSame: isSameText,
		isClearable: true,
		field: {
			displayName: 'Description',
			name: 'description',
			type: 'string',
			default: '',
			placeholder: 'e.g. Sales',
			description: 'A name for the number, such as the customer or the team that uses it',
		},
		inUpdate: { description: 'A name for the number, left empty to clear it' },
	}),
	primary_destination: setting({
		reads: lineOfText(LONGEST),
		isSame: isSameDestination,
		field: {
			...destinationField,
			displayName: 'Destination',
			name: 'destination',
			description: 'Where calls go by the route, such as the username of a trunk',
		},
	}),
	primary_route: setting({
		reads: route,
		isSame: isSameRoute,
		field: {
			...routeField,
			displayName: 'Route',
			name: 'route',
			description: 'What takes the calls to the number; an expression may give a route that is not in the list',
		},
	}),
	primary_timeout: setting({
		reads: seconds,
		isSame: (listed, sent) => Number(listed) === sent,
		isReadable: (listed) => listed === null || Number.isFinite(Number(listed)),
		field: {
			displayName: 'Timeout',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 30,
			description: 'After how many seconds an unanswered call goes by the backup route',
		},
	}),
};

/** What is sent of a number beside the number itself. */
export type NumberSettings = ValuesOf<typeof settings>;

/** A route as the editor shows it. */
export function nameOfRoute(route: string): string {
	return ROUTES.find(({ value }) => value === route)?.name ?? route;
}

/** With these routes a call goes to a trunk, so it has to be said to which. */
export const ROUTES_TO_TRUNK = ['device', 'server'];
