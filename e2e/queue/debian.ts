/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs outside n8n, on Node itself */
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import execa from 'execa';

import type { Say } from '../install/progress';

/** Where Debian keeps what is not on everybody's PATH, of every version that is installed. */
const POSTGRESQL = '/usr/lib/postgresql';

const PACKAGES = {
	'redis-server': 'redis-server',
	postgres: 'postgresql',
	initdb: 'postgresql',
	setpriv: 'util-linux',
} as const;

/**
 * The path of a program. Where it is missing, its Debian package is installed first.
 *
 * @throws Error with one line that names the package, when it is missing and cannot be installed
 */
export async function program(name: keyof typeof PACKAGES, say: Say): Promise<string> {
	const there = find(name);
	if (there !== undefined) return there;
	await install(PACKAGES[name], say);
	const installed = find(name);
	if (installed === undefined) throw missing(PACKAGES[name], `The package holds no ${name}.`);
	return installed;
}

function find(name: string): string | undefined {
	const versions = existsSync(POSTGRESQL) ? readdirSync(POSTGRESQL).sort((a, b) => Number(b) - Number(a)) : [];
	return [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', ...versions.map((version) => join(POSTGRESQL, version, 'bin'))]
		.map((folder) => join(folder, name))
		.find((path) => existsSync(path));
}

async function install(name: string, say: Say): Promise<void> {
	if (process.getuid?.() !== 0) throw missing(name, 'Only root can install it.');
	say(`Installing Debian's package ${name} ...`);
	// Another program may be installing something right now.
	const apt = async (...args: string[]) =>
		await execa('apt-get', ['-o', 'DPkg::Lock::Timeout=300', '-y', ...args], {
			env: { DEBIAN_FRONTEND: 'noninteractive' },
			timeout: 600_000,
		});
	try {
		await apt('update');
		await apt('install', '--no-install-recommends', name);
	} catch (error) {
		throw missing(name, (error as execa.ExecaError).shortMessage);
	}
}

function missing(name: string, why: string): Error {
	return new Error(`The tests of queue mode need Debian's package ${name}: apt-get install ${name}. ${why}`);
}
