import type { Answers } from '../seen';

/** A switch of the sandbox by its name in docs/sandbox.md; those of call records have theirs in front. */
export type SwitchName = string;
export type SwitchValue = string | number | boolean | null | string[];

/** What an answer tells of an assumption. */
export interface Finding {
	/** The switches as the service would have to be played. Only words, statuses and counts that the service itself chose. */
	switches?: Record<SwitchName, SwitchValue | undefined>;
	/** Where no switch tells it: what was seen, in our words. */
	saw?: string;
	/** Whether it is as assumed; where switches are given, this follows from them. */
	isAsAssumed?: boolean;
	/** What of it was not visible. */
	open?: string[];
}

/** What would settle an assumption. */
export type SettledBy =
	| 'reading'
	| 'a throwaway trunk'
	| 'an SMS'
	| 'a purchase'
	| "a number of one's own"
	| 'time'
	| 'Crazytel';

/** What the node takes for granted where the documentation is silent, or where a guess stands in its place. */
export interface Assumption {
	/** The id of its row in docs/crazytel-api.md, "What is not known". */
	id: string;
	question: string;
	/** Where today's answer is from, as in docs/crazytel-api.md; `–` where it is from nowhere. */
	mark: string;
	settledBy: SettledBy;
	/** The switches that play it, with what the node takes for granted. */
	switches: Record<SwitchName, SwitchValue>;
	/** The first words of other rows of docs/crazytel-api.md whose mark a verdict changes. */
	rows?: string[];
	/** The requests that tell it. Empty where no reading does. */
	requests: string[];
	/**
	 * Reads the answers to them.
	 *
	 * @returns undefined where they do not show it, as on an empty account
	 */
	read?: (answers: Answers, now: number) => Finding | undefined;
}
