import { type Calls, eventually, type Listed } from './calls';
import { LISTS, type QueueScene, suspended, suspending, TRUNKS, updates } from './scene';

/** What becomes of suspensions when one of two workers is killed in the middle of them. */
export function describeKilledWorker(scene: () => QueueScene): void {
	describe('when one of two workers is killed in the middle of 200 suspensions', () => {
		let calls: Calls;
		let executions: Listed[];
		/** What each of the two has begun, the killed one last. */
		let begun: string[][];
		beforeAll(async () => {
			const { sandbox, accept, lists, queue } = scene();
			await queue.replaceWorkers();
			sandbox.reset();
			sandbox.set({ latencyMs: 3_000 });
			calls = await accept({ name: 'suspend', requestsPerMinute: 0, parameters: suspending });
			const workers = [...queue.workers];
			const begunNow = () => workers.map((worker) => worker.begun());

			await Promise.all(lists().map(calls.call));
			await eventually(
				() => [...begunNow().map(({ length }) => length), updates(scene()).length / 10],
				(counts) => counts.every((count) => count >= 3),
				'both workers to be in the middle',
			);
			await workers[1]?.kill();
			executions = await calls.ended();
			begun = begunNow();
		});

		const lost = () => executions.filter(({ status }) => status !== 'success').map(({ id }) => id);

		it('what the dead worker was at fails, and all else is done by the other one', () => {
			const [, dead] = begun;
			expect(lost()).not.toEqual([]);
			expect(dead).toEqual(expect.arrayContaining(lost()));
			expect(executions).toHaveLength(LISTS);
			expect(suspended(scene()).length).toBeGreaterThanOrEqual((LISTS - lost().length) * 10);
		});

		it('n8n runs nothing a second time, so no trunk is written twice', () => {
			expect(begun.flat().sort()).toEqual(executions.map(({ id }) => id).sort());
			expect(new Set(updates(scene())).size).toBe(updates(scene()).length);
		});

		it('the next run with the same lists suspends the rest', async () => {
			const { sandbox, lists } = scene();
			sandbox.set({ latencyMs: 0 });
			await Promise.all(lists().map(calls.call));
			await calls.ended();

			expect(suspended(scene())).toHaveLength(TRUNKS);
		});
	});
}
