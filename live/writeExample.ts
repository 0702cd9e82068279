/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { readFile, writeFile } from 'node:fs/promises';
import type { INode } from 'n8n-workflow';
import { format, resolveConfig } from 'prettier';
import { EXAMPLE, upToDate } from './codeNode';

async function main(): Promise<void> {
	const workflow = JSON.parse(await readFile(EXAMPLE, 'utf8')) as { nodes: INode[] };
	const changed = JSON.stringify({ ...workflow, nodes: await upToDate(workflow.nodes) }, null, 2);
	await writeFile(
		EXAMPLE,
		await format(changed, { ...(await resolveConfig(EXAMPLE, { editorconfig: true })), filepath: EXAMPLE }),
	);
}

main().catch((error: Error) => {
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 1;
});
