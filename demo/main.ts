/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n, on Node itself */
import { readFlags } from './flags';

async function main(): Promise<void> {
	const { isTTY = false, columns = 100 } = process.stdout;
	const layout = { colours: isTTY, width: Math.min(Math.max(columns, 80), 120) };
	const flags = readFlags(process.argv.slice(2));
	// Loaded only now: the engine takes a second or two, and a wrong flag should not.
	const { runDemo } = await import('./index');
	await runDemo({ ...flags, ...layout }, (text) => process.stdout.write(text));
}

main().catch((error: Error) => {
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 1;
});
