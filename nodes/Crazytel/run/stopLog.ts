/*
 * What n8n's log is told when the execution was stopped, or its time was up. n8n ends the execution at that moment,
 * and drops what the node gives or throws afterwards: no output, no error and no hint reaches anybody.
 */
import type { IExecuteFunctions } from 'n8n-workflow';

import { oneLine, shown } from '../input/shown';
import { STOPPED_FAILURE, STOPPED_REPEATING_FAILURE } from './failure';
import type { Kind } from './kind';
import type { Known } from './known';
import type { Memory } from './memory';
import type { WritePlan } from './plan';
import type { Work } from './work';

/** What collects logs cuts or splits lines that are much longer. */
const LONGEST_LINE = 2_000;

/** A name and an id, with room; both are the server's. */
const LONGEST_THING = 120;

/** How far a run has come when it ends, however it does. */
export interface Progress {
	/** What is known of each item, from earlier tries too. */
	memories: Memory[];
	/** Undefined where the run has ended before its items were prepared. */
	works?: Work[];
	known?: Pick<Known, 'soFar'>;
}

/** The first items of runs whose end was told: after Stop n8n goes on with the tries of Retry On Fail. */
const told = new WeakSet<Memory>();

/**
 * Writes to n8n's log what a run has written, if it was stopped and has written, or may have written, anything.
 * As warnings, which n8n prints unless it is set to print errors only.
 */
export function logIfStopped(context: IExecuteFunctions, progress: Progress): void {
	const [first] = progress.memories;
	if (first === undefined || told.has(first) || context.getExecutionCancelSignal?.()?.aborted !== true) return;
	told.add(first);
	const { id, name } = context.getWorkflow();
	const about = `Crazytel node ${shown(context.getNode().name)}, execution ${context.getExecutionId()}`;
	for (const line of linesOf(progress, about, `of workflow ${shown(name)} (${id})`)) context.logger?.warn?.(line);
}

/**
 * @param about begins each line, so that those of one run are found together
 * @param more stands behind it in the first one
 * @returns one line with the numbers, and as many as it takes for the items; none where nothing was written
 */
export function linesOf(progress: Progress, about: string, more: string): string[] {
	const { memories, works = [] } = progress;
	const nameOf = namesIn(progress);
	const entries = memories.map((memory, index) => entryOf(memory, works[index], nameOf));
	const written = entries.filter((entry) => entry !== undefined);
	if (written.length === 0) return [];
	const inDoubt = written.filter(({ isOpen }) => isOpen).length;
	const ends = memories.map((memory, index) =>
		entries[index] === undefined ? endOf(memory, works[index]) : undefined,
	);
	const count = (end: string) => ends.filter((each) => each === end).length;
	const numbers = [
		`${written.length - inDoubt} of ${memories.length} ${memories.length === 1 ? 'item' : 'items'} written`,
		inDoubt > 0 && `${inDoubt} in doubt`,
		`${count('not sent')} not sent`,
		count('failed') > 0 && `${count('failed')} failed`,
	].filter((part) => part !== false);
	const first = [
		`${about} ${more} was stopped, or its time was up, so n8n keeps no output of it: ${numbers.join(', ')}.`,
		...(inDoubt > 0 ? ['Look into the Crazytel portal for what is in doubt.'] : []),
		...new Set(written.flatMap(({ lost }) => lost ?? [])),
		'Items are counted from 0.',
	];
	const list = entries.flatMap((entry, index) =>
		entry === undefined ? [] : [`item ${index}: ${entry.thing}, ${entry.state}`],
	);
	return [first.join(' '), ...inLines(about, list)];
}

interface Entry {
	/** Its name and id, as far as they are known. */
	thing: string;
	state: string;
	/** Whether it is not known whether it was written, or all of it is as asked. */
	isOpen: boolean;
	/** What is to be said of secrets that only the output has held. */
	lost?: string | undefined;
}

/** What an item has written, or may have; undefined where it is certain that it was nothing. */
function entryOf({ done, doubled, uncertain }: Memory, work: Work | undefined, nameOf: NameOf): Entry | undefined {
	const performed = doubled ?? done;
	if (performed?.result.state !== undefined) {
		const { plan, result } = performed;
		const { state } = performed.result;
		const isUndone =
			work !== undefined && 'failure' in work.outcome && work.outcome.failure === STOPPED_REPEATING_FAILURE;
		const wasInDoubt = state.endsWith(IN_DOUBT);
		const isOpen = wasInDoubt || doubled !== undefined || uncertain !== undefined || isUndone;
		// The words of a report say of these what was done, or that it may have been.
		const isNamedByPlan = plan.do === 'remove' || (plan.do === 'set' && wasInDoubt);
		return {
			thing: oneLine(isNamedByPlan ? nameOf(plan) : (result.written ?? ''), LONGEST_THING),
			state: isOpen && !wasInDoubt ? `${state}${IN_DOUBT}` : state,
			isOpen,
			lost: result.lostSecrets,
		};
	}
	if (uncertain === undefined) return undefined;
	const sent = uncertain.plan;
	return {
		thing: oneLine(nameOf(sent), LONGEST_THING),
		state: sent.do === 'set' && sent.isOfMade === true ? `created${IN_DOUBT}` : 'may have been written',
		isOpen: true,
		lost: 'shown' in sent && sent.shown !== undefined ? sent.kind.afterLostSecrets : undefined,
	};
}

const IN_DOUBT = ', in doubt';

/** What has come of an item that has written nothing; undefined where there was nothing to write. */
function endOf({ done }: Memory, work: Work | undefined): 'not sent' | 'failed' | undefined {
	if (work === undefined) return done === undefined ? 'not sent' : undefined;
	if (!('failure' in work.outcome)) return undefined;
	return work.outcome.failure === STOPPED_FAILURE ? 'not sent' : 'failed';
}

type NameOf = (plan: WritePlan) => string;

/** Things are named as the list has shown them, if the run has read one. */
function namesIn({ known }: Progress): NameOf {
	const names = new Map<Kind, Map<string, string>>();
	const namesOf = (kind: Kind): Map<string, string> => {
		const ofKind =
			names.get(kind) ??
			new Map(known?.soFar(kind)?.listed.map((thing) => [thing.id.toLowerCase(), kind.nameOf(thing)]));
		names.set(kind, ofKind);
		return ofKind;
	};
	return (plan) => {
		if (plan.do === 'act') return plan.name;
		if (plan.do === 'make') return `a ${plan.kind.noun.one} whose id is not known`;
		const name = namesOf(plan.kind).get(plan.id.toLowerCase()) ?? '';
		return name === '' ? plan.id : `${name} ${plan.id}`;
	};
}

function inLines(beginning: string, entries: string[]): string[] {
	const lines: string[] = [];
	for (const entry of entries) {
		const begun = `${beginning}: ${entry}`;
		const last = lines.pop();
		if (last === undefined) lines.push(begun);
		else if (last.length + entry.length + 2 > LONGEST_LINE) lines.push(last, begun);
		else lines.push(`${last}; ${entry}`);
	}
	return lines;
}
