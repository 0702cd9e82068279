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
			// Those of `api` are parts of the client, so handing it on would make a circle.
			name: 'only runs, polls and dropdowns have a client',
			severity: 'error',
			from: {
				path: '^(nodes|credentials)/',
				pathNot: [
					`${NODE}/api/(client|explain|pages|redirect|silence|unfit)\\.ts$`,
					`${NODE}/run/(hints|known|obtained|performing|performItems|runner|twins)\\.ts$`,
					`${NODE}/resources/shared/fetchList\\.ts$`,
					`${NODE}/triggers/poll\\.ts$`,
				],
			},
			to: { path: `${NODE}/api/(client|exchange)\\.ts$` },
		},
		{
			name: 'a resource takes from run only what sends nothing',
			severity: 'error',
			from: { path: `${NODE}/resources/` },
			to: { path: `${NODE}/run/`, pathNot: `${NODE}/run/(collection|differences|item|kind|operation|plan|tool)\\.ts$` },
		},
		{
			name: 'only a dropdown fetches a list by itself',
			severity: 'error',
			from: { path: `${NODE}/`, pathNot: `${NODE}/resources/.*/(pickers|registered)\\.ts$` },
			to: { path: `${NODE}/resources/shared/fetchList\\.ts$` },
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
