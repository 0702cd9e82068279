import type { Work } from './work';

/** Tells of secrets that were made anew and that only the outputs hold, in the words of the plans. */
export function hintsOfShownOnce(works: Work[]): string[] {
	const told = works.flatMap(({ prepared, outcome }) => {
		const plan = 'value' in prepared ? prepared.value.plan : undefined;
		if (plan === undefined || (plan.do !== 'make' && plan.do !== 'set') || plan.isDryRun) return [];
		const output = 'value' in outcome ? outcome.value.output : {};
		// A thing that was there has kept its own.
		const isThere = Object.keys(plan.shown ?? {}).some((name) => Object.hasOwn(output, name));
		return isThere && plan.shownOnce !== undefined ? [plan.shownOnce] : [];
	});
	return [...new Set(told)];
}
