/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs outside n8n, on Node itself */
import { dirname, join } from 'node:path';
import execa from 'execa';
import type { ICredentialDataDecryptedObject, INode } from 'n8n-workflow';
import { median } from 'simple-statistics';

import { PACKAGE_ROOT } from '../../engine/boot';
import { startSandbox } from '../../sandbox';
import { type Account, crazytel, httpRequest, mustBeSuspended, suspendById } from '../arms';
import type { Question } from '../heap';
import type { Row } from '../goals';
import { takeTurns } from '../rounds';
import type { Flow, Stage } from '../stage';

const WARM_UP = 10;
const SIZES = [100, 1000, 10_000];
/** Ten rounds of the longest would take too long. */
const roundsOf = (items: number) => (items === 10_000 ? 3 : 10);

/** Memory per item from 100 items to 10,000, answers at once. Looking at the heap takes time, so time is not measured here. */
export async function* measureMemory(
	{ n8n: { installed } }: Stage,
	say: (line: string) => void,
): AsyncGenerator<Row[]> {
	const sandbox = await startSandbox({
		trunks: Array.from({ length: Math.max(...SIZES) }, () => ({})),
		switches: { rateLimit: 0 },
	});
	const ids = sandbox.trunks().map(({ id }) => ({ id }));
	const account: Account = {
		url: sandbox.url,
		ours: { id: '1', name: 'ours', type: 'crazytelApi' },
		header: { id: '2', name: 'header', type: 'httpHeaderAuth' },
	};
	const header = { name: 'x-crazytel-api-key', value: sandbox.apiKey };
	const arms: Array<{ arm: string; flow: Flow; credential: ICredentialDataDecryptedObject }> = [
		{
			arm: 'Crazytel',
			flow: crazytel(account, suspendById),
			credential: { apiKey: sandbox.apiKey, baseUrl: sandbox.url, requestsPerMinute: 0 },
		},
		{ arm: 'HTTP Request', flow: httpRequest(account), credential: header },
	];
	const builtIn = join(dirname(dirname(dirname(installed.command))), 'n8n-nodes-base', 'package.json');
	try {
		for (const items of SIZES) {
			const results = await takeTurns(
				arms.map(({ arm, flow, credential }) => ({
					arm,
					async run() {
						sandbox.reset();
						const question: Question = {
							worker: flow.nodes[0] as INode,
							credential,
							warmUp: ids.slice(0, WARM_UP),
							items: ids.slice(0, items),
							builtIn,
						};
						const { stdout } = await execa.node(join(__dirname, '..', 'heap.ts'), [], {
							nodePath: installed.node,
							nodeOptions: ['--expose-gc', '--import', 'tsx'],
							cwd: PACKAGE_ROOT,
							input: JSON.stringify(question),
						});
						mustBeSuspended(sandbox, arm, items, WARM_UP + items);
						return Number(stdout) / 1000;
					},
				})),
				{ rounds: roundsOf(items), warmUps: 0 },
			);
			yield [...results].map(([arm, samples]) => ({
				items,
				arm,
				rounds: samples.length,
				kilobytesPerItem: median(samples) / items,
			}));
			say(`  ${items} items: done`);
		}
	} finally {
		await sandbox.close();
	}
}
