import { createHash } from 'node:crypto';

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { InvalidInput } from '../input/invalidInput';
import { shown } from '../input/shown';

/** The credential's name, as saved in workflows. */
export const CREDENTIAL = 'crazytelApi';

/** Where the requests go and what they must not reveal. */
export interface Account {
	/** Origin and path prefix, without a slash at the end. */
	baseUrl: string;
	apiKey: string;
	/** The one that some endpoints are asked with; undefined where it is not filled in. */
	otherKey: string | undefined;
	/** How many requests may stand in any 60 seconds; 0 for no limit. */
	requestsPerMinute: number;
	/** The same for all that share the address and the key; reveals neither. */
	id: string;
}

/** The limit of the API (docs/crazytel-api.md#hosts-key-limits). */
const DEFAULT_PER_MINUTE = 60;

/**
 * Reads the credential. A key or an address that cannot work is refused here, before any request.
 *
 * @throws InvalidInput that names the field of the credential
 */
export function readCredential(credential: ICredentialDataDecryptedObject): Account {
	const baseUrl = readBaseUrl(credential.baseUrl);
	const apiKey = readApiKey(credential.apiKey);
	const otherKey = readOtherKey(credential.smsApiKey);
	return {
		baseUrl,
		apiKey,
		otherKey,
		requestsPerMinute: readPerMinute(credential.requestsPerMinute),
		id: createHash('sha256').update(`${baseUrl} ${apiKey}`).digest('hex'),
	};
}

function readPerMinute(value: unknown): number {
	const text = String(value ?? '').trim();
	// A credential that was saved without the field has the default.
	const perMinute = text === '' ? DEFAULT_PER_MINUTE : Number(text);
	if (Number.isInteger(perMinute) && perMinute >= 0) return perMinute;
	throw refused(
		'requestsPerMinute',
		`Requests per Minute of the credential is ${shown(value)}.\nUse a whole number such as 60, or 0 for no limit.`,
	);
}

/** Not documented; a longer text is a pasted file, not a key. */
const LONGEST_KEY = 1_000;

function readApiKey(value: unknown): string {
	const key = typeof value === 'string' ? value.trim() : '';
	if (key === '')
		throw refused(
			'apiKey',
			'API Key of the credential is empty.\nPut the account API key from the Crazytel portal there.',
		);
	if (!canBeKey(key)) {
		throw refused(
			'apiKey',
			'API Key of the credential has a space, a line break or another character that no key has, or is too long.\nCopy the account API key again.',
		);
	}
	return key;
}

/** A credential that was saved without the field has none. */
function readOtherKey(value: unknown): string | undefined {
	const key = typeof value === 'string' ? value.trim() : '';
	if (key === '') return undefined;
	if (canBeKey(key)) return key;
	throw refused(
		'smsApiKey',
		'SMS API Key of the credential has a space, a line break or another character that no key has, or is too long.\nCopy it again, or leave the field empty.',
	);
}

function canBeKey(key: string): boolean {
	return key.length <= LONGEST_KEY && !/[^\x21-\x7e]/.test(key);
}

/** The messages never show what is in the field: people paste a key or a login there. */
function readBaseUrl(value: unknown): string {
	const text = typeof value === 'string' ? value.trim() : '';
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
		throw refused(
			'baseUrl',
			'Base URL of the credential is not a web address.\nIt is https://crazytel.io, with https:// in front.',
		);
	}
	if (`${url.username}${url.password}${url.search}${url.hash}` !== '') {
		throw refused(
			'baseUrl',
			'Base URL of the credential has more than an address: it must hold no login, no ? and no #.\nIt is https://crazytel.io.',
		);
	}
	if (url.protocol === 'http:' && /(?:^|\.)crazytel\.io\.?$/i.test(url.hostname)) {
		throw refused(
			'baseUrl',
			'Base URL of the credential must begin with https://, or the API key would travel unencrypted.',
		);
	}
	// The vendor's pages print the address with /api behind it; the paths begin with that already.
	return `${url.origin}${url.pathname}`.replace(/\/+$/, '').replace(/\/api(?:\/v\d+)?$/, '');
}

function refused(field: string, message: string): InvalidInput {
	return new InvalidInput([{ field, message }]);
}
