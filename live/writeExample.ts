/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { readFile, writeFile } from 'node:fs/promises';
import type { INode } from 'n8n-workflow';
import { EXAMPLE, upToDate } from './codeNode';

async function main(): Promise<void> {
	const workflow = JSON.parse(await readFile(EXAMPLE, 'utf8')) as { nodes: INode[] };
	await writeFile(EXAMPLE, `${JSON.stringify({ ...workflow, nodes: await upToDate(workflow.nodes) }, null, 2)}\n`);
}

main().catch((error: Error) => {
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 1;
});
