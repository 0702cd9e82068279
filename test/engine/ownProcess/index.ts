/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- starts processes, never published */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';

import type { FromChild, Played, ToChild } from './messages';

export type { Played, ToChild } from './messages';

/** An n8n of its own: engine, clock and memory are nobody else's. Runs one scene after the other. */
export interface OwnProcess {
	readonly pid: number;
	/** Runs the node over the items, in real time; rejects when the process ends before it has. */
	play(scene: ToChild): Promise<Played>;
	/** Ends it at once, as a machine that loses its power does (SIGKILL); resolves when it is gone. */
	kill(): Promise<void>;
}

const living = new Set<ChildProcess>();

// A test run that ends early leaves nobody behind.
process.once('exit', () => {
	for (const child of living) child.kill('SIGKILL');
});

const ROOT = join(__dirname, '..', '..', '..');

/**
 * Starts a process with n8n's engine and the built package.
 *
 * @returns once the engine is loaded, so that those that are started together can begin together
 * @throws when it does not load
 */
export async function startOwnProcess(): Promise<OwnProcess> {
	const child = fork(join(__dirname, 'child.ts'), [], {
		cwd: ROOT,
		execArgv: ['--import', 'tsx'],
		stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
	});
	const gone = new Promise<void>((resolve) => {
		child.once('close', () => resolve());
		// It could not be started.
		child.once('error', () => resolve());
	});
	/** Whoever waits for the next message. */
	let wait: { resolve(message: FromChild): void; reject(error: Error): void } | undefined;
	const next = async (): Promise<FromChild> =>
		await new Promise<FromChild>((resolve, reject) => {
			wait = { resolve, reject };
			if (child.exitCode !== null || child.signalCode !== null) reject(new Error('The process has ended.'));
		});
	child.on('message', (message: FromChild) => wait?.resolve(message));
	void gone.then(() => wait?.reject(new Error('The process has ended.')));
	living.add(child);
	void gone.then(() => living.delete(child));

	const kill = async (): Promise<void> => {
		child.kill('SIGKILL');
		await gone;
	};
	const first = await next();
	if (!('ready' in first)) {
		await kill();
		throw new Error(`The engine did not load: ${'broken' in first ? first.broken : 'another message came first'}`);
	}
	return {
		pid: child.pid ?? 0,
		async play(scene) {
			const answer = next();
			child.send(scene);
			const message = await answer;
			if ('played' in message) return message.played;
			throw new Error('broken' in message ? message.broken : 'It is ready, and has played nothing.');
		},
		kill,
	};
}

/** Starts several at once; none is left behind where one does not start. */
export async function startOwnProcesses(count: number): Promise<OwnProcess[]> {
	const started = await Promise.allSettled(Array.from({ length: count }, startOwnProcess));
	const ready = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
	const failed = started.find((one) => one.status === 'rejected');
	if (failed === undefined) return ready;
	await Promise.all(ready.map(async (one) => await one.kill()));
	throw failed.reason;
}
