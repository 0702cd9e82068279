/* eslint-disable @n8n/community-nodes/no-hardcoded-secrets -- canaries, made up to be looked for */
import type { IDataObject, INode, INodeParameters, IRun } from 'n8n-workflow';

import { crazytelNode, createEngine, type Engine, itemsOf, loadPackage, sourceNode } from '../../engine';
// Drives the clock, so that nobody waits for the pauses between repetitions.
import '../engine/scene';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox';

export const ID = '3f2b8c1e-5a4d-4c6b-9e7f-0a1b2c3d4e5f';

/** Values that must turn up nowhere. */
export const API_KEY = 'canary-key-9d2f61b07c';
export const PASSWORD = 'Canary7SecretAbc';

/** A create that would succeed, and an update that would. */
export const goodCreate: INodeParameters = {
	operation: 'create',
	passwordSource: 'enter',
	password: PASSWORD,
	callerIdNumber: '61291234567',
};
export const goodUpdate: INodeParameters = {
	operation: 'update',
	trunk: { __rl: true, mode: 'id', value: ID },
	updateFields: { enabled: false },
};

export interface Attack {
	parameters: INodeParameters;
	/** The input; one item with nothing in it unless given. */
	items?: IDataObject[];
	credential?: { apiKey?: string; baseUrl?: string };
	/** How the node treats a failure; it goes on unless given. */
	onError?: INode['onError'];
}

/** What came of a run, as its later nodes and its record show it. */
export interface Aftermath {
	run: IRun;
	outputs: Array<{ json: IDataObject; pairedItem: unknown }>;
	/** The messages of the failed items, at their places; undefined where an item succeeded. */
	errors: Array<string | undefined>;
}

export interface Battlefield {
	sandbox: Sandbox;
	engine: Engine;
	attack(attack: Attack): Promise<Aftermath>;
	/** The requests other than GET. */
	writes(): Array<{ method: string; path: string; body: unknown }>;
	close(): Promise<void>;
}

/** n8n's engine with the built node, in front of a sandbox that holds one trunk. */
export async function openBattlefield(options: SandboxOptions = {}): Promise<Battlefield> {
	const engine = createEngine(await loadPackage());
	const sandbox = await startSandbox({
		apiKey: API_KEY,
		trunks: [{ id: ID, username: 'CT123456' }],
		...options,
		switches: { rateLimit: 0, ...options.switches },
	});
	return {
		sandbox,
		engine,
		async attack({ parameters, items = [{}], credential, onError = 'continueRegularOutput' }) {
			const run = await engine.run({
				nodes: [sourceNode('Source', items), crazytelNode('Crazytel', parameters, { onError })],
				connections: { Source: { main: [[{ node: 'Crazytel', type: 'main', index: 0 }]] } },
				credential: { apiKey: API_KEY, baseUrl: sandbox.url, requestsPerMinute: 0, ...credential },
			});
			const outputs = itemsOf(run, 'Crazytel').map(({ json, pairedItem }) => ({ json, pairedItem }));
			const errors = outputs.map(({ json }) => (typeof json.error === 'string' ? json.error : undefined));
			return { run, outputs, errors };
		},
		writes: () => sandbox.requests.filter(({ method }) => method !== 'GET'),
		close: async () => await sandbox.close(),
	};
}

/**
 * Every text in a value, keys and the hidden parts of errors too, each with its place.
 *
 * @param skips the places that are the user's own input, e.g. the workflow that n8n keeps with a run
 */
export function textsIn(value: unknown, skips: (place: string) => boolean = () => false): Array<[string, string]> {
	const seen = new Set<unknown>();
	const found: Array<[string, string]> = [];
	const queue: Array<[string, unknown]> = [['', value]];
	for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
		const [place, current] = next;
		if (skips(place)) continue;
		if (typeof current === 'string' || typeof current === 'number') found.push([place, String(current)]);
		if (typeof current !== 'object' || current === null || seen.has(current)) continue;
		seen.add(current);
		for (const key of Object.getOwnPropertyNames(current)) {
			found.push([`${place}, key`, key]);
			queue.push([`${place}.${key.slice(0, 50)}`, (current as Record<string, unknown>)[key]]);
		}
	}
	return found;
}

/** n8n keeps the workflow beside what came of it: the node as the user has saved it. Anywhere else it is searched. */
const ofTheWorkflow = (place: string) => /^\.data\.executionData\.nodeExecutionStack\.\d+\.node$/.test(place);

/** The places of a run where a secret, or enough of one, can be read. */
export function leaks(run: IRun, secrets: string[]): string[] {
	return textsIn(run, ofTheWorkflow)
		.filter(([, text]) => secrets.some((secret) => text.toLowerCase().includes(secret.toLowerCase())))
		.map(([place, text]) => `${place}: ${text.slice(0, 300)}`);
}
