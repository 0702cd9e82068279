import { randomInt } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from '../../input/invalidInput';
import type { Item } from '../../run/item';
import { passwordProblems } from '../shared/trunks/password';
import type { TrunkSettings } from '../shared/trunks/settings';

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
	/** As given; it has yet to be read. */
	given: unknown;
	isGenerated: boolean;
	/** @throws InvalidInput when an expression has put an unknown word into Password Source */
	check(): void;
}

/** Takes the password of an item; an unknown source is told by `check`, so that other fields are read all the same. */
export function newPasswordOf(item: Item): NewPassword {
	const source = item.parameter('passwordSource');
	if (source === 'enter') return { given: item.parameter('password'), isGenerated: false, check: () => {} };
	return {
		given: generatePassword(),
		isGenerated: true,
		check() {
			if (source === 'generate') return;
			throw new InvalidInput([
				// Not shown: a password that was put into the wrong field would stand in the error.
				{ field: 'passwordSource', message: 'Password Source is neither generate nor enter.\nUse one of them.' },
			]);
		},
	};
}

/** What to do with the passwords in the output. */
const GENERATED =
	'Generated passwords are shown only here and cannot be read later. Hand them on in the next node, or copy them now.';

/** What a plan tells of a password that was generated. */
export function toldOfGenerated({ isGenerated }: NewPassword): { shownOnce?: string } {
	return isGenerated ? { shownOnce: GENERATED } : {};
}

/** What the output shows of a password; it is lost otherwise where it was generated. */
export function shownPassword({ password }: TrunkSettings, isShown: boolean): IDataObject | undefined {
	return isShown && password !== undefined ? { password } : undefined;
}
