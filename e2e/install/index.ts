/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs outside n8n, on Node itself */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { installLocked, lockedFolder } from './locked';
import { node24 } from './node24';
import { npm } from './npm';
import type { Say } from './progress';

export { cacheFolder } from './cacheFolder';

/** The versions of n8n that are pinned in e2e/n8n. */
export const VERSIONS = ['2.41', '2.8', '1.123'] as const;
export type N8nVersion = (typeof VERSIONS)[number];

interface Needs {
	/** Whether it needs Node 24; else the Node that runs this will do. */
	node24: boolean;
	/** What has to be compiled for that Node; the install scripts of all else stay unrun. */
	compiled: string[];
}

const NEEDS: Record<N8nVersion, Needs> = {
	'2.41': { node24: true, compiled: ['sqlite3', 'isolated-vm'] },
	'2.8': { node24: false, compiled: ['sqlite3'] },
	// It says that Node 20 will do, but evaluates expressions in an isolated-vm that is not for Node 20.
	'1.123': { node24: true, compiled: ['sqlite3', 'isolated-vm'] },
};

/** An n8n that is ready to start. */
export interface InstalledN8n {
	version: N8nVersion;
	/** Path of the Node that runs it. */
	node: string;
	/** Path of n8n's command, a script for that Node. */
	command: string;
}

/**
 * Puts a whole n8n and the Node that it needs into the cache folder, unless they are there.
 *
 * @param say is told what is being done; nothing, when there is nothing to do
 * @throws Error with one line for the user
 */
export async function installN8n(version: N8nVersion, say: Say): Promise<InstalledN8n> {
	const needs = NEEDS[version];
	const node = needs.node24 ? await node24(say) : process.execPath;
	const folder = await lockedFolder(version, node);
	await installLocked(version, folder, {
		what: `Fetching n8n ${version} and compiling ${needs.compiled.join(' and ')} for it`,
		usually: 'five minutes, 3 GB',
		say,
		node,
		async afterwards(unfinished) {
			await npm(['rebuild', ...needs.compiled, '--ignore-scripts=false'], {
				folder: unfinished,
				node,
				env: headersOf(node),
			});
		},
	});
	return { version, node, command: join(folder, 'node_modules', 'n8n', 'bin', 'n8n') };
}

/** Where node-gyp finds the headers of that Node; without this it would fetch them from the internet. */
function headersOf(node: string): Record<string, string> {
	const folder = dirname(dirname(node));
	return existsSync(join(folder, 'include', 'node')) ? { npm_config_nodedir: folder } : {};
}
