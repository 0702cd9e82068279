import type { Resource } from '../resource';
import { getSmsSenders, getVerifiedNumbers } from '../shared/verifiedNumbers/pickers';
import { create } from './create';
import { get } from './get';
import { getMany } from './getMany';
import { searchTrunks } from '../shared/trunks/pickers';
import { remove } from './remove';
import { rotatePassword } from './rotatePassword';
import { enable, suspend } from './switchTrunk';
import { update } from './update';
import { upsert } from './upsert';

export const sipTrunk: Resource = {
	value: 'sipTrunk',
	name: 'SIP Trunk',
	operations: [create, upsert, remove, enable, get, getMany, rotatePassword, suspend, update],
	defaultOperation: 'create',
	pickers: {
		loadOptions: { getSmsSenders, getVerifiedNumbers },
		listSearch: { searchTrunks },
	},
};
