/**
 * The scan that n8n runs before it verifies a community node, without the network: first the
 * source, then the files of the tarball that would be published (build first).
 *
 * n8n's own command ends with 0 when the scan failed, and its scanner passes when it found no file.
 * Here both end with 1.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const work = mkdtempSync(join(tmpdir(), 'crazytel-scan-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));
// The scanner makes a folder of its own when it is loaded, and leaves it behind: so it is made in ours.
process.env.TMPDIR = work;
// With NODE_ENV=test, as under jest, a lint plugin takes every file for the node itself.
delete process.env.NODE_ENV;

/** Unpacks what `npm publish` would send. @returns the folder */
function unpackTarball() {
	const options = { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] };
	// Without prepack, which would build: what is scanned is what is there, and tests may be reading it.
	const answer = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', work], options);
	const [{ filename }] = JSON.parse(answer);
	const folder = join(work, 'package');
	mkdirSync(folder);
	execFileSync('tar', ['-xzf', join(work, filename), '-C', folder, '--strip-components=1']);
	return folder;
}

/** @throws Error that names what is missing: a scan of nothing would pass */
function requireFiles(folder, files, cure) {
	const missing = files.filter((file) => !existsSync(join(folder, file)));
	if (missing.length > 0) throw new Error(`There is no ${missing.join(', ')}. ${cure}`);
}

async function main() {
	const { n8n } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	const entries = [...n8n.nodes, ...n8n.credentials];

	const sources = entries.map((entry) => entry.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
	requireFiles(root, sources, 'It is the source of an entry in package.json ("n8n").');
	const tarball = unpackTarball();
	requireFiles(tarball, entries, 'Run npm run build first.');

	// Loaded only now: it takes a second or two, and what is missing should not.
	const { analyzePackage, SOURCE_FILE_PATTERNS } = await import('@n8n/scan-community-package/scanner/scanner.mjs');
	async function scan(name, folder, patterns) {
		const { passed, message, details } = await analyzePackage(folder, patterns);
		// A pass has no message, except for the one that says that no file was found.
		const isClean = passed && message === undefined;
		console.log(`Scan of the ${name}: ${isClean ? 'passed' : `failed. ${message}`}`);
		if (details !== undefined) console.log(details);
		return isClean;
	}

	const sourceIsClean = await scan('source', root, SOURCE_FILE_PATTERNS);
	const tarballIsClean = await scan('tarball', tarball, ['**/*.js', 'package.json']);

	if (!sourceIsClean || !tarballIsClean) process.exitCode = 1;
}

main().catch((error) => {
	console.error(`The scan could not run: ${error.message}`);
	process.exitCode = 1;
});
