import type { Resource } from '../resource';
import { getBalance } from './getBalance';

export const account: Resource = {
	value: 'account',
	name: 'Account',
	operations: [getBalance],
	defaultOperation: 'getBalance',
};
