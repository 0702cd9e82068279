import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { ApiError } from '../api/apiError';
import { type Client, createClient } from '../api/client';
import { Stopped } from '../api/clock';
import { DRY_RUN_HINT, planned } from './dryRun';
import {
	type Failure,
	failedOutput,
	STOPPED_FAILURE,
	STOPPED_REPEATING_FAILURE,
	toFailure,
	toNodeError,
} from './failure';
import { hintsOf } from './hints';
import { createItem, type Item, type Run } from './item';
import { inLanes } from './lanes';
import { createLookups, type Lookups } from './lookups';
import { type Memory, memoryOf } from './memory';
import type { Operation, Output, Plan, WritePlan, Writing } from './operation';
import type { Outcome } from './outcome';
import { afterRefusal, afterStop, afterWriting } from './report';

/** An item before it is written; `done` is its output in an earlier try of n8n's Retry On Fail. */
interface Prepared {
	operation: Operation;
	plan: Plan;
	done?: Output;
}

type FindOperation = (resource: unknown, operation: unknown) => Operation;

/**
 * Runs the node over its input: every item is prepared before the first one is written, and every
 * item has one output, paired with it, in the order of the input.
 *
 * @param findOperation looks up the operation that an item's parameters name
 * @returns the items of the node's one output
 * @throws NodeOperationError or NodeApiError in stop mode, when an item fails or the run is stopped
 */
export async function runItems(
	context: IExecuteFunctions,
	findOperation: FindOperation,
): Promise<INodeExecutionData[]> {
	const items = context.getInputData();
	if (items.length === 0) return [];
	const node = context.getNode();
	const stopsAtFailure = !context.continueOnFail();
	const hints = new Set<string>();

	const memories = items.map((item) => memoryOf(context, item));
	const client = await attempt(async () => await createClient(context, items.length));
	if ('failure' in client) {
		if (stopsAtFailure) throw toNodeError(node, afterRefusal(items.map(() => client), memories), 0);
		return memories.flatMap(({ done, uncertain }, index) =>
			done === undefined
				? failedItem(uncertain === undefined ? client.failure : toFailure(uncertain.error, []), index)
				: outputItems(done.output, index),
		);
	}

	const lookups = createLookups(client.value);
	const run = { lookups, hints };
	const prepared = await prepareAll(context, findOperation, run, memories);
	const firstBad = prepared.findIndex((outcome) => 'failure' in outcome);
	if (stopsAtFailure && firstBad >= 0) throw toNodeError(node, afterRefusal(prepared, memories), firstBad);

	const outcomes = await performAll(prepared, memories, { client: client.value, lookups, hints, stopsAtFailure });
	if (stopsAtFailure) {
		const firstFailed = outcomes.findIndex((outcome) => 'failure' in outcome && outcome.failure !== STOPPED_FAILURE);
		if (firstFailed >= 0) throw toNodeError(node, afterWriting(outcomes, firstFailed), firstFailed);
		const firstStopped = outcomes.findIndex((outcome) => 'failure' in outcome);
		if (firstStopped >= 0) throw toNodeError(node, afterStop(outcomes), firstStopped);
	}
	// Older versions of n8n have no hints.
	context.addExecutionHints?.(...hintsOf(hints, client.value.effort));
	return outcomes.flatMap((outcome, index) =>
		'failure' in outcome ? failedItem(outcome.failure, index) : outputItems(outcome.value, index),
	);
}

async function prepareAll(
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
			? await prepareOne(context, findOperation, run, index, uncertain?.plan)
			: { value: { operation: done.operation, plan: done.plan, ...(!follows && { done: done.output }) } };
		const sent = 'value' in outcome && outcome.value.done === undefined ? subjectOf(outcome.value.plan) : undefined;
		if (sent !== undefined) busy.add(sent);
		prepared.push(outcome);
	}
	return prepared;
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
	// A create that may have been made is only looked for, and a password that may have been set is the
	// one that the output shows: with what was sent, not with a new password.
	const isKept = uncertainPlan?.request.method === 'POST' || uncertainPlan?.shownPassword !== undefined;
	return await attempt(
		async () => ({ operation, plan: isKept ? uncertainPlan : await operation.prepare(item) }),
		operation,
		item,
	);
}

