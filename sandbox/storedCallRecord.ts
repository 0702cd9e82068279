import { z } from 'zod';
import { explain } from './explain';

const schema = z.array(
	z
		.object({
			/** When it was set up, milliseconds since 1970; null is a record without it. */
			at: z.number().int().nullable(),
			type: z.enum(['voice', 'did', 'smsin', 'smsout']),
			/** The trunk's username, or the extension. */
			extension: z.string(),
			/** The other columns. */
			columns: z.record(z.unknown()).default({}),
		})
		.strict(),
);

/** A call or a message as the account holds it. */
export type StoredCallRecord = z.infer<typeof schema>[number];

/** @throws Error with a sentence that says what is wrong */
export function readCallRecords(body: unknown): StoredCallRecord[] {
	const result = schema.safeParse(body);
	if (!result.success) throw new Error(explain('the call records', result.error));
	return result.data;
}
