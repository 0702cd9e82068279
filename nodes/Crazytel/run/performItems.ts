import { ApiError } from '../api/apiError';
import type { Client } from '../api/client';
import { Stopped } from '../api/clock';
import { DRY_RUN_HINT, planned } from './dryRun';
import { type Failure, STOPPED_FAILURE, STOPPED_REPEATING_FAILURE, toFailure } from './failure';
import { inLanes } from './lanes';
import { ledgerOf, noteOpen } from './ledger';
import type { Lookups } from './lookups';
import type { Memory } from './memory';
import type { Operation, Output, Plan, WritePlan, Writing } from './operation';
import { attempt, type Outcome } from './outcome';
import type { Prepared } from './prepareItems';

/** What the performing of a run needs beside its items. */
export interface Performing {
	client: Client;
	lookups: Lookups;
	hints: Set<string>;
	stopsAtFailure: boolean;
}

/**
 * Writes the prepared items side by side; those of one trunk, and all creates, in their order.
 *
 * @returns an output or a failure for each item
 */
export async function performItems(
	prepared: Array<Outcome<Prepared>>,
	memories: Memory[],
	{ client, lookups, hints, stopsAtFailure }: Performing,
): Promise<Array<Outcome<Output>>> {
	const outcomes = prepared.map((outcome, index): Outcome<Output> => {
		if ('failure' in outcome) return withEarlierTries(outcome, memories[index]);
		const { done } = outcome.value;
		return done ?? outcomeOfNotSending(memories[index]);
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
		let isUnwritten = false;
		const writing: Writing = {
			client,
			leaveAlone: () => void (isUnwritten = true),
			trunks: lookups.knownTrunks,
			uncertain: memory.uncertain?.plan === plan ? memory.uncertain.error : undefined,
			rememberUncertain: (error, sent) => void (memory.uncertain = { plan: sent, error }),
			hint: (message) => void hints.add(message),
		};
		const result = await attempt(async () => await operation.perform(plan, writing), operation);
		if ('value' in result) {
			const success = { ...result, isUnwritten, trunkId: 'request' in plan ? plan.request.trunkId : undefined };
			outcomes[index] = success;
			memory.done = { operation, plan, success };
			delete memory.uncertain;
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

	const plans = prepared.map((outcome) => ('failure' in outcome ? undefined : outcome.value.plan));
	for (const [index, plan] of plans.entries()) {
		const uncertain = memories[index]?.uncertain?.plan;
		// What an earlier try has sent may still land: no other item may make a trunk with its description.
		if (uncertain !== undefined && uncertain === plan && uncertain.ifMade !== undefined) {
			noteOpen(ledgerOf(client.accountId), uncertain);
		}
	}
	await inLanes(lanesOf(plans), work, () => isOver);
	return outcomes;
}

/** What is said of an item that this try did not come to. */
function outcomeOfNotSending({ done, uncertain }: Memory = {}): Outcome<never> {
	if (uncertain !== undefined) return inDoubt(uncertain.error);
	return { failure: done === undefined ? STOPPED_FAILURE : STOPPED_REPEATING_FAILURE };
}

/** What is said of an item that this try could not prepare; an earlier try may have written it all the same. */
function withEarlierTries(refusal: { failure: Failure; cause?: unknown }, memory: Memory = {}): Outcome<never> {
	const { cause } = refusal;
	if (cause instanceof Stopped) return outcomeOfNotSending(memory);
	const isAboutThisTryOnly = cause instanceof ApiError && cause.saysNothingOfEarlierTries;
	return isAboutThisTryOnly && memory.uncertain !== undefined ? inDoubt(memory.uncertain.error) : refusal;
}

/** An item that an earlier try may have written: what that try said still holds. */
function inDoubt(error: ApiError, operation?: Operation): Outcome<never> {
	return { failure: toFailure(error, operation?.properties ?? []), cause: error };
}

/**
 * Items of one lane are written in their order. All creates are in one, and with them whatever has the
 * description of one: the trunk that it changes may be the one that an earlier try has created.
 */
function lanesOf(plans: Array<Plan | undefined>): string[] {
	const creates = plans.filter((plan) => plan !== undefined && 'request' in plan && plan.request.method === 'POST');
	const created = new Set(creates.map((plan) => (plan as WritePlan).key));
	return plans.map((plan) => {
		if (plan === undefined) return 'nothing to send';
		if (!('request' in plan)) return 'reading';
		const { key, request } = plan;
		return request.method === 'POST' || (key !== undefined && created.has(key)) ? 'creating' : request.path;
	});
}
