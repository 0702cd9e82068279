// Loaded into n8n as its external hooks: tells the process that started it what each execution took.

// n8n must still be able to end by itself.
process.channel?.unref();

let cpuAtStart;

/** When a node ran first and last, milliseconds since 1970. */
function summaryOf(runs) {
	return {
		from: Math.min(...runs.map(({ startTime }) => startTime)),
		to: Math.max(...runs.map(({ startTime, executionTime }) => startTime + executionTime)),
	};
}

module.exports = {
	workflow: {
		preExecute: [
			async () => {
				cpuAtStart = process.cpuUsage();
			},
		],
		postExecute: [
			async (run, { name }) => {
				const { user, system } = process.cpuUsage(cpuAtStart);
				const { runData, error } = run.data.resultData;
				process.send({
					workflow: name,
					status: run.status,
					error: error?.message,
					cpuMs: (user + system) / 1000,
					nodes: Object.fromEntries(Object.entries(runData).map(([node, runs]) => [node, summaryOf(runs)])),
				});
			},
		],
	},
};
