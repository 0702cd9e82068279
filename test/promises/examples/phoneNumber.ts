import type { IDataObject } from 'n8n-workflow';

import type { Sandbox } from '../../../sandbox';
import type { Example } from '../example';

const ITEMS: Example['items'] = [
	{ row: 0, number: '61291234567', written: '(02) 9123 4567', name: 'Acme', trunk: 'CT100001' },
	{ row: 1, number: '61398765432', written: 61398765432, name: 'Beta', trunk: 'CT100002' },
	{ row: 2, number: '61412345678', written: '0412 345 678', name: 'Gamma', trunk: 'CT100003' },
];

/** A number for each item, and one that no item is about. */
function seed(account: Sandbox): void {
	account.numbers.add({ did_number: '61731234567', description: 'Of nobody' });
	for (const { number, name } of ITEMS) {
		account.numbers.add({
			did_number: String(number),
			description: String(name),
			primary_route: 'server',
			primary_destination: 'CT000001',
		});
	}
}

const byNumber = { phoneNumber: { __rl: true, mode: 'number', value: '={{ $json.written }}' } as unknown as string };
const about = { items: ITEMS, seed };

/** Numbers that nobody owns yet. */
const OFFERS: Example['items'] = [
	{ row: 0, number: '61291110000', written: '(02) 9111 0000', name: 'Acme' },
	{ row: 1, number: '61391110000', written: 61391110000, name: 'Beta' },
	{ row: 2, number: '61491110000', written: '0491 110 000', name: 'Gamma' },
];

export const phoneNumber: Example[] = [
	{
		operation: 'buy',
		parameters: {
			number: '={{ $json.written }}',
			addressId: 'a1f0c3d2-1111-4a11-8a11-0000000000a1',
			ownerId: 'b2e0c3d2-1111-4b11-8b11-0000000000b1',
			route: 'device',
			destination: 'CT100001',
			acceptCharge: true,
			additionalFields: { description: '={{ $json.name }}' },
		},
		items: OFFERS,
		seed(account) {
			for (const { number } of OFFERS) account.numbers.offer({ did_number: String(number) });
		},
		bad: { written: 'none' },
		on: 'purchase',
		effect: 'make',
		gives: ({ number, name }) => [
			{ did_number: number, description: name, primary_destination: 'CT100001', alreadyOwned: false },
		],
		isDone: ({ number }, account) => account.numbers.find(String(number)) !== undefined,
	},
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
		operation: 'update',
		parameters: {
			...byNumber,
			updateFields: {
				description: '={{ $json.name + " new" }}',
				timeout: '={{ 20 + $json.row }}',
				backupRoute: 'congestion',
			},
		},
		...about,
		bad: { written: 'none' },
		on: 'updateNumber',
		effect: 'set',
		gives: ({ number, row }) => [{ did_number: number, primary_timeout: 20 + Number(row), primary_route: 'server' }],
		isDone: ({ number, name }, account) => account.numbers.find(String(number))?.description === `${String(name)} new`,
	},
	{
		operation: 'routeToTrunk',
		parameters: {
			...byNumber,
			trunk: { __rl: true, mode: 'username', value: '={{ $json.trunk }}' } as unknown as string,
			options: { onlyIfChanged: true },
		},
		...about,
		seed(account) {
			seed(account);
			for (const { trunk } of ITEMS) account.addTrunk({ username: String(trunk) });
		},
		bad: { trunk: 'CT999999' },
		on: 'updateNumber',
		effect: 'set',
		gives: ({ number, trunk }) => [
			{ did_number: number, primary_route: 'device', primary_destination: trunk, changed: true },
		],
		isDone: ({ number, trunk }, account) => account.numbers.find(String(number))?.primary_destination === trunk,
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
