/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- a test on Node itself, never published */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../..');

/** A copy of part of this repository in a temporary folder, with the same node_modules. */
export interface Tree {
	root: string;
	remove(): Promise<void>;
}

/** @param paths files and folders to copy, relative to the root */
export async function copyTree(paths: string[]): Promise<Tree> {
	const root = await mkdtemp(join(tmpdir(), 'crazytel-tree-'));
	for (const path of paths) await cp(join(ROOT, path), join(root, path), { recursive: true });
	await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'));
	return { root, remove: async () => await rm(root, { recursive: true, force: true }) };
}

/** Node cuts longer output off, and what depends on what is a long text. */
const MOST_OUTPUT = 64 * 1024 * 1024;

/** What a program said and how it ended. */
export interface Ended {
	code: number;
	output: string;
}

/** Runs a program to its end, without input. Never rejects for a bad exit code. */
export async function run(
	program: string,
	args: string[],
	cwd: string,
	env: Record<string, string> = {},
): Promise<Ended> {
	return await new Promise((resolve) => {
		const child = execFile(
			program,
			args,
			{ cwd, env: { ...process.env, ...env }, maxBuffer: MOST_OUTPUT },
			(error, stdout, stderr) => {
				const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
				resolve({ code, output: stdout + stderr });
			},
		);
		child.stdin?.end();
	});
}
