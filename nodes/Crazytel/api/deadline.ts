import { clock, Stopped } from './clock';
import { TIMEOUT_MS } from './timeout';

/**
 * How long a request may take from its beginning to the last byte of its answer, in milliseconds. The timeout of
 * n8n's helper only limits the silence, so that a server which drips would never meet it. As long again as the
 * first byte may take is left for the rest: a long list on a slow line.
 */
export const DEADLINE_MS = 2 * TIMEOUT_MS;

/** It was not over at its deadline. */
export class Overdue extends Error {
	/** As Node has it. */
	readonly code = 'ETIMEDOUT';

	constructor() {
		super(`no whole answer within ${DEADLINE_MS}ms`);
		this.name = 'Overdue';
	}
}

/**
 * Does something that ends at the deadline at the latest.
 *
 * @param stop ends it at once
 * @param action has to end when its signal says so; what it still brings after that is nobody's any more
 * @throws Overdue, or Stopped
 */
export async function withinDeadline<T>(
	stop: AbortSignal | undefined,
	action: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
	if (stop?.aborted) throw new Stopped();
	const cut = new AbortController();
	let end: (error: Error) => void = () => {};
	const over = new Promise<never>((_resolve, reject) => (end = reject));
	const onDeadline = (): void => {
		// Before the signal: what fails by that must not be taken for the reason.
		end(new Overdue());
		cut.abort();
	};
	const onStop = (): void => {
		cut.abort();
		// An answer that has come is not discarded.
		void clock.turn().then(() => end(new Stopped()));
	};
	const callOff = clock.deadline(DEADLINE_MS, onDeadline);
	stop?.addEventListener('abort', onStop);
	try {
		return await Promise.race([action(cut.signal), over]);
	} finally {
		callOff();
		stop?.removeEventListener('abort', onStop);
	}
}
