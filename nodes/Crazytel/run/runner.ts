import type { IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';

import { createClient } from '../api/client';
import { failedItem, type Report, STOPPED_FAILURE, toNodeError } from './failure';
import { hintsOf } from './hints';
import { createKnown } from './known';
import { memoryOf } from './memory';
import { attempt, type Outcome } from './outcome';
import type { Done } from './performing';
import type { Output } from './plan';
import { performItems } from './performItems';
import { type FindOperation, prepareItems } from './prepareItems';
import { afterRefusal, afterStop, afterWriting } from './report';
import { logIfStopped, type Progress } from './stopLog';
import { isTool } from './tool';
import { inDoubt } from './work';

/**
 * Runs the node over its input: every item is prepared before the first one is written, and every
 * item has one output, paired with it, in the order of the input.
 *
 * @param findOperation looks up the operation that an item's parameters name
 * @param secretParameters names of the parameters that hold a secret
 * @returns the items of the node's one output
 * @throws NodeOperationError or NodeApiError in stop mode, when an item fails or the run is stopped
 */
export async function runItems(
	context: IExecuteFunctions,
	findOperation: FindOperation,
	secretParameters: readonly string[],
): Promise<INodeExecutionData[]> {
	const items = context.getInputData();
	if (items.length === 0) return [];
	const progress: Progress = { memories: items.map((item) => memoryOf(context, item)) };
	try {
		return await runAll(context, findOperation, secretParameters, progress);
	} finally {
		logIfStopped(context, progress);
	}
}

/** @param progress is told what the run comes to know */
async function runAll(
	context: IExecuteFunctions,
	findOperation: FindOperation,
	secretParameters: readonly string[],
	progress: Progress,
): Promise<INodeExecutionData[]> {
	const { memories } = progress;
	const node = context.getNode();
	const errorOf = (report: Report, itemIndex: number) =>
		toNodeError(node, report, itemIndex, secretParameters, isForModel(context, node));
	const stopsAtFailure = !context.continueOnFail();
	const hints = new Set<string>();

	const client = await attempt(async () => await createClient(context, memories.length));
	if ('failure' in client) {
		if (stopsAtFailure) {
			throw errorOf(afterRefusal(memories.map((memory) => ({ memory, prepared: client }))), 0);
		}
		return outputsOf(
			node,
			memories.map(({ done, uncertain }) =>
				done !== undefined ? { value: done.result } : uncertain === undefined ? client : inDoubt(uncertain),
			),
		);
	}

	const known = createKnown(client.value);
	const works = await prepareItems(context, findOperation, { known, hints }, memories, client.value.accountId);
	Object.assign(progress, { known, works });
	const firstBad = works.findIndex(({ prepared }) => 'failure' in prepared);
	if (stopsAtFailure && firstBad >= 0) throw errorOf(afterRefusal(works), firstBad);

	await performItems(works, { client: client.value, known, hints, stopsAtFailure });
	const outcomes = works.map(({ outcome }) => outcome);
	if (stopsAtFailure) {
		const firstFailed = outcomes.findIndex((outcome) => 'failure' in outcome && outcome.failure !== STOPPED_FAILURE);
		if (firstFailed >= 0) throw errorOf(afterWriting(outcomes, firstFailed), firstFailed);
		const firstStopped = outcomes.findIndex((outcome) => 'failure' in outcome);
		if (firstStopped >= 0) throw errorOf(afterStop(outcomes), firstStopped);
	}
	// Older versions of n8n have no hints.
	context.addExecutionHints?.(...hintsOf(hints, client.value.effort));
	return outputsOf(node, outcomes);
}

/** Whether a model has called the node. Some agents have n8n run their tools as nodes. */
function isForModel(context: IExecuteFunctions, node: INode): boolean {
	return context.isToolExecution?.() === true || isTool(node);
}

function outputsOf(node: INode, outcomes: Array<Outcome<Done>>): INodeExecutionData[] {
	return outcomes.flatMap((outcome, index) =>
		'failure' in outcome ? failedItem(outcome.failure, node, index) : outputItems(outcome.value.output, index),
	);
}

/** Copies, because a workflow may change what it is given, and the memory keeps the original. */
function outputItems(output: Output, item: number): INodeExecutionData[] {
	return [output].flat().map((json) => ({ json: { ...json }, pairedItem: { item } }));
}
