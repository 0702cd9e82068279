/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	// jest leaves a core idle by itself, which on two cores doubles the time.
	maxWorkers: '100%',
	// For a busy machine: nothing here measures time.
	testTimeout: 30_000,
	globalSetup: '<rootDir>/test/temporaryFiles.ts',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/tsconfig.json' }] },
	// The engine loads what was built; its source maps lead back to the sources.
	coverageProvider: 'v8',
	collectCoverageFrom: ['dist/**/*.js'],
	coverageReporters: ['text'],
	coverageThreshold: { global: { lines: 95 } },
};
