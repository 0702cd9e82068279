import type { Resource } from '../resource';
import { get } from './get';
import { getMany } from './getMany';
import { searchPhoneNumbers } from './pickers';
import { routeToTrunk } from './routeToTrunk';
import { searchAvailable } from './searchAvailable';
import { update } from './update';

export const phoneNumber: Resource = {
	value: 'phoneNumber',
	name: 'Phone Number',
	operations: [get, getMany, routeToTrunk, searchAvailable, update],
	defaultOperation: getMany.value,
	pickers: { listSearch: { searchPhoneNumbers } },
};
