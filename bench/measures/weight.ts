/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs outside n8n, on Node itself */
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import execa from 'execa';
import { median } from 'simple-statistics';

import { npm } from '../../e2e/install/npm';
import type { Row } from '../goals';
import { type Contestant, takeTurns } from '../rounds';
import type { Stage } from '../stage';

/** Community packages, each with the module of its node. */
const COMMUNITY = {
	'n8n-nodes-evolution-api@1.0.4': 'n8n-nodes-evolution-api',
	'@mendable/n8n-nodes-firecrawl@2.1.2': '@mendable/n8n-nodes-firecrawl',
	'n8n-nodes-mcp@0.1.37': 'n8n-nodes-mcp',
};

/** Built-in nodes: their folder, and the module that n8n loads. */
const BUILT_IN = {
	'HTTP Request': ['HttpRequest', 'HttpRequest.node.js'],
	Slack: ['Slack', 'Slack.node.js'],
	Twilio: ['Twilio', 'Twilio.node.js'],
} as const;

const ROUNDS = 15;

interface Weighed {
	arm: string;
	folder: string;
	/** The modules of nodes that n8n loads, without those of credentials. */
	modules: string[];
}

/** Unpacked size, files, and the time to load the modules of the nodes, next to others. */
export async function* measureWeight({ n8n }: Stage, say: (line: string) => void): AsyncGenerator<Row[]> {
	const folder = await mkdtemp(join(tmpdir(), 'crazytel-weight-'));
	try {
		const host = dirname(dirname(dirname(n8n.installed.command)));
		await npm(
			[
				'install',
				'--ignore-scripts',
				'--legacy-peer-deps',
				'--no-audit',
				'--no-fund',
				'--no-save',
				...Object.keys(COMMUNITY),
			],
			{ folder, node: n8n.installed.node },
		);
		const ours = join(n8n.userFolder, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-crazytel');
		const all: Weighed[] = [{ arm: 'Crazytel', folder: ours, modules: await nodesOf(ours) }];
		for (const [arm, name] of Object.entries(COMMUNITY)) {
			const installed = join(folder, 'node_modules', name);
			all.push({ arm, folder: installed, modules: await nodesOf(installed) });
		}
		for (const [arm, [name, module]] of Object.entries(BUILT_IN)) {
			const builtIn = join(host, 'n8n-nodes-base', 'dist', 'nodes', name);
			all.push({ arm: `${arm} (built in)`, folder: builtIn, modules: [join(builtIn, module)] });
		}

		const load = async (modules: string[]) => {
			const script = join(__dirname, '..', 'loadTime.cjs');
			const { stdout } = await execa(n8n.installed.node, [script, n8n.installed.command, ...modules], {
				// What the packages take from their host.
				env: { NODE_PATH: host },
			});
			return Number(stdout);
		};
		const loads = await takeTurns(
			all.map(({ arm, modules }): Contestant<number> => ({ arm, run: async () => await load(modules) })),
			{ rounds: ROUNDS, warmUps: 1 },
		);
		say('  loaded each: done');

		for (const { arm, folder: weighed, modules } of all) {
			const samples = loads.get(arm) ?? [];
			yield [{ arm, ...(await sizeOf(weighed)), nodes: modules.length, loadMs: median(samples) }];
		}
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function nodesOf(folder: string): Promise<string[]> {
	const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { n8n: { nodes: string[] } };
	return manifest.n8n.nodes.map((path) => join(folder, path));
}

/** Source maps and type declarations are not counted: n8n loads neither. */
async function sizeOf(folder: string): Promise<{ kilobytes: number; files: number }> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = entries.filter(
		(entry) =>
			entry.isFile() &&
			!/\.map$|\.d\.ts$/.test(entry.name) &&
			!/node_modules/.test(entry.parentPath.slice(folder.length)),
	);
	const sizes = await Promise.all(files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size));
	return { kilobytes: sizes.reduce((sum, size) => sum + size, 0) / 1000, files: files.length };
}
