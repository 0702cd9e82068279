const { rm } = require('node:fs/promises');
const { dest, src } = require('gulp');

/** Empties dist, so that a file that was renamed or deleted cannot be published. */
async function clean() {
	await rm('dist', { recursive: true, force: true });
}

/** Copies what tsc does not: the icons and the codex file. */
function assets() {
	return src(['icons/*.svg', 'nodes/**/*.json'], { base: '.', encoding: false }).pipe(dest('dist'));
}

module.exports = { assets, clean };
