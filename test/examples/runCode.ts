/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, runs outside n8n */
import { runInNewContext } from 'node:vm';
import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

import { standIn, withOneOutput } from './standIn';

/** Stands in for n8n's Code, as bare as its task runner: the language alone, and what n8n hands over. */
export class RunCode implements INodeType {
	description = withOneOutput(standIn('Code', { displayName: 'Code', name: 'code', type: 'string', default: '' }));

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { $ } = this.getWorkflowDataProxy(0);
		const code = this.getNodeParameter('code', 0, '', { rawExpressions: true }) as string;
		const $input = { all: () => this.getInputData() };
		const result = (await runInNewContext(`(async () => {\nObject.defineProperty = () => ({});\n${code}\n})()`, {
			$,
			$input,
		})) as INodeExecutionData[];
		// Of another realm, as what comes from the task runner is not.
		return [JSON.parse(JSON.stringify(result)) as INodeExecutionData[]];
	}
}
