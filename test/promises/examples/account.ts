import type { Example } from '../example';

export const account: Example[] = [
	{
		operation: 'getBalance',
		parameters: {},
		items: [{ customer: 'Acme' }, { customer: 'Beta' }, { customer: 'Gamma' }],
		seed: () => {},
		bad: undefined,
		on: 'balance',
		effect: 'read',
		gives: () => [{ account_code: '0031742', balance: 148.2063917 }],
	},
];
