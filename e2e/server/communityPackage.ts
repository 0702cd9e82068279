/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs outside n8n, on Node itself */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { npm } from '../install/npm';

const ROOT = join(__dirname, '../..');

/**
 * Installs this package into an n8n as a user's is: what npm would publish, unpacked in
 * `.n8n/nodes`, without a dependency of its own. Replaces the one that was there.
 *
 * @param userFolder the N8N_USER_FOLDER; that n8n must not be running
 * @throws Error when the package was not built
 */
export async function installPackage(userFolder: string): Promise<void> {
	if (!existsSync(join(ROOT, 'dist/nodes/Crazytel/Crazytel.node.js'))) {
		throw new Error('The built package is missing. Run "npm run build" first.');
	}
	const packed = await mkdtemp(join(tmpdir(), 'crazytel-packed-'));
	try {
		// Without prepack, which would build while others read what was built.
		const file = (
			await npm(['pack', '--ignore-scripts', '--loglevel=silent', '--pack-destination', packed], { folder: ROOT })
		).trim();
		const nodes = join(userFolder, '.n8n', 'nodes');
		await rm(nodes, { recursive: true, force: true });
		await mkdir(nodes, { recursive: true });
		// n8n itself leaves the peers away too: the package takes n8n-workflow from its host.
		await npm(
			[
				'install',
				'--ignore-scripts',
				'--legacy-peer-deps',
				'--no-audit',
				'--no-fund',
				'--prefix',
				nodes,
				join(packed, file),
			],
			{
				folder: nodes,
			},
		);
	} finally {
		await rm(packed, { recursive: true, force: true });
	}
}
