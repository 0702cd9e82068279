import { type INodeProperties, type INodeTypeDescription, NodeConnectionTypes } from 'n8n-workflow';

/** The description of a node with two outputs that stands in for one of n8n's own. */
export function standIn(displayName: string, ...properties: INodeProperties[]): INodeTypeDescription {
	return {
		displayName,
		name: displayName.toLowerCase(),
		group: ['transform'],
		version: 1,
		description: displayName,
		defaults: { name: displayName },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		properties,
	};
}

/** The same with one output, and a credential where it takes one. */
export function withOneOutput(description: INodeTypeDescription, credential?: string): INodeTypeDescription {
	return {
		...description,
		outputs: [NodeConnectionTypes.Main],
		...(credential !== undefined && { credentials: [{ name: credential }] }),
	};
}
