import type { Resource } from '../resource';
import { getMany } from './getMany';

export const callRecord: Resource = {
	value: 'callRecord',
	name: 'Call Record',
	operations: [getMany],
	defaultOperation: getMany.value,
};
