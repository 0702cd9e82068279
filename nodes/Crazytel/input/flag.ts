import { z } from 'zod';

import { isEmpty } from './empty';
import { InvalidInput } from './invalidInput';
import { shown } from './shown';
import { withWords } from './words';

/** What spreadsheets, forms and databases write for on and off, in lower case. */
const WORDS: Readonly<Record<string, boolean>> = {
	true: true,
	yes: true,
	on: true,
	'1': true,
	'1.0': true,
	false: false,
	no: false,
	off: false,
	'0': false,
	'0.0': false,
};

/** What to do where a table leaves out a box that is not ticked. */
export const UNTICKED = 'for an unticked box write {{ $json.Active ?? false }}.';

const word = z
	.union([z.string(), z.number()])
	.transform((value) => String(value).trim().toLowerCase())
	.pipe(z.string().refine((text) => Object.hasOwn(WORDS, text)))
	.transform((text) => WORDS[text] === true);

/** A field that is on or off: a boolean, or a word or number that means one of them everywhere. */
export const flag = withWords(z.union([z.boolean(), word]), (value) => {
	const cure = isEmpty(value)
		? `An expression may have found nothing in this item: ${UNTICKED}`
		: // "Y" and "active" mean both in real exports, so the one who has them must say which is on.
			"Say in an expression which value means on, e.g. {{ $json.x === 'Active' }}.";
	return `must be true or false, and it is ${shown(value)}.\n${cure}`;
});

/** Whether a setting that is on or off is listed as it was, or would be, sent. */
export function isSameFlag(listed: unknown, sent: unknown): boolean {
	return listedFlag(listed) === sent;
}

/** Whether it can be told what a listed value of such a setting means; what is null was never set. */
export function isListedFlag(listed: unknown): boolean {
	return listedFlag(listed) !== undefined;
}

const LISTED: Readonly<Record<string, boolean>> = {
	enabled: true,
	active: true,
	disabled: false,
	inactive: false,
	suspended: false,
};

function listedFlag(listed: unknown): boolean | undefined {
	// As the API has it: asked for each item, and zod takes its time.
	if (typeof listed === 'boolean') return listed;
	const word = typeof listed === 'string' ? listed.trim().toLowerCase() : '';
	if (Object.hasOwn(LISTED, word)) return LISTED[word];
	const parsed = flag.safeParse(listed);
	return parsed.success ? parsed.data : undefined;
}

/**
 * Reads an option that is on or off.
 *
 * @param name the option as the editor shows it
 * @throws InvalidInput when it is neither
 */
export function readFlag(name: string, field: string, value: unknown): boolean {
	const parsed = flag.safeParse(value);
	if (parsed.success) return parsed.data;
	throw new InvalidInput([{ field, message: `${name} ${parsed.error.issues[0]?.message ?? ''}` }]);
}
