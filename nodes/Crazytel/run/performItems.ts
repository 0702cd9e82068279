import { ApiError } from '../api/apiError';
import type { Client } from '../api/client';
import { Stopped } from '../api/clock';
import { hintOfBeside } from './beside';
import { DRY_RUN_HINT, planned } from './dryRun';
import type { Known } from './known';
import { inLanes } from './lanes';
import { ledgerOf, noteOpen } from './ledger';
import { hintOfKeptSecrets } from './keptSecrets';
import { lookBack } from './lookBack';
import type { Memory } from './memory';
import { attempt, type Outcome, outcomeOf } from './outcome';
import { showObtained } from './obtained';
import { perform } from './perform';
import type { Done, Performing } from './performing';
import { isWritePlan, type Plan, settingsOf } from './plan';
import { hintOfSharedKeys } from './sharedKeys';
import { hintsOfShownOnce } from './shownOnce';
import { lanesOf } from './steps';
import { findTwins } from './twins';
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
			const isStopped = await performOne(work, work.prepared.value, run);
			if (isStopped || ('failure' in work.outcome && run.stopsAtFailure)) isOver = true;
		},
		() => isOver,
	);
	await seeAll(works, run);
	await showObtained(works, run);
	await findTwins(works, run);
	const hints = [hintOfKeptSecrets(works), hintOfSharedKeys(works), hintOfBeside(works), ...hintsOfShownOnce(works)];
	for (const hint of hints) if (hint !== undefined) run.hints.add(hint);
}

/** What was taken and is not shown by its answer is looked for once all is sent, with one list for all. */
async function seeAll(works: Work[], { client, hints }: Run): Promise<void> {
	const unseen = works.flatMap((work) => {
		const found = 'value' in work.outcome ? work.outcome.value.unseen : undefined;
		return found === undefined ? [] : [{ work, unseen: found }];
	});
	for (const kind of new Set(unseen.map(({ unseen: { plan } }) => plan.kind))) {
		const ofKind = unseen.filter(({ unseen: { plan } }) => plan.kind === kind);
		const verdicts = await lookBack(
			ofKind.map((one) => one.unseen),
			kind,
			{ client, hint: (message) => void hints.add(message) },
		);
		for (const [index, { work }] of ofKind.entries()) {
			const verdict = verdicts[index];
			if (verdict === undefined || 'failure' in work.prepared) continue;
			const { operation } = work.prepared.value;
			conclude(work, work.prepared.value, outcomeOf(verdict, { operation, settings: kind.settings, isWrite: true }));
		}
	}
}

function planOf({ prepared }: Work): Plan | undefined {
	return 'failure' in prepared ? undefined : prepared.value.plan;
}

/** What an earlier try has sent may still land: no other item may make a thing with its key. */
function keepDoubts(works: Work[], { client }: Run): void {
	for (const work of works) {
		const uncertain = work.memory.uncertain?.plan;
		if (work.memory.doubled !== undefined) continue;
		if (uncertain?.do !== 'make' || uncertain.known === undefined || uncertain !== planOf(work)) continue;
		noteOpen(ledgerOf(client.accountId, uncertain.kind), uncertain);
	}
}

/** @returns whether the execution was stopped meanwhile; the work is told the rest */
async function performOne(work: Work, { operation, plan }: Prepared, { client, known, hints }: Run): Promise<boolean> {
	const { memory } = work;
	if (isWritePlan(plan) && plan.isDryRun) {
		hints.add(DRY_RUN_HINT);
		work.outcome = await attempt(async () => ({ output: planned(operation, plan, known) }), { operation });
		return false;
	}
	const performing: Performing = {
		client,
		known,
		doubt: doubtOf(memory, plan),
		rememberDoubt: (error, sent) => void (memory.uncertain = { plan: sent, error }),
		hint: (message) => void hints.add(message),
	};
	const outcome = await attempt(async () => await perform(plan, performing), {
		operation,
		settings: settingsOf(plan),
		isWrite: isWritePlan(plan),
	});
	conclude(work, { operation, plan }, outcome);
	return 'failure' in outcome && outcome.cause instanceof Stopped;
}

/** Keeps what has come of an item, for its output and for the next try. */
function conclude(work: Work, { operation, plan }: Prepared, outcome: Outcome<Done>): void {
	const { memory } = work;
	if ('value' in outcome) {
		const { unseen, ...result } = outcome.value;
		work.outcome = outcome;
		if (unseen !== undefined) return;
		memory.done = { operation, plan, result };
		delete memory.uncertain;
		delete memory.doubled;
		return;
	}
	const { cause } = outcome;
	if (isWritePlan(plan) && cause instanceof ApiError && cause.mayHaveActed) memory.uncertain ??= { plan, error: cause };
	work.outcome = doubtOr(outcome, memory, operation);
}

/** How an earlier try of the same write ended, if that may have acted. */
function doubtOf({ uncertain }: Memory, plan: Plan): ApiError | undefined {
	const isSame = uncertain !== undefined && (uncertain.plan === plan || isSameSet(uncertain.plan, plan));
	return isSame ? uncertain.error : undefined;
}

function isSameSet(one: Plan, other: Plan): boolean {
	if (one.do !== 'set' || other.do !== 'set' || one.kind !== other.kind || one.id !== other.id) return false;
	return JSON.stringify(one.values) === JSON.stringify(other.values);
}
