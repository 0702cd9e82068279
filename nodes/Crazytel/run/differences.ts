import type { IDataObject } from 'n8n-workflow';

import type { Trunk } from '../api/answers';
import { MASK } from '../api/redaction';
import { readPhoneNumber } from '../validation/phoneNumber';
import type { TrunkSetting, TrunkSettings } from '../validation/trunkSettings';

/** What an update changes, by the API's names; a password is masked. */
export type Changes = Record<string, { from: IDataObject[string]; to: IDataObject[string] }>;

/** These may be listed in another form than they are sent in; a description that looks like one may not. */
const NUMBERS: readonly TrunkSetting[] = ['caller_id_number', 'sms_sender'];

/** Whether the trunk has a setting as it was, or would be, sent; lists may write it in other ways. */
export function isSame(trunk: Trunk, setting: TrunkSetting, sent: unknown): boolean {
	const listed = trunk[setting];
	if (typeof sent === 'boolean') return (sent ? ['true', '1'] : ['false', '0']).includes(String(listed).toLowerCase());
	const text = String(listed ?? '').trim();
	if (setting === 'area_code') return text.padStart(2, '0') === sent;
	const number = NUMBERS.includes(setting) ? readPhoneNumber(sent) : undefined;
	return text === String(sent) || (number !== undefined && readPhoneNumber(listed) === number);
}

/** Whether the trunk shows a setting at all; what is not there is unknown, `null` is a setting that was never made. */
export function isShown(trunk: Trunk, setting: TrunkSetting): boolean {
	return setting !== 'password' && trunk[setting] !== undefined;
}

/** The settings that the trunk is not known to have; a password never is. */
export function differences(trunk: Trunk | undefined, settings: TrunkSettings): TrunkSettings {
	return pick(
		settings,
		(name) => trunk === undefined || !isShown(trunk, name) || !isSame(trunk, name, settings[name]),
	);
}

/** The settings that the trunk shows otherwise. */
export function contradictions(trunk: Trunk, settings: TrunkSettings): TrunkSettings {
	return pick(settings, (name) => isShown(trunk, name) && !isSame(trunk, name, settings[name]));
}

/** @param trunk as it was; undefined where that is not known, or there was none */
export function changesOf(trunk: Trunk | undefined, settings: TrunkSettings): Changes {
	return Object.fromEntries(
		(Object.keys(settings) as TrunkSetting[]).map((name) => [
			name,
			name === 'password'
				? { from: MASK, to: MASK }
				: { from: trunk?.[name] ?? null, to: settings[name] ?? null },
		]),
	);
}

function pick(settings: TrunkSettings, isWanted: (name: TrunkSetting) => boolean): TrunkSettings {
	return Object.fromEntries(
		Object.entries(settings).filter(([name]) => isWanted(name as TrunkSetting)),
	) as TrunkSettings;
}
