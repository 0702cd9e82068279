import type { TrunkId } from '../validation/trunkId';
import type { Failure } from './failure';

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
