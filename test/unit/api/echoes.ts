/** A password that every kind of escaping changes. */
export const AWKWARD = `Canary7 "q"\\/<&>'ü+!(x)`;
const escaped = JSON.stringify(AWKWARD).slice(1, -1);
const bytes = Buffer.from(AWKWARD);

/** Every way in which the secrets can be read, whole; base64 and hex of the key among them. */
export function readableForms(apiKey: string): string[] {
	return [
		apiKey,
		encodeURIComponent(apiKey),
		Buffer.from(apiKey).toString('base64').replace(/=+$/, ''),
		Buffer.from(apiKey).toString('hex'),
		AWKWARD,
		escaped,
		JSON.stringify(escaped).slice(1, -1),
		encodeURIComponent(AWKWARD),
		bytes.toString('base64').replace(/=+$/, ''),
		bytes.toString('base64url'),
		bytes.toString('hex'),
		'Canary7',
	];
}

/** What a server may do with what it was sent. */
export function echoesOf(apiKey: string): Array<[string, unknown]> {
	return [
		['as it is', AWKWARD],
		['in a sentence', `The password ${AWKWARD} with the key ${apiKey} is bad`],
		['in capitals of hex', `${bytes.toString('hex').toUpperCase()}`],
		['as JSON in a text', JSON.stringify({ p: AWKWARD, k: apiKey })],
		['as JSON in JSON in a text', JSON.stringify(JSON.stringify({ p: AWKWARD, k: apiKey }))],
		['in ASCII JSON in a text', JSON.stringify({ p: AWKWARD }).replace('ü', '\\u00fc')],
		['URL-encoded', `p=${encodeURIComponent(AWKWARD)}&k=${apiKey}`],
		['URL-encoded in lower case', encodeURIComponent(AWKWARD).replace(/%../g, (code) => code.toLowerCase())],
		['URL-encoded as a form', new URLSearchParams({ p: AWKWARD }).toString()],
		[
			'URL-encoded as Python does it',
			encodeURIComponent(AWKWARD).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`),
		],
		['in base64', `${bytes.toString('base64')} ${Buffer.from(apiKey).toString('base64')}`],
		['in base64url', bytes.toString('base64url')],
		['in hex', `${bytes.toString('hex')} ${Buffer.from(apiKey).toString('hex')}`],
		[
			'HTML-escaped',
			AWKWARD.replace(/&/g, '&amp;')
				.replace(/</g, '&lt;')
				.replace(/>/g, '&gt;')
				.replace(/"/g, '&quot;')
				.replace(/'/g, '&#x27;'),
		],
		[
			'HTML-escaped with &#34;',
			AWKWARD.replace(/&/g, '&amp;')
				.replace(/</g, '&lt;')
				.replace(/>/g, '&gt;')
				.replace(/"/g, '&#34;')
				.replace(/'/g, '&#39;'),
		],
	];
}

/** Bodies that repeat a text in every place from which words are taken. */
export const carriers: Array<[string, (echo: unknown) => unknown]> = [
	['a detail', (echo) => ({ detail: echo })],
	['a message', (echo) => ({ error: { message: echo } })],
	["FastAPI's list", (echo) => ({ detail: [{ loc: ['body', 'area_code'], msg: echo, input: echo }] })],
	['the name of a field', (echo) => ({ detail: [{ loc: ['body', echo], msg: 'bad' }] })],
	['a list of words', (echo) => ({ detail: [echo, echo] })],
	['plain text', (echo) => `bad: ${String(echo)}`],
	['the title of a web page', (echo) => `<html><title>${String(echo)}</title></html>`],
];

/** Where a redirect may point, with the secrets in every part of the address. */
export function locationsOf(apiKey: string, password: string): string[] {
	return [
		`https://evil.example/${apiKey}?p=${password}`,
		`https://${apiKey}:${password}@evil.example/`,
		`https://${apiKey}.evil.example/`,
		`https://${apiKey.toUpperCase()}.evil.example/`,
		`/login?key=${apiKey}`,
		`//${apiKey}/`,
		`https://[${apiKey}`,
		'javascript:alert(1)',
		'x'.repeat(8000),
	];
}
