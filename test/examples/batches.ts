import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

import { standIn } from './standIn';

/** Stands in for n8n's Loop Over Items: a batch by its second output each time that it is reached, at the end all by the first. */
export class Batches implements INodeType {
	description = standIn('Batches', { displayName: 'Batch Size', name: 'batchSize', type: 'number', default: 1 });

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const context = this.getContext('node') as { left?: INodeExecutionData[]; back?: INodeExecutionData[] };
		const input = this.getInputData();
		const left = context.left ?? [...input];
		context.back = context.left === undefined ? [] : [...(context.back ?? []), ...input];
		const batch = left.splice(0, this.getNodeParameter('batchSize', 0) as number);
		context.left = left;
		return batch.length === 0 ? [context.back, []] : [[], batch];
	}
}
