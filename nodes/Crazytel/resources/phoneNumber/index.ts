import type { Resource } from '../resource';
import { get } from './get';
import { getMany } from './getMany';
import { searchPhoneNumbers } from './pickers';
import { searchAvailable } from './searchAvailable';

export const phoneNumber: Resource = {
	value: 'phoneNumber',
	name: 'Phone Number',
	operations: [get, getMany, searchAvailable],
	defaultOperation: getMany.value,
	pickers: { listSearch: { searchPhoneNumbers } },
};
