/* eslint-disable @n8n/community-nodes/no-restricted-globals -- between two waits, the requests under way go on */
import type { clock as realClock, Stopped as StoppedClass } from '../../nodes/Crazytel/api/clock';

interface ClockModule {
	clock: typeof realClock;
	Stopped: typeof StoppedClass;
}

/** Time that passes only when the node waits: a minute of waiting takes no time, and none is measured. */
export interface DrivenClock {
	/** Milliseconds, for the node and the sandbox alike. */
	now(): number;
	/** All waits that the node asked for, in milliseconds, in order. */
	readonly waits: number[];
	/** Called when a wait begins; a test can press Stop here. */
	onWait?: (ms: number) => void;
	/** Called when a request is given its deadline, which never comes unless the test rings it. */
	onDeadline?: (ms: number, ring: () => void) => void;
}

/**
 * Puts the built node on a driven clock. Waits end in the order of their ends; between two of them
 * the requests under way go on, in real time.
 */
export function driveClock(): DrivenClock {
	const { clock, Stopped } = jest.requireActual<ClockModule>('../../dist/nodes/Crazytel/api/clock.js');
	let time = 1_000_000;
	const pending = new Set<number>();
	const driven: DrivenClock = { now: () => time, waits: [] };

	clock.now = () => time;
	clock.epoch = () => time;
	clock.random = () => 0.5;
	// While a request is under way no time passes here, so that no deadline may come by itself.
	clock.deadline = (ms, ring) => {
		driven.onDeadline?.(ms, ring);
		return () => undefined;
	};
	clock.wait = async (ms, signal) => {
		driven.waits.push(ms);
		driven.onWait?.(ms);
		const end = time + ms;
		pending.add(end);
		try {
			do {
				await new Promise(setImmediate);
				if (signal?.aborted) throw new Stopped();
			} while (Math.min(...pending) < end);
			time = Math.max(time, end);
		} finally {
			pending.delete(end);
		}
	};
	return driven;
}
