import type { Kind } from './kind';
import type { SetValues } from './plan';
import type { Work } from './work';

/**
 * Tells how many things were found and have kept their secrets, though new ones were made for the items. After a run
 * that ended half-way nobody may have them, and each item is a success.
 */
export function hintOfKeptSecrets(works: Work[]): string | undefined {
	const results = works.flatMap(({ outcome }) => ('value' in outcome ? [outcome.value] : []));
	// Of what this run has made, the output of the item that has made it shows them.
	const told = new Set(
		results.flatMap(
			({ made, kept }) =>
				made?.thing.id.toLowerCase() ?? (kept !== undefined && isShown(kept.plan) ? kept.id.toLowerCase() : []),
		),
	);
	const groups = new Map<Kind, { plan: SetValues; ids: Set<string> }>();
	for (const { kept } of results) {
		if (kept === undefined) continue;
		const id = kept.id.toLowerCase();
		if (told.has(id)) continue;
		const group = groups.get(kept.plan.kind) ?? { plan: kept.plan, ids: new Set<string>() };
		groups.set(kept.plan.kind, group);
		group.ids.add(id);
	}
	const sentences = [...groups].map(([kind, { plan, ids }]) => {
		const labels = Object.values(kind.settings).flatMap(({ isSecret, label }) => (isSecret ? [label] : []));
		const found =
			ids.size === 1
				? `1 ${kind.noun.one} was there already, and`
				: `${ids.size} ${kind.noun.many} were there already, and each`;
		return `${found} keeps the ${labels.join(', ')} that it has: the one that was generated for it was not set. ${plan.keepsSecrets}`;
	});
	return sentences.length === 0 ? undefined : sentences.join(' ');
}

/** In a later try an item shows what it has set in an earlier one. */
function isShown({ shown = {} }: SetValues): boolean {
	return Object.keys(shown).length > 0;
}
