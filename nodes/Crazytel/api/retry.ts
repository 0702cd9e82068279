import type { ApiError, FailureKind } from './apiError';
import { clock } from './clock';
import { createOutage, type Outage } from './outage';
import { LONGEST_PAUSE_MS } from './refusals';
import { type ApiRequest, hasKey, isWrite } from './request';

/** How hard is tried. */
export interface Endurance {
	/** How often a request is sent at most. */
	mostTries: number;
	/** Whether a 429 is no failed try, so that its pause is waited out. */
	outlastsLimit: boolean;
}

/** Nobody else tries again. */
const OF_A_RUN: Endurance = { mostTries: 4, outlastsLimit: true };

/** The longest wait before the first repetition, in milliseconds; it doubles with each further one. */
const FIRST_WAIT_MS = 500;

/** The same for what passes by itself, and not in a second. */
const FIRST_LONG_WAIT_MS = 4_000;

/** Nothing was done, and it may pass. */
const PASSING: readonly FailureKind[] = ['undelivered', 'busy', 'blocked'];

/** Failures of a service that is down. All others are an answer with sense to one request. */
const OF_THE_SERVICE: readonly FailureKind[] = ['limited', 'undelivered', 'uncertain', 'unsent'];

/** After so many requests in a row that failed for good, the service is taken to be down. */
const FAILURES_UNTIL_DOWN = 3;

/** What a service has that is down for a while. */
const OF_AN_OUTAGE: readonly FailureKind[] = ['undelivered', 'uncertain', 'blocked'];

/** A run of more items takes minutes, and waits for a service that is down; a shorter one fails soon. */
const MOST_OF_A_SHORT_RUN = 60;

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
	 * Waits while the service is down and another request asks whether it is back. Only in a long run.
	 *
	 * @param tries how often the request was sent so far
	 * @throws Stopped
	 */
	untilUp(request: Repeatable, tries: number, signal: AbortSignal | undefined): Promise<void>;
	/**
	 * Decides what follows a failure other than a 429, which is no failed try.
	 *
	 * @param tries how often the request was sent so far
	 * @returns how long to wait before the next try, in milliseconds; undefined to give up
	 */
	afterFailure(request: Repeatable, error: ApiError, tries: number): number | undefined;
	/** Decides what follows a 429. @param isWorthIt what the window says @returns whether it is sent again */
	afterLimit(request: Repeatable, error: ApiError, isWorthIt: boolean): boolean;
	succeeded(request: Repeatable): void;
	/** It was not sent after all. */
	withdrew(request: Repeatable): void;
	/** Why no more requests to an endpoint should be sent; undefined while they may be. */
	gaveUpOn(request: Repeatable): GivenUp | undefined;
	/** How many requests were repeated so far. */
	readonly repetitions: number;
}

/**
 * @param items of the run: so many repetitions it may spend, and never fewer than 20
 * @param perMinute how many requests a minute it keeps to; 0 for no limit
 */
