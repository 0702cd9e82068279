/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs outside n8n, on Node itself */
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where Debian keeps what is not on everybody's PATH, of every version that is installed. */
const POSTGRESQL = '/usr/lib/postgresql';

const PACKAGES = {
	'redis-server': 'redis-server',
	postgres: 'postgresql',
	initdb: 'postgresql',
	setpriv: 'util-linux',
} as const;

/**
 * The path of a program.
 *
 * @throws Error with one line that names the Debian package to install
 */
export function program(name: keyof typeof PACKAGES): string {
	const versions = existsSync(POSTGRESQL) ? readdirSync(POSTGRESQL).sort((a, b) => Number(b) - Number(a)) : [];
	const folders = [
		...(process.env.PATH ?? '').split(delimiter),
		'/usr/bin',
		...versions.map((version) => join(POSTGRESQL, version, 'bin')),
	];
	const path = folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
	if (path !== undefined) return path;
	throw new Error(
		`The tests of queue mode need ${name}: run "apt-get install -y ${PACKAGES[name]}" as root, then try again.`,
	);
}
