import type { ApiError } from '../../../nodes/Crazytel/api/apiError';
import { errorOfAnswer } from '../../../nodes/Crazytel/api/explain';
import { errorOfUnreadable } from '../../../nodes/Crazytel/api/unfit';
import { createRedactor } from '../../../nodes/Crazytel/api/redaction';
import { makeRequest } from './endpoints';
import { bodiesWith } from './hostileBodies';

const ID = '3f2b8c1e-5a4d-4c6b-9e7f-0a1b2c3d4e5f';
const PIN = 'Canary7SecretAbc';

const request = makeRequest({ name: 'Lamp', pin: PIN });

/** As n8n's request helper reads JSON; what is none stays text. */
function received(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

function expectReadable({ message, httpCode }: ApiError, status: number): void {
	expect(message).toMatch(/Crazytel/);
	expect(message).not.toMatch(/native code|\[object|undefined|[\p{Cc}\p{Cf}\p{Cs}]/u);
	expect(message.length).toBeLessThan(2000);
	expect(httpCode).toBe(String(status));
}

test.each(bodiesWith(ID))(
	'a body of %s crashes nothing and is told in a readable message, whatever its status',
	(_name, sent) => {
		const { body } = createRedactor(['canary-key-9d2f61b07c', PIN]).answer({
			body: received(typeof sent === 'string' ? sent : JSON.stringify(sent)),
		});

		for (const status of [400, 401, 404, 422, 429, 500]) {
			expectReadable(errorOfAnswer(request, { status, headers: {}, body }, 'https://crazytel.io'), status);
		}
		for (const status of [200, 201]) {
			const thing = request.endpoint.read(body);
			if (thing === undefined) expectReadable(errorOfUnreadable(request, { status, headers: {}, body }), status);
			else expect(thing.id).toBe(ID);
		}
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	},
);
