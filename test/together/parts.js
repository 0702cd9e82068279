const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const tests = join(__dirname, '..');

/**
 * The folders whose files `npm test` runs as one: loading n8n takes longer than most of these files. A test that
 * is to run by itself still does, with `npx jest` and its name.
 */
const parts = {
	api: ['unit/api'],
	run: ['unit/run', 'unit/input'],
	resources: ['unit/resources'],
	trunks: ['trunks'],
	others: ['account', 'callRecords', 'engine', 'numbers', 'sms', 'verifiedNumbers'],
};

/** A file that has n8n or the node loaded in a way of its own would do so for its neighbours. */
const LOADS_OTHERWISE = /\bjest\.(?:mock|doMock|setTimeout)\(|\/capturedLog'|\/plots'/;

/** @returns the files of the folders below test/, in order, as paths from there */
function testsIn(folders) {
	return folders.flatMap((folder) =>
		readdirSync(join(tests, folder), { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.test.ts'))
			.sort()
			.map((file) => join(folder, file)),
	);
}

/** @returns the files of a part that run as one */
function together(part) {
	return testsIn(parts[part]).filter((file) => !LOADS_OTHERWISE.test(readFileSync(join(tests, file), 'utf8')));
}

/** @returns all others, and the parts: what runs has each file once */
function all() {
	const gathered = new Set(Object.keys(parts).flatMap(together));
	const alone = testsIn(['.']).filter((file) => !gathered.has(file));
	return [...Object.keys(parts).map((part) => `together/${part}.ts`), ...alone];
}

module.exports = { all, parts, testsIn, together };
