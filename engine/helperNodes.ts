import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';

/** The least that a workflow around the Crazytel node needs; n8n's own nodes are not installed here. */
function describe(name: string, inputs: number, properties: INodeProperties[]): INodeTypeDescription {
	return {
		displayName: name,
		name,
		group: ['transform'],
		version: 1,
		description: name,
		defaults: { name },
		inputs: inputs === 0 ? [] : [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties,
	};
}

/** Emits the items in its parameter, as a trigger or a CRM node would. */
class Source implements INodeType {
	description = describe('source', 0, [{ displayName: 'Items', name: 'items', type: 'json', default: '[]' }]);

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		// Raw: a cell that begins with = is data, not an expression.
		const items = this.getNodeParameter('items', 0, [], { rawExpressions: true }) as INodeExecutionData['json'][];
		return [items.map((json, item) => ({ json, pairedItem: { item } }))];
	}
}

/** Adds what its expression finds for each item, as a later node of a workflow would. */
class Look implements INodeType {
	description = describe('look', 1, [{ displayName: 'Value', name: 'value', type: 'string', default: '' }]);

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [
			this.getInputData().map(({ json }, item) => ({
				json: { ...json, looked: this.getNodeParameter('value', item, '') as string },
				pairedItem: { item },
			})),
		];
	}
}

/** Puts other fields in the place of an item's own, as n8n's Edit Fields does. */
class Assign implements INodeType {
	description = describe('assign', 1, [{ displayName: 'Fields', name: 'fields', type: 'json', default: '{}' }]);

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [
			this.getInputData().map((_, item) => ({
				json: this.getNodeParameter('fields', item) as INodeExecutionData['json'],
				pairedItem: { item },
			})),
		];
	}
}

export const helperNodes: Record<string, INodeType> = {
	'engine.source': new Source(),
	'engine.look': new Look(),
	'engine.assign': new Assign(),
};
