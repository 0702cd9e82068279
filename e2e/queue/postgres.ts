/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- runs outside n8n, on Node itself */
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import execa from 'execa';

import { freePort } from '../server';
import { type Account, asAccount, type Daemon, startDaemon } from './daemon';
import { program } from './debian';

/** The name of its one user, whose database has the same name and who needs no password. */
export const POSTGRES_USER = 'postgres';

/**
 * Starts a PostgreSQL with a database of its own in a temporary folder.
 *
 * @throws Error with the reason, also when PostgreSQL is missing
 */
export async function startPostgres(): Promise<Daemon> {
	const path = program('postgres');
	const initdb = program('initdb');
	const setpriv = program('setpriv');
	const port = await freePort();
	const account = await accountForPostgres();
	// The folder for temporary files of the tests lets nobody else in.
	const folder = await mkdtemp(join(account === undefined ? tmpdir() : '/tmp', 'crazytel-postgres-'));
	const remove = async () => await rm(folder, { recursive: true, force: true, maxRetries: 3 });
	try {
		if (account !== undefined) await chown(folder, account.uid, account.gid);
		await execa(
			setpriv,
			[
				...asAccount(account),
				initdb,
				'--pgdata',
				folder,
				'--username',
				POSTGRES_USER,
				'--auth',
				'trust',
				'--encoding',
				'UTF8',
				'--no-sync',
			],
			{ cwd: '/' },
		);
		const stop = await startDaemon({
			name: 'PostgreSQL',
			path,
			args: [
				'-D',
				folder,
				'-p',
				String(port),
				...['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'].flatMap((setting) => [
					'-c',
					setting,
				]),
			],
			port,
			account,
		});
		return {
			port,
			async stop() {
				await stop();
				await remove();
			},
		};
	} catch (error) {
		await remove();
		throw error;
	}
}

/** PostgreSQL does not run as root: then it is the user whom its Debian package has made. */
async function accountForPostgres(): Promise<Account | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	const id = async (flag: '-u' | '-g') => Number((await execa('id', [flag, 'postgres'])).stdout);
	return { uid: await id('-u'), gid: await id('-g') };
}
