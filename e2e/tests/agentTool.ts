/* eslint-disable import-x/no-unresolved -- the rule knows no package with an exports map */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { INode } from 'n8n-workflow';

import { crazytelNode, node, type Scene } from './scene';

/** What an agent sees of the node and can do with it: n8n serves it over MCP, as to any agent. */
export function describeAgentTool(scene: () => Scene): void {
	describe('as the tool of an agent', () => {
		let agent: Client;
		beforeAll(async () => {
			const { n8n } = scene();
			const trigger: INode = {
				...node('Agents', '@n8n/n8n-nodes-langchain.mcpTrigger', 2, { path: 'crazytel' }),
				webhookId: 'crazytel',
			};
			const tool = {
				...crazytelNode(scene(), {
					operation: 'create',
					callerIdNumber: "={{ $fromAI('caller_id', 'The number that people see', 'string') }}",
					trunkDescription: "={{ $fromAI('customer', 'Whose trunk it is', 'string') }}",
				}),
				name: 'Create a trunk',
				type: 'n8n-nodes-crazytel.crazytelTool',
			};
			const workflow = await n8n.rest.createWorkflow({
				name: 'Agent tool',
				nodes: [trigger, tool],
				connections: { [tool.name]: { ai_tool: [[{ node: trigger.name, type: 'ai_tool', index: 0 }]] } },
			});
			await n8n.rest.activate(workflow);
			agent = new Client({ name: 'agent', version: '1' });
			await agent.connect(new StreamableHTTPClientTransport(new URL(`${n8n.url}/mcp/crazytel`)));
		});
		afterAll(async () => await agent?.close());

		it('it says what it does, and asks for what the workflow leaves to the agent', async () => {
			const { tools } = await agent.listTools();
			expect(tools).toEqual([
				expect.objectContaining({
					name: 'Create_a_trunk',
					description: 'Create a SIP trunk in Crazytel',
					inputSchema: expect.objectContaining({
						type: 'object',
						properties: {
							caller_id: { type: 'string', description: 'The number that people see' },
							customer: { type: 'string', description: 'Whose trunk it is' },
						},
						required: ['caller_id', 'customer'],
					}) as unknown,
				}),
			]);
		});

		it('it creates the trunk that the agent asks for, once, and tells of it', async () => {
			const { sandbox } = scene();
			const answer = await call('(02) 9123 4567', 'Harbour Dental');

			expect(sandbox.trunks()).toMatchObject([{ caller_id_number: '61291234567', description: 'Harbour Dental' }]);
			expect(answer).toContain(sandbox.trunks()[0]?.id);
		});

		it('it tells the agent what is wrong and what to do', async () => {
			const answer = await call('ask Jim', 'Geelong Removals');

			expect(answer).toContain("Caller ID 'ask Jim' cannot be read as a phone number");
			expect(scene().sandbox.trunks()).toEqual([]);
		});

		async function call(caller_id: string, customer: string): Promise<string> {
			const answer = await agent.callTool({ name: 'Create_a_trunk', arguments: { caller_id, customer } });
			return JSON.stringify(answer.content);
		}
	});
}