/** What the performing of a run needs beside its items. */
interface Performing {
	client: Client;
	lookups: Lookups;
	hints: Set<string>;
	stopsAtFailure: boolean;
}

/** Writes the prepared items side by side; those of one trunk, and all creates, in their order. */
async function performAll(
	prepared: Array<Outcome<Prepared>>,
	memories: Memory[],
	{ client, lookups, hints, stopsAtFailure }: Performing,
): Promise<Array<Outcome<Output>>> {
	const outcomes = prepared.map((outcome, index): Outcome<Output> => {
		if ('failure' in outcome) return outcome;
		const { done } = outcome.value;
		return done === undefined ? outcomeOfNotSending(memories[index]) : { value: done };
	});
	let isOver = false;

	const work = async (index: number): Promise<void> => {
		const outcome = prepared[index];
		const memory = memories[index];
		if (outcome === undefined || memory === undefined) return;
		if ('failure' in outcome || outcome.value.done !== undefined) return;
		const { operation, plan } = outcome.value;
		if ('request' in plan && plan.isDryRun) {
			hints.add(DRY_RUN_HINT);
			outcomes[index] = { value: planned(operation, plan, lookups.knownTrunks) };
			return;
		}
		const writing: Writing = {
			client,
			trunks: lookups.knownTrunks,
			uncertain: memory.uncertain?.error,
			rememberUncertain: (error, sent) => void (memory.uncertain = { plan: sent, error }),
			hint: (message) => void hints.add(message),
		};
		const result = await attempt(async () => await operation.perform(plan, writing), operation);
		if ('value' in result) {
			outcomes[index] = result;
			memory.done = { operation, plan, output: result.value };
			return;
		}
		const { cause } = result;
		const isStopped = cause instanceof Stopped;
		if ('request' in plan && cause instanceof ApiError && cause.mayHaveActed) memory.uncertain ??= { plan, error: cause };
		const isAboutThisTryOnly = isStopped || (cause instanceof ApiError && cause.saysNothingOfEarlierTries);
		outcomes[index] = isAboutThisTryOnly && memory.uncertain !== undefined
			? inDoubt(memory.uncertain.error, operation)
			: result;
		if (stopsAtFailure || isStopped) isOver = true;
	};

	await inLanes(
		prepared.map((outcome) => ('failure' in outcome ? 'nothing to send' : laneOf(outcome.value.plan))),
		work,
		() => isOver,
	);
	return outcomes;
}

/** What is said of an item that this try did not come to. */
function outcomeOfNotSending({ done, uncertain }: Memory = {}): Outcome<never> {
	if (uncertain !== undefined) return inDoubt(uncertain.error);
	return { failure: done === undefined ? STOPPED_FAILURE : STOPPED_REPEATING_FAILURE };
}

/** An item that an earlier try may have written: what that try said still holds. */
function inDoubt(error: ApiError, operation?: Operation): Outcome<never> {
	return { failure: toFailure(error, operation?.properties ?? []), cause: error };
}

/** Items of one lane are written in their order; all creates are in one. */
function laneOf(plan: Plan): string {
	if (!('request' in plan)) return 'reading';
	return plan.request.method === 'POST' ? 'creating' : plan.request.path;
}

/** What a plan changes, if another plan may change the same. */
function subjectOf(plan: Plan): string | undefined {
	if (!('request' in plan)) return undefined;
	const { key, request } = plan;
	if (key !== undefined) return `described ${key}`;
	return request.method === 'POST' ? undefined : request.path;
}

/** Copies, because a workflow may change what it is given, and the memory keeps the original. */
function outputItems(output: Output, item: number): INodeExecutionData[] {
	return [output].flat().map((json) => ({ json: { ...json }, pairedItem: { item } }));
}

function failedItem(failure: Failure, item: number): INodeExecutionData {
	return { json: failedOutput(failure), pairedItem: { item } };
}

/** Failures are values here, so that one item's failure never hides another item's result. */
async function attempt<T>(step: () => Promise<T>, operation?: Operation, item?: Item): Promise<Outcome<T>> {
	try {
		return { value: await step() };
	} catch (error) {
		return { failure: toFailure(error, operation?.properties ?? [], item?.failingParameter), cause: error };
	}
}
