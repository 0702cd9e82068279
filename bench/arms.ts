import type { INode, INodeParameters } from 'n8n-workflow';

import type { Sandbox } from '../sandbox';
import type { SavedCredential } from '../e2e/rest';
import { node } from '../e2e/tests/scene';
import { type Flow, to } from './stage';

/** Where the requests go, and with which credentials. */
export interface Account {
	url: string;
	ours: SavedCredential;
	header: SavedCredential;
}

/** The one request that all arms send for an item: its address ends in the trunk's ID. */
const TRUNK = (url: string) => `=${url}/api/v1/sip-trunks/{{ $json.id }}`;
const BODY = '{"enabled":false}';
/** The limit is one a second on the average, so this is what n8n's documentation advises. */
const A_SECOND_EACH: INodeParameters = { batching: { batch: { batchSize: 1, batchInterval: 1000 } } };

/** Our node alone. */
export function crazytel({ ours }: Account, parameters: INodeParameters): Flow {
	return alone({
		...node('Crazytel', 'n8n-nodes-crazytel.crazytel', 1, { resource: 'sipTrunk', ...parameters }),
		credentials: { crazytelApi: ours },
	});
}

export const suspendById: INodeParameters = {
	operation: 'suspend',
	trunk: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
};

export const suspendByUsername: INodeParameters = {
	operation: 'suspend',
	trunk: { __rl: true, mode: 'username', value: '={{ $json.username }}' },
};

/** HTTP Request as it comes: sends all at once. */
export function httpRequest(account: Account, body = BODY): Flow {
	return alone(patch(account, body));
}

/** The same with any other request. @param path behind the address of the server */
export function httpRequestTo(account: Account, path: string, parameters: INodeParameters): Flow {
	return alone(request(account, { url: `${account.url}${path}`, ...parameters }));
}

/** HTTP Request with the batching that fits the limit. */
export function httpRequestBatching(account: Account, body = BODY): Flow {
	return alone(patch(account, body, A_SECOND_EACH));
}

/** HTTP Request in a Loop Over Items, with a Wait of a second where a limit is to be kept. */
export function httpRequestInLoop(account: Account, { waits }: { waits: boolean }): Flow {
	const loop = node('Loop Over Items', 'n8n-nodes-base.splitInBatches', 3);
	const wait = node('Wait', 'n8n-nodes-base.wait', 1.1, { resume: 'timeInterval', amount: 1, unit: 'seconds' });
	const request = patch(account, BODY);
	return {
		nodes: waits ? [loop, request, wait] : [loop, request],
		connections: {
			// Its first output is for the end, its second for each round.
			[loop.name]: { main: [[], ...(to(request.name).main ?? [])] },
			[request.name]: to(waits ? wait.name : loop.name),
			...(waits && { [wait.name]: to(loop.name) }),
		},
		entries: [loop.name],
	};
}

/**
 * A built-in node that sends one request after the other, to an address that can be chosen: GraphQL.
 * Its method is a list of GET and POST; an expression lets it send what the others send.
 */
export function builtIn({ url, header }: Account): Flow {
	const request = node('GraphQL', 'n8n-nodes-base.graphql', 1.1, {
		authentication: 'headerAuth',
		requestMethod: "={{ 'PATCH' }}",
		endpoint: TRUNK(url),
		requestFormat: 'graphql',
		query: BODY,
		headerParametersUi: { parameter: [{ name: 'content-type', value: 'application/json' }] },
	});
	return alone({ ...request, credentials: { httpHeaderAuth: header } });
}

/** No work at all: what n8n itself takes for so many items. */
export function nothing(): Flow {
	return alone(node('Nothing', 'n8n-nodes-base.noOp', 1));
}

/**
 * The same flow for items that know no ID: one request lists the trunks, and Merge finds each item's
 * trunk by this field.
 */
export function withIds(flow: Flow, { url, header }: Account, field: string): Flow {
	const list: INode = {
		...node('List', 'n8n-nodes-base.httpRequest', 4.2, {
			url: `${url}/api/v1/sip-trunks/`,
			authentication: 'genericCredentialType',
			genericAuthType: 'httpHeaderAuth',
		}),
		credentials: { httpHeaderAuth: header },
		executeOnce: true,
	};
	const merge = node('Merge', 'n8n-nodes-base.merge', 3, {
		mode: 'combine',
		fieldsToMatchString: field,
		joinMode: 'keepMatches',
		// What the item wants goes before what the trunk has.
		options: { clashHandling: { values: { resolveClash: 'preferInput1' } } },
	});
	return {
		nodes: [list, merge, ...flow.nodes],
		connections: {
			[list.name]: { main: [[{ node: merge.name, type: 'main', index: 1 }]] },
			[merge.name]: to(...flow.entries),
			...flow.connections,
		},
		entries: [list.name, merge.name],
	};
}

/** A fast arm that has not done the work is no arm. */
export function mustBeSuspended(sandbox: Sandbox, arm: string, items: number, requests = items): void {
	const done = sandbox.trunks().filter(({ enabled }) => !enabled).length;
	if (done === items && sandbox.requests.length === requests) return;
	throw new Error(`${arm} has suspended ${done} of ${items} trunks with ${sandbox.requests.length} requests.`);
}

function alone(only: INode): Flow {
	return { nodes: [only], connections: {}, entries: [only.name] };
}

/** A failed item goes on as an item, as in a run that is to come to its end. */
function patch(account: Account, jsonBody: string, options: INodeParameters = {}): INode {
	return request(account, { method: 'PATCH', url: TRUNK(account.url), jsonBody, options });
}

function request({ header }: Account, parameters: INodeParameters): INode {
	return {
		...node('HTTP Request', 'n8n-nodes-base.httpRequest', 4.2, {
			authentication: 'genericCredentialType',
			genericAuthType: 'httpHeaderAuth',
			sendBody: true,
			specifyBody: 'json',
			...parameters,
		}),
		credentials: { httpHeaderAuth: header },
		onError: 'continueRegularOutput',
	};
}
