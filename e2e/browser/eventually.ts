/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/require-node-api-error -- a test on Node itself, never published */
import { PATIENCE_MS } from './scene';

/** How long one step of what is repeated may take before the page is looked at anew. */
export const STEP_MS = 5_000;

/** Repeats a check, or a reading, until it passes; when it never does, its last failure is thrown. */
export async function eventually<Value>(check: () => Promise<Value>): Promise<Value> {
	const limit = Date.now() + PATIENCE_MS;
	for (;;) {
		try {
			return await check();
		} catch (error) {
			if (Date.now() > limit) throw error;
		}
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
}
