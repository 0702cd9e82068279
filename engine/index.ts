import { PACKAGE_ROOT } from './boot';

import { LoadOptionsContext, PackageDirectoryLoader, SupplyDataContext, WorkflowExecute } from 'n8n-core';
// Not exported by n8n-core, and the very functions by which an agent sees a tool, and calls it.
import { createNodeAsTool } from 'n8n-core/dist/execution-engine/node-execution-context/utils/create-node-as-tool';
import { makeHandleToolInvocation } from 'n8n-core/dist/execution-engine/node-execution-context/utils/get-input-connection-data';
import {
	createRunExecutionData,
	type IConnections,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IDataObject,
	type INode,
	type INodeListSearchResult,
	type INodeParameters,
	type INodePropertyOptions,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IWorkflowSettings,
	NodeConnectionTypes,
	UserError,
	Workflow,
} from 'n8n-workflow';

import { additionalDataOf } from './additionalData';
import { helperNodes } from './helperNodes';

/** The node and the credential as n8n has loaded them from the built package. */
export interface LoadedPackage {
	node: INodeType;
	trigger: INodeType;
	credential: ICredentialType;
}

export const CRAZYTEL = 'n8n-nodes-crazytel.crazytel';

export const CRAZYTEL_TRIGGER = 'n8n-nodes-crazytel.crazytelTrigger';

/** How n8n names the type of the node where it is the tool of an agent. */
export const CRAZYTEL_TOOL = `${CRAZYTEL}Tool`;

/**
 * Loads the built package with n8n's own loader.
 *
 * @throws when `dist` is missing or a class does not load
 */
export async function loadPackage(): Promise<LoadedPackage> {
	const loader = new PackageDirectoryLoader(PACKAGE_ROOT);
	await loader.loadAll();
	const node = loader.nodeTypes.crazytel?.type as INodeType | undefined;
	const trigger = loader.nodeTypes.crazytelTrigger?.type as INodeType | undefined;
	const credential = loader.credentialTypes.crazytelApi?.type;
	if (node === undefined || trigger === undefined || credential === undefined) {
		throw new UserError('The package has no node crazytel, no crazytelTrigger or no credential crazytelApi');
	}
	return { node, trigger, credential };
}

/** A workflow as it is saved, and the account that it runs with. */
export interface EngineRun {
	nodes: INode[];
	connections: IConnections;
	credential: ICredentialDataDecryptedObject;
	/** The node that starts it; by default the first one. */
	startNode?: string;
	/** Those of the workflow; by default none. */
	settings?: IWorkflowSettings;
	/** Its number; by default 1. An empty one is none. */
	executionId?: string;
	/** As a person runs it in the editor, or as a trigger does; by default that. */
	mode?: 'manual' | 'trigger';
}

/** What a model is told of a tool, and how it calls it. */
export interface AgentTool {
	name: string;
	description: string;
	/** What it is asked for, and what is said of each argument. */
	asks: Record<string, string | undefined>;
	call(args: IDataObject): Promise<unknown>;
}

/** n8n's engine with the package loaded. */
export interface Engine {
	/** Starts a run; `cancel()` on the result is n8n's Stop button. */
	run(run: EngineRun): ReturnType<WorkflowExecute['run']>;
	/** Calls a node as an AI agent calls its tool. @returns what the agent is told; throws what it is told of a failure */
	callTool(node: INode, args: IDataObject, credential: ICredentialDataDecryptedObject): Promise<unknown>;
	/** A node as the tool that an AI agent sees; calling it is as above, once n8n has held the arguments against its schema. */
	toolOf(node: INode, credential: ICredentialDataDecryptedObject): AgentTool;
	/** Without a credential, as the editor asks for a node that was just added. */
	loadOptions(
		method: string,
		credential?: ICredentialDataDecryptedObject,
		type?: string,
	): Promise<INodePropertyOptions[]>;
	searchList(
		method: string,
		credential: ICredentialDataDecryptedObject,
		filter?: string,
		paginationToken?: string,
	): Promise<INodeListSearchResult>;
}

/**
 * Builds an engine around the package. Executes nothing by itself.
 *
 * @param others more nodes, by their type
 */
