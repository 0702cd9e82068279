import { australianProblem, isAustralian, looksLikeService, nationalPart } from './australianNumber';
import { type Foreign, LONGEST_NUMBER, readForeign } from './countryCodes';
import { written, type Written } from './writtenNumber';

/** A number in the API's form, or the words that say what is wrong with it and what to do. */
export type ReadNumber = { number: string } | { problem: string };

/** A dropdown says with it that a number is exactly as the account has it, however odd. */
const AS_LISTED = /^verified:([^\p{Cc}]*\d[^\p{Cc}]*)$/u;

/** Without a plus, a shorter one may as well be an Australian number with a digit missing. */
const SHORTEST_WITHOUT_PLUS = 11;

/** So many zeros at the end of a spreadsheet's number are lost digits, more likely than not. */
const ROUNDED = /^\+?\d{4,}0{5}$/;

export const WAS_ROUNDED = 'was rounded by a spreadsheet';

/** Reads one phone number. @returns undefined when what is there is not the outline of one */
export function readNumber(value: unknown): ReadNumber | undefined {
	const asListed = typeof value === 'string' && value.length < 256 ? AS_LISTED.exec(value.trim())?.[1] : undefined;
	if (asListed !== undefined) return { number: asListed.trim() };
	const number = written(value);
	if (number === undefined) return undefined;
	const read = readWritten(number);
	const named = number.name.replace(/\D/g, '').length < 6 ? read : readNumber(number.name.replace(/^"(.*)"$/, '$1'));
	// In front of the address stands another number: which one is meant?
	if ('number' in read && (named === undefined || !('number' in named) || named.number !== read.number)) {
		return { problem: 'it holds two numbers.\nGive one of them.' };
	}
	return read;
}

function readWritten({ outline, compact, wasNumber }: Written): ReadNumber {
	if (wasNumber && ROUNDED.test(compact)) return { problem: WAS_ROUNDED };
	const digits = compact.replace(/^(?:\+|0011|00)/, '');
	// One more for the zero that is only dialled inside a country.
	if (digits.length > LONGEST_NUMBER + 1) {
		return {
			problem: `it has ${digits.length} digits, more than any number.\nIf it holds two numbers, give one of them.`,
		};
	}
	const abroad = /^(?:\+|0011|00)([1-9]\d*)$/.exec(compact)?.[1];
	if (abroad !== undefined) return readInternational(abroad, outline);
	if (compact.startsWith('+')) {
		return { problem: 'it has a plus in front of a zero.\nTake the plus away, or put +61 in the place of the zero.' };
	}
	if (compact.startsWith('61')) return readWith61(compact, outline);
	return readNational(compact, outline);
}

/** @param digits behind the plus, or the 00 or 0011 that stands for it */
function readInternational(digits: string, outline: string): ReadNumber {
	if (digits.startsWith('61')) return readWith61(digits);
	const foreign = readForeign(digits);
	// A plus that was put in front of a national number, whose zero a spreadsheet had dropped: +412345678.
	if (nationalPart(digits) !== undefined && ('problem' in foreign || !isSetApart(foreign.code, outline))) {
		return {
			problem:
				"Australia's 61 is missing behind the plus, or some digits of a foreign number are.\nPut in what is missing, or take the plus away.",
		};
	}
	return numberOf(foreign);
}

/** @param outline as it is written, where nothing but 61 says that it is Australian */
function readWith61(digits: string, outline = ''): ReadNumber {
	const national = digits.slice(2).replace(/^0(?=[2-8])/, '');
	// 6113 1114 is a number of Perth or Canberra without its area code, 61 13 11 14 is not.
	const isLocal = digits.length === 8 && /\D/.test(outline) && !isSetApart('61', outline);
	if (isAustralian(national) && !isLocal) return { number: `61${national}` };
	return { problem: isLocal ? australianProblem(digits, '') : australianProblem(national, '61') };
}

function readNational(digits: string, outline: string): ReadNumber {
	const national = nationalPart(digits);
	if (national !== undefined) return { number: `61${national}` };
	const isZeroed = digits.startsWith('0');
	if (isZeroed || looksLikeService(digits) || digits.length < SHORTEST_WITHOUT_PLUS - 2) {
		return { problem: australianProblem(isZeroed ? digits.slice(1) : digits, isZeroed ? '0' : '') };
	}
	const foreign = readForeign(digits);
	// By its groups 131 2345 6789 is from China, and not from Chicago with its 1.
	const isCertain =
		digits.length >= SHORTEST_WITHOUT_PLUS &&
		!('problem' in foreign) &&
		(!/\D/.test(outline) || isSetApart(foreign.code, outline));
	if (isCertain) return numberOf(foreign);
	return {
		problem:
			'it may be a foreign number without its plus, or an Australian one with a digit too many or missing.\nPut the plus in front, or correct it where it comes from.',
	};
}

function numberOf(foreign: Foreign): ReadNumber {
	if (!('problem' in foreign)) {
		const number = `${foreign.code}${foreign.rest}`;
		if (number.length >= 8) return { number };
		return { problem: 'it has too few digits.\nCorrect the number where it comes from.' };
	}
	if (foreign.problem === 'code') return { problem: 'no country has its code.\nCheck the digits behind the plus.' };
	const code = `+${foreign.code}`;
	if (foreign.problem === 'zero') return { problem: `no number begins with 0 after ${code}.\nTake the 0 away.` };
	return {
		problem: `it has digits ${foreign.problem === 'short' ? 'missing' : 'too many'} for ${code}.\nCorrect the number where it comes from.`,
	};
}

/** Whether a code is written apart from what follows it, so that it is certainly meant as one. */
function isSetApart(code: string, outline: string): boolean {
	return new RegExp(`^\\D*(?:0011|00)?\\D*${code}\\D`).test(outline);
}
