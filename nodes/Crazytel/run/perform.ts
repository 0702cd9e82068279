import type { IDataObject } from 'n8n-workflow';

import { ApiError } from '../api/apiError';
import type { Thing } from '../api/body';
import { caught } from '../api/caught';
import { Stopped } from '../api/clock';
import { hasKey } from '../api/request';
import { type Changes, changesOf, contradictions } from './differences';
import { makeOnce } from './makeOnce';
import type { Done, Performing } from './performing';
import type { Act, Ask, Give, Make, Plan, Remove, SetValues } from './plan';
import { nextStep, requestOf } from './steps';

/** How each plan is carried out. Together with makeOnce the only code that sends a write. */
const performers: { [Do in Plan['do']]: (plan: Extract<Plan, { do: Do }>, performing: Performing) => Promise<Done> } = {
	give,
	ask,
	make,
	set,
	remove,
	act,
};

/**
 * Carries out a plan that is no dry run.
 *
 * @throws InvalidInput or ApiError, or Stopped before anything was sent
 */
export async function perform(plan: Plan, performing: Performing): Promise<Done> {
	return await (performers[plan.do] as (plan: Plan, performing: Performing) => Promise<Done>)(plan, performing);
}

async function give({ found }: Give): Promise<Done> {
	return { output: found };
}

async function ask({ request }: Ask, { client }: Performing): Promise<Done> {
	return { output: await client.send(request) };
}

async function make(plan: Make, performing: Performing): Promise<Done> {
	const result = await makeOnce(plan, performing);
	if ('instead' in result) {
		const { instead } = result;
		const written = await caught(set(instead, performing));
		if ('value' in written) return written.value;
		const { error } = written;
		// The next try must not look for a thing that this item has never made.
		if (error instanceof ApiError && error.mayHaveActed) performing.rememberDoubt(error, instead);
		throw error;
	}
	const thing = { ...result.made };
	// How it was found is said of this item only.
	delete thing.recovered;
	performing.known.soFar(plan.kind)?.note(thing);
	return done(plan, result.made, changesOf(plan.kind, undefined, plan.values));
}

async function set(plan: SetValues, performing: Performing): Promise<Done> {
	const { kind, id, values: wanted, onlyDifferences } = plan;
	const { request, values, now } = nextStep(plan, performing.known);
	const collection = performing.known.soFar(kind);
	if (request === undefined) return { output: outputOf(plan, now ?? { id }, {}) };

	// Until it has an answer, nobody knows what the thing is.
	collection?.forget(id);
	let thing = await performing.client.send(request);
	let changes = changesOf(kind, now, values);
	// What was left out may have been changed by somebody else since the list was read.
	const left = onlyDifferences ? contradictions(kind, thing, wanted) : {};
	if (Object.keys(left).length > 0) {
		changes = { ...changes, ...changesOf(kind, thing, left) };
		thing = await sendRest(plan, left, performing);
	}
	collection?.note(thing);
	return done(plan, thing, changes);
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

async function remove(plan: Remove, { client, doubt, known }: Performing): Promise<Done> {
	const { request } = nextStep(plan, known);
	known.soFar(plan.kind)?.forget(plan.id);
	const output = await client.send(request, doubt);
	return { output, written: `deleted ${plan.id}` };
}

async function act(plan: Act, { client, doubt, known }: Performing): Promise<Done> {
	const { request } = nextStep(plan, known);
	// What an earlier try may have done is not done again, unless the server knows it by its key.
	if (doubt !== undefined && !hasKey(request)) throw doubt;
	return { output: await client.send(request, doubt), written: plan.name };
}

function done(plan: Make | SetValues, thing: Thing, changes: Changes): Done {
	return {
		output: outputOf(plan, thing, changes),
		written: [plan.kind.nameOf(thing), thing.id].filter((part) => part !== '').join(' '),
		...(plan.shown !== undefined && { lostSecrets: plan.kind.afterLostSecrets }),
	};
}

/** The thing as the API gives it, with the secrets that are to be shown. */
function outputOf({ shown, tellsChanges }: Make | SetValues, thing: Thing, changes: Changes): IDataObject {
	return {
		...thing,
		...shown,
		...(tellsChanges && { changed: Object.keys(changes).length > 0, changes }),
	};
}
