import type { IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';

import { createClient } from '../api/client';
import { type Failure, failedOutput, STOPPED_FAILURE, toFailure, toNodeError } from './failure';
import { hintsOf } from './hints';
import { createLookups } from './lookups';
import { memoryOf } from './memory';
import type { Output } from './operation';
import { attempt } from './outcome';
import { performItems } from './performItems';
import { type FindOperation, prepareItems } from './prepareItems';
import { afterRefusal, afterStop, afterWriting } from './report';

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
				? failedItem(node, uncertain === undefined ? client.failure : toFailure(uncertain.error, []), index)
				: outputItems(done.success.value, index),
		);
	}

	const lookups = createLookups(client.value);
	const run = { lookups, hints };
	const prepared = await prepareItems(context, findOperation, run, memories);
	const firstBad = prepared.findIndex((outcome) => 'failure' in outcome);
	if (stopsAtFailure && firstBad >= 0) throw toNodeError(node, afterRefusal(prepared, memories), firstBad);

	const outcomes = await performItems(prepared, memories, { client: client.value, lookups, hints, stopsAtFailure });
	if (stopsAtFailure) {
		const firstFailed = outcomes.findIndex((outcome) => 'failure' in outcome && outcome.failure !== STOPPED_FAILURE);
		if (firstFailed >= 0) throw toNodeError(node, afterWriting(outcomes, firstFailed), firstFailed);
		const firstStopped = outcomes.findIndex((outcome) => 'failure' in outcome);
		if (firstStopped >= 0) throw toNodeError(node, afterStop(outcomes), firstStopped);
	}
	// Older versions of n8n have no hints.
	context.addExecutionHints?.(...hintsOf(hints, client.value.effort));
	return outcomes.flatMap((outcome, index) =>
		'failure' in outcome ? failedItem(node, outcome.failure, index) : outputItems(outcome.value, index),
	);
}

/** Copies, because a workflow may change what it is given, and the memory keeps the original. */
function outputItems(output: Output, item: number): INodeExecutionData[] {
	return [output].flat().map((json) => ({ json: { ...json }, pairedItem: { item } }));
}

function failedItem(node: INode, failure: Failure, item: number): INodeExecutionData {
	return { json: failedOutput(failure, node), pairedItem: { item } };
}
