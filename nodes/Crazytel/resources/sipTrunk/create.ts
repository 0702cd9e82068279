import { createTrunkRequest } from '../../api/endpoints';
import type { Operation } from '../../run/operation';
import { readNewTrunk } from '../../validation/trunkSettings';
import * as fields from './fields';
import { takePassword } from './newPassword';
import { settingsOf } from './trunkFields';
import { checkNumbers } from './verifiedNumbers';
import { write } from './write';

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create a SIP trunk',
	description: 'Create a SIP trunk; Crazytel chooses its username',
	properties: [
		fields.passwordSource,
		{
			...fields.password,
			required: true,
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
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [fields.checkNumbers, fields.includePassword],
		},
	],
	async prepare(item) {
		const { password, isGenerated } = takePassword(item);
		const settings = readNewTrunk({
			...settingsOf(item.collection('additionalFields', 'Additional Fields')),
			password,
			caller_id_number: item.parameter('callerIdNumber'),
		});
		await checkNumbers(item, settings);
		const isShown = isGenerated || item.option('includePassword', 'Include Password', false);
		return {
			request: createTrunkRequest(settings),
			...(isShown && { shownPassword: settings.password }),
		};
	},
	perform: write,
};
