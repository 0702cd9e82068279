// Prints the milliseconds that loading a module takes, in a Node that has loaded what n8n has loaded anyway.
const { createRequire } = require('node:module');
const { performance } = require('node:perf_hooks');

const [host, ...files] = process.argv.slice(2);
const requireAsN8n = createRequire(host);
requireAsN8n('n8n-workflow');
requireAsN8n('zod');
const start = performance.now();
for (const file of files) require(file);
process.stdout.write(String(performance.now() - start));
