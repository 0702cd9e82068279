import { text } from '../../api/body';
import { InvalidInput, readAll } from '../../input/invalidInput';
import { shown } from '../../input/shown';
import { differences } from '../../run/differences';
import { withoutSecrets } from '../../run/kind';
import type { Operation } from '../../run/operation';
import type { SetValues } from '../../run/plan';
import { dryRun, ignoreEmpty, onlyIfChanged, options } from '../shared/fields';
import { listed, partialWords } from '../shared/listed';
import { givenIn, readKeyed } from '../shared/settings';
import { checkNumbers } from '../shared/verifiedNumbers/check';
import { checksNumbers } from '../shared/verifiedNumbers/option';
import * as fields from './fields';
import { newTrunks, settingsOfNew, trunks } from '../shared/trunks/kind';
import { sendableId, type TrunkId } from '../shared/trunks/locator';
import { newPasswordOf, shownPassword, toldOfGenerated } from './newPassword';
import { REQUIRED, settings } from '../shared/trunks/settings';
import { nameTrunks, type Trunks } from '../shared/trunks/trunk';

/** By this a trunk is known. */
const KEY = 'description';

/** Whoever runs this again after a run that ended half-way takes the outputs for all there is. */
const AFTER_KEPT_PASSWORD =
	'All is well if its password is known. If nobody has it, for example because an earlier run ended before its output was kept, set a new one with Rotate Password, or add Update Password in Options.';

export const upsert: Operation = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update SIP trunk',
	description: 'Create a new SIP trunk, or update the current one if it already exists (upsert)',
	properties: [
		{
			...fields.trunkDescription,
			required: true,
			hint: 'The trunk with this description is updated; if there is none, it is created',
			description:
				'By this the trunk is known; give each trunk a description of its own, such as the name of the customer',
		},
		fields.callerIdNumber,
		{
			...fields.passwordSource,
			description:
				'Where the password of a new trunk comes from; one that exists keeps its own, unless Update Password is on',
		},
		fields.password,
		fields.additionalFields,
		options(fields.checkNumbers, dryRun, ignoreEmpty, fields.includePassword, onlyIfChanged, fields.updatePassword),
	],
	async prepare(item) {
		const newPassword = newPasswordOf(item);
		const given = () => ({
			...givenIn(settings, item.collection(fields.additionalFields)),
			description: item.parameter('trunkDescription'),
			caller_id_number: item.parameter('callerIdNumber'),
			password: newPassword.given,
		});
		const asked = readAll({
			source: newPassword.check,
			values: () => readKeyed(settingsOfNew, given(), [...REQUIRED, KEY], item.option(ignoreEmpty)),
			includesPassword: () => item.option(fields.includePassword),
			checksNumbers: () => checksNumbers(item),
			isDryRun: () => item.option(dryRun),
			onlyIfChanged: () => item.option(onlyIfChanged),
			updatesPassword: () => item.option(fields.updatePassword),
		});
		const { values, isDryRun, onlyIfChanged: tellsChanges, updatesPassword } = asked;
		// The key is not among what is set: the trunk has it already.
		const { description: value = '', ...settable } = values;
		const others = withoutSecrets(trunks, settable);
		const shownOf = shownPassword(values, newPassword.isGenerated || asked.includesPassword);
		const generated = toldOfGenerated(newPassword);
		const instead = (id: TrunkId): SetValues => ({
			do: 'set',
			kind: newTrunks,
			id,
			called: value,
			values: updatesPassword ? settable : others,
			onlyDifferences: true,
			known: { key: KEY, value },
			tellsChanges,
			isDryRun,
			shown: updatesPassword ? shownOf : undefined,
			...(updatesPassword && generated),
			...(newPassword.isGenerated && !updatesPassword && { keepsSecrets: AFTER_KEPT_PASSWORD }),
		});

		const all = await listed(item, trunks, 'Create or Update', undefined, { isForMaking: true });
		const id = idOfDescription(all, value);
		if (asked.checksNumbers) {
			await checkNumbers(item, settings, id === undefined ? others : differences(trunks, all.find(id), others), given);
		}
		if (id !== undefined) return instead(id);
		return {
			do: 'make',
			kind: newTrunks,
			values,
			before: all,
			known: { key: KEY, value, idIn: (newer) => idOfDescription(newer, value), instead },
			tellsChanges,
			isDryRun,
			shown: shownOf,
			...generated,
		};
	},
};

/**
 * Finds the trunk with a description.
 *
 * @returns undefined when there is none
 * @throws InvalidInput when there are several, when one has a form of it, its id is none, or the list shows no descriptions
 */
function idOfDescription(all: Trunks, value: string): TrunkId | undefined {
	const refused = (message: string) => new InvalidInput([{ field: 'trunkDescription', message }]);
	if (!all.isWhole) {
		const words = partialWords(trunks, all, 'Use the operations Create and Update, each on its own.');
		throw refused(`Create or Update cannot tell whether the trunk exists. ${words}`);
	}
	const [found, ...others] = all.by(KEY, value);
	if (others.length > 0 && found !== undefined) {
		throw refused(
			`Description ${shown(value)} belongs to ${others.length + 1} trunks, and it is unknown which one is meant: ${[found, ...others].map(({ id, username }) => text(username) || id).join(', ')}.\nGive each of them a description of its own, or use Update.`,
		);
	}
	if (!all.shows(KEY)) {
		throw refused(
			'Create or Update cannot be used with this account: its list of trunks shows no descriptions, so nobody can tell whether the trunk exists.\nUse the operations Create and Update, each on its own.',
		);
	}
	if (found !== undefined) return sendableId(found.id, 'trunkDescription');
	const near = all.near(KEY, value);
	if (near.length === 0) return undefined;
	throw refused(
		`Description ${shown(value)} belongs to no trunk, but one may have it in another form, as some services change what they store: ${nameTrunks(near)}. It is unknown whether that is the trunk that is meant.\nWrite the description in the form that Crazytel shows, or give that trunk another one.`,
	);
}
