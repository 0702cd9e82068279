/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n, on Node itself */
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
	return await session.send('POST', '/rest/workflows', {
		settings: { executionOrder: 'v1' },
		active: false,
		...workflow,
	});
}

/**
 * Switches it on: from then on its triggers start it.
 *
 * @throws Error when n8n could not start one of its triggers
 */
export async function activateWorkflow(session: Session, version: N8nVersion, workflow: SavedWorkflow): Promise<void> {
	const { id, versionId } = workflow;
	if (version === '1.123') await session.send('PATCH', `/rest/workflows/${id}`, { active: true, versionId });
	else await session.send('POST', `/rest/workflows/${id}/activate`, { versionId, name: '', description: '' });
	if (version === '2.41') await published(session, id, ({ liveVersionId }) => liveVersionId === versionId);
}

/** Switches it off: nothing starts it any more. */
export async function deactivateWorkflow(
	session: Session,
	version: N8nVersion,
	{ id, versionId }: SavedWorkflow,
): Promise<void> {
	if (version === '1.123') await session.send('PATCH', `/rest/workflows/${id}`, { active: false, versionId });
	else await session.send('POST', `/rest/workflows/${id}/deactivate`, {});
	if (version === '2.41') await published(session, id, ({ liveVersionId }) => liveVersionId === null);
}

interface Publication {
	status: 'in_progress' | 'published' | 'partial' | 'failed' | 'not_published';
	liveVersionId: string | null;
}

/** Newer versions answer first, and start or stop the triggers afterwards. */
async function published(session: Session, id: string, isDone: (publication: Publication) => boolean): Promise<void> {
	for (let tries = 0; tries < 600; tries++) {
		const publication = await session.send<Publication>('GET', `/rest/workflows/${id}/publication-status`);
		if (publication.status !== 'in_progress') {
			if (isDone(publication)) return;
			if (/failed|partial/.test(publication.status)) break;
		}
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	throw new Error(`n8n did not start or stop the triggers of workflow ${id}.`);
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
