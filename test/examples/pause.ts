import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

import { standIn } from './standIn';

/** Stands in for n8n's Wait: once something has come about it hands on the answer that a form was sent with, or else its items. */
export function pause(until: () => Promise<IDataObject | undefined>): INodeType {
	return {
		description: standIn('Pause'),
		async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			const answer = await until();
			return [answer === undefined ? this.getInputData() : [{ json: answer, pairedItem: { item: 0 } }], []];
		},
	};
}
