/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- runs outside n8n, on Node itself */
import { mkdir, statfs } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** What an n8n takes, with room for what npm keeps in a cache of its own. */
const NEEDED = 4e9;

/**
 * Where n8n, its Node and the data of `npm run editor` live, outside the checkout:
 * CRAZYTEL_E2E_CACHE, or n8n-nodes-crazytel in the user's cache folder.
 */
export function cacheFolder(): string {
	const { CRAZYTEL_E2E_CACHE: chosen, XDG_CACHE_HOME: caches } = process.env;
	if (chosen) return chosen;
	return join(caches ?? join(homedir(), '.cache'), 'n8n-nodes-crazytel');
}

/**
 * Makes the cache folder if it is missing.
 *
 * @throws Error with one line when it cannot be written, or when the disk has too little room
 */
export async function roomInCache(): Promise<void> {
	const folder = cacheFolder();
	try {
		await mkdir(folder, { recursive: true });
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		throw new Error(`Cannot make the folder ${folder} (${code}). Name another in CRAZYTEL_E2E_CACHE.`, {
			cause: error,
		});
	}
	const { bavail, bsize } = await statfs(folder);
	if (bavail * bsize >= NEEDED) return;
	throw new Error(
		`Too little room on the disk: n8n needs about ${gigabytes(NEEDED)} in ${folder}, and ${gigabytes(bavail * bsize)} are free. ` +
			'Make room, or name a folder on another disk in CRAZYTEL_E2E_CACHE.',
	);
}

function gigabytes(bytes: number): string {
	return `${(bytes / 1e9).toFixed(1)} GB`;
}
