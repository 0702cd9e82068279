/* eslint-disable @n8n/community-nodes/no-hardcoded-secrets -- canaries, made up to be looked for */
import { errorOfAnswer } from '../../../nodes/Crazytel/api/explain';
import { createRedactor } from '../../../nodes/Crazytel/api/redaction';
import { AWKWARD, carriers, echoesOf, locationsOf, readableForms } from './echoes';
import { makeRequest } from './endpoints';

const BASE = 'https://crazytel.io';
const API_KEY = 'canary-key-9d2f61b07c';
const PASSWORD = 'Canary7SecretAbc';

/** What the client makes of an answer: it is redacted, and then words are taken from it. */
function told(secrets: string[], answer: { status: number; headers?: Record<string, unknown>; body?: unknown }) {
	const redacted = createRedactor([API_KEY, ...secrets]).answer({ headers: {}, body: '', ...answer });
	const request = makeRequest({ name: 'Lamp', pin: secrets[0] });
	return { redacted, error: errorOfAnswer(request, redacted, BASE) };
}

/** Every text in a value, keys and the hidden parts of errors too. */
function textsIn(value: unknown): string[] {
	if (typeof value === 'string' || typeof value === 'number') return [String(value)];
	if (typeof value !== 'object' || value === null) return [];
	return Object.getOwnPropertyNames(value).flatMap((key) => [key, ...textsIn((value as Record<string, unknown>)[key])]);
}

function leaks(value: unknown, secrets: string[]): string[] {
	return textsIn(value).filter((text) => secrets.some((secret) => text.toLowerCase().includes(secret.toLowerCase())));
}

describe.each(echoesOf(API_KEY))('a secret that the server repeats %s', (_echo, echo) => {
	test.each(carriers)(
		'in %s is neither left in the answer nor in the words that are taken from it',
		(_carrier, carry) => {
			// The answer does hold a secret, so that an empty search means something.
			expect(leaks(carry(echo), readableForms(API_KEY))).not.toEqual([]);
			for (const status of [400, 401, 409, 422, 500]) {
				const { redacted, error } = told([AWKWARD], { status, body: carry(echo) });
				expect(error.message).toMatch(/Crazytel/);
				expect(textsIn(redacted).join(' ')).toContain('***');
				expect(leaks([redacted, error], readableForms(API_KEY))).toEqual([]);
			}
		},
	);
});

test.each(locationsOf(API_KEY, PASSWORD))('a redirect is told with no secret, and is final (%#)', (location) => {
	for (const status of [301, 302, 307, 308]) {
		const { error } = told([PASSWORD], { status, headers: { location } });
		expect(error.message).toContain('redirects');
		expect(error.message.length).toBeLessThan(1000);
		expect(error.kind).toBe('refused');
		expect(leaks(error, [API_KEY, PASSWORD])).toEqual([]);
	}
});

test.each(['retry-after', 'www-authenticate', 'set-cookie', 'x-echo'])('what stands in %s is not told', (name) => {
	for (const status of [401, 429, 500]) {
		const { redacted, error } = told([PASSWORD], { status, headers: { [name]: `${API_KEY}; ${PASSWORD}` } });
		expect(leaks([redacted, error], [API_KEY, PASSWORD])).toEqual([]);
	}
});
