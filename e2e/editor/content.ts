/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs outside n8n, on Node itself */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Sandbox } from '../../sandbox';
import type { Credential, N8nRest, NewWorkflow, SavedCredential } from '../rest';

const EXAMPLES = join(__dirname, '../../examples');
const CRAZYTEL = 'n8n-nodes-crazytel.crazytel';

/** The credential that the node needs, for a sandbox. */
export function credentialFor(sandbox: Sandbox, requestsPerMinute = 60): Credential {
	return {
		name: 'Crazytel sandbox',
		type: 'crazytelApi',
		data: { apiKey: sandbox.apiKey, baseUrl: sandbox.url, requestsPerMinute },
	};
}

/** The workflows in examples/, their Crazytel nodes with that credential, all other nodes as they are. */
export function exampleWorkflows({ id, name }: SavedCredential): NewWorkflow[] {
	return readdirSync(EXAMPLES)
		.filter((file) => file.endsWith('.json'))
		.map((file) => JSON.parse(readFileSync(join(EXAMPLES, file), 'utf8')) as NewWorkflow)
		.map(({ nodes, ...workflow }) => ({
			...workflow,
			nodes: nodes.map((node) =>
				node.type === CRAZYTEL ? { ...node, credentials: { crazytelApi: { id, name } } } : node,
			),
		}));
}

/**
 * Puts the credential and the example workflows into n8n. What is there from the last time stays
 * as its user has left it, but for the credential's data: the sandbox may have another address.
 *
 * @returns the names of the workflows
 */
export async function fillEditor(rest: N8nRest, sandbox: Sandbox): Promise<string[]> {
	const credential = credentialFor(sandbox);
	const existing = (await rest.listCredentials()).find(
		({ name, type }) => name === credential.name && type === credential.type,
	);
	const saved = existing
		? await rest.updateCredential(existing.id, credential)
		: await rest.createCredential(credential);

	const known = (await rest.listWorkflows()).map(({ name }) => name);
	const workflows = exampleWorkflows(saved);
	for (const workflow of workflows) {
		if (!known.includes(workflow.name)) await rest.createWorkflow(workflow);
	}
	return workflows.map(({ name }) => name);
}
