/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- runs outside n8n, on Node itself */
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Makes a folder once and for all. It is filled under another name and gets its own at the end, so
 * a folder that is there is whole, however often its making was cut off.
 *
 * @param fill puts everything into the folder that it is given
 * @throws what `fill` throws, with nothing left behind
 */
export async function wholeFolder(folder: string, fill: (unfinished: string) => Promise<void>): Promise<void> {
	if (existsSync(folder)) return;
	await removeLeftovers(folder);
	const unfinished = `${folder}.unfinished-${process.pid}`;
	try {
		await mkdir(unfinished, { recursive: true });
		await fill(unfinished);
		await rename(unfinished, folder);
	} catch (error) {
		await rm(unfinished, { recursive: true, force: true });
		// Another process was faster, and what it made is as good.
		if (!existsSync(folder)) throw error;
	}
}

/** Removes what a process left that was killed while it filled the folder. */
async function removeLeftovers(folder: string): Promise<void> {
	const prefix = `${basename(folder)}.unfinished-`;
	await mkdir(dirname(folder), { recursive: true });
	for (const name of await readdir(dirname(folder))) {
		if (!name.startsWith(prefix) || isRunning(Number(name.slice(prefix.length)))) continue;
		await rm(join(dirname(folder), name), { recursive: true, force: true });
	}
}

function isRunning(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}
