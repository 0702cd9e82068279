/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Gives all tests one folder for their temporary files, removed at the end: what runs in jest's
 * sandbox is not told when its process ends, so the engine's folders would stay.
 */
export default function gatherTemporaryFiles(): void {
	const folder = mkdtempSync(join(tmpdir(), 'crazytel-tests-'));
	process.env.TMPDIR = folder;
	process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
}
