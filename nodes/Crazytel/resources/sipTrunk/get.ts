import type { Operation, ReadPlan } from '../../run/operation';
import * as fields from './fields';
import { findTrunk, trunkOf } from './trunk';

/** The API is not known to give a single trunk, so it is taken from the list (docs/crazytel-api.md#endpoints). */
export const get: Operation<ReadPlan> = {
	value: 'get',
	name: 'Get',
	action: 'Get a SIP trunk',
	description: 'Get the settings of a SIP trunk, without its password',
	properties: [fields.trunk],
	async prepare(item) {
		return { found: [await findTrunk(item, trunkOf(item))] };
	},
	// The memory of a run may hold the list, so what leaves it is a copy.
	perform: async ({ found }) => found.map((trunk) => ({ ...trunk })),
};
