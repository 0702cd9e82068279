/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
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

/** Says that another protocol follows; the connection then stays open, and nothing comes. */
export function switchProtocols(reply: Reply): void {
	if (isGone(reply)) return;
	reply.recorded.status = 101;
	reply.response.socket?.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n');
}

/** Sends a space after each wait, until the client goes or the waits are called off. */
export async function sendDrip(reply: Reply, wait: () => Promise<void>): Promise<void> {
	if (isGone(reply)) return;
	reply.recorded.status = 200;
	reply.response.writeHead(200, { 'content-type': 'application/json' });
	while (!isGone(reply)) {
		reply.response.write(' ');
		await wait();
	}
}

const MEGABYTE = Buffer.alloc(2 ** 20, ' ');

/** Sends so many megabytes of spaces before the text of an answer, no faster than the client takes them. */
export async function sendBig(
	reply: Reply,
	{ status, headers, text }: Answer,
	megabytes: number,
	isPacked: boolean,
): Promise<void> {
	if (isGone(reply)) return;
	const { response, recorded } = reply;
	recorded.status = status;
	response.writeHead(status, { ...headers, ...(isPacked && { 'content-encoding': 'gzip' }) });
	const body = Readable.from(
		(function* () {
			for (let sent = 0; sent < megabytes; sent += 1) yield MEGABYTE;
			yield Buffer.from(text);
		})(),
	);
	const sending = isPacked ? pipeline(body, createGzip({ level: 1 }), response) : pipeline(body, response);
	// The client may have had enough.
	await sending.catch(() => undefined);
}
