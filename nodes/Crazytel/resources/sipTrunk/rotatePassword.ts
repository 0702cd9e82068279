import { setPasswordRequest } from '../../api/endpoints';
import type { Operation, WritePlan } from '../../run/operation';
import { readAll } from '../../validation/invalidInput';
import { readTrunkUpdate } from '../../validation/trunkSettings';
import * as fields from './fields';
import { takePassword } from './newPassword';
import { trunkOf } from './trunk';
import { planUpdate } from './updatePlan';
import { sendUpdate } from './write';

export const rotatePassword: Operation<WritePlan> = {
	value: 'rotatePassword',
	name: 'Rotate Password',
	action: 'Rotate the password of a SIP trunk',
	description: 'Give a SIP trunk a new password; its devices drop off until they are given it',
	properties: [
		fields.trunk,
		{
			...fields.passwordSource,
			description:
				'Where the new password comes from; devices that are registered drop off until it is entered in them',
		},
		{ ...fields.password, displayOptions: { show: { passwordSource: ['enter'] } } },
		fields.options(fields.dryRun, fields.includePassword),
	],
	async prepare(item) {
		const [locator, [password, isGenerated], includePassword, isDryRun] = readAll(
			() => trunkOf(item),
			() => {
				const chosen = takePassword(item);
				const { password = '' } = readTrunkUpdate({ password: chosen.password });
				return [password, chosen.isGenerated] as const;
			},
			() => item.option(fields.includePassword),
			() => item.option(fields.dryRun),
		);
		const plan = await planUpdate(item, locator, { password }, {
			isDryRun,
			onlyIfChanged: false,
			shownPassword: isGenerated || includePassword ? password : undefined,
		});
		return { ...plan, request: setPasswordRequest(plan.request.trunkId ?? '', password) };
	},
	perform: sendUpdate,
};
