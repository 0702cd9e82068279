import { type Sandbox, startSandbox, type TrunkSeed } from '../../sandbox';
import { acceptCalls, type Calls, eventually } from './calls';
import { type QueueMode, startQueueMode, type Worker } from './queueMode';

/** Of the sandbox, as Crazytel has 60: the doubled limit halves the time that the tests take. */
const PER_MINUTE = 120;
const CALLS = 20;
const ITEMS = 10;

const trunk = { __rl: true, mode: 'id', value: '={{ $json.id }}' };
const settings = { callerIdNumber: '61291234567', additionalFields: {} };
const description = '={{ $json.customer }}';

describe('n8n in queue mode', () => {
	let queue: QueueMode;
	let sandbox: Sandbox;
	let first: Worker;
	let second: Worker;

	beforeAll(async () => {
		const trunks: TrunkSeed[] = Array.from({ length: CALLS * ITEMS }, (_, index) => ({ description: `Customer ${index}` }));
		sandbox = await startSandbox({ trunks, switches: { rateLimit: 0 } });
		queue = await startQueueMode('2.41');
		[first, second] = await Promise.all([queue.startWorker('worker-1'), queue.startWorker('worker-2')]);
	});
	beforeEach(() => sandbox.reset());
	afterAll(async () => {
		await queue?.stop();
		await sandbox?.close();
	});

	it('two workers suspend 200 trunks, each once, and together keep to the limit', async () => {
		sandbox.set({ rateLimit: PER_MINUTE, rateWindow: 'sliding' });
		const calls = await acceptCalls(queue.main, {
			name: 'paced',
			sandbox,
			requestsPerMinute: PER_MINUTE / 2,
			parameters: { operation: 'suspend', trunk },
		});
		await suspendAll(calls);
		const executions = await calls.ended();

		expect(executions.map(({ status }) => status)).toEqual(Array(CALLS).fill('success'));
		expect(suspended()).toBe(CALLS * ITEMS);
		expect(written('update')).toHaveLength(CALLS * ITEMS);
		expect(new Set(sandbox.requests.map(({ status }) => status))).toEqual(new Set([200]));

		expect(first.begun().length).toBeGreaterThan(0);
		expect(second.begun().length).toBeGreaterThan(0);
		expect(sorted([...first.begun(), ...second.begun()])).toEqual(sorted(executions.map(({ id }) => id)));
	});

	describe('when a worker is killed', () => {
		it('in the middle of 200 suspensions, what it had begun fails and all else is done, nothing twice; the next run does the rest', async () => {
			const before = [...first.begun(), ...second.begun()];
			const calls = await acceptCalls(queue.main, {
				name: 'suspend',
				sandbox,
				requestsPerMinute: 0,
				parameters: { operation: 'suspend', trunk },
			});
			sandbox.set({ latencyMs: 3_000 });
			await suspendAll(calls);
			const begun = (worker: Worker) => worker.begun().filter((id) => !before.includes(id));
			await eventually(
				() => [begun(first).length, begun(second).length, written('update').length],
				([one = 0, two = 0, updates = 0]) => one > 0 && two > 0 && updates >= 5 * ITEMS,
				'both workers to be in the middle',
			);
			await second.process.kill();
			const executions = await calls.ended();

			const lost = executions.filter(({ status }) => status === 'error').map(({ id }) => id);
			expect(lost.length).toBeGreaterThan(0);
			expect(begun(second)).toEqual(expect.arrayContaining(lost));
			expect(executions.filter(({ status }) => status === 'success')).toHaveLength(CALLS - lost.length);
			// None of them was begun a second time, and no trunk was written a second time.
			expect(sorted([...begun(first), ...begun(second)])).toEqual(sorted(executions.map(({ id }) => id)));
			expect(new Set(written('update')).size).toBe(written('update').length);
			expect(suspended()).toBeGreaterThanOrEqual((CALLS - lost.length) * ITEMS);

			sandbox.set({ latencyMs: 0 });
			await suspendAll(calls);
			await calls.ended();
			expect(suspended()).toBe(CALLS * ITEMS);
		});

		it('n8n can no longer retry such an execution from its list: nothing is sent', async () => {
			const calls = await acceptCalls(queue.main, { name: 'retried', sandbox, requestsPerMinute: 0, parameters: { operation: 'create', ...settings } });
			await loseWorker([calls]);
			const requests = sandbox.requests.length;
			const [execution] = await calls.executions();
			await queue.main.rest.session.send('POST', `/rest/executions/${execution?.id}/retry`, { loadWorkflow: false });

			expect((await calls.ended()).map(({ status }) => status)).toEqual(['error', 'error']);
			expect(sandbox.requests).toHaveLength(requests);
		});
	});

	async function suspendAll({ call }: Calls): Promise<void> {
		const ids = sandbox.trunks().map(({ id }) => ({ id }));
		await Promise.all(Array.from({ length: CALLS }, async (_, index) => await call(ids.slice(index * ITEMS, (index + 1) * ITEMS))));
	}

	function suspended(): number {
		return sandbox.trunks().filter(({ enabled }) => !enabled).length;
	}

	function written(kind: 'update' | 'create'): string[] {
		return sandbox.requests.filter((request) => request.kind === kind).map(({ path }) => path);
	}
});

function sorted(ids: string[]): number[] {
	return ids.map(Number).sort((a, b) => a - b);
}
