import type { Failure } from './failure';

/** What came of one step of one item. A failure is a value, so that it hides no other item's result. */
export type Outcome<T> = { value: T } | { failure: Failure };
