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
	await installLocked('node-24', folder, {
		what: 'Fetching Node 24',
		usually: 'half a minute',
		say,
		async afterwards(unfinished) {
			// The packages are optional, one for each kind of computer, so npm does not mind when none comes.
			if ((await binaryIn(unfinished)) !== undefined) return;
			throw new Error(
				`npm has brought no Node 24 for ${process.platform} ${process.arch}: it has no such package, or its registry cannot be reached. ` +
					'Where there is none, run this with Node 24.',
			);
		},
	});
	return (await binaryIn(folder)) ?? process.execPath;
}

async function binaryIn(folder: string): Promise<string | undefined> {
	const modules = join(folder, 'node_modules');
	const packages = existsSync(modules) ? await readdir(modules) : [];
	return packages.map((name) => join(modules, name, 'bin', 'node')).find((binary) => existsSync(binary));
}
