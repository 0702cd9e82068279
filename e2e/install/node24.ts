/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs outside n8n, on Node itself */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { installLocked, lockedFolder } from './locked';
import type { Say } from './progress';

/**
 * The Node that n8n 2.36 and newer asks for: the one that runs this, if it is new enough, else a
 * Node 24 that npm has as an ordinary package.
 *
 * @returns the path of its binary, in a folder `bin` beside `include` with its headers
 * @throws Error with one line when there is none for this computer
 */
export async function node24(say: Say): Promise<string> {
	if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
	const folder = await lockedFolder('node-24');
	await installLocked('node-24', folder, { what: 'Fetching Node 24', usually: 'half a minute', say });
	for (const name of await readdir(join(folder, 'node_modules'))) {
		const binary = join(folder, 'node_modules', name, 'bin', 'node');
		if (existsSync(binary)) return binary;
	}
	throw new Error(`There is no Node 24 for ${process.platform} ${process.arch} among npm's packages. Run this with Node 24.`);
}
