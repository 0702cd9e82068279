import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { createItem, type Run } from './item';
import type { Memory } from './memory';
import type { Operation, Output, Plan, WritePlan } from './operation';
import { attempt, type Outcome, type Success } from './outcome';

/** An item before it is written; `done` is its output in an earlier try of n8n's Retry On Fail. */
export interface Prepared {
	operation: Operation;
	plan: Plan;
	done?: Success<Output>;
}

/** Looks up the operation that an item's parameters name. */
export type FindOperation = (resource: unknown, operation: unknown) => Operation;

/**
 * Prepares every item, in their order; nothing is written.
 *
 * @param memories what earlier tries of n8n's Retry On Fail have left, one for each item
 * @returns a plan or a failure for each item
 */
export async function prepareItems(
	context: IExecuteFunctions,
	findOperation: FindOperation,
	run: Run,
	memories: Memory[],
): Promise<Array<Outcome<Prepared>>> {
	const prepared: Array<Outcome<Prepared>> = [];
	/** The trunks of which something is sent in this try. */
	const busy = new Set<string>();
	for (const [index, { done, uncertain }] of memories.entries()) {
		// A change that is sent after a later one of its trunk would undo it, so that one follows again.
		const follows = done !== undefined && busy.has(subjectOf(done.plan) ?? '');
		// What was created then is there now, and is updated.
		const isToPrepare = done === undefined || (follows && 'ifMade' in done.plan);
		const outcome: Outcome<Prepared> = isToPrepare
			? withPasswordOf(done?.success.value, await prepareOne(context, findOperation, run, index, uncertain?.plan))
			: { value: { operation: done.operation, plan: done.plan, ...(!follows && { done: done.success }) } };
		const sent = 'value' in outcome && outcome.value.done === undefined ? subjectOf(outcome.value.plan) : undefined;
		if (sent !== undefined) busy.add(sent);
		prepared.push(outcome);
	}
	return prepared;
}

/** The password that was made in an earlier try is still the trunk's, and it has to be shown again. */
function withPasswordOf(earlier: Output | undefined, prepared: Outcome<Prepared>): Outcome<Prepared> {
	const shownPassword = Array.isArray(earlier) ? undefined : earlier?.password;
	if (typeof shownPassword !== 'string' || 'failure' in prepared) return prepared;
	const { operation, plan } = prepared.value;
	const isStillSet = 'request' in plan && plan.request.body?.password === undefined;
	return isStillSet ? { value: { operation, plan: { ...plan, shownPassword } } } : prepared;
}

async function prepareOne(
	context: IExecuteFunctions,
	findOperation: FindOperation,
	run: Run,
	index: number,
	uncertainPlan: WritePlan<IDataObject> | undefined,
): Promise<Outcome<Prepared>> {
	const found = await attempt(async () =>
		findOperation(
			context.getNodeParameter('resource', index),
			context.getNodeParameter('operation', index),
		),
	);
	if ('failure' in found) return found;
	const operation = found.value;
	const item = createItem(context, index, run);
	const kept = uncertainPlan !== undefined && isKept(uncertainPlan) ? uncertainPlan : undefined;
	return await attempt(
		async () => ({ operation, plan: kept ?? (await operation.prepare(item)) }),
		operation,
		item,
	);
}

/**
 * Whether a plan that may have been carried out stays as it was sent. A create is only looked for, a
 * password that may have been set is the one that the output shows, and a trunk that may be gone has
 * no username any more by which it could be found.
 */
function isKept({ request, shownPassword }: WritePlan<IDataObject>): boolean {
	return request.method !== 'PATCH' || shownPassword !== undefined;
}

/** What a plan changes, if another plan may change the same. */
function subjectOf(plan: Plan): string | undefined {
	if (!('request' in plan)) return undefined;
	const { key, request } = plan;
	if (key !== undefined) return `described ${key}`;
	return request.method === 'POST' ? undefined : request.path;
}
