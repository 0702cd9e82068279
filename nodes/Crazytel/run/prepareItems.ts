import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { createItem, type Run } from './item';
import type { Memory } from './memory';
import { refuseSharedKeys } from './oneKey';
import { attempt, type Outcome } from './outcome';
import type { Operation } from './operation';
import type { Plan } from './plan';
import { subjectOf } from './steps';
import { type Prepared, type Work, workOf } from './work';

/** Looks up the operation that an item's parameters name. */
export type FindOperation = (resource: unknown, operation: unknown) => Operation;

/**
 * Prepares every item, in their order; nothing is written.
 *
 * @param memories what earlier tries of n8n's Retry On Fail have left, one for each item
 * @param accountId by which it is known what this process has sent
 * @returns a plan or a failure for each item
 */
export async function prepareItems(
	context: IExecuteFunctions,
	findOperation: FindOperation,
	run: Run,
	memories: Memory[],
	accountId: string,
): Promise<Work[]> {
	const works: Work[] = [];
	/** The things of which something is sent in this try. */
	const busy = new Set<string | undefined>();
	for (const [index, memory] of memories.entries()) {
		const { doubled } = memory;
		const done = memory.done ?? doubled;
		// A change that is sent after a later one of its thing would undo it, so that one follows again.
		const follows = done !== undefined && done.plan.do !== 'obtain' && busy.has(subjectOf(done.plan));
		// What was made then is there now, and is set.
		const isToPrepare = done === undefined || (follows && done.plan.do === 'make');
		const prepared: Outcome<Prepared> = isToPrepare
			? withSecretsOf(done, await prepareOne(context, findOperation, run, index, memory))
			: { value: { operation: done.operation, plan: done.plan, ...(!follows && { done: done.result }) } };
		const sent = 'value' in prepared && prepared.value.done === undefined ? subjectOf(prepared.value.plan) : undefined;
		if (sent !== undefined) busy.add(sent);
		works.push(workOf(index, memory, prepared));
	}
	return refuseSharedKeys(works, accountId);
}

/** The secrets that were made in an earlier try are still the thing's, and have to be shown again. */
function withSecretsOf(earlier: Memory['done'], prepared: Outcome<Prepared>): Outcome<Prepared> {
	const output = earlier === undefined || Array.isArray(earlier.result.output) ? {} : earlier.result.output;
	const shownOnce = earlier?.plan.do === 'make' ? earlier.plan.shownOnce : undefined;
	if ('failure' in prepared || prepared.value.plan.do !== 'set') return prepared;
	const { operation, plan } = prepared.value;
	const stillSet: IDataObject = Object.fromEntries(
		Object.entries(output).filter(
			([name]) => plan.kind.settings[name]?.isSecret === true && plan.values[name] === undefined,
		),
	);
	if (Object.keys(stillSet).length === 0) return prepared;
	return {
		value: {
			operation,
			plan: { ...plan, shown: { ...stillSet, ...plan.shown }, ...(shownOnce !== undefined && { shownOnce }) },
		},
	};
}

async function prepareOne(
	context: IExecuteFunctions,
	findOperation: FindOperation,
	run: Run,
	index: number,
	memory: Memory,
): Promise<Outcome<Prepared>> {
	const found = await attempt(async () =>
		findOperation(
			context.getNodeParameter('resource', index),
			// There is none where the resource is n8n's own Custom API Call.
			context.getNodeParameter('operation', index, ''),
		),
	);
	if ('failure' in found) return found;
	const operation = found.value;
	const item = createItem(context, index, run, memory);
	const uncertainPlan = memory.doubled === undefined ? memory.uncertain?.plan : undefined;
	const kept = uncertainPlan !== undefined && isKept(uncertainPlan) ? uncertainPlan : undefined;
	return await attempt(async () => ({ operation, plan: kept ?? (await operation.prepare(item)) }), { operation, item });
}

/**
 * Whether a plan that may have been carried out stays as it was sent. A make is only looked for, a
 * secret that may have been set is the one that the output shows, what acts once is not done anew, a thing
 * that may be gone has no name any more by which it could be found, and of what was made none is made again.
 */
function isKept(plan: Plan): boolean {
	return plan.do !== 'set' || plan.shown !== undefined || plan.isOfMade === true;
}
