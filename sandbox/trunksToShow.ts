import type { TrunkSeed } from './index';

/** What an account holds that people try things on. The ids are the same in each start, as workflows remember the trunk that was chosen. */
export const trunksToShow: TrunkSeed[] = [
	{
		id: '7c0f2b1e-94d3-4a86-b6f1-2d5e8a1c3b70',
		username: 'CT104233',
		description: 'Sydney front desk',
		caller_id_number: '61291234567',
		area_code: '02',
	},
	{
		id: 'b28d5f94-0e6a-4c17-9f3d-61a7c8e2d045',
		username: 'CT587910',
		description: 'Melbourne sales',
		caller_id_number: '61398765432',
		area_code: '03',
		sms_sender: '61412345678',
		softphone_sync_sms: true,
	},
	// Older accounts have usernames of digits alone.
	{
		id: 'e4917a3c-5b82-4d0f-8c6e-f03b9d217a58',
		username: '640218',
		description: 'Brisbane warehouse, moved out',
		caller_id_number: '61731234567',
		area_code: '07',
		enabled: false,
	},
];
