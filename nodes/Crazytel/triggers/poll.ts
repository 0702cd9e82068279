import {
	type IDataObject,
	type INodeExecutionData,
	type INodeProperties,
	type IPollFunctions,
	NodeOperationError,
} from 'n8n-workflow';

import { caught } from '../api/caught';
import { createClient } from '../api/client';
import { clock } from '../api/clock';
import type { Event, Look, Settings, Watch } from './event';
import { errorOfPoll, isPassing, type Occasion, type PollError } from './failures';
import { sealOf } from './sealed';
import { memoryOf } from './state';

/** What n8n gives a poll, in milliseconds, where it does not say so. */
const USUAL_BUDGET_MS = 60_000;

/** n8n backs off by itself, so a poll does not insist; a 429 ends it at once. */
const OF_A_POLL = { mostTries: 2, outlastsLimit: false };

/** So often a node that knows nothing yet passes over what passes by itself, so that n8n lets it be published. */
const MOST_PASSED_OVER = 3;

/** The nodes that are looking now: n8n may begin a poll before the last one is over. */
const looking = new Set<string>();

/** What n8n has polled with: it has one for each activation, and with its scheduler one for each poll. */
const polledWith = new WeakSet<IPollFunctions>();

/** How often in a row a node's failure was passed over. */
const passedOver = new Map<string, number>();

/** What the node offers. */
export interface Offer {
	properties: INodeProperties[];
	/** @throws InvalidInput when there is no such event */
	findEvent(value: unknown): Event;
}

/**
 * One poll, of all events.
 *
 * @returns what starts an execution, or the newest example for Fetch Test Event; null where there is nothing new
 * @throws NodeApiError, NodeOperationError for a failure, with `failure` for n8n's back-off; for one that passes by itself
 *   null, where the node was just activated and knows nothing yet
 */
export async function poll(context: IPollFunctions, offer: Offer): Promise<INodeExecutionData[][] | null> {
	if (context.getMode() === 'manual') return await fetchExample(context, offer);
	const node = `${context.getWorkflow().id} ${context.getNode().id}`;
	if (looking.has(node)) return null;
	looking.add(node);
	try {
		return await lookAnew(context, offer, node);
	} finally {
		looking.delete(node);
	}
}

async function lookAnew(context: IPollFunctions, offer: Offer, node: string): Promise<INodeExecutionData[][] | null> {
	// Once, and inside of the poll: n8n may give another object, or none, at another time.
	const data = context.getWorkflowStaticData('node');
	const occasion: Occasion = { isByHand: false, isFirst: !polledWith.has(context), hasWorked: false };
	polledWith.add(context);
	const polled = await caught(
		withinBudget(context, offer, occasion, async ({ event, watch, look }) => {
			const memory = memoryOf(
				data,
				node,
				{ event: event.value, account: look.hash('account', 16), query: watch.query },
				event.state,
			);
			occasion.hasWorked = memory.state !== undefined;
			const { items, state } = await watch.poll(look, memory.state);
			// Last: what throws before this leaves everything as it was.
			memory.leave(state, items.length > 0);
			return items;
		}),
	);
	if ('value' in polled) {
		passedOver.delete(node);
		return polled.value.length === 0 ? null : asOutput(polled.value);
	}
	const error: Error & Pick<PollError, 'failure'> = polled.error;
	if (occasion.hasWorked || !isPassing(error) || !mayPassOver(occasion, node)) throw error;
	context.logger.warn(
		`${context.getNode().name}: the first poll has failed, and the next one begins anew. ${error.message}`,
	);
	return null;
}

const BY_HAND: Occasion = { isByHand: true, isFirst: false, hasWorked: false };

async function fetchExample(context: IPollFunctions, offer: Offer): Promise<INodeExecutionData[][]> {
	const { example, event } = await withinBudget(context, offer, BY_HAND, async ({ watch, look, event: chosen }) => ({
		example: await watch.example(look),
		event: chosen,
	}));
	if (example !== undefined) return asOutput([example]);
	throw new NodeOperationError(context.getNode(), 'No data with the current filter could be found', {
		description: event.noExample,
	});
}

/** What a poll has to work with. */
interface Tools {
	event: Event;
	watch: Watch<unknown>;
	look: Look;
}

/** @throws NodeApiError, NodeOperationError */
async function withinBudget<Result>(
	context: IPollFunctions,
	{ properties, findEvent }: Offer,
	occasion: Occasion,
	action: (tools: Tools) => Promise<Result>,
): Promise<Result> {
	const budgetMs = budgetOf(context);
	const begun = clock.now();
	const over = new AbortController();
	const done = new AbortController();
	// It is called off when the poll has ended.
	void caught(clock.wait(budgetMs, done.signal)).then((waited) => void ('value' in waited && over.abort()));
	let isLooking = false;
	try {
		const event = findEvent(context.getNodeParameter('event'));
		const watch = event.prepare(settingsOf(context));
		const client = await createClient(context, 1, { signal: over.signal, endurance: OF_A_POLL });
		const look: Look = {
			...sealOf(client.accountId),
			read: async (request) => await client.send(request),
			now: clock.epoch(),
			msLeft: () => budgetMs - (clock.now() - begun),
			warn: (message) => context.logger.warn(`${context.getNode().name}: ${message}`),
		};
		isLooking = true;
		return await action({ event, watch, look });
	} catch (error) {
		throw errorOfPoll(context.getNode(), error, {
			...occasion,
			properties,
			seconds: Math.round(budgetMs / 1000),
			isLooking,
		});
	} finally {
		done.abort();
	}
}

function budgetOf(context: Partial<Pick<IPollFunctions, 'getPollBudgetMs'>>): number {
	return context.getPollBudgetMs?.() ?? USUAL_BUDGET_MS;
}

function settingsOf(context: IPollFunctions): Settings {
	const options = (): IDataObject => (context.getNodeParameter('options', {}) ?? {}) as IDataObject;
	return {
		parameter: (name) => context.getNodeParameter(name),
		option: ({ name, default: otherwise }) => (Object.hasOwn(options(), name) ? options()[name] : otherwise),
	};
}

/** Whether this is the first poll of an activation, and was not passed over so often enough. */
function mayPassOver({ isFirst }: Occasion, node: string): boolean {
	const times = passedOver.get(node) ?? 0;
	if (!isFirst || times >= MOST_PASSED_OVER) return false;
	passedOver.set(node, times + 1);
	return true;
}

function asOutput(items: IDataObject[]): INodeExecutionData[][] {
	return [items.map((json) => ({ json }))];
}
