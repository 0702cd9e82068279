import { ApiError } from './apiError';
import { errorOfOvertaken } from './explain';
import type { Rest } from './pages';
import { type ApiRequest, isWrite } from './request';

/** What came of one or all tries of a request. */
export type Result<Answer, Failure extends Error = Error> =
	| { content: Answer; rest?: Rest }
	| {
			error: Failure;
			/** Of a 429: whether it is worth sending again. */
			isWorthAnother?: boolean;
	  };

/** The last failure of a request, in the light of a try of it that may have acted. */
export function endOf(
	{ endpoint }: ApiRequest<unknown>,
	error: ApiError,
	mayHaveActed: ApiError | undefined,
): ApiError {
	if (mayHaveActed === undefined || mayHaveActed === error) return error;
	// Of what acts once, a refusal may be the server's word that it has been done.
	if (error.saysNothingOfEarlierTries || endpoint.effect === 'act') return mayHaveActed;
	// So may one of a write that was sent again, e.g. that the password is the one of before, or that there is nothing
	// left to remove; and so it is told where nothing can be removed at all.
	const isOfEarlier =
		error.kind === 'refused' ? isWrite(endpoint) : error.kind === 'gone' && endpoint.effect === 'remove';
	return isOfEarlier ? errorOfOvertaken(mayHaveActed, error) : error;
}

/** Whether the answer to a `set` shows another thing than the one that was to be set. */
export function isAboutAnother({ endpoint, subject }: ApiRequest<unknown>, content: unknown): boolean {
	const { id } = (content ?? {}) as { id?: unknown };
	return endpoint.effect === 'set' && subject !== undefined && String(id).toLowerCase() !== subject.toLowerCase();
}

/** The outcome is unknown, and nothing more is sent. n8n looks for "canceled". */
export function stoppedInDoubt(error: ApiError): ApiError {
	return error.retold(`${error.happened} The execution was canceled before it was sent again.`);
}
