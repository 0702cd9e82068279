import { shown } from '../input/shown';
import type { KnownBy } from './plan';
import { subjectOf } from './steps';
import type { Work } from './work';

/** So many keys are named in one hint. */
const MOST = 5;

/** Tells which items have had one key, and whose values stand: of a table with a row too many, nobody else would. */
export function hintOfSharedKeys(works: Work[]): string | undefined {
	const groups = new Map<string, { known: KnownBy; label: string; one: string; ids: Set<string>; works: Work[] }>();
	for (const work of works) {
		const plan = 'value' in work.prepared ? work.prepared.value.plan : undefined;
		if (plan === undefined || (plan.do !== 'make' && plan.do !== 'set') || plan.known === undefined || plan.isDryRun)
			continue;
		const { known, kind } = plan;
		const subject = subjectOf(plan) ?? '';
		const group = groups.get(subject) ?? {
			known,
			label: kind.settings[known.key]?.label ?? known.key,
			one: kind.noun.one,
			ids: new Set<string>(),
			works: [],
		};
		groups.set(subject, group);
		group.works.push(work);
		if (plan.do === 'set') group.ids.add(plan.id);
	}
	const shared = [...groups.values()].filter((group) => group.works.length > 1 && group.ids.size < 2);
	if (shared.length === 0) return undefined;
	const told = shared.slice(0, MOST).map(({ known, label, one, works: sharing }) => {
		const last = sharing.filter(({ outcome }) => 'value' in outcome).pop();
		const stand =
			last === undefined ? 'none of them was done' : `where they differ, the values of item ${last.index} stand`;
		return `${sharing.length} items have the ${label} ${shown(known.value)} and are about one ${one}: ${stand}.`;
	});
	const more = shared.length - told.length;
	return `${told.join(' ')}${more > 0 ? ` So it is with ${more} more.` : ''} Items are counted from 0.`;
}
