import type { Resource } from '../resource';
import { getMany } from './getMany';

export const verifiedNumber: Resource = {
	value: 'verifiedNumber',
	name: 'Verified Number',
	operations: [getMany],
	defaultOperation: getMany.value,
};
