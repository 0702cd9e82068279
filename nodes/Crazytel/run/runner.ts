import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { ApiError } from '../api/apiError';
import { type Client, createClient } from '../api/client';
import { type Failure, failedOutput, STOPPED_FAILURE, toFailure, toNodeError } from './failure';
import { hintsOf } from './hints';
import { createItem, type Item, type Run } from './item';
import { inLanes } from './lanes';
import { createLookups } from './lookups';
import { memoryOf } from './memory';
import type { Operation, Plan } from './operation';
import type { Outcome } from './outcome';
import { afterRefusal, afterStop, afterWriting } from './report';

/** An item before it is written; `done` is its output in an earlier try of n8n's Retry On Fail. */
type Prepared = { operation: Operation; plan: Plan } | { done: IDataObject };

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

	const client = await attempt(async () => await createClient(context, items.length));
	if ('failure' in client) {
		if (stopsAtFailure) throw toNodeError(node, afterRefusal(items.map(() => client)), 0);
		return items.map((_, index) => failedItem(client.failure, index));
	}

	const run = { lookups: createLookups(client.value), hints };
	const prepared = await prepareAll(context, findOperation, run);
	const firstBad = prepared.findIndex((outcome) => 'failure' in outcome);
	if (stopsAtFailure && firstBad >= 0) throw toNodeError(node, afterRefusal(prepared), firstBad);

	const outcomes = await performAll(context, prepared, client.value, hints, stopsAtFailure);
	if (stopsAtFailure) {
		const firstFailed = outcomes.findIndex((outcome) => 'failure' in outcome && outcome.failure !== STOPPED_FAILURE);
		if (firstFailed >= 0) throw toNodeError(node, afterWriting(outcomes, firstFailed), firstFailed);
		const firstStopped = outcomes.findIndex((outcome) => 'failure' in outcome);
		if (firstStopped >= 0) throw toNodeError(node, afterStop(outcomes), firstStopped);
	}
	// Older versions of n8n have no hints.
	context.addExecutionHints?.(...hintsOf(hints, client.value.effort));
	return outcomes.map((outcome, index) =>
		'failure' in outcome
			? failedItem(outcome.failure, index)
			: { json: outcome.value, pairedItem: { item: index } },
	);
}

async function prepareAll(
	context: IExecuteFunctions,
	findOperation: FindOperation,
	run: Run,
): Promise<Array<Outcome<Prepared>>> {
	const prepared: Array<Outcome<Prepared>> = [];
	for (const [index, input] of context.getInputData().entries()) {
		const { done, uncertain } = memoryOf(input, context.getNode());
		if (done !== undefined) {
			prepared.push({ value: { done } });
			continue;
		}
		const found = await attempt(async () =>
			findOperation(
				context.getNodeParameter('resource', index),
				context.getNodeParameter('operation', index),
			),
		);
		if ('failure' in found) {
			prepared.push(found);
			continue;
		}
		const operation = found.value;
		const item = createItem(context, index, run);
		prepared.push(
			await attempt(
				async () => ({ operation, plan: uncertain?.plan ?? (await operation.prepare(item)) }),
				operation,
				item,
			),
		);
	}
	return prepared;
}

/** Writes the prepared items side by side; those of one trunk, and all creates, in their order. */
async function performAll(
	context: IExecuteFunctions,
	prepared: Array<Outcome<Prepared>>,
	client: Client,
	hints: Set<string>,
	stopsAtFailure: boolean,
): Promise<Array<Outcome<IDataObject>>> {
	const items = context.getInputData();
	const memories = items.map((item) => memoryOf(item, context.getNode()));
	const outcomes = prepared.map((outcome, index): Outcome<IDataObject> => {
		if ('failure' in outcome) return outcome;
		if ('done' in outcome.value) return { value: { ...outcome.value.done } };
		const uncertain = memories[index]?.uncertain?.error;
		return { failure: uncertain === undefined ? STOPPED_FAILURE : toFailure(uncertain, []) };
	});
	let isOver = false;

	const work = async (index: number): Promise<void> => {
		const outcome = prepared[index];
		const memory = memories[index];
		if (outcome === undefined || memory === undefined) return;
		if ('failure' in outcome || 'done' in outcome.value) return;
		const { operation, plan } = outcome.value;
		const writing = {
			client,
			uncertain: memory.uncertain?.error,
			rememberUncertain: (error: ApiError) => void (memory.uncertain = { plan, error }),
			hint: (message: string) => void hints.add(message),
		};
		const result = await attempt(async () => await operation.perform(plan, writing), operation);
		outcomes[index] = result;
		if ('value' in result) memory.done = { ...result.value };
		else if (stopsAtFailure || result.failure === STOPPED_FAILURE) isOver = true;
	};

	await inLanes(prepared.map(laneOf), work, () => isOver);
	return outcomes;
}

function laneOf(outcome: Outcome<Prepared>): string {
	if ('failure' in outcome || 'done' in outcome.value) return 'nothing to send';
	const { method, path } = outcome.value.plan.request;
	return method === 'POST' ? method : path;
}

function failedItem(failure: Failure, item: number): INodeExecutionData {
	return { json: failedOutput(failure), pairedItem: { item } };
}

/** Failures are values here, so that one item's failure never hides another item's result. */
async function attempt<T>(step: () => Promise<T>, operation?: Operation, item?: Item): Promise<Outcome<T>> {
	try {
		return { value: await step() };
	} catch (error) {
		return { failure: toFailure(error, operation?.properties ?? [], item?.failingParameter) };
	}
}
