/** What HTML writes for characters that it uses itself; services escape these before they store a text. */
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** A text may be escaped once by each of several parts of a service. */
const MOST_ESCAPES = 3;

/** Format characters and variation selectors: nobody sees them, and services drop them. */
const INVISIBLE = /[\p{Cf}\uFE00-\uFE0F]/gu;

/**
 * A text in the form in which two that look alike are equal: Unicode NFC, without invisible characters,
 * every run of white space one space, HTML's entities decoded. Letters keep their case.
 */
export function normalForm(text: string): string {
	// As most texts are.
	if (!/[^\x20-\x7e]|&| {2}/.test(text)) return text.trim();
	return decoded(text).replace(INVISIBLE, '').normalize('NFC').replace(/\s+/gu, ' ').trim();
}

function decoded(text: string): string {
	let before = text;
	for (let escapes = 0; escapes < MOST_ESCAPES; escapes++) {
		const after = before.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi, decodedEntity);
		if (after === before) break;
		before = after;
	}
	return before;
}

function decodedEntity(entity: string, decimal?: string, hexadecimal?: string, name?: string): string {
	if (name !== undefined) return NAMED[name.toLowerCase()] ?? entity;
	const point = decimal === undefined ? parseInt(hexadecimal ?? '', 16) : Number(decimal);
	return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : entity;
}

/** Whether a listed text, which may be missing, looks the same as one that is, or was, sent. */
export function isSameText(listed: unknown, sent: unknown): boolean {
	return normalForm(String(listed ?? '')) === normalForm(String(sent));
}
