import { readAll } from '../../input/invalidInput';
import type { Operation } from '../../run/operation';
import type { Make } from '../../run/plan';
import { dryRun, options } from '../shared/fields';
import { ifListed } from '../shared/listed';
import { givenIn, readNew } from '../shared/settings';
import { checkNumbers } from '../shared/verifiedNumbers/check';
import { checksNumbers } from '../shared/verifiedNumbers/option';
import * as fields from './fields';
import { newTrunks, settingsOfNew, trunks } from '../shared/trunks/kind';
import { newPasswordOf, shownPassword, toldOfGenerated } from './newPassword';
import { REQUIRED, settings, type TrunkSettings } from '../shared/trunks/settings';
import { shortNames, type Trunks } from '../shared/trunks/trunk';

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create SIP trunk',
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
		const given = () => ({
			...givenIn(settings, item.collection(fields.additionalFields)),
			description: item.parameter('trunkDescription'),
			caller_id_number: item.parameter('callerIdNumber'),
			password: password.given,
		});
		const asked = readAll({
			source: password.check,
			values: () => readNew(settingsOfNew, given(), REQUIRED),
			includesPassword: () => item.option(fields.includePassword),
			checksNumbers: () => checksNumbers(item),
			isDryRun: () => item.option(dryRun),
		});
		const { values, isDryRun } = asked;
		const [before] = await Promise.all([
			ifListed(item, trunks),
			asked.checksNumbers && checkNumbers(item, settings, values, given),
		]);
		return {
			do: 'make',
			kind: newTrunks,
			values,
			before,
			isDryRun,
			shown: shownPassword(values, password.isGenerated || asked.includesPassword),
			...toldOfGenerated(password),
			...besideOthers(values, before),
		};
	},
};

/** Nothing forbids two trunks with one description, but most often it is a workflow that has run twice, or a list that has one row twice. */
function besideOthers({ description: value }: TrunkSettings, before: Trunks | undefined): Pick<Make, 'beside'> {
	if (value === undefined || value === '') return {};
	const cure = 'Create makes a new trunk each time. Where the one that is there is meant, use Create or Update.';
	return { beside: { key: 'description', value, names: shortNames(before?.by('description', value) ?? []), cure } };
}
