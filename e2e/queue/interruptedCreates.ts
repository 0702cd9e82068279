import { type Calls, eventually } from './calls';
import type { QueueScene } from './scene';

const CUSTOMERS = Array.from({ length: 10 }, (_, index) => ({ customer: `No. ${index}` }));

const callerIdNumber = '61291234567';

/** What becomes of creates whose worker is killed in the middle of them. */
export function describeInterruptedCreates(scene: () => QueueScene): void {
	describe('when the worker is killed in the middle of ten creates', () => {
		let creating: Calls;
		let upserting: Calls;
		beforeAll(async () => {
			const { sandbox, accept, queue } = scene();
			sandbox.reset();
			sandbox.set({ latencyMs: 300 });
			creating = await accept({
				name: 'create',
				requestsPerMinute: 0,
				parameters: {
					operation: 'create',
					callerIdNumber,
					trunkDescription: '={{ "Created: " + $json.customer }}',
				},
			});
			upserting = await accept({
				name: 'upsert',
				requestsPerMinute: 0,
				parameters: { operation: 'upsert', callerIdNumber, trunkDescription: '={{ "Upserted: " + $json.customer }}' },
			});
			await Promise.all([creating.call(CUSTOMERS), upserting.call(CUSTOMERS)]);
			await eventually(
				() => [descriptions('Created').length, descriptions('Upserted').length],
				(counts) => counts.every((count) => count >= 3),
				'both to be in the middle',
			);
			await Promise.all([...queue.workers].map(async ({ kill }) => await kill()));
			await queue.startWorker();
			await Promise.all([creating.ended(), upserting.ended()]);
			sandbox.set({ latencyMs: 0 });
		});

		it('they fail, and n8n does not run them again', async () => {
			for (const [calls, word] of [
				[creating, 'Created'],
				[upserting, 'Upserted'],
			] as const) {
				expect(await calls.executions()).toMatchObject([{ status: 'error' }]);
				expect(descriptions(word).length).toBeLessThan(CUSTOMERS.length);
				expect(new Set(descriptions(word)).size).toBe(descriptions(word).length);
			}
		});

		it("the Retry of n8n's list sends nothing: the items are gone", async () => {
			const before = scene().sandbox.requests.length;
			const [execution] = await creating.executions();
			await creating.retry(execution?.id ?? '');

			expect(await creating.ended()).toMatchObject([{ status: 'error' }, { status: 'error' }]);
			expect(scene().sandbox.requests).toHaveLength(before);
		});

		it('called again, Create or Update makes only what is missing', async () => {
			await upserting.call(CUSTOMERS);
			await upserting.ended();

			expect(descriptions('Upserted').sort()).toEqual(CUSTOMERS.map(({ customer }) => `Upserted: ${customer}`));
		});

		it('called again, Create makes all of them again', async () => {
			const before = descriptions('Created');
			await creating.call(CUSTOMERS);
			await creating.ended();

			expect(descriptions('Created')).toEqual([...before, ...CUSTOMERS.map(({ customer }) => `Created: ${customer}`)]);
		});

		function descriptions(word: string): string[] {
			const all = scene()
				.sandbox.trunks()
				.map(({ description }) => description ?? '');
			return all.filter((description) => description.startsWith(word));
		}
	});
}
