import { SETTING_NAMES, type TrunkSetting } from '../validation/trunkSettings';
import type { ApiRequest, RequestKind } from './endpoints';
import { readErrorBody } from './errorBody';
import { type Answered, NEVER_DELIVERED, type Unanswered } from './exchange';
import { TIMEOUT_MS } from './timeout';

/** What is known of the effect of a request that failed. */
export type Effect =
	/** The request changed nothing. */
	| 'none'
	/** A write may have been made. */
	| 'unknown';

/** A request that Crazytel did not carry out, or whose outcome is not known. */
export class ApiError extends Error {
	constructor(
		/** What happened and what to do, without secrets. */
		message: string,
		readonly effect: Effect,
		/** The status, e.g. `422`, or Node's code, e.g. `ECONNREFUSED`. */
		readonly httpCode: string,
		/** The settings that the server named, by the API's names. */
		readonly fields: string[] = [],
	) {
		super(message);
		this.name = 'ApiError';
	}

	/** Whether every further request of the run would fail in the same way. */
	get stopsEverything(): boolean {
		return ['401', '403', ...NEVER_DELIVERED].includes(this.httpCode);
	}
}

/** How each kind of request is spoken of. */
const WORDS: Record<RequestKind, { doing: string; afterUnknown?: string }> = {
	listVerifiedNumbers: { doing: 'reading the verified numbers' },
	listTrunks: { doing: 'reading the list of trunks' },
	createTrunk: {
		doing: 'creating the trunk',
		afterUnknown:
			'It is unknown whether the trunk exists. Look for it in the Crazytel portal before you run this again, or a second one may be made.',
	},
	updateTrunk: {
		doing: 'changing the trunk',
		afterUnknown:
			'It is unknown whether the change was made. Running it again is safe: it sets the same values.',
	},
};

/** @returns the error for an answer with a status other than 2xx; its body is redacted already */
export function errorOfAnswer(request: ApiRequest<unknown>, answer: Answered, baseUrl: string): ApiError {
	const { status } = answer;
	const words = WORDS[request.kind];
	const said = readErrorBody(answer.body);
	const quoted = said.isWebPage
		? ` It answered with a web page${said.text === undefined ? '' : ` titled "${said.text}"`}, as a proxy in between does.`
		: said.text === undefined
			? ''
			: ` Crazytel says: "${said.text}".`;
	const refuse = (sentence: string, effect: Effect = 'none', fields: string[] = []) =>
		new ApiError(sentence, effect, String(status), fields);

	if (status >= 300 && status < 400) return refuse(redirectSentence(answer, baseUrl));
	if (status === 401 || status === 403) {
		return refuse(
			`Crazytel does not accept the API key (${status}).${quoted} Put the account API key, not the SMS API key, into the credential.`,
		);
	}
	if (status === 404 && request.kind === 'updateTrunk' && !said.isWebPage) {
		return refuse(
			`Trunk '${request.path.split('/').pop()}' does not exist in this account (404). Check its ID, or choose it again; it may have been deleted.`,
		);
	}
	if (status === 404 || status === 405) {
		return refuse(
			`Crazytel has no address for ${words.doing} (${status} at ${baseUrl}${request.path}).${quoted} Check the Base URL in the credential: it is https://crazytel.io.`,
		);
	}
	const numbers = (['caller_id_number', 'sms_sender'] as const).filter(
		(name) => request.body?.[name] !== undefined,
	);
	if (status === 400 && numbers.length > 0) {
		return refuse(
			`Crazytel refuses the ${numbers.map((name) => SETTING_NAMES[name]).join(' or the ')} (400).${quoted} Choose a verified number from the list, or verify this one in the Crazytel portal first.`,
			'none',
			numbers,
		);
	}
	if (status === 422) return refuse(`${settingsSentence(said, quoted)} Correct it and run again.`, 'none', said.fields.map(({ field }) => field));
	if (status === 429) {
		return refuse(
			`Crazytel's limit of requests is reached (429): 60 a minute for the whole account.${quoted} ${waitSentence(answer)} Nothing was written by this request.`,
		);
	}
	if (status >= 500) {
		return refuse(
			`Crazytel failed while ${words.doing} (${status}).${quoted} ${words.afterUnknown ?? 'Try again later.'}`,
			words.afterUnknown === undefined ? 'none' : 'unknown',
		);
	}
	return refuse(`Crazytel refused ${words.doing} (${status}).${quoted} Check the values and run again.`);
}

