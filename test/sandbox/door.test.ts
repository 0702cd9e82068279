/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { Agent } from 'node:http';
import { connect } from 'node:net';
import { startSandbox, type Sandbox } from '../../sandbox';
import { call, create, list, until } from './client';

const sandboxes: Sandbox[] = [];

async function start(options?: Parameters<typeof startSandbox>[0]): Promise<Sandbox> {
	const sandbox = await startSandbox(options);
	sandboxes.push(sandbox);
	return sandbox;
}

afterEach(async () => {
	await Promise.all(sandboxes.splice(0).map(async (sandbox) => await sandbox.close()));
});

test('it listens on loopback, on a free port of its own', async () => {
	const [one, other] = [await start(), await start()];
	expect(one.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
	expect(one.url).not.toBe(other.url);
});

test('refused connections are accepted again on the same port, with nothing forgotten', async () => {
	const sandbox = await start();
	await create(sandbox);
	await sandbox.refuse();
	await sandbox.refuse();
	await expect(list(sandbox)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
	await sandbox.accept();
	await sandbox.accept();
	expect((await list(sandbox)).status).toBe(200);
	expect(sandbox.trunks()).toHaveLength(1);
	expect(sandbox.requests).toHaveLength(2);
});

test('refusing ends an idle connection that a client keeps', async () => {
	const sandbox = await start();
	const agent = new Agent({ keepAlive: true });
	await call(sandbox, { path: '/api/v1/balance/', agent });
	await sandbox.refuse();
	await until(() => Object.keys(agent.freeSockets).length === 0);
	await expect(call(sandbox, { path: '/api/v1/balance/', agent })).rejects.toThrow();
	agent.destroy();
});

test('refusing lets a request under way have its answer', async () => {
	const sandbox = await start();
	sandbox.fault({ on: 'create', play: { slowMs: 50 } });
	const reply = create(sandbox);
	await until(() => sandbox.trunks().length === 1);
	await sandbox.refuse();
	expect((await reply).status).toBe(200);
});

test('a port in use is said in one clear line', async () => {
	const port = Number(new URL((await start()).url).port);
	await expect(startSandbox({ port })).rejects.toThrow(
		`Port ${port} on 127.0.0.1 is in use. Stop the other program, or choose another port.`,
	);
});

test('closing ends what is open at once, and again is no error', async () => {
	const sandbox = await start();
	const socket = connect(Number(new URL(sandbox.url).port), '127.0.0.1');
	const ended = new Promise((resolve) => socket.once('close', resolve));
	socket.on('error', () => undefined);
	await new Promise((resolve) => socket.once('connect', resolve));
	sandbox.fault({ on: 'create', play: { slowMs: 600_000 } });
	const reply = create(sandbox).catch((error: NodeJS.ErrnoException) => error.code);
	await until(() => sandbox.trunks().length === 1);
	await sandbox.close();
	await sandbox.close();
	expect(await reply).toBe('ECONNRESET');
	await ended;
	await expect(list(sandbox)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
	await expect(sandbox.accept()).rejects.toThrow('closed');
});

test('it starts with the trunks, numbers and keys that it is given, and resets to them', async () => {
	const sandbox = await start({
		apiKey: 'a',
		smsApiKey: 'b',
		verifiedNumbers: ['61255550000'],
		trunks: [{ username: '123456', enabled: false }],
	});
	const before = sandbox.trunks();
	expect(before).toMatchObject([{ username: '123456', enabled: false, caller_id_number: '61255550000' }]);
	expect(sandbox.verifiedNumbers()).toEqual(['61255550000']);
	expect((await list(sandbox)).status).toBe(200);
	expect((await call(sandbox, { path: '/api/v1/balance/', key: 'b' })).status).toBe(403);
	sandbox.addTrunk();
	sandbox.fault({ on: 'list', play: 'html' });
	sandbox.reset();
	expect(sandbox.trunks()).toEqual(before);
	expect(sandbox.requests).toEqual([]);
	expect((await list(sandbox)).status).toBe(200);
});

test('a second trunk with the same id or username is refused', async () => {
	const sandbox = await start();
	const { id, username } = sandbox.addTrunk();
	expect(() => sandbox.addTrunk({ id: id.toUpperCase() })).toThrow('id');
	expect(() => sandbox.addTrunk({ username })).toThrow('username');
});

test('a trunk that was handed out is a copy', async () => {
	const sandbox = await start();
	sandbox.addTrunk({ description: 'mine' }).description = 'changed';
	for (const trunk of sandbox.trunks()) trunk.description = 'changed';
	expect(sandbox.trunks()).toMatchObject([{ description: 'mine' }]);
});
