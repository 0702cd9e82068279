/** What the package may cost those who install it. The test of the package and the goals of the benchmark both read it. */
export const LIMITS = {
	/**
	 * Unpacked, in kB of 1,000 bytes: what there is now and a tenth more, so that growth is seen. Nine tenths of it are
	 * the code of all operations and events, which is shipped as it can be read, without its comments: without its
	 * spaces too it would be a seventh less and load as slowly. Most of the rest is the README, which npm shows.
	 */
	unpackedKilobytes: 480,
	/** Node and trigger together, in a Node that has loaded n8n-workflow and zod; a third of that is compiling. */
	loadMs: 20,
} as const;
