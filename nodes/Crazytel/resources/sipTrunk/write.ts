import type { IDataObject } from 'n8n-workflow';

import type { Deleted, Trunk } from '../../api/answers';
import { ApiError } from '../../api/apiError';
import { Stopped } from '../../api/clock';
import { type ApiRequest, updateTrunkRequest } from '../../api/endpoints';
import { createOnce, createUnlessMade } from '../../run/createOnce';
import { type Changes, changesOf, contradictions, differences } from '../../run/differences';
import type { WritePlan, Writing } from '../../run/operation';
import type { TrunkSettings } from '../../validation/trunkSettings';

/** Sends a plan that makes a trunk, so that it must not be sent twice. */
export async function sendCreate(plan: WritePlan, writing: Writing): Promise<IDataObject> {
	return output(plan, await createOnce(plan, writing), {});
}

/** Sends a plan that sets absolute values, so that sending it again does no harm. */
export async function sendUpdate(plan: WritePlan, writing: Writing): Promise<IDataObject> {
	const { request, sendsDifferences } = plan;
	const { trunkId = '', body: wanted = {} } = request;
	const before = writing.trunks?.find(trunkId);
	const changed = sendsDifferences ? differences(before, wanted) : wanted;
	if (before !== undefined && isNothing(changed)) {
		writing.leaveAlone();
		return output(plan, before, {});
	}

	// Until it has an answer, nobody knows what the trunk is.
	writing.trunks?.forget(trunkId);
	let trunk = await writing.client.send({ ...request, body: changed });
	let changes = changesOf(before, changed);
	// What was left out may have been changed by somebody else since the list was read.
	const left = sendsDifferences ? contradictions(trunk, wanted) : {};
	if (!isNothing(left)) {
		changes = { ...changes, ...changesOf(trunk, left) };
		trunk = await sendRest(updateTrunkRequest(trunkId, left), writing);
	}
	writing.trunks?.note(trunk);
	return output(plan, trunk, changes);
}

/** The error of a second update must not say that nothing was written, nor must Stop before it. */
async function sendRest(request: ApiRequest<Trunk>, { client }: Writing): Promise<Trunk> {
	const result = await client.send(request).catch((error: Error) => error);
	if (!(result instanceof Error)) return result;
	const isStopped = result instanceof Stopped;
	if (!isStopped && !(result instanceof ApiError)) throw result;
	throw new ApiError(
		`The change was written, but somebody else has changed the trunk meanwhile, and these settings could not be put right: ${Object.keys(request.body ?? {}).join(', ')}. ${isStopped ? 'The execution was canceled before that.' : result.happened}`,
		'Run this item again: it sets the same values.',
		'uncertain',
		isStopped ? { httpCode: 'ABORTED' } : result,
	);
}

/** Sends a plan of Create or Update. */
export async function sendCreateOrUpdate(plan: WritePlan, writing: Writing): Promise<IDataObject> {
	const { ifMade, request } = plan;
	if (ifMade === undefined) return await sendUpdate(plan, writing);
	const made = await createUnlessMade(plan, writing);
	if ('created' in made) {
		const trunk = { ...made.created };
		// How it was found is said of this item only.
		delete trunk.recovered;
		writing.trunks?.note(trunk);
		return output(plan, made.created, changesOf(undefined, request.body ?? {}));
	}
	const update = ifMade(made.existing);
	const result = await sendUpdate(update, writing).catch((error: Error) => error);
	if (!(result instanceof Error)) return result;
	// The next try must not look for a trunk that this item has never created.
	if (result instanceof ApiError && result.mayHaveActed) writing.rememberUncertain(result, update);
	throw result;
}

/** Sends a plan that deletes a trunk. */
export async function sendDelete({ request }: WritePlan<Deleted>, writing: Writing): Promise<IDataObject> {
	return { ...(await writing.client.send(request, { earlier: writing.uncertain })) };
}

/** The trunk as the API gives it, without its password unless that is to be shown. */
function output({ shownPassword, showsChanges }: WritePlan, trunk: Trunk, changes: Changes): IDataObject {
	return {
		...trunk,
		...(shownPassword !== undefined && { password: shownPassword }),
		...(showsChanges && { changed: !isNothing(changes), changes }),
	};
}

function isNothing(settings: TrunkSettings | Changes): boolean {
	return Object.keys(settings).length === 0;
}
