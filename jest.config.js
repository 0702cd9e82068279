const { availableParallelism } = require('node:os');

/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	// jest leaves a core idle by itself, which on two cores doubles the time; one more works while others wait for a process.
	maxWorkers: availableParallelism() + 1,
	// For a busy machine: nothing here measures time.
	testTimeout: 30_000,
	globalSetup: '<rootDir>/test/setup.ts',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	// What a mutation check that was cut off has left.
	modulePathIgnorePatterns: ['<rootDir>/.stryker-tmp/'],
	transform: {
		'^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/tsconfig.json' }],
		'/dist/.+\\.js$': '<rootDir>/test/builtFile.js',
	},
	// The engine loads what was built. V8's own coverage would count all of n8n too, at twice the time.
	coverageProvider: 'babel',
	collectCoverageFrom: ['dist/**/*.js'],
	coverageReporters: ['text'],
	coverageThreshold: { global: { lines: 95 } },
};
