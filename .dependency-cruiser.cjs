/** Which way imports may point (docs/architecture.md); a test holds it. */
const NODE = '^nodes/Crazytel';
const below = (room, ...rooms) => ({
	name: `${room} imports only what is below it`,
	severity: 'error',
	from: { path: `${NODE}/${room}/` },
	to: { path: `${NODE}/`, pathNot: [room, ...rooms].map((allowed) => `${NODE}/${allowed}/`) },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
	forbidden: [
		{ name: 'no circle', severity: 'error', from: {}, to: { circular: true } },
		below('input'),
		below('api', 'input'),
		below('run', 'api', 'input'),
		below('resources', 'run', 'api', 'input'),
		below('triggers', 'resources', 'run', 'api', 'input'),
		{
			name: 'no operation has a client',
			severity: 'error',
			from: { path: `${NODE}/resources/`, pathNot: `${NODE}/resources/shared/fetchList` },
			to: { path: `${NODE}/api/(client|exchange)` },
		},
		{
			name: 'a resource imports no other one',
			severity: 'error',
			from: { path: `${NODE}/resources/([^/]+)/` },
			to: { path: `${NODE}/resources/[^/]+/`, pathNot: [`${NODE}/resources/$1/`, `${NODE}/resources/shared/`] },
		},
		{
			name: 'what resources share names none of them',
			severity: 'error',
			from: { path: `${NODE}/resources/shared/` },
			to: { path: `${NODE}/resources/`, pathNot: `${NODE}/resources/shared/` },
		},
		{
			name: 'published code imports n8n-workflow, zod and node:crypto',
			severity: 'error',
			from: { path: '^(nodes|credentials)/' },
			to: { pathNot: ['^(nodes|credentials)/', '(^|/)node_modules/(n8n-workflow|zod)/', '^(node:)?crypto$'] },
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.json' },
	},
};
