import { z } from 'zod';

import { shown } from './shown';

/** No limit is documented; a longer text is a pasted document, not a name. */
const LONGEST_DESCRIPTION = 1000;

/** A field that holds a trunk's description: one line of text, or a number such as a customer's. */
export const description = z.any().transform((value, context): string => {
	const usable = typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
	if (!usable) {
		context.addIssue({ code: 'custom', message: `must be text, and it is ${shown(value)}.` });
		return '';
	}
	const text = String(value).trim();
	if (text.length > LONGEST_DESCRIPTION) {
		context.addIssue({
			code: 'custom',
			message: `has ${text.length} characters, more than the ${LONGEST_DESCRIPTION} that this node sends. Shorten it.`,
		});
	}
	if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(text)) {
		context.addIssue({
			code: 'custom',
			message: `${shown(text)} has a line break or another control character. Make it one line of text.`,
		});
	}
	return text;
});
