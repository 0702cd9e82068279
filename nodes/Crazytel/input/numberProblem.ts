import { readNumber, WAS_ROUNDED } from './readNumber';
import { shown } from './shown';
import { plain } from './writtenNumber';

/** A longer text is no number with something beside it. */
const FIRST_OF_MANY = 256;

/** A spreadsheet's way to write a number that is wider than its column. */
const SCIENTIFIC = /^['\u2018\u2019]?\+?\d+(?:[.,]\d+)?e\+?\d+$/i;

/** Behind the number: `ext 12`, `x12`, `#12`, `;ext=12`, `,12`. */
const EXTENSION = /\d[\s)]*(?:[,;]?\s*(?:e?xt(?:ension|n)?|x|#|p|w|durchwahl)[\s.:=]*|,+\s*)\d{1,6}\s*$/i;

/** What stands between two numbers. */
const BETWEEN = /[,;/|&\n<>]|\s\+|\b(?:or|and)\b/i;

/** Why a value is not a phone number, in words that follow the field's name; they end with what to do. */
export function phoneNumberProblem(value: unknown): string {
	const problem = problemOf(value);
	if (problem === WAS_ROUNDED) {
		const kept = SCIENTIFIC.test(String(value))
			? ''
			: ' Should its zeros be right, give it as text, such as +61 2 9120 0000.';
		return `${shown(value)} was rounded by a spreadsheet, so its last digits are lost.\nFormat the column as text and export it again.${kept}`;
	}
	const refused = `${shown(value)} cannot be read as a phone number`;
	if (problem !== undefined) return `${refused}: ${problem}`;
	return `${refused}.\nUse a number such as 61291234567, +61 2 9123 4567 or 0412 345 678.`;
}

function problemOf(value: unknown): string | undefined {
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const text = plain(String(value).slice(0, FIRST_OF_MANY));
	if (SCIENTIFIC.test(text)) return WAS_ROUNDED;
	const read = readNumber(value);
	if (read !== undefined) return 'problem' in read ? read.problem : undefined;
	const numbers = text.split(BETWEEN).filter((part) => digitsIn(part) >= 6);
	if (numbers.length > 1) return 'it holds two numbers.\nGive one of them.';
	if (digitsIn(text) < 3 || String(value).length > FIRST_OF_MANY) return undefined;
	if (EXTENSION.test(text))
		return 'it has an extension, which a number that calls show cannot have.\nGive the number without it.';
	if (/^<?sips?:|@/i.test(text)) return 'it is a SIP address.\nGive the number alone.';
	if (/\p{L}/u.test(text)) {
		return /\d[^\p{L}]*\p{L}+$/u.test(text)
			? 'it has letters in it.\nGive the digits that they stand for on the keys of a telephone.'
			: 'it has letters in it.\nGive the number alone.';
	}
	return undefined;
}

function digitsIn(text: string): number {
	return text.replace(/\D/g, '').length;
}
