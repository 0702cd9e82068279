import { readAll } from '../../input/invalidInput';
import type { Operation } from '../../run/operation';
import { dryRun, options } from '../shared/fields';
import { readUpdate } from '../shared/settings';
import { passwordRequest } from '../shared/trunks/endpoints';
import * as fields from './fields';
import { newPasswordOf, shownPassword, toldOfGenerated } from './newPassword';
import { setTrunk } from './setTrunk';
import { settings } from '../shared/trunks/settings';
import { trunkOf } from '../shared/trunks/trunk';

export const rotatePassword: Operation = {
	value: 'rotatePassword',
	name: 'Rotate Password',
	action: 'Rotate password of SIP trunk',
	description: 'Give a SIP trunk a new password; its devices drop off until they are given it',
	properties: [
		fields.trunk,
		{
			...fields.passwordSource,
			description:
				'Where the new password comes from; devices that are registered drop off until it is entered in them',
		},
		fields.password,
		options(dryRun, fields.includePassword),
	],
	async prepare(item) {
		const password = newPasswordOf(item);
		const { trunk, values, includesPassword, isDryRun } = readAll({
			trunk: () => trunkOf(item),
			source: password.check,
			values: () => readUpdate(settings, { password: password.given }),
			includesPassword: () => item.option(fields.includePassword),
			isDryRun: () => item.option(dryRun),
		});
		const shown = shownPassword(values, password.isGenerated || includesPassword);
		return {
			...(await setTrunk(item, trunk, values, { isDryRun, shown })),
			by: passwordRequest,
			...toldOfGenerated(password),
		};
	},
};
