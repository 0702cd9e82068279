import type { Operation } from '../../run/operation';
import * as fields from './fields';
import { trunks } from '../shared/trunks/kind';
import { findTrunk, trunkOf } from '../shared/trunks/trunk';

/** The API is not known to give a single trunk, so it is taken from the list (docs/crazytel-api.md#endpoints). */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get SIP trunk',
	description: 'Retrieve the settings of a SIP trunk, without its password',
	properties: [fields.trunk],
	async prepare(item) {
		return { do: 'give', kind: trunks, found: [await findTrunk(item, trunkOf(item), { needer: 'Get' })] };
	},
};
