import type { IExecuteFunctions, ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';

import { partsOf } from '../input/words';
import { withAllPages } from './allPages';
import { ApiError } from './apiError';
import { readList } from './body';
import { caught } from './caught';
import { clock, Stopped } from './clock';
import { CREDENTIAL, readCredential } from './credential';
import { inEitherForm } from './eitherForm';
import { type Answered, exchange, type Transport } from './exchange';
import { saysFailed } from './denial';
import { errorOfAnswer, errorOfNotTrying } from './explain';
import { endOf, isAboutAnother, type Result, stoppedInDoubt } from './outcomes';
import { Outdated } from './outdated';
import { type ReadBefore, restOf } from './pages';
import { windowOf } from './pacing';
import { redactorsOf } from './redaction';
import { type ApiRequest, type Effect, hasKey, headerOfKey, isWrite } from './request';
import { createPatience, type Endurance } from './retry';
import { errorOfSilence } from './silence';
import { errorOfDenial, errorOfExcess, errorOfOther, errorOfUnreadable } from './unfit';

/** Talks to one account during one run. The only way from this package to the network. */
export interface Client {
	/**
	 * Sends one request: paced, and repeated where that does no harm.
	 *
	 * @param earlier how the same request ended in an earlier try of the node, if that may have acted
	 * @returns what the endpoint promises, with secrets masked; of a list all pages, and `isWhole` tells whether
	 *   that is all there is
	 * @throws ApiError with words for people, for every answer other than that, for none, and before anything is sent
	 *   for a request that cannot be sent
	 * @throws Stopped when the execution was stopped before it was sent
	 * @throws Outdated when `onTurn` has said so
	 */
	send<Answer, Does extends Effect>(
		request: ApiRequest<Answer, Does>,
		earlier?: ApiError,
		more?: Sending,
	): Promise<Answer>;
	/** Takes back that a request has failed: it is known by now that it was done. */
	countAsDone(request: ApiRequest<unknown>): void;
	/** The same for all clients of one account. */
	readonly accountId: string;
	/** Ends the waits of this client when the execution is stopped. */
	readonly signal: AbortSignal | undefined;
	/** What the run has cost beyond its requests. */
	readonly effort: Effort;
}

/** What may be asked of a request beside its answer. */
export interface Sending {
	/**
	 * Called each time that the request has got its place in the window, which may be a minute after it was asked
	 * for; of a list for its first page.
	 *
	 * @returns whether it is still to be sent; if not, its place goes to the next one
	 */
	onTurn?: () => boolean;
	/** Called when it is sent again after a try that may have acted. */
	onRepeatInDoubt?: () => void;
}

export interface Effort {
	/** The longest that one request has waited for the limit, in milliseconds. */
	longestWaitMs: number;
	/** How many requests were repeated. */
	repetitions: number;
	requestsPerMinute: number;
}

type Context = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** What ends a run that n8n has no Stop for, and how hard it tries. */
type Bounds = { signal?: AbortSignal; endurance?: Endurance };

/**
 * Builds the client for the credential of the running node or the open editor.
 *
 * @param items how many items the run has; its repetitions are limited by that
 * @throws InvalidInput when the credential cannot work; n8n's own error when there is none
 */
export async function createClient(context: Context, items = 1, bounds: Bounds = {}): Promise<Client> {
	const account = readCredential(await context.getCredentials(CREDENTIAL));
	const { apiKey, otherKey, baseUrl, requestsPerMinute } = account;
	const signal = 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : bounds.signal;
	const window = windowOf(account.id);
	const redactorFor = redactorsOf([apiKey, otherKey ?? '']);
	const patience = createPatience(items, requestsPerMinute, bounds.endurance);
	/** Executions take turns. */
	const owner = {};
	let longestWaitMs = 0;

	/** One try. Errors are values here, because most of them are not the end. */
	const attempt = async <Answer>(
		request: ApiRequest<Answer>,
		before: ReadBefore,
		{ onTurn }: Sending,
		isAgain: boolean,
	): Promise<Result<Answer, ApiError>> => {
		const { endpoint, method, path, query, body, secrets = [], ownTexts = Object.values(body ?? {}) } = request;
		const redactor = redactorFor(secrets, ownTexts.filter(isPlainText(secrets)));
		const place = await window.enter({ owner, perMinute: requestsPerMinute, isAgain, signal });
		longestWaitMs = Math.max(longestWaitMs, place.waitedMs);
		let wasAnswered = false;
		try {
			if (onTurn?.() === false) {
				place.giveBack();
				throw new Outdated();
			}
			const message = { method, url: `${baseUrl}${path}`, headers: headersOf(request), qs: query, body };
			// A write that is under way is not torn down when the execution is stopped: its outcome would be unknown.
			const outcome = await exchange(transportOf(context), message, isWrite(endpoint) ? undefined : signal);
			if (!('status' in outcome)) {
				if (signal?.aborted && !isWrite(endpoint)) throw new Stopped();
				const failure = { ...outcome, reason: redactor.text(outcome.reason) };
				return { error: errorOfSilence(request, failure, baseUrl) };
			}
			wasAnswered = true;
			const answer: Answered = await redactor.answerAtEase(outcome);
			if (answer.status < 200 || answer.status > 299) {
				const error = errorOfAnswer(request, answer, baseUrl, endpoint.hasOtherKey === true && otherKey !== undefined);
				return error.kind === 'limited' ? { error, isWorthAnother: place.leaveLimited(error.retryAfterMs) } : { error };
			}
			if (answer.excess !== undefined) return { error: errorOfExcess(request, answer) };
			const isDenied =
				endpoint.denies?.(answer.body) === true || (!hasEntries(request, answer.body) && saysFailed(answer.body));
			if (isDenied) return { error: errorOfDenial(request, answer) };
			const content = endpoint.read(answer.body);
			if (content === undefined) return { error: errorOfUnreadable(request, answer) };
			if (isAboutAnother(request, content)) return { error: errorOfOther(request, answer) };
			if (endpoint.isList !== true || !Array.isArray(content)) return { content };
			return {
				content: content as Answer,
				rest: restOf(answer, `${baseUrl}${path}`, readList(answer.body)?.length ?? 0, before),
			};
		} finally {
			place.leave(wasAnswered);
		}
	};

	/**
	 * All tries of one request. A try that may have acted outlives later ones that did nothing: what
	 * they say, that nothing was sent or written, would not be true of the whole.
	 */
	const tryUntilOver = async <Answer>(
		request: ApiRequest<Answer>,
		earlier: ApiError | undefined,
		before: ReadBefore = { entries: 0, pages: 0 },
		more: Sending = {},
	): Promise<Result<Answer>> => {
		let mayHaveActed = earlier;
		let isAgain: boolean = false;
		for (let tries = 0; ; ) {
			const held = await caught(patience.untilUp(request, tries, signal));
			if ('error' in held) return { error: mayHaveActed === undefined ? held.error : stoppedInDoubt(mayHaveActed) };
			const gaveUp = patience.gaveUpOn(request);
			if (gaveUp !== undefined) {
				return { error: mayHaveActed ?? errorOfNotTrying(gaveUp.error, gaveUp.failures) };
			}
			const tried: { value: Result<Answer> } | { error: Error } = await caught(attempt(request, before, more, isAgain));
			const result: Result<Answer> = 'error' in tried ? tried : tried.value;
			if ('content' in result) {
				patience.succeeded(request);
				return result;
			}
			const { error, isWorthAnother = false }: { error: Error; isWorthAnother?: boolean } = result;
			if (!(error instanceof ApiError)) {
				patience.withdrew(request);
				return { error: mayHaveActed ?? error };
			}
			if (error.mayHaveActed) mayHaveActed = error;
			isAgain = error.kind === 'limited';
			if (isAgain) {
				if (patience.afterLimit(request, error, isWorthAnother)) continue;
				return { error: endOf(request, error, mayHaveActed) };
			}
			tries++;
			const waitMs = patience.afterFailure(request, error, tries);
			if (waitMs === undefined) return { error: endOf(request, error, mayHaveActed) };
			const waited = await caught(clock.wait(waitMs, signal));
			if ('error' in waited) return { error: mayHaveActed === undefined ? waited.error : stoppedInDoubt(mayHaveActed) };
			if (mayHaveActed !== undefined) more.onRepeatInDoubt?.();
		}
	};

	return {
		accountId: account.id,
		signal,
		effort: {
			get longestWaitMs() {
				return longestWaitMs;
			},
			get repetitions() {
				return patience.repetitions;
			},
			requestsPerMinute,
		},
		countAsDone: (request) => patience.succeeded(request),
		async send<Answer, Does extends Effect>(request: ApiRequest<Answer, Does>, earlier?: ApiError, more?: Sending) {
			if (request.unsendable !== undefined) {
				const { happened, cure } = partsOf(request.unsendable);
				throw new ApiError(happened, cure, 'refused', { httpCode: 'UNSENDABLE' });
			}
			const { result, sent } = await inEitherForm(
				account.id,
				request as unknown as ApiRequest<Answer>,
				async (form) => await tryUntilOver(form, earlier, undefined, more),
			);
			if ('error' in result) throw result.error;
			if (!request.endpoint.isList) return result.content;
			return await withAllPages(sent, result, async (page, before) => await tryUntilOver(page, undefined, before));
		},
	};
}

function hasEntries({ endpoint }: ApiRequest<unknown>, body: unknown): boolean {
	return Array.isArray(body) && endpoint.isEntry !== undefined && body.some(endpoint.isEntry);
}

function isPlainText(secrets: string[]): (value: unknown) => value is string {
	return (value): value is string => typeof value === 'string' && !secrets.includes(value);
}

function headersOf({ headers, idempotencyKey }: ApiRequest<unknown>): Record<string, string> | undefined {
	return hasKey({ idempotencyKey }) ? { ...headers, ...headerOfKey(String(idempotencyKey)) } : headers;
}

/**
 * n8n's request helper. It ends a request when the execution is stopped, by a signal that it asks the node for; here
 * it is given the one of the request.
 */
function transportOf(context: Context): Transport {
	return async (options) => {
		const getExecutionCancelSignal = () => options.abortSignal;
		const caller = Object.create(context, { getExecutionCancelSignal: { value: getExecutionCancelSignal } }) as Context;
		return await context.helpers.httpRequestWithAuthentication.call(caller, CREDENTIAL, options);
	};
}
