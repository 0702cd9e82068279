import type { IExecuteFunctions, IHttpRequestOptions, ILoadOptionsFunctions } from 'n8n-workflow';

import { errorOfAnswer, errorOfSilence, errorOfUnreadable } from './apiError';
import { CREDENTIAL, readCredential } from './credential';
import type { ApiRequest } from './endpoints';
import { type Answered, exchange, type Transport } from './exchange';
import { createRedactor } from './redaction';

/** Talks to one account. The only way from this package to the network. */
export interface Client {
	/**
	 * Sends one request.
	 *
	 * @returns what the endpoint promises, with secrets masked
	 * @throws ApiError with words for people, for every answer other than that and for none
	 */
	send<Answer>(request: ApiRequest<Answer>): Promise<Answer>;
}

/**
 * Builds the client for the credential of the running node or the open editor.
 *
 * @throws InvalidInput when the credential cannot work; n8n's own error when there is none
 */
export async function createClient(context: IExecuteFunctions | ILoadOptionsFunctions): Promise<Client> {
	const { apiKey, baseUrl } = readCredential(await context.getCredentials(CREDENTIAL));
	const transport: Transport = async (options: IHttpRequestOptions) =>
		await context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, options);

	return {
		async send(request) {
			const { method, path, body } = request;
			const redactor = createRedactor([apiKey, body?.password ?? '']);
			const outcome = await exchange(transport, { method, url: `${baseUrl}${path}`, body });
			if (!('status' in outcome)) {
				throw errorOfSilence(request, { ...outcome, reason: redactor.text(outcome.reason) }, baseUrl);
			}
			const answer: Answered = redactor.data(outcome);
			if (answer.status < 200 || answer.status > 299) throw errorOfAnswer(request, answer, baseUrl);
			const content = request.read(answer.body);
			if (content === undefined) throw errorOfUnreadable(request, answer);
			return content;
		},
	};
}
