// An n8n of another version, as far as a package sees one: its engine in a process of its own, which
// loads the package with its own loader and runs workflows around it. Started by host.ts with the
// folder of the n8n-core and that of the package; n8n's node_modules are on NODE_PATH, as n8n does it.
const { createRequire } = require('node:module');
const { join } = require('node:path');

const [coreFolder, packageFolder] = process.argv.slice(2);
const ofHost = createRequire(join(coreFolder, 'package.json'));
ofHost('reflect-metadata');
const { ExecutionLifecycleHooks, PackageDirectoryLoader, WorkflowExecute } = ofHost('n8n-core');
// The copy that this n8n-core itself uses.
const { ICredentialsHelper, Workflow } = createRequire(ofHost.resolve('n8n-core'))('n8n-workflow');

const describe = (name, inputs) => ({
	displayName: name,
	name,
	group: ['transform'],
	version: 1,
	description: name,
	defaults: { name },
	properties: [],
	inputs,
	outputs: ['main'],
});

/** Passes on what it gets. */
const look = {
	description: describe('look', ['main']),
	async execute() {
		return [this.getInputData()];
	},
};

async function start() {
	const loader = new PackageDirectoryLoader(packageFolder);
	await loader.loadAll();
	const crazytel = loader.nodeTypes.crazytel.type;
	const { authenticate } = loader.credentialTypes.crazytelApi.type;
	const ofPackage = createRequire(join(packageFolder, 'dist/nodes/Crazytel/Crazytel.node.js'));
	process.on('message', async ({ settings, items, credential }) => {
		process.send(await run({ crazytel, look }, authenticate, settings, items, credential));
	});
	process.send({
		workflow: ofPackage.resolve('n8n-workflow'),
		zod: ofPackage.resolve('zod'),
		inputs: crazytel.description.inputs,
	});
}

/** Runs items → Crazytel → a node on each branch. */
async function run(types, authenticate, settings, items, credential) {
	const node = (name, type, more) => ({
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		...more,
	});
	const nodes = [
		node('Rows', 'look'),
		node('Crazytel', 'crazytel', { credentials: { crazytelApi: { id: '1', name: 'Crazytel' } }, ...settings }),
		node('Good', 'look'),
		node('Failed', 'look'),
	];
	const to = (name) => [{ node: name, type: 'main', index: 0 }];
	const byName = (name) => types[name];
	const workflow = new Workflow({
		id: 'w',
		name: 'w',
		nodes,
		active: false,
		settings: { executionOrder: 'v1' },
		connections: { Rows: { main: [to('Crazytel')] }, Crazytel: { main: [to('Good'), to('Failed')] } },
		nodeTypes: { getByName: byName, getByNameAndVersion: byName, getKnownTypes: () => ({}) },
	});

	const helper = Object.assign(Object.create(ICredentialsHelper.prototype), {
		getParentTypes: () => [],
		isCredentialUsableByNode: () => true,
		authenticate: async (data, _type, options) => await authenticate(data, options),
		preAuthentication: async () => undefined,
		runPreAuthentication: async () => undefined,
		getDecrypted: async () => ({ ...credential }),
		getCredentialsProperties: () => [],
	});
	const base = 'http://127.0.0.1/';
	const additionalData = {
		credentialsHelper: helper,
		executionId: '1',
		currentNodeExecutionIndex: 0,
		variables: {},
		hooks: new ExecutionLifecycleHooks('trigger', '1', {
			id: 'w',
			name: 'w',
			active: false,
			nodes,
			connections: workflow.connectionsBySourceNode,
		}),
		restApiUrl: base,
		instanceBaseUrl: base,
		formBaseUrl: base,
		formWaitingBaseUrl: base,
		formTestBaseUrl: base,
		webhookBaseUrl: base,
		webhookWaitingBaseUrl: base,
		webhookTestBaseUrl: base,
	};
	const executionData = {
		contextData: {},
		metadata: {},
		waitingExecution: {},
		waitingExecutionSource: {},
		nodeExecutionStack: [
			{ node: workflow.getNode('Rows'), data: { main: [items.map((json) => ({ json }))] }, source: null },
		],
	};
	const data = { version: 1, startData: {}, resultData: { runData: {}, pinData: {} }, executionData };
	const {
		data: { resultData },
	} = await new WorkflowExecute(additionalData, 'trigger', data).processRunExecutionData(workflow);
	const reached = (name) => (resultData.runData[name]?.[0]?.data?.main?.[0] ?? []).map(({ json }) => json);
	return {
		good: reached('Good'),
		failed: reached('Failed'),
		error: resultData.error && { ...resultData.error, message: resultData.error.message },
	};
}

void start();
