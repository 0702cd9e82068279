/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs outside n8n, on Node itself */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import execa from 'execa';

import type { Row } from './goals';
import { measureFaults } from './measures/faults';
import { measureSuspensions, measureSync } from './measures/limited';
import { measureMemory } from './measures/memory';
import { measureOverhead } from './measures/overhead';
import { measureSharing } from './measures/sharing';
import { measureWeight } from './measures/weight';
import { measureWrites } from './measures/writes';
import { circumstances, keep, type Measure, writePage } from './results';
import { openStage, type Stage } from './stage';

const measures: Record<string, { title: string; measure: Measure }> = {
	overhead: { title: 'Overhead of an item, without a limit', measure: measureOverhead },
	writes: { title: '1,000 SMS and 1,000 updates of a phone number, without a limit', measure: measureWrites },
	suspensions: { title: '300 suspensions by username, 60 requests a minute', measure: measureSuspensions },
	sync: { title: 'A repeated sync: 500 trunks, 5 changed, 60 requests a minute', measure: measureSync },
	sharing: { title: 'Suspensions by several processes with one key, 60 requests a minute', measure: measureSharing },
	faults: {
		title: '3,000 suspensions through 500s, lost replies, silences of 30 seconds and 429s',
		measure: measureFaults,
	},
	memory: { title: 'Memory, answers at once', measure: measureMemory },
	weight: { title: 'Weight', measure: measureWeight },
};

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** @throws Error with one line for the user */
async function main(names: string[]): Promise<void> {
	const unknown = names.find((name) => measures[name] === undefined);
	if (unknown !== undefined)
		throw new Error(`There is no measure "${unknown}", only ${Object.keys(measures).join(', ')}.`);

	const stage = await openStage();
	try {
		const made = circumstances(await versionsOf(stage));
		for (const name of names.length > 0 ? names : Object.keys(measures)) {
			const chosen = measures[name];
			if (chosen === undefined) continue;
			say(`${chosen.title} ...`);
			const rows: Row[] = [];
			for await (const more of chosen.measure(stage, say)) {
				rows.push(...more);
				await keep(name, made, rows);
			}
		}
	} finally {
		await stage.close();
	}
	const titles = Object.fromEntries(Object.entries(measures).map(([name, { title }]) => [name, title]));
	say(`\n${await writePage(titles)}`);
}

async function versionsOf({ n8n: { installed } }: Stage): Promise<{ n8n: string; node: string }> {
	const manifest = join(dirname(dirname(installed.command)), 'package.json');
	const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
	const { stdout } = await execa(installed.node, ['--version']);
	return { n8n: version, node: stdout.replace(/^v/, '') };
}

main(process.argv.slice(2)).catch((error: Error) => {
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 1;
});
