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

/** So often all that is ready has had its turn, before it counts as done. */
const IDLE_TURNS = 4;

/**
 * Puts the built node on a driven clock. Waits end in the order of their ends, and none while a request is under
 * way: an answer takes no time, however busy the machine is.
 */
export function driveClock(): DrivenClock {
	const { clock, Stopped } = jest.requireActual<ClockModule>('../../dist/nodes/Crazytel/api/clock.js');
	let time = 1_000_000;
	let underWay = 0;
	let isDriving = false;
	const pending = new Set<{ end: number; wake: () => void }>();
	const driven: DrivenClock = { now: () => time, waits: [] };

	const drive = async (): Promise<void> => {
		isDriving = true;
		let idleTurns = 0;
		while (pending.size > 0) {
			await new Promise(setImmediate);
			idleTurns = underWay > 0 ? 0 : idleTurns + 1;
			if (idleTurns < IDLE_TURNS || pending.size === 0) continue;
			idleTurns = 0;
			const next = Math.min(...[...pending].map(({ end }) => end));
			time = Math.max(time, next);
			// Together, as what they then send is under way together.
			for (const wait of pending) {
				if (wait.end > next) continue;
				pending.delete(wait);
				wait.wake();
			}
		}
		isDriving = false;
	};

	clock.now = () => time;
	clock.epoch = () => time;
	clock.random = () => 0.5;
	// While a request is under way no time passes here, so that no deadline may come by itself.
	clock.deadline = (ms, ring) => {
		underWay++;
		driven.onDeadline?.(ms, ring);
		return () => void underWay--;
	};
	// It may be that of a long calculation, after which something is sent.
	clock.turn = async () => {
		underWay++;
		await new Promise(setImmediate);
		underWay--;
	};
	clock.wait = async (ms, signal) => {
		driven.waits.push(ms);
		driven.onWait?.(ms);
		await new Promise<void>((resolve, reject) => {
			const stop = (): void => {
				pending.delete(mine);
				reject(new Stopped());
			};
			const mine = {
				end: time + ms,
				wake: () => {
					signal?.removeEventListener('abort', stop);
					resolve();
				},
			};
			pending.add(mine);
			signal?.addEventListener('abort', stop);
			if (signal?.aborted) stop();
			else if (!isDriving) void drive();
		});
	};
	return driven;
}
