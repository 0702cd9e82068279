import type { IConnections, INode, IPinData, IWorkflowSettings } from 'n8n-workflow';

import { type N8nVersion } from '../install';
import type { Session } from './session';

/** A workflow as the editor sends it. */
export interface NewWorkflow {
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
	pinData?: IPinData;
}

export type SavedWorkflow = NewWorkflow & { id: string; versionId: string; active: boolean };

export async function listWorkflows(session: Session): Promise<Array<Pick<SavedWorkflow, 'id' | 'name' | 'active'>>> {
	return await session.send('GET', '/rest/workflows');
}

export async function createWorkflow(session: Session, workflow: NewWorkflow): Promise<SavedWorkflow> {
	return await session.send('POST', '/rest/workflows', { settings: { executionOrder: 'v1' }, active: false, ...workflow });
}

/** Switches it on: from then on its triggers start it. */
export async function activateWorkflow(session: Session, version: N8nVersion, workflow: SavedWorkflow): Promise<void> {
	const { id, versionId } = workflow;
	if (version === '1.123') await session.send('PATCH', `/rest/workflows/${id}`, { active: true, versionId });
	else await session.send('POST', `/rest/workflows/${id}/activate`, { versionId, name: '', description: '' });
}

/**
 * Starts it as the editor's Execute Workflow does.
 *
 * @param trigger the name of the node to start from
 * @returns the id of the execution, which goes on
 */
export async function startManually(session: Session, workflow: SavedWorkflow, trigger: string): Promise<string> {
	const { executionId } = await session.send<{ executionId: string }>('POST', `/rest/workflows/${workflow.id}/run`, {
		workflowData: workflow,
		triggerToStartFrom: { name: trigger },
	});
	return executionId;
}
