import type { Operation, WritePlan } from '../../run/operation';
import { readAll } from '../../validation/invalidInput';
import * as fields from './fields';
import { trunkOf } from './trunk';
import { planUpdate } from './updatePlan';
import { sendUpdate } from './write';

/** Suspend and Enable are one update with one setting (docs/crazytel-api.md#sip-trunk). */
function switchTrunk(
	enabled: boolean,
	words: Pick<Operation, 'value' | 'name' | 'action' | 'description'>,
): Operation<WritePlan> {
	return {
		...words,
		properties: [fields.trunk, fields.options(fields.dryRun, fields.onlyIfChanged)],
		async prepare(item) {
			const [locator, isDryRun, onlyIfChanged] = readAll(
				() => trunkOf(item),
				() => item.option(fields.dryRun),
				() => item.option(fields.onlyIfChanged),
			);
			return await planUpdate(item, locator, { enabled }, { isDryRun, onlyIfChanged });
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
