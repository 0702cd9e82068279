const { readFileSync } = require('node:fs');

/** Gives jest the source map of a built file, so that coverage and stack traces lead to the sources. */
module.exports = {
	process: (code, file) => ({ code, map: JSON.parse(readFileSync(`${file}.map`, 'utf8')) }),
};
