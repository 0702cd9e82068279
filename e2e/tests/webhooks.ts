import { crazytelNode, node, saveChain, type Scene } from './scene';

/** Executions that begin at the same moment. */
export function describeWebhooks(scene: () => Scene): void {
	describe('a webhook', () => {
		it('that is fired 20 times at once makes 20 trunks', async () => {
			const { n8n, sandbox } = scene();
			const workflow = await saveChain(
				scene(),
				'Twenty at once',
				{
					...node('Webhook', 'n8n-nodes-base.webhook', 2, {
						httpMethod: 'POST',
						path: 'twenty',
						responseMode: 'lastNode',
					}),
					webhookId: 'twenty',
				},
				crazytelNode(scene(), {
					operation: 'create',
					callerIdNumber: '61291234567',
					trunkDescription: '={{ $json.body.customer }}',
				}),
			);
			const customers = Array.from({ length: 20 }, (_, index) => `Customer ${index}`);
			await n8n.rest.activate(workflow);
			const answers = await Promise.all(
				customers.map(async (customer) => {
					const answer = await fetch(`${n8n.url}/webhook/twenty`, {
						method: 'POST',
						headers: { 'content-type': 'application/json' },
						body: JSON.stringify({ customer }),
					});
					return (await answer.json()) as { id: string; description: string };
				}),
			);

			expect(answers.map(({ description }) => description)).toEqual(customers);
			expect(new Set(answers.map(({ id }) => id)).size).toBe(20);
			expect(
				sandbox
					.trunks()
					.map(({ description }) => description)
					.sort(),
			).toEqual([...customers].sort());
		});
	});
}
