const { readFileSync } = require('node:fs');
const { createInstrumenter } = require('istanbul-lib-instrument');

/** Where what is counted is looked up by a call, once for each statement, branch and function that runs. */
const LOOKED_UP = /\b(cov_\w+)\(\)\.([sfb])\[/g;

/**
 * Counts as jest would, but has the counters at hand: looking them up took a seventh to a third of the time of suites that load the engine.
 *
 * @returns the code and its source map; what stands where does not change
 */
function counting(code, file, map) {
	const instrumenter = createInstrumenter({ compact: false, esModules: false, produceSourceMap: true });
	const looking = instrumenter.instrumentSync(code, file, JSON.parse(map));
	const [header, name] = /function (cov_\w+)\(\)/.exec(looking);
	const atHand = `const ${name}_s = ${name}().s, ${name}_f = ${name}().f, ${name}_b = ${name}().b;`;
	return {
		code: looking.replace(LOOKED_UP, '$1_$2  [').replace(header, `${atHand} ${header}`),
		map: JSON.stringify(instrumenter.lastSourceMap()),
	};
}

/** Gives jest the source map of a built file, so that coverage and stack traces lead to the sources. */
module.exports = {
	canInstrument: true,
	process(code, file, { instrument }) {
		const map = readFileSync(`${file}.map`, 'utf8');
		return instrument ? counting(code, file, map) : { code, map };
	},
};
