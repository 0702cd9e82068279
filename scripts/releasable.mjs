/**
 * Whether this tree may be released under a tag: `node scripts/releasable.mjs v0.1.0`. Ends with 1 and a sentence for each
 * reason why not.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const { version, author, repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
const [tag = ''] = process.argv.slice(2);

const reasons = [];
if (tag !== `v${version}`)
	reasons.push(
		`The tag is ${tag || 'missing'}, and package.json has the version ${version}: tag v${version}, or change the version.`,
	);
if (!new RegExp(`^## \\[${version.replaceAll('.', '\\.')}\\] - \\d{4}-\\d\\d-\\d\\d$`, 'm').test(changelog)) {
	reasons.push(
		`CHANGELOG.md has no heading "## [${version}] - " with a date: write the day of the release in the place of "Unreleased".`,
	);
}
// Until the package has an owner, its papers name a stand-in.
if (/\.example$/.test(author.email)) {
	reasons.push(
		`package.json has the stand-in author ${author.name} <${author.email}>: enter the name and the e-mail address of the maintainer on npm.`,
	);
}
if (/github\.com\/n8n-nodes-crazytel\//.test(repository.url)) {
	reasons.push(
		'package.json has the stand-in owner "n8n-nodes-crazytel" in repository.url: enter the address of the real public repository, also in homepage and bugs. npm test names every other copy.',
	);
}
// Set by GitHub, where the release is made.
const { GITHUB_REPOSITORY: here = '' } = process.env;
if (here !== '' && repository.url !== `git+https://github.com/${here}.git`) {
	reasons.push(
		`package.json has the repository ${repository.url}, and the release is made in github.com/${here}: npm refuses a provenance statement of another repository.`,
	);
}

for (const reason of reasons) console.error(reason);
process.exitCode = reasons.length === 0 ? 0 : 1;
