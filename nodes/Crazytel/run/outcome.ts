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
	settings?: Schema;
}

/** Runs a step of an item. */
export async function attempt<T>(step: () => Promise<T>, about?: About): Promise<Outcome<T>> {
	return outcomeOf(await caught(step()), about);
}

/** What came of a step that is over. */
export function outcomeOf<T>(result: { value: T } | { error: Error }, { operation, item, settings }: About = {}): Outcome<T> {
	if ('value' in result) return result;
	const { error: cause } = result;
	return {
		failure: toFailure(cause, operation?.properties, { settings, failingParameter: item?.failingParameter }),
		cause,
	};
}
