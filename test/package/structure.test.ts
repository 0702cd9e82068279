/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test on Node itself, never published */
import { appendFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import { resources } from '../../nodes/Crazytel/resources';
import { copyTree, ROOT, run } from './tree';

const NODE = join(ROOT, 'nodes/Crazytel');

function sourcesIn(folder: string): string[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.map((file) => join(folder, file));
}

const sources = sourcesIn(NODE);

interface Cruise {
	modules: Array<{ source: string }>;
	summary: { violations: Array<{ from: string; rule: { name: string } }> };
}

async function cruise(root: string, folders: string[]): Promise<Cruise> {
	const { output } = await run(
		join(ROOT, 'node_modules/.bin/depcruise'),
		[...folders, '--config', '.dependency-cruiser.cjs', '--output-type', 'json'],
		root,
	);
	return JSON.parse(output) as Cruise;
}

describe('imports', () => {
	test('point one way, in no circle, and no resource imports another', async () => {
		const { modules, summary } = await cruise(ROOT, [
			'nodes',
			'credentials',
			'engine',
			'sandbox',
			'demo',
			'bench',
			'e2e',
		]);
		expect(summary.violations).toEqual([]);
		const rooms = modules.flatMap(({ source }) => /^nodes\/Crazytel\/(\w+)\//.exec(source)?.[1] ?? []);
		expect([...new Set(rooms)].sort()).toEqual(['api', 'input', 'resources', 'run', 'triggers']);
	});

	test('one that points another way is noticed', async () => {
		const tree = await copyTree(['nodes', 'credentials', 'tsconfig.json', '.dependency-cruiser.cjs']);
		const wrong = {
			'input/wrong.ts': '../api/clock',
			'api/wrong.ts': '../run/lanes',
			'run/wrong.ts': '../resources/shared/trunks/kind',
			'resources/shared/wrong.ts': '../sipTrunk/create',
			'resources/other/wrong.ts': '../sipTrunk/create',
			'resources/sipTrunk/wrong.ts': 'express',
			'run/lanes.ts': './runner',
			// What sends, and ways round by which an operation or an event would come to it.
			'resources/sms/wrong.ts': '../../api/client',
			'resources/account/wrong.ts': '../../run/perform',
			'resources/callRecord/wrong.ts': '../shared/fetchList',
			'run/plan.ts': '../api/client',
			'api/another.ts': './client',
			'triggers/wrong.ts': '../api/client',
		};
		for (const [file, imported] of Object.entries(wrong)) {
			const path = join(tree.root, 'nodes/Crazytel', file);
			mkdirSync(dirname(path), { recursive: true });
			appendFileSync(path, `export * from '${imported}';\n`);
		}
		const { summary } = await cruise(tree.root, ['nodes', 'credentials']);
		await tree.remove();
		const noticed = (isCircle: boolean) =>
			[
				...new Set(
					summary.violations
						.filter(({ rule }) => (rule.name === 'no circle') === isCircle)
						.map(({ from }) => relative('nodes/Crazytel', from)),
				),
			].sort();
		expect(noticed(false)).toEqual(
			Object.keys(wrong)
				.filter((file) => file !== 'run/lanes.ts')
				.sort(),
		);
		// Of a circle any part may be named.
		expect(noticed(true).length).toBeGreaterThan(0);
	});
});

/** `sipTrunk` as people and addresses write it, too: `SIP Trunk`, `sip-trunk`, `sip_trunks`. */
const spelt = (name: string) =>
	name
		.split(/(?=[A-Z])/)
		.join('[ _-]?')
		.toLowerCase();

/** What only a resource may speak of. `SMS API key` is the name of a key, also as a field; of the account run and api have to speak. */
const OF_A_RESOURCE = new RegExp(
	[
		...resources.map(({ value }) => spelt(value)).filter((name) => name !== 'account'),
		'trunk|sip|sms|phone|caller[ _-]?id|did[_ -]number|balance|\\bcdrs?\\b|verified[ _-]|\\bCT\\d{6}\\b|/api/v\\d',
	].join('|'),
	'i',
);

/** The lines that speak of a resource; the name of the file is one. */
function speaking(file: string, text: string): string[] {
	return [`(${file})`, ...text.split('\n')]
		.map((line) => line.replace(/SMS API key|smsApiKey/gi, 'other key'))
		.filter((line) => OF_A_RESOURCE.test(line))
		.map((line) => `${file}: ${line.trim()}`);
}

test.each(['run', 'api'])('nothing in %s/ speaks of a resource', (room) => {
	const files = sources.map((file) => relative(NODE, file)).filter((file) => file.startsWith(`${room}/`));
	expect(files.length).toBeGreaterThan(10);
	expect(files.flatMap((file) => speaking(file, readFileSync(join(NODE, file), 'utf8')))).toEqual([]);
});

test.each([
	...resources.flatMap(({ value, name }) => (value === 'account' ? [] : [value, name])),
	...[
		'a trunk',
		"'/api/v1/cdrs/'",
		'call_record',
		'verified-cli',
		'verified numbers',
		'callerId',
		'did_number',
		'CT123456',
	],
])('it would be noticed: %s', (words) => {
	expect(speaking('run/plan.ts', `/** As of ${words} */`)).toHaveLength(1);
});

test('a file that is named after a resource would be noticed', () => {
	expect(speaking('run/sipTrunk.ts', '')).toHaveLength(1);
});

/** All that sends something, however it is taken: n8n's helpers, and what Node and browsers have for everybody. */
const SENDS = /\bhelpers\b|\bfetch\b|XMLHttpRequest|WebSocket|EventSource|sendBeacon/;

test("one line of the node sends requests: the call of n8n's helper in api/client.ts", () => {
	const lines = [...sources, ...sourcesIn(join(ROOT, 'credentials'))].flatMap((file) =>
		readFileSync(file, 'utf8')
			.split('\n')
			.filter((line) => SENDS.test(line))
			.map((line) => `${relative(NODE, file)}: ${line.trim()}`),
	);
	expect(lines).toEqual([
		'api/client.ts: return await context.helpers.httpRequestWithAuthentication.call(caller, CREDENTIAL, options);',
	]);
});

test.each([
	'await context.helpers.httpRequest(options)',
	'const { helpers } = context;',
	"context['helpers']",
	'await fetch(url)',
	'const ask = fetch;',
])('another one would be noticed: %s', (line) => {
	expect(line).toMatch(SENDS);
});

test('a file is read in three screens: none of the node is longer than 250 lines', () => {
	const long = sources.filter((file) => readFileSync(file, 'utf8').split('\n').length > 250);
	expect(long.map((file) => relative(NODE, file))).toEqual([]);
});
