/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n, on Node itself */
import type { INode, INodeParameters } from 'n8n-workflow';

import type { Sandbox } from '../../sandbox';
import type { NewWorkflow } from '../rest';
import type { RunningN8n } from '../server';

/** An execution as n8n's list of them shows it. */
export interface Listed {
	id: string;
	status: string;
}

/** A workflow that a webhook starts, and what has become of its calls. */
export interface Calls {
	/** Sends the webhook a list of items, and returns when n8n has put the execution into its queue. */
	call(items: object[]): Promise<void>;
	/** Its executions, the oldest first. */
	executions(): Promise<Listed[]>;
	/** Waits until none of them waits or runs any more. */
	ended(): Promise<Listed[]>;
	/** Repeats an execution as the button in the editor's list does, and waits for its end. */
	retry(executionId: string): Promise<void>;
}

export interface CallsOptions {
	/** A name for the workflow and the path of its webhook. */
	name: string;
	sandbox: Sandbox;
	/** Of the credential: for each process of n8n, which counts by itself. */
	requestsPerMinute: number;
	/** Of the Crazytel node, with expressions that read one item of the list. */
	parameters: INodeParameters;
}

const PATIENCE_MS = 600_000;
const UNFINISHED = ['new', 'running', 'waiting'];

/** Saves a workflow that turns the list of a call into items for a Crazytel node, and switches it on. */
export async function acceptCalls({ url, rest }: RunningN8n, options: CallsOptions): Promise<Calls> {
	const { name, sandbox, requestsPerMinute, parameters } = options;
	const { id } = await rest.createCredential({
		name,
		type: 'crazytelApi',
		data: { apiKey: sandbox.apiKey, baseUrl: sandbox.url, requestsPerMinute },
	});
	const workflow = await rest.createWorkflow(chain(name, parameters, { id, name }));
	await rest.activate(workflow);

	async function executions(): Promise<Listed[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: workflow.id }));
		const { results } = await rest.session.send<{ results: Listed[] }>(
			'GET',
			`/rest/executions?limit=100&filter=${filter}`,
		);
		return results.map(({ id: execution, status }) => ({ id: execution, status })).reverse();
	}

	return {
		executions,
		async call(items) {
			const answer = await fetch(`${url}/webhook/${name}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ items }),
			});
			if (!answer.ok) throw new Error(`The webhook answered ${answer.status}: ${await answer.text()}`);
		},
		async retry(executionId) {
			await rest.session.send('POST', `/rest/executions/${executionId}/retry`, { loadWorkflow: false });
		},
		async ended() {
			const isOver = (list: Listed[]) => list.every(({ status }) => !UNFINISHED.includes(status));
			return await eventually(executions, isOver, `the executions of ${name} to end`);
		},
	};
}

/**
 * Looks again and again until it sees what is wanted.
 *
 * @throws Error with what was seen last, after ten minutes
 */
export async function eventually<Seen>(
	look: () => Promise<Seen> | Seen,
	isWanted: (seen: Seen) => boolean,
	what: string,
): Promise<Seen> {
	const until = Date.now() + PATIENCE_MS;
	for (;;) {
		const seen = await look();
		if (isWanted(seen)) return seen;
		if (Date.now() > until) throw new Error(`Waited in vain for ${what}: ${JSON.stringify(seen)}`);
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
}

function chain(name: string, parameters: INodeParameters, credential: { id: string; name: string }): NewWorkflow {
	const nodes: INode[] = [
		{ ...node('Webhook', 'n8n-nodes-base.webhook', 2, { httpMethod: 'POST', path: name }), webhookId: name },
		node('Split Out', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.items' }),
		{
			...node('Crazytel', 'n8n-nodes-crazytel.crazytel', 1, { resource: 'sipTrunk', ...parameters }),
			credentials: { crazytelApi: credential },
		},
	];
	const to = (target: string) => ({ main: [[{ node: target, type: 'main' as const, index: 0 }]] });
	return { name, nodes, connections: { Webhook: to('Split Out'), 'Split Out': to('Crazytel') } };
}

function node(name: string, type: string, typeVersion: number, parameters: INodeParameters): INode {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters };
}
