/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- a test, runs outside n8n */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { PACKAGE_ROOT } from '../../engine/boot';

/** What a run of the demo as a command of its own has left. */
export interface Ended {
	code: number | null;
	output: string;
	errors: string;
}

/** Runs `tsx demo/main.ts` and waits until the process has ended by itself. */
export async function runCommand(args: string[], folder = PACKAGE_ROOT): Promise<Ended> {
	const tsx = join(PACKAGE_ROOT, 'node_modules', 'tsx', 'dist', 'cli.mjs');
	const child = spawn(process.execPath, [tsx, 'demo/main.ts', ...args], {
		cwd: folder,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let output = '';
	let errors = '';
	child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
	const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
	return { code, output, errors };
}

/**
 * Copies what the demo needs, so that a test can spoil it.
 *
 * @returns the folder; remove it with {@link removeCheckout}
 */
export function copyCheckout(): string {
	const folder = mkdtempSync(join(tmpdir(), 'crazytel-demo-'));
	for (const part of ['package.json', 'tsconfig.json', 'demo', 'dist', 'engine', 'examples', 'nodes', 'sandbox']) {
		cpSync(join(PACKAGE_ROOT, part), join(folder, part), { recursive: true });
	}
	symlinkSync(join(PACKAGE_ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
	return folder;
}

export function removeCheckout(folder: string): void {
	rmSync(folder, { recursive: true, force: true });
}
