import type { Resource } from '../resource';
import { getSmsSenders } from '../shared/verifiedNumbers/pickers';
import { send } from './send';

export const sms: Resource = {
	value: 'sms',
	name: 'SMS',
	operations: [send],
	defaultOperation: 'send',
	pickers: { loadOptions: { getSmsSenders } },
};
