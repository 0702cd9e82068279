/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- runs outside n8n, on Node itself */
import { parseArgs } from 'node:util';

import { type Account, readCredential } from '../nodes/Crazytel/api/credential';
import type { DemoOptions } from './index';

const USAGE = 'The demo takes --port N for its sandbox, or --base-url URL and --api-key KEY for another server.';

/**
 * Reads the flags.
 *
 * @throws Error with one line; it never repeats a value, which could be the API key
 */
export function readFlags(args: string[]): Pick<DemoOptions, 'account' | 'port'> {
	const { port, 'base-url': baseUrl, 'api-key': apiKey } = parseFlags(args);
	if ((baseUrl === undefined) !== (apiKey === undefined)) {
		throw new Error('--base-url and --api-key are needed together: the address of a server and a key that it knows.');
	}
	if (baseUrl !== undefined && apiKey !== undefined) {
		if (port === undefined) return { account: readAccount(baseUrl, apiKey) };
		throw new Error('--port is for the sandbox, and with --base-url none is started. Leave one of them out.');
	}
	if (port === undefined) return {};
	if (/^\d{1,5}$/.test(port) && Number(port) <= 65535) return { port: Number(port) };
	throw new Error('--port must be a number from 0 to 65535 (0 is any free port).');
}

/** Reads the two as the node reads its credential, so that both mean the same server. */
function readAccount(baseUrl: string, apiKey: string): Account {
	try {
		return readCredential({ baseUrl, apiKey });
	} catch (error) {
		throw new Error(`--base-url or --api-key cannot be used. ${(error as Error).message}`, { cause: error });
	}
}

function parseFlags(args: string[]) {
	const flag = { type: 'string' } as const;
	try {
		return parseArgs({ args, options: { port: flag, 'base-url': flag, 'api-key': flag } }).values;
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		const unknown = code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' ? /'(-[^'=]*)/.exec(message)?.[1] : undefined;
		const problem =
			unknown === undefined ? 'A flag lacks its value, or there is a word too many.' : `Unknown flag ${unknown}.`;
		throw new Error(`${problem} ${USAGE}`, { cause: error });
	}
}
