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

/**
 * Reads the settings of a new trunk. An optional one that is empty was left out.
 *
 * @returns exactly the settings that were given, in the API's form
 * @throws InvalidInput with every problem, when one cannot be used or a required one is missing
 */
export function readNewTrunk(input: TrunkSettingsInput): TrunkSettings {
	const given = Object.entries(input).filter(([, value]) => !isEmpty(value));
	const missing = REQUIRED.filter((name) => isEmpty(input[name]));
	return readSettings(Object.fromEntries(given), missing);
}

/**
 * Reads the settings of an update. None may be empty, except the description: `""` clears it.
 *
 * @returns exactly the settings that were given, in the API's form
 * @throws InvalidInput with every problem, also when there is no setting at all
 */
export function readTrunkUpdate(input: TrunkSettingsInput): TrunkSettings {
	const names = Object.keys(input) as TrunkSetting[];
	if (names.length === 0) {
		throw new InvalidInput([
			{ field: 'updateFields', message: 'Update Fields has no field. Add at least one field to change.' },
		]);
	}
	const clears = (name: TrunkSetting) => name === 'description' && input[name] === '';
	const empty = names.filter((name) => isEmpty(input[name]) && !clears(name));
	const filled = names.filter((name) => !empty.includes(name));
	return readSettings(Object.fromEntries(filled.map((name) => [name, input[name]])), empty);
}

function readSettings(input: TrunkSettingsInput, empty: TrunkSetting[]): TrunkSettings {
	const parsed = settings.safeParse(input);
	const problems = new Map(empty.map((name) => [name, emptyProblem(name)]));
	for (const { path, message } of parsed.error?.issues ?? []) problems.set(path[0] as TrunkSetting, message);
	if (problems.size === 0 && parsed.success) return parsed.data;
	const names = (Object.keys(SETTING_NAMES) as TrunkSetting[]).filter((name) => problems.has(name));
	throw new InvalidInput(
		names.map((name) => ({ field: name, message: `${SETTING_NAMES[name]} ${problems.get(name)}` })),
	);
}

function emptyProblem(setting: TrunkSetting): string {
	const cure =
		setting === 'description' ? 'Give a text, or an empty text to clear it.' : 'Fill it in, or remove the field.';
	return `is empty. ${REQUIRED.includes(setting) ? 'Fill it in.' : cure} An expression may have found nothing in this item.`;
}

/** Nothing was given: no value, or a text without a visible character. */
export function isEmpty(value: unknown): boolean {
	return (
		value === null ||
		value === undefined ||
		(typeof value === 'string' && value.replace(/[\s\p{Cf}\p{Z}]/gu, '') === '')
	);
}
