import { normalForm } from '../input/normalForm';

/** A text that was cut is at least so long; a shorter one that begins alike is another name. */
const SHORTEST_CUT = 24;

/** What a service that cannot store a character puts in its place, and how many of them at most. */
const REPLACED = /[?\uFFFD_*.\\'"` -]/;
const MOST_REPLACED = 4;

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
	const bySkeleton = new Map<number, typeof forms>();
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
function skeletonsOf(form: string): number[] {
	// As most are; then there are no marks.
	if (!/[^\x20-\x7e]/.test(form)) return [skeletonOf(form)];
	return [...new Set([skeletonOf(form), skeletonOf(folded(form))])];
}

/** Its letters and digits as one number, as of a long list each text is looked at; who finds by it compares. */
function skeletonOf(form: string): number {
	const text = form.toLowerCase();
	let skeleton = 0;
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		const isKept = (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39);
		if (isKept) skeleton = (Math.imul(skeleton, 31) + code) & 0x3fffffff;
	}
	return skeleton;
}

/** In one case, letters without their marks. */
function folded(form: string): string {
	return form.toUpperCase().normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Whether a text may be what is left of a whole one whose fragile characters were lost or replaced. */
function isDamaged(whole: string, left: string): boolean {
	if (!FRAGILE.test(whole)) return false;
	// UTF-8 that was read as Latin-1.
	if (normalForm(Buffer.from(whole).toString('latin1')) === left) return true;
	const characters = Array.from(whole.toLowerCase());
	const isFragile = characters.map((character) => FRAGILE.test(character));
	const rest = left.toLowerCase();
	/** So much of what is left may be used up by the characters so far: all ways at once, so that none is tried twice. */
	let ends = new Set([0]);
	for (const [at, character] of characters.entries()) {
		const next = new Set<number>();
		for (const end of ends) {
			const forms = isFragile[at] ? [character, folded(character)] : [character];
			for (const form of forms) if (rest.startsWith(form, end)) next.add(end + form.length);
			// What stood alone between spaces leaves one of them behind, or none at an end.
			if (character === ' ' && (isFragile[at - 1] || isFragile[at + 1])) next.add(end);
			for (let more = 0; isFragile[at] && more <= MOST_REPLACED; more++) {
				next.add(end + more);
				if (!REPLACED.test(rest.charAt(end + more))) break;
			}
		}
		ends = next;
	}
	return ends.has(rest.length);
}