/** @returns the error for a 2xx answer that is not what the endpoint promises */
export function errorOfUnreadable(request: ApiRequest<unknown>, answer: Answered): ApiError {
	const words = WORDS[request.kind];
	const said = readErrorBody(answer.body);
	const what =
		answer.body === '' || answer.body === undefined || answer.body === null
			? 'an empty answer'
			: said.isWebPage
				? `a web page${said.text === undefined ? '' : ` titled "${said.text}"`}`
				: typeof answer.body === 'string'
					? 'text that is not whole JSON'
					: 'data in an unknown form';
	return new ApiError(
		`Crazytel answered ${words.doing} with ${what} (${answer.status}). ${words.afterUnknown ?? 'Check the Base URL in the credential, or try again later.'}`,
		words.afterUnknown === undefined ? 'none' : 'unknown',
		String(answer.status),
	);
}

/** @returns the error for a request that brought no answer */
export function errorOfSilence(request: ApiRequest<unknown>, failure: Unanswered, baseUrl: string): ApiError {
	const words = WORDS[request.kind];
	const { host } = new URL(baseUrl);
	if (failure.neverDelivered) {
		return new ApiError(
			`Crazytel cannot be reached at ${host}: ${unreachableReason(failure)}. Nothing was sent. Check the Base URL in the credential and this server's network.`,
			'none',
			failure.code,
		);
	}
	const happened = /^timeout/i.test(failure.reason)
		? `Crazytel did not answer within ${TIMEOUT_MS / 1000} seconds while ${words.doing}`
		: `The connection to ${host} broke while ${words.doing} (${failure.reason})`;
	return new ApiError(
		`${happened}. ${words.afterUnknown ?? 'Try again later.'}`,
		words.afterUnknown === undefined ? 'none' : 'unknown',
		failure.code,
	);
}

function unreachableReason({ code, reason }: Unanswered): string {
	if (code === 'ECONNREFUSED') return 'the connection was refused';
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'no such host name was found';
	if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return 'there is no way to it';
	return /before secure TLS/.test(reason)
		? 'it does not speak https there'
		: `its certificate is not trusted (${reason})`;
}

/** Says where a redirect points, by host only: the rest of the address may hold anything. */
function redirectSentence({ status, headers }: Answered, baseUrl: string): string {
	const target = redirectTarget(headers.location, baseUrl);
	const from = new URL(baseUrl).host;
	const elsewhere = target !== undefined && target.host !== from;
	return elsewhere
		? `${from} redirects to another host, ${target.host} (${status}). The request was not repeated there, and the API key was not sent to it. If that host is Crazytel's, put ${target.origin} as Base URL into the credential.`
		: `${from} redirects the request (${status})${target === undefined ? '' : ` to ${target.origin}`}, and this node follows no redirect. Check the Base URL in the credential: it is https://crazytel.io.`;
}

function redirectTarget(location: unknown, baseUrl: string): URL | undefined {
	try {
		return typeof location === 'string' ? new URL(location, baseUrl) : undefined;
	} catch {
		return undefined;
	}
}

function settingsSentence(said: ReturnType<typeof readErrorBody>, quoted: string): string {
	const named = said.fields.map(
		({ field, text }) =>
			`${Object.hasOwn(SETTING_NAMES, field) ? SETTING_NAMES[field as TrunkSetting] : field}: ${text}`,
	);
	return named.length > 0
		? `Crazytel refuses the settings (422). ${named.join('; ')}.`
		: `Crazytel refuses the settings (422), in most cases the Password.${quoted}`;
}

function waitSentence({ headers }: Answered): string {
	const seconds = Number(headers['retry-after']);
	return Number.isFinite(seconds) && seconds > 0
		? `Run it again in ${Math.ceil(seconds)} seconds.`
		: 'Run it again in a minute.';
}
