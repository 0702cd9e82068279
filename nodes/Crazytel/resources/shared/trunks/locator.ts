import { z } from 'zod';

import { isEmpty } from '../../../input/empty';
import { InvalidInput } from '../../../input/invalidInput';
import { shown } from '../../../input/shown';
import { withWords } from '../../../input/words';
import type { Item } from '../../../run/item';

/** The id of a trunk, a UUID in lower case (docs/crazytel-api.md#sip-trunk). */
export type TrunkId = string;

/** Any version of UUID: the API documents only the grouping 8-4-4-4-12. */
export const TRUNK_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Which trunk is meant. A username is as given; only the list of trunks can tell whether it exists. */
export type TrunkLocator =
	| {
			id: TrunkId;
			/** How the user has chosen it. */
			called?: string;
	  }
	| {
			username: string;
			/** Set where an ID might have been meant. */
			isGuess?: true;
	  };

const EXAMPLE = '3f2b8c1e-5a4d-4c6b-9e7f-0a1b2c3d4e5f';

const CURE = `Choose the trunk from the list, or give its ID or its username, e.g. ${EXAMPLE} or CT123456.`;

/** A field that holds a trunk's id. */
export const trunkId = withWords(
	z
		.string()
		.transform((text) => text.trim().toLowerCase())
		.pipe(z.string().regex(TRUNK_ID)),
	trunkIdProblem,
);

function trunkIdProblem(value: unknown): string {
	if (Array.isArray(value)) return `is a list, and one trunk is meant.\n${CURE}`;
	if (typeof value === 'object' && value !== null) return `is an object without an id.\n${CURE}`;
	return isEmpty(value) ? `is empty.\n${CURE}` : `${shown(value)} is not a trunk ID.\n${CURE}`;
}

/**
 * Reads what a resource locator holds. What is dropped on one, or filled in by a model, always comes as an id, so a
 * text that is none is taken for a username.
 *
 * @param mode `list`, `id` or `username`; a locator without one holds an id
 * @throws InvalidInput when it is empty, or cannot be what the mode says
 */
export function readTrunkLocator({ mode, value, called }: ReturnType<Item['locator']>): TrunkLocator {
	if (mode === 'username') return { username: readUsername(value) };
	// An expression may give a whole trunk. The id of another thing is nobody's username.
	const isThing = typeof value === 'object' && value !== null && Object.hasOwn(value, 'id');
	const parsed = trunkId.safeParse(isThing ? (value as { id: unknown }).id : value);
	if (parsed.success) return { id: parsed.data, ...(called !== undefined && { called }) };
	if ((mode === 'id' || mode === 'list') && mayBeUsername(value))
		return { username: String(value).trim(), isGuess: true };
	throw refused(parsed.error.issues[0]?.message ?? 'is not a trunk ID.');
}

function mayBeUsername(value: unknown): boolean {
	return typeof value === 'number'
		? Number.isSafeInteger(value) && value > 0
		: typeof value === 'string' && !isEmpty(value);
}

/** Usernames of older accounts are numbers (docs/crazytel-api.md#sip-trunk), so no form is asked for. */
function readUsername(value: unknown): string {
	if (isEmpty(value)) {
		throw refused('is empty.\nGive its username, e.g. CT123456. An expression may have found nothing in this item.');
	}
	const username = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : undefined;
	if (username === undefined)
		throw refused(`must be a username, and it is ${shown(value)}.\nGive one username, e.g. CT123456.`);
	if (TRUNK_ID.test(username)) {
		throw refused(
			`${shown(username)} looks like a trunk ID, not a username.\nChoose By ID, or give the username, e.g. CT123456.`,
		);
	}
	return username;
}

/**
 * What a list or an answer shows as the id of a trunk is not believed: with `..` the address of a trunk would be
 * that of something else.
 *
 * @returns why nothing can be sent for it, what to do behind a line break; undefined where it is an id
 */
export function idProblem(id: string): string | undefined {
	if (TRUNK_ID.test(id)) return undefined;
	return `Crazytel shows ${shown(id)} as the ID of this trunk, and that is no trunk ID. Nothing was sent for it.\nLook at the trunk in the Crazytel portal; if every trunk is shown so, check the Base URL in the credential.`;
}

/**
 * @param field in which the trunk was named
 * @returns the id as it is sent
 * @throws InvalidInput when it is none
 */
export function sendableId(id: string, field = 'trunk'): TrunkId {
	const message = idProblem(id);
	if (message !== undefined) throw new InvalidInput([{ field, message }]);
	return id.toLowerCase();
}

/** @param words follow the field's name */
export function refused(words: string): InvalidInput {
	return new InvalidInput([{ field: 'trunk', message: `Trunk ${words}` }]);
}
