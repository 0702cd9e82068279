/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs outside n8n, on Node itself */
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** The built package as it lies in n8n's nodes folder. */
export interface Installed {
	/** n8n's nodes folder. */
	nodes: string;
	package: string;
	remove(): Promise<void>;
}

/**
 * Lays the built package into a nodes folder of its own.
 *
 * @param neighbour the n8n-workflow that npm has put beside it, with its zod where it has one of its own
 * @throws Error when the package was not built
 */
export async function packageBeside(neighbour: string | undefined): Promise<Installed> {
	if (!existsSync(join(ROOT, 'dist/nodes/Crazytel/Crazytel.node.js'))) {
		throw new Error('The built package is missing. Run "npm run build" first.');
	}
	const nodes = await mkdtemp(join(tmpdir(), 'crazytel-nodes-'));
	const modules = join(nodes, 'node_modules');
	const folder = join(modules, 'n8n-nodes-crazytel');
	await mkdir(folder, { recursive: true });
	for (const part of ['dist', 'package.json', 'index.js'])
		await cp(join(ROOT, part), join(folder, part), { recursive: true });
	if (neighbour !== undefined) {
		await symlink(neighbour, join(modules, 'n8n-workflow'));
		const zod = zodOf(neighbour);
		if (zod !== undefined) await symlink(zod, join(modules, 'zod'));
	}
	return { nodes, package: folder, remove: async () => await rm(nodes, { recursive: true, force: true }) };
}

function zodOf(neighbour: string): string | undefined {
	const manifest = join(neighbour, 'package.json');
	const { dependencies } = JSON.parse(readFileSync(manifest, 'utf8')) as { dependencies: Record<string, string> };
	return dependencies.zod === undefined ? undefined : dirname(createRequire(manifest).resolve('zod/package.json'));
}
