import type { Switches } from './switches';

export interface RateLimit {
	/**
	 * Counts a request if it is within the limit.
	 *
	 * @returns 0 when it is let through, else the milliseconds until one would be
	 */
	admit(): number;
	/** Forgets every request. */
	clear(): void;
}

/**
 * The account's limit. A fixed window begins with the first request after the last window; in a
 * sliding one each request counts for the window's length. Refused requests count where the switch says so.
 *
 * @param now milliseconds
 * @param switches read anew for every request, so a change works at once
 * Source: docs/crazytel-api.md, "Hosts, key, limits" (60 a minute; the kind of window is unknown).
 */
export function createRateLimit(now: () => number, switches: () => Switches): RateLimit {
	let admitted: number[] = [];
	let windowStart = 0;

	/** When the oldest request that still counts stops to count. */
	function nextFree(at: number): number {
		const { rateWindow, rateWindowMs, rateLimit } = switches();
		if (rateWindow === 'fixed') {
			if (at - windowStart >= rateWindowMs) admitted = [];
			return windowStart + rateWindowMs;
		}
		admitted = admitted.filter((time) => at - time < rateWindowMs);
		return (admitted[admitted.length - rateLimit] ?? at) + rateWindowMs;
	}

	return {
		admit() {
			const { rateLimit, refusedCount } = switches();
			if (rateLimit === 0) return 0;
			const at = now();
			const free = nextFree(at);
			if (admitted.length >= rateLimit) {
				if (refusedCount) admitted.push(at);
				return free - at;
			}
			if (admitted.length === 0) windowStart = at;
			admitted.push(at);
			return 0;
		},
		clear() {
			admitted = [];
		},
	};
}
