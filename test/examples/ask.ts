import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

import { standIn, withOneOutput } from './standIn';

/** Stands in for n8n's HTTP Request with the credential: the whole response, its body as text, no redirect, no error for a status. */
export class Ask implements INodeType {
	description = withOneOutput(
		standIn('Ask', { displayName: 'URL', name: 'url', type: 'string', default: '' }),
		'crazytelApi',
	);

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const answers: INodeExecutionData[] = [];
		for (const [item] of this.getInputData().entries()) {
			const url = this.getNodeParameter('url', item) as string;
			const options = {
				url,
				method: 'GET' as const,
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
				encoding: 'text' as const,
			};
			const { body, headers, statusCode } = (await this.helpers.httpRequestWithAuthentication.call(
				this,
				'crazytelApi',
				options,
			)) as IDataObject;
			answers.push({
				json: { data: typeof body === 'string' ? body : JSON.stringify(body), headers, statusCode },
				pairedItem: { item },
			});
		}
		return [answers];
	}
}
