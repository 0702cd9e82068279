import type { Resource } from '../../run/operation';
import { create } from './create';
import { enable, suspend } from './switchTrunk';
import { update } from './update';

export const sipTrunk: Resource = {
	value: 'sipTrunk',
	name: 'SIP Trunk',
	operations: [create, enable, suspend, update],
	defaultOperation: 'create',
};
