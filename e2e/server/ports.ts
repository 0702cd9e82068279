import getPort from 'get-port';

const HOST = '127.0.0.1';

/** A port of this computer that nobody listens on. */
export async function freePort(): Promise<number> {
	return await getPort({ host: HOST });
}

/** @throws Error with one line when something listens on that port already */
export async function mustBeFree(port: number): Promise<void> {
	if ((await getPort({ host: HOST, port })) === port) return;
	throw new Error(`Port ${port} on ${HOST} is in use. Stop the other program, or choose another port.`);
}

/** That port, or any free one where something listens on it. */
export async function preferPort(port: number): Promise<number> {
	return await getPort({ host: HOST, port });
}
