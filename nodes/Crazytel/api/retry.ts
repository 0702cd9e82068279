import type { ApiError, FailureKind } from './apiError';
import { clock } from './clock';
import { LONGEST_PAUSE_MS } from './pacing';
import { type ApiRequest, hasKey, isWrite } from './request';

/** How often a request is sent at most. */
const MOST_TRIES = 4;

/** The longest wait before the first repetition, in milliseconds; it doubles with each further one. */
const FIRST_WAIT_MS = 500;

/** The same for what passes by itself, and not in a second. */
const FIRST_LONG_WAIT_MS = 4_000;

/** Nothing was done, and it may pass. */
const PASSING: readonly FailureKind[] = ['limited', 'undelivered', 'busy', 'blocked'];

/** Failures of a service that is down. All others are an answer with sense to one request. */
const OF_THE_SERVICE: readonly FailureKind[] = ['limited', 'undelivered', 'uncertain', 'unsent'];

/** After so many requests in a row that failed for good, the service is taken to be down. */
const FAILURES_UNTIL_DOWN = 3;

/** What repetition asks of a request. */
type Repeatable = Pick<ApiRequest<unknown>, 'endpoint' | 'idempotencyKey'>;

/**
 * Which failures are worth another try. What may have acted is sent again only where repeating does no
 * harm: that is decided by naming the effects that are harmless, so that a new one is not repeated.
 */
function mayRepeat({ endpoint: { effect }, idempotencyKey }: Repeatable, failure: FailureKind): boolean {
	if (PASSING.includes(failure)) return true;
	const isHarmless = effect === 'read' || effect === 'set' || effect === 'remove';
	return failure === 'uncertain' && (isHarmless || (effect === 'act' && hasKey({ idempotencyKey })));
}

/** The failure that would meet every further request, and how many have met it in a row. */
export interface GivenUp {
	error: ApiError;
	failures: number;
}

/** What a run may spend on repetitions, and what it has learnt of the service. */
export interface Patience {
	/**
	 * Decides what follows a failure.
	 *
	 * @param tries how often the request was sent so far
	 * @returns how long to wait before the next try, in milliseconds; undefined to give up
	 */
	afterFailure(request: Repeatable, error: ApiError, tries: number): number | undefined;
	succeeded(request: Repeatable): void;
	/** Why no more requests to an endpoint should be sent; undefined while they may be. */
	gaveUpOn(request: Repeatable): GivenUp | undefined;
	/** How many requests were repeated so far. */
	readonly repetitions: number;
}

/** @param items of the run: so many repetitions it may spend, and never fewer than 20 */
export function createPatience(items: number): Patience {
	const budget = Math.max(items, 20);
	let spent = 0;
	let repetitions = 0;
	let refusedKey: ApiError | undefined;
	/** A service that fails to write may well be able to read, so each endpoint is counted alone. */
	const inARow = new Map<string, GivenUp>();

	const giveUp = ({ endpoint }: Repeatable, error: ApiError): undefined => {
		// A 403 on a list may only mean that this key cannot list.
		if (error.isRefusedKey && (error.httpCode === '401' || isWrite(endpoint))) refusedKey = error;
		if (error.isFromBetween) return undefined;
		if (!OF_THE_SERVICE.includes(error.kind)) inARow.delete(endpoint.name);
		else inARow.set(endpoint.name, { error, failures: (inARow.get(endpoint.name)?.failures ?? 0) + 1 });
		return undefined;
	};

	return {
		afterFailure(request, error, tries) {
			// A certificate that is not trusted will not be trusted in a second.
			const isWorthIt = mayRepeat(request, error.kind) && !error.isLasting;
			if (!isWorthIt || tries >= MOST_TRIES) return giveUp(request, error);
			// The pause after a 429 is kept by the window, for all requests at once, and ends by itself.
			if (error.kind === 'limited') {
				repetitions++;
				return 0;
			}
			if (spent >= budget) return giveUp(request, error);
			spent++;
			repetitions++;
			// Anywhere up to the longest wait, so that requests that failed together do not return together.
			const first = error.kind === 'busy' || error.kind === 'blocked' ? FIRST_LONG_WAIT_MS : FIRST_WAIT_MS;
			const wait = clock.random() * first * 2 ** (tries - 1);
			return Math.max(wait, Math.min(error.retryAfterMs ?? 0, LONGEST_PAUSE_MS));
		},
		succeeded({ endpoint }) {
			inARow.delete(endpoint.name);
		},
		gaveUpOn({ endpoint }) {
			if (refusedKey !== undefined) return { error: refusedKey, failures: 1 };
			const failed = inARow.get(endpoint.name);
			return failed !== undefined && failed.failures >= FAILURES_UNTIL_DOWN ? failed : undefined;
		},
		get repetitions() {
			return repetitions;
		},
	};
}
