import { clock, until } from './clock';

/** After so long each time one request asks whether the service is back, in milliseconds; then it is given up. */
const PAUSES_MS = [5_000, 10_000, 20_000, 30_000, 60_000] as const;

/** One that was in vain before lets others ask first, by so much, in milliseconds: it may be the only one that fails. */
const COURTESY_MS = 100;

/** A service that has failed in the middle of a long run: all requests of a kind are held, and one asks for all. */
export interface Outage {
	/** Whether nothing is held any more, because the service did not come back. */
	readonly isOver: boolean;
	/** How many requests have failed in it. */
	readonly failures: number;
	/**
	 * Waits until the request may ask.
	 *
	 * @param wasInVain whether it was sent often before
	 * @returns once it may be sent, or the outage is over or ended
	 * @throws Stopped
	 */
	wait(request: object, wasInVain: boolean, signal: AbortSignal | undefined): Promise<void>;
	/** A request has failed; the pause grows with the one that has asked. */
	failed(request: object): void;
	/** The service has answered with sense: everybody goes on. */
	end(): void;
	/** It asks no more, and what it was told says nothing of the service: somebody else asks. */
	withdrew(request: object): void;
}

export function createOutage(): Outage {
	let asked = 0;
	let failures = 0;
	let askAt = clock.now() + PAUSES_MS[0];
	let asker: object | undefined;
	let hasEnded = false;
	let isOver = false;
	let tell = (): void => {};
	let news = new Promise<void>((resolve) => (tell = resolve));
	const changed = (): void => {
		const told = tell;
		news = new Promise<void>((resolve) => (tell = resolve));
		told();
	};

	return {
		get isOver() {
			return isOver;
		},
		get failures() {
			return failures;
		},
		async wait(request, wasInVain, signal) {
			// Whoever asks may have to ask again, e.g. after it was told that the thing is busy.
			while (!hasEnded && !isOver && asker !== request) {
				const ms = askAt + (wasInVain ? COURTESY_MS : 0) - clock.now();
				if (asker !== undefined) await until(news, signal);
				else if (ms > 0) await clock.wait(ms, signal);
				else {
					asker = request;
					return;
				}
			}
		},
		failed(request) {
			failures++;
			if (request !== asker) return;
			asker = undefined;
			asked++;
			const pause = PAUSES_MS[asked];
			if (pause === undefined) isOver = true;
			else askAt = clock.now() + pause;
			changed();
		},
		end() {
			hasEnded = true;
			changed();
		},
		withdrew(request) {
			if (request !== asker) return;
			asker = undefined;
			changed();
		},
	};
}
