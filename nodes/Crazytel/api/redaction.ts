import type { INode } from 'n8n-workflow';

import { clock } from './clock';
import { createFinder, type Finder } from './secretForms';
import { isSecretName, withoutNamedSecrets } from './secretNames';

/** What stands in the place of a secret. */
export const MASK = '***';

/** A shorter text would turn up in ordinary words, and neither a password nor a key is that short. */
const SHORTEST_SECRET = 4;

/** No answer of this API is nested deeper than a few levels; one that is must not exhaust the stack. */
const DEEPEST = 50;

/** So many different names are remembered, and no longer ones; a hostile answer has more. */
const MOST_NAMES = 1_000;
const LONGEST_NAME = 100;

/** A list of so many entries is masked in several turns. */
const LONG_LIST = 1_000;
const DEEPEST_LIST = 3;

/** Removes secrets from whatever is about to be shown or stored. */
export interface Redactor {
	/** @returns the text with every secret in it masked, and every longer piece from the start of one */
	text(text: string): string;
	/** @returns plain JSON data with secret keys and secret values masked, at any depth; what holds none stays the same object */
	data<T>(data: T): T;
	/**
	 * @returns an answer, masked; a body that is text may have been cut off in the middle of a secret, so the
	 * beginning of one is masked at its end, and words of a refusal may quote what stands under secret names
	 */
	answer<T extends { body: unknown; status?: number }>(answer: T): T;
	/** The same, with all else having its turn in between. */
	answerAtEase<T extends { body: unknown; status?: number }>(answer: T): Promise<T>;
}

/**
 * Builds a redactor for the secrets of one request.
 *
 * @param secrets values that must not be shown, e.g. the API key and a password that is sent
 * @param ownTexts what was sent beside them: data that is exactly that holds no piece of a secret, however it begins
 */
export function createRedactor(secrets: string[], ownTexts: readonly string[] = []): Redactor {
	return redactorOf(knownOf(secrets), ownTexts);
}

/**
 * Builds the redactors for the requests of one client. How its keys may be written is worked out once, and not for
 * each request.
 *
 * @param keys secrets of all its requests
 * @returns as `createRedactor`, for what a request has beside the keys
 */
export function redactorsOf(keys: string[]): typeof createRedactor {
	const ofKeys = knownOf(keys);
	return (secrets, ownTexts = []) =>
		redactorOf(secrets.length === 0 ? ofKeys : knownOf([...keys, ...secrets]), ownTexts);
}

/** What is worked out of secrets alone. */
interface Known {
	secrets: string[];
	replaced: Finder['replaced'];
	/** Those that are numbers. */
	numbers: Set<string>;
	/** How the names that were met are shown: all answers of a client have mostly the same. */
	names: Map<string, { shown: string; isSecret: boolean }>;
}

function knownOf(all: string[]): Known {
	const secrets = [...new Set(all.flatMap((secret) => [secret, secret.trim()]))]
		.filter((secret) => secret.length >= SHORTEST_SECRET)
		// The longest first: one that contains another one is replaced whole.
		.sort((a, b) => b.length - a.length);
	const numbers = new Set(secrets.filter((secret) => String(Number(secret)) === secret));
	return { secrets, replaced: createFinder(secrets).replaced, numbers, names: new Map() };
}

