/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n, on Node itself */
import { tmpdir } from 'node:os';

import { freePort } from '../server';
import { type Daemon, startDaemon } from './daemon';
import { program } from './debian';

/**
 * Starts a Redis that keeps everything in memory.
 *
 * @throws Error with the reason, also when Redis is missing
 */
export async function startRedis(): Promise<Daemon> {
	const path = program('redis-server');
	const port = await freePort();
	const stop = await startDaemon({
		name: 'Redis',
		path,
		args: ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no', '--dir', tmpdir()],
		port,
	});
	return { port, stop };
}
