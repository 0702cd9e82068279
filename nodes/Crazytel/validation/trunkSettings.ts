import { z } from 'zod';

import { areaCode } from './areaCode';
import { description } from './description';
import { flag } from './flag';
import { InvalidInput } from './invalidInput';
import { password } from './password';
import { phoneNumber, smsSender } from './phoneNumber';
import type { TrunkId } from './trunkId';
import { trunkId } from './trunkId';

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

/**
 * Reads the settings of a new trunk. An optional one that is empty was left out.
 *
 * @returns exactly the settings that were given, in the API's form
 * @throws InvalidInput with every problem, when one cannot be used or a required one is missing
 */
export function readNewTrunk(input: TrunkSettingsInput): TrunkSettings {
	const given = Object.entries(input).filter(
		([name, value]) => !isEmpty(value) || name === 'password' || name === 'caller_id_number',
	);
	return readSettings(Object.fromEntries(given));
}

/**
 * Reads the settings of an update. None may be empty, except the description: `""` clears it.
 *
 * @returns exactly the settings that were given, in the API's form
 * @throws InvalidInput with every problem, also when there is no setting at all
 */
export function readTrunkUpdate(input: TrunkSettingsInput): TrunkSettings {
	if (Object.keys(input).length === 0) {
		throw new InvalidInput([
			{ field: 'updateFields', message: 'Update Fields has no field. Add at least one field to change.' },
		]);
	}
	return readSettings(input);
}

function readSettings(input: TrunkSettingsInput): TrunkSettings {
	const empty = Object.entries(input).filter(
		([name, value]) => isEmpty(value) && !(name === 'description' && typeof value === 'string'),
	);
	const filled = Object.entries(input).filter((entry) => !empty.some(([name]) => name === entry[0]));
	const parsed = settings.safeParse(Object.fromEntries(filled));
	const problems = [
		...empty.map(([name]) => ({ field: name, problem: emptyProblem(name) })),
		...(parsed.success
			? []
			: parsed.error.issues.map(({ path, message }) => ({ field: String(path[0]), problem: message }))),
	];
	if (problems.length > 0 || !parsed.success) {
		throw new InvalidInput(
			problems.map(({ field, problem }) => ({
				field,
				message: `${SETTING_NAMES[field as TrunkSetting]} ${problem}`,
			})),
		);
	}
	return parsed.data;
}

function emptyProblem(setting: string): string {
	const cure =
		setting === 'description'
			? 'Give a text, or two quotation marks with nothing between ("") to clear it.'
			: 'Fill it in, or remove the field.';
	return setting === 'password' || setting === 'caller_id_number'
		? 'is empty. Fill it in; an expression may have found nothing in this item.'
		: `is empty. ${cure} An expression may have found nothing in this item.`;
}

/** Nothing was given: no value, or a text without a visible character. */
export function isEmpty(value: unknown): boolean {
	return value === null || value === undefined || (typeof value === 'string' && value.trim() === '');
}

/**
 * Reads a trunk's id.
 *
 * @throws InvalidInput when it is not a UUID
 */
export function readTrunkId(value: unknown): TrunkId {
	const parsed = trunkId.safeParse(value);
	if (parsed.success) return parsed.data;
	throw new InvalidInput([
		{ field: 'trunk', message: `Trunk ${parsed.error.issues[0]?.message ?? 'is not a trunk ID.'}` },
	]);
}

/**
 * Reads an option that is on or off.
 *
 * @param name the option as the editor shows it
 * @throws InvalidInput when it is neither
 */
export function readFlag(name: string, field: string, value: unknown): boolean {
	const parsed = flag.safeParse(value);
	if (parsed.success) return parsed.data;
	throw new InvalidInput([{ field, message: `${name} ${parsed.error.issues[0]?.message ?? ''}` }]);
}
