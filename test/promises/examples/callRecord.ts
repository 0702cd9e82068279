import type { Sandbox } from '../../../sandbox';
import type { Example } from '../example';

/** A call an hour on one day, of two trunks, and a message. */
function seed(account: Sandbox): void {
	account.addCallRecords(
		[0, 1, 2, 3, 4].map((hour) => ({
			at: Date.UTC(2026, 10, 20, hour),
			type: hour === 4 ? 'smsin' : 'voice',
			extension: hour % 2 === 0 ? 'CT100001' : 'CT100002',
			columns: { hour, total_cost: 0.1, answer_time: null },
		})),
	);
}

export const callRecord: Example[] = [
	{
		operation: 'getAll',
		parameters: {
			type: '={{ $json.type }}',
			startDate: '2026-11-01',
			endDate: '={{ $json.until }}',
			extension: '={{ $json.extension }}',
			limit: '={{ $json.limit }}',
			simplify: false,
		},
		// One request each; those that take several are tried in test/callRecords.
		items: [
			{ type: 'voice', until: '2026-11-30', extension: 'CT100001', limit: 2, hours: [2, 0] },
			{ type: 'all', until: '2026-11-18', extension: 'CT100001', limit: 50, hours: [] },
			{ type: 'all', until: '2026-11-30', extension: 'CT100001', limit: 2, hours: [4, 2] },
		],
		seed,
		bad: { until: 'yesterday' },
		on: 'callRecords',
		effect: 'read',
		gives: ({ hours }) =>
			(hours as number[]).map((hour) => ({ hour, setup_time: `2026-11-20T0${hour}:00:00`, answer_time: null })),
	},
];
