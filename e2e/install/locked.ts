/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs outside n8n, on Node itself */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { cacheFolder, roomInCache } from './cacheFolder';
import { npm } from './npm';
import { type Say, withProgress } from './progress';
import { wholeFolder } from './wholeFolder';

/** A folder of e2e/n8n: what is to be installed, to the last version. */
export type Locked = 'node-24' | '2.41' | '2.8' | '1.123' | 'core-2.8' | 'core-1.122' | 'neighbours';

const lockOf = (locked: Locked, file: string) => join(__dirname, '..', 'n8n', locked, file);

/**
 * Where it is installed: another lock file or another Node is another folder.
 *
 * @param node the Node whose modules are compiled there, if any are
 */
export async function lockedFolder(locked: Locked, node?: string): Promise<string> {
	const hash = createHash('sha256')
		.update(await readFile(lockOf(locked, 'package-lock.json')))
		.update(`${process.platform} ${process.arch} ${node === undefined ? '' : `${node} ${process.version}`}`)
		.digest('hex')
		.slice(0, 12);
	return join(cacheFolder(), `${locked === 'node-24' ? locked : `n8n-${locked}`}-${hash}`);
}

export interface Installation {
	what: string;
	/** How long it usually takes, in words. */
	usually: string;
	say: Say;
	node?: string;
	/** What is left to do in the folder once npm is through. */
	afterwards?: (folder: string) => Promise<void>;
}

/**
 * Installs what the lock file says into its folder, unless it is there.
 *
 * @throws Error with one line: see npm() and roomInCache()
 */
export async function installLocked(locked: Locked, folder: string, installation: Installation): Promise<void> {
	if (existsSync(folder)) return;
	const { what, usually, say, node, afterwards } = installation;
	await roomInCache();
	await withProgress(what, usually, say, async () => {
		await wholeFolder(folder, async (unfinished) => {
			for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
				await copyFile(lockOf(locked, file), join(unfinished, file));
			}
			// Not "npm ci": it refuses a lock file that lacks an optional package of another system.
			await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund'], { folder: unfinished, node });
			await afterwards?.(unfinished);
		});
	});
}
