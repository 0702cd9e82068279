/** A phone number as somebody has written it, and nothing around it. */
export interface Written {
	/** It begins with its plus, a bracket or a digit, and ends with a digit. */
	outline: string;
	/** The same without what groups its digits: digits only, perhaps behind a plus. */
	compact: string;
	/** A spreadsheet held it as a number, so it may have been rounded. */
	wasNumber: boolean;
	/** The name in front of `<…>`. */
	name: string;
}

const LONGEST_NUMBER_TEXT = 64;

/** A name and an address beside it. */
const LONGEST_TEXT = 256;

/** Spaces of every width, dashes and the minus sign, dots and brackets: how people group digits. */
const GROUPING = /[\p{Zs}\t.()\p{Pd}\u2212]/gu;

/** Marks that come along, unseen, when a number is copied from a web page or a contact card. */
const INVISIBLE = /\p{Cf}/gu;

/** What East Asian keyboards write for digits, plus, brackets, hyphen and dot. */
const FULLWIDTH = /[\uFF0B\uFF08\uFF09\uFF0D\uFF0E\uFF10-\uFF19]/g;

/** `"Acme" <0291234567>`, as in a SIP header, with the header's parameters. */
const NAMED = /^([^<>\p{Cc}]*)<([^<>]*)>(?:;[^<>\s]*)?$/u;

/** Only with its plus is what stands before the @ a phone number for certain, and no login. */
const SIP_ADDRESS = /^sips?:(\+[\d.()-]+)@[^\s@]+$/i;

/** How a number stands in a link. */
const LINK = /^tel:(?:\/\/)?/i;

/** What a table of text has around each value. */
const QUOTED = /^(["'])([^"']*)\1$/;

/** An apostrophe with which spreadsheets mark text. */
const TEXT_MARK = /^['\u2018\u2019]/;

/** What is left of a list, or of the end of a sentence. */
const LIST_END = /(?:\s*[,;])+$|\.$/;

const OUTLINE = /^[+(\d].*\d$/s;

/** A whole number that a spreadsheet or a program has written as a fraction. */
const FRACTION = /^(\+?\d+)[.,]0+$/;

/**
 * Takes away what comes along with a number: a name in front of it, a link's scheme, invisible marks,
 * the ends of a list, a fraction of zero.
 *
 * @returns undefined when what is left cannot be one number
 */
export function written(value: unknown): Written | undefined {
	const text = textOf(value);
	if (text === undefined || text.length > LONGEST_TEXT) return undefined;
	const [, name = '', address = text] = NAMED.exec(text.trim()) ?? [];
	if (address.length > LONGEST_NUMBER_TEXT) return undefined;
	const bare = plain(address)
		.replace(SIP_ADDRESS, '$1')
		.replace(QUOTED, '$2')
		.replace(TEXT_MARK, '')
		.replace(LINK, '')
		.trim()
		.replace(LIST_END, '');
	const outline = bare.replace(FRACTION, '$1');
	// Behind groups, a last zero may be a fraction or a digit.
	if (!OUTLINE.test(outline) || /[^\d].*\.0$/s.test(outline)) return undefined;
	const compact = outline.replace(GROUPING, '');
	if (!/^\+?\d+$/.test(compact)) return undefined;
	return { outline, compact, wasNumber: typeof value === 'number' || outline !== bare, name: name.trim() };
}

/** A value with its invisible characters gone, and fullwidth ones as everybody writes them. */
export function plain(text: string): string {
	return text
		.replace(INVISIBLE, '')
		.replace(FULLWIDTH, (character) => character.normalize('NFKC'))
		.trim();
}

function textOf(value: unknown): string | undefined {
	if (typeof value === 'string') return value;
	return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : undefined;
}
