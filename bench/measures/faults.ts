/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n, on Node itself */
import { readFile } from 'node:fs/promises';

import { type FaultRule, type Play, startSandbox } from '../../sandbox';
import { startOwnProcess } from '../../test/engine/ownProcess';
import { suspendById } from '../arms';
import type { Row } from '../goals';
import { randomFrom } from '../random';
import type { Stage } from '../stage';

const ITEMS = 3000;

/** How many requests of a hundred meet it. */
const FAULTS: Array<{ percent: number; plays: Play[] }> = [
	{ percent: 0.5, plays: ['error500Before', 'error500After'] },
	{ percent: 0.5, plays: ['lostReplyBefore', 'lostReplyAfter'] },
	// Longer than the node waits for an answer.
	{
		percent: 0.5,
		plays: [
			{ slowMs: 31_000, after: true },
			{ slowMs: 31_000, after: false },
		],
	},
	{ percent: 1, plays: [{ status: 429, headers: { 'retry-after': '1' } }] },
];

/** 3,000 suspensions through everything that a bad night has, without a limit of the account. */
export async function* measureFaults(_stage: Stage, say: (line: string) => void): AsyncGenerator<Row[]> {
	// At once, as what they do is wait for what is silent; each has a server of its own.
	yield await Promise.all(
		[1, 2, 3].map(async (seed) => {
			const row = await once(seed);
			say(`  round ${seed}: done`);
			return row;
		}),
	);
}

async function once(seed: number): Promise<Row> {
	const sandbox = await startSandbox({ trunks: Array.from({ length: ITEMS }, () => ({})), switches: { rateLimit: 0 } });
	const n8n = await startOwnProcess();
	try {
		for (const rule of faultsFrom(seed)) sandbox.fault(rule);
		const items = sandbox.trunks().map(({ id }) => ({ id }));
		const before = await megabytes(n8n.pid, 'VmRSS');
		const { ms, good, failed } = await n8n.play({
			url: sandbox.url,
			apiKey: sandbox.apiKey,
			items,
			parameters: { resource: 'sipTrunk', ...suspendById },
			node: { onError: 'continueErrorOutput' },
		});
		const statuses = sandbox.requests.map(({ status }) => status);
		return {
			items: ITEMS,
			done: sandbox.trunks().filter(({ enabled }) => !enabled).length,
			reported: good.length,
			failed: failed.length,
			inOrder: good.every(({ id }, index) => id === items[index]?.id),
			requests: statuses.length,
			refused: statuses.filter((status) => status === 429).length,
			seconds: ms / 1000,
			megabytes: (await megabytes(n8n.pid, 'VmHWM')) - before,
		};
	} finally {
		await n8n.kill();
		await sandbox.close();
	}
}

function faultsFrom(seed: number): FaultRule[] {
	const random = randomFrom(seed);
	return FAULTS.flatMap(({ percent, plays }) =>
		Array.from(
			{ length: (ITEMS * percent) / 100 },
			(_, index): FaultRule => ({
				on: 'any',
				nth: 1 + Math.floor(random() * ITEMS),
				play: plays[index % plays.length] ?? 'limited',
			}),
		),
	);
}

/** Memory of a process as Linux tells it: now (VmRSS), or the most there was (VmHWM). */
async function megabytes(pid: number, which: 'VmRSS' | 'VmHWM'): Promise<number> {
	const [, kilobytes = ''] =
		new RegExp(`${which}:\\s+(\\d+) kB`).exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
	return Number(kilobytes) / 1024;
}
