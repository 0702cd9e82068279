/* eslint-disable @n8n/community-nodes/no-restricted-globals -- both can be given from outside */

const times = Number(process.env.PROPERTY_TIMES ?? 1);

/** In milliseconds: for a busy machine. */
export const LONG = 60_000 * times;

/**
 * The same runs each time, so that a red test was made red by a change. PROPERTY_SEED=2 and so on looks elsewhere,
 * PROPERTY_TIMES=20 at so many times as many.
 *
 * @param count of runs, about a second of them
 */
export function runs(count: number) {
	// What fails is made smaller until then, and told. Fewer runs than were asked for are a failure, too.
	return {
		numRuns: count * times,
		seed: Number(process.env.PROPERTY_SEED ?? 1),
		interruptAfterTimeLimit: LONG * 0.8,
		markInterruptAsFailure: true,
	};
}
