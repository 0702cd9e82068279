import type { Deleted } from '../../api/answers';
import { deleteTrunkRequest } from '../../api/endpoints';
import type { Operation, WritePlan } from '../../run/operation';
import { readAll } from '../../validation/invalidInput';
import * as fields from './fields';
import { findTrunkId, missing, trunkOf } from './trunk';
import { listedForDryRun } from './updatePlan';
import { sendDelete } from './write';

export const remove: Operation<WritePlan<Deleted>> = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete a SIP trunk',
	description: 'Delete a SIP trunk for good; Suspend only blocks its calls',
	properties: [fields.trunk, fields.options(fields.dryRun)],
	async prepare(item) {
		const [locator, isDryRun] = readAll(
			() => trunkOf(item),
			() => item.option(fields.dryRun),
		);
		const id = await findTrunkId(item, locator);
		const trunks = isDryRun ? await listedForDryRun(item) : undefined;
		if (trunks !== undefined && trunks.find(id) === undefined) throw missing(id);
		return { request: deleteTrunkRequest(id), isDryRun };
	},
	perform: sendDelete,
};
