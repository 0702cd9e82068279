/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @typescript-eslint/no-require-imports -- runs in jest */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { addEventHandler } from 'jest-circus';

// One failure is enough to notice a mutant, and jest itself bails out only between files.
let hasFailed = false;
addEventHandler((event) => {
	if (event.name === 'test_fn_failure' || event.name === 'hook_failure') hasFailed = true;
	if (event.name === 'test_start' && hasFailed) event.test.mode = 'skip';
});

/**
 * Makes one test file of many, so that the engine is loaded once for each mutant and not once for
 * each file.
 *
 * @param folders below test/
 * @param without names of files to leave out
 */
export function gather(folders: string[], without = /^$/): void {
	for (const folder of folders) {
		const files = readdirSync(join(__dirname, '..', folder)).sort();
		for (const file of files.filter((name) => name.endsWith('.test.ts') && !without.test(name))) {
			// What a file sets up before and after its tests is for those only.
			describe(`${folder}/${file}`, () => void require(join(__dirname, '..', folder, file)));
		}
	}
}
