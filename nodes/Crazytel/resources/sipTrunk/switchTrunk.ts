import { readAll } from '../../input/invalidInput';
import type { Operation } from '../../run/operation';
import { dryRun, onlyIfChanged, options } from '../shared/fields';
import * as fields from './fields';
import { setTrunk } from './setTrunk';
import { trunkOf } from '../shared/trunks/trunk';

/** Suspend and Enable are one update with one setting (docs/crazytel-api.md#sip-trunk). */
function switchTrunk(enabled: boolean, words: Pick<Operation, 'value' | 'name' | 'action' | 'description'>): Operation {
	return {
		...words,
		properties: [fields.trunk, options(dryRun, onlyIfChanged)],
		async prepare(item) {
			const { trunk, ...asked } = readAll({
				trunk: () => trunkOf(item),
				isDryRun: () => item.option(dryRun),
				onlyIfChanged: () => item.option(onlyIfChanged),
			});
			return await setTrunk(item, trunk, { enabled }, asked);
		},
	};
}

export const enable = switchTrunk(true, {
	value: 'enable',
	name: 'Enable',
	action: 'Enable SIP trunk',
	description: 'Lift the suspension of a SIP trunk',
});

export const suspend = switchTrunk(false, {
	value: 'suspend',
	name: 'Suspend',
	action: 'Suspend SIP trunk',
	description: 'Block new calls on a SIP trunk until it is enabled again, without deleting it',
});
