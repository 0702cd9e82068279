/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- runs outside n8n, on Node itself */
import { CsvError, parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { PACKAGE_ROOT } from '../engine/boot';

/** A row as the file has it: spaces, lost zeros and words for true and false included. */
export type CsvRow<Column extends string> = Record<Column, string> & {
	/** Counted from 1, without the line of headings. */
	row: number;
};

const EXAMPLES = join(PACKAGE_ROOT, 'examples');

/**
 * Reads a file of the examples folder.
 *
 * @param columns those that the file must have; others may stand beside them
 * @param folder another folder than that one
 * @throws Error with one sentence that names the file, and the line where there is one
 */
export function readCsv<Column extends string>(
	file: string,
	columns: Column[],
	folder = EXAMPLES,
): Array<CsvRow<Column>> {
	const name = `examples/${file}`;
	const records = parseCsv(name, readText(name, join(folder, file)));
	const [first] = records;
	if (first === undefined) throw new Error(`${name} has no rows below its first line.`);
	for (const column of columns) {
		if (column in first) continue;
		const found = Object.keys(first)
			.map((heading) => `"${heading}"`)
			.join(', ');
		throw new Error(`${name}, line 1: the column "${column}" is missing. The columns are ${found}.`);
	}
	return records.map((record, index) => ({ ...(record as Record<Column, string>), row: index + 1 }));
}

function readText(name: string, path: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch (error) {
		throw new Error(`${name} cannot be read (${(error as NodeJS.ErrnoException).code}).`, { cause: error });
	}
}

function parseCsv(name: string, text: string): Array<Record<string, string>> {
	try {
		// Not trimmed: the node itself has to cope with what an export contains.
		return parse(text, { columns: true, bom: true, trim: false });
	} catch (error) {
		if (!(error instanceof CsvError)) throw error;
		throw new Error(`${name}, line ${String(error.lines)}: ${problem(error)}`, { cause: error });
	}
}

function problem({ code, record, columns }: CsvError): string {
	if (code !== 'CSV_RECORD_INCONSISTENT_COLUMNS') return 'the quotation marks do not pair.';
	const [cells, headings] = [record, columns].map((list) => (Array.isArray(list) ? list.length : 0));
	return `it has ${cells} cells, and the first line names ${headings} columns. A cell that holds a comma needs quotation marks around it.`;
}
