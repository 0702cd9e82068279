/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- the log is captured where n8n writes it */
import { inspect } from 'node:util';

/**
 * All that is logged, by anybody. To be imported before anything of n8n: its logger keeps the
 * console, or the console's stream, that it finds when it is loaded.
 */
export const capturedLog: string[] = [];

process.env.N8N_LOG_LEVEL = 'debug';
for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
	console[method] = (...words: unknown[]) => void capturedLog.push(inspect(words));
}
// jest gives each worker a console with streams of its own.
const { _stdout, _stderr } = console as unknown as Record<'_stdout' | '_stderr', NodeJS.WriteStream>;
for (const stream of new Set([process.stdout, process.stderr, _stdout, _stderr])) {
	jest.spyOn(stream, 'write').mockImplementation((text) => capturedLog.push(String(text)) > 0);
}
