import { type ILoadOptionsFunctions, NodeOperationError } from 'n8n-workflow';

import { createClient } from '../../api/client';
import type { ReadRequest } from '../../api/request';

/**
 * Fetches a list for a dropdown.
 *
 * @throws NodeOperationError with words for people: an error never looks like an empty dropdown
 */
export async function fetchList<Entry>(
	context: ILoadOptionsFunctions,
	request: ReadRequest<Entry[]>,
): Promise<Entry[]> {
	try {
		const client = await createClient(context);
		return await client.send(request);
	} catch (error) {
		throw explained(context, (error as Error).message);
	}
}

/** An error for the editor whose message arrives there unchanged. */
export function explained(context: ILoadOptionsFunctions, message: string): NodeOperationError {
	// A form that is being filled in may hold a password, and the editor needs none of it.
	const error = new NodeOperationError({ ...context.getNode(), parameters: {} }, message);
	// The constructor replaces a message that holds a code such as ECONNREFUSED, even inside a word.
	error.message = message;
	return error;
}
