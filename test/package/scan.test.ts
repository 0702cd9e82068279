/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a test on Node itself, never published */
import { appendFile, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { copyTree, type Ended, run } from './tree';

const NODE = 'nodes/Crazytel/Crazytel.node';

/** Of the source only the files that package.json names, as each file that is looked through takes its time. */
const SCANNED = [
	'package.json',
	'index.js',
	`${NODE}.ts`,
	'nodes/Crazytel/CrazytelTrigger.node.ts',
	'credentials',
	'icons',
	'dist',
	'scripts',
];

interface Scan extends Ended {
	/** What it left in the temporary folder that it was given. */
	left: string[];
}

/** Scans a copy of this repository that was changed before. */
async function scanAfter(change: (root: string) => Promise<void>): Promise<Scan> {
	const { root, remove } = await copyTree(SCANNED);
	try {
		await change(root);
		const temporary = join(root, 'temporary');
		await mkdir(temporary);
		const ended = await run(process.execPath, ['scripts/scan.mjs'], root, { TMPDIR: temporary });
		return { ...ended, left: await readdir(temporary) };
	} finally {
		await remove();
	}
}

// That it passes this package is seen by `npm test`, which ends with it.
describe('npm run scan', () => {
	jest.setTimeout(120_000);

	it.concurrent.each<[what: string, change: (root: string) => Promise<void>, code: number, words: RegExp]>([
		[
			'catches a console.log and a setTimeout in the source, also behind an eslint-disable',
			async (root) =>
				await appendFile(
					join(root, `${NODE}.ts`),
					"\n/* eslint-disable */\nconsole.log('here');\nsetTimeout(() => {}, 1);\n",
				),
			1,
			/source: failed[\s\S]*no-console[\s\S]*no-restricted-globals[\s\S]*tarball: passed/,
		],
		[
			'catches what only the built files hold',
			async (root) => await appendFile(join(root, `dist/${NODE}.js`), '\nsetTimeout(() => {}, 1);\n'),
			1,
			/source: passed[\s\S]*tarball: failed[\s\S]*no-restricted-globals/,
		],
		[
			'does not pass a package that was not built',
			async (root) => await rm(join(root, 'dist'), { recursive: true }),
			1,
			/There is no dist\/nodes.*npm run build/,
		],
		[
			'does not pass a folder without the source',
			async (root) => await rm(join(root, 'nodes'), { recursive: true }),
			1,
			/There is no nodes\/Crazytel\/Crazytel\.node\.ts/,
		],
	])('%s', async (_what, change, code, words) => {
		const scan = await scanAfter(change);
		expect(scan.output).toMatch(words);
		expect(scan.code).toBe(code);
		expect(scan.left).toEqual([]);
	});
});
