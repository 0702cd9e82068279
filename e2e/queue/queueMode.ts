/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- runs outside n8n, on Node itself */
import { randomBytes } from 'node:crypto';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';

import type { N8nVersion } from '../install';
import type { Say } from '../install/progress';
import { freePort, type N8nProcess, type RunningN8n, spawnN8n, startN8n } from '../server';
import { POSTGRES_USER, startPostgres } from './postgres';
import { startRedis } from './redis';

/** A process of n8n that takes executions from the queue. */
export interface Worker {
	/** The ids of the executions that it has begun, in that order. */
	begun(): string[];
	/** Ends it at once, as a crash would. */
	kill(): Promise<void>;
}

/** n8n's main process, which takes the webhooks, and what lies between it and its workers. */
export interface QueueMode {
	readonly main: RunningN8n;
	/** Those that live. */
	readonly workers: Worker[];
	/**
	 * Adds a worker, and waits until it takes executions.
	 *
	 * @param concurrency how many executions it runs at once
	 */
	startWorker(concurrency?: number): Promise<Worker>;
	/** Kills those that live and starts others, one for each concurrency. */
	replaceWorkers(concurrencies?: number[]): Promise<void>;
	/** Ends everything, the workers first. */
	stop(): Promise<void>;
}

/** Five executions at once are what n8n asks for at least; it takes fewer, with a warning. */
const CONCURRENCY = 5;
/** Where n8n keeps community packages in its folder. */
const NODES = join('.n8n', 'nodes');
const PATIENCE_MS = 180_000;

/** How soon a dead worker is noticed. n8n's own values, 60, 10 and 30 seconds, only take longer. */
const SOON = {
	QUEUE_WORKER_LOCK_DURATION: '15000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '3000',
	QUEUE_WORKER_STALLED_INTERVAL: '5000',
};

/**
 * Starts n8n in queue mode, on a Redis and a PostgreSQL of its own. Each process has its own folder,
 * with the package in it: a worker that starts takes what the log in its folder holds as begun for crashed.
 *
 * @param env added to the environment of all processes
 * @throws Error with one line for the user, or with the end of the log of what did not start
 */
export async function startQueueMode(
	version: N8nVersion,
	env: Record<string, string> = SOON,
	say: Say = (line) => process.stderr.write(`${line}\n`),
): Promise<QueueMode> {
	const toStop: Array<() => Promise<void>> = [];
	const stop = async () => {
		for (let end = toStop.pop(); end !== undefined; end = toStop.pop()) await end();
	};
	try {
		const redis = await startRedis();
		toStop.push(redis.stop);
		const postgres = await startPostgres();
		toStop.push(postgres.stop);
		const shared = {
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(postgres.port),
			DB_POSTGRESDB_USER: POSTGRES_USER,
			DB_POSTGRESDB_DATABASE: POSTGRES_USER,
			N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
			...env,
		};
		const main = await startN8n({ version, env: shared, say });
		toStop.push(main.stop);
		const workers: Worker[] = [];
		let started = 0;
		const queue: QueueMode = {
			main,
			workers,
			stop,
			async replaceWorkers(concurrencies = [CONCURRENCY, CONCURRENCY]) {
				await Promise.all([...workers].map(async ({ kill }) => await kill()));
				await Promise.all(concurrencies.map(queue.startWorker));
			},
			async startWorker(concurrency = CONCURRENCY) {
				const userFolder = join(main.userFolder, `worker-${++started}`);
				await cp(join(main.userFolder, NODES), join(userFolder, NODES), { recursive: true, verbatimSymlinks: true });
				const n8n = spawnN8n(main.installed, {
					args: ['worker', `--concurrency=${concurrency}`],
					userFolder,
					env: { ...shared, N8N_RUNNERS_BROKER_PORT: String(await freePort()) },
				});
				toStop.push(n8n.stop);
				await ready(n8n);
				const worker: Worker = {
					begun: () => begunIn(n8n.log()),
					async kill() {
						await n8n.kill();
						workers.splice(workers.indexOf(worker), 1);
					},
				};
				workers.push(worker);
				return worker;
			},
		};
		return queue;
	} catch (error) {
		await stop();
		throw error;
	}
}

async function ready(worker: N8nProcess): Promise<void> {
	const until = Date.now() + PATIENCE_MS;
	while (!worker.log().includes('n8n worker is now ready')) {
		if (!worker.isRunning() || Date.now() > until) {
			throw new Error(`The worker did not start. The end of its log:\n${worker.log().slice(-3000)}`);
		}
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

function begunIn(log: string): string[] {
	return [...log.matchAll(/Worker started execution (\d+) /g)].map(([, id = '']) => id);
}
