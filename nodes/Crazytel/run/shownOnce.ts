import type { Work } from './work';

/** Tells of secrets that were made anew and that only the outputs hold, in the words of the plans. */
export function hintsOfShownOnce(works: Work[]): string[] {
	const told = works.flatMap(({ prepared, outcome }) => {
		if ('failure' in prepared || 'failure' in outcome) return [];
		const { plan } = prepared.value;
		if (!('shownOnce' in plan) || plan.shownOnce === undefined || plan.isDryRun) return [];
		const { output } = outcome.value;
		// A thing that was there has kept its own.
		const isThere = Object.keys(plan.shown ?? {}).some((name) => Object.hasOwn(output, name));
		return isThere ? [plan.shownOnce] : [];
	});
	return [...new Set(told)];
}
