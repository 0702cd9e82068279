/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n, on Node itself */
import { installN8n, type N8nVersion, VERSIONS } from './index';

/** Installs the versions that are named, or all of them. */
async function main(names: string[]): Promise<void> {
	const unknown = names.find((name) => !VERSIONS.includes(name as N8nVersion));
	if (unknown !== undefined) throw new Error(`There is no n8n ${unknown} here, only ${VERSIONS.join(', ')}.`);
	for (const version of names.length > 0 ? (names as N8nVersion[]) : VERSIONS) {
		const { command } = await installN8n(version, (line) => process.stdout.write(`${line}\n`));
		process.stdout.write(`n8n ${version}: ${command}\n`);
	}
}

main(process.argv.slice(2)).catch((error: Error) => {
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 1;
});
