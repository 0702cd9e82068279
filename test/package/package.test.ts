/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a test on Node itself, never published */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { LIMITS } from '../../bench/limits';
import { rowsOf } from '../tables';
import { copyTree, ROOT, run } from './tree';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, unknown>>;

/** What npm runs by itself when a package is installed, packed or published. */
const LIFECYCLE = /^(?:pre|post)?(?:install|uninstall|publish|pack|prepare|version)$|^(?:prepublishOnly|dependencies)$/;

/** What the built files may take of n8n-workflow: it is there since 1.0. */
const OLDEST = ['NodeApiError', 'NodeOperationError', 'sleep'];

/** What npm would publish; sizes are in bytes. */
async function pack(): Promise<{ files: Array<{ path: string }>; unpackedSize: number }> {
	// Without prepack, which would build while other tests load what was built.
	const { output, code } = await run(
		'npm',
		['pack', '--dry-run', '--ignore-scripts', '--json', '--loglevel=silent'],
		ROOT,
	);
	expect(code).toBe(0);
	const [packed] = JSON.parse(output) as Array<Awaited<ReturnType<typeof pack>>>;
	if (packed === undefined) throw new Error('npm has packed nothing.');
	return packed;
}

describe('the published package', () => {
	let packed: Awaited<ReturnType<typeof pack>>;
	let files: string[];
	let scripts: string[];
	beforeAll(async () => {
		packed = await pack();
		files = packed.files.map(({ path }) => path);
		scripts = files.filter((file) => file.startsWith('dist/') && file.endsWith('.js'));
	});

	it('holds the built files, the README, the changelog, the licence, package.json and index.js, and nothing else', () => {
		const isBuilt = (file: string) => /^dist\/.+\.(?:js|svg|json)$/.test(file);
		expect(files.filter((file) => !isBuilt(file)).sort()).toEqual([
			'CHANGELOG.md',
			'LICENSE',
			'README.md',
			'index.js',
			'package.json',
		]);
	});

	it('holds the node, its codex file, the credential and both icons', () => {
		expect(files).toEqual(
			expect.arrayContaining([
				'dist/credentials/CrazytelApi.credentials.js',
				'dist/icons/crazytel.dark.svg',
				'dist/icons/crazytel.svg',
				'dist/nodes/Crazytel/Crazytel.node.js',
				'dist/nodes/Crazytel/Crazytel.node.json',
			]),
		);
	});

	// "SiP": n8n gives more for a capital behind a small letter, or five nodes that many use would stand above.
	it.each(['SiP', 'trunk', 'softphone', 'number', 'did', 'telephone', 'telco', 'voip', 'sms', 'cdr', 'suspend'])(
		'is found by "%s"',
		(word) => {
			const { alias } = JSON.parse(read('dist/nodes/Crazytel/Crazytel.node.json')) as { alias: string[] };
			expect(alias).toContain(word);
		},
	);

	it(`is no larger than it may be: ${LIMITS.unpackedKilobytes} kB unpacked`, () => {
		expect(packed.unpackedSize).toBeGreaterThan(50_000);
		expect(packed.unpackedSize).toBeLessThan(1000 * LIMITS.unpackedKilobytes);
	});

	it('depends on nothing but the n8n that loads it', () => {
		expect(manifest.dependencies ?? {}).toEqual({});
		expect(manifest.optionalDependencies ?? {}).toEqual({});
		expect(manifest).not.toHaveProperty('bundledDependencies');
		expect(manifest).not.toHaveProperty('overrides');
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});

	it('runs nothing when it is installed, and its build before it is packed', () => {
		expect(Object.keys(manifest.scripts ?? {}).filter((name) => LIFECYCLE.test(name))).toEqual(['prepack']);
	});

	it('imports only its own files and what every n8n has', () => {
		expect([...scripts].sort()).toEqual([
			'dist/credentials/CrazytelApi.credentials.js',
			'dist/nodes/Crazytel/Crazytel.node.js',
			'dist/nodes/Crazytel/CrazytelTrigger.node.js',
			'dist/nodes/Crazytel/api/clock.js',
			'dist/nodes/Crazytel/api/timeout.js',
			'dist/nodes/Crazytel/shared.js',
		]);
		for (const script of scripts) {
			const code = read(script);
			expect(code).not.toMatch(/\bimport\s*\(|^import\b/m);
			for (const [, name = ''] of code.matchAll(/\brequire\s*\(\s*([^)]*?)\s*\)/g)) {
				const imported = name.replace(/^(['"])(.*)\1$/, '$2');
				if (!imported.startsWith('.')) {
					expect(['n8n-workflow', 'zod', 'node:crypto']).toContain(imported);
					continue;
				}
				const target = join(dirname(script), imported);
				expect([target, `${target}.js`, `${target}/index.js`].some((file) => scripts.includes(file))).toBe(true);
			}
		}
	});

	it('takes nothing of n8n-workflow but what every version of it has', () => {
		const taken = scripts.flatMap((script) => {
			const code = read(script);
			const names = [...code.matchAll(/(\S+) = require\('n8n-workflow'\)/g)].map(([, name = '']) => name);
			// A whole module that is handed on, or taken apart, would escape this.
			for (const name of names) expect(code).not.toMatch(new RegExp(`\\b${name}\\b(?!\\.\\w| = require)`));
			return names.flatMap((name) =>
				[...code.matchAll(new RegExp(`\\b${name}\\.(\\w+)`, 'g'))].map(([, member]) => member),
			);
		});
		expect([...new Set(taken)].sort()).toEqual(OLDEST);
	});

	it.each([
		['an n8n-workflow that has only that', `for (const name of ${JSON.stringify(OLDEST)}) exports[name] = class {};`],
		['none, where NODE_PATH leads to that of n8n', undefined],
	])('loads beside %s', async (_what, neighbour) => {
		const nodes = await mkdtemp(join(tmpdir(), 'crazytel-nodes-'));
		const folder = join(nodes, 'node_modules/n8n-nodes-crazytel');
		await cp(join(ROOT, 'dist'), join(folder, 'dist'), { recursive: true });
		if (neighbour !== undefined) {
			await mkdir(join(nodes, 'node_modules/n8n-workflow'));
			await writeFile(join(nodes, 'node_modules/n8n-workflow/index.js'), neighbour);
		}
		const load = `
			const { Crazytel } = require('${folder}/dist/nodes/Crazytel/Crazytel.node.js');
			const { CrazytelApi } = require('${folder}/dist/credentials/CrazytelApi.credentials.js');
			const { inputs, outputs } = new Crazytel().description;
			console.log(JSON.stringify([inputs, outputs, new CrazytelApi().name]));`;
		const ended = await run(process.execPath, ['-e', load], nodes, { NODE_PATH: join(ROOT, 'node_modules') });
		expect(ended).toEqual({ code: 0, output: '[["main"],["main"],"crazytelApi"]\n' });
	});
});

describe('a checkout that was never built', () => {
	// npm publish asks nobody in a dry run; the address is for the case that it does.
	it.each([
		[
			'npm publish',
			['publish', '--dry-run', '--loglevel=silent', '--registry=http://127.0.0.1:9', '--fetch-retries=0'],
		],
		['npm run tarball', ['run', 'tarball', '--', '--dry-run', '--loglevel=silent']],
	])(
		'is built by %s first',
		async (_command, args) => {
			const { root, remove } = await copyTree(['.npmrc']);
			// Whether it is called; what it does has been seen by every test that loads the node.
			const build = `node -e "fs.mkdirSync('dist')"`;
			await writeFile(
				join(root, 'package.json'),
				JSON.stringify({ ...manifest, scripts: { ...manifest.scripts, build } }),
			);
			try {
				expect((await run('npm', args, root)).code).toBe(0);
				expect(existsSync(join(root, 'dist'))).toBe(true);
			} finally {
				await remove();
			}
		},
		120_000,
	);
});

describe('the lock file', () => {
	it.each(['.', ...readdirSync(join(ROOT, 'e2e/n8n')).map((name) => `e2e/n8n/${name}`)])(
		'in %s names no registry, so that an install uses the one of its own machine',
		(folder) => {
			const lock = read(join(folder, 'package-lock.json'));
			expect(lock).not.toMatch(/"resolved": "(?!file:)/);
			expect(lock).not.toMatch(/registry\./);
		},
	);
});

describe('the papers', () => {
	it('describe this version in the changelog', () => {
		expect(read('CHANGELOG.md')).toContain(`\n## [${String(manifest.version)}]`);
	});

	it.each([
		'README.md',
		'CHANGELOG.md',
		'CONTRIBUTING.md',
		'SECURITY.md',
		...readdirSync(join(ROOT, 'docs'))
			.filter((file) => file.endsWith('.md'))
			.map((file) => `docs/${file}`),
	])('%s links to what exists', (paper) => {
		const text = read(paper);
		for (const [, target = ''] of text.matchAll(/(?:\]\(|src=")([^)\s"]+)[)"]/g)) {
			// What begins two folders up is a page of the repository on GitHub.
			if (/^https?:|^\.\.\/\.\.\//.test(target)) continue;
			const [path = '', anchor] = target.split('#');
			const file = path === '' ? paper : join(dirname(paper), path);
			expect({ target, exists: existsSync(join(ROOT, file)) }).toEqual({ target, exists: true });
			if (anchor !== undefined) expect(anchorsOf(read(file))).toContain(anchor);
		}
	});

	it('have the places of the API notes that the code points to', () => {
		const anchors = anchorsOf(read('docs/crazytel-api.md'));
		expect(anchors).toEqual(expect.arrayContaining(['hosts-key-limits', 'endpoints', 'sip-trunk']));
	});

	it('name tests that exist, for each promise', () => {
		const rows = rowsOf(read('docs/reliability.md')).filter(([, file = '']) => /^`\w+\.test\.ts`$/.test(file));
		expect(rows.length).toBeGreaterThan(20);
		for (const [, quotedFile = '', cell = ''] of rows) {
			const file = quotedFile.replaceAll('`', '');
			const folder =
				['test/reliability', 'test/trunks', 'test/triggers', 'test/unit/resources/callRecord'].find((each) =>
					existsSync(join(ROOT, each, file)),
				) ?? '';
			const tests = read(join(folder, file));
			const names = [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
			expect(names.length).toBeGreaterThan(0);
			expect(names.filter((name) => !tests.replaceAll("\\'", "'").includes(name))).toEqual([]);
		}
	});

	it('quote error messages in the words of the built node', () => {
		const code = readdirSync(join(ROOT, 'dist'), { recursive: true, encoding: 'utf8' })
			.filter((path) => path.endsWith('.js'))
			.map((path) => read(join('dist', path)))
			.join('\n')
			// The paper speaks of trunks where the code takes the noun of the kind.
			.replace(/\$\{(?:\w+\.)*(one|many)\}/g, (_, form: string) => (form === 'one' ? 'trunk' : 'trunks'));
		const quotes = rowsOf(read('docs/errors.md')).flatMap(([cell = '']) => /^`([^`]+)`/.exec(cell)?.[1] ?? []);
		expect(quotes.length).toBeGreaterThan(10);
		// An ellipsis stands for what differs from case to case.
		const pieces = quotes.flatMap((quote) => quote.split('…')).map((piece) => piece.trim());
		expect(pieces.filter((piece) => piece.length > 0 && !code.includes(piece))).toEqual([]);
	});
});

/** The anchors of a paper's headings, as GitHub makes them. */
function anchorsOf(markdown: string): string[] {
	return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N} -]/gu, '')
			.replace(/ /g, '-'),
	);
}
