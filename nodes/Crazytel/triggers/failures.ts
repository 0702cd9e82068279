import {
	type Failure as Cause,
	type INode,
	type INodeProperties,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';

import { ApiError } from '../api/apiError';
import { Stopped } from '../api/clock';
import { InvalidInput } from '../input/invalidInput';
import { toFailure } from '../run/failure';
import { asHeadline } from '../run/shownAs';

/** An error of a poll; n8n 2.41 chooses by its `failure` how long it waits before the next one. */
export type PollError = (NodeApiError | NodeOperationError) & { failure?: Cause };

/** What a poll is. */
export interface Occasion {
	/** Whether somebody waits for it, as for Fetch Test Event. */
	readonly isByHand: boolean;
	/** Whether n8n may be publishing the workflow: it is the first one since it was activated, as far as that can be told. */
	readonly isFirst: boolean;
	/** Whether an earlier poll has left something, so that credential and address have worked. */
	hasWorked: boolean;
}

/** When a poll has failed. */
interface Circumstances extends Occasion {
	/** The fields, by whose names they are told. */
	properties: INodeProperties[];
	/** How long the poll was given. */
	seconds: number;
	/** Whether fields and credential were read by then. */
	isLooking: boolean;
}

/** The names of the fields that a key is in. */
const KEYS = ['apiKey', 'smsApiKey'];

/**
 * The error that n8n shows and hands to the error workflow. All of it stands in the message: of an activation that
 * fails, n8n shows nothing else.
 *
 * @returns with all that happened and what to do in its message
 */
export function errorOfPoll(node: INode, error: unknown, circumstances: Circumstances): PollError {
	const failure = causeOf(error, circumstances);
	const { message, httpCode } =
		error instanceof Stopped
			? { message: overdueWords(circumstances), httpCode: 'ETIMEDOUT' }
			: toFailure(
					error instanceof ApiError && isPassing({ failure }) ? inWordsOfPoll(error, circumstances) : error,
					circumstances.properties,
				);
	const told: PollError =
		httpCode === undefined
			? new NodeOperationError(node, asHeadline(message))
			: new NodeApiError(node, { message: asHeadline(message) }, { message: asHeadline(message), httpCode });
	// The constructors replace a message that holds a code such as ECONNREFUSED, even inside a word.
	told.message = asHeadline(message);
	told.messages = [];
	// Of an n8n before 2.41 the constructors do not know it.
	told.failure = failure;
	return told;
}

const OTHERS = 'other runs with this API key may use up its requests a minute.';

/** The cure of what passes, where there is no other. Nobody has to run a poll again. */
const AGAIN = 'Try again later.';

/** What becomes of it where nobody does anything. Without anything known n8n publishes all the same. */
function goesOn({ isFirst, hasWorked }: Occasion): string {
	const publishing = isFirst && hasWorked ? ' If the workflow was to be published, publish it again later.' : '';
	return `Nothing is lost: the next poll looks again by itself.${publishing}`;
}

function overdueWords(circumstances: Circumstances): string {
	const { isByHand, seconds } = circumstances;
	if (isByHand) return `Crazytel has not answered within ${seconds} seconds. Try again later: ${OTHERS}`;
	return `This poll had ${seconds} seconds, and they were over before Crazytel had answered. ${goesOn(circumstances)} If it stays so, poll less often: ${OTHERS}`;
}

function inWordsOfPoll(error: ApiError, circumstances: Circumstances): ApiError {
	if (circumstances.isByHand) return error;
	const isOnlyAgain = error.kind === 'limited' || error.kind === 'busy' || error.cure === AGAIN;
	return error.retold(error.happened, isOnlyAgain ? goesOn(circumstances) : `${error.cure} ${goesOn(circumstances)}`);
}

/** Whether it passes by itself. */
export function isPassing({ failure }: Pick<PollError, 'failure'>): boolean {
	return (
		failure !== undefined && ['rate-limited', 'quota-exhausted', 'temporarily-unavailable'].includes(failure.cause)
	);
}

function causeOf(error: unknown, { isLooking, hasWorked }: Circumstances): Cause {
	if (error instanceof Stopped) return { cause: 'temporarily-unavailable' };
	if (error instanceof InvalidInput) {
		return {
			cause: error.problems.some(({ field }) => KEYS.includes(field)) ? 'credential-invalid' : 'configuration-invalid',
		};
	}
	// Before it looks, n8n's own: there is no credential, or an expression fails.
	if (!(error instanceof ApiError)) return { cause: isLooking ? 'node-defect' : 'configuration-invalid' };
	const { kind, httpCode, retryAfterMs, isLasting, isRefusedKey } = error;
	if (kind === 'limited') return { cause: 'rate-limited', ...(retryAfterMs !== undefined && { retryAfterMs }) };
	if (isRefusedKey) return { cause: 'credential-invalid' };
	if (kind === 'unreadable') return { cause: 'node-defect' };
	// A certificate that nobody trusts, an address that nobody has: somebody has to act. One that has worked is out of reach for a
	// while, e.g. as this server has no network, and n8n would look away for half an hour.
	if (kind === 'refused' || kind === 'gone' || isLasting || (httpCode === 'ENOTFOUND' && !hasWorked))
		return { cause: 'configuration-invalid' };
	return { cause: 'temporarily-unavailable', ...(retryAfterMs !== undefined && { retryAfterMs }) };
}
