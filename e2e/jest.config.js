const { join } = require('node:path');

const rootDir = join(__dirname, '..');
const project = {
	rootDir,
	testEnvironment: 'node',
	// Begun by its own command too, it must not meet an older build.
	globalSetup: '<rootDir>/test/setup.ts',
	transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/tsconfig.json' }] },
};

/**
 * A whole n8n, or the engines of older ones, so not part of `npm test`. One project for each version of n8n that runs the same
 * promises; `--selectProjects "n8n 2.41"` takes one.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	rootDir,
	// Fetching an n8n takes minutes, the first time; nothing here measures time.
	testTimeout: 1_200_000,
	projects: [
		...['2.41', '2.8', '1.123'].map((version) => ({
			...project,
			displayName: `n8n ${version}`,
			globals: { N8N_VERSION: version },
			testMatch: ['<rootDir>/e2e/tests/everyVersion.test.ts'],
		})),
		{
			...project,
			displayName: 'hosts',
			testMatch: ['<rootDir>/e2e/hosts/hosts.test.ts'],
		},
		{
			...project,
			displayName: 'browser',
			testMatch: ['<rootDir>/e2e/browser/browser.test.ts'],
		},
		{
			...project,
			displayName: 'editor command',
			testMatch: ['<rootDir>/e2e/tests/editorCommand.test.ts'],
		},
		{
			...project,
			displayName: 'queue mode',
			testMatch: ['<rootDir>/e2e/queue/queue.test.ts'],
		},
	],
};
