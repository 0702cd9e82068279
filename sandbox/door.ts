/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** The listening socket: it can be shut and opened again on the same port. */
export interface Door {
	readonly port: number;
	/** New connections are refused, idle ones ended; a request under way gets its answer. */
	shut(): Promise<void>;
	open(): Promise<void>;
	/** Shuts for good and ends every connection at once. */
	close(): Promise<void>;
}

const address = '127.0.0.1';

const listenFailures: Record<string, (port: number) => string> = {
	EADDRINUSE: (port) => `Port ${port} on ${address} is in use. Stop the other program, or choose another port.`,
	EACCES: (port) => `Port ${port} on ${address} is not allowed for you. Choose another port.`,
};

async function listen(server: Server, port: number): Promise<number> {
	return await new Promise((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) => {
			const sentence = listenFailures[error.code ?? '']?.(port);
			reject(sentence ? new Error(sentence, { cause: error }) : error);
		});
		server.listen(port, address, () => resolve((server.address() as AddressInfo).port));
	});
}

/**
 * Listens on 127.0.0.1 and nowhere else.
 *
 * @param wantedPort 0 is any free port
 * @returns the open door
 * @throws Error with a sentence for the user when the port cannot be had
 */
export async function openDoor(wantedPort: number, onRequest: RequestListener): Promise<Door> {
	const sockets = new Set<Socket>();
	const busy = new Set<Socket>();
	let server: Server | undefined;
	let closed = false;

	async function start(port: number): Promise<number> {
		const starting = createServer({ keepAliveTimeout: 75_000 });
		starting.on('connection', (socket) => {
			sockets.add(socket);
			socket.once('close', () => sockets.delete(socket));
		});
		starting.on('request', (request, response) => {
			const { socket } = request;
			busy.add(socket);
			response.once('close', () => {
				busy.delete(socket);
				if (server !== starting) socket.end();
			});
			onRequest(request, response);
		});
		const taken = await listen(starting, port);
		server = starting;
		return taken;
	}

	function stop(): void {
		server?.close();
		server = undefined;
	}

	const port = await start(wantedPort);
	return {
		port,
		async shut() {
			stop();
			for (const socket of sockets) if (!busy.has(socket)) socket.destroy();
		},
		async open() {
			if (closed) throw new Error('The sandbox is closed.');
			if (!server) await start(port);
		},
		async close() {
			closed = true;
			stop();
			const ended = [...sockets].map(
				async (socket) =>
					await new Promise<void>((resolve) => {
						socket.once('close', () => resolve());
						socket.destroy();
					}),
			);
			await Promise.all(ended);
		},
	};
}
