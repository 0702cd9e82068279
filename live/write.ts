import { readBody } from './body';
import type { Seen } from './seen';

/** The only writes there are: one create, and changes of the very trunk that it made. */
export type Write =
	| { method: 'POST'; body: Record<string, unknown> }
	| { method: 'PATCH'; id: string; body: Record<string, unknown> }
	| { method: 'DELETE'; id: string };

/** What came back, with the body as it is. It has the account's data in it. */
export type Written = Pick<Seen, 'status' | 'kind' | 'body'>;

const ANSWER_MS = 30_000;

/**
 * Sends one write about the throwaway trunk, once.
 *
 * @returns status 0 where no answer came: it may have been carried out
 */
export async function write(baseUrl: string, key: string, write: Write): Promise<Written> {
	const path = write.method === 'POST' ? '/api/v1/sip-trunks/' : `/api/v1/sip-trunks/${encodeURIComponent(write.id)}`;
	try {
		const response = await fetch(`${baseUrl}${path}`, {
			method: write.method,
			headers: {
				accept: 'application/json',
				'x-crazytel-api-key': key,
				...(write.method !== 'DELETE' && { 'content-type': 'application/json' }),
			},
			...(write.method !== 'DELETE' && { body: JSON.stringify(write.body) }),
			redirect: 'manual',
			signal: AbortSignal.timeout(ANSWER_MS),
		});
		return { status: response.status, ...readBody(await response.text()) };
	} catch {
		return { status: 0, kind: 'none' };
	}
}
