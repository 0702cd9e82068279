/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { newMarks, profileOf } from './profile';

/** It goes onto the screen, where control characters do more than show. */
const shown = z
	.string()
	.max(2_000)
	.regex(/^\P{Cc}*$/u);

const value = z.union([shown, z.number(), z.boolean(), z.null(), z.array(shown)]);

/** Of a report that somebody has sent, only this is looked at. */
const reportSchema = z.object({
	report: z.literal('n8n-nodes-crazytel live check'),
	version: z.literal(1),
	date: z.string().regex(/^\d{4}-\d\d-\d\d$/),
	verdicts: z.array(
		z.object({
			id: z.string().regex(/^[a-z0-9-]{1,40}$/),
			verdict: z.enum(['confirmed', 'refuted', 'not visible', 'not asked']),
			saw: shown.optional(),
			switches: z.record(z.string().regex(/^[A-Za-z.]{1,60}$/), value).optional(),
		}),
	),
});

/** n8n copies an item as a list of one. */
const sentSchema = z.preprocess(
	(sent) => (Array.isArray(sent) && sent.length === 1 ? (sent[0] as unknown) : sent),
	reportSchema,
);

const USAGE = 'npm run profile:live -- REPORT.json [PROFILE.json]';

async function main([from, to]: string[]): Promise<void> {
	if (from === undefined) throw new Error(`Which report? ${USAGE}`);
	const read = sentSchema.safeParse(JSON.parse(await readFile(from, 'utf8')));
	if (!read.success)
		throw new Error(
			`${from} is no report of the live check: ${read.error.issues
				.map(({ path, message }) => `${path.join('.')}: ${message}`)
				.slice(0, 3)
				.join('; ')}`,
		);
	const report = { ...read.data, verdicts: read.data.verdicts.map((one) => ({ ...one, question: '' })) };
	const { profile, unplayed } = profileOf(report);
	const text = `${JSON.stringify(profile, null, '\t')}\n`;
	if (to === undefined) process.stdout.write(text);
	else await writeFile(to, text);
	const page = await readFile(join(__dirname, '../docs/crazytel-api.md'), 'utf8');
	for (const { line, row, mark } of newMarks(report, page))
		process.stderr.write(`docs/crazytel-api.md:${String(line)}  ${row}  → ${mark}\n`);
	for (const one of unplayed) process.stderr.write(`The sandbox has no such switch yet: ${one}\n`);
}

main(process.argv.slice(2)).catch((error: Error) => {
	process.stderr.write(`${error instanceof SyntaxError ? `That file is not JSON: ${error.message}` : error.message}\n`);
	process.exitCode = 1;
});
