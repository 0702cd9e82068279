import esbuild from 'rollup-plugin-esbuild';

/**
 * Few files load faster than many, and are smaller. The names of what stays a file of its own are
 * those of its source: n8n loads the first two by their path, the tests replace the others.
 */
const files = [
	'nodes/Crazytel/Crazytel.node',
	'nodes/Crazytel/CrazytelTrigger.node',
	'credentials/CrazytelApi.credentials',
	'nodes/Crazytel/api/clock',
	'nodes/Crazytel/api/timeout',
];

export default {
	input: Object.fromEntries(files.map((file) => [file, `${file}.ts`])),
	external: ['n8n-workflow', 'zod', 'node:crypto'],
	plugins: [esbuild({ target: 'node20', charset: 'utf8', sourceMap: true })],
	output: {
		dir: 'dist',
		// What the two nodes share.
		chunkFileNames: 'nodes/Crazytel/shared.js',
		format: 'cjs',
		interop: 'esModule',
		generatedCode: 'es2015',
		// Beside the files for the tests, and not named in what is published.
		sourcemap: 'hidden',
	},
};
