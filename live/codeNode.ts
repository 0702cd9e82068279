/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';
import { rollup } from 'rollup';
import esbuild from 'rollup-plugin-esbuild';
import { requestsOf } from './check';
import { LIMITS } from './requests';
import type { Answers } from './seen';

/** The example that runs the check in n8n. */
export const EXAMPLE = join(__dirname, '../examples/check-my-account.json');

/** The command that brings it up to date. */
export const COMMAND = 'npm run example:check';

const HEAD = `// Made from live/ of n8n-nodes-crazytel by ${COMMAND}: change it there. It makes the report of npm run check:live
// from the answers. No value of the account goes into its output: forms, counts in classes, and words of a fixed list.
`;

/** What n8n runs. It has no require, no process, no URL. */
const CALL = `
const { read, share } = await liveCheck.inCodeNode(
	$('Address').first().json.address,
	$('One by one').all().map(({ json }) => json.id),
	$input.all(),
	Date.now(),
);
return [{ json: { read, share } }];
`;

/**
 * The text of the example's Code node: the modules of live/ that judge, as one readable script.
 *
 * @throws Error when a module would need something that is not in live/
 */
export async function codeOfNode(): Promise<string> {
	const bundle = await rollup({
		input: join(__dirname, 'inCodeNode.ts'),
		plugins: [esbuild({ target: 'es2022', charset: 'utf8', sourceMap: false, tsconfig: false })],
		onwarn: ({ message }) => {
			throw new Error(message);
		},
	});
	try {
		const { output } = await bundle.generate({
			format: 'iife',
			name: 'liveCheck',
			esModule: false,
			generatedCode: { preset: 'es2015', symbols: false },
			indent: false,
		});
		return `${HEAD}${output[0].code.replaceAll('/* @__PURE__ */ ', '')}${CALL}`;
	} finally {
		await bundle.close();
	}
}

const START = '{{ $now.toUTC().minus({ days: 80 }).toISODate() }}';

/**
 * The example's list of requests, as an expression of n8n. All sizes of a page of call records are asked for, as a list
 * cannot depend on answers; the check then looks at no more of them than it would have asked for.
 */
export function requestsOfNode(): string {
	const refused = Object.fromEntries(
		LIMITS.map((limit) => [`cdr-voice-${String(limit)}`, { status: 422 }]),
	) as unknown as Answers;
	const at = (now: number) =>
		requestsOf({ all: false, baseUrl: '' }).map(({ id, path }) => ({
			id,
			path: path({ answers: refused, now }) ?? '',
		}));
	const requests = at(Date.UTC(2030, 5, 30)).map(({ id, path }) => ({ id, path: path.replace('2030-04-11', START) }));
	return `={\n\t"requests": [\n${requests.map((request) => `\t\t${JSON.stringify(request)}`).join(',\n')}\n\t]\n}`;
}

/** The example's nodes with the code and the list as they are now. */
export async function upToDate(nodes: INode[]): Promise<INode[]> {
	const code = await codeOfNode();
	return nodes.map((node) => {
		if (node.name === 'Report') return { ...node, parameters: { ...node.parameters, jsCode: code } };
		if (node.name === 'Requests') return { ...node, parameters: { ...node.parameters, jsonOutput: requestsOfNode() } };
		return node;
	});
}
