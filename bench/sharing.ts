/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n, on Node itself */
import { clock, Stopped } from '../nodes/Crazytel/api/clock';
import { createWindow, type Window } from '../nodes/Crazytel/api/pacing';
import { createRateLimit } from '../sandbox/rateLimit';
import { defaultSwitches, type Switches } from '../sandbox/switches';
import { randomFrom } from './random';

/** As many requests are under way in a run. */
const AT_ONCE = 10;
const PER_MINUTE = 60;

/** A run of one process, which sends so many requests, from so many milliseconds after the start on. */
export interface Run {
	requests: number;
	startsAt: number;
}

/** A server and those who share one key of it. */
export interface Sharing {
	switches: Pick<Switches, 'rateWindow' | 'retryAfter' | 'refusedCount'>;
	/** Each in a process of its own. */
	runs: Run[];
	/** How long an answer takes, in milliseconds. */
	latencyMs: [least: number, most: number];
	/** Begins the row of chance. */
	seed: number;
}

export interface Shared {
	done: number;
	refused: number;
	/** Of each run: from its start to its last answer; Infinity where some of it was given up. */
	seconds: number[];
	/** From the start of the first to the last answer of all. */
	totalSeconds: number;
}

/** Time that passes when nothing is left to do in it. */
interface Time {
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
	run(): Promise<void>;
}

/** Plays the windows of several processes against the sandbox's own limit, on a clock of their own. */
export async function simulate({ switches, runs, latencyMs: [least, most], seed }: Sharing): Promise<Shared> {
	const real = { ...clock };
	const random = randomFrom(seed);
	let now = 1_000_000;
	const time = createTime(
		() => now,
		(at) => (now = at),
	);
	Object.assign(clock, { now: () => now, epoch: () => now, random, wait: time.sleep });
	const startedAt = now;
	const limit = createRateLimit(
		() => now,
		() => ({ ...defaultSwitches, ...switches, rateLimit: PER_MINUTE }),
	);
	const shared: Shared = { done: 0, refused: 0, seconds: [], totalSeconds: 0 };

	/** @returns whether it was done at last */
	const send = async (window: Window, owner: object): Promise<boolean> => {
		for (let isAgain = false; ; isAgain = true) {
			const place = await window.enter({ owner, perMinute: PER_MINUTE, isAgain });
			const latency = least + (most - least) * random();
			await time.sleep(latency / 2);
			const freeIn = limit.admit();
			await time.sleep(latency / 2);
			if (freeIn === 0) {
				place.leave(true);
				return true;
			}
			shared.refused++;
			if (!place.leaveLimited(switches.retryAfter === 'none' ? undefined : Math.ceil(freeIn / 1000) * 1000))
				return false;
		}
	};
	const play = async ({ requests, startsAt }: Run): Promise<number> => {
		await time.sleep(startsAt);
		const [window, owner] = [createWindow(), {}];
		let [left, lost] = [requests, 0];
		const worker = async (): Promise<void> => {
			while (left-- > 0) {
				if (await send(window, owner)) shared.done++;
				else lost++;
			}
		};
		await Promise.all(Array.from({ length: AT_ONCE }, worker));
		return lost > 0 ? Infinity : (now - startedAt - startsAt) / 1000;
	};

	const all = Promise.all(runs.map(play));
	await time.run();
	shared.seconds = await all;
	shared.totalSeconds = (now - startedAt) / 1000;
	Object.assign(clock, real);
	return shared;
}

function createTime(now: () => number, set: (at: number) => void): Time {
	let sleepers: Array<{ end: number; wake: () => void }> = [];
	return {
		async sleep(ms, signal) {
			if (signal?.aborted) throw new Stopped();
			await new Promise<void>((resolve, reject) => {
				const stop = (): void => {
					sleepers = sleepers.filter((sleeper) => sleeper !== mine);
					reject(new Stopped());
				};
				const mine = {
					end: now() + ms,
					wake: () => {
						signal?.removeEventListener('abort', stop);
						resolve();
					},
				};
				sleepers.push(mine);
				signal?.addEventListener('abort', stop);
			});
		},
		async run() {
			for (;;) {
				await new Promise((resolve) => setImmediate(resolve));
				if (sleepers.length === 0) return;
				const next = sleepers.reduce((first, sleeper) => (sleeper.end < first.end ? sleeper : first));
				sleepers = sleepers.filter((sleeper) => sleeper !== next);
				set(Math.max(now(), next.end));
				next.wake();
			}
		},
	};
}
