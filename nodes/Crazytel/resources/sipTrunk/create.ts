import { readAll } from '../../input/invalidInput';
import type { Operation } from '../../run/operation';
import { dryRun, options } from '../shared/fields';
import { ifListed } from '../shared/listed';
import { givenIn, readNew } from '../shared/settings';
import { checkNumbers } from '../shared/verifiedNumbers/check';
import * as fields from './fields';
import { newTrunks, settingsOfNew, trunks } from './kind';
import { newPasswordOf, shownPassword } from './newPassword';
import { REQUIRED, settings } from './settings';

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create a SIP trunk',
	description: 'Create a SIP trunk; Crazytel chooses its username',
	properties: [
		fields.callerIdNumber,
		fields.trunkDescription,
		fields.passwordSource,
		fields.password,
		fields.additionalFields,
		options(fields.checkNumbers, dryRun, fields.includePassword),
	],
	async prepare(item) {
		const password = newPasswordOf(item);
		const asked = readAll({
			source: password.check,
			values: () =>
				readNew(
					settingsOfNew,
					{
						...givenIn(settings, item.collection(fields.additionalFields)),
						description: item.parameter('trunkDescription'),
						caller_id_number: item.parameter('callerIdNumber'),
						password: password.given,
					},
					REQUIRED,
				),
			includesPassword: () => item.option(fields.includePassword),
			checksNumbers: () => fields.checksNumbers(item),
			isDryRun: () => item.option(dryRun),
		});
		const { values, isDryRun } = asked;
		const [before] = await Promise.all([
			ifListed(item, trunks),
			asked.checksNumbers && checkNumbers(item, settings, values),
		]);
		return {
			do: 'make',
			kind: newTrunks,
			values,
			before,
			isDryRun,
			shown: shownPassword(values, password.isGenerated || asked.includesPassword),
		};
	},
};
