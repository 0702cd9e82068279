/** Words that say that something went well, and such that say that it did not. */
const WENT_WELL = /\b(?:deleted|removed|updated|created|success\w*|ok|done|accepted|queued|scheduled)\b/i;
const WENT_WRONG =
	/\b(?:not|no|never|cannot|can't|unable|un(?:known|authori[sz]ed|successful\w*)|fail\w*|error\w*|denied|refused|rejected|already|insufficient|in use)\b/i;

/** Whether words say that something went well. */
export function saysDone(words: string): boolean {
	return WENT_WELL.test(words) && !WENT_WRONG.test(words);
}

/** Whether words say that it did not, and none of them that it did; "could not be deleted" does not say "deleted". */
export function saysUndone(words: string): boolean {
	return WENT_WRONG.test(words) && !WENT_WELL.test(words.replace(/\b(?:not|cannot) be \w+/gi, ''));
}

/** A record by its names without case, dashes and underscores: `IsSuccess`, `error_message`, `next-page`. */
export function withPlainNames(record: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(record).map(([name, value]) => [name.toLowerCase().replace(/[_-]/g, ''), value]),
	);
}
