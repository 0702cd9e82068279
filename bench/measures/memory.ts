/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n, on Node itself */
import { median } from 'simple-statistics';

import { startSandbox } from '../../sandbox';
import { crazytel, httpRequest, suspendById } from '../arms';
import type { Row } from '../results';
import { takeTurns } from '../rounds';
import type { Stage } from '../stage';

const SIZES = [100, 1000, 10_000];
const ROUNDS = 2;
const SETTLING_MS = 3000;

/** Memory per item from 100 items to 10,000, answers at once. Looking at the heap takes time, so time is not measured here. */
export async function* measureMemory(stage: Stage, say: (line: string) => void): AsyncGenerator<Row[]> {
	const sandbox = await startSandbox({ trunks: Array.from({ length: Math.max(...SIZES) }, () => ({})), switches: { rateLimit: 0 } });
	try {
		const account = { url: sandbox.url, ...(await stage.credentialsFor(sandbox, 0)) };
		const ids = sandbox.trunks().map(({ id }) => ({ id }));
		const arms = [
			{ arm: 'Crazytel', flow: await stage.prepare(crazytel(account, suspendById)) },
			{ arm: 'HTTP Request', flow: await stage.prepare(httpRequest(account)) },
		];
		stage.lookAtHeap(true);
		for (const items of SIZES) {
			const results = await takeTurns(
				arms.map(({ arm, flow }) => ({
					arm,
					async run() {
						sandbox.reset();
						// n8n lets go of a run a while after its end.
						await new Promise((resolve) => setTimeout(resolve, SETTLING_MS));
						return await flow.run(ids.slice(0, items));
					},
				})),
				{ rounds: items === 10_000 ? 1 : ROUNDS, warmUps: 0 },
			);
			yield arms.map(({ arm }) => {
				const samples = results.get(arm)?.map(({ heapBytes = 0 }) => heapBytes / 1000) ?? [];
				return { items, arm, kilobytesPerItem: median(samples) / items, samples };
			});
			say(`  ${items} items: done`);
		}
		stage.lookAtHeap(false);
	} finally {
		await sandbox.close();
	}
}
