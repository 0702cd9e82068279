const alone = require('./jest.config');
const { all, isCounted } = require('./test/together/parts');

// Jest wants these above the projects only.
const { maxWorkers, coverageReporters, coverageThreshold, ...each } = alone;

const paths = (files) => files.map((file) => `<rootDir>/test/${file}`);

/** All tests, many in one file; those that would only be slowed down by counting are not counted. @type {import('jest').Config} */
module.exports = {
	...alone,
	testSequencer: '<rootDir>/test/together/partsFirst.js',
	projects: [
		{ ...each, testMatch: paths(all().filter(isCounted)) },
		{ ...each, testMatch: paths(all().filter((file) => !isCounted(file))), coveragePathIgnorePatterns: ['/dist/'] },
	],
};
