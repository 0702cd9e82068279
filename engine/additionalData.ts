import { ExecutionLifecycleHooks } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IWorkflowExecuteAdditionalData,
	Workflow,
} from 'n8n-workflow';

import { OneCredential } from './credentialsHelper';

/** What n8n's engine is given beside a workflow. */
export function additionalDataOf(
	credentialType: ICredentialType,
	credential: ICredentialDataDecryptedObject,
	workflow: Workflow,
	executionId: string | undefined = '1',
): IWorkflowExecuteAdditionalData {
	const base = 'http://127.0.0.1/';
	return {
		credentialsHelper: new OneCredential(credentialType, credential),
		executionId,
		hooks: new ExecutionLifecycleHooks('trigger', '1', {
			id: workflow.id ?? '',
			name: workflow.name ?? '',
			active: false,
			isArchived: false,
			activeVersionId: null,
			createdAt: new Date(),
			updatedAt: new Date(),
			nodes: Object.values(workflow.nodes),
			connections: workflow.connectionsBySourceNode,
		}),
		currentNodeExecutionIndex: 0,
		restApiUrl: base,
		instanceBaseUrl: base,
		formBaseUrl: base,
		formWaitingBaseUrl: base,
		formTestBaseUrl: base,
		webhookBaseUrl: base,
		webhookWaitingBaseUrl: base,
		webhookTestBaseUrl: base,
		variables: {},
	} as unknown as IWorkflowExecuteAdditionalData;
}
