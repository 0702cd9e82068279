/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n, on Node itself */
import { parse } from 'flatted';
import type { IDataObject, IRunExecutionData } from 'n8n-workflow';

import type { Session } from './session';

/** An execution that has ended, as n8n shows it. */
export interface Execution {
	id: string;
	status: 'success' | 'error' | 'canceled' | 'crashed';
	mode: string;
	data: IRunExecutionData;
	/** All that n8n has stored of it, its workflow too, as text: to look for what must not be there. */
	text: string;
}

interface StoredExecution {
	id: string;
	status: string;
	mode: string;
	data: string;
}

const UNFINISHED = ['new', 'running', 'waiting'];
const PATIENCE_MS = 120_000;

/**
 * Waits until it has ended.
 *
 * @throws Error when it has not after two minutes
 */
export async function finished(session: Session, id: string): Promise<Execution> {
	const until = Date.now() + PATIENCE_MS;
	for (;;) {
		const stored = await session.send<StoredExecution>('GET', `/rest/executions/${id}`);
		const data = parse(stored.data) as Partial<IRunExecutionData> | undefined;
		if (!UNFINISHED.includes(stored.status) && isWhole(data)) {
			return { ...stored, data, text: JSON.stringify(stored) } as Execution;
		}
		if (Date.now() > until) throw new Error(`Execution ${id} is still ${stored.status} after two minutes.`);
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

/** Presses Stop. n8n answers at once; what the running node has begun goes on. */
export async function stopExecution(session: Session, id: string): Promise<void> {
	await session.send('POST', `/rest/executions/${id}/stop`);
}

/** The ids of a workflow's executions, the newest first; n8n keeps those that its settings let it. */
export async function executionsOf(session: Session, workflowId: string): Promise<string[]> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const { results } = await session.send<{ results: Array<{ id: string }> }>(
		'GET',
		`/rest/executions?limit=100&filter=${filter}`,
	);
	return results.map(({ id }) => id);
}

/** The items of one output of a node in its last run; empty when the node did not run. */
export function itemsOf({ data }: Execution, node: string, output = 0): IDataObject[] {
	const items = data.resultData.runData[node]?.at(-1)?.data?.main?.[output] ?? [];
	return items.map(({ json }) => json);
}

/** n8n stores the status first and then the data, and one can be read without the other. */
function isWhole(data: Partial<IRunExecutionData> | undefined): boolean {
	const { lastNodeExecuted, error } = data?.resultData ?? {};
	return lastNodeExecuted !== undefined || error !== undefined;
}