function redactorOf({ secrets: known, replaced, numbers, names }: Known, ownTexts: readonly string[]): Redactor {
	const own = new Set(ownTexts);

	const text = (value: string): string => replaced(value, MASK);

	const nameOf = (name: string): { shown: string; isSecret: boolean } => {
		const met = names.get(name);
		if (met !== undefined) return met;
		const read = { shown: text(name), isSecret: isSecretName(name) };
		if (names.size < MOST_NAMES && name.length <= LONGEST_NAME) names.set(name, read);
		return read;
	};

	/** For data, or for the words of a refusal. */
	const masker = (ofText: (value: string) => string) => {
		const data = (value: unknown, depth = 0): unknown => {
			if (depth > DEEPEST) return MASK;
			if (typeof value === 'string') return ofText(value);
			if (typeof value === 'number') return numbers.has(String(value)) ? MASK : value;
			if (typeof value !== 'object' || value === null) return value;
			if (Array.isArray(value)) {
				const masked = value.map((inner) => data(inner, depth + 1));
				return masked.every((inner, at) => inner === value[at]) ? value : masked;
			}
			return record(value, (name, inner) => (nameOf(name).isSecret && inner !== null ? MASK : data(inner, depth + 1)));
		};
		return data;
	};

	/** A copy where anything in it has to be masked. */
	const record = (value: object, of: (name: string, inner: unknown) => unknown): object => {
		let masked: Array<[string, unknown]> | undefined;
		for (const [at, name] of Object.keys(value).entries()) {
			const inner = (value as Record<string, unknown>)[name];
			const { shown } = nameOf(name);
			const outer = of(name, inner);
			if (shown !== name || outer !== inner) masked ??= Object.entries(value).slice(0, at);
			masked?.push([shown, outer]);
		}
		return masked === undefined ? value : Object.fromEntries(masked);
	};

	const data = masker((value) => replaced(value, MASK, own.has(value)));
	const words = masker((value) => text(withoutNamedSecrets(value, MASK)));
	const maskerOf = ({ body, status = 200 }: { body: unknown; status?: number }) =>
		typeof body === 'string' || status < 200 || status > 299 ? words : data;

	const whole = <T extends { body: unknown }>(answer: T): T => {
		const { body } = answer;
		return typeof body === 'string' ? { ...answer, body: withoutHalfSecret(body, known) } : answer;
	};

	const atEase = async (
		value: unknown,
		mask: ReturnType<typeof masker>,
		breathe: () => Promise<void>,
		depth = 0,
	): Promise<unknown> => {
		if (typeof value !== 'object' || value === null || depth > DEEPEST_LIST) return mask(value, depth);
		if (Array.isArray(value)) {
			if (value.length < LONG_LIST) return mask(value, depth);
			const masked: unknown[] = [];
			for (const entry of value as unknown[]) {
				masked.push(mask(entry, depth + 1));
				if (masked.length % 100 === 0) await breathe();
			}
			return masked;
		}
		const inner = new Map<string, unknown>();
		for (const [name, one] of Object.entries(value))
			inner.set(name, nameOf(name).isSecret ? one : await atEase(one, mask, breathe, depth + 1));
		return record(value, (name, one) => (nameOf(name).isSecret && one !== null ? MASK : inner.get(name)));
	};

	return {
		text,
		data: <T>(value: T) => data(value) as T,
		answer: (answer) => whole(maskerOf(answer)(answer) as typeof answer),
		async answerAtEase(answer) {
			const mask = maskerOf(answer);
			// Most answers are short, and a promise for each of their values costs more than the rest.
			const masked = hasLongList(answer) ? await atEase(answer, mask, clock.breather()) : mask(answer);
			return whole(masked as typeof answer);
		},
	};
}

/** Long lists stand near the top. */
function hasLongList(value: unknown, depth = 0): boolean {
	if (typeof value !== 'object' || value === null || depth > DEEPEST_LIST) return false;
	if (Array.isArray(value)) return value.length >= LONG_LIST;
	return Object.values(value).some((inner) => hasLongList(inner, depth + 1));
}

function withoutHalfSecret(text: string, secrets: string[]): string {
	for (const secret of secrets) {
		for (let length = secret.length - 1; length >= SHORTEST_SECRET; length--) {
			const half = secret.slice(0, length);
			if (text.endsWith(half)) return text.slice(0, -length) + MASK;
		}
	}
	return text;
}

/**
 * n8n stores an error with its node.
 *
 * @param secrets names of the parameters that hold one
 * @returns the node with those masked, wherever they stand in its parameters
 */
export function nodeWithoutSecrets(node: INode, secrets: readonly string[]): INode {
	const mask = (parameters: INode['parameters']): INode['parameters'] =>
		Object.fromEntries(
			Object.entries(parameters).map(([name, value]) => {
				if (secrets.includes(name)) return [name, MASK];
				const isGroup = typeof value === 'object' && value !== null && !Array.isArray(value);
				return [name, isGroup ? mask(value as INode['parameters']) : value];
			}),
		);
	return { ...node, parameters: mask(node.parameters) };
}
