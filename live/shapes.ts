import { isObject } from './seen';
import { MASK, isKnownWord, maskName } from './words';

/**
 * What a value looks like, without the value: each path of keys with the classes of what stood there.
 * `[]` is an entry of a list; `some:` says that not every object has the key.
 */
export type Shape = Record<string, string[]>;

const DEEPEST = 6;
const MOST_PATHS = 150;
/** An object with more keys is a table whose keys are values of the account. */
const MOST_KEYS = 40;

/** Fields whose value is a word that the service made, not the account. */
const FIELDS_OF_WORDS = /(^|_)(status|state|type|route|direction|kind|mode|currency|error|success)$/i;

/** A number in classes: 0, 1, 2–10, more than 10. */
export function countClass(count: number): string {
	if (count <= 1) return String(count);
	return count <= 10 ? '2–10' : 'more than 10';
}

/** Whether a length is one that services choose: others could be the account's own count. */
export function isRound(count: number): boolean {
	return count >= 10 && count % 5 === 0;
}

function lengthClass(length: number): string {
	const bound = [5, 10, 20, 50, 200, 1_000].find((most) => length <= most);
	return bound === undefined ? 'more than 1000 characters' : `up to ${String(bound)} characters`;
}

const FORMS: Array<[pattern: RegExp, name: string | ((text: string) => string)]> = [
	[/^$/, 'empty text'],
	[/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'UUID'],
	[/^CT\d{6}$/, 'CT and 6 digits'],
	[
		/^\d{1,15}$/,
		(text) => `${String(text.length)} digits${/^(614|61|64)/.exec(text)?.[0].replace(/^/, ' that begin with ') ?? ''}`,
	],
	[/^\+\d{1,15}$/, (text) => `+ and ${String(text.length - 1)} digits`],
	[/^-?\d+\.\d+$/, 'decimal number as text'],
	[/^\d{4}-\d\d-\d\d$/, 'date'],
	[/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/, 'time with T, no zone'],
	[/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/, 'time with a space, no zone'],
	[/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\.\d+$/, 'time with fractions, no zone'],
	[/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z$/, 'time with Z'],
	[/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:?\d\d$/, 'time with an offset'],
	[/^\d\d\/\d\d\/\d{4}( \d\d:\d\d(:\d\d)?)?$/, 'date with the day or month first'],
	[/^https?:\/\//i, (text) => `${/^https:/i.test(text) ? 'https' : 'http'} address`],
	[/^\S+@\S+\.\S+$/, 'e-mail address'],
	[/^(true|false|yes|no|null|none)$/i, 'word for a switch as text'],
];

function textClass(text: string, field: string): string {
	for (const [pattern, name] of FORMS) if (pattern.test(text)) return typeof name === 'string' ? name : name(text);
	if (FIELDS_OF_WORDS.test(field) && /^[A-Za-z_ -]{1,20}$/.test(text) && text.split(/[_ -]+/).every(isKnownWord))
		return `the word “${text}”`;
	return `text, ${lengthClass(text.length)}`;
}

function numberClass(value: number): string {
	const sign = value === 0 ? 'zero' : value > 0 ? 'above zero' : 'below zero';
	return Number.isInteger(value) ? `whole number, ${sign}` : `decimal number, ${sign}`;
}

/**
 * The shape of a value.
 *
 * @param value anything that JSON can hold
 * @returns no value of it, and no key that is not made of known words
 */
export function shapeOf(value: unknown): Shape {
	const classes = new Map<string, Set<string>>();
	const counts = new Map<string, number>();

	function note(path: string, name: string): void {
		if (!classes.has(path) && classes.size >= MOST_PATHS) return;
		classes.set(path, (classes.get(path) ?? new Set()).add(name));
	}

	function walk(part: unknown, path: string, field: string, depth: number): void {
		counts.set(path, (counts.get(path) ?? 0) + 1);
		if (part === null) return note(path, 'null');
		if (typeof part === 'string') return note(path, textClass(part, field));
		if (typeof part === 'number') return note(path, numberClass(part));
		if (typeof part === 'boolean') return note(path, 'true or false');
		if (depth >= DEEPEST) return note(path, 'deeper');
		if (Array.isArray(part)) {
			note(path, `list of ${countClass(part.length)}`);
			for (const entry of part) walk(entry, `${path}[]`, field, depth + 1);
			return;
		}
		if (!isObject(part)) return;
		const entries = Object.entries(part);
		note(path, entries.length > MOST_KEYS ? 'object with many keys' : 'object');
		for (const [key, inner] of entries) {
			const name = entries.length > MOST_KEYS ? MASK : maskName(key);
			walk(inner, path === '' ? name : `${path}.${name}`, name, depth + 1);
		}
	}

	walk(value, '', '', 0);
	const parentOf = (path: string) => (path.endsWith('[]') ? undefined : path.replace(/\.?[^.]*$/, ''));
	return Object.fromEntries(
		[...classes].map(([path, names]) => {
			const parent = parentOf(path);
			const isPartial =
				path !== '' &&
				parent !== undefined &&
				!path.includes(MASK) &&
				(counts.get(path) ?? 0) < (counts.get(parent) ?? 0);
			return [path === '' ? '(whole)' : path, [...(isPartial ? ['some:'] : []), ...[...names].sort()]];
		}),
	);
}