export function createEngine(
	{ node: crazytel, trigger, credential: credentialType }: LoadedPackage,
	others: Record<string, INodeType> = {},
): Engine {
	const known: Record<string, INodeType> = {
		...helperNodes,
		...others,
		[CRAZYTEL]: crazytel,
		[CRAZYTEL_TOOL]: crazytel,
		[CRAZYTEL_TRIGGER]: trigger,
	};
	const nodeTypes: INodeTypes = {
		getByName: (name) => found(known, name),
		getByNameAndVersion: (name) => found(known, name),
		getKnownTypes: () => ({}),
	};

	const additionalData = (credential: ICredentialDataDecryptedObject, workflow: Workflow, executionId?: string) =>
		additionalDataOf(credentialType, credential, workflow, executionId);

	const build = (nodes: INode[], connections: IConnections, settings: IWorkflowSettings = {}) =>
		new Workflow({ id: 'engine', name: 'engine', nodes, connections, active: false, nodeTypes, settings });

	const editor = (credential?: ICredentialDataDecryptedObject, type = CRAZYTEL) => {
		const node = crazytelNode('Crazytel', {}, { type, ...(credential === undefined && { credentials: undefined }) });
		const workflow = build([node], {});
		return new LoadOptionsContext(workflow, node, additionalData(credential ?? {}, workflow), '');
	};

	return {
		run({ nodes, connections, credential, startNode, settings, executionId, mode = 'trigger' }) {
			const workflow = build(nodes, connections, settings);
			const start = workflow.getNode(startNode ?? nodes[0]?.name ?? '');
			if (start === null) throw new UserError('The workflow has no node to start with');
			const data = createRunExecutionData();
			const execution = new WorkflowExecute(additionalData(credential, workflow, executionId), mode, data);
			return execution.run({ workflow, startNode: start });
		},
		async callTool(node, args, credential) {
			const workflow = build([node], {});
			const data = createRunExecutionData();
			const call = makeHandleToolInvocation(
				(runIndex: number) =>
					new SupplyDataContext(
						workflow,
						node,
						additionalData(credential, workflow),
						'trigger',
						data,
						runIndex,
						[{ json: args }],
						{},
						NodeConnectionTypes.AiTool,
						{ node, data: {}, source: null },
						[],
					),
				node,
				crazytel,
				data,
			);
			return await call(args);
		},
		toolOf(node, credential) {
			const handleToolInvocation = async (args: IDataObject) => await this.callTool(node, args, credential);
			const { response: tool } = createNodeAsTool({ node, nodeType: crazytel, handleToolInvocation });
			return {
				name: tool.name,
				description: tool.description,
				asks: Object.fromEntries(
					Object.entries(tool.schema.shape).map(([key, argument]) => [key, argument.description]),
				),
				call: async (args) => (await tool.invoke(args)) as unknown,
			};
		},
		async loadOptions(method, credential, type) {
			const load = crazytel.methods?.loadOptions?.[method];
			if (load === undefined) throw new UserError(`The node has no loadOptions method ${method}`);
			return await load.call(editor(credential, type));
		},
		async searchList(method, credential, filter, paginationToken) {
			const search = crazytel.methods?.listSearch?.[method];
			if (search === undefined) throw new UserError(`The node has no listSearch method ${method}`);
			return await search.call(editor(credential), filter, paginationToken);
		},
	};
}

/** A node that gives these items. */
export function sourceNode(name: string, items: IDataObject[]): INode {
	return {
		id: name,
		name,
		type: 'engine.source',
		typeVersion: 1,
		position: [0, 0],
		parameters: { items: items as unknown as INodeParameters[] },
	};
}

/** A Crazytel node as the editor saves it. */
export function crazytelNode(name: string, parameters: INodeParameters, settings: Partial<INode> = {}): INode {
	return {
		id: name,
		name,
		type: CRAZYTEL,
		typeVersion: 1,
		position: [0, 0],
		parameters: { resource: 'sipTrunk', ...parameters },
		credentials: { crazytelApi: { id: '1', name: 'Crazytel' } },
		...settings,
	};
}

/** The items of one output of a node in its last run; empty when the node did not run. */
export function itemsOf(run: IRun, node: string, output = 0) {
	const runs = run.data.resultData.runData[node] ?? [];
	return runs[runs.length - 1]?.data?.main?.[output] ?? [];
}

function found(known: Record<string, INodeType>, name: string): INodeType {
	const type = known[name];
	if (type === undefined) throw new UserError(`The engine has no node type ${name}`);
	return type;
}
