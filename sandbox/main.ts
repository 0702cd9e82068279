/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { parseArgs } from 'node:util';
import { startSandbox, type Sandbox } from './index';
import { trunksToShow } from './trunksToShow';

/** The wanted port, or the sentence that says why there is none. */
function readPort(args: string[]): number | string {
	let port: string;
	try {
		port = parseArgs({ args, options: { port: { type: 'string', default: '4010' } } }).values.port;
	} catch {
		return `Cannot read "${args.join(' ')}": the sandbox takes --port N and nothing else.`;
	}
	if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) {
		return `The port must be a number from 0 to 65535 (0 is any free port), not "${port}".`;
	}
	return Number(port);
}

function introduce({ url, apiKey }: Sandbox): string {
	return `Crazytel sandbox: ${url}
API key:          ${apiKey} (no secret: it opens this sandbox alone)

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

function fail(sentence: string): void {
	process.stderr.write(`${sentence}\n`);
	process.exitCode = 1;
}

async function main(): Promise<void> {
	const port = readPort(process.argv.slice(2));
	if (typeof port === 'string') return fail(port);
	const sandbox = await startSandbox({ port, trunks: trunksToShow });
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void sandbox.close());
	}
	process.stdout.write(introduce(sandbox));
}

main().catch((error: Error) => fail(error.message));
