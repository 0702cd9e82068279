import { clock } from './clock';

/** The longest pause that is kept, whatever a server asks for, in milliseconds. */
export const LONGEST_PAUSE_MS = 120_000;

/** After a 429 the account is taken to be shared with others for so long, in milliseconds. */
const CONTENDED_MS = 300_000;

/** Whoever was refused so long, with nothing let through, does not ask any more, in milliseconds. */
const GIVE_UP_MS = 600_000;

/**
 * Refusals that lie further apart are not taken for one long one, in milliseconds. Between two there may be the longest
 * pause, and a minute until the answer.
 */
const GAP_MS = 240_000;

/** So many requests slip in between those of others. */
const FEW = 3;

/** Pauses of one that asks for a few requests and has had no place, in milliseconds. */
const FEW_PAUSES_MS = [5_000, 10_000] as const;

/** The same for more requests; the first two end when the refused ones themselves leave the window. */
const MINUTE_MS = 60_000;
const PAUSES_MS = [MINUTE_MS, MINUTE_MS, 15_000] as const;

/** From the second refusal in a row on, the shortest pause: one second, then two, four, and so on. */
const MOST_BACK_OFF_MS = 20_000;

/** Pauses differ by up to so much, so that processes do not meet again, in milliseconds. */
const JITTER_MS = 200;

/** What a refusal is judged by. */
export interface Refused {
	/** When the request was sent. */
	sentAt: number;
	/** What the server asked for, in milliseconds. */
	retryAfterMs: number | undefined;
	/** When the oldest place of this process leaves the window; at the latest that of this refusal. */
	nextLeaveAt: number;
	/** Whether a place of this process in the window was let through. */
	hasShare: boolean;
	/** How many requests this process asks for: they wait, are under way, or are this one. */
	waiting: number;
}

/** What the 429s of one account say. Every time is in milliseconds, as the clock goes. */
export interface Refusals {
	/** Until when nobody is let through; in the past where nothing is to wait for. */
	readonly pausedUntil: number;
	/** How many requests may be under way at once. */
	readonly mostUnderWay: number;
	/** A request was answered, and not with a 429. */
	passed(sentAt: number): void;
	/** @returns whether it is worth asking again: not where nothing was let through for ten minutes */
	refused(refusal: Refused): boolean;
}

/**
 * Finds this process's share of an account without talking to the others that use it. What it rests on was
 * simulated with up to 16 processes (`npm run bench -- sharing`): a place of one's own that leaves the window is
 * the best sign that there is one, also where refusals count against the limit; asking before costs places there,
 * and without a Retry-After nothing else says when.
 */
export function createRefusals(): Refusals {
	let pausedAt = -Infinity;
	let pausedUntil = -Infinity;
	let contendedUntil = -Infinity;
	let inARow = 0;
	let refusedSince: number | undefined;
	let refusedAt = -Infinity;
	let hasPassedSince = false;

	/** How long to wait where the server says nothing. */
	const unnamed = ({ nextLeaveAt, hasShare, waiting }: Refused, now: number): number => {
		const leave = nextLeaveAt - now;
		if (hasShare) return leave;
		const pauses = waiting <= FEW ? FEW_PAUSES_MS : PAUSES_MS;
		const pause = pauses[Math.min(inARow, pauses.length) - 1] ?? MOST_BACK_OFF_MS;
		// Others that are refused at the same time come back at another one; a place that leaves is waited for.
		return Math.min(pause >= MINUTE_MS ? pause : pause * (0.7 + 0.6 * clock.random()), leave);
	};

	return {
		get pausedUntil() {
			return pausedUntil;
		},
		get mostUnderWay() {
			if (clock.now() >= contendedUntil) return Infinity;
			return hasPassedSince ? 2 : 1;
		},
		passed(sentAt) {
			refusedSince = undefined;
			// One that was sent before the pause says nothing of the time after it.
			if (sentAt <= pausedAt) return;
			inARow = 0;
			hasPassedSince = true;
		},
		refused(refusal) {
			const now = clock.now();
			if (now - refusedAt > GAP_MS) refusedSince = now;
			refusedSince ??= now;
			refusedAt = now;
			// Those that wait are not to wait for the same answer.
			if (now - refusedSince >= GIVE_UP_MS) return false;
			contendedUntil = now + CONTENDED_MS;
			hasPassedSince = false;
			const { retryAfterMs, sentAt } = refusal;
			// Of a burst that is refused as a whole, the first answer decides; a longer wait that is asked for is kept.
			const isNew = sentAt > pausedAt;
			if (isNew) {
				inARow++;
				pausedAt = now;
			}
			if (isNew || retryAfterMs !== undefined) {
				// What the server asks for was too short the last time, or a place that left was taken by others.
				const backOff = inARow === 1 ? 0 : Math.min(MOST_BACK_OFF_MS, 1_000 * 2 ** (inARow - 2));
				const pause = retryAfterMs === undefined ? unnamed(refusal, now) : Math.min(retryAfterMs, LONGEST_PAUSE_MS);
				pausedUntil = Math.max(pausedUntil, now + Math.max(pause, backOff) + JITTER_MS * clock.random());
			}
			return true;
		},
	};
}
