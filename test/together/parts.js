const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const tests = join(__dirname, '..');

/** A file that has n8n or the node loaded in a way of its own would do so for its neighbours. */
const LOADS_OTHERWISE = /\bjest\.(?:mock|doMock|setTimeout)\(|\/capturedLog'/;

const loadsAsEver = (code) => !LOADS_OTHERWISE.test(code);

/** Those that all have the same time for an answer, and nothing else in a way of their own. */
const waiting = (ms) => (code) =>
	code.includes(`api/timeout.js', () => ({ TIMEOUT_MS: ${ms} }));`) && !code.includes("/capturedLog'");

/**
 * The folders whose files `npm test` runs as one, and which of their files: loading n8n takes longer than most of
 * them. A test that is to run by itself still does, with `npx jest` and its name.
 */
const parts = {
	api: [loadsAsEver, 'unit/api'],
	run: [loadsAsEver, 'unit/run', 'unit/input'],
	resources: [loadsAsEver, 'unit/resources'],
	trunks: [loadsAsEver, 'trunks'],
	others: [loadsAsEver, 'account', 'callRecords', 'engine', 'numbers', 'sms', 'verifiedNumbers'],
	triggers: [loadsAsEver, 'triggers'],
	reliability: [loadsAsEver, 'reliability'],
	impatient: [waiting(500), 'engine', 'reliability'],
	properties: [waiting(200), 'reliability'],
	promises: [loadsAsEver, 'promises'],
	hostile: [loadsAsEver, 'hostile'],
};

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
	const [isOfIt, ...folders] = parts[part];
	return testsIn(folders).filter((file) => isOfIt(readFileSync(join(tests, file), 'utf8')));
}

/** @returns all others, and the parts: what runs has each file once */
function all() {
	const gathered = new Set(Object.keys(parts).flatMap(together));
	const alone = testsIn(['.']).filter((file) => !gathered.has(file));
	return [...Object.keys(parts).map((part) => `together/${part}.ts`), ...alone];
}

/** Running the counters of the built node takes as long as a third of the rest, and what these run others run too. */
const UNCOUNTED = /^(?:together\/(?:hostile|promises|properties)\.ts|(?:demo|examples|promises)\/)/;

/** @param file as `all` gives it; @returns whether what it runs of the built node counts as covered */
function isCounted(file) {
	return !UNCOUNTED.test(file);
}

module.exports = { all, isCounted, parts, testsIn, together };
