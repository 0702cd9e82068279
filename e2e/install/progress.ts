/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n, on Node itself */

/** Takes one line, without its line end. */
export type Say = (line: string) => void;

const EVERY_SECONDS = 15;

/**
 * Says what is being done, how long it has taken so far, and when it is done.
 *
 * @returns what the work returns; rejects as the work does
 */
export async function withProgress<T>(what: string, usually: string, say: Say, work: () => Promise<T>): Promise<T> {
	const start = Date.now();
	const elapsed = () => {
		const seconds = Math.round((Date.now() - start) / 1000);
		return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
	};
	say(`${what} (usually ${usually}) ...`);
	const timer = setInterval(() => say(`  ${elapsed()} so far`), EVERY_SECONDS * 1000);
	try {
		const result = await work();
		say(`  done in ${elapsed()}`);
		return result;
	} finally {
		clearInterval(timer);
	}
}
