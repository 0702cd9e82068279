import type { Operation, WritePlan } from '../../run/operation';
import { readAll } from '../../validation/invalidInput';
import { readTrunkUpdate } from '../../validation/trunkSettings';
import * as fields from './fields';
import { trunkOf } from './trunk';
import { settingsOf } from './trunkFields';
import { planUpdate } from './updatePlan';
import { sendUpdate } from './write';

export const update: Operation<WritePlan> = {
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
		fields.options(
			fields.checkNumbers,
			fields.dryRun,
			fields.ignoreEmpty,
			fields.includePassword,
			fields.onlyIfChanged,
		),
	],
	async prepare(item) {
		const [locator, settings, includePassword, isToCheck, isDryRun, onlyIfChanged] = readAll(
			() => trunkOf(item),
			() =>
				readTrunkUpdate(
					settingsOf(item.collection('updateFields', 'Update Fields')),
					item.option(fields.ignoreEmpty),
				),
			() => item.option(fields.includePassword),
			() => item.option(fields.checkNumbers),
			() => item.option(fields.dryRun),
			() => item.option(fields.onlyIfChanged),
		);
		return await planUpdate(item, locator, settings, {
			isDryRun,
			onlyIfChanged,
			isToCheck,
			shownPassword: includePassword ? settings.password : undefined,
		});
	},
	perform: sendUpdate,
};
