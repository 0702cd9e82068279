/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a test, runs outside n8n */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import execa from 'execa';

import { PACKAGE_ROOT } from '../../engine/boot';
import { readOptions } from '../../live/options';
import type { Report } from '../../live/report';
import { startSandbox, type Sandbox } from '../../sandbox';
import { fill } from './scene';

let sandbox: Sandbox;
let folder = '';
/** The whole check takes its time, in which the others are tried. */
let checked: Sandbox;
let ownFolder = '';
let whole: ReturnType<typeof run>;
/** One that is left without a terminal meanwhile. */
let closed: Sandbox;
let closing: Promise<void>;

// The real check keeps its pace of 1.5 s.
jest.setTimeout(120_000);

beforeAll(async () => {
	sandbox = await startSandbox();
	folder = mkdtempSync(join(tmpdir(), 'live-'));
	checked = await startSandbox({
		switches: { trunkListShape: 'wrapped', trunkListKey: 'results', verifiedShape: 'objects', verifiedKey: 'cli' },
	});
	fill(checked, 3);
	ownFolder = mkdtempSync(join(tmpdir(), 'live-'));
	closed = await startSandbox();
	closing = closeTerminal();
	whole = run('main.ts', ['--base-url', checked.url, '--yes'], { CRAZYTEL_API_KEY: checked.apiKey }, ownFolder);
});

afterAll(async () => {
	await whole;
	await checked.close();
	await closed.close();
	await sandbox.close();
});

async function run(program: string, args: string[], env: Record<string, string> = {}, cwd = folder) {
	const { stdout, stderr, exitCode } = await execa(
		process.execPath,
		['--import', join(PACKAGE_ROOT, 'node_modules/tsx/dist/loader.mjs'), join(PACKAGE_ROOT, 'live', program), ...args],
		{ cwd, env, reject: false, stdin: 'ignore' },
	);
	return { stdout, stderr, exitCode };
}

/** The check in what it believes to be a terminal, by util-linux, of every Debian. */
function inTerminal(args: string[], env: Record<string, string>) {
	const command = `"${process.execPath}" --import "${join(PACKAGE_ROOT, 'node_modules/tsx/dist/loader.mjs')}" "${join(PACKAGE_ROOT, 'live/main.ts')}" ${args.join(' ')}`;
	const terminal = execa('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
		cwd: folder,
		env: { TERM: 'xterm', ...env },
		reject: false,
		stdin: 'pipe',
	});
	let text = '';
	terminal.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
	const saw = async (words: string) =>
		await new Promise<void>((resolve, reject) => {
			const look = () => void (text.includes(words) && resolve());
			terminal.stdout?.on('data', look);
			void terminal.then(() => reject(new Error(`It ended with: ${text}`)));
			look();
		});
	return { terminal, saw, screen: () => text };
}

/** A throwaway trunk whose terminal is closed after the first update. */
async function closeTerminal(): Promise<void> {
	const balance = await fetch(`${closed.url}/api/v1/balance/`, { headers: { 'x-crazytel-api-key': closed.apiKey } });
	const { account_code: code } = (await balance.json()) as { account_code: string };
	const { terminal, saw } = inTerminal(['--throwaway-trunk', '--base-url', closed.url], {
		CRAZYTEL_API_KEY: closed.apiKey,
	});
	await saw('Start?');
	terminal.stdin?.write('y\r');
	await saw('Type the account code');
	terminal.stdin?.write(`${code}\r`);
	await saw('update of the description');
	terminal.kill('SIGKILL');
	await terminal;
}

test.each<[name: string, args: string[], env: Record<string, string>, words: RegExp]>([
	['no key', ['--yes'], {}, /^No API key\. Put it into CRAZYTEL_API_KEY/],
	[
		'a key on the command line',
		['--api-key', 'k-canary'],
		{},
		/^That cannot be read\. The API key never goes onto the command line/,
	],
	['a key as a word', ['k-canary'], {}, /^That cannot be read/],
	[
		'an address without https',
		['--base-url', 'http://crazytel.io', '--yes'],
		{ CRAZYTEL_API_KEY: 'k-canary' },
		/must begin with https/,
	],
	[
		'a key with a letter that no header can carry',
		['--yes'],
		{ CRAZYTEL_API_KEY: 'k-canary…' },
		/^The API key has a character in it/,
	],
	[
		'a throwaway trunk by a machine',
		['--throwaway-trunk', '--yes'],
		{ CRAZYTEL_API_KEY: 'k-canary' },
		/needs a person/,
	],
])('%s: one clear sentence, and nothing is asked', async (_name, args, env, words) => {
	const { stdout, stderr, exitCode } = await run('main.ts', args, { CRAZYTEL_API_KEY: '', ...env });
	expect(stderr).toMatch(words);
	expect(exitCode).toBe(2);
	expect(`${stdout}${stderr}`).not.toContain('k-canary');
});

test.each([
	['https://user:pass@crazytel.io', /user or a password/],
	['https://crazytel.io/api/v1', /host alone/],
	['crazytel.io', /not an address/],
	['ftp://crazytel.io', /https/],
])('the address %s is refused', (address, words) => {
	expect(readOptions(['--base-url', address])).toMatch(words);
});

test('a wrong key ends it with words, and exit status 2', async () => {
	const { stdout, exitCode } = await run(
		'main.ts',
		['--base-url', sandbox.url, '--yes', '--out', join(folder, 'r.json'), '--profile', join(folder, 'p.json')],
		{ CRAZYTEL_API_KEY: 'k-canary-51' },
	);
	expect(stdout).toContain('It ended early. The API key was refused (401).');
	expect(stdout).not.toContain('k-canary-51');
	expect(exitCode).toBe(2);
});

