/* eslint-disable @n8n/community-nodes/require-node-api-error -- runs outside n8n, on Node itself */
import type { Account } from '../nodes/Crazytel/api/credential';
import { listRequest, type Trunk } from '../nodes/Crazytel/resources/shared/trunks/endpoints';

/** Where a server is, and a key that it knows. */
export type Server = Pick<Account, 'baseUrl' | 'apiKey'>;

/**
 * Reads all trunks of an account, past n8n and the node.
 *
 * @returns undefined when the server has no such list
 * @throws Error with one sentence when nobody answers there, or not as Crazytel does
 */
export async function readTrunks({ baseUrl, apiKey }: Server): Promise<Trunk[] | undefined> {
	const { endpoint, path } = listRequest();
	const answer = await ask(baseUrl, path, apiKey);
	const { status } = answer;
	if (status === 404 || status === 405) return undefined;
	if (status === 401 || status === 403) {
		throw new Error(`The server at ${baseUrl} does not accept the API key (${status}). Check --api-key.`);
	}
	const trunks = status === 200 ? endpoint.read(await answer.json().catch(() => undefined)) : undefined;
	if (trunks === undefined) {
		throw new Error(`The server at ${baseUrl} does not answer ${path} as Crazytel does (${status}). Check --base-url.`);
	}
	return trunks;
}

async function ask(baseUrl: string, path: string, apiKey: string): Promise<Response> {
	try {
		return await fetch(`${baseUrl}${path}`, {
			headers: { 'x-crazytel-api-key': apiKey },
			// A redirect could carry the key to another host.
			redirect: 'manual',
			signal: AbortSignal.timeout(30_000),
		});
	} catch (error) {
		const { name, cause } = error as Error & { cause?: { code?: string } };
		const reason = name === 'TimeoutError' ? 'no answer within 30 seconds' : (cause?.code ?? 'no connection');
		throw new Error(`No server answers at ${baseUrl} (${reason}). Start it, or check --base-url.`, { cause: error });
	}
}
