import { updateTrunkRequest } from '../../api/endpoints';
import type { Operation } from '../../run/operation';
import { readTrunkId } from '../../validation/trunkId';
import * as fields from './fields';
import { sendUpdate } from './write';

/** Suspend and Enable are one update with one setting (docs/crazytel-api.md#sip-trunk). */
function switchTrunk(
	enabled: boolean,
	words: Pick<Operation, 'value' | 'name' | 'action' | 'description'>,
): Operation {
	return {
		...words,
		properties: [fields.trunk],
		async prepare(item) {
			return { request: updateTrunkRequest(readTrunkId(item.locator('trunk')), { enabled }) };
		},
		perform: sendUpdate,
	};
}

export const enable = switchTrunk(true, {
	value: 'enable',
	name: 'Enable',
	action: 'Enable a SIP trunk',
	description: 'Lift the suspension of a SIP trunk',
});

export const suspend = switchTrunk(false, {
	value: 'suspend',
	name: 'Suspend',
	action: 'Suspend a SIP trunk',
	description: 'Block new calls on a SIP trunk until it is enabled again, without deleting it',
});
