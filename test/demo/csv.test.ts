/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, runs outside n8n */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readCsv } from '../../demo/csv';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'crazytel-demo-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (text?: string) => {
	if (text !== undefined) writeFileSync(join(folder, 'paid.csv'), text);
	return readCsv('paid.csv', ['customer', 'amount_paid'], folder);
};

test.each([
	['a missing file', undefined, 'examples/paid.csv cannot be read (ENOENT).'],
	[
		'a missing column',
		'name,amount_paid\nLogan Road Motors,1\n',
		'examples/paid.csv, line 1: the column "customer" is missing. The columns are "name", "amount_paid".',
	],
	[
		'a row with a cell too few',
		'customer,amount_paid,when\nHarbour Dental,3,\nCafé Lune,3\n',
		'examples/paid.csv, line 3: it has 2 cells, and the first line names 3 columns.',
	],
	[
		'a quotation mark without its pair',
		'customer,amount_paid\n"Logan Road Motors,1\n',
		'examples/paid.csv, line 2: the quotation marks do not pair.',
	],
	['a file without rows', 'customer,amount_paid\n', 'examples/paid.csv has no rows below its first line.'],
])('%s is one line', (_, text, reason) => {
	expect(() => read(text)).toThrow(reason);
	expect(() => read(text)).toThrow(/^[^\n]*$/);
});

test('the cells are as the file has them, and the rows are counted', () => {
	expect(read('\ufeffcustomer,amount_paid,when\n Harbour Dental ,007,\n"Smith, Jones",1,x\n')).toEqual([
		{ customer: ' Harbour Dental ', amount_paid: '007', when: '', row: 1 },
		{ customer: 'Smith, Jones', amount_paid: '1', when: 'x', row: 2 },
	]);
});
