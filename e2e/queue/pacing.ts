import type { Listed } from './calls';
import { LISTS, type QueueScene, suspended, suspending, TRUNKS, updates } from './scene';

/** As Crazytel has 60: twice as much lets the tests take half the time. */
const PER_MINUTE = 120;

/** 200 suspensions by two workers, whose shares together are the account's limit. */
export function describePacing(scene: () => QueueScene): void {
	describe('200 suspensions in 20 executions, each worker with its share of the limit', () => {
		let executions: Listed[];
		beforeAll(async () => {
			const { sandbox, accept, lists, queue } = scene();
			sandbox.reset();
			sandbox.set({ rateLimit: PER_MINUTE, rateWindow: 'sliding' });
			const calls = await accept({
				name: 'paced',
				requestsPerMinute: PER_MINUTE / queue.workers.length,
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
			expect(updates(scene())).toHaveLength(TRUNKS);
		});

		it('never meet the limit', () => {
			const { requests } = scene().sandbox;
			expect(requests.filter(({ status }) => status !== 200)).toEqual([]);
		});

		it('are done by both workers', () => {
			const [first = [], second = []] = scene().queue.workers.map(({ begun }) => begun());
			expect(first).not.toEqual([]);
			expect(second).not.toEqual([]);
			expect([...first, ...second].sort()).toEqual(executions.map(({ id }) => id).sort());
		});
	});
}
