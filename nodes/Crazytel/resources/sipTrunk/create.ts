import { createTrunkRequest } from '../../api/endpoints';
import type { Operation } from '../../run/operation';
import { readAll } from '../../validation/invalidInput';
import { readNewTrunk } from '../../validation/trunkSettings';
import * as fields from './fields';
import { generatePassword, type NewPassword, takePassword } from './newPassword';
import { settingsOf } from './trunkFields';
import { trunksBefore } from './trunksBefore';
import { checkNumbers } from './verifiedNumbers';
import { sendCreate } from './write';

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create a SIP trunk',
	description: 'Create a SIP trunk; Crazytel chooses its username',
	properties: [
		fields.passwordSource,
		{
			...fields.password,
			displayOptions: { show: { passwordSource: ['enter'] } },
		},
		{ ...fields.callerIdNumber, required: true },
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				fields.areaCode,
				fields.description,
				fields.enabled,
				fields.hideCallerId,
				fields.smsSender,
				fields.softphoneShowBalance,
				fields.softphoneSyncSms,
			],
		},
		fields.options,
	],
	async prepare(item) {
		let chosen: NewPassword | undefined;
		const [{ isGenerated }, settings, includePassword, isToCheck] = readAll(
			() => (chosen = takePassword(item)),
			() =>
				readNewTrunk({
					...settingsOf(item.collection('additionalFields', 'Additional Fields')),
					caller_id_number: item.parameter('callerIdNumber'),
					// Where there is none, that is a problem already; the other fields are checked all the same.
					password: chosen === undefined ? generatePassword() : chosen.password,
				}),
			() => item.option('includePassword', 'Include Password', false),
			() => item.option('checkNumbers', 'Check Numbers', true),
		);
		const [before] = await Promise.all([trunksBefore(item), isToCheck && checkNumbers(item, settings)]);
		const isShown = isGenerated || includePassword;
		return {
			request: createTrunkRequest(settings),
			...(before !== undefined && { trunksBefore: before }),
			...(isShown && { shownPassword: settings.password }),
		};
	},
	perform: sendCreate,
};
