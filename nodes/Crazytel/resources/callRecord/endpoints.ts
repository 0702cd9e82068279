import type { IDataObject } from 'n8n-workflow';

import { isRecord, readList } from '../../api/body';
import type { Endpoint, ReadRequest } from '../../api/request';
import type { Row } from './rows';

/**
 * Not declared as a list: the client would read its pages by what an answer says of them, and drop equal rows, which
 * may be two calls. `readBack` has the pages.
 */
const readRecords: Endpoint<Row[], 'read'> = {
	name: 'readCallRecords',
	effect: 'read',
	words: { doing: 'reading the call records' },
	isEntry: (entry) => isRecord(entry) && Object.hasOwn(entry, 'setup_time'),
	read(body) {
		const rows = readList(body);
		return rows?.every(isRecord) === true ? (rows as Row[]) : undefined;
	},
	explain: ({ status }) => {
		if (status === 404) return { happened: 'Crazytel found no call records of this account (404).' };
		if (status !== 422) return {};
		return {
			happened: 'Crazytel does not accept the dates, the Type or the Extension (422).',
			cure: 'Correct them, or choose a shorter span of dates.',
		};
	},
	labels: { start_date: 'Start Date', end_date: 'End Date', extension: 'Extension', type: 'Type', limit: 'Limit' },
};

/** What the API calls each type, by our names (docs/crazytel-api.md#call-records). */
export const TYPES: Readonly<Record<string, string>> = {
	voice: '*voice',
	did: '*did',
	smsIn: '*smsin',
	smsOut: '*smsout',
};

/** Call records, newest first (docs/crazytel-api.md#call-records). @param query by the API's names */
export function callRecords(query: IDataObject): ReadRequest<Row[]> {
	return { endpoint: readRecords, method: 'GET', path: '/api/v1/cdrs/', query };
}
