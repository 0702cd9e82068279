import { ApiError } from './apiError';
import type { Result } from './outcomes';
import { byAccount } from './perAccount';
import { type ApiRequest, isWrite } from './request';

/** The form of an address that has answered, by the endpoint's name. */
const answering = byAccount(() => ({ paths: new Map<string, string>(), isInUse: false }));

/** What an address answers that is not there in this form. */
const NOT_THERE = ['301', '302', '307', '308', '404', '405'];

/**
 * Sends a read whose address may have one of two forms. Which one answers is remembered for the account; no redirect
 * from one to the other is followed.
 *
 * @returns what came of it, with the request as it was sent; where neither form is there, of the first one
 */
export async function inEitherForm<Answer>(
	accountId: string,
	request: ApiRequest<Answer>,
	send: (request: ApiRequest<Answer>) => Promise<Result<Answer>>,
): Promise<{ result: Result<Answer>; sent: ApiRequest<Answer> }> {
	const { endpoint, otherPath, path: usual } = request;
	if (otherPath === undefined || isWrite(endpoint)) return { result: await send(request), sent: request };
	const { paths } = answering(accountId);
	const path = paths.get(endpoint.name) ?? usual;
	const first = { ...request, path };
	const result = await send(first);
	if (!isNotThere(result)) return { result, sent: first };
	const second = { ...request, path: path === usual ? otherPath : usual };
	const other = await send(second);
	if (isNotThere(other)) return { result, sent: first };
	if (!('error' in other)) paths.set(endpoint.name, second.path);
	return { result: other, sent: second };
}

function isNotThere<Answer>(result: Result<Answer>): boolean {
	const error = 'error' in result ? result.error : undefined;
	return error instanceof ApiError && error.kind === 'refused' && NOT_THERE.includes(error.httpCode);
}
