import { randomInt } from 'node:crypto';

import type { Item } from '../../run/item';
import { InvalidInput } from '../../validation/invalidInput';
import { passwordProblems } from '../../validation/password';

/** 24 characters of 55: about 138 bits. */
const LENGTH = 24;

/**
 * Letters and digits only: punctuation is awkward on a desk phone's keypad and special in SIP
 * headers and provisioning files. Without 0 O o, 1 I l i, which are mistaken for each other on paper.
 */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789';

/** Makes a password that meets the API's rule. @returns 24 letters and digits, each drawn alike */
export function generatePassword(): string {
	for (;;) {
		const password = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
		// Drawing again keeps every password that meets the rule equally likely.
		if (passwordProblems(password).length === 0) return password;
	}
}

/** What the item's Password Source asks for. */
export interface NewPassword {
	/** As given; validation has yet to see it. */
	password: unknown;
	isGenerated: boolean;
}

/** @throws InvalidInput when an expression has put an unknown word into Password Source */
export function takePassword(item: Item): NewPassword {
	const source = item.parameter('passwordSource');
	if (source === 'generate') return { password: generatePassword(), isGenerated: true };
	if (source === 'enter') return { password: item.parameter('password'), isGenerated: false };
	throw new InvalidInput([
		// Not shown: a password that was put into the wrong field would stand in the error.
		{ field: 'passwordSource', message: 'Password Source is neither generate nor enter. Use one of them.' },
	]);
}
