/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- runs outside n8n, on Node itself */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { installN8n, type InstalledN8n, type N8nVersion } from '../install';
import type { Say } from '../install/progress';
import { type N8nRest, openRest } from '../rest';
import { installPackage } from './communityPackage';
import { freePort } from './ports';
import { type N8nProcess, spawnN8n } from './process';

export { freePort } from './ports';
export { type N8nProcess, spawnN8n } from './process';

export interface N8nOptions {
	version: N8nVersion;
	/** Where its data lies and stays; by default a temporary folder, removed at the end. */
	userFolder?: string;
	/** By default any free one; see mustBeFree(). */
	port?: number;
	/** Added to n8n's environment, e.g. for queue mode. */
	env?: Record<string, string>;
	/** Is told what takes long; by default stderr is. */
	say?: Say;
}

/** A whole n8n with this package installed, its owner signed in. */
export interface RunningN8n {
	/** http://127.0.0.1:PORT, without a slash at the end. */
	readonly url: string;
	readonly version: N8nVersion;
	/** Path of Node and of n8n's command, to start a worker beside it with spawnN8n(). */
	readonly installed: InstalledN8n;
	readonly userFolder: string;
	readonly process: N8nProcess;
	readonly rest: N8nRest;
	/** Ends it; a temporary user folder goes with it. */
	stop(): Promise<void>;
}

const PATIENCE_MS = 180_000;

/**
 * Starts n8n on 127.0.0.1 with the built package, and fetches that n8n first where it is missing.
 * It ends with this process at the latest.
 *
 * @throws Error with one line for the user; where n8n did not come up, with the end of its log
 */
export async function startN8n(options: N8nOptions): Promise<RunningN8n> {
	const { version, env = {}, say = (line) => process.stderr.write(`${line}\n`) } = options;
	const installed = await installN8n(version, say);
	const port = options.port ?? (await freePort());
	const url = `http://127.0.0.1:${port}`;
	const userFolder = options.userFolder ?? (await mkdtemp(join(tmpdir(), 'crazytel-n8n-')));
	const removeIfTemporary = async () => {
		if (options.userFolder === undefined) await rm(userFolder, { recursive: true, force: true, maxRetries: 3 });
	};

	await installPackage(userFolder);
	const n8n = spawnN8n(installed, {
		args: ['start'],
		userFolder,
		env: {
			N8N_PORT: String(port),
			WEBHOOK_URL: `${url}/`,
			N8N_EDITOR_BASE_URL: `${url}/`,
			N8N_RUNNERS_BROKER_PORT: String(await freePort()),
			...env,
		},
	});
	try {
		await ready(n8n);
		const rest = await openRest(url, version);
		return {
			url,
			version,
			installed,
			userFolder,
			process: n8n,
			rest,
			async stop() {
				await n8n.stop();
				await removeIfTemporary();
			},
		};
	} catch (error) {
		await n8n.stop();
		const log = n8n.log();
		await removeIfTemporary();
		throw new Error(
			`n8n ${version} did not start: ${(error as Error).message} The end of its log:\n${log.slice(-3000)}`,
			{
				cause: error,
			},
		);
	}
}

/** Waits for the line that n8n writes last, when its workflows and their webhooks are there too. */
async function ready(n8n: N8nProcess): Promise<void> {
	const until = Date.now() + PATIENCE_MS;
	while (!n8n.log().includes('Editor is now accessible via')) {
		if (!n8n.isRunning()) throw new Error('It has ended by itself.');
		if (Date.now() > until) throw new Error('It took more than three minutes.');
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}
