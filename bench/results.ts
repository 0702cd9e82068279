/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs outside n8n, on Node itself */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { markdownTable } from 'markdown-table';

import manifest from '../package.json';
import { goalsOf, type Row } from './goals';
import type { Stage } from './stage';

/** Gives its rows as it has them, so that a run that is cut off leaves those that it had. */
export type Measure = (stage: Stage, say: (line: string) => void) => AsyncGenerator<Row[]>;

export interface Circumstances {
	date: string;
	machine: string;
	crazytelNode: string;
	n8n: string;
	/** The Node of n8n. */
	node: string;
}

interface Kept {
	made: Circumstances;
	rows: Row[];
}

const FOLDER = join(__dirname, 'results');
const fileOf = (measure: string) => join(FOLDER, `${measure}.json`);

export function circumstances(versions: Pick<Circumstances, 'n8n' | 'node'>): Circumstances {
	const [{ model = 'unknown processor' } = {}, ...others] = cpus();
	return {
		date: new Date().toISOString().slice(0, 10),
		machine: `${others.length + 1} × ${model}, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform}`,
		crazytelNode: manifest.version,
		...versions,
	};
}

/** Writes the JSON of a measure. */
export async function keep(measure: string, made: Circumstances, rows: Row[]): Promise<void> {
	await mkdir(FOLDER, { recursive: true });
	const kept: Kept = { made, rows };
	await writeFile(fileOf(measure), `${JSON.stringify(kept, rounded, '\t')}\n`);
}

/** @param titles the heading of each measure, in the order of the page */
export async function writePage(titles: Record<string, string>): Promise<string> {
	const taken = Object.keys(titles).filter((measure) => existsSync(fileOf(measure)));
	const kept = new Map(taken.map((measure) => [measure, JSON.parse(readFileSync(fileOf(measure), 'utf8')) as Kept]));
	const goals = goalsOf(Object.fromEntries([...kept].map(([measure, { rows }]) => [measure, rows])));
	const parts = [...kept].map(
		([measure, { made, rows }]) => `## ${titles[measure] ?? measure}\n\n${heading(made)}\n\n${table(rows)}\n`,
	);
	const page = ['# Results of `npm run bench`\n', `## Goals\n\n${table(goals)}\n`, ...parts].join('\n');
	await writeFile(join(FOLDER, 'results.md'), page);
	return page;
}

function heading({ date, machine, crazytelNode, n8n, node }: Circumstances): string {
	return `${date}, n8n ${n8n} on Node ${node}, n8n-nodes-crazytel ${crazytelNode}, ${machine}.`;
}

function table(rows: Row[]): string {
	const columns = Object.keys(rows[0] ?? {});
	const words = (column: string) => column.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
	const isNumber = (column: string) => rows.every((row) => typeof row[column] === 'number');
	return markdownTable([columns.map(words), ...rows.map((row) => columns.map((column) => shown(row[column])))], {
		align: columns.map((column) => (isNumber(column) ? 'r' : 'l')),
	});
}

function shown(value: unknown): string {
	return typeof value === 'number' ? String(rounded('', value)) : String(value ?? '');
}

/** Three digits, as more are not the machine's to give. */
function rounded(_key: string, value: unknown): unknown {
	if (typeof value !== 'number' || Number.isInteger(value)) return value;
	return value >= 100 ? Math.round(value * 10) / 10 : Number(value.toPrecision(3));
}
