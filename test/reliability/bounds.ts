/* eslint-disable @n8n/community-nodes/no-restricted-globals -- the seed can be given from outside */

/**
 * So many runs, and no more than so long. The same ones each time, so that a red test was made red by
 * a change; PROPERTY_SEED=2 and so on looks elsewhere.
 */
export const bounds = { numRuns: 80, interruptAfterTimeLimit: 2_500, seed: Number(process.env.PROPERTY_SEED ?? 1) };

export const LONG = 60_000;
