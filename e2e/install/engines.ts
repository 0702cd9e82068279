/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs outside n8n, on Node itself */
import { join } from 'node:path';

import { installLocked, type Locked, lockedFolder } from './locked';
import type { Say } from './progress';

/** The engines of n8n that the package is tried on: those of e2e/n8n, and the one of this repository. */
export const ENGINES = ['1.122', '2.8', '2.41'] as const;
export type EngineVersion = (typeof ENGINES)[number];

/** The versions of n8n-workflow that are put beside the package; each is an alias in e2e/n8n/neighbours. */
export const NEIGHBOURS = ['1.0', '1.19', '1.70', '1.82', '2.8', '2.41'] as const;
export type Neighbour = (typeof NEIGHBOURS)[number];

/** Where they lie: an engine in the node_modules of its folder, a neighbour in its folder itself. */
export interface Engines {
	engine(version: EngineVersion): string;
	neighbour(version: Neighbour): string;
}

/**
 * Puts all of them into the cache folder, unless they are there.
 *
 * @throws Error with one line for the user
 */
export async function installEngines(say: Say): Promise<Engines> {
	const all = [
		install('core-2.8', 'Fetching the engine of n8n 2.8', say),
		install('core-1.122', 'Fetching the engine of n8n 1.122', say),
		install('neighbours', 'Fetching the versions of n8n-workflow', say),
	] as const;
	// So that none is left running when another one has failed.
	await Promise.allSettled(all);
	const [old, older, neighbours] = await Promise.all(all);
	const engines = { '1.122': older, '2.8': old, '2.41': join(__dirname, '../..') };
	return {
		engine: (version) => engines[version],
		neighbour: (version) => join(neighbours, 'node_modules', `n8n-workflow-${version}`),
	};
}

async function install(locked: Locked, what: string, say: Say): Promise<string> {
	const folder = await lockedFolder(locked);
	await installLocked(locked, folder, { what, usually: 'a minute, 300 MB', say });
	return folder;
}
