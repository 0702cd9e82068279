import { normalForm } from '../input/normalForm';

/** A text that was cut is at least so long; a shorter one that begins alike is another name. */
const SHORTEST_CUT = 24;

/** What a service that cannot store a character puts in its place. */
const REPLACED = '[?\\uFFFD_*.\\\\\'"` -]{0,4}';

/** Characters that are lost, replaced or written otherwise by services that are not made for them. */
const FRAGILE = /[^\x20-\x7e]|[&<>"'`\\]/u;

/** The texts of a list, so that near ones are found without comparing each with each. */
export interface NearForms<Thing> {
	/** Those whose text may be what a service has made of this one: in another case, damaged, or cut short. */
	of(text: string): Thing[];
}

/** @param entries things by their texts; one without a text is near to nothing */
export function nearFormsOf<Thing>(entries: Array<readonly [text: string, thing: Thing]>): NearForms<Thing> {
	const forms = entries.map(([text, thing]) => ({ form: normalForm(text), thing })).filter(({ form }) => form !== '');
	const bySkeleton = new Map<string, typeof forms>();
	for (const entry of forms) {
		for (const skeleton of skeletonsOf(entry.form)) {
			const alike = bySkeleton.get(skeleton);
			if (alike === undefined) bySkeleton.set(skeleton, [entry]);
			else alike.push(entry);
		}
	}
	const longest = forms.reduce((most, { form }) => Math.max(most, form.length), 0);
	/** Only the longest of a list can have been cut by a limit. */
	const cut = longest < SHORTEST_CUT ? [] : forms.filter(({ form }) => form.length === longest);
	return {
		of(text) {
			const wanted = normalForm(text);
			const alike = skeletonsOf(wanted)
				.flatMap((skeleton) => bySkeleton.get(skeleton) ?? [])
				.filter(({ form }) => form.toLowerCase() === wanted.toLowerCase() || isDamaged(wanted, form));
			const beginning = cut.filter(({ form }) => wanted.length > longest && folded(wanted).startsWith(folded(form)));
			return [...new Set([...alike, ...beginning].map(({ thing }) => thing))];
		},
	};
}

/** What no service loses of a text, where it drops letters with marks, and where it drops the marks. */
function skeletonsOf(form: string): string[] {
	const bare = (of: string) => of.toLowerCase().replace(/[^a-z0-9]/g, '');
	return [...new Set([bare(form), bare(folded(form))])];
}

/** In one case, letters without their marks. */
function folded(form: string): string {
	return form.toUpperCase().normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Whether a text may be what is left of a whole one whose fragile characters were lost or replaced. */
function isDamaged(whole: string, left: string): boolean {
	if (!FRAGILE.test(whole)) return false;
	// UTF-8 that was read as Latin-1.
	if (normalForm(Buffer.from(whole, 'utf8').toString('latin1')) === left) return true;
	const characters = Array.from(whole);
	const isFragile = characters.map((character) => FRAGILE.test(character));
	const pattern = characters.map((character, at) => {
		// What stood alone between spaces leaves one of them behind, or none at an end.
		if (character === ' ') return isFragile[at - 1] || isFragile[at + 1] ? ' ?' : ' ';
		if (!isFragile[at]) return escaped(character);
		const bare = folded(character);
		return `(?:${REPLACED}|${escaped(/^[a-z0-9]+$/.test(bare) ? bare : character)})`;
	});
	return new RegExp(`^${pattern.join('')}$`, 'iu').test(left);
}

function escaped(character: string): string {
	return character.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
