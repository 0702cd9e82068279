/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n, on Node itself */
import { setTimeout } from 'node:timers/promises';

import { startOwnProcesses } from '../../test/engine/ownProcess';
import { startSandbox, type TrunkSeed } from '../../sandbox';
import { suspendById } from '../arms';
import type { Row } from '../goals';
import { type Run, type Shared, simulate, type Sharing } from '../sharing';
import type { Stage } from '../stage';

const PER_MINUTE = 60;

/** What kind of limit Crazytel has is not known. */
const SERVERS: Record<string, { switches: Sharing['switches']; items: number }> = {
	'sliding, no Retry-After': {
		switches: { rateWindow: 'sliding', retryAfter: 'none', refusedCount: false },
		items: 600,
	},
	'fixed, no Retry-After': { switches: { rateWindow: 'fixed', retryAfter: 'none', refusedCount: false }, items: 600 },
	'fixed, Retry-After': { switches: { rateWindow: 'fixed', retryAfter: 'seconds', refusedCount: false }, items: 600 },
	'sliding, Retry-After': {
		switches: { rateWindow: 'sliding', retryAfter: 'seconds', refusedCount: false },
		items: 600,
	},
	'sliding, refusals count': {
		switches: { rateWindow: 'sliding', retryAfter: 'none', refusedCount: true },
		items: 180,
	},
};

const LATENCIES: Array<[number, number]> = [
	[2, 8],
	[100, 300],
];
const SEEDS = [1, 2, 3, 4, 5];
const NEWCOMERS = 24;
const ENGINE = "n8n's engine";

/** Suspensions by several processes with one key and nothing divided: simulated, then n8n's engine in processes of its own. */
export async function* measureSharing(_stage: Stage, say: (line: string) => void): AsyncGenerator<Row[]> {
	for (const [server, { switches, items }] of Object.entries(SERVERS)) {
		for (const latencyMs of LATENCIES) {
			const how = `simulated, ${latencyMs.join(' to ')} ms`;
			for (const processes of [1, 2, 4, 8, 16]) {
				const runs = atOnce(items, processes);
				const all = await simulateAll(SEEDS.map((seed) => ({ switches, runs, latencyMs, seed })));
				yield [{ how, server, processes, ...worst(items, all) }];
			}
			yield [{ how, server, processes: 'one more comes with one', ...(await newcomers(switches, latencyMs)) }];
		}
		say(`  ${server}, simulated: done`);
	}
	// Many at once: what they do is wait, and each group has an account and a server of its own.
	yield await Promise.all(
		Object.entries(SERVERS).flatMap(([server, { switches, items }]) =>
			[1, 2, 4].map(async (processes): Promise<Row> => {
				const played = await play(switches, atOnce(items, processes));
				say(`  ${server}, ${processes} in n8n's engine: done`);
				return { how: ENGINE, server, processes, ...worst(items, [played]) };
			}),
		),
	);
	yield (
		await Promise.all(
			Object.entries(SERVERS).map(async ([server, { switches }]): Promise<Row[]> => {
				const [second, single] = await Promise.all([
					play(switches, [
						{ requests: 200, startsAt: 0 },
						{ requests: 200, startsAt: 5_000 },
					]),
					play(switches, [
						{ requests: 300, startsAt: 0 },
						{ requests: 1, startsAt: 130_000 },
					]),
				]);
				say(`  ${server}, a second comes: done`);
				return [
					{ how: ENGINE, server, processes: '2, the second after 5 s', ...worst(400, [second]) },
					{
						how: ENGINE,
						server,
						processes: 'one more comes with one',
						items: 1,
						done: single.done - 300,
						seconds: single.seconds[1],
					},
				];
			}),
		)
	).flat();
}

/** One after the other: they share the clock. */
async function simulateAll(all: Sharing[]): Promise<Shared[]> {
	const results: Shared[] = [];
	for (const one of all) results.push(await simulate(one));
	return results;
}

/** Parts of as many items as can be, which all begin together. */
function atOnce(items: number, processes: number): Run[] {
	return Array.from({ length: processes }, (_, index) => ({
		requests: Math.floor(items / processes) + (index < items % processes ? 1 : 0),
		startsAt: 0,
	}));
}

/** The slowest round. */
function worst(items: number, rounds: Shared[]): Row {
	const seconds = Math.max(...rounds.map(({ totalSeconds }) => totalSeconds));
	const floorSeconds = Math.floor((items - 1) / PER_MINUTE) * 60;
	return {
		items,
		done: Math.min(...rounds.map(({ done }) => done)),
		refused: Math.max(...rounds.map(({ refused }) => refused)),
		medianSeconds: null,
		seconds,
		floorSeconds,
		toFloor: seconds / floorSeconds,
	};
}

/** A single request beside a run of ten minutes in another process. */
async function newcomers(switches: Sharing['switches'], latencyMs: [number, number]): Promise<Row> {
	const rounds = await simulateAll(
		Array.from({ length: NEWCOMERS }, (_, index) => ({
			switches,
			latencyMs,
			seed: index + 1,
			runs: [
				{ requests: 600, startsAt: 0 },
				{ requests: 1, startsAt: 60_000 + index * 17_321 },
			],
		})),
	);
	const waits = rounds.map(({ seconds: [, single = Infinity] }) => single).sort((a, b) => a - b);
	return { items: 1, medianSeconds: waits[NEWCOMERS / 2] ?? Infinity, seconds: waits.at(-1) ?? Infinity };
}

/** As `simulate`, with the built node in n8n's engine, processes of their own and real time. */
async function play(switches: Sharing['switches'], runs: Run[]): Promise<Shared> {
	const trunks = runs.flatMap(({ requests }) => Array.from({ length: requests }, (): TrunkSeed => ({})));
	const sandbox = await startSandbox({ trunks, switches: { ...switches, rateLimit: PER_MINUTE } });
	const processes = await startOwnProcesses(runs.length);
	try {
		const ids = sandbox.trunks().map(({ id }) => ({ id }));
		const parts = runs.map(({ requests }) => ids.splice(0, requests));
		const ends = await Promise.all(
			processes.map(async (one, index) => {
				const { startsAt = 0 } = runs[index] ?? {};
				await setTimeout(startsAt);
				const { ms } = await one.play({
					url: sandbox.url,
					apiKey: sandbox.apiKey,
					items: parts[index] ?? [],
					parameters: { resource: 'sipTrunk', ...suspendById },
					requestsPerMinute: PER_MINUTE,
				});
				return { seconds: ms / 1000, end: (startsAt + ms) / 1000 };
			}),
		);
		return {
			done: sandbox.trunks().filter(({ enabled }) => !enabled).length,
			refused: sandbox.requests.filter(({ status }) => status === 429).length,
			seconds: ends.map(({ seconds }) => seconds),
			totalSeconds: Math.max(...ends.map(({ end }) => end)),
		};
	} finally {
		await Promise.all(processes.map(async (one) => await one.kill()));
		await sandbox.close();
	}
}
