import { z } from 'zod';

import { shown } from '../../input/shown';
import { isMissingValue } from '../../input/text';
import { withWords } from '../../input/words';

/** The API's limit (docs/crazytel-api.md#sms). Counted as Python, in which that service is written, counts: an emoji may be one. */
export const MOST_CHARACTERS = 1_600;

/** All but the tab and the ends of a line. */
const CONTROL = /(?![\t\n\r])[\p{Cc}\p{Cs}]/u;

/** The text of a message, as it was written: its spaces and line breaks are part of it. */
export const messageText = withWords(
	z
		.union([z.string(), z.number().finite()])
		.transform(String)
		.pipe(z.string().refine((text) => problemOf(text) === undefined)),
	(value) => (typeof value === 'string' ? problemOf(value) : undefined) ?? `must be text, and it is ${shown(value)}.`,
);

function problemOf(text: string): string | undefined {
	const { length } = Array.from(text);
	if (length > MOST_CHARACTERS)
		return `has ${length} characters, more than the ${MOST_CHARACTERS} that Crazytel sends.\nShorten it, or send it in two.`;
	if (isMissingValue(text)) {
		return `${shown(text)} is what stands for a missing value, not a text.\nLook at the item's input, and give the text.`;
	}
	if (!CONTROL.test(text)) return undefined;
	return `${shown(text)} has a control character, or half of an emoji.\nTake it out; line breaks and tabs may stay.`;
}
