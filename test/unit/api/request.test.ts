import type { IDataObject } from 'n8n-workflow';

import { readThing, type Thing } from '../../../nodes/Crazytel/api/body';
import { type ApiRequest, type Endpoint, isWrite, type ReadRequest } from '../../../nodes/Crazytel/api/request';
import { createKnown, type Known } from '../../../nodes/Crazytel/run/known';
import { actRequest, EFFECTS, listRequest, requestOf } from './endpoints';

test('every effect but reading changes something', () => {
	expect(EFFECTS.filter((effect) => isWrite({ effect }))).toStrictEqual(['set', 'remove', 'make', 'act']);
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
		// @ts-expect-error -- no afterUnknown
		const remove: Endpoint<Thing, 'remove'> = { name: 'remove', effect: 'remove', words: { doing: 'removing it' }, read };
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

	test('nothing but a read can be asked of what a run knows', async () => {
		const answer = { id: 'a-1' };
		const known: Known = createKnown({ send: (async () => answer) as never });
		// @ts-expect-error -- an act is sent by run/perform.ts alone
		const acted = known.once(actRequest());
		// @ts-expect-error -- nor is it known that this one only reads
		const unknown = known.once(requestOf.read);
		expect(await Promise.all([acted, unknown, known.once(listRequest())])).toStrictEqual([answer, answer, answer]);
	});
});
