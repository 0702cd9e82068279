/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a test on Node itself, never published */
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import execa, { type ExecaChildProcess } from 'execa';

import { exampleFiles } from '../editor/content';
import { cacheFolder } from '../install';
import { openRest } from '../rest';
import { freePort } from '../server';

const ROOT = join(__dirname, '../..');

/** `npm run editor`, without the build before it. */
function editor(port: number): ExecaChildProcess {
	return execa(process.execPath, ['--import', 'tsx', 'e2e/editor/main.ts', '--port', String(port)], {
		cwd: ROOT,
		all: true,
		reject: false,
	});
}

/** Waits for these words; rejects when it ends without them. @returns all that it has said so far */
async function says(command: ExecaChildProcess, words: string): Promise<string> {
	let said = '';
	return await new Promise((resolve, reject) => {
		command.all?.on('data', (piece) => {
			said += String(piece);
			if (said.includes(words)) resolve(said);
		});
		void command.then(() => reject(new Error(`It has ended without "${words}": ${said}`)));
	});
}

async function answers(url: string): Promise<boolean> {
	return await fetch(url).then(
		() => true,
		() => false,
	);
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
	const limit = Date.now() + 60_000;
	while (!(await isSo())) {
		if (Date.now() > limit) throw new Error('It has not come about within a minute.');
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
}

describe('npm run editor', () => {
	let port: number;
	let url: string;
	beforeAll(async () => {
		port = await freePort();
		url = `http://127.0.0.1:${port}`;
	});
	afterAll(
		async () => await rm(join(cacheFolder(), `editor-${port}`), { recursive: true, force: true, maxRetries: 5 }),
	);

	it('opens an n8n with the credential and the examples, once, however often it is started, and stops on Ctrl-C', async () => {
		for (const start of ['first', 'second']) {
			const command = editor(port);
			const said = await says(command, 'Ctrl-C stops both.');
			const sandbox = /Crazytel sandbox: +([^\s,]+)/.exec(said)?.[1] ?? '';
			const rest = await openRest(url, '2.41');
			const credentials = await rest.listCredentials();
			const workflows = await rest.listWorkflows();

			expect(said).not.toMatch(/sandbox-\w+-key/);
			expect([start, credentials.map(({ name }) => name)]).toEqual([start, ['Crazytel sandbox']]);
			expect(workflows).toHaveLength(exampleFiles.length);
			expect(new Set(workflows.map(({ name }) => name)).size).toBe(exampleFiles.length);
			command.kill('SIGINT');
			expect((await command).exitCode).toBe(0);
			expect([await answers(url), await answers(sandbox)]).toEqual([false, false]);
		}
	});

	it('leaves no n8n behind when it is killed', async () => {
		const command = editor(port);
		await says(command, 'Ctrl-C stops both.');
		expect(await answers(url)).toBe(true);
		command.kill('SIGKILL');
		await command;
		await until(async () => !(await answers(url)));
	});

	it('says in one line that the port is in use', async () => {
		const other = createServer();
		await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', () => resolve()));
		const taken = (other.address() as { port: number }).port;
		const { exitCode, stderr } = await editor(taken);
		other.close();
		expect(stderr).toBe(`Port ${taken} on 127.0.0.1 is in use. Stop the other program, or choose another port.`);
		expect(exitCode).toBe(1);
	});
});
