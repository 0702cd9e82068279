import type { INode, INodeParameters } from 'n8n-workflow';

import { type Sandbox, startSandbox } from '../../sandbox';
import { credentialFor } from '../editor/content';
import type { N8nVersion } from '../install';
import type { NewWorkflow, SavedCredential, SavedWorkflow } from '../rest';
import { type RunningN8n, startN8n } from '../server';

/** An n8n, a sandbox, and the credential that leads from one to the other. */
export interface Scene {
	n8n: RunningN8n;
	sandbox: Sandbox;
	credential: SavedCredential;
	close(): Promise<void>;
}

/** Starts both; nothing of them is left after close(). */
export async function openScene(version: N8nVersion): Promise<Scene> {
	// Without a limit on either side: pacing has tests of its own, with a clock that they drive.
	const sandbox = await startSandbox({ switches: { rateLimit: 0 } });
	const n8n = await startN8n({ version });
	const credential = await n8n.rest.createCredential(credentialFor(sandbox, 0));
	return {
		n8n,
		sandbox,
		credential,
		async close() {
			await n8n.stop();
			await sandbox.close();
		},
	};
}

/** A Crazytel node as the editor saves it. */
export function crazytelNode({ credential }: Scene, parameters: INodeParameters, settings: Partial<INode> = {}): INode {
	return {
		...node('Crazytel', 'n8n-nodes-crazytel.crazytel', 1, { resource: 'sipTrunk', ...parameters }),
		credentials: { crazytelApi: { id: credential.id, name: credential.name } },
		...settings,
	};
}

export function node(name: string, type: string, typeVersion: number, parameters: INodeParameters = {}): INode {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters };
}

export const manualTrigger = node('Start', 'n8n-nodes-base.manualTrigger', 1);

/** Makes items, one for each of these objects. */
export function items(...values: object[]): INode {
	return node('Items', 'n8n-nodes-base.set', 3.4, {
		mode: 'raw',
		jsonOutput: JSON.stringify({ items: values }),
	});
}

/** Turns the list `items` of its one input item into items. */
export const split = node('Split', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'items' });

/** Saves a workflow in which each node feeds the next; the last one may be two: success and error branch. */
export async function saveChain(
	{ n8n }: Scene,
	name: string,
	...chain: Array<INode | [INode, INode]>
): Promise<SavedWorkflow> {
	return await n8n.rest.createWorkflow(chainOf(name, ...chain));
}

/** The same, not saved. */
export function chainOf(name: string, ...chain: Array<INode | [INode, INode]>): NewWorkflow {
	const links = chain.map((link) => [link].flat());
	const connections: NewWorkflow['connections'] = {};
	for (const [index, [source]] of links.entries()) {
		const targets = links[index + 1];
		if (source === undefined || targets === undefined) continue;
		connections[source.name] = { main: targets.map((target) => [{ node: target.name, type: 'main', index: 0 }]) };
	}
	const nodes = links.flatMap((link, column) =>
		link.map((linked, row): INode => ({ ...linked, position: [220 * column, 200 * row] })),
	);
	return { name, nodes, connections };
}
