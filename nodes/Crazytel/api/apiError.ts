import { inOneLine, type Parts, partsOf } from '../input/words';

/** How a request failed; retries and reconciliation are chosen by it. */
export type FailureKind =
	/** The server understood and said no, or sent the request elsewhere. Nothing was done. */
	| 'refused'
	/** The thing that it is about does not exist. Nothing was done. */
	| 'gone'
	/** Too many requests. Nothing was done. */
	| 'limited'
	/** Not now, says the server of this one request, e.g. because the thing is being changed. Nothing was done. */
	| 'busy'
	/** Something in between, e.g. a firewall, has not let it through. Nothing was done. */
	| 'blocked'
	/** The request never reached the server. Nothing was done. */
	| 'undelivered'
	/** No answer, a broken one, or a failure behind the API: it may have been done. */
	| 'uncertain'
	/** It was done, says the status, but the answer is not in a form that this node knows. */
	| 'unreadable'
	/** It was taken, says the status of a `set`, and the answer is empty. */
	| 'accepted'
	/** The status says that it was done, and the words that it failed. */
	| 'denied'
	/** The status says that it was done, and the answer shows something else than was asked for. */
	| 'contrary'
	/** A write was refused when it was sent again, after a try that may have been carried out. */
	| 'overtaken'
	/** It was not sent, because the requests before it have failed. */
	| 'unsent';

/** Of these nobody knows whether they were done, or what was. */
const OPEN: readonly FailureKind[] = ['uncertain', 'unreadable', 'accepted', 'denied', 'contrary', 'overtaken'];

/** These are about the try alone. */
const OF_ONE_TRY: readonly FailureKind[] = ['limited', 'busy', 'blocked', 'undelivered', 'unsent'];

/** A request that Crazytel did not carry out, or whose outcome is not known. */
export class ApiError extends Error {
	/** The status, e.g. `422`, or Node's code, e.g. `ECONNREFUSED`. */
	readonly httpCode: string;
	/** The fields that the server named, by the API's names. */
	readonly fields: string[];
	/** What the server asked to wait, in milliseconds. */
	readonly retryAfterMs: number | undefined;
	/** Whether trying again cannot help. */
	readonly isLasting: boolean;
	/** Whether something else than the API has answered, so that it says nothing of the API. */
	readonly isFromBetween: boolean;

	constructor(
		/** What happened, without secrets. */
		readonly happened: string,
		/** What to do; behind a line break, where it begins with what nobody knows. */
		readonly cure: string,
		readonly kind: FailureKind,
		details: {
			httpCode: string;
			fields?: string[];
			retryAfterMs?: number | undefined;
			isLasting?: boolean;
			isFromBetween?: boolean;
		},
	) {
		super(inOneLine(`${happened} ${cure}`.trim()));
		this.name = 'ApiError';
		this.httpCode = details.httpCode;
		this.fields = details.fields ?? [];
		this.retryAfterMs = details.retryAfterMs;
		this.isLasting = details.isLasting ?? false;
		this.isFromBetween = details.isFromBetween ?? false;
	}

	/** What happened, with what is unknown of it, and what to do. */
	get parts(): Parts {
		const { happened, cure } = partsOf(this.cure);
		return cure === ''
			? { happened: this.happened, cure: happened }
			: { happened: `${this.happened} ${happened}`, cure };
	}

	/** @returns the same failure in other words */
	retold(happened: string, cure = this.cure, kind = this.kind): ApiError {
		return new ApiError(happened, cure, kind, this);
	}

	/** Whether a write may have been made. */
	get mayHaveActed(): boolean {
		return OPEN.includes(this.kind);
	}

	/** Whether it says nothing of what an earlier try of the same request may have done. */
	get saysNothingOfEarlierTries(): boolean {
		return this.isRefusedKey || OF_ONE_TRY.includes(this.kind);
	}

	/** Whether Crazytel does not accept the key, or not for this. */
	get isRefusedKey(): boolean {
		return this.kind === 'refused' && (this.httpCode === '401' || this.httpCode === '403');
	}

	/** Whether every further request of the run would fail in the same way. */
	get stopsEverything(): boolean {
		// Not a 403: an account may be allowed to write and not to list.
		return (this.httpCode === '401' && this.kind !== 'blocked') || this.kind === 'undelivered';
	}
}
