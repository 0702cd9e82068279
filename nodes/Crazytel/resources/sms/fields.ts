import type { INodeProperties } from 'n8n-workflow';

import { isSameNumber, isSmsSender, smsRecipient, smsSender } from '../../input/phoneNumber';
import { setting, type ValuesOf } from '../shared/settings';
import { checkNumbersOption } from '../shared/verifiedNumbers/option';
import { loadsAgain } from '../shared/verifiedNumbers/pickers';
import { messageText } from './text';

/** What a message is made of, by the API's names (docs/crazytel-api.md#sms). */
export const settings = {
	from: setting({
		reads: smsSender,
		isSame: isSameNumber,
		mayUse: isSmsSender,
		field: {
			displayName: 'From Name or ID',
			name: 'from',
			type: 'options',
			typeOptions: { loadOptionsMethod: 'getSmsSenders', loadOptionsDependsOn: loadsAgain('from') },
			allowArbitraryValues: true,
			required: true,
			default: '',
			description:
				'The verified mobile number that the message comes from, such as 61412345678. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
	}),
	text: setting({
		reads: messageText,
		field: {
			displayName: 'Text',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 4 },
			required: true,
			default: '',
			placeholder: 'e.g. Your new number is ready',
			description:
				'What the message says, up to 1,600 characters; each part of 160 is charged, or of 70 with an emoji or foreign letters in it',
		},
	}),
	to: setting({
		reads: smsRecipient,
		isSame: isSameNumber,
		field: {
			displayName: 'To',
			name: 'to',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 0412 345 678',
			description:
				'The mobile number that gets the message, such as 0412 345 678 or +61 412 345 678; a foreign one with its plus',
		},
	}),
};

/** What is sent of a message. */
export type Message = Required<ValuesOf<typeof settings>>;

export const checkNumbers = checkNumbersOption('the sender', 'sent');

export const idempotencyKey: INodeProperties = {
	displayName: 'Idempotency Key',
	name: 'idempotencyKey',
	type: 'string',
	default: '',
	placeholder: 'e.g. order-1042-shipped',
	description:
		'A text of your own that stands for this message, such as an order number: under the same one it is sent once, also in another execution, as long as Crazytel or this n8n process remembers it; without it each item is a message of its own',
};
