import { ApiError } from '../api/apiError';
import { type Failure, type Report, STOPPED_FAILURE, toFailure } from './failure';
import type { Outcome } from './outcome';
import type { Done } from './performing';
import type { Paragraph } from './shownAs';
import type { Work } from './work';

/** So many different failures are told. */
const MOST_FAILURES = 20;

/** So many items are named that have failed alike. */
const MOST_ITEMS = 20;

const NONE_FAILED: Report = { happened: 'No item failed.', more: [] };

/** An item that has failed. */
interface FailedItem {
	index: number;
	failure: Failure;
	cause?: unknown;
}

/**
 * The error of a run that ends before its first write, because an item cannot be used. Names the
 * other bad items as well, so that they can be mended at once.
 */
export function afterRefusal(works: Array<Pick<Work, 'prepared' | 'memory'>>): Report {
	const failed = failedIn(works.map(({ prepared }) => prepared));
	const [first] = failed;
	if (first === undefined) return NONE_FAILED;
	const earlier = works.map(
		({ memory: { done, uncertain } }): Outcome<Done> =>
			done !== undefined
				? { value: done.result }
				: { failure: uncertain === undefined ? STOPPED_FAILURE : toFailure(uncertain.error) },
	);
	const { list } = written(earlier);
	const inDoubt = failedIn(earlier).filter(({ failure }) => failure !== STOPPED_FAILURE);
	const wasTried = list.length > 0 || inDoubt.length > 0;
	const nothing = wasTried ? 'Nothing was written in this try' : 'Nothing was written';
	const hint = wasTried ? ' An earlier try has written, or may have written, items; see the details.' : '';
	const before: Paragraph[] = wasTried ? ['In an earlier try of this execution:', ...told(inDoubt), ...list] : [];
	if (first.failure === STOPPED_FAILURE) {
		return { happened: `The execution was canceled. ${nothing}.${hint}`, more: before };
	}
	// A key that is refused is no matter of single items.
	const isForAll = failed.length === works.length && isOne(failed);
	const more = isForAll ? 0 : failed.length - 1;
	const alsoBad = more === 0 ? '' : ` ${more} more ${more === 1 ? 'item' : 'items'} cannot be used; see the details.`;
	return {
		...reportOf(first.failure, `${happenedIn(first.failure)}${alsoBad}${hint}`),
		more: [
			...cures(first.failure, isOne(failed)),
			...(isForAll
				? [`${nothing}${works.length === 1 ? '' : `: it is so for all ${works.length} items`}.`]
				: counted(failed, works.length, nothing)),
			...others(first, works.length - failed.length),
			...before,
		],
	};
}

/**
 * The error of a run that ends half-way, because Crazytel has failed an item. Says what stands
 * already, so that nobody writes it a second time.
 */
export function afterWriting(outcomes: Array<Outcome<Done>>, first: number): Report {
	const failed = failedIn(outcomes).filter(({ failure }) => failure !== STOPPED_FAILURE);
	const decisive = failed.find(({ index }) => index === first);
	if (decisive === undefined) return NONE_FAILED;
	const { failure } = decisive;
	const happened = happenedIn(failure);
	if (outcomes.length === 1) return { ...reportOf(failure, happened), more: cures(failure) };
	const { count, list } = written(outcomes);
	const inDoubt = failed.filter(({ index, failure }) => index !== first && failure.mayHaveActed === true).length;
	const doubt = inDoubt === 0 ? '' : `${inDoubt} more may have been written; see the details.`;
	const rest = list.length > 0 ? count : inDoubt > 0 ? '' : 'No other item was written.';
	const unsent = unsentIn(outcomes);
	return {
		...reportOf(failure, [happened, rest, doubt].filter((part) => part !== '').join(' ')),
		more: [
			...(failed.length === 1 ? cures(failure) : told(failed)),
			...notSent(unsent),
			...others(decisive, unsent),
			...list,
		],
	};
}

/** The error of a run that was stopped by a person, or by a limit on its time. */
export function afterStop(outcomes: Array<Outcome<Done>>): Report {
	const { count, list } = written(outcomes);
	return { happened: `The execution was canceled. ${count}`, more: [...notSent(unsentIn(outcomes)), ...list] };
}

function reportOf({ httpCode, field, parameter }: Failure, happened: string): Omit<Report, 'more'> {
	return { happened, httpCode, field, parameter };
}

