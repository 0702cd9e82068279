/**
 * Whether a published version is what its tag gives: `npm run verify:published -- 0.1.0`.
 *
 * It builds the tag in a folder of its own, fetches the published tarball, compares the two file by file and shows both
 * sha-512. With `--tarball FILE` it compares that file in the place of the published one, with `--ref REF` it builds that
 * commit in the place of the tag, and with `--built FILE` it builds nothing. Ends with 1 where a file differs.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const root = join(import.meta.dirname, '..');
const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { tarball: { type: 'string' }, ref: { type: 'string' }, built: { type: 'string' } },
});
const [version] = positionals;
const work = mkdtempSync(join(tmpdir(), 'crazytel-verify-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));

const run = (command, args, cwd = root) =>
	execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
const sha512 = (file) => createHash('sha512').update(readFileSync(file)).digest('hex');

/** Ends the check, which has shown nothing. */
function giveUp(reason) {
	console.error(reason);
	process.exit(1);
}

/** @returns the commit of a tag or another name of one */
function commitOf(ref) {
	try {
		return run('git', ['rev-parse', '--quiet', '--verify', `${ref}^{commit}`]).trim();
	} catch {
		return giveUp(`This checkout has no ${ref}. Fetch the tags first: git fetch --tags`);
	}
}

/** @returns the tarball that the sources of a commit give */
function build(commit) {
	const source = join(work, 'source');
	run('git', ['clone', '--quiet', '--no-checkout', root, source]);
	run('git', ['checkout', '--quiet', commit], source);
	const isSameLock =
		existsSync(join(root, 'node_modules')) &&
		readFileSync(join(root, 'package-lock.json')).equals(readFileSync(join(source, 'package-lock.json')));
	if (isSameLock) symlinkSync(join(root, 'node_modules'), join(source, 'node_modules'));
	else run('npm', ['ci'], source);
	run('npm', ['run', '--silent', 'build'], source);
	const [{ filename }] = JSON.parse(
		run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', work], source),
	);
	return join(work, filename);
}

/** @returns the tarball that npm gives out */
function fetchPublished() {
	const folder = join(work, 'published');
	mkdirSync(folder);
	const { name } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	const published = `${name}@${version}`;
	const args = ['pack', published, '--json', '--loglevel=silent', '--pack-destination', folder];
	const { stdout, status } = spawnSync('npm', args, { cwd: root, encoding: 'utf8' });
	const answer = stdout === '' ? {} : JSON.parse(stdout);
	if (status === 0) return join(folder, answer[0].filename);
	const { code, summary } = answer.error ?? {};
	return giveUp(
		code === 'E404' || code === 'ETARGET'
			? `${published} is not published: npm does not have it. Nothing was compared.`
			: `npm did not give ${published}, so nothing was compared: ${summary ?? `it ended with ${status}`}`,
	);
}

/** The files of a tarball, each with its hash. */
function filesOf(tarball, name) {
	const folder = join(work, name);
	mkdirSync(folder);
	run('tar', ['-xzf', tarball, '-C', folder]);
	const files = readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));
	return new Map(files.map((file) => [relative(folder, file), sha512(file)]));
}

if (version === undefined && (values.tarball === undefined || (values.ref ?? values.built) === undefined))
	giveUp('Which version? npm run verify:published -- 0.1.0');

// The commit and the published tarball come first: where one is missing, nobody waits for a build.
const commit = values.built === undefined ? commitOf(values.ref ?? `v${version}`) : undefined;
const theirs = values.tarball === undefined ? fetchPublished() : resolve(values.tarball);
const ours = commit === undefined ? resolve(values.built) : build(commit);
const [built, published] = [filesOf(ours, 'built-files'), filesOf(theirs, 'published-files')];
const names = [...new Set([...built.keys(), ...published.keys()])].sort();
const wrong = names.filter((name) => built.get(name) !== published.get(name));
for (const name of wrong)
	console.log(
		`${!published.has(name) ? 'not published' : !built.has(name) ? 'not in the source' : 'different'}: ${name}`,
	);
console.log(`built      sha-512 ${sha512(ours)}`);
console.log(`published  sha-512 ${sha512(theirs)}`);
console.log(
	wrong.length === 0 ? `All ${names.length} files are the same.` : `${wrong.length} of ${names.length} files differ.`,
);
if (values.tarball === undefined)
	console.log('Who built it: npm audit signatures, in a folder where the package is installed.');
process.exitCode = wrong.length === 0 ? 0 : 1;
