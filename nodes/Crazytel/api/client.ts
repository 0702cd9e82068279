import type { IExecuteFunctions, IHttpRequestOptions, ILoadOptionsFunctions } from 'n8n-workflow';

import { ApiError, errorOfAnswer, errorOfNotTrying, errorOfSilence, errorOfUnreadable } from './apiError';
import { clock, Stopped } from './clock';
import { CREDENTIAL, readCredential } from './credential';
import type { ApiRequest } from './endpoints';
import { type Answered, exchange, type Transport } from './exchange';
import { windowOf } from './pacing';
import { createRedactor } from './redaction';
import { createPatience } from './retry';

/** Talks to one account during one run. The only way from this package to the network. */
export interface Client {
	/**
	 * Sends one request: paced, and repeated where that does no harm.
	 *
	 * @param more.secrets what else the answer must not show, e.g. a password that was sent before
	 * @param more.earlier how the same request ended in an earlier try of the node, if that may have acted
	 * @returns what the endpoint promises, with secrets masked
	 * @throws ApiError with words for people, for every answer other than that and for none
	 * @throws Stopped when the execution was stopped before it was sent
	 */
	send<Answer>(request: ApiRequest<Answer>, more?: { secrets?: string[]; earlier?: ApiError }): Promise<Answer>;
	/** Takes back that a request has failed: it is known by now that it was done. */
	countAsDone(request: ApiRequest<unknown>): void;
	/** The same for all clients of one account. */
	readonly accountId: string;
	/** Ends the waits of this client when the execution is stopped. */
	readonly signal: AbortSignal | undefined;
	/** What the run has cost beyond its requests. */
	readonly effort: Effort;
}

export interface Effort {
	/** The longest that one request has waited for the limit, in milliseconds. */
	longestWaitMs: number;
	/** How many requests were repeated. */
	repetitions: number;
	requestsPerMinute: number;
}

type Context = IExecuteFunctions | ILoadOptionsFunctions;

/**
 * Builds the client for the credential of the running node or the open editor.
 *
 * @param items how many items the run has; its repetitions are limited by that
 * @throws InvalidInput when the credential cannot work; n8n's own error when there is none
 */
export async function createClient(context: Context, items = 1): Promise<Client> {
	const account = readCredential(await context.getCredentials(CREDENTIAL));
	const { apiKey, baseUrl, requestsPerMinute } = account;
	const signal = 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	const window = windowOf(account.id);
	const patience = createPatience(items);
	let longestWaitMs = 0;

	/** One try. Errors are values here, because most of them are not the end. */
	const attempt = async <Answer>(
		request: ApiRequest<Answer>,
		secrets: string[],
	): Promise<{ content: Answer } | { error: ApiError }> => {
		const { method, path, body } = request;
		const redactor = createRedactor([apiKey, body?.password ?? '', ...secrets]);
		const place = await window.enter(requestsPerMinute, signal);
		longestWaitMs = Math.max(longestWaitMs, place.waitedMs);
		try {
			const outcome = await exchange(transportOf(context, method), { method, url: `${baseUrl}${path}`, body });
			if (!('status' in outcome)) {
				if (signal?.aborted && method === 'GET') throw new Stopped();
				const failure = { ...outcome, reason: redactor.text(outcome.reason) };
				return { error: errorOfSilence(request, failure, baseUrl) };
			}
			const answer: Answered = redactor.answer(outcome);
			if (answer.status < 200 || answer.status > 299) {
				const error = errorOfAnswer(request, answer, baseUrl);
				if (error.kind === 'limited') place.leaveLimited(error.retryAfterMs);
				return { error };
			}
			const content = request.read(answer.body);
			return content === undefined ? { error: errorOfUnreadable(request, answer) } : { content };
		} finally {
			place.leave();
		}
	};

	/**
	 * All tries of one request. A try that may have acted outlives later ones that did nothing: what
	 * they say, that nothing was sent or written, would not be true of the whole.
	 */
	const tryUntilOver = async <Answer>(
		request: ApiRequest<Answer>,
		secrets: string[],
		earlier: ApiError | undefined,
	): Promise<{ content: Answer } | { error: Error }> => {
		let mayHaveActed = earlier;
		for (let tries = 1; ; tries++) {
			const gaveUp = patience.gaveUpOn(request.kind);
			if (gaveUp !== undefined) {
				return { error: mayHaveActed ?? errorOfNotTrying(gaveUp.error, gaveUp.failures) };
			}
			const result = wasDeleted(
				request,
				mayHaveActed,
				await attempt(request, secrets).catch((error: Error) => ({ error })),
			);
			if ('content' in result) {
				patience.succeeded(request.kind);
				return result;
			}
			const { error } = result;
			if (!(error instanceof ApiError)) return { error: mayHaveActed ?? error };
			if (error.mayHaveActed) mayHaveActed = error;
			const waitMs = patience.afterFailure(request.kind, error, tries);
			if (waitMs === undefined) {
				return { error: error.saysNothingOfEarlierTries ? (mayHaveActed ?? error) : error };
			}
			const wait = await clock.wait(waitMs, signal).catch((stopped: Error) => stopped);
			if (wait instanceof Error) return { error: mayHaveActed ?? wait };
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
		countAsDone: ({ kind }) => patience.succeeded(kind),
		async send(request, { secrets = [], earlier } = {}) {
			const result = await tryUntilOver(request, secrets, earlier);
			if ('content' in result) return result.content;
			throw result.error;
		},
	};
}

/** A trunk that is gone after a delete that may have worked was deleted by it. */
function wasDeleted<Answer>(
	request: ApiRequest<Answer>,
	mayHaveActed: ApiError | undefined,
	result: { content: Answer } | { error: Error },
): { content: Answer } | { error: Error } {
	const isGone = 'error' in result && result.error instanceof ApiError && result.error.kind === 'gone';
	if (!isGone || mayHaveActed === undefined) return result;
	// Only a delete takes nothing for an answer.
	const content = request.read(undefined);
	return content === undefined ? result : { content };
}

/**
 * n8n's request helper. A write that is under way is not torn down when the execution is stopped:
 * its outcome would be unknown, and it is at most one timeout away.
 */
function transportOf(context: Context, method: ApiRequest<unknown>['method']): Transport {
	const caller: Context =
		method === 'GET'
			? context
			: (Object.create(context, { getExecutionCancelSignal: { value: () => undefined } }) as Context);
	return async (options: IHttpRequestOptions) =>
		await context.helpers.httpRequestWithAuthentication.call(caller, CREDENTIAL, options);
}
