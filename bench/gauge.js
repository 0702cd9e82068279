// Loaded into n8n as its external hooks: tells the process that started it what each execution took.
const { performance } = require('node:perf_hooks');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

const LOOK_EVERY_MS = 1000;

let start;
/** Set while the heap is looked at, which costs time of its own. */
let heap;
let isHeapWanted = false;
process.on('message', (message) => {
	if ('isHeapWanted' in message) ({ isHeapWanted } = message);
});
// n8n must still be able to end by itself.
process.channel?.unref();

function liveBytes() {
	collectGarbage();
	return process.memoryUsage().heapUsed;
}

function lookAtHeap() {
	const before = liveBytes();
	heap = { before, most: before };
	const look = () => {
		heap.most = Math.max(heap.most, liveBytes());
	};
	const timer = setInterval(look, LOOK_EVERY_MS);
	heap.stop = () => {
		clearInterval(timer);
		look();
		return heap.most - before;
	};
}

/** When a node ran first and last (milliseconds since 1970), and how many items left each of its outputs. */
function summaryOf(runs) {
	const outputs = [];
	for (const { data } of runs) {
		for (const [index, items] of (data?.main ?? []).entries()) {
			outputs[index] = (outputs[index] ?? 0) + (items?.length ?? 0);
		}
	}
	return {
		from: Math.min(...runs.map(({ startTime }) => startTime)),
		to: Math.max(...runs.map(({ startTime, executionTime }) => startTime + executionTime)),
		outputs,
	};
}

module.exports = {
	workflow: {
		preExecute: [
			async () => {
				if (isHeapWanted) lookAtHeap();
				start = { cpu: process.cpuUsage(), at: performance.now() };
			},
		],
		postExecute: [
			async (run, { name }) => {
				const { user, system } = process.cpuUsage(start.cpu);
				const { runData, error } = run.data.resultData;
				process.send({
					workflow: name,
					status: run.status,
					error: error?.message,
					cpuMs: (user + system) / 1000,
					heapBytes: heap?.stop(),
					nodes: Object.fromEntries(Object.entries(runData).map(([node, runs]) => [node, summaryOf(runs)])),
				});
				heap = undefined;
			},
		],
	},
};
