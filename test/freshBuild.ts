/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- runs in jest, on Node itself */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What goes into the published code, and how. */
const SOURCES = ['nodes', 'credentials', 'icons', 'rollup.config.mjs', 'gulpfile.js', 'package.json', 'tsconfig.json'];

/** Not in dist, which is published, and not in node_modules, which several trees may share. */
const NOTE = '.cache/built';

/**
 * Builds `dist` where it is not what its sources would give. By content: a file that was renamed or
 * deleted, or a dist that was brought from elsewhere, has no telling time.
 *
 * @param root of the repository
 * @returns whether it had to be built
 * @throws the build's own error
 */
export function buildIfStale(root: string): boolean {
	const note = join(root, NOTE);
	// Before the build, so that a source that is edited meanwhile does not pass for built.
	const sources = stateOf(root, SOURCES);
	const state = () => `${sources} ${stateOf(root, ['dist'])}`;
	if (existsSync(note) && readFileSync(note, 'utf8') === state()) return false;
	execFileSync('npm', ['run', 'build'], {
		cwd: root,
		stdio: ['ignore', 'ignore', 'inherit'],
		shell: process.platform === 'win32',
	});
	mkdirSync(dirname(note), { recursive: true });
	writeFileSync(note, state());
	return true;
}

/** What some files and folders hold. */
function stateOf(root: string, paths: string[]): string {
	const hash = createHash('sha256');
	for (const file of paths.flatMap((path) => filesIn(root, path))) {
		hash
			.update(`${file}\0`)
			.update(readFileSync(join(root, file)))
			.update('\0');
	}
	return hash.digest('hex');
}

function filesIn(root: string, path: string): string[] {
	const place = join(root, path);
	if (!existsSync(place)) return [];
	if (statSync(place).isFile()) return [path];
	return readdirSync(place, { recursive: true, encoding: 'utf8' })
		.map((inner) => join(path, inner))
		.filter((file) => statSync(join(root, file)).isFile())
		.sort();
}
