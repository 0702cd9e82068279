import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

import { standIn } from './standIn';

/** Stands in for n8n's Split Out: each entry of a list is an item. */
export class Split implements INodeType {
	description = standIn('Split', { displayName: 'Field', name: 'field', type: 'string', default: '' });

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const entries = this.getInputData().flatMap(({ json }, item) =>
			(json[this.getNodeParameter('field', item) as string] as IDataObject[]).map((entry) => ({
				json: entry,
				pairedItem: { item },
			})),
		);
		return [entries, []];
	}
}
