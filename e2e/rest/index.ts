import type {
	ICredentialType,
	IDataObject,
	INode,
	INodeListSearchResult,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';

import type { N8nVersion } from '../install';
import * as credentials from './credentials';
import * as dataTables from './dataTables';
import * as executions from './executions';
import { signIn } from './owner';
import * as pickers from './pickers';
import { openSession, type Session } from './session';
import * as workflows from './workflows';

export type { Credential, CredentialTest, SavedCredential } from './credentials';
export type { DataTable, SavedDataTable } from './dataTables';
export { type Execution, itemsOf } from './executions';
export { owner } from './owner';
export { RestError } from './session';
export type { NewWorkflow, SavedWorkflow } from './workflows';

/** The REST API with which n8n's editor works, with the owner signed in. Every method throws RestError. */
export interface N8nRest {
	readonly session: Session;
	/** As the editor gets them; the types of community nodes and their tool variants too. */
	nodeTypes(): Promise<INodeTypeDescription[]>;
	credentialTypes(): Promise<ICredentialType[]>;
	listCredentials(): Promise<credentials.SavedCredential[]>;
	createCredential(credential: credentials.Credential): Promise<credentials.SavedCredential>;
	updateCredential(id: string, credential: credentials.Credential): Promise<credentials.SavedCredential>;
	deleteCredential(id: string): Promise<void>;
	/** What the editor shows when a credential that exists is saved with this data. */
	testCredential(id: string, credential: credentials.Credential): Promise<credentials.CredentialTest>;
	listWorkflows(): Promise<Array<Pick<workflows.SavedWorkflow, 'id' | 'name' | 'active'>>>;
	createWorkflow(workflow: workflows.NewWorkflow): Promise<workflows.SavedWorkflow>;
	/** Switches it on: from then on its triggers start it. */
	activate(workflow: workflows.SavedWorkflow): Promise<void>;
	/** Switches it off: nothing starts it any more. */
	deactivate(workflow: workflows.SavedWorkflow): Promise<void>;
	/** Runs it from that trigger as the editor does, and waits for the end. */
	runManually(workflow: workflows.SavedWorkflow, trigger: string): Promise<executions.Execution>;
	/** The table of that name; makes it where there is none. */
	dataTable(table: dataTables.DataTable): Promise<dataTables.SavedDataTable>;
	rowsOf(table: dataTables.SavedDataTable): Promise<IDataObject[]>;
	/** Presses Stop on an execution. */
	stop(executionId: string): Promise<void>;
	/** Waits for the end of an execution. */
	finished(executionId: string): Promise<executions.Execution>;
	/** Ids, the newest first. */
	executionsOf(workflowId: string): Promise<string[]>;
	/** Fills a dropdown, e.g. ('getVerifiedNumbers', 'parameters.callerIdNumber'). */
	loadOptions(node: INode, method: string, path: string): Promise<INodePropertyOptions[]>;
	/** Fills the From List of a resource locator. */
	searchList(node: INode, method: string, path: string, filter?: string): Promise<INodeListSearchResult>;
}

/** Signs in to an n8n that runs, as its owner; where it has none, makes the owner first. */
export async function openRest(url: string, version: N8nVersion): Promise<N8nRest> {
	const session = openSession(url);
	await signIn(session);
	return {
		session,
		nodeTypes: async () => await session.send('GET', '/types/nodes.json'),
		credentialTypes: async () => await session.send('GET', '/types/credentials.json'),
		listCredentials: async () => await credentials.listCredentials(session),
		createCredential: async (credential) => await credentials.createCredential(session, credential),
		updateCredential: async (id, credential) => await credentials.updateCredential(session, id, credential),
		deleteCredential: async (id) => await credentials.deleteCredential(session, id),
		testCredential: async (id, credential) => await credentials.testCredential(session, id, credential),
		listWorkflows: async () => await workflows.listWorkflows(session),
		createWorkflow: async (workflow) => await workflows.createWorkflow(session, workflow),
		activate: async (workflow) => await workflows.activateWorkflow(session, version, workflow),
		deactivate: async (workflow) => await workflows.deactivateWorkflow(session, version, workflow),
		runManually: async (workflow, trigger) =>
			await executions.finished(session, await workflows.startManually(session, workflow, trigger)),
		dataTable: async (table) => await dataTables.dataTable(session, table),
		rowsOf: async (table) => await dataTables.rowsOf(session, table),
		stop: async (id) => await executions.stopExecution(session, id),
		finished: async (id) => await executions.finished(session, id),
		executionsOf: async (id) => await executions.executionsOf(session, id),
		loadOptions: async (node, method, path) => await pickers.loadOptions(session, node, method, path),
		searchList: async (node, method, path, filter) => await pickers.searchList(session, node, method, path, filter),
	};
}