test('in a terminal the key is asked for and not shown, and without a yes nothing is sent', async () => {
	sandbox.reset();
	const { terminal, saw, screen } = inTerminal(['--base-url', sandbox.url], { CRAZYTEL_API_KEY: '' });
	await saw('it is not shown');
	terminal.stdin?.write(`${sandbox.apiKey}\r`);
	await saw('Start?');
	terminal.stdin?.write('n\r');
	await terminal;
	expect(screen()).toContain('Nothing was asked.');
	expect(screen()).not.toContain(sandbox.apiKey);
	expect(sandbox.requests).toEqual([]);
});

test.each([
	['[]', /is no report of the live check/],
	['{', /is not JSON/],
	[
		'{"report":"n8n-nodes-crazytel live check","version":1,"date":"2026-12-01","verdicts":[{"id":"x","verdict":"yes"}]}',
		/is no report of the live check: verdicts\.0\.verdict/,
	],
	[
		'{"report":"n8n-nodes-crazytel live check","version":1,"date":"2026-12-01","verdicts":[{"id":"x","verdict":"refuted","saw":"\\u001b[2J"}]}',
		/is no report of the live check: verdicts\.0\.saw/,
	],
])('a file that is no report: %s', async (text, words) => {
	writeFileSync(join(folder, 'sent.json'), text);
	const { stderr, exitCode } = await run('fromReport.ts', ['sent.json']);
	expect(stderr).toMatch(words);
	expect(exitCode).toBe(1);
});

test('a report as n8n copies it, a list of one, gives the same profile', async () => {
	const report = {
		report: 'n8n-nodes-crazytel live check',
		version: 1,
		date: '2026-12-01',
		verdicts: [{ id: 'list-pages', verdict: 'refuted', switches: { pageSize: 50 } }],
	};
	writeFileSync(join(folder, 'sent.json'), JSON.stringify([report]));
	const { stdout } = await run('fromReport.ts', ['sent.json']);
	expect(JSON.parse(stdout)).toMatchObject({ switches: { pageSize: 50 } });
});

test('what the sandbox has no play for is named, and stands in no profile', async () => {
	writeFileSync(
		join(folder, 'sent.json'),
		JSON.stringify({
			report: 'n8n-nodes-crazytel live check',
			version: 1,
			date: '2026-12-01',
			verdicts: [{ id: 'list-pages', verdict: 'refuted', switches: { pageSize: 50, pageStyle: 'token' } }],
		}),
	);
	const { stdout, stderr, exitCode } = await run('fromReport.ts', ['sent.json']);
	expect(exitCode).toBe(0);
	expect(JSON.parse(stdout)).toMatchObject({ switches: { pageSize: 50 } });
	expect(stdout).not.toContain('pageStyle');
	expect(stderr).toContain('The sandbox has no such switch yet: list-pages: pageStyle "token"');
});

test('the check as a machine runs it: what it says, what it writes, and the profile that comes of it', async () => {
	const { stdout, stderr, exitCode } = await whole;
	expect(stderr).toBe('');
	expect(exitCode).toBe(1);
	expect(stdout).toContain(`${checked.url}: about 12 requests in 20 seconds or a little more. All of them are GET`);
	expect(stdout).toContain(
		'✗ refuted     In what form does the list of trunks come?\n                saw trunkListShape "wrapped", trunkListKey "results"',
	);
	expect(stdout).toMatch(/issues\/new\?template=live-check\.yml/);
	expect(stdout).not.toContain(checked.apiKey);

	const asked = checked.requests;
	expect(asked.map(({ method }) => method).filter((method) => method !== 'GET')).toEqual([]);
	expect(asked).toHaveLength(12);

	expect(readdirSync(ownFolder).sort()).toEqual(['crazytel-live-profile.json', 'crazytel-live-report.json']);
	const text = readFileSync(join(ownFolder, 'crazytel-live-report.json'), 'utf8');
	for (const secret of [checked.apiKey, 'CT100001', '61291110001', 'Desk of', '148.2'])
		expect(text).not.toContain(secret);
	const report = JSON.parse(text) as Report;
	expect(report.verdicts.find(({ id }) => id === 'verified-form')).toMatchObject({
		verdict: 'refuted',
		switches: { verifiedShape: 'objects', verifiedKey: 'cli' },
	});
	const profile = JSON.parse(readFileSync(join(ownFolder, 'crazytel-live-profile.json'), 'utf8')) as {
		switches: object;
	};
	expect(profile.switches).toMatchObject({
		trunkListShape: 'wrapped',
		trunkListKey: 'results',
		verifiedShape: 'objects',
		verifiedKey: 'cli',
	});

	const again = await run('fromReport.ts', [join(ownFolder, 'crazytel-live-report.json')]);
	expect(again.exitCode).toBe(0);
	expect(JSON.parse(again.stdout)).toEqual(profile);
	expect(again.stderr).toMatch(
		/^docs\/crazytel-api\.md:\d+ {2}trunk-list-form {2}→ seen live, \d{4}-\d\d-\d\d: trunkListShape "wrapped", trunkListKey "results"$/m,
	);
});

test('a terminal that is closed in the middle leaves no throwaway trunk behind', async () => {
	await closing;
	expect(closed.requests.filter(({ kind }) => kind === 'create')).toHaveLength(1);
	// The process goes on without a terminal: it deletes, and writes its report.
	for (let looks = 0; looks < 300 && !readdirSync(folder).includes('crazytel-live-report.json'); looks++)
		await sleep(100);
	expect(closed.trunks().filter(({ description }) => description?.startsWith('n8n live check'))).toEqual([]);
	expect(closed.requests.filter(({ kind }) => kind === 'delete').length).toBeGreaterThan(0);
});
