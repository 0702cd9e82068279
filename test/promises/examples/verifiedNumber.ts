import { isSmsSender } from '../../../nodes/Crazytel/input/phoneNumber';
import type { Example } from '../example';

export const verifiedNumber: Example[] = [
	{
		operation: 'getAll',
		parameters: { limit: '={{ $json.limit }}', filters: { smsOnly: '={{ $json.sms }}' } },
		items: [
			{ sms: true, limit: 50 },
			{ sms: false, limit: 3 },
			{ sms: 'yes', limit: 1 },
		],
		seed: () => {},
		bad: { sms: 'mobile' },
		on: 'verified',
		effect: 'read',
		gives: ({ sms, limit }, account) =>
			account
				.verifiedNumbers()
				.filter((number) => sms === false || isSmsSender(number))
				.slice(0, Number(limit))
				.map((number) => ({ number })),
	},
];
