import { shown } from '../input/shown';
import { formOf } from './collection';
import type { Kind } from './kind';
import type { Beside } from './plan';
import type { Work } from './work';

/** So many of them are named. */
const MOST = 5;

/** Tells which things were made beside others that look like them: it is allowed, and most often a workflow that has run twice. */
export function hintOfBeside(works: Work[]): string | undefined {
	const groups = new Map<Kind, { first: Beside; all: Beside[]; isDryRun: boolean }>();
	/** The first item of this run with each name. */
	const firsts = new Map<string, number>();
	for (const [index, { prepared, outcome }] of works.entries()) {
		const plan = 'value' in prepared && 'value' in outcome ? prepared.value.plan : undefined;
		if (plan?.do !== 'make' || plan.beside === undefined) continue;
		const { kind, beside, isDryRun } = plan;
		const name = `${kind.name} ${formOf(kind.keys[beside.key] ?? {}, beside.value)}`;
		const first = firsts.get(name);
		if (first === undefined) firsts.set(name, index);
		if (beside.names === '' && first === undefined) continue;
		const group = groups.get(kind) ?? { first: beside, all: [], isDryRun };
		groups.set(kind, group);
		group.all.push({ ...beside, names: beside.names === '' ? `that of item ${first}` : beside.names });
	}
	const sentences = [...groups].map(([{ noun, settings }, { first, all, isDryRun }]) => {
		const { key, cure } = first;
		const named = [...new Set(all.map(({ value, names }) => `${shown(value)} (${names})`))];
		const more = named.length - MOST;
		const items = all.length === 1 ? '1 item' : `${all.length} items`;
		return `For ${items} there was a ${noun.one} with the same ${settings[key]?.label ?? key} already, and another one ${
			isDryRun ? 'would be' : 'was'
		} created: ${named.slice(0, MOST).join(', ')}${more > 0 ? ` and ${more} more` : ''}. ${cure}`;
	});
	return sentences.length === 0 ? undefined : sentences.join(' ');
}