function happenedIn({ message, parts }: Failure): string {
	return parts === undefined ? message : parts.map(({ happened }) => happened).join(' ');
}

function failedIn(outcomes: Array<Outcome<unknown>>): FailedItem[] {
	return outcomes.flatMap((outcome, index) =>
		'failure' in outcome ? [{ index, failure: outcome.failure, cause: outcome.cause }] : [],
	);
}

/** Whether all have failed alike. */
function isOne(failed: FailedItem[]): boolean {
	return new Set(failed.map(({ failure }) => failure.message)).size === 1;
}

/**
 * What to do, where that is not told of each item, and what n8n says. Fields with the same cure stand together.
 *
 * @param areAlike whether it is so for all items that have failed
 */
function cures({ parts = [], description = '' }: Failure, areAlike = true): Paragraph[] {
	const labels = new Map<string, string[]>();
	for (const { cure, label } of areAlike ? parts : []) {
		labels.set(cure, [...(labels.get(cure) ?? []), ...(label === undefined ? [] : [label])]);
	}
	labels.delete('');
	const told = [...labels].map(([cure, fields]) =>
		parts.length > 1 && fields.length > 0 ? `${fields.join(', ')}: ${cure}` : cure,
	);
	return [...(told.length > 1 ? [told] : told), ...(description === '' ? [] : [description])];
}

/** How many items cannot be used, and which. */
function counted(failed: FailedItem[], total: number, nothing: string): Paragraph[] {
	if (!isOne(failed))
		return [`${nothing}: ${failed.length} of ${total} items cannot be used (counted from 0):`, ...told(failed)];
	return [`${nothing}: ${failed.length} of ${total} items cannot be used: ${named(failed)} (counted from 0).`];
}

/** The failures, each once, with the items that have it. */
function told(failed: FailedItem[]): Paragraph[] {
	const groups = new Map<string, FailedItem[]>();
	for (const item of failed) {
		const alike = groups.get(item.failure.message);
		if (alike === undefined) groups.set(item.failure.message, [item]);
		else alike.push(item);
	}
	const entries = [...groups].map(([message, group]) => `${named(group, 'Item')}: ${message}`);
	const more = entries.length - MOST_FAILURES;
	return entries.length === 0 ? [] : [[...entries.slice(0, MOST_FAILURES), ...(more > 0 ? [`And ${more} more.`] : [])]];
}

/** @returns e.g. `items 1, 4, 7`, or `item 1` */
function named(items: FailedItem[], word = 'item'): string {
	const indexes = items.slice(0, MOST_ITEMS).map(({ index }) => index);
	const more = items.length - indexes.length;
	return `${word}${items.length === 1 ? '' : 's'} ${indexes.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** How the items that are well could be done all the same. */
function others({ cause }: FailedItem, count: number): Paragraph[] {
	// These would fail as well.
	const isForAll =
		cause instanceof ApiError && (cause.stopsEverything || cause.isRefusedKey || cause.kind === 'unsent');
	if (count === 0 || isForAll) return [];
	return [
		`With On Error set to Continue, in the Settings of this node, the other ${count === 1 ? 'item' : `${count} items`} would be done.`,
	];
}

function written(outcomes: Array<Outcome<Done>>): { count: string; list: Paragraph[] } {
	const done = outcomes.map((outcome) => ('value' in outcome ? outcome.value : undefined));
	const entries = done.flatMap((item, index) =>
		item?.written === undefined ? [] : [`item ${index}: ${item.written}`],
	);
	if (entries.length === 0) return { count: 'No item was written.', list: [] };
	const lost = new Set(done.flatMap((item) => item?.lostSecrets ?? []));
	return {
		count: `${entries.length} of ${outcomes.length} items ${entries.length === 1 ? 'was' : 'were'} written; see the details for which.`,
		// An error may not hold secrets, and it takes the place of the output.
		list: ['Already written (items counted from 0):', entries, ...lost],
	};
}

function unsentIn(outcomes: Array<Outcome<Done>>): number {
	return failedIn(outcomes).filter(({ failure }) => failure === STOPPED_FAILURE).length;
}

function notSent(count: number): Paragraph[] {
	return count === 0 ? [] : [`Not sent: ${count} ${count === 1 ? 'item' : 'items'}.`];
}
