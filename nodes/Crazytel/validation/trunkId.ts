import { z } from 'zod';

import { InvalidInput } from './invalidInput';
import { shown } from './shown';

/** The id of a trunk, a UUID in lower case (docs/crazytel-api.md#sip-trunk). */
export type TrunkId = string;

/** Any version of UUID: the API documents only the grouping 8-4-4-4-12. */
export const TRUNK_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A field that holds a trunk's id. */
export const trunkId = z.any().transform((value, context): TrunkId => {
	const text = typeof value === 'string' ? value.trim() : '';
	if (TRUNK_ID.test(text)) return text.toLowerCase();
	context.addIssue({ code: 'custom', message: trunkIdProblem(value, text) });
	return '';
});

function trunkIdProblem(value: unknown, text: string): string {
	const cure = 'Choose the trunk from the list, or give its ID, e.g. 3f2b8c1e-5a4d-4c6b-9e7f-0a1b2c3d4e5f.';
	if (value === null || value === undefined || text === '' && typeof value === 'string') {
		return `is empty. ${cure}`;
	}
	if (/^(?:CT)?\d{4,10}$/i.test(text)) return `${shown(value)} looks like a username, not a trunk ID. Choose By Username, or give the ID, e.g. 3f2b8c1e-5a4d-4c6b-9e7f-0a1b2c3d4e5f.`;
	return `${shown(value)} is not a trunk ID. ${cure}`;
}

/**
 * Reads a trunk's id.
 *
 * @throws InvalidInput when it is not a UUID
 */
export function readTrunkId(value: unknown): TrunkId {
	const parsed = trunkId.safeParse(value);
	if (parsed.success) return parsed.data;
	throw new InvalidInput([
		{ field: 'trunk', message: `Trunk ${parsed.error.issues[0]?.message ?? 'is not a trunk ID.'}` },
	]);
}
