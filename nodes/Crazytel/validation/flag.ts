import { z } from 'zod';

import { shown } from './shown';

/** A field that is on or off: a boolean, or the word true or false as spreadsheets hold it. */
export const flag = z.any().transform((value, context): boolean => {
	if (typeof value === 'boolean') return value;
	const word = typeof value === 'string' ? value.trim().toLowerCase() : undefined;
	if (word === 'true' || word === 'false') return word === 'true';
	context.addIssue({ code: 'custom', message: `must be true or false, and it is ${shown(value)}.` });
	return false;
});
