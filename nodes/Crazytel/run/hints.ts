import type { NodeExecutionHint } from 'n8n-workflow';

import type { Effort } from '../api/client';
import { escaped } from './shownAs';

/** A shorter wait needs no explanation, in milliseconds. */
const LONG_WAIT_MS = 10_000;

/** What the user is told beside the output: what the items said, long waits, repetitions. */
export function hintsOf(
	said: Set<string>,
	{ longestWaitMs, repetitions, requestsPerMinute }: Effort,
): NodeExecutionHint[] {
	const messages = [...said];
	if (longestWaitMs >= LONG_WAIT_MS) {
		const limit = requestsPerMinute === 0 ? 'set by Crazytel' : `of ${requestsPerMinute} requests a minute`;
		messages.push(
			`Requests waited for up to ${Math.round(longestWaitMs / 1000)} seconds, mostly for the limit ${limit}, which all workflows with this API key share.`,
		);
	}
	if (repetitions > 0) {
		messages.push(
			`${repetitions} ${repetitions === 1 ? 'request was' : 'requests were'} sent again after Crazytel was too busy or could not be reached. The output shows how each ended.`,
		);
	}
	return messages.map((message) => ({ message: escaped(message), type: 'warning', location: 'outputPane' }));
}
