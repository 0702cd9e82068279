import type { IDataObject } from 'n8n-workflow';

import { readThing, type Thing } from '../../../nodes/Crazytel/api/body';
import { type ApiRequest, type Endpoint, hasKey, isWrite, type ReadRequest } from '../../../nodes/Crazytel/api/request';
import { createKnown, type Known } from '../../../nodes/Crazytel/run/known';
import { actRequest, EFFECTS, listRequest, makeRequest, requestOf, setRequest } from './endpoints';

test('every effect but reading changes something', () => {
	expect(EFFECTS.filter((effect) => isWrite({ effect }))).toStrictEqual(['set', 'remove', 'make', 'act']);
});

test.each<[string | undefined, boolean]>([
	[undefined, false],
	['', false],
	[' ', true],
	['key-1', true],
])('a request with the idempotency key %j has one: %s', (idempotencyKey, expected) => {
	expect(hasKey({ idempotencyKey })).toBe(expected);
});

/**
 * What must not compile. `npm run typecheck` holds it: a line that is expected to be an error and is
 * none any more is itself an error.
 */
describe('a mistake that would repeat a write does not compile', () => {
	const read = (body: unknown): Thing | undefined => readThing(body);

	test('an endpoint that writes needs words for an unknown outcome', () => {
		// @ts-expect-error -- no afterUnknown
		const make: Endpoint<Thing, 'make'> = { name: 'make', effect: 'make', words: { doing: 'making it' }, read };
		// @ts-expect-error -- no afterUnknown
		const set: Endpoint<Thing, 'set'> = { name: 'set', effect: 'set', words: { doing: 'changing it' }, read };
		const words = { doing: 'removing it' };
		// @ts-expect-error -- no afterUnknown
		const remove: Endpoint<Thing, 'remove'> = { name: 'remove', effect: 'remove', words, read };
		// @ts-expect-error -- no afterUnknown
		const act: Endpoint<Thing, 'act'> = { name: 'act', effect: 'act', words: { doing: 'doing it' }, read };
		// @ts-expect-error -- no afterUnknown, whatever the effect turns out to be
		const any: Endpoint<Thing> = { name: 'act', effect: 'act', words: { doing: 'doing it' }, read };
		const reads: Endpoint<Thing, 'read'> = { name: 'read', effect: 'read', words: { doing: 'reading it' }, read };
		expect([make, set, remove, act, any].every(isWrite)).toBe(true);
		expect(isWrite(reads)).toBe(false);
	});

	test('an endpoint says what sending it does', () => {
		const words = { doing: 'reading it', afterUnknown: 'Nobody knows.' };
		// @ts-expect-error -- no effect
		const endpoint: Endpoint<Thing> = { name: 'read', words, read };
		// @ts-expect-error -- an effect that there is not
		const other: Endpoint<Thing> = { name: 'read', effect: 'maybe', words, read };
		// @ts-expect-error -- another effect than the one that was promised
		const make: Endpoint<Thing, 'make'> = { name: 'make', effect: 'set', words, read };
		// What says nothing of itself is taken for a write: it is not repeated, and Stop does not tear it down.
		expect([endpoint, other, make].every(isWrite)).toBe(true);
	});

	test('a request that reads has the method GET, and one that writes has not', () => {
		const { endpoint } = listRequest();
		// @ts-expect-error -- a POST reads nothing
		const posted: ReadRequest<Thing[]> = { endpoint, method: 'POST', path: '/' };
		// @ts-expect-error -- a GET does nothing
		const got: ApiRequest<IDataObject, 'act'> = { ...actRequest(), method: 'GET' };
		expect([posted.endpoint.effect, got.endpoint.effect]).toStrictEqual(['read', 'act']);
	});

	test('what makes a thing cannot be declared as something that may be repeated', () => {
		// @ts-expect-error -- a POST sets nothing
		const set: ApiRequest<Thing, 'set'> = { ...setRequest('a-1', {}), method: 'POST' };
		// @ts-expect-error -- nor does it take anything away
		const remove: ApiRequest<IDataObject, 'remove'> = { ...requestOf.remove, method: 'POST' };
		// @ts-expect-error -- a make is no set
		const made: ApiRequest<Thing, 'set'> = makeRequest({});
		expect([set, remove, made].map(({ method }) => method)).toStrictEqual(['POST', 'POST', 'POST']);
	});

	test('nothing but a read can be asked of what a run knows', async () => {
		const answer = { id: 'a-1' };
		const known: Known = createKnown({ send: (async () => answer) as never, accountId: 'account' });
		// @ts-expect-error -- an act is sent by run/perform.ts alone
		const acted = known.once(actRequest());
		// @ts-expect-error -- nor is it known that this one only reads
		const unknown = known.once(requestOf.read);
		expect(await Promise.all([acted, unknown, known.once(listRequest())])).toStrictEqual([answer, answer, answer]);
	});
});
