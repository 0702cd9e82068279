import type { IDataObject } from 'n8n-workflow';

import type { Trunk } from '../api/answers';
import { MASK } from '../api/redaction';
import type { TrunkSettings } from '../validation/trunkSettings';
import { changesOf, differences } from './differences';
import type { KnownTrunks } from './knownTrunks';
import type { Operation, WritePlan } from './operation';

export const DRY_RUN_HINT = 'Dry Run is on: nothing was written. The output shows what would be sent.';

/**
 * What would be sent for a plan, as the output of a dry run. Passwords are masked.
 *
 * @param trunks the run's list, if it could be read; keeps up as if the plan had been carried out, so
 *   that the next item of the same trunk is told what it would still change
 */
export function planned(
	operation: Operation,
	plan: WritePlan<IDataObject>,
	trunks: KnownTrunks | undefined,
): IDataObject {
	const { request, sendsDifferences, showsChanges, trunkId } = addressed(plan, trunks);
	// Two creates with one description make two trunks.
	const before = request.method === 'POST' ? undefined : trunks?.find(trunkId);
	const body = sendsDifferences ? differences(before, request.body ?? {}) : request.body;
	const isSent = body === undefined || Object.keys(body).length > 0;
	const isCompared = body !== undefined && trunks !== undefined;
	if (request.method === 'DELETE') trunks?.forget(trunkId);
	else trunks?.note({ ...before, ...body, password: undefined, id: trunkId } as Trunk);
	return {
		dryRun: true,
		operation: operation.value,
		...(before !== undefined && { trunk: nameOf(before) }),
		request: isSent
			? { method: request.method, path: request.path, ...(body !== undefined && { body: masked(body) }) }
			: null,
		...(showsChanges && { changed: isSent }),
		...(isCompared && { changes: changesOf(before, differences(before, body)) }),
	};
}

/** The second item with one description would update the trunk that the first one creates. */
function addressed(
	plan: WritePlan<IDataObject>,
	trunks: KnownTrunks | undefined,
): WritePlan<IDataObject> & { trunkId: string } {
	const { request, ifMade } = plan;
	if (request.trunkId !== undefined) return { ...plan, trunkId: request.trunkId };
	const trunkId = `{id of the new trunk ${JSON.stringify(request.body?.description ?? '')}}`;
	if (ifMade === undefined || trunks?.find(trunkId) === undefined) return { ...plan, trunkId };
	const update = ifMade(trunkId);
	return { ...update, request: { ...update.request, path: `${request.path}${trunkId}` }, trunkId };
}

function nameOf({ id, username, description }: Trunk): IDataObject {
	return { id, username, description };
}

function masked(body: TrunkSettings): IDataObject {
	return { ...body, ...(body.password !== undefined && { password: MASK }) };
}
