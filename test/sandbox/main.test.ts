/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { spawn, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { startSandbox, type Sandbox } from '../../sandbox';
import { call, json, list } from './client';

const root = join(__dirname, '..', '..');
const children: ChildProcess[] = [];

interface Program {
	child: ChildProcess;
	output: () => string;
	errors: () => string;
	ended: Promise<number | null>;
}

function run(...args: string[]): Program {
	const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/main.ts', ...args], {
		cwd: root,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	children.push(child);
	let output = '';
	let errors = '';
	child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
	child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
	const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
	return { child, output: () => output, errors: () => errors, ended };
}

async function introduction({ child, output }: Program): Promise<string> {
	await new Promise<void>((resolve, reject) => {
		child.stdout?.on('data', () => {
			if (output().includes('Ctrl-C')) resolve();
		});
		child.once('close', () => reject(new Error('It ended before it said where it listens.')));
	});
	return output();
}

let folder: string;

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'profiles-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a profile. @returns where it is */
function profileOf(text: string): string {
	const file = join(folder, 'a profile.json');
	writeFileSync(file, text);
	return file;
}

afterEach(() => {
	for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
});

// Starting a program takes long on a busy machine.
jest.setTimeout(60_000);

test.each(['SIGTERM', 'SIGINT'] as const)(
	'it says where it listens, works as it says, and ends on %s',
	async (signal) => {
		const program = run('--port', '0');
		const text = await introduction(program);
		const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0] ?? '';
		expect(text).toContain(`curl -X POST ${url}/api/v1/sip-trunks/`);
		expect(text).toContain(`curl ${url}/_sandbox/state`);
		const apiKey = /API key: +(\S+)/.exec(text)?.[1];
		const sandbox = { url, apiKey } as Sandbox;
		expect(json(await list(sandbox))).toHaveLength(3);
		const body = /-d '(\{"password.*\})'/.exec(text)?.[1];
		const created = await call(sandbox, { method: 'POST', path: '/api/v1/sip-trunks/', body });
		expect(created.status).toBe(200);
		program.child.kill(signal);
		expect(await program.ended).toBe(0);
		expect(program.errors()).toBe('');
	},
);

test.each([
	[['--prot', '1'], '--port N'],
	[['4010'], '--port N'],
	[['--port', 'abc'], 'from 0 to 65535'],
	[['--port', '65536'], 'from 0 to 65535'],
])('%j is answered with one line and exit code 1', async (args, reason) => {
	const program = run(...args);
	expect(await program.ended).toBe(1);
	expect(program.errors()).toContain(reason);
	expect(program.errors().trimEnd().split('\n')).toHaveLength(1);
});

test('--profile plays a profile, and says which', async () => {
	const text = await introduction(run('--port', '0', '--profile', 'sandbox/profiles/pessimistic.json'));
	expect(text).toMatch(/^Profile: +sandbox\/profiles\/pessimistic\.json: \S/m);
	const [url = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? [];
	expect(await list({ url, apiKey: 'sandbox-account-key' } as Sandbox)).toMatchObject({ status: 404, text: '' });
});

test.each([
	[
		'{ "about": "A", "switches": { "createStatus": 204 }, "cannot": [] }',
		/^In the switches of the profile \S.* profile\.json, createStatus: must be 200 or 201\.$/,
	],
	[
		'{ "about": "A", "switches": { "trunkList": 404 }, "cannot": [] }',
		/^In the switches of the profile \S.* profile\.json, .*'trunkList'/,
	],
	['{ "about": "A", "switches": {} }', /^In the profile \S.* profile\.json, cannot: Required\.$/],
	['{ "about": ', /^The profile \S.* profile\.json is not JSON\.$/],
])('the profile %j is answered with one line and exit code 1', async (text, line) => {
	const program = run('--profile', profileOf(text));
	expect(await program.ended).toBe(1);
	expect(program.errors().trimEnd()).toMatch(line);
	expect(program.output()).toBe('');
});

test.each([
	['none.json', 'There is no profile none.json.\n'],
	['sandbox', 'The profile sandbox cannot be read (EISDIR).\n'],
])('the file %s, which is no profile, is answered with one line and exit code 1', async (file, line) => {
	const program = run('--profile', file);
	expect(await program.ended).toBe(1);
	expect(program.errors()).toBe(line);
});

test('a port in use is answered with one line and exit code 1', async () => {
	const other = await startSandbox();
	const program = run('--port', new URL(other.url).port);
	const code = await program.ended;
	await other.close();
	expect(code).toBe(1);
	expect(program.errors()).toMatch(/^Port \d+ on 127\.0\.0\.1 is in use\. .*\n$/);
});
