import type { TrunkId } from '../validation/trunkId';
import { type Failure, toFailure } from './failure';
import type { Item } from './item';
import type { Operation } from './operation';

/** What came of a step that did not fail. */
export interface Success<T> {
	value: T;
	/** Whether nothing was sent, because the trunk was right already. */
	isUnwritten?: boolean;
	/** The trunk that was written, where that was there before. */
	trunkId?: TrunkId | undefined;
}

/**
 * What came of one step of one item. A failure is a value, so that it hides no other item's result;
 * `cause` is what was thrown.
 */
export type Outcome<T> = Success<T> | { failure: Failure; cause?: unknown };

/** Failures are values here, so that one item's failure never hides another item's result. */
export async function attempt<T>(step: () => Promise<T>, operation?: Operation, item?: Item): Promise<Outcome<T>> {
	try {
		return { value: await step() };
	} catch (error) {
		return { failure: toFailure(error, operation?.properties ?? [], item?.failingParameter), cause: error };
	}
}
