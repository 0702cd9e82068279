/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs in jest, on Node itself */
import { join } from 'node:path';

import { buildIfStale } from './freshBuild';
import gatherTemporaryFiles from './temporaryFiles';

/** Before all tests. The engine's load what was built, so they must not meet an older build. */
export default function setUp(): void {
	gatherTemporaryFiles();
	buildIfStale(join(__dirname, '..'));
}
