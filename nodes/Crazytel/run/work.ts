import { ApiError } from '../api/apiError';
import { Stopped } from '../api/clock';
import { STOPPED_FAILURE, STOPPED_REPEATING_FAILURE } from './failure';
import type { Memory } from './memory';
import { type Failed, failedBy, type Outcome } from './outcome';
import type { Done } from './performing';
import type { Operation } from './operation';
import { type Plan, settingsOf } from './plan';

/** An item that can be performed; `done` is what came of it in an earlier try of n8n's Retry On Fail. */
export interface Prepared {
	operation: Operation;
	plan: Plan;
	done?: Done;
}

/** One input item on its way to its output. */
export interface Work {
	/** Its place in the input, from 0. */
	index: number;
	memory: Memory;
	prepared: Outcome<Prepared>;
	/** What has come of it so far. */
	outcome: Outcome<Done>;
}

/** An item that has been prepared and not yet performed. */
export function workOf(index: number, memory: Memory, prepared: Outcome<Prepared>): Work {
	const outcome =
		'failure' in prepared
			? doubtOr(prepared, memory)
			: prepared.value.done === undefined || memory.doubled !== undefined
				? notSent(memory)
				: { value: prepared.value.done };
	return { index, memory, prepared, outcome };
}

/** What is said of an item that this try did not come to. */
function notSent({ done, uncertain }: Memory): Failed {
	if (uncertain !== undefined) return inDoubt(uncertain);
	return { failure: done === undefined ? STOPPED_FAILURE : STOPPED_REPEATING_FAILURE };
}

/** A failure of this try that says nothing of earlier ones does not take the place of what one of them has left open. */
export function doubtOr(failed: Failed, { done, uncertain }: Memory, operation?: Operation): Failed {
	const { cause } = failed;
	const isStopped = cause instanceof Stopped;
	const isAboutThisTryOnly = isStopped || (cause instanceof ApiError && cause.saysNothingOfEarlierTries);
	if (isAboutThisTryOnly && uncertain !== undefined) return inDoubt(uncertain, operation);
	return isStopped && done !== undefined ? { failure: STOPPED_REPEATING_FAILURE } : failed;
}

/** An item that an earlier try may have written: what that try said still holds. */
export function inDoubt({ plan, error }: NonNullable<Memory['uncertain']>, operation?: Operation): Failed {
	return failedBy(error, { ...(operation !== undefined && { operation }), settings: settingsOf(plan), isWrite: true });
}
