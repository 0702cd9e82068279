import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../../api/body';
import type { Endpoint, ReadRequest } from '../../api/request';

const readBalance: Endpoint<IDataObject, 'read'> = {
	name: 'readBalance',
	effect: 'read',
	words: { doing: 'reading the balance' },
	read: (body) => (isRecord(body) && isAmount(body.balance) ? body : undefined),
};

/** The account's code and balance (docs/crazytel-api.md#account). */
export const balance: ReadRequest<IDataObject> = {
	endpoint: readBalance,
	method: 'GET',
	path: '/api/v1/balance/',
};

/** Below zero too: a running call may take it there. JSON has numbers such as 1e999, which none can hold. */
function isAmount(value: unknown): boolean {
	const isNumber = typeof value === 'number' || (typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value.trim()));
	return isNumber && Number.isFinite(Number(value));
}
