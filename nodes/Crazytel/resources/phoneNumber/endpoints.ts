import type { IDataObject } from 'n8n-workflow';

import { isRecord, readList, text } from '../../api/body';
import type { ApiRequest, Endpoint, ReadRequest } from '../../api/request';
import type { PhoneNumber } from '../../input/phoneNumber';
import { type OwnedNumber, readNumber, readNumbers } from './entry';
import { type NumberSettings, settings } from './settings';

const PATH = '/api/v1/phone-numbers';

const LABELS = Object.fromEntries(Object.entries(settings).map(([name, { label }]) => [name, label]));

const searchNumbers: Endpoint<IDataObject[], 'read'> = {
	name: 'searchNumbers',
	effect: 'read',
	words: { doing: 'searching for numbers to buy' },
	isList: true,
	read: (body) => readList(body)?.map((entry) => (isRecord(entry) ? entry : { did_number: text(entry) })),
};

const listNumbers: Endpoint<OwnedNumber[], 'read'> = {
	name: 'listNumbers',
	effect: 'read',
	words: { doing: 'reading the list of phone numbers' },
	isList: true,
	read: readNumbers,
};

const updateNumber: Endpoint<OwnedNumber, 'set'> = {
	name: 'updateNumber',
	effect: 'set',
	words: {
		doing: 'changing the phone number',
		afterUnknown: 'It is unknown whether the change was made.\nRunning it again is safe: it sets the same values.',
	},
	read: readNumber,
	explain: ({ status, request: { subject = '' } }) =>
		status === 404
			? {
					happened: `Phone number ${subject} does not belong to this account (404).`,
					cure: 'Check it, or choose it from the list. If every number is missing, check the Base URL in the credential.',
					isGone: true,
				}
			: {},
	labels: LABELS,
};

/** A part of what can be bought, another one each time (docs/crazytel-api.md#phone-numbers). */
export function searchRequest(query: IDataObject): ReadRequest<IDataObject[]> {
	return { endpoint: searchNumbers, method: 'GET', path: `${PATH}/available-numbers/`, query };
}

/** The numbers of the account. Whether a slash ends the address is not documented (docs/crazytel-api.md#phone-numbers). */
export function listRequest(): ReadRequest<OwnedNumber[]> {
	return { endpoint: listNumbers, method: 'GET', path: `${PATH}/`, otherPath: PATH };
}

/** Changes what the body names; whether the rest stays is not documented (docs/crazytel-api.md#phone-numbers). */
export function updateRequest(number: PhoneNumber, values: NumberSettings): ApiRequest<OwnedNumber, 'set'> {
	return {
		endpoint: updateNumber,
		method: 'PATCH',
		path: PATH,
		subject: number,
		body: { did_number: number, ...values },
	};
}
