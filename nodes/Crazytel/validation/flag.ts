import { z } from 'zod';

import { InvalidInput } from './invalidInput';
import { shown } from './shown';

/** A field that is on or off: a boolean, or the word true or false as spreadsheets hold it. */
export const flag = z.any().transform((value, context): boolean => {
	if (typeof value === 'boolean') return value;
	const word = typeof value === 'string' ? value.trim().toLowerCase() : undefined;
	if (word === 'true' || word === 'false') return word === 'true';
	context.addIssue({ code: 'custom', message: `must be true or false, and it is ${shown(value)}.` });
	return false;
});

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
