import type { Operation } from '../../run/operation';
import { balance } from './endpoints';

export const getBalance: Operation = {
	value: 'getBalance',
	name: 'Get Balance',
	action: 'Get account balance',
	description: 'Retrieve the balance of the account and its code, as Crazytel gives them',
	properties: [],
	async prepare(item) {
		return { do: 'give', found: [await item.known.once(balance)] };
	},
};
