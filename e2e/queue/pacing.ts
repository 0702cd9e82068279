import type { Listed } from './calls';
import { LISTS, type QueueScene, suspended, suspending, TRUNKS } from './scene';

/** As Crazytel has 60: twice as much lets the tests take half the time. */
const PER_MINUTE = 120;

/** 200 suspensions by two workers, of which each believes to have the account's whole limit. */
export function describePacing(scene: () => QueueScene): void {
	describe('200 suspensions in 20 executions on two workers, nothing divided', () => {
		let executions: Listed[];
		beforeAll(async () => {
			const { sandbox, accept, lists } = scene();
			sandbox.reset();
			sandbox.set({ rateLimit: PER_MINUTE, rateWindow: 'sliding' });
			const calls = await accept({
				name: 'paced',
				requestsPerMinute: PER_MINUTE,
				parameters: suspending,
			});
			await Promise.all(lists().map(calls.call));
			executions = await calls.ended();
		});

		it('are all done', () => {
			expect(executions.map(({ status }) => status)).toEqual(Array(LISTS).fill('success'));
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
			const [first = [], second = []] = scene().queue.workers.map(({ begun }) => begun());
			expect(first).not.toEqual([]);
			expect(second).not.toEqual([]);
			expect([...first, ...second].sort()).toEqual(executions.map(({ id }) => id).sort());
		});
	});
}
