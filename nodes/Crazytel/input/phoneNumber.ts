import { z } from 'zod';

import { shown } from './shown';
import { withWords } from './words';

/** A number in the API's form: country code first, digits only, e.g. `61291234567`. */
export type PhoneNumber = string;

const LONGEST_INPUT = 64;

/** Spaces of every width, hyphens and dashes, dots and brackets: how people group digits. */
const GROUPING = /[\p{Zs}\t.()\-\u2010-\u2015]/gu;

/** Marks that come along, unseen, when a number is copied from a web page or a contact card. */
const INVISIBLE = /[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g;

/** A number begins with its plus, a bracket or a digit, and ends with a digit. */
const OUTLINE = /^[+(\d].*\d$/s;

/** After 61: nine digits, or a 1300 or 1800 number. */
const AUSTRALIAN = /^61(?:(?!1[38]00)[1-8]\d{8}|1[38]00\d{6})$/;

/** The part after the zero; without the zero, which spreadsheets drop, only a landline or a mobile. */
const NATIONAL = /^(?:0([1-8]\d{8})|([23478]\d{8}))$/;

/** 1300 and 1800 numbers have no zero to dial first. */
const SERVICE = /^1[38]00\d{6}$/;

/** E.164: at most 15 digits, and no country code begins with 0. */
const INTERNATIONAL = /^[1-9]\d{7,14}$/;

/** Without a plus, a shorter one may as well be an Australian number with a digit missing. */
const SHORTEST_WITHOUT_PLUS = 11;

/**
 * Reads a phone number in any of the forms people have it: `+61 2 9123 4567`, `(02) 9123 4567`,
 * `0412 345 678`, `61291234567`, a spreadsheet's number, the zero lost or not.
 *
 * @param value what the field holds
 * @returns the number in the API's form, or undefined when it cannot be read without guessing
 */
export function readPhoneNumber(value: unknown): PhoneNumber | undefined {
	const text = asText(value);
	if (text === undefined || text.length > LONGEST_INPUT) return undefined;
	const outline = text.replace(INVISIBLE, '').trim();
	if (!OUTLINE.test(outline)) return undefined;
	// "+61 (0)2": the zero in brackets is only dialled inside the country.
	const compact = outline.replace(/^(\+ ?61) ?\(0\)/, '$1').replace(GROUPING, '');
	const international = /^(?:\+|0011|00)([1-9]\d*)$/.exec(compact)?.[1];
	if (international !== undefined) return checkedInternational(international);
	const [, withZero, withoutZero] = NATIONAL.exec(compact) ?? [];
	const national = withZero ?? withoutZero ?? SERVICE.exec(compact)?.[0];
	if (national !== undefined) return `61${national}`;
	return compact.length >= SHORTEST_WITHOUT_PLUS ? checkedInternational(compact) : undefined;
}

function checkedInternational(digits: string): PhoneNumber | undefined {
	if (digits.startsWith('61')) return AUSTRALIAN.test(digits) ? digits : undefined;
	return INTERNATIONAL.test(digits) ? digits : undefined;
}

function asText(value: unknown): string | undefined {
	if (typeof value === 'string') return value;
	return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : undefined;
}

/** Why a value is not a phone number, in words that follow the field's name. */
function phoneNumberProblem(value: unknown): string {
	const wanted = 'Use a number such as 61291234567, +61 2 9123 4567 or 0412 345 678.';
	if (typeof value === 'string' && /^\s*\d[.,]\d+e\+?\d+\s*$/i.test(value)) {
		return `${shown(value)} was rounded by a spreadsheet, so its last digits are lost. Format the column as text and export it again.`;
	}
	return `${shown(value)} cannot be read as a phone number. ${wanted}`;
}

const readable = z
	.union([z.string(), z.number()])
	.transform((value) => readPhoneNumber(value))
	.pipe(z.string());

/** A field that holds a phone number; parses to a {@link PhoneNumber}. */
export const phoneNumber = withWords(readable, phoneNumberProblem);

/**
 * A field that holds an SMS sender: an Australian mobile number, in the API's form 614…
 * (docs/crazytel-api.md#sip-trunk).
 */
export const smsSender = withWords(readable.refine(isSmsSender), (value) =>
	readable.safeParse(value).success
		? `${shown(value)} cannot send SMS: an SMS sender is an Australian mobile number and starts with 614, e.g. 61412345678.`
		: phoneNumberProblem(value),
);

/** Whether a number in the API's form can be an SMS sender. */
export function isSmsSender(number: PhoneNumber): boolean {
	return number.startsWith('614');
}

/** Whether a number is listed as it was, or would be, sent; lists may write it in another way. */
export function isSameNumber(listed: unknown, sent: unknown): boolean {
	const number = readPhoneNumber(sent);
	return String(listed ?? '').trim() === String(sent) || (number !== undefined && readPhoneNumber(listed) === number);
}
