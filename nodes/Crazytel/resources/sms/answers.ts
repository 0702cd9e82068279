import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../../api/body';
import { withPlainNames } from '../../api/saying';

/** What is said of a message that is on its way, or further. That the first of them is the answer is known from one client only. */
const ON_ITS_WAY = [
	'queued',
	'accepted',
	'sending',
	'sent',
	'delivered',
	'enqueued',
	'submitted',
	'processing',
	'pending',
	'success',
	'ok',
];

/** Words for one that will not arrive. */
const REFUSED =
	/fail|reject|refuse|undeliver|not[ _-]|block|expire|den(?:y|ied)|invalid|opt(?:ed)?[ _-]?out|unsub|error|cancel|insufficient/i;

/** What is filled only where a recipient was refused. */
const OF_REFUSALS = [
	'error',
	'errors',
	'rejected',
	'refused',
	'failed',
	'failures',
	'invalid',
	'blocked',
	'undelivered',
	'optedout',
	'skipped',
];

/** Around the answer proper. */
const WRAPPERS = ['data', 'result', 'response', 'message', 'sms', 'messages', 'results'];

/** An answer is nested a few levels deep. */
const DEEPEST = 5;

/**
 * Reads what came of a message: a record with a status, bare, wrapped in an object, or alone in a list
 * (docs/crazytel-api.md#sms).
 *
 * @returns the record as it is; undefined where it says of nothing that it is on its way, or of anything that it is not
 */
export function readSent(body: unknown): IDataObject | undefined {
	const answer = withStatus(body);
	return answer !== undefined && isOnItsWay(String(answer.status)) && !isRefused(body) ? answer : undefined;
}

/** Whether an answer says that the message, or one to any of its recipients, was refused: that is no success. */
export function isRefused(body: unknown): boolean {
	return statusesIn(body).some((status) => REFUSED.test(status)) || namesRefusals(body);
}

function isOnItsWay(status: string): boolean {
	return ON_ITS_WAY.includes(status.trim().toLowerCase());
}

/** Every status that an answer has, at any depth. */
function statusesIn(value: unknown, depth = 0): string[] {
	if (typeof value !== 'object' || value === null || depth > DEEPEST) return [];
	const own = isRecord(value) ? withPlainNames(value).status : undefined;
	return [
		...(typeof own === 'string' ? [own] : []),
		...Object.values(value).flatMap((inner) => statusesIn(inner, depth + 1)),
	];
}

function namesRefusals(value: unknown, depth = 0): boolean {
	if (typeof value !== 'object' || value === null || depth > DEEPEST) return false;
	const named = isRecord(value) ? withPlainNames(value) : {};
	return (
		OF_REFUSALS.some((name) => isFilled(named[name])) ||
		Object.values(value).some((inner) => namesRefusals(inner, depth + 1))
	);
}

function isFilled(value: unknown): boolean {
	if (typeof value === 'string') return !/^\s*(?:none|null|no|false|0)?\s*$/i.test(value);
	if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
	return value === true || (typeof value === 'number' && value !== 0);
}

/** The innermost record with a status: around it may stand one of the request. */
function withStatus(value: unknown, depth = 0): IDataObject | undefined {
	if (depth > DEEPEST) return undefined;
	if (Array.isArray(value)) return value.length === 1 ? withStatus(value[0], depth + 1) : undefined;
	if (!isRecord(value)) return undefined;
	const inner = WRAPPERS.map((name) => withStatus(value[name], depth + 1)).find((record) => record !== undefined);
	return inner ?? (typeof value.status === 'string' ? value : undefined);
}
