/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs outside n8n, on Node itself */
import 'reflect-metadata';

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// n8n-core reads these when it is first loaded, and would otherwise use the user's own ~/.n8n.
if (process.env.N8N_USER_FOLDER === undefined) {
	const folder = mkdtempSync(join(tmpdir(), 'crazytel-engine-'));
	process.env.N8N_USER_FOLDER = folder;
	process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
}
process.env.N8N_ENCRYPTION_KEY ??= 'only-for-a-local-engine-without-stored-credentials';
// A failing item is a result here; whoever runs the engine says it in words of their own.
process.env.N8N_LOG_LEVEL ??= 'silent';

/** The root of this repository: n8n's loader finds the built package there by its package.json. */
export const PACKAGE_ROOT = join(__dirname, '..');
