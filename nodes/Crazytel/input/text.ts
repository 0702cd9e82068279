import { z } from 'zod';

import { shown } from './shown';
import { withWords } from './words';

/** A field that holds text, or a number such as a customer's; space around it goes. */
export const text = withWords(
	z.union([z.string(), z.number().finite()]).transform((value) => String(value).trim()),
	(value) => `must be text, and it is ${shown(value)}.`,
);

/** What programs write where there was no value; as a text it is nobody's name. */
const NO_VALUE = /^(?:null|undefined|\[object object\])$/i;

/** A field that holds one line of text. @param longest a longer one is a pasted document */
export function lineOfText(longest: number) {
	return text.pipe(
		z.string().superRefine((line, context) => {
			const problem = problemOf(line, longest);
			if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
		}),
	);
}

/** Whether a text is what programs write where there was no value. */
export function isMissingValue(text: string): boolean {
	return NO_VALUE.test(text.trim());
}

function problemOf(line: string, longest: number): string | undefined {
	if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(line)) {
		return `${shown(line)} has a line break or another control character.\nMake it one line of text.`;
	}
	if (isMissingValue(line)) {
		return `${shown(line)} is what stands for a missing value, not a text.\nLook at the item's input, and give the text, or leave the field out.`;
	}
	if (line.length <= longest) return undefined;
	return `has ${line.length} characters, more than the ${longest} that this node sends.\nShorten it.`;
}
