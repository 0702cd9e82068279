/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test on Node itself, never published */
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { copyTree, type Ended, ROOT, run } from './tree';

/** Runs .ci/run beside a README of these lines. */
async function ciWith(...lines: string[]): Promise<Ended> {
	const { root, remove } = await copyTree(['.ci']);
	try {
		await writeFile(join(root, 'README.md'), `${lines.join('\n')}\n`);
		return await run('.ci/run', [], root);
	} finally {
		await remove();
	}
}

const marked = (...commands: string[]) => [
	'<!-- ci:start -->',
	'',
	'```bash',
	...commands,
	'```',
	'',
	'<!-- ci:end -->',
];

describe('.ci/run', () => {
	it('runs the marked commands of the README in order, printed first, and no others', async () => {
		const { code, output } = await ciWith(
			...marked('echo one | tr o O', '# a comment', 'cat && echo "$CI"'),
			'```bash',
			'echo unmarked',
			'```',
			...marked('echo three'),
		);
		expect(output).toBe('\n$ echo one | tr o O\nOne\n\n$ cat && echo "$CI"\ntrue\n\n$ echo three\nthree\n');
		expect(code).toBe(0);
	});

	it('stops at the first command that fails', async () => {
		const { code, output } = await ciWith(...marked('false | cat', 'echo never'));
		expect(output).toContain('This command failed: false | cat');
		expect(output).not.toContain('\nnever');
		expect(code).toBe(1);
	});

	it.each([
		['without a marked command', ['```bash', 'echo unmarked', '```']],
		['with a mark that is never closed', ['<!-- ci:start -->', '```bash', 'echo one', '```']],
	])('fails on a README %s', async (_what, lines) => {
		const { code, output } = await ciWith(...lines);
		expect(output).not.toContain('$ echo');
		expect(code).toBe(1);
	});

	it('finds the demo and the tests, those in a whole n8n too, in this README', () => {
		const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
		const blocks = readme
			.split('<!-- ci:start -->')
			.slice(1)
			.map((part) => part.split('<!-- ci:end -->')[0]);
		expect(blocks.join('').match(/^npm .*$/gm)).toEqual([
			'npm ci && npm run demo',
			'npm ci && npm test',
			'npm ci && npm run test:e2e -- --selectProjects "n8n 2.41" "hosts" "browser" "editor command" "queue mode"',
		]);
	});
});
