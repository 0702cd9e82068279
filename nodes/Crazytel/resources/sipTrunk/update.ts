import { readAll } from '../../input/invalidInput';
import type { Operation } from '../../run/operation';
import { dryRun, ignoreEmpty, onlyIfChanged, options } from '../shared/fields';
import { givenIn, readUpdate } from '../shared/settings';
import { checksNumbers } from '../shared/verifiedNumbers/option';
import * as fields from './fields';
import { shownPassword } from './newPassword';
import { setTrunk } from './setTrunk';
import { settings } from '../shared/trunks/settings';
import { trunkOf } from '../shared/trunks/trunk';

export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update SIP trunk',
	description: 'Change the settings that are added below and no others',
	properties: [
		fields.trunk,
		fields.updateFields,
		options(fields.checkNumbers, dryRun, ignoreEmpty, fields.includePassword, onlyIfChanged),
	],
	async prepare(item) {
		const given = () => givenIn(settings, item.collection(fields.updateFields));
		const { trunk, values, includesPassword, ...asked } = readAll({
			trunk: () => trunkOf(item),
			values: () =>
				readUpdate(settings, given(), item.option(ignoreEmpty), (parameter) =>
					item.isExpression(fields.updateFields.name, parameter),
				),
			includesPassword: () => item.option(fields.includePassword),
			checksNumbers: () => checksNumbers(item),
			isDryRun: () => item.option(dryRun),
			onlyIfChanged: () => item.option(onlyIfChanged),
		});
		return await setTrunk(item, trunk, values, { ...asked, given, shown: shownPassword(values, includesPassword) });
	},
};
