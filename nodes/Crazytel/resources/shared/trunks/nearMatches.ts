import { text } from '../../../api/body';
import type { Collection } from '../../../run/collection';
import type { Trunk } from './endpoints';

/** A longer text is no username with a slip in it. */
const LONGEST = 64;

/** The trunks of a run by what may be given for their usernames, made once: a table may be wrong in every row. */
const indexes = new WeakMap<object, Map<string, Set<number>>>();

/**
 * Finds trunks that may have been meant by a username that none of them has: the digits are the same,
 * one character differs, or it is the description.
 *
 * @returns them in the order of the list
 */
export function trunksLike(trunks: Pick<Collection, 'listed'>, username: string): Trunk[] {
	const { listed } = trunks;
	const index = indexes.get(trunks) ?? indexOf(listed);
	indexes.set(trunks, index);
	const wanted = username.toLowerCase();
	const same = [bareKey(wanted), descriptionKey(wanted)].flatMap((key) => [...(index.get(key) ?? [])]);
	const slipped = slipsOf(wanted)
		.flatMap((key) => [...(index.get(key) ?? [])])
		.filter((at) => differsByOne(usernameOf(listed[at]), wanted));
	return [...new Set([...same, ...slipped])].sort((a, b) => a - b).flatMap((at) => listed[at] ?? []);
}

function indexOf(listed: readonly Trunk[]): Map<string, Set<number>> {
	const index = new Map<string, Set<number>>();
	for (const [at, trunk] of listed.entries()) {
		const username = usernameOf(trunk);
		const description = text(trunk.description).toLowerCase();
		const keys = [
			...(username === '' ? [] : [bareKey(username), ...slipsOf(username)]),
			...(description === '' ? [] : [descriptionKey(description)]),
		];
		for (const key of keys) {
			const ofKey = index.get(key) ?? new Set();
			index.set(key, ofKey.add(at));
		}
	}
	return index;
}

function usernameOf(trunk: Trunk | undefined): string {
	return text(trunk?.username).toLowerCase();
}

/** Without what people leave out, or spreadsheets drop: `ct` and zeros in front. */
function bareKey(username: string): string {
	return `bare ${username.replace(/^ct/, '').replace(/^0+/, '')}`;
}

function descriptionKey(description: string): string {
	return `description ${description}`;
}

/** Two texts that one slip turns into each other have one of these in common: themselves, or without a character. */
function slipsOf(username: string): string[] {
	if (username.length > LONGEST) return [];
	const shorter = Array.from({ length: username.length }, (_, at) => username.slice(0, at) + username.slice(at + 1));
	return [username, ...shorter].map((slip) => `slip ${slip}`);
}

/** Whether one character was left out, put in, mistaken, or swapped with the next one. */
function differsByOne(one: string, other: string): boolean {
	if (Math.abs(one.length - other.length) > 1) return false;
	let start = 0;
	while (start < one.length && one[start] === other[start]) start++;
	const [restOfOne, restOfOther] = [one.slice(start), other.slice(start)];
	return (
		restOfOne.slice(1) === restOfOther.slice(1) ||
		restOfOne.slice(1) === restOfOther ||
		restOfOne === restOfOther.slice(1) ||
		`${restOfOne[1] ?? ''}${restOfOne[0] ?? ''}${restOfOne.slice(2)}` === restOfOther
	);
}
