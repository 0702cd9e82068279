/** A number as dialled in Australia, without the zero in front: nine digits, or a 13, 1300 or 1800 number. */
const AUSTRALIAN = /^(?:(?!1[38])[1-8]\d{8}|1[38]00\d{6}|13(?!00)\d{4}|1345[0-4]\d{3})$/;

/** These are dialled without a zero. */
const SERVICE = /^1[38]/;

/** Without their zero, which spreadsheets drop, only these are recognised: landlines and mobiles. */
const WITHOUT_ZERO = /^[23478]\d{8}$/;

/** Whether these digits follow 61 in a number of Australia. */
export function isAustralian(national: string): boolean {
	return AUSTRALIAN.test(national);
}

/** Whether what follows 61 is dialled without a zero in Australia. */
export function isService(national: string): boolean {
	return SERVICE.test(national);
}

/** What follows 61, from a number as it is dialled in Australia, the zero lost or not. */
export function nationalPart(digits: string): string | undefined {
	const national = digits.startsWith('0') ? digits.slice(1) : digits;
	if (isService(national)) return isAustralian(digits) ? digits : undefined;
	if (digits.startsWith('0')) return isAustralian(national) ? national : undefined;
	return WITHOUT_ZERO.test(digits) ? digits : undefined;
}

/** Whether this is meant to be a 1300, 1800 or 1900 number, right or wrong. */
export function looksLikeService(digits: string): boolean {
	return /^1[389]00/.test(digits);
}

/**
 * What is wrong with a number that is meant to be Australian; ends with what to do.
 *
 * @param national without 61 and without the zero
 * @param prefix what stood in front
 */
export function australianProblem(national: string, prefix: '61' | '0' | ''): string {
	if (/^1900/.test(national)) return 'it is a premium number, which makes no calls.\nGive another number.';
	const [sort, wanted] = looksLikeService(national)
		? [`a ${national.slice(0, 4)} number`, 10]
		: national.startsWith('13')
			? ['a 13 number', 6]
			: ['an Australian number', 9];
	const beyond = national.length - wanted;
	if (beyond === 0) return 'no Australian number begins like this.\nCorrect the number where it comes from.';
	if (beyond === -1 && wanted === 9 && prefix !== '0' && /^[2-9]/.test(national)) {
		return national.startsWith('4')
			? 'it has no area code, or a digit missing if it is a mobile number.\nPut 02, 03, 07 or 08 in front, or the digit in.'
			: 'it has no area code.\nPut 02, 03, 07 or 08 in front.';
	}
	if (beyond < -3) return 'it has too few digits.\nCorrect the number where it comes from.';
	const count = Math.abs(beyond) === 1 ? 'a digit' : `${Math.abs(beyond)} digits`;
	return `it has ${count} ${beyond > 0 ? 'too many' : 'missing'} for ${sort}.\nCorrect the number where it comes from.`;
}
