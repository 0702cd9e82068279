import { z } from 'zod';

import { isRecord } from '../../api/body';
import type { ApiRequest, Endpoint } from '../../api/request';
import { saysDone } from '../../api/saying';
import { isEmpty } from '../../input/empty';
import { isSameNumber, type PhoneNumber, phoneNumber } from '../../input/phoneNumber';
import { shown } from '../../input/shown';
import { withWords } from '../../input/words';
import { setting, type ValuesOf } from '../shared/settings';
import { type OwnedNumber, readNumber } from './entry';
import { loadsAddresses, loadsOwners, UUID } from './registered';
import { settings } from './settings';

const registeredId = withWords(
	z
		.string()
		.transform((text) => text.trim())
		.pipe(z.string().regex(UUID)),
	(value) =>
		`${isEmpty(value) ? 'is empty' : `${shown(value)} is not an ID`}.\nChoose it from the list, or give its ID by an expression.`,
);

const dropdown = { type: 'options', allowArbitraryValues: true, default: '', required: true } as const;

/** What a number is bought with, by the API's names (docs/crazytel-api.md#phone-numbers). */
export const purchaseSettings = {
	address_id: setting({
		reads: registeredId,
		field: {
			...dropdown,
			displayName: 'Address Name or ID',
			name: 'addressId',
			typeOptions: { loadOptionsMethod: 'getAddresses', loadOptionsDependsOn: loadsAddresses },
			description:
				'Where the number is used, which emergency services are told. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
	}),
	description: settings.description,
	did_number: setting({
		reads: phoneNumber,
		isSame: isSameNumber,
		field: {
			displayName: 'Number',
			name: 'number',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 61291234567',
			description: 'The number to buy, as Search Available gives it or however it is written',
		},
	}),
	person_id: setting({
		reads: registeredId,
		field: {
			...dropdown,
			displayName: 'Owner Name or ID',
			name: 'ownerId',
			typeOptions: { loadOptionsMethod: 'getOwners', loadOptionsDependsOn: loadsOwners },
			description:
				'Who the number is registered to. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
	}),
	primary_destination: settings.primary_destination,
	primary_route: settings.primary_route,
};

/** Without these nothing is bought. */
export const REQUIRED: Array<keyof typeof purchaseSettings> = [
	'did_number',
	'address_id',
	'person_id',
	'primary_route',
];

/** What is sent of a purchase. */
export type Purchase = ValuesOf<typeof purchaseSettings> & { did_number: PhoneNumber };

const purchaseNumber: Endpoint<OwnedNumber, 'make'> = {
	name: 'purchaseNumber',
	effect: 'make',
	words: {
		doing: 'buying the phone number',
		afterUnknown:
			'It is unknown whether the number was bought, and is charged for from now on.\nLook for it in the Crazytel portal before you run this again.',
	},
	read: () => undefined,
	explain: ({ status, fields, request: { body = {} } }) => {
		if (status === 404) {
			return {
				happened: `The number ${shown(body.did_number)} is not for sale, or not any more (404). Nothing was bought.`,
				cure: 'Search again: what is on offer changes. If the account may have it already, look into its list of numbers.',
			};
		}
		if (status !== 400 || fields.length > 0) return {};
		return {
			happened:
				'Crazytel did not sell the number (400): the account has too little credit, or a value cannot be used. Nothing was bought.',
			cure: 'Top up the account if that is what it lacks, else check Address, Owner, Route and Destination.',
		};
	},
	labels: Object.fromEntries(Object.entries(purchaseSettings).map(([name, { label }]) => [name, label])),
};

/** Buys a number, at once and for every month to come (docs/crazytel-api.md#phone-numbers). */
export function purchaseRequest(purchase: Purchase): ApiRequest<OwnedNumber, 'make'> {
	const { did_number, address_id, person_id, primary_route, primary_destination, description } = purchase;
	const body = { did_number, address_id, person_id, primary_route, primary_destination, description };
	return {
		endpoint: { ...purchaseNumber, read: (answer) => readAnswer(answer, did_number) },
		method: 'POST',
		path: '/api/v1/phone-numbers/purchase',
		body: Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)),
	};
}

/** The documented answer is a message alone. What is only taken in, or names another number, is no purchase of this one. */
function readAnswer(answer: unknown, number: PhoneNumber): OwnedNumber | undefined {
	const named = readNumber(answer);
	if (named !== undefined) return named.id === number ? named : undefined;
	const words = isRecord(answer) ? Object.values(answer).filter((value) => typeof value === 'string') : [];
	const isDone = words.some((said) => saysDone(said) && !/accepted|queued|scheduled/i.test(said));
	return isDone ? { id: number } : undefined;
}
