import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Instrumenter } from '@stryker-mutator/instrumenter';

const SILENT = Object.fromEntries(
	['trace', 'debug', 'info', 'warn', 'error', 'fatal'].map((level) => [level, () => {}]),
);
const logger = { ...SILENT, isDebugEnabled: () => false };

/**
 * Draws mutants by lot, each as likely as the others.
 *
 * @param files paths of sources
 * @param count how many
 * @returns by the key of each, its place as Stryker takes it: `file:line:column-line:column`
 */
export async function sampleOf(files, count) {
	const sources = files.map((name) => ({ name: resolve(name), mutate: true, content: readFileSync(name, 'utf8') }));
	const options = { excludedMutations: [], ignorers: [], plugins: null };
	const { mutants } = await new Instrumenter(logger).instrument(sources, options);
	const all = mutants.map(({ fileName, location: { start, end }, mutatorName, replacement }) => {
		const file = files[sources.findIndex(({ name }) => name === fileName)];
		// Stryker tells lines and columns from 0, and takes lines from 1.
		const place = `${file}:${start.line + 1}:${start.column}-${end.line + 1}:${end.column}`;
		return { key: `${place} ${mutatorName} ${replacement}`, place };
	});
	for (let left = all.length; left > 1; left--) {
		const pick = Math.floor(Math.random() * left);
		[all[left - 1], all[pick]] = [all[pick], all[left - 1]];
	}
	return new Map(all.slice(0, count).map(({ key, place }) => [key, place]));
}
