import { z } from 'zod';

import { InvalidInput } from './invalidInput';
import { shown } from './shown';
import { withWords } from './words';

const word = z
	.string()
	.transform((text) => text.trim().toLowerCase())
	.pipe(z.enum(['true', 'false']))
	.transform((text) => text === 'true');

/** A field that is on or off: a boolean, or the word true or false as spreadsheets hold it. */
export const flag = withWords(
	z.union([z.boolean(), word]),
	(value) => `must be true or false, and it is ${shown(value)}.`,
);

/** Whether a setting that is on or off is listed as it was, or would be, sent. */
export function isSameFlag(listed: unknown, sent: unknown): boolean {
	return (sent === true ? ['true', '1'] : ['false', '0']).includes(String(listed).toLowerCase());
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
