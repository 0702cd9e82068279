import type { TrunkSeed } from './index';

/** What an account holds that people try things on. */
export const trunksToShow: TrunkSeed[] = [
	{
		username: 'CT104233',
		description: 'Sydney front desk',
		caller_id_number: '61291234567',
		area_code: '02',
	},
	{
		username: 'CT587910',
		description: 'Melbourne sales',
		caller_id_number: '61398765432',
		area_code: '03',
		sms_sender: '61412345678',
		softphone_sync_sms: true,
	},
	// Older accounts have usernames of digits alone.
	{
		username: '640218',
		description: 'Brisbane warehouse, moved out',
		caller_id_number: '61731234567',
		area_code: '07',
		enabled: false,
	},
];
