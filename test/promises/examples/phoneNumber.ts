import type { IDataObject } from 'n8n-workflow';

import type { Sandbox } from '../../../sandbox';
import type { Example } from '../example';

const ITEMS: Example['items'] = [
	{ row: 0, number: '61291234567', written: '(02) 9123 4567', name: 'Acme' },
	{ row: 1, number: '61398765432', written: 61398765432, name: 'Beta' },
	{ row: 2, number: '61412345678', written: '0412 345 678', name: 'Gamma' },
];

/** A number for each item, and one that no item is about. */
function seed(account: Sandbox): void {
	account.numbers.add({ did_number: '61731234567', description: 'Of nobody' });
	for (const { number, name } of ITEMS) {
		account.numbers.add({ did_number: String(number), description: String(name), primary_route: 'server', primary_destination: 'CT000001' });
	}
}

const byNumber = { phoneNumber: { __rl: true, mode: 'number', value: '={{ $json.written }}' } as unknown as string };
const about = { items: ITEMS, seed };

export const phoneNumber: Example[] = [
	{
		operation: 'searchAvailable',
		// Items that give several, no and one output.
		parameters: { limit: '={{ $json.limit }}', filters: { city: '={{ $json.city }}' } },
		items: [
			{ city: 'Sydney', limit: 3 },
			{ city: 'Nowhere', limit: 50 },
			{ city: 'Coffs_Harbour', limit: 1 },
		],
		seed,
		bad: { limit: 'many' },
		on: 'availableNumbers',
		effect: 'read',
		gives: ({ city, limit }, account) =>
			account.numbers
				.available()
				.filter((number) => number.city === city)
				.slice(0, Number(limit))
				.map(({ did_number, monthly_cost }): IDataObject => ({ did_number, monthly_cost })),
	},
	{
		operation: 'get',
		parameters: byNumber,
		...about,
		bad: { written: '02 9999 9999' },
		on: 'ownedNumbers',
		effect: 'read',
		gives: ({ number, name }) => [{ did_number: number, description: name, primary_route: 'server' }],
	},
	{
		operation: 'getAll',
		parameters: { limit: '={{ $json.limit }}', filters: { description: '={{ $json.wanted }}' } },
		items: [
			{ wanted: 'a', limit: 3 },
			{ wanted: 'zzz', limit: 50 },
			{ wanted: 'beta', limit: 50 },
		],
		seed,
		bad: { limit: 'many' },
		on: 'ownedNumbers',
		effect: 'read',
		gives: ({ wanted }, account) =>
			account.numbers
				.owned()
				.filter(({ description }) => description?.toLowerCase().includes(String(wanted)))
				.map(({ did_number }) => ({ did_number })),
	},
];
