import type { Failure } from './failure';

/**
 * What came of one step of one item. A failure is a value, so that it hides no other item's result;
 * `cause` is what was thrown.
 */
export type Outcome<T> = { value: T } | { failure: Failure; cause?: unknown };
