import { readPhoneNumber } from '../../input/phoneNumber';

/** Without case and accents, so that `cafe` is found in `Café`. */
export function folded(text: string): string {
	return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/**
 * What is found by a text that was typed into a list: a part of what the list shows, or the beginning of a number in
 * any form.
 *
 * @returns tells whether lines are found, the folded name first, behind it each form of a number on a line of its own
 */
export function matching(typed: string): (lines: string) => boolean {
	const wanted = folded(typed.trim());
	const number = readPhoneNumber(wanted);
	const digits = /^[\d\s()+.-]*$/.test(wanted) ? wanted.replace(/\D/g, '') : '';
	// Of digits without their grouping, the beginning.
	const beginnings = [digits, number].flatMap((part) => (part ? [`\n${part}`] : []));
	return (lines) => [wanted, ...beginnings].some((part) => lines.includes(part));
}

/** The lines by which a number is found. @param forms as people know it */
export function linesOfNumber(forms: readonly string[]): string {
	return [...forms, ...forms.map((form) => form.replace(/\D/g, ''))].map((form) => `\n${form}`).join('');
}
