/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs outside n8n, on Node itself */
import { createConnection } from 'node:net';
import execa from 'execa';

import { program } from './debian';

/** A server that listens on 127.0.0.1. */
export interface Daemon {
	readonly port: number;
	/** Ends it and removes its data. */
	stop(): Promise<void>;
}

/** The user of the computer as whom it runs. */
export interface Account {
	uid: number;
	gid: number;
}

export interface DaemonCommand {
	name: string;
	path: string;
	args: string[];
	port: number;
	/** By default the user of this process. */
	account?: Account;
}

const PATIENCE_MS = 60_000;

/**
 * Starts a server and waits until it takes connections. It ends with this process at the latest.
 *
 * @returns what ends it
 * @throws Error with the end of its log
 */
export async function startDaemon({ name, path, args, port, account }: DaemonCommand): Promise<() => Promise<void>> {
	// The kernel ends it when this process is gone, however that happened.
	const child = execa(program('setpriv'), ['--pdeathsig=TERM', ...asAccount(account), path, ...args], {
		cwd: '/',
		stdin: 'ignore',
		all: true,
		reject: false,
	});
	let log = '';
	child.all?.on('data', (chunk: Buffer) => (log += chunk.toString()));
	const stop = async () => {
		child.kill('SIGTERM', { forceKillAfterTimeout: 20_000 });
		await child;
	};
	for (const until = Date.now() + PATIENCE_MS; !(await takesConnections(port)); ) {
		if (child.exitCode === null && child.signalCode === null && Date.now() < until) continue;
		await stop();
		throw new Error(`${name} did not start. The end of its log:\n${log.slice(-3000)}`);
	}
	return stop;
}

/** Arguments of setpriv that make the program run as another user. */
export function asAccount(account: Account | undefined): string[] {
	if (account === undefined) return [];
	return [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups'];
}

async function takesConnections(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = createConnection({ host: '127.0.0.1', port });
		socket.once('connect', () => {
			socket.destroy();
			resolve(true);
		});
		socket.once('error', () => setTimeout(() => resolve(false), 100));
	});
}
