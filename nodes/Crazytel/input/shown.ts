const LONGEST = 40;

/**
 * A value as an error message may show it: one line, quoted, at most 40 characters of it.
 * Never call it with a secret.
 */
export function shown(value: unknown): string {
	if (value === null || value === undefined) return 'nothing';
	if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'an object';
	return `'${oneLine(String(value), LONGEST)}'`;
}

/** A text as one line may show it, at most so many characters of it. Never call it with a secret. */
export function oneLine(text: string, longest: number): string {
	const characters = Array.from(text.slice(0, longest + 1), visible);
	const cut = characters.length > longest ? [...characters.slice(0, longest), '…'] : characters;
	return cut.join('');
}

/** @returns e.g. `'CT123456 · Sales' (3f2b8c1e-…)`, or the id alone where nobody has called it otherwise */
export function shownId(id: string, called: string | undefined): string {
	return called === undefined ? `'${id}'` : `${shown(called)} (${id})`;
}

/** Control and formatting characters become their code, so that nobody hunts for an invisible one. */
function visible(character: string): string {
	return /[\p{C}\p{Zl}\p{Zp}]/u.test(character)
		? `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`
		: character;
}
