import { isAustralian, isService } from './australianNumber';
import { readForeign } from './countryCodes';
import { choiceOf, type PhoneNumber } from './phoneNumber';
import { shown } from './shown';

/** How the digits behind 61 are grouped. */
const GROUPS: Array<[pattern: RegExp, grouped: string]> = [
	[/^(1[38]00)(\d{3})(\d{3})$/, '$1 $2 $3'],
	[/^(1345)(\d{4})$/, '$1 $2'],
	[/^(13)(\d{2})(\d{2})$/, '$1 $2 $3'],
	[/^([45]\d{2})(\d{3})(\d{3})$/, '$1 $2 $3'],
	[/^(\d)(\d{4})(\d{4})$/, '$1 $2 $3'],
];

/**
 * A number in the forms that people know it by, each once, e.g. `02 9123 4567`, `+61 2 9123 4567`, `61291234567`.
 *
 * @param number in the API's form, or as the account has it
 * @returns the most usual form first; of an odd one that no country has, only what stands there
 */
export function formsOf(number: PhoneNumber): [string, ...string[]] {
	const national = number.slice(2);
	if (number.startsWith('61') && isAustralian(national)) {
		const grouped = GROUPS.reduce((digits, [pattern, groups]) => digits.replace(pattern, groups), national);
		return [isService(national) ? grouped : `0${grouped}`, `+61 ${grouped}`, number];
	}
	// How its digits are grouped, every country decides for itself.
	const foreign = choiceOf(number) === `+${number}` ? readForeign(number) : undefined;
	if (foreign !== undefined && !('problem' in foreign)) return [`+${foreign.code} ${foreign.rest}`, number];
	return [/^\d{1,15}$/.test(number) ? number : shown(number)];
}

/** The form in which a list shows a number, e.g. `+61 2 9123 4567`: the one with a plus, where there is one. @param forms as above */
export function shownInLists(forms: [string, ...string[]]): string {
	return forms.find((form) => form.startsWith('+')) ?? forms[0];
}
