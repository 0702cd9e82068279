import { updateTrunkRequest } from '../../api/endpoints';
import type { Operation } from '../../run/operation';
import { readAll } from '../../validation/invalidInput';
import { readTrunkId } from '../../validation/trunkId';
import { readTrunkUpdate } from '../../validation/trunkSettings';
import * as fields from './fields';
import { settingsOf } from './trunkFields';
import { checkNumbers } from './verifiedNumbers';
import { sendUpdate } from './write';

export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update a SIP trunk',
	description: 'Change the settings that are added below and no others',
	properties: [
		fields.trunk,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				fields.areaCode,
				fields.callerIdNumber,
				{ ...fields.description, description: 'A name for the trunk, left empty to clear it' },
				fields.enabled,
				fields.hideCallerId,
				{
					...fields.password,
					description:
						'A new password of at least 8 characters with an upper-case letter, a lower-case letter and a digit; devices drop off until they are given it',
				},
				fields.smsSender,
				fields.softphoneShowBalance,
				fields.softphoneSyncSms,
			],
		},
		fields.options,
	],
	async prepare(item) {
		const [id, settings, includePassword, isToCheck] = readAll(
			() => readTrunkId(item.locator('trunk')),
			() => readTrunkUpdate(settingsOf(item.collection('updateFields', 'Update Fields'))),
			() => item.option('includePassword', 'Include Password', false),
			() => item.option('checkNumbers', 'Check Numbers', true),
		);
		if (isToCheck) await checkNumbers(item, settings);
		return {
			request: updateTrunkRequest(id, settings),
			...(includePassword && { shownPassword: settings.password }),
		};
	},
	perform: sendUpdate,
};
