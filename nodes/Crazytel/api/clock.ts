import { sleep } from 'n8n-workflow';

/** How often a wait looks whether the execution was stopped, in milliseconds. */
const SLICE_MS = 200;

/** How often it is looked whether a deadline has passed, in milliseconds. */
const LOOK_MS = 200;

/** So long a long calculation may keep all else of n8n waiting, in milliseconds. */
const TURN_MS = 15;

/** The execution was stopped while it waited, or before it sent something. */
export class Stopped extends Error {
	constructor() {
		super('The execution was canceled.');
		this.name = 'Stopped';
	}
}

/**
 * Waits for something that others do.
 *
 * @throws Stopped as soon as the execution is stopped; what is waited for goes on
 */
export async function until(event: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
	let stop = (): void => {};
	const stopped = new Promise<void>((resolve) => (stop = resolve));
	signal?.addEventListener('abort', stop);
	try {
		await (signal?.aborted ? undefined : Promise.race([event, stopped]));
	} finally {
		signal?.removeEventListener('abort', stop);
	}
	if (signal?.aborted) throw new Stopped();
}

interface Alarm {
	at: number;
	ring: () => void;
}

const alarms = new Set<Alarm>();
let isWatching = false;

/** Ends by itself soon after the last alarm was called off. */
async function watch(): Promise<void> {
	isWatching = true;
	while (alarms.size > 0) {
		await sleep(LOOK_MS);
		for (const alarm of alarms) {
			if (alarm.at > performance.now()) continue;
			alarms.delete(alarm);
			alarm.ring();
		}
	}
	isWatching = false;
}

/** Time and chance, in one place so that tests can drive them. */
export const clock = {
	/** Milliseconds on a clock that no one sets, for measuring how long something takes. */
	now: (): number => performance.now(),
	/** Milliseconds since 1970, for comparing with the dates of a server. */
	epoch: (): number => Date.now(),
	/** A number from 0 up to, and without, 1. */
	random: (): number => Math.random(),
	/**
	 * Waits, in slices, because n8n's sleep cannot be interrupted.
	 *
	 * @param ms how long, in milliseconds
	 * @throws Stopped soon after the signal, not at the end of the wait
	 */
	async wait(ms: number, signal?: AbortSignal): Promise<void> {
		const end = clock.now() + ms;
		for (;;) {
			if (signal?.aborted) throw new Stopped();
			const left = end - clock.now();
			if (left <= 0) return;
			await sleep(Math.min(left, SLICE_MS));
		}
	},
	/**
	 * Rings once when so much time has passed, unless it is called off before. n8n's sleep cannot be called off, so
	 * all deadlines share one: a thousand short requests leave no timers behind.
	 *
	 * @returns calls it off
	 */
	deadline(ms: number, ring: () => void): () => void {
		const alarm = { at: performance.now() + ms, ring };
		alarms.add(alarm);
		if (!isWatching) void watch();
		return () => void alarms.delete(alarm);
	},
	/** Lets all that is ready have its turn. */
	async turn(): Promise<void> {
		await sleep(0);
	},
	/** @returns to be awaited often in a long calculation: lets all else have its turn now and then */
	breather(): () => Promise<void> {
		let since = performance.now();
		return async () => {
			if (performance.now() - since < TURN_MS) return;
			await clock.turn();
			since = performance.now();
		};
	},
};
