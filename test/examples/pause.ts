import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

import { standIn } from './standIn';

/** Stands in for n8n's Wait: hands its items on once something has come about. */
export function pause(until: () => Promise<void>): INodeType {
	return {
		description: standIn('Pause'),
		async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			await until();
			return [this.getInputData(), []];
		},
	};
}
