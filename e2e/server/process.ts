/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs outside n8n, on Node itself */
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import execa, { type ExecaChildProcess } from 'execa';

import type { InstalledN8n, N8nVersion } from '../install';

/** A command of n8n that runs: its main process, a worker, an import. */
export interface N8nProcess {
	readonly pid: number;
	/** Where everything that it prints is kept. */
	readonly logFile: string;
	log(): string;
	isRunning(): boolean;
	/** Resolves when it has ended, with its exit code; undefined when a signal ended it. */
	readonly ended: Promise<number | undefined>;
	/** Hears what code that was loaded into it sends with process.send(). */
	onMessage(listener: (message: unknown) => void): void;
	/** Lets it shut down as on Ctrl-C, and ends it by force after 20 seconds. */
	stop(): Promise<void>;
	/** Ends it at once, as a crash would. */
	kill(): Promise<void>;
}

export interface N8nCommand {
	/** Such as ['start'] or ['worker', '--concurrency=5']. */
	args: string[];
	/** Its N8N_USER_FOLDER: database, keys and community packages lie in `.n8n` below. */
	userFolder: string;
	env?: Record<string, string>;
	/** By default `<first argument>.log` in the user folder; emptied first. */
	logFile?: string;
}

/** Nothing of n8n leaves this computer, and nothing of the user's own settings gets in. */
const QUIET = {
	N8N_LISTEN_ADDRESS: '127.0.0.1',
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_SECURE_COOKIE: 'false',
	N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '10',
	NO_COLOR: '1',
};

/** The same, for what only some versions know. */
const QUIET_IN: Partial<Record<N8nVersion, Record<string, string>>> = {
	'2.41': { N8N_DISABLED_MODULES: 'mcp-registry' },
};

/** Starts a command of n8n. It ends by itself when this process ends, however that happens. */
export function spawnN8n(installed: InstalledN8n, command: N8nCommand): N8nProcess {
	const { args, userFolder, env = {}, logFile = join(userFolder, `${args[0]}.log`) } = command;
	mkdirSync(userFolder, { recursive: true });
	const log = openSync(logFile, 'w');
	const child = execa(installed.node, ['--require', join(__dirname, 'endWithParent.js'), installed.command, ...args], {
		cwd: userFolder,
		extendEnv: false,
		env: {
			PATH: [dirname(installed.node), process.env.PATH].join(delimiter),
			HOME: userFolder,
			...(process.env.TMPDIR !== undefined && { TMPDIR: process.env.TMPDIR }),
			N8N_USER_FOLDER: userFolder,
			...QUIET,
			...QUIET_IN[installed.version],
			...env,
		},
		stdio: ['ignore', log, log, 'ipc'],
		reject: false,
		buffer: false,
		// A group of its own: Ctrl-C is for this process, which then stops n8n in its own time.
		detached: true,
		// endWithParent.js does it, also where this process has no time left to.
		cleanup: false,
	});
	closeSync(log);
	return handle(child, logFile);
}

function handle(child: ExecaChildProcess, logFile: string): N8nProcess {
	const pid = child.pid ?? 0;
	const ended = child.then(({ exitCode }) => exitCode as number | undefined);
	return {
		pid,
		logFile,
		log: () => readFileSync(logFile, 'utf8'),
		isRunning: () => child.exitCode === null && child.signalCode === null,
		ended,
		onMessage: (listener) => void child.on('message', listener),
		async stop() {
			child.kill('SIGTERM', { forceKillAfterTimeout: 20_000 });
			await ended;
			killGroup(pid);
		},
		async kill() {
			killGroup(pid);
			await ended;
		},
	};
}

/** Ends n8n and what it has started, such as its runner of code nodes. */
function killGroup(pid: number): void {
	try {
		process.kill(-pid, 'SIGKILL');
	} catch {
		// All have ended already.
	}
}
