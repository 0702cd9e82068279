/* A 2xx that is not what its endpoint promises: what the status says is not believed alone. */
import { shown } from '../input/shown';
import { ApiError } from './apiError';
import { isRecord } from './body';
import { readErrorBody } from './errorBody';
import type { Answered } from './exchange';
import { quote } from './explain';
import { afterUnknown, type ApiRequest } from './request';

/** @returns the error for a 2xx answer that is not what the endpoint promises */
export function errorOfUnreadable({ endpoint }: ApiRequest<unknown>, { status, body }: Answered): ApiError {
	const said = readErrorBody(body);
	const isDamaged = typeof body === 'string' || body === undefined || body === null;
	const what = !isDamaged
		? `data in an unknown form${statusIn(body)}`
		: said.isWebPage
			? `a web page${said.text === undefined ? '' : ` titled "${said.text}"`}`
			: typeof body === 'string' && body !== ''
				? 'text that is not whole JSON'
				: 'an empty answer';
	const isEmpty = isDamaged && !isFilledText(body);
	// No content is how many services answer to a change that they have made; half an answer, or a proxy's page, is not.
	const isTaken = endpoint.effect === 'set' && isDamaged && (isEmpty || IS_DONE.test(String(body).trim()));
	// To what acts it may be the whole answer, each time: then asking again would act again wherever keys are not looked at.
	const isUncertain = isDamaged && !(isEmpty && endpoint.effect === 'act');
	return new ApiError(
		`Crazytel answered ${endpoint.words.doing} with ${what} (${status}).`,
		afterUnknown(endpoint, 'Check the Base URL in the credential, or try again later.'),
		isTaken ? 'accepted' : isUncertain ? 'uncertain' : 'unreadable',
		{ httpCode: String(status) },
	);
}

/** What it says of how it went, which may be all that there is to know. */
function statusIn(body: unknown): string {
	const { status } = isRecord(body) ? (isRecord(body.data) ? body.data : body) : {};
	return typeof status === 'string' ? `, with the status ${shown(status)}` : '';
}

/** One word, which no proxy sends. */
const IS_DONE = /^"?(?:ok|success(?:ful)?|accepted|done|updated|true)\.?"?$/i;

function isFilledText(body: unknown): boolean {
	return typeof body === 'string' && body.trim() !== '';
}

/** @returns the error for a 2xx whose words say that the request has failed */
export function errorOfDenial({ endpoint }: ApiRequest<unknown>, { status, body }: Answered): ApiError {
	const said = readErrorBody(body);
	return new ApiError(
		`Crazytel answered ${status} to ${endpoint.words.doing}, but says that it failed.${quote(said, endpoint.labels)}`,
		afterUnknown(endpoint, 'Try again later.'),
		'denied',
		{ httpCode: String(status), fields: said.fields.map(({ field }) => field) },
	);
}

/** @returns the error for the answer to a `set` that shows another thing */
export function errorOfOther({ endpoint }: ApiRequest<unknown>, { status }: Answered): ApiError {
	return new ApiError(
		`Crazytel answered ${endpoint.words.doing} with another one (${status}).`,
		afterUnknown(endpoint, ''),
		'unreadable',
		{ httpCode: String(status) },
	);
}

/** @returns the error for a 2xx answer that is too large */
export function errorOfExcess({ endpoint }: ApiRequest<unknown>, { status, excess = '' }: Answered): ApiError {
	return new ApiError(
		`The answer of Crazytel to ${endpoint.words.doing} is larger than this node reads: ${excess} (${status}).`,
		afterUnknown(endpoint, 'Check the Base URL in the credential: no account of Crazytel is known to be so large.'),
		'unreadable',
		{ httpCode: String(status) },
	);
}
