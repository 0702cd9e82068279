import { check, type CheckOptions } from '../../live/check';
import type { Report } from '../../live/report';
import type { Answers } from '../../live/seen';
import { get } from '../../live/transport';
import type { Sandbox, StoredCallRecord } from '../../sandbox';

const MINUTE_MS = 60_000;

/** Calls every twenty minutes, the newest one a moment ago: two weeks and a bit of them. */
export function calls(count: number, now: number): StoredCallRecord[] {
	// Whole seconds, as most forms of a time show no less.
	const newest = Math.floor(now / 1_000) * 1_000 - 2_000;
	return Array.from(
		{ length: count },
		(_, index): StoredCallRecord => ({
			at: newest - index * 20 * MINUTE_MS,
			type: 'voice',
			extension: 'CT100001',
			columns: { duration: index, total_cost: 0.09 },
		}),
	);
}

/** An account on which every answer has something to show. */
export function fill(sandbox: Sandbox, callCount: number): void {
	for (const username of ['CT100001', 'CT100002', 'CT100003', 'CT100004', 'CT100005'])
		sandbox.addTrunk({ username, description: `Desk of ${username}` });
	for (const number of ['61291110001', '61291110002', '61291110003', '61291110004', '61291110005'])
		sandbox.numbers.add({ did_number: number });
	sandbox.addCallRecords(calls(callCount, Date.now()));
}

/** The check against a server, without its waits. */
export async function checkAt(
	baseUrl: string,
	apiKey: string,
	more: Partial<CheckOptions> = {},
): Promise<{ report: Report; answers: Answers }> {
	return await check({ baseUrl, apiKey, all: true, get, now: Date.now, pause: async () => {}, ...more });
}

/** All switches that a report has found, by their names. */
export function found({ verdicts }: Report): Record<string, unknown> {
	return Object.assign({}, ...verdicts.map(({ switches }) => switches)) as Record<string, unknown>;
}
