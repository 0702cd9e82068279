/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs outside n8n, on Node itself */
import { join } from 'node:path';
import type { IConnections, INode } from 'n8n-workflow';

import type { Sandbox } from '../sandbox';
import { node } from '../e2e/tests/scene';
import type { SavedCredential } from '../e2e/rest';
import { type RunningN8n, startN8n } from '../e2e/server';

/** What runs behind Split Out, which gives it its items. */
export interface Flow {
	nodes: INode[];
	connections: IConnections;
	/** The names of those that get the items. */
	entries: string[];
}

/** What an execution took, by the gauge inside n8n. */
export interface Taken {
	status: string;
	error?: string;
	/** From the start of the first node of the flow to the end of its last. */
	ms: number;
	/** Processor time of the whole n8n process from the start of the execution to its end; of one that runs alone. */
	cpuMs: number;
}

/** A flow that n8n holds ready. */
export interface ReadyFlow {
	/** Runs it once with these items. */
	run(items: object[]): Promise<Taken>;
}

/** The n8n in which all arms run. */
export interface Stage {
	readonly n8n: RunningN8n;
	/** Credentials for an account, for our node and for HTTP Request. */
	credentialsFor(
		sandbox: Sandbox,
		requestsPerMinute: number,
	): Promise<{ ours: SavedCredential; header: SavedCredential }>;
	prepare(flow: Flow): Promise<ReadyFlow>;
	close(): Promise<void>;
}

interface Gauged extends Omit<Taken, 'ms'> {
	workflow: string;
	nodes: Record<string, { from: number; to: number }>;
}

const PATIENCE_MS = 120_000;

const SOURCE = ['Webhook', 'Split Out'];

/** Starts an n8n with the gauge in it that keeps nothing of its executions. */
export async function openStage(): Promise<Stage> {
	const n8n = await startN8n({
		version: '2.41',
		env: { EXTERNAL_HOOK_FILES: join(__dirname, 'gauge.js'), N8N_PAYLOAD_SIZE_MAX: '64' },
	});
	const waiting = new Map<string, (gauged: Gauged) => void>();
	n8n.process.onMessage((message) => {
		const gauged = message as Gauged;
		waiting.get(gauged.workflow)?.(gauged);
	});
	const died = n8n.process.ended.then(() => {
		throw new Error(`n8n has ended. The end of its log:\n${n8n.process.log().slice(-3000)}`);
	});
	// It also ends at the end, when nobody waits for it any more.
	died.catch(() => {});

	async function run(name: string, items: object[]): Promise<Taken> {
		await ready(n8n.url);
		const gauged = new Promise<Gauged>((resolve) => waiting.set(name, resolve));
		await call(`${n8n.url}/webhook/${name}`, items);
		return taken(await Promise.race([gauged, died]));
	}

	let flows = 0;
	return {
		n8n,
		async credentialsFor({ apiKey, url }, requestsPerMinute) {
			await ready(n8n.url);
			const name = url;
			const ours = { name, type: 'crazytelApi', data: { apiKey, baseUrl: url, requestsPerMinute } };
			const header = { name, type: 'httpHeaderAuth', data: { name: 'x-crazytel-api-key', value: apiKey } };
			return { ours: await n8n.rest.createCredential(ours), header: await n8n.rest.createCredential(header) };
		},
		async prepare(flow) {
			flows += 1;
			const name = `flow-${flows}`;
			await n8n.rest.activate(await n8n.rest.createWorkflow(workflowOf(name, flow)));
			return { run: async (items) => await run(name, items) };
		},
		close: async () => await n8n.stop(),
	};
}

/** Starts a flow. */
async function call(url: string, items: object[]): Promise<void> {
	const answer = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ items }),
	});
	if (!answer.ok) throw new Error(`The webhook answered ${answer.status}: ${await answer.text()}`);
}

/** A run that holds n8n up for long costs it the connection to its database, and it takes no calls until it has that again. */
async function ready(url: string): Promise<void> {
	for (const until = Date.now() + PATIENCE_MS; ; ) {
		const { ok } = await fetch(`${url}/healthz/readiness`);
		if (ok) return;
		if (Date.now() > until) throw new Error('n8n did not find its database again.');
		await new Promise((resolve) => setTimeout(resolve, 1000));
	}
}

function taken({ status, error, cpuMs, nodes }: Gauged): Taken {
	const flow = Object.entries(nodes).filter(([name]) => !SOURCE.includes(name));
	const from = Math.min(...flow.map(([, each]) => each.from));
	const to = Math.max(...flow.map(([, each]) => each.to));
	return { status, error, ms: to - from, cpuMs };
}

function workflowOf(name: string, flow: Flow) {
	return {
		name,
		nodes: [
			{ ...node('Webhook', 'n8n-nodes-base.webhook', 2, { httpMethod: 'POST', path: name }), webhookId: name },
			node('Split Out', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.items' }),
			...flow.nodes,
		],
		connections: { Webhook: to('Split Out'), 'Split Out': to(...flow.entries), ...flow.connections },
		settings: {
			executionOrder: 'v1' as const,
			saveDataSuccessExecution: 'none' as const,
			saveDataErrorExecution: 'none' as const,
			saveExecutionProgress: false,
		},
	};
}

/** Connects the first output to these nodes. */
export function to(...targets: string[]): IConnections[string] {
	return { main: [targets.map((target) => ({ node: target, type: 'main', index: 0 }))] };
}
