/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n, on Node itself */
import type { Listed } from './calls';
import { type QueueScene, suspended, suspending, TRUNKS } from './scene';

/** Crazytel has 60. More takes less time here, and less than half of all keeps the first worker busy when the second begins. */
const PER_MINUTE = 90;

/** 200 suspensions by two workers at once, of which each believes to have the account's whole limit. */
export function describePacing(scene: () => QueueScene): void {
	describe('200 suspensions in two executions, one on each worker, nothing divided', () => {
		let executions: Listed[];
		beforeAll(async () => {
			const { sandbox, accept, queue } = scene();
			// One at a time each: so that no worker can take both.
			await queue.replaceWorkers([1, 1]);
			sandbox.reset();
			sandbox.set({ rateLimit: PER_MINUTE, rateWindow: 'sliding' });
			const calls = await accept({ name: 'paced', requestsPerMinute: PER_MINUTE, parameters: suspending });
			const trunks = sandbox.trunks();
			await calls.call(trunks.slice(0, TRUNKS / 2));
			await new Promise((resolve) => setTimeout(resolve, 5_000));
			await calls.call(trunks.slice(TRUNKS / 2));
			executions = await calls.ended();
		});

		it('are all done', () => {
			expect(executions.map(({ status }) => status)).toEqual(['success', 'success']);
			expect(suspended(scene())).toHaveLength(TRUNKS);
		});

		it('are done once each', () => {
			const done = scene().sandbox.requests.filter(({ kind, status }) => kind === 'update' && status === 200);
			expect(done).toHaveLength(TRUNKS);
		});

		it('meet nothing worse than the limit', () => {
			const { requests } = scene().sandbox;
			expect(requests.filter(({ status }) => status !== 200 && status !== 429)).toEqual([]);
		});

		it('are done by both workers', () => {
			const begun = scene().queue.workers.map((worker) => worker.begun());
			expect(begun).toEqual([[expect.any(String)], [expect.any(String)]]);
			expect(begun.flat().sort()).toEqual(executions.map(({ id }) => id).sort());
		});
	});
}
