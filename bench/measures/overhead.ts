import { sleep } from 'n8n-workflow';
import { median } from 'simple-statistics';

import { startSandbox } from '../../sandbox';
import { builtIn, crazytel, httpRequest, httpRequestInLoop, mustBeSuspended, nothing, suspendById } from '../arms';
import { startFloor } from '../floor';
import type { Row } from '../goals';
import { type Contestant, takeTurns } from '../rounds';
import type { Flow, Stage, Taken } from '../stage';

const MOST = 10_000;

/** Number of items, milliseconds until an answer. */
const CELLS = [
	...[1, 10, 100, 1000].flatMap((items) => [0, 20, 100].map((answerMs) => ({ items, answerMs }))),
	{ items: 50, answerMs: 100 },
	{ items: MOST, answerMs: 0 },
	{ items: MOST, answerMs: 20 },
];

/** n8n is not done with an execution at its end, and what is left counts much beside a single item. */
const PAUSE_MS = 250;

function turnsOf(items: number): { rounds: number; warmUps: number } {
	// What n8n itself takes for a single item differs from round to round.
	if (items === 1) return { rounds: 60, warmUps: 5 };
	// Ten rounds of the longest would take hours.
	return items === MOST ? { rounds: 3, warmUps: 0 } : { rounds: 10, warmUps: 1 };
}

/** Those that send one request after the other take the sum of all answers at the least: not played where that is long. */
const ONE_BY_ONE = ['GraphQL', 'Loop Over Items', 'fetch'];
const LONGEST_MS = 5000;

export type Sample = Pick<Taken, 'ms' | 'cpuMs'>;

/** What an item costs without any limit: suspensions by ID, one request each. */
export async function* measureOverhead(stage: Stage, say: (line: string) => void): AsyncGenerator<Row[]> {
	const sandbox = await startSandbox({ trunks: Array.from({ length: MOST }, () => ({})), switches: { rateLimit: 0 } });
	const floor = startFloor(stage.n8n.installed.node);
	try {
		const account = { url: sandbox.url, ...(await stage.credentialsFor(sandbox, 0)) };
		const flows: Record<string, Flow> = {
			Crazytel: crazytel(account, suspendById),
			'HTTP Request': httpRequest(account),
			'Loop Over Items': httpRequestInLoop(account, { waits: false }),
			GraphQL: builtIn(account),
			nothing: nothing(),
		};
		const ids = sandbox.trunks().map(({ id }) => id);
		const contestants: Array<{ arm: string; run(wanted: string[]): Promise<Sample> }> = [
			{ arm: 'fetch', run: async (wanted) => await floor.suspend(sandbox, wanted) },
		];
		for (const [arm, flow] of Object.entries(flows)) {
			const ready = await stage.prepare(flow);
			contestants.push({ arm, run: async (wanted) => await ready.run(wanted.map((id) => ({ id }))) });
		}

		for (const { items, answerMs } of CELLS) {
			const wanted = ids.slice(0, items);
			const competing = contestants.filter(({ arm }) => isWorthwhile(arm, items, answerMs));
			const results = await takeTurns(
				competing.map(
					({ arm, run }): Contestant<Sample> => ({
						arm,
						async run() {
							sandbox.reset();
							sandbox.set({ latencyMs: answerMs });
							if (items === 1) await sleep(PAUSE_MS);
							const sample = await run(wanted);
							if (arm !== 'nothing') mustBeSuspended(sandbox, arm, items);
							return { ms: sample.ms, cpuMs: sample.cpuMs };
						},
					}),
				),
				turnsOf(items),
			);
			yield rowsOf({ items, answerMs }, results);
			say(`  ${items} items, answers after ${answerMs} ms: done`);
		}
	} finally {
		await floor.close();
		await sandbox.close();
	}
}

function isWorthwhile(arm: string, items: number, answerMs: number): boolean {
	if (!ONE_BY_ONE.includes(arm)) return true;
	return items < MOST && items * answerMs <= LONGEST_MS;
}

/** The processor time of the flow that does nothing is n8n's own, and taken off. */
export function rowsOf(cell: { items: number } & Row, results: Map<string, Sample[]>): Row[] {
	const { items } = cell;
	const middle = (arm: string, of: keyof Sample) => median(results.get(arm)?.map((sample) => sample[of]) ?? []);
	const cpuOf = (arm: string) => Math.max(0, middle(arm, 'cpuMs') - (arm === 'fetch' ? 0 : middle('nothing', 'cpuMs')));
	return [...results]
		.filter(([arm]) => arm !== 'nothing')
		.map(([arm, samples]) => ({
			...cell,
			arm,
			rounds: samples.length,
			msPerItem: middle(arm, 'ms') / items,
			cpuMsPerItem: cpuOf(arm) / items,
			msToHttpRequest: middle(arm, 'ms') / middle('HTTP Request', 'ms'),
			cpuToHttpRequest: cpuOf(arm) / cpuOf('HTTP Request'),
		}));
}
