/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs outside n8n, on Node itself */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Sandbox } from '../../sandbox';
import type { Credential, DataTable, N8nRest, NewWorkflow, SavedCredential, SavedDataTable } from '../rest';

const EXAMPLES = join(__dirname, '../../examples');
const CRAZYTEL = /^n8n-nodes-crazytel\./;

/** The credential that the node needs, for a sandbox. */
export function credentialFor(sandbox: Sandbox, requestsPerMinute = 60): Credential {
	return {
		name: 'Crazytel sandbox',
		type: 'crazytelApi',
		data: { apiKey: sandbox.apiKey, baseUrl: sandbox.url, requestsPerMinute },
	};
}

/** The table that verified-numbers.json fills; its note says how to make it. */
export const exampleTable: DataTable = {
	name: 'Verified numbers',
	columns: [
		{ name: 'number', type: 'string' },
		{ name: 'name', type: 'string' },
		{ name: 'can_send_sms', type: 'boolean' },
		{ name: 'last_seen', type: 'string' },
	],
};

/** The files of the workflows in examples/. */
export const exampleFiles = readdirSync(EXAMPLES).filter((file) => file.endsWith('.json'));

/**
 * A workflow of examples/, all that asks Crazytel with that credential, a data table chosen where one is wanted, all else as it is.
 *
 * @param address stands in the place of Crazytel's
 */
export function exampleWorkflow(
	file: string,
	{ id, name }: SavedCredential,
	table: SavedDataTable,
	address: string,
): NewWorkflow {
	const text = readFileSync(join(EXAMPLES, file), 'utf8');
	const workflow = JSON.parse(text.replace('"value": "https://crazytel.io"', `"value": "${address}"`)) as NewWorkflow;
	const dataTableId = { __rl: true, mode: 'list', value: table.id, cachedResultName: table.name };
	const nodes = workflow.nodes.map((node) => {
		if (CRAZYTEL.test(node.type) || node.parameters.nodeCredentialType === 'crazytelApi')
			return { ...node, credentials: { crazytelApi: { id, name } } };
		return node.type === 'n8n-nodes-base.dataTable'
			? { ...node, parameters: { ...node.parameters, dataTableId } }
			: node;
	});
	return { ...workflow, nodes };
}

/**
 * Puts the credential, the example workflows and the table of one of them into n8n. What is there from the last time stays
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
	const table = await rest.dataTable(exampleTable);
	const workflows = exampleFiles.map((file) => exampleWorkflow(file, saved, table, sandbox.url));
	for (const workflow of workflows) {
		if (!known.includes(workflow.name)) await rest.createWorkflow(workflow);
	}
	return workflows.map(({ name }) => name);
}
