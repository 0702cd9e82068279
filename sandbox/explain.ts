import type { ZodError } from 'zod';

/**
 * Says in one sentence what is wrong with an input.
 *
 * @param subject what was read, e.g. 'switches'
 * @param error the failed check
 * @returns e.g. "In switches, rateLimit: Expected number, received string."
 */
export function explain(subject: string, error: ZodError): string {
	const complaints = error.issues.map(({ path, message }) =>
		path.length > 0 ? `${path.join('.')}: ${message}` : message,
	);
	return `In ${subject}, ${complaints.join('; ')}.`;
}
