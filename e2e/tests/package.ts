import type { Scene } from './scene';

/** What the editor finds of the package once it is installed. */
export function describePackage(scene: () => Scene): void {
	describe('the package', () => {
		it('brings the nodes, the variant for agents, and the credential', async () => {
			const { rest } = scene().n8n;
			const nodes = (await rest.nodeTypes()).filter(({ name }) => name.startsWith('n8n-nodes-crazytel.'));
			const credentials = (await rest.credentialTypes()).filter(({ name }) => name.startsWith('crazytel'));

			expect(nodes.map(({ name, displayName }) => [name, displayName]).sort()).toEqual([
				['n8n-nodes-crazytel.crazytel', 'Crazytel'],
				['n8n-nodes-crazytel.crazytelTool', 'Crazytel Tool'],
				['n8n-nodes-crazytel.crazytelTrigger', 'Crazytel Trigger'],
			]);
			expect(credentials.map(({ name, displayName }) => [name, displayName])).toEqual([
				['crazytelApi', 'Crazytel API'],
			]);
		});

		it('loads without a complaint in the log', () => {
			expect(scene().n8n.process.log()).not.toMatch(/crazytel\.(?:crazytel|node)|crazytelApi|\.n8n\/nodes/i);
		});

		it('has an icon for light and one for dark, on the node and on the credential', async () => {
			const { rest, url } = scene().n8n;
			const types = [
				...(await rest.nodeTypes()).filter(({ name }) => name === 'n8n-nodes-crazytel.crazytel'),
				...(await rest.credentialTypes()).filter(({ name }) => name === 'crazytelApi'),
			];
			expect(types).toHaveLength(2);
			for (const { iconUrl } of types) {
				const icons = [];
				for (const path of Object.values(iconUrl as { light: string; dark: string })) {
					const answer = await fetch(`${url}/${path}`);
					expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
					icons.push(await answer.text());
				}
				expect(icons).toEqual([expect.stringContaining('<svg'), expect.stringContaining('<svg')]);
				expect(icons[0]).not.toBe(icons[1]);
			}
		});
	});
}
