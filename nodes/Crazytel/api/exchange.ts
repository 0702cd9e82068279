import type { IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import { type ReadBody, readBody } from './answerBody';
import { caught } from './caught';
import { Overdue, withinDeadline } from './deadline';
import { type Failure, readFailure } from './delivery';
import { TIMEOUT_MS } from './timeout';

/** n8n's request helper with the credential applied. The signal among the options ends the request. */
export type Transport = (options: IHttpRequestOptions) => Promise<IN8nHttpFullResponse>;

/** An answer with a status, good or bad. */
export interface Answered extends ReadBody {
	status: number;
	/** By lower-case name. */
	headers: Record<string, unknown>;
}

/** No answer. Whether the server has acted on the request is known only where it never got it. */
export interface Unanswered extends Failure {
	/** Whether the request is certain not to have reached the server. */
	neverDelivered: boolean;
}

/** How far a request has come. */
interface Progress {
	/** Nobody sends a request whose address he has not read, whatever the version of n8n. */
	wasTakenUp: boolean;
	/** An answer has begun. */
	wasAnswered: boolean;
}

/**
 * Sends one request and brings back what came of it, as a value in every case, at its deadline at the latest.
 * Redirects are not followed: n8n would turn a POST into a GET and send the key to the other host.
 *
 * @param stop ends it at once
 */
export async function exchange(
	transport: Transport,
	request: Pick<IHttpRequestOptions, 'method' | 'url' | 'headers' | 'qs' | 'body'>,
	stop?: AbortSignal,
): Promise<Answered | Unanswered> {
	const progress: Progress = { wasTakenUp: false, wasAnswered: false };
	const result = await caught(
		withinDeadline(stop, async (signal): Promise<Answered> => {
			const { statusCode: status, headers, body } = await transport(optionsOf(request, signal, progress));
			progress.wasAnswered = true;
			const read = await readBody(body, status >= 200 && status <= 299, signal);
			return { status, headers: (headers ?? {}) as Record<string, unknown>, ...read };
		}),
	);
	return 'value' in result ? result.value : unanswered(result.error, progress);
}

function optionsOf(
	request: Pick<IHttpRequestOptions, 'method' | 'url' | 'headers' | 'qs' | 'body'>,
	signal: AbortSignal,
	progress: Progress,
): IHttpRequestOptions {
	let { url } = request;
	return {
		...request,
		get url() {
			// Not known of every n8n: that it looks at the signal.
			if (signal.aborted) throw new Overdue();
			progress.wasTakenUp = true;
			return url;
		},
		set url(other) {
			progress.wasTakenUp = true;
			url = other;
		},
		json: true,
		// So that it can be seen how much comes.
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: TIMEOUT_MS,
		abortSignal: signal,
	};
}

function unanswered(error: Error, { wasTakenUp, wasAnswered }: Progress): Unanswered {
	const { hurdle, proxy, ...failure } = readFailure(error, wasTakenUp);
	if (wasAnswered || hurdle === undefined) return { ...failure, isLasting: false, neverDelivered: false };
	return { ...failure, hurdle, ...(proxy !== undefined && { proxy }), neverDelivered: true };
}
