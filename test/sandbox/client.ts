/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { request, type Agent, type IncomingHttpHeaders } from 'node:http';
import type { Sandbox } from '../../sandbox';

export interface Reply {
	status: number;
	headers: IncomingHttpHeaders;
	text: string;
}

export interface Call {
	method?: string;
	path: string;
	/** A string goes out as it is, anything else as JSON. */
	body?: unknown;
	headers?: Record<string, string>;
	/** Undefined is the account key, '' is no key. */
	key?: string;
	agent?: Agent;
	/** One character of the text for each byte. */
	isBinary?: boolean;
	/** Ends the call from the client's side. */
	signal?: AbortSignal;
}

export const trunksPath = '/api/v1/sip-trunks/';
export const goodTrunk = { password: 'Secret123', caller_id_number: '61291234567' };
export const unknownId = '00000000-0000-4000-8000-000000000000';

/** Sends one request on a connection of its own; rejects when the answer does not come whole. */
export async function call(sandbox: Sandbox, options: Call): Promise<Reply> {
	const { method = 'GET', path, body, key = sandbox.apiKey, agent, signal, isBinary = false } = options;
	const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
	const headers = {
		...(key === '' ? {} : { 'x-crazytel-api-key': key }),
		...(text === undefined ? {} : { 'content-type': 'application/json' }),
		...options.headers,
	};
	return await new Promise((resolve, reject) => {
		const sent = request(sandbox.url + path, { method, headers, agent: agent ?? false, signal }, (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('error', reject);
			response.on('end', () =>
				resolve({
					status: response.statusCode ?? 0,
					headers: response.headers,
					text: Buffer.concat(chunks).toString(isBinary ? 'latin1' : 'utf8'),
				}),
			);
		});
		sent.on('error', reject);
		sent.end(text);
	});
}

export async function create(sandbox: Sandbox, body: unknown = goodTrunk): Promise<Reply> {
	return await call(sandbox, { method: 'POST', path: trunksPath, body });
}

export async function update(sandbox: Sandbox, id: string, body: unknown): Promise<Reply> {
	return await call(sandbox, { method: 'PATCH', path: trunksPath + id, body });
}

export async function remove(sandbox: Sandbox, id: string): Promise<Reply> {
	return await call(sandbox, { method: 'DELETE', path: trunksPath + id });
}

export async function list(sandbox: Sandbox, query = ''): Promise<Reply> {
	return await call(sandbox, { path: trunksPath + query });
}

/** The JSON body; throws a SyntaxError when it is damaged. */
export function json<Body = Record<string, unknown>>(reply: Reply): Body {
	expect(reply.headers['content-type']).toMatch(/^application\/json/);
	return JSON.parse(reply.text) as Body;
}

/** Lets the event loop turn until a thing has happened. */
export async function until(happened: () => boolean): Promise<void> {
	while (!happened()) await new Promise((resolve) => setImmediate(resolve));
}
