import type { IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

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
export interface Unanswered {
	/** Node's code, e.g. `ECONNREFUSED`; `UNKNOWN` where there was none. */
	code: string;
	/** Node's words. */
	reason: string;
	/** Whether the request is certain not to have reached the server. */
	neverDelivered: boolean;
	/** Whether trying again cannot help, as with a certificate that is not trusted. */
	isLasting: boolean;
}

/** What Node reports while there is no connection yet (nodejs.org/api/errors.html#common-system-errors). */
const NEVER_DELIVERED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'];

/** These may also meet a connection that stands; then Node's words do not begin with `connect`. */
const NO_ROUTE = ['EHOSTUNREACH', 'ENETUNREACH'];

const CERTIFICATE_REFUSED = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/;

/**
 * Sends one request and brings back what came of it, as a value in every case.
 * Redirects are not followed: n8n would turn a POST into a GET and send the key to the other host.
 */
export async function exchange(
	transport: Transport,
	request: Pick<IHttpRequestOptions, 'method' | 'url' | 'headers' | 'qs' | 'body'>,
): Promise<Answered | Unanswered> {
	try {
		const { statusCode, headers, body } = await transport({
			...request,
			json: true,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			timeout: TIMEOUT_MS,
		});
		return { status: statusCode, headers: (headers ?? {}) as Record<string, unknown>, body };
	} catch (error) {
		return readFailure(error as HelperError);
	}
}

/** The helper's error: the code is in `httpCode`, in its cause, or (older versions) on the error. */
type HelperError = Error & {
	httpCode?: string | null;
	code?: string;
	cause?: { code?: string; message?: string };
};

function readFailure(error: HelperError): Unanswered {
	const found = [error.cause?.code, error.httpCode, error.code].find(
		// A status stands here when the connection broke in the middle of an answer.
		(candidate) => /^[A-Z]/.test(candidate ?? ''),
	);
	const code = found ?? 'UNKNOWN';
	// A host with several addresses gives an error without words.
	const reason = error.cause?.message || error.message || found || 'no reason given';
	const isLasting = CERTIFICATE_REFUSED.test(code);
	const isWithoutConnection =
		NEVER_DELIVERED.includes(code) ||
		(NO_ROUTE.includes(code) && reason.startsWith('connect ')) ||
		// Node gives the same code to a connection that breaks before it is encrypted and after.
		/before secure TLS connection was established/.test(reason);
	return { code, reason, neverDelivered: isLasting || isWithoutConnection, isLasting };
}
