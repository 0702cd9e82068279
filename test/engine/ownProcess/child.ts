/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a process of its own, outside n8n */
/* The other side of index.ts: n8n's engine with the built package, in real time. */
import { NodeConnectionTypes } from 'n8n-workflow';

import { createEngine, crazytelNode, itemsOf, loadPackage, sourceNode } from '../../../engine';
import type { FromChild, Played, ToChild } from './messages';

const tell = (message: FromChild): void => void process.send?.(message);

async function play({ url, apiKey, items, parameters, requestsPerMinute = 0, node }: ToChild): Promise<Played> {
	const begun = performance.now();
	const run = await (
		await engine
	).run({
		nodes: [sourceNode('Rows', items), crazytelNode('Crazytel', parameters, node)],
		connections: { Rows: { main: [[{ node: 'Crazytel', type: NodeConnectionTypes.Main, index: 0 }]] } },
		credential: { apiKey, baseUrl: url, requestsPerMinute },
	});
	const { error, runData } = run.data.resultData;
	return {
		ms: performance.now() - begun,
		good: itemsOf(run, 'Crazytel').map(({ json }) => json),
		failed: itemsOf(run, 'Crazytel', 1).map(({ json }) => json),
		error: error?.message,
		description: error?.description ?? undefined,
		hints: (runData.Crazytel?.at(-1)?.hints ?? []).map(({ message }) => message),
	};
}

const engine = loadPackage().then(createEngine);

// Whoever has started this is gone, and with it every reason to go on.
process.on('disconnect', () => process.exit());
process.on('message', (message: ToChild) => {
	play(message).then(
		(played) => tell({ played }),
		(error: Error) => tell({ broken: String(error.stack ?? error) }),
	);
});
engine.then(
	() => tell({ ready: true }),
	(error: Error) => tell({ broken: String(error.stack ?? error) }),
);
