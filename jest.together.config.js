const { all } = require('./test/together/parts');

/** All tests, many in one file. @type {import('jest').Config} */
module.exports = {
	...require('./jest.config'),
	testMatch: all().map((file) => `<rootDir>/test/${file}`),
};
