import { ApiError } from '../api/apiError';
import type { Client } from '../api/client';
import { Stopped } from '../api/clock';
import { DRY_RUN_HINT, planned } from './dryRun';
import type { Known } from './known';
import { inLanes } from './lanes';
import { ledgerOf, noteOpen } from './ledger';
import { attempt } from './outcome';
import { perform } from './perform';
import type { Performing } from './performing';
import { isWritePlan, type Plan } from './plan';
import { lanesOf } from './steps';
import { doubtOr, type Prepared, type Work } from './work';

/** What the performing of a run needs beside its items. */
export interface Run {
	client: Client;
	known: Known;
	hints: Set<string>;
	stopsAtFailure: boolean;
}

/** Performs the prepared items side by side, those of one lane in their order; each work is told its outcome. */
export async function performItems(works: Work[], run: Run): Promise<void> {
	let isOver = false;
	const plans = works.map(planOf);
	keepDoubts(works, run);
	await inLanes(
		lanesOf(plans),
		async (index) => {
			const work = works[index];
			if (work === undefined || 'failure' in work.prepared || work.prepared.value.done !== undefined) return;
			const { isStopped } = await performOne(work, work.prepared.value, run);
			if (isStopped || ('failure' in work.outcome && run.stopsAtFailure)) isOver = true;
		},
		() => isOver,
	);
}

function planOf({ prepared }: Work): Plan | undefined {
	return 'failure' in prepared ? undefined : prepared.value.plan;
}

/** What an earlier try has sent may still land: no other item may make a thing with its key. */
function keepDoubts(works: Work[], { client }: Run): void {
	for (const work of works) {
		const uncertain = work.memory.uncertain?.plan;
		if (uncertain?.do !== 'make' || uncertain.known === undefined || uncertain !== planOf(work)) continue;
		noteOpen(ledgerOf(client.accountId, uncertain.kind), uncertain);
	}
}

/** @returns whether the execution was stopped meanwhile; the work is told the rest */
async function performOne(
	work: Work,
	{ operation, plan }: Prepared,
	{ client, known, hints }: Run,
): Promise<{ isStopped: boolean }> {
	const { memory } = work;
	if (isWritePlan(plan) && plan.isDryRun) {
		hints.add(DRY_RUN_HINT);
		work.outcome = await attempt(async () => ({ output: planned(operation, plan, known) }), { operation });
		return { isStopped: false };
	}
	const performing: Performing = {
		client,
		known,
		doubt: memory.uncertain?.plan === plan ? memory.uncertain.error : undefined,
		rememberDoubt: (error, sent) => void (memory.uncertain = { plan: sent, error }),
		hint: (message) => void hints.add(message),
	};
	const settings = 'kind' in plan ? plan.kind.settings : undefined;
	const outcome = await attempt(async () => await perform(plan, performing), { operation, settings });
	if ('value' in outcome) {
		memory.done = { operation, plan, result: outcome.value };
		delete memory.uncertain;
		work.outcome = outcome;
		return { isStopped: false };
	}
	const { cause } = outcome;
	if (isWritePlan(plan) && cause instanceof ApiError && cause.mayHaveActed) memory.uncertain ??= { plan, error: cause };
	work.outcome = doubtOr(outcome, memory, operation);
	return { isStopped: cause instanceof Stopped };
}
