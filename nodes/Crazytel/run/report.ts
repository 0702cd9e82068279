import { ApiError } from '../api/apiError';
import { type Failure, STOPPED_FAILURE, toFailure } from './failure';
import type { Outcome } from './outcome';
import type { Done } from './performing';
import type { Work } from './work';

/** So many other failures are told beside the first one. */
const MOST_OTHERS = 20;

/**
 * The error of a run that ends before its first write, because an item cannot be used. Names the
 * other bad items as well, so that they can be mended at once.
 */
export function afterRefusal(works: Array<Pick<Work, 'prepared' | 'memory'>>): Failure {
	const failures = failuresOf(works.map(({ prepared }) => prepared));
	const [first, ...others] = failures;
	if (first === undefined) return { message: 'No item failed.' };
	const earlier = works.map(({ memory: { done, uncertain } }): Outcome<Done> =>
		done !== undefined
			? { value: done.result }
			: { failure: uncertain === undefined ? STOPPED_FAILURE : toFailure(uncertain.error) },
	);
	const { list } = written(earlier);
	const inDoubt = failuresOf(earlier).filter(({ failure }) => failure !== STOPPED_FAILURE);
	const wasTried = list.length > 0 || inDoubt.length > 0;
	const nothing = wasTried ? 'Nothing was written in this try' : 'Nothing was written';
	const hint = wasTried ? ' An earlier try has written, or may have written, items; see the details.' : '';
	const before = wasTried ? ['In an earlier try of this execution:', ...list, ...told(inDoubt)] : [];
	if (first.failure === STOPPED_FAILURE) {
		return { message: `The execution was canceled. ${nothing}.${hint}`, description: lines(...before) };
	}
	const count =
		works.length === 1
			? `${nothing}.`
			: `${nothing}: ${failures.length} of ${works.length} items cannot be used, the first is item ${first.index} (counted from 0).`;
	const differing = others.filter(({ failure }) => failure.message !== first.failure.message);
	return {
		...first.failure,
		message: `${first.failure.message}${hint}`,
		description: lines(first.failure.description, count, ...told(differing), ...before),
	};
}

/**
 * The error of a run that ends half-way, because Crazytel has failed an item. Says what stands
 * already, so that nobody writes it a second time.
 */
export function afterWriting(outcomes: Array<Outcome<Done>>, first: number): Failure {
	const failures = failuresOf(outcomes);
	const { failure } = failures.find(({ index }) => index === first) ?? { failure: STOPPED_FAILURE };
	if (outcomes.length === 1) return failure;
	const others = failures.filter(({ index, failure: other }) => index !== first && other !== STOPPED_FAILURE);
	const { count, list } = written(outcomes);
	const inDoubt = outcomes.filter(
		(outcome, index) =>
			index !== first && 'failure' in outcome && outcome.cause instanceof ApiError && outcome.cause.mayHaveActed,
	).length;
	const doubt = inDoubt === 0 ? '' : ` ${inDoubt} more may have been written; see the details.`;
	return {
		...failure,
		message: `${failure.message} ${list.length > 0 ? count : inDoubt > 0 ? '' : 'No other item was written.'}${doubt}`.replace('  ', ' '),
		description: lines(failure.description, ...list, ...told(others), notSent(outcomes)),
	};
}

/** The error of a run that was stopped by a person, or by a limit on its time. */
export function afterStop(outcomes: Array<Outcome<Done>>): Failure {
	const { count, list } = written(outcomes);
	return {
		message: `The execution was canceled. ${count}`,
		description: lines(...list, notSent(outcomes)),
	};
}

function failuresOf(outcomes: Array<Outcome<unknown>>): Array<{ index: number; failure: Failure }> {
	return outcomes.flatMap((outcome, index) =>
		'failure' in outcome ? [{ index, failure: outcome.failure }] : [],
	);
}

function told(failures: Array<{ index: number; failure: Failure }>): string[] {
	return failures.slice(0, MOST_OTHERS).map(({ index, failure }) => `Item ${index}: ${failure.message}`);
}

function written(outcomes: Array<Outcome<Done>>): { count: string; list: string[] } {
	const done = outcomes.map((outcome) => ('value' in outcome ? outcome.value : undefined));
	const entries = done.flatMap((item, index) => (item?.written === undefined ? [] : [`item ${index}: ${item.written}`]));
	if (entries.length === 0) return { count: 'No item was written.', list: [] };
	const lost = new Set(done.flatMap((item) => item?.lostSecrets ?? []));
	return {
		count: `${entries.length} of ${outcomes.length} items ${entries.length === 1 ? 'was' : 'were'} written; see the details for which.`,
		// An error may not hold secrets, and it takes the place of the output.
		list: [`Already written (items counted from 0): ${entries.join(', ')}.`, ...lost],
	};
}

function notSent(outcomes: Array<Outcome<Done>>): string | undefined {
	const { length } = failuresOf(outcomes).filter(({ failure }) => failure === STOPPED_FAILURE);
	return length === 0 ? undefined : `Not sent: ${length} ${length === 1 ? 'item' : 'items'}.`;
}

function lines(...parts: Array<string | undefined>): string {
	return parts.filter((part) => part !== undefined).join('\n');
}
