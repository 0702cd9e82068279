/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, runs outside n8n */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { startSandbox, type Sandbox } from '../../sandbox';
import { copyCheckout, type Ended, removeCheckout, runCommand } from './checkout';

// Starting a program takes long on a busy machine.
jest.setTimeout(120_000);

/** One line that says all of it, and no stack trace. */
function expectOneLine({ code, errors }: Ended, reason: string | RegExp): void {
	expect(errors).toMatch(reason);
	expect(errors.trimEnd().split('\n')).toHaveLength(1);
	expect(code).toBe(1);
}

test('it shows what became of every row and what the sandbox holds, and ends with exit code 0', async () => {
	const { code, output, errors } = await runCommand([]);
	expect(errors).toBe('');
	expect(code).toBe(0);
	for (const line of [
		/│ 1 +│ Harbour Dental +│ \+61 2 9123 4567 +│ created CT\d{6} +│/,
		/│ 3 +│ Smith, Jones & Partners +│ 0412 345 678 +│ created CT\d{6} +│/,
		/│ 5 +│ Geelong Removals +│ 03 5550 9900 +│ Caller ID '61355509900' is not verified/,
		/│ 9 +│ Yarra Print Works +│ 6\.1355E\+10 +│ Caller ID '6\.1355E\+10' was rounded by a/,
		/^10 of 12 trunks created\.$/m,
		/^4 of 5 trunks suspended\.$/m,
		/^2 of 2 trunks enabled\.$/m,
		/│ CT\d{6} +│ Barossa Cellars +│ 61870101234 +│ no, suspended +│/,
		/│ CT\d{6} +│ Torquay Surf School +│ 61498765432 +│ yes +│/,
		/^12 trunks, 2 of them suspended\.$/m,
	]) {
		expect(output).toMatch(line);
	}
	// Not a terminal, so no colours.
	expect(output).not.toContain('\u001b');
});

describe('with a server that runs already', () => {
	let sandbox: Sandbox;

	beforeAll(async () => {
		sandbox = await startSandbox();
	});

	afterAll(async () => await sandbox.close());

	test('it works there, and ends with exit code 0', async () => {
		const { code, output, errors } = await runCommand(['--base-url', `${sandbox.url}/`, '--api-key', sandbox.apiKey]);
		expect(errors).toBe('');
		expect(code).toBe(0);
		expect(output).toContain(`Server: ${sandbox.url}. Trunks are really created there`);
		expect(output).not.toContain(sandbox.apiKey);
		expect(sandbox.trunks()).toHaveLength(6);
	});

	test('a key that it does not know is one line, and never shown', async () => {
		const ended = await runCommand(['--base-url', sandbox.url, '--api-key', 'another-key']);
		expectOneLine(ended, /does not accept the API key \(401\)\. Check --api-key\./);
		expect(ended.errors + ended.output).not.toContain('another-key');
	});

	test('a port in use is one line', async () => {
		expectOneLine(await runCommand(['--port', new URL(sandbox.url).port]), /^Port \d+ on 127\.0\.0\.1 is in use\./);
	});
});

test('an address where nobody answers is one line', async () => {
	const sandbox = await startSandbox();
	await sandbox.close();
	const ended = await runCommand(['--base-url', sandbox.url, '--api-key', sandbox.apiKey]);
	expectOneLine(ended, `No server answers at ${sandbox.url} (ECONNREFUSED). Start it, or check --base-url.`);
	expect(ended.output).toBe('');
});

test.each([
	[['--prot', '1'], 'Unknown flag --prot.'],
	[['4010'], 'The demo takes --port N'],
	[['--api-key'], 'A flag lacks its value'],
	[['--port', 'abc'], 'from 0 to 65535'],
	[['--port', '65536'], 'from 0 to 65535'],
	[['--api-key', 'k'], 'needed together'],
	[['--base-url', 'http://127.0.0.1:4010'], 'needed together'],
	[['--base-url', 'http://127.0.0.1:4010', '--api-key', 'k', '--port', '1'], 'Leave one of them out'],
	[['--base-url', 'nonsense', '--api-key', 'k'], "--base-url or --api-key cannot be used. Base URL of the credential is not a web address"],
])('%j is answered with one line', async (args, reason) => {
	expectOneLine(await runCommand(args), reason);
});

test('a key in the wrong place is not repeated in the answer', async () => {
	for (const args of [['the-key'], ['--key=the-key'], ['--port', 'the-key']]) {
		expect((await runCommand(args)).errors).not.toContain('the-key');
	}
});

describe('in a checkout that is spoilt', () => {
	let folder: string;

	beforeEach(() => {
		folder = copyCheckout();
	});

	afterEach(() => removeCheckout(folder));

	const put = (file: string, text: string) => writeFileSync(join(folder, 'examples', file), text);

	test.each<[string, () => void, string]>([
		['a package that was not built', () => rmSync(join(folder, 'dist'), { recursive: true }), 'Run "npm run build" first.'],
		['a missing file', () => rmSync(join(folder, 'examples', 'paid.csv')), 'examples/paid.csv cannot be read (ENOENT).'],
		[
			'a missing column',
			() => put('paid.csv', 'name,amount_paid\nLogan Road Motors,1\n'),
			'examples/paid.csv, line 1: the column "customer" is missing. The columns are "name", "amount_paid".',
		],
		[
			'a row with a cell too few',
			() => put('overdue.csv', 'customer,days_overdue,trunk_id\nHarbour Dental,3,\nCafé Lune,3\n'),
			'examples/overdue.csv, line 3: it has 2 cells, and the first line names 3 columns.',
		],
		[
			'a quotation mark without its pair',
			() => put('paid.csv', 'customer,amount_paid\n"Logan Road Motors,1\n'),
			'examples/paid.csv, line 2: the quotation marks do not pair.',
		],
		['a file without rows', () => put('paid.csv', 'customer\n'), 'examples/paid.csv has no rows below its first line.'],
	])('%s is one line, and nothing is created', async (_, spoil, reason) => {
		spoil();
		const ended = await runCommand([], folder);
		expectOneLine(ended, reason);
		expect(ended.output).toBe('');
	});
});
