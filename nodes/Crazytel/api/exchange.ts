import type { IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import { type Failure, readFailure } from './delivery';
import { TIMEOUT_MS } from './timeout';

/** n8n's request helper with the credential applied. */
export type Transport = (options: IHttpRequestOptions) => Promise<IN8nHttpFullResponse>;

/** An answer with a status, good or bad. */
export interface Answered {
	status: number;
	/** By lower-case name. */
	headers: Record<string, unknown>;
	/** Parsed when it was JSON, else text. */
	body: unknown;
}

/** No answer. Whether the server has acted on the request is known only where it never got it. */
export interface Unanswered extends Failure {
	/** Whether the request is certain not to have reached the server. */
	neverDelivered: boolean;
}

/**
 * Sends one request and brings back what came of it, as a value in every case.
 * Redirects are not followed: n8n would turn a POST into a GET and send the key to the other host.
 */
export async function exchange(
	transport: Transport,
	request: Pick<IHttpRequestOptions, 'method' | 'url' | 'headers' | 'qs' | 'body'>,
): Promise<Answered | Unanswered> {
	let { url } = request;
	let wasTakenUp = false;
	const options: IHttpRequestOptions = {
		...request,
		// Nobody sends a request whose address he has not read, whatever the version of n8n.
		get url() {
			wasTakenUp = true;
			return url;
		},
		set url(other) {
			wasTakenUp = true;
			url = other;
		},
		json: true,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: TIMEOUT_MS,
	};
	try {
		const { statusCode, headers, body } = await transport(options);
		return { status: statusCode, headers: (headers ?? {}) as Record<string, unknown>, body };
	} catch (error) {
		const failure = readFailure(error, wasTakenUp);
		return { ...failure, neverDelivered: failure.hurdle !== undefined };
	}
}
