/**
 * A failure as a value, so that the code that meets it can decide. n8n's lint lets a `catch` throw
 * nothing but n8n's own errors; what is not the end of the item is therefore never caught and thrown
 * again, but comes back from here and is thrown, if at all, where it is looked at.
 */
export async function caught<T>(promise: Promise<T>): Promise<{ value: T } | { error: Error }> {
	return await promise.then(
		(value) => ({ value }),
		(error: Error) => ({ error }),
	);
}
