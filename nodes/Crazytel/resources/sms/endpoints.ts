import type { IDataObject } from 'n8n-workflow';

import type { ApiRequest, Endpoint, Explanation, Refusal } from '../../api/request';
import { isRefused, readSent } from './answers';
import { type Message, settings } from './fields';

const LABELS = Object.fromEntries(Object.entries(settings).map(([name, { label }]) => [name, label]));

const sendSms: Endpoint<IDataObject, 'act'> = {
	name: 'sendSms',
	effect: 'act',
	words: {
		doing: 'sending the SMS',
		afterUnknown:
			'It is unknown whether the SMS was sent.\nLook for it in the Crazytel portal before you send it again. If it was tried more than once, it was under one key, and went out once only if Crazytel honours such keys, which its public documentation does not say.',
	},
	hasOtherKey: true,
	read: readSent,
	denies: isRefused,
	explain: explainSending,
	labels: LABELS,
};

/** Sends a message; under one key once, however often it is asked (docs/crazytel-api.md#sms). */
export function sendRequest(message: Message, idempotencyKey: string): ApiRequest<IDataObject, 'act'> {
	const { from, to, text } = message;
	return { endpoint: sendSms, method: 'POST', path: '/api/v2/sms/send', body: { from, to, text }, idempotencyKey };
}

function explainSending({ status, byOtherKey }: Refusal): Explanation {
	switch (status) {
		case 400:
		case 422:
			return {
				happened: `Crazytel refuses the SMS (${status}).`,
				cure: 'Correct the sender, the recipient or the text, and send it again.',
			};
		case 401:
		case 403:
			return byOtherKey === true
				? {
						happened: `Crazytel does not accept the SMS API Key of the credential for sending an SMS (${status}).`,
						cure: 'Copy the SMS API key from the Crazytel portal again, or leave that field empty: then messages are sent with the API Key.',
					}
				: {
						happened: `Crazytel does not accept the API Key of the credential for sending an SMS (${status}).`,
						cure: 'Put the SMS API key from the Crazytel portal into SMS API Key of the credential, which is empty. If nothing else works either, check the API Key.',
					};
		case 402:
			return {
				happened: 'The balance of the account is too low for this SMS (402).',
				cure: 'Top it up, and send it again.',
			};
		case 404:
		case 405:
			return {
				happened: `Crazytel has no address for sending the SMS (${status}).`,
				cure: "This operation is not in Crazytel's public documentation, and may not work for your account. Or check the Base URL in the credential.",
			};
		default:
			return {};
	}
}
