/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, runs outside n8n */
import { rmSync } from 'node:fs';
import { join } from 'node:path';

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
		/│ 5 +│ Geelong Removals +│ 03 5550 9900 +│ Caller ID '03 5550 9900' \(read as +│/,
		/│ 9 +│ Yarra Print Works +│ 6\.1355E\+10 +│ Caller ID '6\.1355E\+10' was rounded by a/,
		/^10 of 12 trunks created\.$/m,
		/^4 of 5 trunks suspended\.$/m,
		/^2 of 2 trunks enabled\.$/m,
		/│ CT\d{6} +│ Barossa Cellars +│ 61870101234 +│ no, suspended +│/,
		/│ CT\d{6} +│ Torquay Surf School +│ 61498765432 +│ yes +│/,
		/│ Together +│ \$\d+\.\d\d +│ \$\d+\.\d\d +│/,
		/│ Send +│ status queued, from 61498765432, to 61412345678 +│/,
		/^Balance: .* less, as it should be\.$/m,
		/^12 trunks, 2 of them suspended\.$/m,
	]) {
		expect(output).toMatch(line);
	}
	expect(output).not.toMatch(/sandbox-\w+-key|api.?key/i);
	// Not a terminal, so no colours.
	expect(output).not.toContain('\u001b');
});

test('a wrong flag is answered with one line, and nothing is started', async () => {
	const ended = await runCommand(['--prot', '1']);
	expectOneLine(ended, 'Unknown flag --prot.');
	expect(ended.output).toBe('');
});

test('a package that was not built is one line, and nothing is created', async () => {
	const folder = copyCheckout();
	try {
		rmSync(join(folder, 'dist'), { recursive: true });
		const ended = await runCommand([], folder);
		expectOneLine(ended, 'Run "npm run build" first.');
		expect(ended.output).toBe('');
	} finally {
		removeCheckout(folder);
	}
});
