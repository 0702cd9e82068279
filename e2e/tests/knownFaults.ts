import type { N8nVersion } from '../install';

/**
 * A promise that rests on n8n's error output. Before 2.36, n8n sends an item there only if its keys
 * are `error` alone, or `error` and `message`; the node's failed items also have `details`, and so
 * leave by the success output. On those versions the test must fail: once it does not, this is to go.
 */
export function itByErrorOutput(version: N8nVersion, name: string, test: () => Promise<void>): void {
	if (version === '2.41') it(name, test);
	else it.failing(`does not do this in n8n before 2.36, a known fault: ${name}`, test);
}
