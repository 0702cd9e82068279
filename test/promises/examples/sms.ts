import type { IDataObject } from 'n8n-workflow';

import type { Sandbox, SentSms } from '../../../sandbox';
import type { Example } from '../example';

const ITEMS: Example['items'] = [
	{ row: 0, phone: '0412 000 001', text: 'Pizza & Co <1>: ready' },
	{ row: 1, phone: '+61 412 000 002', text: 'Grüße €5' },
	{ row: 2, phone: 61412000003, text: 'Done 🍕\nBye' },
];

function sentFor({ text }: IDataObject, account: Sandbox): SentSms | undefined {
	return account.messages().find((message) => message.text === text);
}

const about = {
	operation: 'send',
	items: ITEMS,
	bad: { phone: 'none' },
	on: 'sms',
	effect: 'act',
	hasKey: true,
	seed: () => {},
	gives: (item, account) => [{ status: 'queued', uuid: sentFor(item, account)?.uuid, to: sentFor(item, account)?.to }],
	isDone: (item, account) => sentFor(item, account) !== undefined,
} satisfies Partial<Example>;

const parameters = { from: '61412345678', to: '={{ $json.phone }}', text: '={{ $json.text }}' };

export const sms: Example[] = [
	{ ...about, parameters },
	{
		...about,
		of: 'under a key of the user',
		parameters: { ...parameters, options: { idempotencyKey: '={{ "order " + $json.row }}' } },
	},
];
