/**
 * Changes the sources of the node in small ways, one at a time, and reports which changes no
 * test notices. The quick unit tests go first; what they let through meets the engine's tests.
 * Takes some fifteen hours on two cores. `node scripts/mutation.mjs run/report input` looks at that file and that folder only,
 * and with `--sample 200` at so many of their mutants, drawn by lot.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { sampleOf } from './mutationSample.mjs';

const PASSES = ['unit', 'engine'];
const LEFT = 'reports/mutation-left.json';
const SURVIVING = ['Survived', 'NoCoverage'];

mkdirSync('reports', { recursive: true });
const { values: options, positionals } = parseArgs({ allowPositionals: true, options: { sample: { type: 'string' } } });
const only = (positionals.length > 0 ? positionals : ['api', 'input', 'resources', 'run']).flatMap(filesOf);
const drawn = options.sample === undefined ? undefined : await sampleOf(only, Number(options.sample));
writeFileSync(LEFT, JSON.stringify(drawn === undefined ? only : once([...drawn.values()])));

/** Every mutant by its place, with how it fared last. */
const mutants = new Map();
for (const tests of PASSES) {
	const { status } = spawnSync('npx', ['stryker', 'run'], {
		stdio: 'inherit',
		env: { ...process.env, MUTATION_TESTS: tests, MUTATION_LEFT: LEFT },
	});
	// A file that no unit test loads is left to the engine.
	if (status !== 0 && tests === 'unit' && positionals.length > 0) continue;
	if (status !== 0) process.exit(status ?? 1);
	const { files } = JSON.parse(readFileSync(`reports/mutation-${tests}.json`, 'utf8'));
	for (const [file, { mutants: found }] of Object.entries(files)) {
		for (const mutant of found) {
			const { start, end } = mutant.location;
			const place = `${file}:${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`;
			const key = `${place} ${mutant.mutatorName} ${mutant.replacement}`;
			// A range also holds mutants that were not drawn, or that an earlier pass has seen fail.
			if (drawn !== undefined && !drawn.has(key)) continue;
			if (!mutants.has(key) || SURVIVING.includes(mutants.get(key).status))
				mutants.set(key, { ...mutant, file, place });
		}
	}
	const left = [...mutants.values()].filter(({ status: fared }) => SURVIVING.includes(fared));
	writeFileSync(LEFT, JSON.stringify(once(left.map(({ place }) => place))));
	if (left.length === 0) break;
}

const tried = [...mutants.values()].filter(
	({ status }) => !['Ignored', 'CompileError', 'RuntimeError'].includes(status),
);
const scoreOf = (some) => {
	const noticed = some.filter(({ status }) => !SURVIVING.includes(status)).length;
	return `${noticed} of ${some.length} noticed, ${((100 * noticed) / some.length).toFixed(1)} %`;
};
for (const { place, mutatorName, replacement, status } of tried) {
	// One that ran out of time counts as noticed, and may only have met a busy machine.
	if (SURVIVING.includes(status) || status === 'Timeout')
		console.log(`${place} ${status}: ${mutatorName} → ${String(replacement).replace(/\s+/g, ' ').slice(0, 100)}`);
}
for (const file of [...new Set(tried.map((mutant) => mutant.file))].sort()) {
	console.log(`${file}: ${scoreOf(tried.filter((mutant) => mutant.file === file))}`);
}
console.log(`All: ${scoreOf(tried)}`);

/** @param name as under nodes/Crazytel, e.g. `run` or `run/report` */
function filesOf(name) {
	const path = `nodes/Crazytel/${name}`;
	if (existsSync(`${path}.ts`)) return [`${path}.ts`];
	const inside = readdirSync(path, { recursive: true }).filter((file) => file.endsWith('.ts'));
	return inside.map((file) => `${path}/${file}`).sort();
}

function once(places) {
	return [...new Set(places)];
}
