// n8n loads the node and the credential by the paths in package.json ("n8n"); the package has no API of its own.
module.exports = {};
