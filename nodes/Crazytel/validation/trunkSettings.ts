import { z } from 'zod';

import { areaCode } from './areaCode';
import { description } from './description';
import { flag } from './flag';
import { InvalidInput } from './invalidInput';
import { password } from './password';
import { phoneNumber, smsSender } from './phoneNumber';

/** What a trunk can be given, by the API's names (docs/crazytel-api.md#sip-trunk). */
export interface TrunkSettings {
	area_code?: string;
	caller_id_number?: string;
	description?: string;
	enabled?: boolean;
	hide_caller_id?: boolean;
	password?: string;
	sms_sender?: string;
	softphone_show_balance?: boolean;
	softphone_sync_sms?: boolean;
}

export type TrunkSetting = keyof TrunkSettings;

/** How people call each setting; the editor's fields and every message use these words. */
export const SETTING_NAMES: Record<TrunkSetting, string> = {
	area_code: 'Area Code',
	caller_id_number: 'Caller ID',
	description: 'Description',
	enabled: 'Enabled',
	hide_caller_id: 'Hide Caller ID',
	password: 'Password',
	sms_sender: 'SMS Sender',
	softphone_show_balance: 'Softphone Show Balance',
	softphone_sync_sms: 'Softphone Sync SMS',
};

const settings = z.object({
	area_code: areaCode.optional(),
	caller_id_number: phoneNumber.optional(),
	description: description.optional(),
	enabled: flag.optional(),
	hide_caller_id: flag.optional(),
	password: password.optional(),
	sms_sender: smsSender.optional(),
	softphone_show_balance: flag.optional(),
	softphone_sync_sms: flag.optional(),
});

/** Settings as they come from a workflow: a key that is there was set, whatever it holds. */
export type TrunkSettingsInput = Partial<Record<TrunkSetting, unknown>>;

/** Without these there is no trunk (docs/crazytel-api.md#sip-trunk). */
const REQUIRED: TrunkSetting[] = ['caller_id_number', 'password'];

/** Create or Update knows a trunk by its description. */
const REQUIRED_WITH_KEY: TrunkSetting[] = [...REQUIRED, 'description'];

/**
 * Reads the settings of a new trunk. An optional one that is empty was left out.
 *
 * @returns exactly the settings that were given, in the API's form
 * @throws InvalidInput with every problem, when one cannot be used or a required one is missing
 */
export function readNewTrunk(input: TrunkSettingsInput): TrunkSettings {
	return readSettings(withoutEmpty(input), emptyAmong(REQUIRED, input), REQUIRED);
}

/**
 * Reads the settings of a trunk that is created or, where there is one with its description, updated.
 * Empty fields are refused as in an update, so that it does not depend on the account what happens.
 *
 * @param ignoreEmpty whether an optional setting that is empty was left out
 * @returns exactly the settings that were given, in the API's form
 * @throws InvalidInput with every problem, when one cannot be used or a required one is missing
 */
export function readDescribedTrunk(input: TrunkSettingsInput, ignoreEmpty: boolean): TrunkSettings {
	const names = Object.keys(input) as TrunkSetting[];
	const refused = ignoreEmpty ? REQUIRED_WITH_KEY : [...new Set([...REQUIRED_WITH_KEY, ...names])];
	return readSettings(withoutEmpty(input), emptyAmong(refused, input), REQUIRED_WITH_KEY);
}

/**
 * Reads the settings of an update. None may be empty, except the description: `""` clears it.
 *
 * @param ignoreEmpty whether a setting that is empty, the description too, was left out
 * @returns exactly the settings that were given, in the API's form
 * @throws InvalidInput with every problem, also when there is no setting at all
 */
export function readTrunkUpdate(input: TrunkSettingsInput, ignoreEmpty = false): TrunkSettings {
	const given = ignoreEmpty ? withoutEmpty(input) : input;
	const names = Object.keys(given) as TrunkSetting[];
	if (names.length === 0) {
		const message =
			Object.keys(input).length === 0
				? 'Update Fields has no field. Add at least one field to change.'
				: 'Update Fields has no field with a value in this item, and Ignore Empty skips the empty ones. Take the item out before this node.';
		throw new InvalidInput([{ field: 'updateFields', message }]);
	}
	const clears = (name: TrunkSetting) => name === 'description' && given[name] === '';
	const empty = emptyAmong(names, given).filter((name) => !clears(name));
	const filled = Object.entries(given).filter(([name]) => !empty.includes(name as TrunkSetting));
	return readSettings(Object.fromEntries(filled), empty);
}

function withoutEmpty(input: TrunkSettingsInput): TrunkSettingsInput {
	return Object.fromEntries(Object.entries(input).filter(([, value]) => !isEmpty(value)));
}

function emptyAmong(names: TrunkSetting[], input: TrunkSettingsInput): TrunkSetting[] {
	return names.filter((name) => isEmpty(input[name]));
}

function readSettings(
	input: TrunkSettingsInput,
	empty: TrunkSetting[],
	required: TrunkSetting[] = [],
): TrunkSettings {
	const parsed = settings.safeParse(input);
	const problems = new Map(empty.map((name) => [name, emptyProblem(name, required.includes(name))]));
	for (const { path, message } of parsed.error?.issues ?? []) problems.set(path[0] as TrunkSetting, message);
	if (problems.size === 0 && parsed.success) return parsed.data;
	const names = (Object.keys(SETTING_NAMES) as TrunkSetting[]).filter((name) => problems.has(name));
	throw new InvalidInput(
		names.map((name) => ({ field: name, message: `${SETTING_NAMES[name]} ${problems.get(name)}` })),
	);
}

function emptyProblem(setting: TrunkSetting, isRequired: boolean): string {
	const cure = isRequired
		? 'Fill it in.'
		: setting === 'description'
			? 'Give a text, an empty text to clear it, or switch on Ignore Empty in Options.'
			: 'Fill it in, remove the field, or switch on Ignore Empty in Options.';
	return `is empty. ${cure} An expression may have found nothing in this item.`;
}

/** Nothing was given: no value, or a text without a visible character. */
export function isEmpty(value: unknown): boolean {
	return (
		value === null ||
		value === undefined ||
		(typeof value === 'string' && value.replace(/[\s\p{Cf}\p{Z}]/gu, '') === '')
	);
}
