import { ApiError } from '../api/apiError';
import { caught } from '../api/caught';
import type { Schema } from './kind';
import { type Failure, toFailure } from './failure';
import type { Item } from './item';
import type { Operation } from './operation';

/** What came of one step of one item. A failure is a value, so that it hides no other item's result. */
export type Outcome<T> = { value: T } | Failed;

export interface Failed {
	failure: Failure;
	/** What was thrown. */
	cause?: unknown;
}

/** What is known of the item of a step, for the words of its failure. */
interface About {
	operation?: Operation;
	item?: Item;
	/** The settings that the server may name. */
	settings?: Schema | undefined;
	/** Whether the step writes. */
	isWrite?: boolean;
}

/** Runs a step of an item. */
export async function attempt<T>(step: () => Promise<T>, about?: About): Promise<Outcome<T>> {
	return outcomeOf(await caught(step()), about);
}

/** What came of a step that is over. */
export function outcomeOf<T>(result: { value: T } | { error: Error }, about?: About): Outcome<T> {
	return 'value' in result ? result : failedBy(result.error, about);
}

/** What came of a step that has failed. */
export function failedBy(cause: Error, { operation, item, settings, isWrite = false }: About = {}): Failed {
	const failure = toFailure(cause, operation?.properties, { settings, failingParameter: item?.failingParameter });
	const mayHaveActed = isWrite && cause instanceof ApiError && cause.mayHaveActed;
	return { failure: mayHaveActed ? { ...failure, mayHaveActed } : failure, cause };
}
