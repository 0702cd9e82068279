import type { INode, INodeParameters } from 'n8n-workflow';
import type { Page } from 'playwright-core';

import { crazytelNode, node } from '../../tests/scene';
import { eventually } from '../eventually';
import { choicesOf, choose, isLeftToModel, leaveToModel, openNode } from '../pages/nodeForm';
import type { BrowserScene } from '../scene';

/** What can be left to the model, in the form of the node as an agent's tool. */
export function describeToolForm(scene: () => BrowserScene): void {
	describe('the form of the tool of an agent', () => {
		afterEach(async () => await scene().closeTabs());

		async function openTool(
			parameters: INodeParameters,
		): Promise<{ page: Page; saved: () => Promise<INodeParameters | undefined> }> {
			const { n8n } = scene();
			const agent = node('Agent', '@n8n/n8n-nodes-langchain.agent', 3);
			const tool: INode = { ...crazytelNode(scene(), parameters), type: 'n8n-nodes-crazytel.crazytelTool' };
			const workflow = await n8n.rest.createWorkflow({
				name: 'Tool',
				nodes: [agent, { ...tool, position: [0, 200] }],
				connections: { [tool.name]: { ai_tool: [[{ node: agent.name, type: 'ai_tool', index: 0 }]] } },
			});
			const page = await scene().openTab();
			await openNode(page, workflow, tool.name, n8n.url);
			const saved = async () => {
				const { nodes } = await n8n.rest.session.send<{ nodes: INode[] }>('GET', `/rest/workflows/${workflow.id}`);
				return nodes.find(({ name }) => name === tool.name)?.parameters;
			};
			return { page, saved };
		}

		it('has a button on the description, a choice in the dropdown of numbers, and nothing on the password source', async () => {
			const { page, saved } = await openTool({ operation: 'create' });
			await leaveToModel(page, 'trunkDescription');
			const numbers = scene().sandbox.verifiedNumbers().sort();
			expect(await choicesOf(page, 'callerIdNumber')).toEqual([
				'Let the Model Choose',
				...numbers.map((number) => expect.stringMatching(` · ${number}$`) as string),
			]);
			await choose(page, 'callerIdNumber', 'Let the Model Choose');
			expect(await isLeftToModel(page, 'passwordSource')).toBe('cannot be');

			await eventually(async () =>
				expect(await saved()).toMatchObject({
					callerIdNumber:
						"={{ $fromAI('Caller_ID', 'A number that is verified for the account, such as 61291234567', 'string') }}",
					trunkDescription: "={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('Description', ``, 'string') }}",
				}),
			);
		});

		it('has a button on the trunk, and on every field of an update but the dropdowns, which have the choice', async () => {
			const fields = {
				areaCode: '',
				callerIdNumber: '',
				description: '',
				enabled: true,
				hideCallerId: false,
				smsSender: '',
			};
			const { page } = await openTool({ operation: 'update', updateFields: fields });
			for (const name of ['trunk', 'areaCode', 'description', 'enabled', 'hideCallerId']) {
				expect([name, await isLeftToModel(page, name)]).toEqual([name, 'can be']);
			}
			for (const name of ['callerIdNumber', 'smsSender']) {
				expect([name, await isLeftToModel(page, name)]).toEqual([name, 'cannot be']);
				expect(await choicesOf(page, name)).toContain('Let the Model Choose');
				await page.keyboard.press('Escape');
			}
		});
	});
}
