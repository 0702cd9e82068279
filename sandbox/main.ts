/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- runs outside n8n */
import { parseArgs } from 'node:util';
import { startSandbox, type Sandbox } from './index';
import { readProfile } from './profile';
import { trunksToShow } from './trunksToShow';

function optionsIn(args: string[]): { port: string; profile?: string | undefined } {
	const options = { port: { type: 'string', default: '4010' }, profile: { type: 'string' } } as const;
	try {
		return parseArgs({ args, options }).values;
	} catch (error) {
		throw new Error(`Cannot read "${args.join(' ')}": the sandbox takes --port N, --profile FILE, and nothing else.`, {
			cause: error,
		});
	}
}

function readPort(port: string): number {
	if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) {
		throw new Error(`The port must be a number from 0 to 65535 (0 is any free port), not "${port}".`);
	}
	return Number(port);
}

/** @param profile the line that says what is played; empty where that is the default */
function introduce({ url, apiKey }: Sandbox, profile: string): string {
	return `Crazytel sandbox: ${url}
API key:          ${apiKey} (no secret: it opens this sandbox alone)
${profile}
Create a trunk:
  curl -X POST ${url}/api/v1/sip-trunks/ \\
    -H 'x-crazytel-api-key: ${apiKey}' -H 'content-type: application/json' \\
    -d '{"password":"Example1pass","caller_id_number":"61291234567"}'

Lose the reply to the next create:
  curl -X POST ${url}/_sandbox/faults \\
    -H 'content-type: application/json' -d '{"on":"create","play":"lostReplyAfter"}'

See what it holds:
  curl ${url}/_sandbox/state

Ctrl-C stops it.
`;
}

async function main(): Promise<void> {
	const options = optionsIn(process.argv.slice(2));
	const port = readPort(options.port);
	const profile = options.profile === undefined ? undefined : readProfile(options.profile);
	const sandbox = await startSandbox({ port, trunks: trunksToShow, switches: profile?.switches ?? {} });
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void sandbox.close());
	}
	process.stdout.write(
		introduce(sandbox, profile === undefined ? '' : `Profile:          ${options.profile}: ${profile.about}\n`),
	);
}

main().catch(({ message }: Error) => {
	process.stderr.write(`${message}\n`);
	process.exitCode = 1;
});
