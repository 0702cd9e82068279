/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { ServerResponse } from 'node:http';
import type { Answer } from './answers';
import type { RecordedRequest } from './requestLog';

/** One reply: where it goes, and where its status is noted. */
export interface Reply {
	response: ServerResponse;
	recorded: RecordedRequest;
}

function isGone({ response }: Reply): boolean {
	return response.destroyed || !response.socket || response.socket.destroyed;
}

/** Sends an answer; nothing happens if the client has gone. */
export function send(reply: Reply, { status, headers, text }: Answer): void {
	if (isGone(reply)) return;
	const bodiless = status === 204 || status === 304;
	const length = bodiless ? {} : { 'content-length': Buffer.byteLength(text) };
	reply.recorded.status = status;
	reply.response.writeHead(status, { ...length, ...headers });
	reply.response.end(bodiless ? undefined : text);
}

/** Ends the connection without an answer. */
export function hangUp({ response }: Reply): void {
	response.socket?.destroy();
}

/** Promises more than it sends, then ends the connection. */
export function sendCutOff(reply: Reply, { status, headers, text }: Answer): void {
	if (isGone(reply)) return;
	const { response, recorded } = reply;
	recorded.status = status;
	response.writeHead(status, { 'content-length': Buffer.byteLength(text) + 1, ...headers });
	response.write(text.slice(0, Math.ceil(text.length / 2)), () => hangUp(reply));
}
