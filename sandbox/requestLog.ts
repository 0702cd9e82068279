import type { RequestKind } from './endpoints';

/** A request as it came, and what it got. */
export interface RecordedRequest {
	method: string;
	/** With the query. */
	path: string;
	headers: Record<string, string>;
	rawBody: string;
	/** The body as JSON, or undefined when it is none. */
	body: unknown;
	kind: RequestKind;
	/** When it came, by the sandbox's clock. */
	at: number;
	/** Undefined while, and when, no answer was sent. */
	status?: number;
}

export interface RequestLog {
	/** In order of arrival. */
	readonly requests: RecordedRequest[];
	add(request: RecordedRequest): void;
	/** Adds the body, which comes after the rest of its request. */
	fill(request: RecordedRequest, rawBody: string): void;
	clear(): void;
}

/**
 * The requests that the sandbox got. The oldest are dropped beyond the bounds, so that a sandbox
 * that runs for weeks stays small.
 *
 * @param bounds most requests to keep, and most characters of all bodies together
 */
export function createRequestLog(bounds = { requests: 100_000, characters: 64_000_000 }): RequestLog {
	const requests: RecordedRequest[] = [];
	let characters = 0;

	function trim(): void {
		while (requests.length > bounds.requests || (requests.length > 1 && characters > bounds.characters)) {
			characters -= requests.shift()?.rawBody.length ?? 0;
		}
	}

	return {
		requests,
		add(request) {
			requests.push(request);
			characters += request.rawBody.length;
			trim();
		},
		fill(request, rawBody) {
			// A request dropped or cleared meanwhile no longer counts.
			if (requests.lastIndexOf(request) < 0) return;
			request.rawBody = rawBody;
			characters += rawBody.length;
			try {
				request.body = JSON.parse(rawBody);
			} catch {
				request.body = undefined;
			}
			trim();
		},
		clear() {
			requests.length = 0;
			characters = 0;
		},
	};
}
