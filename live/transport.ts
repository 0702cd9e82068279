import { MOST_BYTES, readBody, silenceOf } from './body';
import { hostOf, type Seen, type Silence } from './seen';

class TooLarge extends Error {}

/** Node tells the reason in the cause of the cause. */
function silenceBy(error: unknown): Silence {
	if (error instanceof TooLarge) return 'too large';
	for (
		let part = error as Partial<NodeJS.ErrnoException> | undefined;
		typeof part === 'object' && part !== null;
		part = part.cause as typeof part
	) {
		const { code, name = '' } = part;
		// A DOMException has a number for its code.
		const known = (typeof code === 'string' ? silenceOf(code) : undefined) ?? silenceOf(name);
		if (known !== undefined) return known;
	}
	return 'broken off';
}

async function textOf(response: Response): Promise<string> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of response.body ?? []) {
		size += (chunk as Uint8Array).length;
		if (size > MOST_BYTES) throw new TooLarge();
		chunks.push(chunk as Uint8Array);
	}
	return Buffer.concat(chunks).toString('utf8');
}

/** A key that is shorter stands in texts by chance. */
const SHORTEST_KEY = 6;

/**
 * Sends one GET. There is no other method, no body, and no redirect is followed.
 *
 * @param url whole address
 * @param key goes out in one header, and is taken out of whatever comes back
 * @param withinMs milliseconds for the whole answer
 * @returns what came back; silence is an answer, too
 */
export async function get(id: string, url: string, key: string, withinMs: number): Promise<Seen> {
	const start = Date.now();
	try {
		const response = await fetch(url, {
			headers: { accept: 'application/json', 'x-crazytel-api-key': key },
			redirect: 'manual',
			signal: AbortSignal.timeout(withinMs),
		});
		const text = await textOf(response);
		const headers = Object.fromEntries(response.headers);
		const clean = (value: string): string => (key.length < SHORTEST_KEY ? value : value.split(key).join('…'));
		return {
			id,
			status: response.status,
			headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, clean(value)])),
			...readBody(clean(text)),
			ms: Date.now() - start,
			asked: { host: hostOf(url) },
		};
	} catch (error) {
		return { id, status: 0, headers: {}, kind: 'none', silence: silenceBy(error), ms: Date.now() - start };
	}
}
