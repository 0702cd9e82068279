/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- runs outside n8n, on Node itself */
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { type Sandbox, startSandbox } from '../../sandbox';
import { callRecordsToShow } from '../../sandbox/callRecordsToShow';
import { trunksToShow } from '../../sandbox/trunksToShow';
import { cacheFolder } from '../install';
import { owner } from '../rest';
import { mustBeFree, preferPort } from '../server/ports';
import { type RunningN8n, startN8n } from '../server';
import { fillEditor } from './content';

const USAGE = 'The editor takes --port N and nothing else.';

/** @throws Error with one line when there is no port to be had from the flags */
function readPort(args: string[]): number {
	let port: string;
	try {
		port = parseArgs({ args, options: { port: { type: 'string', default: '5690' } } }).values.port;
	} catch (error) {
		throw new Error(`Cannot read "${args.join(' ')}". ${USAGE}`, { cause: error });
	}
	const number = Number(port);
	if (/^\d{1,5}$/.test(port) && number >= 1 && number <= 65535) return number;
	throw new Error(`The port must be a number from 1 to 65535, not "${port}".`);
}

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** What a person needs to begin. No key: the credential is in n8n already, and keys do not belong on a screen. */
function introduce(n8n: RunningN8n, sandbox: Sandbox, workflows: string[]): string {
	return `
n8n with the Crazytel node:  ${n8n.url}/home/workflows
  sign in with               ${owner.email}
  password                   ${owner.password}

Your first trunk:
  1. Open that address and sign in.
  2. Open the workflow "Create a Crazytel trunk when a deal is won".
  3. Press "Execute workflow".
  4. Double-click "Create or update trunk": its output is the new trunk.

All workflows run so, as they stand, each with a note that says how to make it yours:
${workflows.map((name) => `  ${name}`).join('\n')}

Crazytel sandbox:            ${sandbox.url}, in the credential "Crazytel sandbox" already
  what it holds              curl ${sandbox.url}/_sandbox/state
Data and log of this n8n:    ${n8n.userFolder}
Ctrl-C stops both.
`;
}

async function main(): Promise<void> {
	const port = readPort(process.argv.slice(2));
	await mustBeFree(port);
	const sandbox = await startSandbox({ port: await preferPort(4010), trunks: trunksToShow });
	sandbox.addCallRecords(callRecordsToShow());
	try {
		// A folder for each port: two n8n must not share one.
		const n8n = await startN8n({ version: '2.41', port, userFolder: join(cacheFolder(), `editor-${port}`), say });
		try {
			say(introduce(n8n, sandbox, await fillEditor(n8n.rest, sandbox)));
			await Promise.race([pressed('SIGINT'), pressed('SIGTERM'), n8n.process.ended]);
			if (!n8n.process.isRunning()) throw new Error(`n8n has ended by itself. Its log: ${n8n.process.logFile}`);
			say('Stopping ...');
		} finally {
			await n8n.stop();
		}
	} finally {
		await sandbox.close();
	}
}

async function pressed(signal: 'SIGINT' | 'SIGTERM'): Promise<void> {
	await new Promise<void>((resolve) => process.once(signal, () => resolve()));
}

main().catch((error: Error) => {
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 1;
});
