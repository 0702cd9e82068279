const MASK = '***';

/** Keys whose value is a secret whatever it holds, also with a prefix or in another spelling. */
const SECRET_KEY = /passw(?:or)?d|secret|api[-_]?key|token|authorization/i;

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
}

/**
 * Builds a redactor for the secrets of one request.
 *
 * @param secrets values that must not be shown, e.g. the API key and the trunk's password
 */
export function createRedactor(secrets: string[]): Redactor {
	const forms = [...new Set(secrets.filter((secret) => secret.length >= SHORTEST_SECRET).flatMap(formsOf))]
		// The longest first: a form that contains another one is replaced whole.
		.sort((a, b) => b.length - a.length);

	const text = (value: string): string =>
		forms.reduce((result, form) => result.split(form).join(MASK), value);

	const data = (value: unknown, depth = 0): unknown => {
		if (depth > DEEPEST) return MASK;
		if (typeof value === 'string') return text(value);
		if (typeof value === 'number') return forms.includes(String(value)) ? MASK : value;
		if (Array.isArray(value)) return value.map((inner) => data(inner, depth + 1));
		if (typeof value !== 'object' || value === null) return value;
		return Object.fromEntries(
			Object.entries(value).map(([key, inner]) => [
				text(key),
				SECRET_KEY.test(key) && inner !== null ? MASK : data(inner, depth + 1),
			]),
		);
	};

	return { text, data: <T>(value: T) => data(value) as T };
}

/** The forms in which a server or a library may hand a value back. */
function formsOf(secret: string): string[] {
	const json = JSON.stringify(secret).slice(1, -1);
	const bytes = Buffer.from(secret, 'utf8');
	return [
		secret,
		secret.trim(),
		json,
		JSON.stringify(json).slice(1, -1),
		json.replace(/\//g, '\\/'),
		asciiJson(secret),
		encodeURIComponent(secret),
		encodeURIComponent(secret).replace(/%20/g, '+'),
		encodeURIComponent(secret).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
		htmlEscaped(secret, '&#x27;'),
		htmlEscaped(secret, '&#39;'),
		bytes.toString('base64'),
		bytes.toString('base64').replace(/=+$/, ''),
		bytes.toString('base64url'),
		bytes.toString('hex'),
	].filter((form) => form.length >= SHORTEST_SECRET);
}

/** Python's json module writes every character beyond ASCII as \uXXXX. */
function asciiJson(secret: string): string {
	return JSON.stringify(secret)
		.slice(1, -1)
		.replace(/[\u0080-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function htmlEscaped(secret: string, apostrophe: string): string {
	return secret
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/"/g, '&quot;')
		.replace(/'/g, apostrophe);
}
