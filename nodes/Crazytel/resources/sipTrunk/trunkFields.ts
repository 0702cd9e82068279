import type { TrunkSetting, TrunkSettingsInput } from '../../validation/trunkSettings';

/** Which setting of the API each parameter is; the parameters are saved in people's workflows. */
const SETTING_OF_PARAMETER = {
	areaCode: 'area_code',
	callerIdNumber: 'caller_id_number',
	description: 'description',
	enabled: 'enabled',
	hideCallerId: 'hide_caller_id',
	password: 'password',
	smsSender: 'sms_sender',
	softphoneShowBalance: 'softphone_show_balance',
	softphoneSyncSms: 'softphone_sync_sms',
} as const satisfies Record<string, TrunkSetting>;

/** Names the fields of a collection as the API does. What was not added is not there. */
export function settingsOf(fields: Record<string, unknown>): TrunkSettingsInput {
	const settings = Object.entries(SETTING_OF_PARAMETER)
		.filter(([parameter]) => Object.hasOwn(fields, parameter))
		.map(([parameter, setting]) => [setting, fields[parameter]]);
	return Object.fromEntries(settings) as TrunkSettingsInput;
}
