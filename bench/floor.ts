/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs outside n8n, on Node itself */
import { once } from 'node:events';
import { join } from 'node:path';
import execa from 'execa';

import type { Sandbox } from '../sandbox';

/** The loop in a Node of its own, the one that runs n8n. */
export interface Floor {
	suspend(sandbox: Sandbox, ids: string[]): Promise<{ ms: number; cpuMs: number }>;
	close(): Promise<void>;
}

export function startFloor(nodePath: string): Floor {
	const child = execa.node(join(__dirname, 'floor.mjs'), [], { nodePath, nodeOptions: [], reject: false });
	return {
		async suspend({ url, apiKey }, ids) {
			const answered = once(child, 'message') as Promise<[{ ms: number; cpuMs: number; done: number }]>;
			const ended = child.then(({ stderr }): never => {
				throw new Error(`The loop has ended before its time: ${stderr}`);
			});
			child.send({ url, apiKey, ids });
			const [{ ms, cpuMs, done }] = await Promise.race([answered, ended]);
			if (done !== ids.length) throw new Error(`The loop has done ${done} of ${ids.length}.`);
			return { ms, cpuMs };
		},
		async close() {
			child.kill();
			await child;
		},
	};
}
