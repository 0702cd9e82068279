import type { Resource } from '../resource';
import { buy } from './buy';
import { get } from './get';
import { getMany } from './getMany';
import { searchPhoneNumbers } from './pickers';
import { getAddresses, getOwners } from './registered';
import { routeToTrunk } from './routeToTrunk';
import { searchAvailable } from './searchAvailable';
import { update } from './update';

export const phoneNumber: Resource = {
	value: 'phoneNumber',
	name: 'Phone Number',
	operations: [buy, get, getMany, routeToTrunk, searchAvailable, update],
	defaultOperation: getMany.value,
	pickers: { loadOptions: { getAddresses, getOwners }, listSearch: { searchPhoneNumbers } },
};
