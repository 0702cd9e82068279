import { clock, Stopped, until } from './clock';

/** A place in the window is free again so long after its answer, in milliseconds. */
const WINDOW_MS = 60_000;

/** While every place is taken by a request under way, how often to look again, in milliseconds. */
const LOOK_AGAIN_MS = 100;

/** The first pause after a 429 that names none; it doubles with every further one in a row. */
const FIRST_PAUSE_MS = 10_000;

/** The longest pause that is kept, whatever a server asks for, in milliseconds. */
export const LONGEST_PAUSE_MS = 120_000;

/** A request that was let through. */
export interface Place {
	/** How long it waited to be let through, in milliseconds. */
	waitedMs: number;
	/** To be called once, when the request has ended with or without an answer. */
	leave(): void;
	/**
	 * To be called instead of `leave` when the answer was 429: nobody is let in for a while.
	 *
	 * @param retryAfterMs what the server asked for; without it the pause grows from 10 seconds
	 */
	leaveLimited(retryAfterMs: number | undefined): void;
	/** To be called at once, instead of `leave`, when nothing is sent after all: the place is free again. */
	giveBack(): void;
}

/** The requests of one account, from all nodes of this process. */
export interface Window {
	/**
	 * Waits to be let through, first come, first served.
	 *
	 * @param perMinute how many requests may stand in any 60 seconds; 0 for no limit. The pause
	 * after a 429 holds without a limit, too.
	 * @throws Stopped
	 */
	enter(perMinute: number, signal?: AbortSignal): Promise<Place>;
}

const windows = new Map<string, Window>();

/** The window of an account; every caller with the same account shares it. */
export function windowOf(accountId: string): Window {
	const known = windows.get(accountId) ?? createWindow();
	windows.set(accountId, known);
	return known;
}

export function createWindow(): Window {
	let underWay = 0;
	/** When each answered request came to its end, oldest first. */
	const ended: number[] = [];
	let pausedAt = -Infinity;
	let pausedUntil = -Infinity;
	let pausesInARow = 0;
	/** Wakes each one that waits, in the order of arrival; the first one looks for a place. */
	const queue: Array<() => void> = [];

	/** How long the first in the queue has to wait, in milliseconds; 0 when a place is free. */
	const timeToPlace = (perMinute: number): number => {
		const now = clock.now();
		while (ended[0] !== undefined && ended[0] + WINDOW_MS <= now) ended.shift();
		if (pausedUntil > now) return pausedUntil - now;
		if (perMinute === 0) return 0;
		const free = perMinute - underWay;
		if (ended.length < free) return 0;
		// The youngest of those answered ones that must be over before one more fits.
		const next = ended[ended.length - free];
		return next === undefined || free <= 0 ? LOOK_AGAIN_MS : next + WINDOW_MS - now;
	};

	const letThrough = (arrivedAt: number): Place => {
		const sentAt = clock.now();
		let isOver = false;
		underWay++;
		const end = (): boolean => {
			if (isOver) return false;
			isOver = true;
			underWay--;
			return true;
		};
		return {
			waitedMs: sentAt - arrivedAt,
			leave() {
				if (!end()) return;
				ended.push(clock.now());
				// One that was sent before the pause says nothing of the time after it.
				if (sentAt > pausedAt) pausesInARow = 0;
			},
			leaveLimited(retryAfterMs) {
				if (!end()) return;
				const now = clock.now();
				// Of a burst that is refused as a whole, the first answer lengthens the pause.
				const isNewBurst = sentAt > pausedAt;
				if (isNewBurst) {
					pausesInARow++;
					pausedAt = now;
				}
				const grown = isNewBurst ? FIRST_PAUSE_MS * 2 ** (pausesInARow - 1) : 0;
				// What the server asks for is kept, unless it was too short the last time.
				const pause = pausesInARow === 1 ? (retryAfterMs ?? grown) : Math.max(retryAfterMs ?? 0, grown);
				pausedUntil = Math.max(pausedUntil, now + Math.min(pause, LONGEST_PAUSE_MS));
			},
			giveBack() {
				// The next one was woken when this one was let through, and has not looked for a place yet.
				if (end()) queue[0]?.();
			},
		};
	};

	return {
		async enter(perMinute, signal) {
			const arrivedAt = clock.now();
			if (signal?.aborted) throw new Stopped();
			if (queue.length === 0 && timeToPlace(perMinute) === 0) return letThrough(arrivedAt);

			let wake = (): void => {};
			const turn = new Promise<void>((resolve) => (wake = resolve));
			queue.push(wake);
			try {
				if (queue[0] !== wake) await until(turn, signal);
				for (let ms = timeToPlace(perMinute); ms > 0; ms = timeToPlace(perMinute)) {
					await clock.wait(ms, signal);
				}
				return letThrough(arrivedAt);
			} finally {
				queue.splice(queue.indexOf(wake), 1);
				queue[0]?.();
			}
		},
	};
}
