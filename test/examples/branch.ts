import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

import { standIn } from './standIn';

/** Stands in for n8n's If: the items for which its condition is true leave by the first output. */
export class Branch implements INodeType {
	description = standIn('Branch', { displayName: 'Condition', name: 'condition', type: 'boolean', default: false });

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const outputs: INodeExecutionData[][] = [[], []];
		for (const [item, { json }] of this.getInputData().entries()) {
			const holds = this.getNodeParameter('condition', item);
			// As n8n's If does with strict types: anything else than a boolean is a mistake in the example.
			if (typeof holds !== 'boolean') throw new TypeError('The condition is neither true nor false.');
			outputs[holds ? 0 : 1]?.push({ json, pairedItem: { item } });
		}
		return outputs;
	}
}
