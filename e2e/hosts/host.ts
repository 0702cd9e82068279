/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- runs outside n8n, on Node itself */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { ICredentialDataDecryptedObject, IDataObject, INode } from 'n8n-workflow';

import type { Installed } from './beside';

/** What the package has found of what it imports, as paths, and what it is in that n8n. */
export interface Loaded {
	workflow: string;
	zod: string;
	inputs: unknown;
}

/** Items that come in, and the node that takes them. */
export interface HostRun {
	items: IDataObject[];
	settings: Partial<INode>;
	credential: ICredentialDataDecryptedObject;
}

export interface HostResult {
	/** What has reached the node behind each output. */
	good: IDataObject[];
	failed: IDataObject[];
	/** The error that has stopped the run. */
	error?: { name: string; message: string; description?: string | null; context: IDataObject };
}

export interface Host {
	loaded: Loaded;
	run(run: HostRun): Promise<HostResult>;
	stop(): void;
}

/**
 * Starts an engine of n8n that loads the package.
 *
 * @param engine the folder whose node_modules hold the n8n-core
 * @throws Error with what it said when the package does not load
 */
export async function startHost(engine: string, installed: Installed): Promise<Host> {
	const child = fork(join(__dirname, 'engineProcess.js'), [engine, installed.package], {
		cwd: installed.nodes,
		env: {
			PATH: process.env.PATH,
			// n8n sets it for itself, and this is where packages find n8n-workflow and zod (load-nodes-and-credentials.js).
			NODE_PATH: join(engine, 'node_modules'),
			N8N_USER_FOLDER: installed.nodes,
			N8N_ENCRYPTION_KEY: 'only-for-a-local-engine-without-stored-credentials',
			N8N_LOG_LEVEL: 'silent',
		},
		silent: true,
	});
	const said: string[] = [];
	for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data: Buffer) => said.push(String(data)));
	const loaded = (await answerOf(child, said)) as Loaded;
	return {
		loaded,
		async run(run) {
			child.send(run);
			return (await answerOf(child, said)) as HostResult;
		},
		stop: () => void child.kill(),
	};
}

async function answerOf(child: ChildProcess, said: string[]): Promise<unknown> {
	return await new Promise((resolve, reject) => {
		const ended = () => reject(new Error(`The engine has ended: ${said.join('').trim()}`));
		child.once('close', ended);
		child.once('message', (message) => {
			child.off('close', ended);
			resolve(message);
		});
	});
}
