/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @typescript-eslint/no-require-imports -- runs in jest */
import { join } from 'node:path';

/**
 * Makes one test file of many, so that n8n is loaded once and not once for each file.
 *
 * @param files as paths below test/
 */
export function gather(files: string[]): void {
	// What a file sets up before and after its tests is for those only.
	for (const file of files) describe(file, () => void require(join(__dirname, '..', file)));
}
