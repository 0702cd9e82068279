import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { type Client, createClient } from '../api/client';
import { type Failure, failedOutput, toFailure, toNodeError } from './failure';
import { createItem, type Item, type Run } from './item';
import { createLookups } from './lookups';
import type { Operation, Plan } from './operation';

/** What came of one step of one item. */
type Outcome<T> = { value: T } | { failure: Failure };

interface Prepared {
	operation: Operation;
	plan: Plan;
}

/** What a trunk that was written is known by, for the report of a run that stops half-way. */
interface Written {
	index: number;
	json: IDataObject;
}

/**
 * Runs the node over its input: every item is prepared before the first one is written, and every
 * item has one output, paired with it, in the order of the input.
 *
 * @param findOperation looks up the operation that an item's parameters name
 * @returns the items of the node's one output
 * @throws NodeOperationError or NodeApiError in stop mode, at the first item that fails
 */
export async function runItems(
	context: IExecuteFunctions,
	findOperation: (resource: unknown, operation: unknown) => Operation,
): Promise<INodeExecutionData[]> {
	const items = context.getInputData();
	if (items.length === 0) return [];
	const hints = new Set<string>();
	const stops = !context.continueOnFail();

	const client = await attempt(async () => await createClient(context));
	const prepared =
		'failure' in client
			? items.map(() => client)
			: await prepareAll(context, findOperation, { lookups: createLookups(client.value), hints });
	if (stops) refuseRun(context, prepared);

	const written: Written[] = [];
	const output: INodeExecutionData[] = [];
	for (const [index, item] of prepared.entries()) {
		const outcome = 'failure' in item || 'failure' in client ? item : await performOne(item.value, client.value);
		if ('failure' in outcome) {
			if (stops) throw toNodeError(context.getNode(), afterWrites(outcome.failure, written, items.length), index);
			output.push({ json: failedOutput(outcome.failure), pairedItem: { item: index } });
		} else {
			const json = outcome.value as IDataObject;
			written.push({ index, json });
			output.push({ json, pairedItem: { item: index } });
		}
	}
	// Older versions of n8n have no hints.
	if (hints.size > 0) {
		context.addExecutionHints?.(
			...[...hints].map((message) => ({ message, type: 'warning' as const, location: 'outputPane' as const })),
		);
	}
	return output;
}

async function prepareAll(
	context: IExecuteFunctions,
	findOperation: (resource: unknown, operation: unknown) => Operation,
	run: Run,
): Promise<Array<Outcome<Prepared>>> {
	const prepared: Array<Outcome<Prepared>> = [];
	for (const index of context.getInputData().keys()) {
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
			await attempt(async () => ({ operation, plan: await operation.prepare(item) }), operation, item),
		);
	}
	return prepared;
}

async function performOne({ operation, plan }: Prepared, client: Client): Promise<Outcome<IDataObject>> {
	return await attempt(async () => await operation.perform(plan, client), operation);
}

/** Failures are values here, so that one item's failure never hides another item's result. */
async function attempt<T>(step: () => Promise<T>, operation?: Operation, item?: Item): Promise<Outcome<T>> {
	try {
		return { value: await step() };
	} catch (error) {
		return { failure: toFailure(error, operation?.properties ?? [], item?.failingParameter) };
	}
}

/** Stops the run before its first write when any item is bad, and names the other bad ones as well. */
function refuseRun(context: IExecuteFunctions, prepared: Array<Outcome<Prepared>>): void {
	const failures = prepared.flatMap((outcome, index) =>
		'failure' in outcome ? [{ index, failure: outcome.failure }] : [],
	);
	const [first, ...others] = failures;
	if (first === undefined) return;
	const also = others
		.filter(({ failure }) => failure.message !== first.failure.message)
		.slice(0, 20)
		.map(({ index, failure }) => `Item ${index}: ${failure.message}`);
	const description = [
		first.failure.description,
		prepared.length === 1
			? 'Nothing was written.'
			: `Nothing was written: ${failures.length} of ${prepared.length} items cannot be used, the first is item ${first.index} (counted from 0).`,
		...also,
	];
	throw toNodeError(
		context.getNode(),
		{ ...first.failure, description: description.filter((line) => line !== undefined).join('\n') },
		first.index,
	);
}

/** Says in stop mode what stands already, so that nobody writes it a second time. */
function afterWrites(failure: Failure, written: Written[], total: number): Failure {
	if (total === 1) return failure;
	const done = written.map(({ index, json }) => `item ${index}: ${[json.username, json.id].filter(Boolean).join(' ')}`);
	const left = total - written.length - 1;
	return {
		...failure,
		message:
			written.length === 0
				? `${failure.message} No other item was written before this one.`
				: `${failure.message} Before this, ${written.length} of ${total} items were written; they are listed in the details.`,
		description: [
			failure.description,
			...(done.length > 0 ? [`Already written (items counted from 0): ${done.join(', ')}.`] : []),
			...(left > 0 ? [`Not started: ${left} items.`] : []),
		]
			.filter((line) => line !== undefined)
			.join('\n'),
	};
}
