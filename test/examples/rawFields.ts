import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

import { standIn, withOneOutput } from './standIn';

/** Stands in for n8n's Edit Fields in its mode JSON, which takes a text or an object. */
export class RawFields implements INodeType {
	description = withOneOutput(standIn('Raw', { displayName: 'JSON', name: 'json', type: 'string', default: '' }));

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const fieldsOf = (item: number) => this.getNodeParameter('json', item) as string | IDataObject;
		return [
			this.getInputData().map((_, item) => {
				const fields = fieldsOf(item);
				return {
					json: typeof fields === 'string' ? (JSON.parse(fields) as IDataObject) : fields,
					pairedItem: { item },
				};
			}),
		];
	}
}
