import type { INode, INodeListSearchResult, INodePropertyOptions } from 'n8n-workflow';

import type { Session } from './session';

/** What the editor sends along when it fills a dropdown of a node. */
function asking({ type, typeVersion, parameters, credentials }: INode, methodName: string, path: string) {
	return {
		nodeTypeAndVersion: { name: type, version: typeVersion },
		currentNodeParameters: parameters,
		credentials,
		methodName,
		path,
	};
}

/** Fills a dropdown: `method` is its loadOptionsMethod, `path` its place, such as `parameters.callerIdNumber`. */
export async function loadOptions(
	session: Session,
	node: INode,
	method: string,
	path: string,
): Promise<INodePropertyOptions[]> {
	return await session.send('POST', '/rest/dynamic-node-parameters/options', asking(node, method, path));
}

/** Fills the From List of a resource locator. */
export async function searchList(
	session: Session,
	node: INode,
	method: string,
	path: string,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await session.send('POST', '/rest/dynamic-node-parameters/resource-locator-results', {
		...asking(node, method, path),
		filter,
	});
}
