import { ApiError } from './apiError';
import { DEADLINE_MS, Overdue } from './deadline';
import type { Failure } from './delivery';
import type { Unanswered } from './exchange';
import { afterUnknown, type ApiRequest } from './request';
import { TIMEOUT_MS } from './timeout';

const SECONDS = `${TIMEOUT_MS / 1000} seconds`;

const OVERDUE = new Overdue().message;
const DEADLINE_SECONDS = `${DEADLINE_MS / 1000} seconds`;

const CHECK_NETWORK = "Check the Base URL in the credential and this server's network.";

const CHECK_PROXY = 'Check the proxy that HTTPS_PROXY, HTTP_PROXY or ALL_PROXY of this n8n server names.';

/** @returns the error for a request that brought no answer */
export function errorOfSilence({ endpoint }: ApiRequest<unknown>, failure: Unanswered, baseUrl: string): ApiError {
	const { doing } = endpoint.words;
	const { host } = new URL(baseUrl);
	const { code, reason, isLasting } = failure;
	if (failure.neverDelivered) {
		const [why, cure] = unreachableWords(failure, baseUrl);
		return new ApiError(`Crazytel cannot be reached at ${host}: ${why}. Nothing was sent.`, cure, 'undelivered', {
			httpCode: code,
			isLasting,
		});
	}
	const happened = wasOurTimeout(failure)
		? `Crazytel did not answer within ${SECONDS} while ${doing}.`
		: reason === OVERDUE
			? `Crazytel did not end its answer within ${DEADLINE_SECONDS} while ${doing}.`
			: code === 'UNKNOWN'
				? `The request to ${host} failed while ${doing} (${reason}).`
				: `The connection to ${host} broke while ${doing} (${reason}).`;
	return new ApiError(happened, afterUnknown(endpoint, 'Try again later.'), 'uncertain', { httpCode: code });
}

/** By the words of axios: a connection that the system has given up has a code that sounds the same. */
function wasOurTimeout({ reason }: Failure): boolean {
	return reason === `timeout of ${TIMEOUT_MS}ms exceeded`;
}

function unreachableWords(failure: Failure, baseUrl: string): [why: string, cure: string] {
	const { hurdle, proxy, reason } = failure;
	switch (hurdle) {
		case 'host':
			if (reason === OVERDUE)
				return [
					`n8n did not come to send the request within ${DEADLINE_SECONDS}`,
					"Check the credential in n8n, and n8n's log.",
				];
			return [`n8n could not prepare the request (${reason})`, "Check the credential in n8n, and n8n's log."];
		case 'protection':
			return [`n8n's SSRF protection does not let it through (${reason})`, allowInN8n(baseUrl)];
		case 'proxyAddress':
			return ['the address of the proxy is not a web address', CHECK_PROXY];
		case 'certificate':
			return proxy === undefined
				? [`its certificate is not trusted (${reason})`, CHECK_NETWORK]
				: [`the certificate of the proxy is not trusted (${reason})`, CHECK_PROXY];
		case 'encryption':
			return [encryptionWords(failure), CHECK_NETWORK];
		default:
			return proxy === undefined
				? [connectionWords(failure), CHECK_NETWORK]
				: [proxyWords(failure, proxy), CHECK_PROXY];
	}
}

/** n8n looks for a name among the names that are allowed, and for an address among the ranges. */
function allowInN8n(baseUrl: string): string {
	const { hostname } = new URL(baseUrl);
	const isAddress = /^[\d.]+$|^\[/.test(hostname);
	const setting = isAddress ? 'N8N_SSRF_ALLOWED_IP_RANGES' : 'N8N_SSRF_ALLOWED_HOSTNAMES';
	return `Whoever runs this n8n server can add ${hostname.replace(/^\[|\]$/g, '')} to its ${setting}.`;
}

function encryptionWords(failure: Failure): string {
	const { code, reason } = failure;
	if (wasOurTimeout(failure)) return `no encrypted connection came about within ${SECONDS}`;
	if (/wrong version number|packet length too long|http request/.test(reason)) return 'it does not speak https there';
	return /^(?:EPROTO|ERR_SSL_)/.test(code)
		? `no encrypted connection came about (${reason})`
		: 'the connection broke before it was encrypted';
}

function connectionWords(failure: Failure): string {
	const { code, reason } = failure;
	if (wasOurTimeout(failure)) return `no connection came about within ${SECONDS}`;
	if (code === 'ECONNREFUSED') return 'the connection was refused';
	if (code === 'ENOTFOUND') return 'no such host name was found';
	if (code === 'EAI_AGAIN') return 'its host name could not be looked up';
	if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return 'there is no way to it';
	if (code === 'ETIMEDOUT') return 'nobody answered the connection';
	return `no connection came about (${reason})`;
}

function proxyWords(failure: Failure, place: string): string {
	const { code, reason } = failure;
	const proxy = place === '' ? 'the proxy' : `the proxy ${place}`;
	if (wasOurTimeout(failure)) return `${proxy} made no connection within ${SECONDS}`;
	if (code === 'ECONNREFUSED') return `${proxy} refused the connection`;
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `the host name of ${proxy} was not found`;
	return `${proxy} made no connection (${reason})`;
}
