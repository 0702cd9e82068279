import type { IDataObject } from 'n8n-workflow';

import type { Deleted, Trunk } from '../../api/answers';
import { ApiError } from '../../api/apiError';
import { updateTrunkRequest } from '../../api/endpoints';
import { createOnce, createUnlessMade } from '../../run/createOnce';
import { changesOf, contradictions, differences } from '../../run/differences';
import type { WritePlan, Writing } from '../../run/operation';
import type { TrunkSettings } from '../../validation/trunkSettings';

/** So often an update is sent at most, where somebody else changes the same trunk meanwhile. */
const MOST_PASSES = 2;

/** Sends a plan that makes a trunk, so that it must not be sent twice. */
export async function sendCreate(plan: WritePlan, writing: Writing): Promise<IDataObject> {
	return output(plan, await createOnce(plan, writing));
}

/** Sends a plan that sets absolute values, so that sending it again does no harm. */
export async function sendUpdate(plan: WritePlan, writing: Writing): Promise<IDataObject> {
	const { request, sendsDifferences } = plan;
	const { trunkId = '', body: wanted = {} } = request;
	const before = writing.trunks?.find(trunkId);
	const changed = sendsDifferences ? differences(before, wanted) : wanted;
	if (before !== undefined && isNothing(changed)) return output(plan, before, {}, before);

	// Until it has an answer, nobody knows what the trunk is.
	writing.trunks?.forget(trunkId);
	let trunk = await writing.client.send({ ...request, body: changed });
	// What was left out may have been changed by somebody else since the list was read.
	for (let pass = 1; sendsDifferences && pass < MOST_PASSES; pass++) {
		const left = contradictions(trunk, wanted);
		if (isNothing(left)) break;
		trunk = await writing.client.send(updateTrunkRequest(trunkId, left));
	}
	writing.trunks?.note(trunk);
	return output(plan, trunk, changed, before);
}

/** Sends a plan of Create or Update. */
export async function sendCreateOrUpdate(plan: WritePlan, writing: Writing): Promise<IDataObject> {
	const { ifMade, request } = plan;
	if (ifMade === undefined) return await sendUpdate(plan, writing);
	const made = await createUnlessMade(plan, writing);
	if ('created' in made) {
		writing.trunks?.note(made.created);
		return output(plan, made.created, request.body);
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
function output(
	{ shownPassword, showsChanges }: WritePlan,
	trunk: Trunk,
	changed: TrunkSettings = {},
	before?: Trunk,
): IDataObject {
	return {
		...trunk,
		...(shownPassword !== undefined && { password: shownPassword }),
		...(showsChanges && { changed: !isNothing(changed), changes: changesOf(before, changed) }),
	};
}

function isNothing(settings: TrunkSettings): boolean {
	return Object.keys(settings).length === 0;
}
