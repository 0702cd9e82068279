import { readAll } from '../../input/invalidInput';
import type { Operation } from '../../run/operation';
import { dryRun, options } from '../shared/fields';
import { listedForDryRun } from '../shared/listed';
import * as fields from './fields';
import { trunks } from '../shared/trunks/kind';
import { trunkOf, trunkWithId, whichTrunk } from '../shared/trunks/trunk';

export const remove: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete SIP trunk',
	description: 'Delete a SIP trunk permanently; Suspend only blocks its calls',
	properties: [fields.trunk, options(dryRun)],
	async prepare(item) {
		const { trunk, isDryRun } = readAll({
			trunk: () => trunkOf(item),
			isDryRun: () => item.option(dryRun),
		});
		const { id, called } = await whichTrunk(item, trunk);
		const all = isDryRun ? await listedForDryRun(item, trunks) : undefined;
		if (all !== undefined) trunkWithId(all, id, called);
		return { do: 'remove', kind: trunks, id, called, isDryRun };
	},
};
