import { z } from 'zod';

import { phoneNumberProblem } from './numberProblem';
import { readNumber } from './readNumber';
import { shown } from './shown';
import { withWords } from './words';

/** A number in the API's form: country code first, digits only, e.g. `61291234567`; or one exactly as the account has it. */
export type PhoneNumber = string;

/**
 * Reads a phone number in any of the forms people have it: `+61 2 9123 4567`, `(02) 9123 4567`,
 * `0412 345 678`, `61291234567`, a spreadsheet's number, the zero lost or not.
 *
 * @param value what the field holds
 * @returns the number in the API's form, or undefined when it cannot be read without guessing
 */
export function readPhoneNumber(value: unknown): PhoneNumber | undefined {
	const read = readNumber(value);
	return read !== undefined && 'number' in read ? read.number : undefined;
}

/**
 * Reads a number that the account lists. What stands there is right, however odd, and was not rounded.
 *
 * @returns it in the API's form where that is certain, else as it stands there
 */
export function readListedNumber(listed: string | number): PhoneNumber {
	return readPhoneNumber(String(listed)) ?? String(listed).trim();
}

/** The value of a dropdown for a number that the account lists; a field that holds it is read as that very number. */
export function choiceOf(number: PhoneNumber): string {
	// A foreign number is only unmistakable with its plus.
	const usual = number.startsWith('61') ? number : `+${number}`;
	return readPhoneNumber(usual) === number ? usual : `verified:${number}`;
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
		? `${shown(value)} cannot send SMS: an SMS sender is an Australian mobile number.\nUse one that starts with 614, e.g. 61412345678.`
		: phoneNumberProblem(value),
);

/** An Australian number that is none of a mobile. */
const NO_MOBILE = /^61(?![45])/;

/**
 * A field that holds the recipient of an SMS: a mobile number of Australia, or any of another country, in the API's form
 * (docs/crazytel-api.md#sms).
 */
export const smsRecipient = withWords(
	readable.refine((number) => /^\d+$/.test(number) && !NO_MOBILE.test(number)),
	(value) =>
		NO_MOBILE.test(readPhoneNumber(value) ?? '')
			? `${shown(value)} is no mobile number, and in Australia only those get SMS.\nUse one that begins with 04, such as 0412 345 678.`
			: phoneNumberProblem(value),
);

/** Whether a number in the API's form can be an SMS sender. */
export function isSmsSender(number: PhoneNumber): boolean {
	return number.startsWith('614');
}

/** Whether a number is listed as it was, or would be, sent; lists may write it in another way. */
export function isSameNumber(listed: unknown, sent: unknown): boolean {
	if (typeof listed !== 'string' && typeof listed !== 'number') return false;
	return String(listed).trim() === String(sent) || readListedNumber(listed) === readPhoneNumber(sent);
}

/** Whether it can be told which number is listed, or that none is. */
export function isListedNumber(listed: unknown): boolean {
	return (
		listed === null || listed === '' || readPhoneNumber(listed) !== undefined || /^\+?\d+$/.test(String(listed).trim())
	);
}
