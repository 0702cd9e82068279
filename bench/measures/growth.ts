import { median } from 'simple-statistics';

import { startSandbox } from '../../sandbox';
import { crazytel, httpRequest, suspendById } from '../arms';
import type { Measured, Row } from '../results';
import { takeTurns } from '../rounds';
import type { Stage, Taken } from '../stage';

const SIZES = [100, 1000, 10_000];
/** Ten rounds of the longest would take too long. */
const roundsOf = (items: number) => (items === 10_000 ? 3 : 10);
const ROUNDS_WITH_HEAP = 2;

/** Time and memory per item from 100 items to 10,000, answers at once. */
export async function measureGrowth(stage: Stage, say: (line: string) => void): Promise<Measured> {
	const sandbox = await startSandbox({ trunks: Array.from({ length: Math.max(...SIZES) }, () => ({})), switches: { rateLimit: 0 } });
	try {
		const account = { url: sandbox.url, ...(await stage.credentialsFor(sandbox, 0)) };
		const ids = sandbox.trunks().map(({ id }) => ({ id }));
		const arms = [
			{ arm: 'Crazytel', flow: await stage.prepare(crazytel(account, suspendById)) },
			{ arm: 'HTTP Request', flow: await stage.prepare(httpRequest(account)) },
		];
		const play = async (items: number, rounds: number) =>
			await takeTurns(
				arms.map(({ arm, flow }) => ({
					arm,
					async run() {
						sandbox.reset();
						return await flow.run(ids.slice(0, items));
					},
				})),
				{ rounds, warmUps: 1 },
			);

		const rows: Row[] = [];
		for (const items of SIZES) {
			const timed = await play(items, roundsOf(items));
			stage.lookAtHeap(true);
			const weighed = await play(items, ROUNDS_WITH_HEAP);
			stage.lookAtHeap(false);
			for (const { arm } of arms) rows.push(rowOf(items, arm, timed.get(arm) ?? [], weighed.get(arm) ?? []));
			say(`  ${items} items: done`);
		}
		return { rows };
	} finally {
		await sandbox.close();
	}
}

function rowOf(items: number, arm: string, timed: Taken[], weighed: Taken[]): Row {
	const ms = timed.map((taken) => taken.ms);
	const kilobytes = weighed.map(({ heapBytes = 0 }) => heapBytes / 1000);
	return {
		items,
		arm,
		msPerItem: median(ms) / items,
		kilobytesPerItem: median(kilobytes) / items,
		samples: { ms, kilobytes },
	};
}
