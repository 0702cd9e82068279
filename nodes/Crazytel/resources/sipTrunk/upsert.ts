import { text } from '../../api/answers';
import { createTrunkRequest, updateTrunkRequest } from '../../api/endpoints';
import { differences } from '../../run/differences';
import type { KnownTrunks } from '../../run/knownTrunks';
import type { Operation, WritePlan } from '../../run/operation';
import { InvalidInput, readAll } from '../../validation/invalidInput';
import { shown } from '../../validation/shown';
import type { TrunkId } from '../../validation/trunkId';
import { readDescribedTrunk } from '../../validation/trunkSettings';
import * as fields from './fields';
import { generatePassword, type NewPassword, takePassword } from './newPassword';
import { listedTrunks } from './trunk';
import { settingsOf } from './trunkFields';
import { checkNumbers } from './verifiedNumbers';
import { sendCreateOrUpdate } from './write';

export const upsert: Operation<WritePlan> = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update a SIP trunk',
	description: 'Create a new SIP trunk, or update the current one if it already exists (upsert)',
	properties: [
		{
			...fields.description,
			required: true,
			description:
				'The trunk with exactly this description is updated, and created if there is none; give each trunk a description of its own',
		},
		{
			...fields.passwordSource,
			description:
				'Where the password of a new trunk comes from; one that exists keeps its own, unless Update Password is on',
		},
		{ ...fields.password, displayOptions: { show: { passwordSource: ['enter'] } } },
		{ ...fields.callerIdNumber, required: true },
		fields.additionalFields(false),
		fields.options(
			fields.checkNumbers,
			fields.dryRun,
			fields.ignoreEmpty,
			fields.includePassword,
			fields.onlyIfChanged,
			fields.updatePassword,
		),
	],
	async prepare(item) {
		let chosen: NewPassword | undefined;
		const [{ isGenerated }, settings, includePassword, isToCheck, isDryRun, onlyIfChanged, updatePassword] = readAll(
			() => (chosen = takePassword(item)),
			() =>
				readDescribedTrunk(
					{
						...settingsOf(item.collection('additionalFields', 'Additional Fields')),
						description: item.parameter('description'),
						caller_id_number: item.parameter('callerIdNumber'),
						password: chosen === undefined ? generatePassword() : chosen.password,
					},
					item.option(fields.ignoreEmpty),
				),
			() => item.option(fields.includePassword),
			() => item.option(fields.checkNumbers),
			() => item.option(fields.dryRun),
			() => item.option(fields.onlyIfChanged),
			() => item.option(fields.updatePassword),
		);
		const { description: key = '', password, ...others } = settings;
		const isShown = isGenerated || includePassword;
		const common = { key, isDryRun, showsChanges: onlyIfChanged };
		const updateOf = (id: TrunkId): WritePlan => ({
			...common,
			request: updateTrunkRequest(id, updatePassword ? { ...others, password } : others),
			sendsDifferences: true,
			...(updatePassword && isShown && { shownPassword: password }),
		});

		const trunks = await listedTrunks(item, 'Create or Update');
		const id = idOfDescription(trunks, key);
		if (isToCheck) {
			await checkNumbers(item, id === undefined ? others : differences(trunks.find(id), others));
		}
		if (id !== undefined) return updateOf(id);
		return {
			...common,
			request: createTrunkRequest(settings),
			trunksBefore: trunks,
			ifMade: updateOf,
			...(isShown && { shownPassword: password }),
		};
	},
	perform: sendCreateOrUpdate,
};

/**
 * Finds the trunk with a description.
 *
 * @returns undefined when there is none
 * @throws InvalidInput when there are several, or the list shows no descriptions
 */
function idOfDescription(trunks: KnownTrunks, key: string): TrunkId | undefined {
	const refused = (message: string) => new InvalidInput([{ field: 'description', message }]);
	const [found, ...others] = trunks.withDescription(key);
	if (others.length > 0 && found !== undefined) {
		throw refused(
			`Description ${shown(key)} belongs to ${others.length + 1} trunks, and it is unknown which one is meant: ${[found, ...others].map(({ id, username }) => text(username) || id).join(', ')}. Give each of them a description of its own, or use Update.`,
		);
	}
	if (!trunks.shows('description')) {
		throw refused(
			'Create or Update cannot be used with this account: its list of trunks shows no descriptions, so nobody can tell whether the trunk exists. Use the operations Create and Update, each on its own.',
		);
	}
	return found?.id.toLowerCase();
}