export function createPatience(items: number, perMinute: number, { mostTries, outlastsLimit } = OF_A_RUN): Patience {
	const budget = Math.max(items, 20);
	const isLong = items > Math.min(perMinute === 0 ? Infinity : perMinute, MOST_OF_A_SHORT_RUN);
	let spent = 0;
	let repetitions = 0;
	/** The account's key, and the other one of those endpoints that have one. */
	const refusedKeys = new Map<boolean, ApiError>();
	/** A service that fails to write may well be able to read, so each endpoint is counted alone. */
	const inARow = new Map<string, GivenUp>();
	const outages = new Map<string, Outage>();

	const endOutage = ({ endpoint: { name } }: Repeatable): void => {
		outages.get(name)?.end();
		outages.delete(name);
	};

	/** The service has answered with sense. */
	const isUp = (request: Repeatable): void => {
		inARow.delete(request.endpoint.name);
		endOutage(request);
	};

	const giveUp = (request: Repeatable, error: ApiError): undefined => {
		const { endpoint } = request;
		// A 403 on a list may only mean that this key cannot list.
		if (error.isRefusedKey && (error.httpCode === '401' || isWrite(endpoint)))
			refusedKeys.set(endpoint.hasOtherKey === true, error);
		outages.get(endpoint.name)?.withdrew(request);
		// It does not pass by waiting.
		if (error.isLasting) endOutage(request);
		// It may be about this request alone, unless all that have asked for two minutes have met it.
		if (error.isFromBetween && outages.get(endpoint.name)?.isOver !== true) return undefined;
		if (!OF_THE_SERVICE.includes(error.kind) && !error.isFromBetween) isUp(request);
		else inARow.set(endpoint.name, { error, failures: (inARow.get(endpoint.name)?.failures ?? 0) + 1 });
		return undefined;
	};

	/** @returns the outage that this failure belongs to, or begins; undefined where it is of this request alone */
	const outageOf = (request: Repeatable, error: ApiError, isBeginning: boolean): Outage | undefined => {
		if (!isLong || error.isLasting || !OF_AN_OUTAGE.includes(error.kind)) return undefined;
		const { name } = request.endpoint;
		const outage = outages.get(name) ?? (isBeginning ? createOutage() : undefined);
		if (outage === undefined) return undefined;
		outages.set(name, outage);
		outage.failed(request);
		return outage;
	};

	return {
		async untilUp(request, tries, signal) {
			const outage = outages.get(request.endpoint.name);
			await outage?.wait(request, tries >= mostTries, signal);
			// The key was refused meanwhile, so it is not sent, and nobody may wait for what it is told.
			if (refusedKeys.has(request.endpoint.hasOtherKey === true)) outage?.withdrew(request);
		},
		afterFailure(request, error, tries) {
			// A certificate that is not trusted will not be trusted in a second.
			const isWorthIt = mayRepeat(request, error.kind) && !error.isLasting;
			// Whoever was held has used up its tries. One that then fails alone is given up; not one after another.
			const isAlone = tries > mostTries && !inARow.has(request.endpoint.name);
			const outage = outageOf(request, error, isWorthIt ? tries >= mostTries && !isAlone && spent < budget : true);
			if (isWorthIt && outage?.isOver === false) {
				repetitions++;
				return 0;
			}
			if (!isWorthIt || tries >= mostTries || spent >= budget) return giveUp(request, error);
			spent++;
			repetitions++;
			// Anywhere up to the longest wait, so that requests that failed together do not return together.
			const first = error.kind === 'busy' || error.kind === 'blocked' ? FIRST_LONG_WAIT_MS : FIRST_WAIT_MS;
			const wait = clock.random() * first * 2 ** (tries - 1);
			return Math.max(wait, Math.min(error.retryAfterMs ?? 0, LONGEST_PAUSE_MS));
		},
		afterLimit(request, error, isWorthIt) {
			const isRepeated = isWorthIt && outlastsLimit;
			if (!isRepeated) giveUp(request, error);
			else {
				// Of a kind that is always refused, each would be given ten minutes anew as long as anything else gets through.
				if (inARow.get(request.endpoint.name)?.error.kind === 'limited') endOutage(request);
				else isUp(request);
				repetitions++;
			}
			return isRepeated;
		},
		succeeded: isUp,
		withdrew: (request) => outages.get(request.endpoint.name)?.withdrew(request),
		gaveUpOn({ endpoint: { name, hasOtherKey = false } }) {
			const refusedKey = refusedKeys.get(hasOtherKey);
			if (refusedKey !== undefined) return { error: refusedKey, failures: 1 };
			const failed = inARow.get(name);
			const outage = outages.get(name);
			if (failed === undefined || outage?.isOver === false) return undefined;
			const failures = outage?.failures ?? failed.failures;
			return failures >= FAILURES_UNTIL_DOWN ? { error: failed.error, failures } : undefined;
		},
		get repetitions() {
			return repetitions;
		},
	};
}
