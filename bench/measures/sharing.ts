import { startOwnProcesses } from '../../test/engine/ownProcess';
import { startSandbox, type TrunkSeed } from '../../sandbox';
import { suspendById } from '../arms';
import type { Row } from '../goals';
import { type Shared, simulate, type SimulatedRun, type Sharing } from '../sharing';
import type { Stage } from '../stage';

const PER_MINUTE = 60;

/** What kind of limit Crazytel has is not known. */
const SERVERS: Record<string, { switches: Sharing['switches']; items: number }> = {
	'sliding, no Retry-After': { switches: { rateWindow: 'sliding', retryAfter: 'none', refusedCount: false }, items: 600 },
	'fixed, no Retry-After': { switches: { rateWindow: 'fixed', retryAfter: 'none', refusedCount: false }, items: 600 },
	'fixed, Retry-After': { switches: { rateWindow: 'fixed', retryAfter: 'seconds', refusedCount: false }, items: 600 },
	'sliding, Retry-After': { switches: { rateWindow: 'sliding', retryAfter: 'seconds', refusedCount: false }, items: 600 },
	'sliding, refusals count': { switches: { rateWindow: 'sliding', retryAfter: 'none', refusedCount: true }, items: 180 },
};

const LATENCIES: Array<[number, number]> = [[2, 8], [100, 300]];
const SEEDS = [1, 2, 3, 4, 5];
const NEWCOMERS = 24;

/** Suspensions by several processes with one key and nothing divided: simulated, then n8n's engine in processes of its own. */
export async function* measureSharing(_stage: Stage, say: (line: string) => void): AsyncGenerator<Row[]> {
	for (const [server, { switches, items }] of Object.entries(SERVERS)) {
		for (const latencyMs of LATENCIES) {
			for (const processes of [1, 2, 4, 8, 16]) {
				const runs = shares(items, processes).map((requests): SimulatedRun => ({ requests, startsAt: 0 }));
				const all = await simulateAll(SEEDS.map((seed) => ({ switches, runs, latencyMs, seed })));
				yield [{ how: `simulated, ${latencyMs.join(' to ')} ms`, server, processes, ...worst(items, all) }];
			}
			yield [{ how: `simulated, ${latencyMs.join(' to ')} ms`, server, processes: 'one more comes with one', ...(await newcomers(switches, latencyMs)) }];
		}
		say(`  ${server}, simulated: done`);
	}
	for (const [server, { switches, items }] of Object.entries(SERVERS)) {
		// What they do is wait, and each group has an account of its own.
		const groups = [1, 2, 4].map(async (processes): Promise<Row> => ({ how: "n8n's engine", server, processes, ...(await real(switches, items, processes)) }));
		yield await Promise.all(groups);
		say(`  ${server}, real processes: done`);
	}
}

/** One after the other: they share the clock. */
async function simulateAll(all: Sharing[]): Promise<Shared[]> {
	const results: Shared[] = [];
	for (const one of all) results.push(await simulate(one));
	return results;
}

function shares(items: number, processes: number): number[] {
	return Array.from({ length: processes }, (_, index) => Math.floor(items / processes) + (index < items % processes ? 1 : 0));
}

/** The slowest round. */
function worst(items: number, rounds: Array<Pick<Shared, 'done' | 'refused' | 'totalSeconds'>>): Row {
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
			runs: [{ requests: 600, startsAt: 0 }, { requests: 1, startsAt: 60_000 + index * 17_321 }],
		})),
	);
	const waits = rounds.map(({ seconds: [, single = Infinity] }) => single).sort((a, b) => a - b);
	return { items: 1, medianSeconds: waits[NEWCOMERS / 2] ?? Infinity, seconds: waits.at(-1) ?? Infinity };
}

async function real(switches: Sharing['switches'], items: number, count: number): Promise<Row> {
	const trunks = Array.from({ length: items }, (): TrunkSeed => ({}));
	const sandbox = await startSandbox({ trunks, switches: { ...switches, rateLimit: PER_MINUTE } });
	const processes = await startOwnProcesses(count);
	try {
		const ids = sandbox.trunks().map(({ id }) => ({ id }));
		const parts = shares(items, count).map((length) => ids.splice(0, length));
		const played = await Promise.all(
			processes.map(async (one, index) =>
				await one.play({ url: sandbox.url, apiKey: sandbox.apiKey, items: parts[index] ?? [], parameters: { resource: 'sipTrunk', ...suspendById }, requestsPerMinute: PER_MINUTE }),
			),
		);
		return worst(items, [
			{
				done: sandbox.trunks().filter(({ enabled }) => !enabled).length,
				refused: sandbox.requests.filter(({ status }) => status === 429).length,
				totalSeconds: Math.max(...played.map(({ ms }) => ms)) / 1000,
			},
		]);
	} finally {
		await Promise.all(processes.map(async (one) => await one.kill()));
		await sandbox.close();
	}
}
