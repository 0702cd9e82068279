import { createTrunkRequest } from '../../api/endpoints';
import type { Operation, WritePlan } from '../../run/operation';
import { readAll } from '../../validation/invalidInput';
import { readNewTrunk } from '../../validation/trunkSettings';
import * as fields from './fields';
import { generatePassword, type NewPassword, takePassword } from './newPassword';
import { trunksIfListed } from './trunk';
import { settingsOf } from './trunkFields';
import { checkNumbers } from './verifiedNumbers';
import { sendCreate } from './write';

export const create: Operation<WritePlan> = {
	value: 'create',
	name: 'Create',
	action: 'Create a SIP trunk',
	description: 'Create a SIP trunk; Crazytel chooses its username',
	properties: [
		fields.passwordSource,
		{ ...fields.password, displayOptions: { show: { passwordSource: ['enter'] } } },
		{ ...fields.callerIdNumber, required: true },
		fields.additionalFields(true),
		fields.options(fields.checkNumbers, fields.dryRun, fields.includePassword),
	],
	async prepare(item) {
		let chosen: NewPassword | undefined;
		const [{ isGenerated }, settings, includePassword, isToCheck, isDryRun] = readAll(
			() => (chosen = takePassword(item)),
			() =>
				readNewTrunk({
					...settingsOf(item.collection('additionalFields', 'Additional Fields')),
					caller_id_number: item.parameter('callerIdNumber'),
					// Where there is none, that is a problem already; the other fields are checked all the same.
					password: chosen === undefined ? generatePassword() : chosen.password,
				}),
			() => item.option(fields.includePassword),
			() => item.option(fields.checkNumbers),
			() => item.option(fields.dryRun),
		);
		const [before] = await Promise.all([trunksIfListed(item), isToCheck && checkNumbers(item, settings)]);
		const isShown = isGenerated || includePassword;
		return {
			request: createTrunkRequest(settings),
			isDryRun,
			...(before !== undefined && { trunksBefore: before }),
			...(isShown && { shownPassword: settings.password }),
		};
	},
	perform: sendCreate,
};
