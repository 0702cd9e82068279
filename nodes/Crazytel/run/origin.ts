import { createHash, randomUUID } from 'node:crypto';

import type { IExecuteFunctions } from 'n8n-workflow';

/** What n8n puts in the place of the number of an execution that has none. */
const NO_EXECUTION = '__UNKNOWN__';

/** What a node remembers of an item from an earlier try. */
export interface WithOrigin {
	/** What tells the item from all others. */
	origin?: string;
}

/** What n8n tells of where an item is. Older versions do not tell all of it. */
type Context = Pick<IExecuteFunctions, 'getNode' | 'getWorkflow' | 'getExecutionId' | 'getWorkflowDataProxy'> &
	Partial<Pick<IExecuteFunctions, 'getInstanceId'>>;

/**
 * What tells an item from every other one: n8n, workflow, execution, node, the node's run in that execution (in a loop it
 * has many), and the place among its items. It is the same in each try of Retry On Fail, and where n8n carries out the
 * same execution once more after a crash. Executions are counted by each n8n for itself, so its own id is part of it.
 *
 * @param memory keeps it: n8n counts a try of an agent's tool as another run, and without a number of the execution it
 *   is drawn at random
 */
export function originOf(context: Context, index: number, memory: WithOrigin): string {
	memory.origin ??= originNow(context, index);
	return memory.origin;
}

function originNow(context: Context, index: number): string {
	const execution = String(context.getExecutionId() ?? '');
	if (execution === '' || execution === NO_EXECUTION) return randomUUID();
	const { $runIndex: run } = context.getWorkflowDataProxy(index);
	return JSON.stringify([
		context.getInstanceId?.(),
		context.getWorkflow().id,
		execution,
		context.getNode().id,
		run,
		index,
	]);
}

/** @returns a key of 32 characters that is the same for the same item and content, and reveals neither */
export function keyFor(origin: string, content: unknown): string {
	return createHash('sha256')
		.update(JSON.stringify([origin, content]))
		.digest('hex')
		.slice(0, 32);
}
