import { existsSync, readFileSync } from 'node:fs';

/** Set by scripts/mutation.mjs: which tests have their turn, and which mutants are left for them. */
const { MUTATION_TESTS = 'unit', MUTATION_LEFT = '' } = process.env;

/** Unit tests load the sources themselves. The engine loads what was built, with a switch for each mutant. */
const turns = {
	unit: {
		enableFindRelatedTests: false,
		config: { testMatch: ['<rootDir>/test/mutation/unit.ts'], globalSetup: null },
	},
	engine: {
		enableFindRelatedTests: false,
		// On a busy machine a test takes many times as long, and would count as one that has noticed.
		config: { testMatch: ['<rootDir>/test/mutation/engine.ts'], testTimeout: 60_000 },
	},
};

export default {
	mutate: existsSync(MUTATION_LEFT)
		? JSON.parse(readFileSync(MUTATION_LEFT, 'utf8'))
		: ['nodes/Crazytel/{api,input,resources,run}/**/*.ts'],
	...(MUTATION_TESTS === 'engine' && { buildCommand: 'npm run build' }),
	plugins: ['@stryker-mutator/jest-runner', './scripts/mutationLeft.mjs'],
	ignorers: ['left'],
	testRunner: 'jest',
	jest: { configFile: 'jest.config.js', ...turns[MUTATION_TESTS] },
	coverageAnalysis: 'perTest',
	ignoreStatic: true,
	concurrency: 2,
	// Loading n8n for a mutant takes ten seconds, and on a busy machine thrice as long: that would count as noticed.
	timeoutMS: 60_000,
	ignorePatterns: ['.cache', 'dist', 'coverage', 'reports'],
	reporters: ['progress-append-only', 'json'],
	jsonReporter: { fileName: `reports/mutation-${MUTATION_TESTS}.json` },
	thresholds: { high: 90, low: 80, break: null },
};
