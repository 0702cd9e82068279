import type { INode } from 'n8n-workflow';

/** What stands in the place of a secret. */
export const MASK = '***';

/** Keys whose value is a secret whatever it holds, also with a prefix or in another spelling. */
const SECRET_KEY = /passw(?:or)?d|passphrase|^pass$|pwd|secret|api[-_]?key|token|authorization/i;

/** A shorter text would turn up in ordinary words, and neither a password nor a key is that short. */
const SHORTEST_SECRET = 4;

/** No answer of this API is nested deeper than a few levels; one that is must not exhaust the stack. */
const DEEPEST = 50;

/** Removes secrets from whatever is about to be shown or stored. */
export interface Redactor {
	/** @returns the text with every secret in it masked */
	text(text: string): string;
	/** @returns a copy of plain JSON data with secret keys and secret values masked, at any depth */
	data<T>(data: T): T;
	/**
	 * @returns a copy of an answer, masked; a body that is text may have been cut off in the middle of
	 * a secret, so the beginning of one is masked at its end
	 */
	answer<T extends { body: unknown }>(answer: T): T;
}

/**
 * Builds a redactor for the secrets of one request.
 *
 * @param secrets values that must not be shown, e.g. the API key and a password that is sent
 */
export function createRedactor(secrets: string[]): Redactor {
	const known = [...new Set(secrets.flatMap((secret) => [secret, secret.trim()]))]
		.filter((secret) => secret.length >= SHORTEST_SECRET)
		// The longest first: one that contains another one is replaced whole.
		.sort((a, b) => b.length - a.length);
	const forms = known.flatMap((secret) => [writtenForms(secret), ...encodedForms(secret).map(escaped)]);
	const pattern = forms.length === 0 ? undefined : new RegExp(forms.join('|'), 'gi');

	const text = (value: string): string =>
		pattern === undefined ? value : value.replace(pattern, MASK);

	const data = (value: unknown, depth = 0): unknown => {
		if (depth > DEEPEST) return MASK;
		if (typeof value === 'string') return text(value);
		if (typeof value === 'number') return known.includes(String(value)) ? MASK : value;
		if (Array.isArray(value)) return value.map((inner) => data(inner, depth + 1));
		if (typeof value !== 'object' || value === null) return value;
		return Object.fromEntries(
			Object.entries(value).map(([key, inner]) => [
				text(key),
				SECRET_KEY.test(key) && inner !== null ? MASK : data(inner, depth + 1),
			]),
		);
	};

	return {
		text,
		data: <T>(value: T) => data(value) as T,
		answer<T extends { body: unknown }>(answer: T) {
			const masked = data(answer) as T;
			const { body } = masked;
			return typeof body === 'string' ? { ...masked, body: withoutHalfSecret(body, known) } : masked;
		},
	};
}

/**
 * A pattern for the secret in which each character may be written in any of the ways that JSON (also
 * inside JSON), URLs and HTML have for it. Used without regard to case: host names lose theirs.
 */
function writtenForms(secret: string): string {
	return Array.from(secret, (character) => {
		const code = character.codePointAt(0) ?? 0;
		const units = Array.from({ length: character.length }, (_, at) =>
			character.charCodeAt(at).toString(16).padStart(4, '0'),
		);
		const bytes = [...Buffer.from(character)].map((byte) => byte.toString(16).padStart(2, '0'));
		const ways = [
			// With as many backslashes before it as JSON inside JSON inside JSON needs.
			`\\\\{0,8}${escaped(character)}`,
			bytes.map((byte) => `%${byte}`).join(''),
			units.map((unit) => `\\\\{1,8}u${unit}`).join(''),
			`&#0{0,6}${code};`,
			`&#x0{0,6}${code.toString(16)};`,
			...(HTML_NAMES[character] ?? []).map((name) => `&${name};`),
			...(character === ' ' ? ['\\+'] : []),
		];
		return `(?:${ways.join('|')})`;
	}).join('');
}

const HTML_NAMES: Record<string, string[]> = {
	'&': ['amp'],
	'<': ['lt'],
	'>': ['gt'],
	'"': ['quot'],
	"'": ['apos'],
};

/** The whole secret in another alphabet. */
function encodedForms(secret: string): string[] {
	const bytes = Buffer.from(secret);
	return [
		bytes.toString('base64').replace(/=+$/, ''),
		bytes.toString('base64url'),
		bytes.toString('hex'),
	];
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

function escaped(text: string): string {
	return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
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
