import type { IDataObject } from 'n8n-workflow';

import { ApiError } from '../api/apiError';
import type { Thing } from '../api/body';
import { caught } from '../api/caught';
import { Stopped } from '../api/clock';
import { hintBeyondAsked } from './beyondAsked';
import { errorOfContrary } from './contrary';
import { changesOf, contradictions } from './differences';
import { done, keptOf, outputOf } from './done';
import { hasToBeSeen } from './lookBack';
import type { Done, Performing } from './performing';
import type { SetValues } from './plan';
import { recentOf } from './recent';
import { nextStep, requestOf } from './steps';

/**
 * Sends what a plan sets, and compares the answer with it. Settings that were left out, because the thing had
 * them, and that somebody else has changed meanwhile, are put right by one further request.
 *
 * @throws ApiError, also where the answer shows something else than was sent
 * @throws Stopped before anything was sent
 */
export async function setValues(plan: SetValues, performing: Performing): Promise<Done> {
	const { kind, id, values: wanted, onlyDifferences } = plan;
	const { request, values, now } = nextStep(plan, performing.known);
	if (request === undefined) return { output: outputOf(plan, now, {}), ...keptOf(plan, id) };

	const collection = performing.known.soFar(kind);
	const recent = recentOf(performing.client.accountId, kind);
	// Until it has an answer, nobody knows what the thing is.
	collection?.forget(id);
	let changes = changesOf(kind, now, values);
	const sent = await caught(performing.client.send(request, performing.doubt));
	if ('error' in sent) {
		const { error } = sent;
		if (error instanceof ApiError && error.mayHaveActed) recent.set(id, values);
		if (!hasToBeSeen(error)) throw error;
		return { ...done(plan, { id }, changes), unseen: { plan, values, changes, before: now, error } };
	}
	let thing = sent.value;
	recent.set(id, values, thing);
	expectAsSent(plan, thing, values);
	const left = onlyDifferences ? contradictions(kind, thing, wanted) : {};
	if (Object.keys(left).length > 0) {
		changes = { ...changes, ...changesOf(kind, thing, left) };
		thing = await sendRest(plan, left, performing);
		recent.set(id, left, thing);
		expectAsSent(plan, thing, wanted);
	}
	const beyond = hintBeyondAsked(kind, now, thing, { ...values, ...left });
	if (beyond !== undefined) performing.hint(beyond);
	collection?.note(thing);
	return done(plan, thing, changes);
}

function expectAsSent({ kind, shown }: SetValues, thing: Thing, sent: IDataObject): void {
	const wrong = contradictions(kind, thing, sent);
	if (Object.keys(wrong).length === 0) return;
	const error = errorOfContrary(kind, thing, wrong);
	// A secret that was sent as well is in effect, most likely, and an error may not hold it.
	throw shown === undefined ? error : error.retold(error.happened, `${error.cure} ${kind.afterLostSecrets}`);
}

/** The error of a second request must not say that nothing was written, nor must Stop before it. */
async function sendRest(plan: SetValues, left: IDataObject, { client }: Performing): Promise<Thing> {
	// The answer may repeat what the first request has sent.
	const { secrets } = requestOf(plan, plan.values);
	const result = await caught(client.send({ ...requestOf(plan, left), secrets }));
	if ('value' in result) return result.value;
	const { error } = result;
	const cure = 'Run this item again: it sets the same values.';
	const told = (why: string) =>
		`The change was written, but somebody else has changed the ${plan.kind.noun.one} meanwhile, and these settings could not be put right: ${Object.keys(left).join(', ')}. ${why}`;
	if (error instanceof Stopped) {
		throw new ApiError(told('The execution was canceled before that.'), cure, 'uncertain', { httpCode: 'ABORTED' });
	}
	throw error instanceof ApiError ? error.retold(told(error.happened), cure, 'uncertain') : error;
}
