import { z } from 'zod';

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
