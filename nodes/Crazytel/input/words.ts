import { z } from 'zod';

/** What a message says: what happened, and what to do. */
export interface Parts {
	happened: string;
	/** Empty where it says nothing of that. */
	cure: string;
}

/** Takes a message apart at its line break; what is shown of a value has none. */
export function partsOf(message: string): Parts {
	const [happened = '', ...cure] = message.split('\n');
	return { happened, cure: cure.join(' ') };
}

/** Puts a message together that is taken apart again. */
export function messageOf({ happened, cure }: Parts): string {
	return cure === '' ? happened : `${happened}\n${cure}`;
}

/** A message whole, as it is read where there is one place for all of it. */
export function inOneLine(message: string): string {
	return message.replaceAll('\n', ' ');
}

/** What is asked of a schema here; the same in every zod that a host may have. */
interface Parses<Output> {
	safeParse(value: unknown): { success: true; data: Output } | { success: false };
}

/**
 * A schema whose refusals are in our words, which may show what was given. The versions of zod that n8n
 * has had compute messages in different ways, so none of those ways is used.
 *
 * @param words follow the field's name; called with the value as it was given
 */
export function withWords<Output>(schema: Parses<Output>, words: (value: unknown) => string) {
	return z.unknown().transform((value, context): Output => {
		const parsed = schema.safeParse(value);
		if (parsed.success) return parsed.data;
		context.addIssue({ code: 'custom', message: words(value) });
		return z.NEVER;
	});
}
