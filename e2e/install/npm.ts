/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs outside n8n, on Node itself */
import { delimiter, dirname } from 'node:path';
import execa, { type ExecaError } from 'execa';

export interface NpmRun {
	folder: string;
	/** The Node that npm and the builds run on; by default that of this process. */
	node?: string;
	env?: Record<string, string>;
}

/**
 * Runs npm to its end, without input.
 *
 * @returns what it printed
 * @throws Error with one line that says why: npm missing, registry unreachable, disk full; else the
 *   end of npm's own words
 */
export async function npm(args: string[], { folder, node = process.execPath, env = {} }: NpmRun): Promise<string> {
	const path = [dirname(node), process.env.PATH].join(delimiter);
	try {
		const { stdout } = await execa('npm', args, {
			cwd: folder,
			env: { ...env, PATH: path },
			stdin: 'ignore',
			maxBuffer: 1e8,
		});
		return stdout;
	} catch (error) {
		throw explained(error as ExecaError, args);
	}
}

function explained(error: ExecaError, args: string[]): Error {
	const said = `${error.stderr ?? ''}\n${error.stdout ?? ''}`;
	const words = reason(error, said) ?? `"npm ${args[0]}" failed: ${ownWords(said) || error.shortMessage}`;
	return new Error(words, { cause: error });
}

function reason(error: NodeJS.ErrnoException, said: string): string | undefined {
	if (error.code === 'ENOENT') return 'npm is missing. It comes with Node.';
	if (/ENOSPC/.test(said))
		return 'The disk is full. Make room, or name a folder on another disk in CRAZYTEL_E2E_CACHE.';
	const network =
		/\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|EHOSTUNREACH|ENETUNREACH)\b/.exec(
			said,
		);
	if (network) {
		return `The npm registry cannot be reached (${network[1]}). Check the connection, and "npm config get registry".`;
	}
	if (/gyp ERR!/.test(said)) {
		return "A module of n8n could not be compiled. That needs python3, make and a C++ compiler (Debian's build-essential).";
	}
	return undefined;
}

function ownWords(said: string): string {
	const lines = said.split('\n').filter((line) => /^npm (?:error|ERR!) \S/.test(line) && !/complete log/.test(line));
	return lines
		.slice(0, 4)
		.map((line) => line.replace(/^npm (?:error|ERR!) /, ''))
		.join(' ');
}
